package mx.refahub.domain.pricing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.store.Person;
import org.jspecify.annotations.Nullable;

/** Labels on this branch's shelves that a change of price made wrong. Implemented by the store connector out of the prices that its tills use; works with no network. */
public interface ShelfLabels {
    int MOST = 2_000;

    /**
     * A new public price of a part that stands here or has its place here: the newest of the last month, or of the next week, so that labels are ready the evening before.
     *
     * @param price as the customer pays it, as text
     * @param printedAt when its label was queued; null: not yet
     */
    record Change(
            PartId part,
            String lineCode,
            String partNumber,
            String name,
            String barcode,
            String bin,
            String price,
            LocalDate starts,
            @Nullable Instant printedAt,
            String printedBy) {}

    /** By bin. @param printed also those whose label was printed */
    List<Change> changes(boolean printed);

    /** @param labels that were queued by this act; {@code waiting} for the printer, these among them */
    record Queued(int labels, int waiting) {}

    /**
     * Queues a shelf label for each and marks them as printed, both or neither. The same act again queues nothing.
     *
     * @param parts which of the list; empty for all of it
     * @param again also those that were printed before
     * @return refused: {@code store-not-ready}, {@code label-printer-missing}, {@code shelf-labels-none} (nothing of it is left to print)
     */
    Outcome<Queued> print(UUID act, List<PartId> parts, boolean again, Person who);
}
