package mx.refahub.pos.console;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.outside.ConnectionDesk;
import mx.refahub.domain.outside.Field;
import mx.refahub.domain.outside.OutsideKind;
import mx.refahub.domain.store.Person;

/** One kind, and what was given to it. */
final class FakeConnections implements ConnectionDesk {
    static final OutsideKind SAP =
            new OutsideKind("sap", true, "", List.of(Field.text("company", true, ""), Field.secret("password", true)));
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    final List<Shown> all = new CopyOnWriteArrayList<>();

    @Override
    public List<OutsideKind> kinds() {
        return List.of(SAP);
    }

    @Override
    public List<Shown> all() {
        return List.copyOf(all);
    }

    @Override
    public Outcome<Shown> add(Draft draft, Person by) {
        if (!draft.kind().equals("sap")) return Outcome.refused("connection-kind-unknown");
        Shown shown = shown(UUID.randomUUID(), draft, by, null);
        all.add(shown);
        return Outcome.done(shown);
    }

    private static Shown shown(UUID id, Draft draft, Person by, Tried tried) {
        return new Shown(
                id,
                draft.kind(),
                draft.name(),
                draft.address(),
                draft.local(),
                draft.enabled(),
                draft.settings(),
                Set.copyOf(draft.secrets().keySet()),
                NOW,
                by.name(),
                tried);
    }

    @Override
    public Outcome<Shown> change(UUID id, Draft draft, Person by) {
        return Outcome.done(shown(id, draft, by, null));
    }

    @Override
    public Outcome<Boolean> remove(UUID id, Person by) {
        return all.removeIf(one -> one.id().equals(id)) ? Outcome.done(true) : Outcome.refused("connection-unknown");
    }

    @Override
    public Outcome<Shown> probe(UUID id, Person by) {
        for (Shown one : all)
            if (one.id().equals(id))
                return Outcome.done(shown(
                        id,
                        new Draft(
                                one.kind(),
                                one.name(),
                                one.address(),
                                one.local(),
                                one.enabled(),
                                one.settings(),
                                java.util.Map.of()),
                        by,
                        new Tried(NOW, "", Refusal.of("outside-unreachable", "sap.example", "refused"))));
        return Outcome.refused("connection-unknown");
    }
}
