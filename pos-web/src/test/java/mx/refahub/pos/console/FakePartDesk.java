package mx.refahub.pos.console;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.part.PartChange;
import mx.refahub.domain.part.PartDesk;
import mx.refahub.domain.part.PartField;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartSheet;
import mx.refahub.domain.store.Person;

/** A desk in memory. Its versions count up. */
final class FakePartDesk implements PartDesk {
    private final IdSource ids;
    private final Clock clock;
    private final Map<PartId, Standing> parts = new HashMap<>();
    private final Map<PartId, List<PartChange>> changes = new HashMap<>();

    FakePartDesk(IdSource ids, Clock clock) {
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Optional<Standing> part(PartId id) {
        return Optional.ofNullable(parts.get(id));
    }

    private Outcome<Standing> put(
            PartId id,
            PartSheet sheet,
            boolean removed,
            PartChange.Kind kind,
            Map<PartField, java.util.Set<String>> before,
            Person by) {
        PartChange change = new PartChange(
                ids.next(), clock.instant(), by.name(), kind, PartChange.between(before, sheet.values()), null, false);
        changes.computeIfAbsent(id, each -> new ArrayList<>()).addFirst(change);
        Standing standing = new Standing(id, "v" + changes.get(id).size(), removed, sheet, List.of(), false);
        parts.put(id, standing);
        return Outcome.done(standing);
    }

    @Override
    public Outcome<Standing> add(PartSheet sheet, Person by) {
        return put(new PartId(ids.next()), sheet, false, PartChange.Kind.ADDED, Map.of(), by);
    }

    @Override
    public Outcome<Standing> mend(PartId id, String version, PartSheet sheet, Person by) {
        Standing standing = parts.get(id);
        if (standing == null) return Outcome.refused("part-unknown");
        if (!standing.version().equals(version)) return Outcome.refused("part-changed");
        return put(id, sheet, false, PartChange.Kind.MENDED, standing.sheet().values(), by);
    }

    @Override
    public Outcome<Standing> remove(PartId id, Person by) {
        Standing standing = parts.get(id);
        if (standing == null) return Outcome.refused("part-unknown");
        return put(
                id,
                standing.sheet(),
                true,
                PartChange.Kind.REMOVED,
                standing.sheet().values(),
                by);
    }

    @Override
    public Outcome<Standing> restore(PartId id, Person by) {
        Standing standing = parts.get(id);
        if (standing == null) return Outcome.refused("part-unknown");
        return put(
                id,
                standing.sheet(),
                false,
                PartChange.Kind.RESTORED,
                standing.sheet().values(),
                by);
    }

    @Override
    public Outcome<Standing> undo(PartId id, UUID change, Person by) {
        return parts.containsKey(id)
                ? Outcome.refused("change-overtaken", PartField.NAME_ES.name())
                : Outcome.refused("part-unknown");
    }

    @Override
    public List<Removed> removed(int limit) {
        return parts.values().stream()
                .filter(Standing::removed)
                .map(part -> new Removed(
                        part.id(),
                        part.sheet().lineCode(),
                        part.sheet().number(),
                        part.sheet().brand(),
                        part.sheet().nameEs(),
                        clock.instant()))
                .toList();
    }

    @Override
    public List<PartChange> history(PartId id, int limit) {
        return changes.getOrDefault(id, List.of());
    }
}
