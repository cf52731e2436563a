package mx.refahub.pos.console;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.message.MessageDesk;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.StoreId;
import org.jspecify.annotations.Nullable;

/** Takes every act on any document, and remembers who proposed what. */
final class FakeMessages implements MessageDesk {
    private final Map<UUID, Amendment> amendments = new ConcurrentHashMap<>();

    @Override
    public Optional<History> history(UUID document) {
        return Optional.of(new History(
                List.of(),
                amendments.values().stream()
                        .filter(each -> each.document().equals(document))
                        .toList(),
                null,
                true));
    }

    @Override
    public Outcome<UUID> retry(UUID document, Person by) {
        return Outcome.done(document);
    }

    @Override
    public Outcome<Integer> retry(StoreId store, String key, Person by) {
        return Outcome.done(1);
    }

    @Override
    public Outcome<Amendment> edit(UUID amendment, UUID document, String body, String reason, Person by) {
        return propose(amendment, document, Kind.EDIT, body, reason, by);
    }

    @Override
    public Outcome<Amendment> discard(UUID amendment, UUID document, String reason, Person by) {
        return propose(amendment, document, Kind.DISCARD, null, reason, by);
    }

    private Outcome<Amendment> propose(
            UUID id, UUID document, Kind kind, @Nullable String body, String reason, Person by) {
        if (reason.isBlank()) return Outcome.refused("reason-needed");
        Amendment made = new Amendment(
                id,
                document,
                "sale",
                "Sucursal Centro",
                null,
                kind,
                reason,
                "{}",
                body,
                true,
                Instant.EPOCH,
                by.id().value(),
                by.name(),
                null,
                null,
                null,
                null);
        amendments.put(id, made);
        return Outcome.done(made);
    }

    @Override
    public List<Amendment> waiting(int most) {
        return List.copyOf(amendments.values());
    }

    @Override
    public Outcome<Amendment> approve(UUID amendment, Person by) {
        Amendment asked = amendments.get(amendment);
        if (asked == null) return Outcome.refused("amendment-unknown");
        return asked.proposedBy().equals(by.id().value())
                ? Outcome.refused("second-person-needed")
                : Outcome.done(asked);
    }

    @Override
    public Outcome<Amendment> refuse(UUID amendment, String reason, Person by) {
        Amendment gone = amendments.remove(amendment);
        return gone == null ? Outcome.refused("amendment-unknown") : Outcome.done(gone);
    }

    @Override
    public Outcome<Count> count(ParkedFilter filter) {
        return Outcome.done(new Count(2, 1));
    }

    @Override
    public Outcome<Batch> bulk(UUID batch, BulkAct act, ParkedFilter filter, int expected, String reason, Person by) {
        if (expected != 2) return Outcome.refused("message-count-changed", "2");
        return Outcome.done(new Batch(batch, act, reason, Instant.EPOCH, by.id().value(), by.name(), 2, 0, 1, 0, 1, 0));
    }

    @Override
    public Outcome<Batch> approveBatch(UUID batch, Person by) {
        return Outcome.refused("amendment-unknown");
    }

    @Override
    public List<Batch> batches(int most) {
        return List.of();
    }

    @Override
    public List<Aside> asides(@Nullable UUID before, int most) {
        return List.of();
    }

    @Override
    public Outcome<UUID> settleAside(UUID aside, String reason, Person by) {
        return Outcome.refused("message-unknown");
    }
}
