package mx.refahub.domain.stock;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.store.Person;
import org.jspecify.annotations.Nullable;

/**
 * Counting a branch or one of its bins. Blind: nobody is told what should be there before the review. Each part's count is fenced: the first time a part is counted
 * in a bin, the book figure and the sequence of the last document are kept with it; what is found is compared with that figure, so what is sold or comes in
 * afterwards does no harm.
 */
public interface StockCounts {
    /** @param bin null for the whole branch */
    Outcome<Count> start(UUID id, @Nullable String bin, Person who);

    /**
     * Counts the parts of one class, wherever they lie; a part of another class is refused with {@code count-other-class}.
     *
     * @param abc A, B or C; else refused with {@code count-class-wrong}
     */
    Outcome<Count> startClass(UUID id, String abc, Person who);

    /**
     * @param finished closed or thrown away
     * @param abc null unless it is of one class
     */
    record Count(
            UUID id,
            @Nullable String bin,
            Instant startedAt,
            String byName,
            int parts,
            boolean finished,
            @Nullable String abc) {
        public Count(UUID id, @Nullable String bin, Instant startedAt, String byName, int parts, boolean finished) {
            this(id, bin, startedAt, byName, parts, finished, null);
        }
    }

    /** Those that are not finished, newest first. */
    List<Count> open();

    /**
     * Counts a part: adds to what was counted of it in that bin, or takes its place, which moves the fence to now.
     *
     * @param act of the screen's, so that a call that comes twice counts once
     */
    Outcome<Counted> enter(UUID act, UUID count, StockLine line, boolean replaces, Person who);

    /** @param quantity counted so far, with this */
    record Counted(PartId part, String bin, Quantity quantity) {}

    /** What was counted so far, newest first; without what should be there. */
    Outcome<List<Counted>> entered(UUID count);

    /**
     * @param expected by the books at the fence
     * @param counted null where nobody counted it although the books have some
     * @param value centavos of the difference, at the average of now
     */
    record Difference(
            PartId part,
            String bin,
            Quantity expected,
            @Nullable Quantity counted,
            long value) {
        public long thousandths() {
            return (counted == null ? 0 : counted.thousandths()) - expected.thousandths();
        }
    }

    /**
     * @param differences at most {@link #MOST_SHOWN}
     * @param uncounted parts with stock in the books that nobody counted, among the differences or not
     */
    record Review(Count count, int counted, int differing, int uncounted, long value, List<Difference> differences) {}

    int MOST_SHOWN = 1_000;

    Outcome<Review> review(UUID count);

    /**
     * Writes the differences to the ledger, in documents of at most {@link StockDesk#MOST_LINES} lines, all in one transaction. The same count again answers as before.
     *
     * @param uncountedIsNothing whether what nobody counted is taken as not there; else it stays as it is
     */
    Outcome<Closed> close(UUID count, boolean uncountedIsNothing, String note, Person who);

    record Closed(UUID count, int counted, int differing, long value) {}

    Outcome<Count> abandon(UUID count, Person who);
}
