package mx.refahub.domain.part;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.store.Person;

/**
 * Adds and mends single parts by hand, at the hub. Each change is one transaction: the part, its history, and the versions of the streams
 * with which it travels to the stores; the index follows in a moment. A change that changes nothing leaves no trace.
 *
 * <p>Refusals: {@code part-unknown}, {@code part-exists} (naming the part), {@code part-changed} when somebody else was quicker,
 * {@code barcode-taken} (naming code and part), {@code relation-part-unknown} (naming it), {@code kit-in-a-circle} (naming the kit), {@code change-unknown}, {@code change-undone} already, {@code change-overtaken} (naming the
 * field), {@code change-is-first}: a part is removed, not un-added; {@code part-is-removed}, {@code part-is-not-removed}.
 */
public interface PartDesk {
    /** Also of a part that was removed. */
    Optional<Standing> part(PartId id);

    Outcome<Standing> add(PartSheet sheet, Person by);

    /** @param version of the {@link Standing} that was mended */
    Outcome<Standing> mend(PartId id, String version, PartSheet sheet, Person by);

    /** Takes the part out of the catalogue; what is known of it stays. */
    Outcome<Standing> remove(PartId id, Person by);

    Outcome<Standing> restore(PartId id, Person by);

    /** Takes back one change. What others changed since stays, unless it is the very same value: then it is refused. */
    Outcome<Standing> undo(PartId id, UUID change, Person by);

    /** What has left the catalogue, by hand or by import, the last first. */
    List<Removed> removed(int limit);

    record Removed(PartId id, LineCode lineCode, PartNumber number, String brand, String nameEs, Instant at) {}

    /** What was changed by hand, the newest first. Imports are not here: they are told by their runs. */
    List<PartChange> history(PartId id, int limit);

    /**
     * @param version changes with every change, whoever makes it
     * @param mirrored interchanges that follow from other parts' rows; mended there
     * @param categoryByRule nobody told the category: it was found by the words of the name
     */
    record Standing(
            PartId id,
            String version,
            boolean removed,
            PartSheet sheet,
            List<Interchange> mirrored,
            boolean categoryByRule) {
        public Standing {
            mirrored = List.copyOf(mirrored);
        }
    }
}
