package mx.refahub.domain.erp;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.store.Person;
import org.jspecify.annotations.Nullable;

/**
 * What goes to a target that is spoken to, and what became of it: one delivery for each posting, written with the export that made it, in its transaction.
 * A sender claims some, loads them, settles them; one that dies loses its claim by time, and the next asks the ERP by reference first.
 */
public interface ErpDeliveries {
    enum State {
        WAITING,
        DELIVERED,
        REFUSED
    }

    /** Counts and amounts by state. */
    record Standing(
            ErpTarget target, long waiting, long delivered, long refused, Money waitingAmount, Money refusedAmount) {}

    /** @param reason of the last try that did not do; may be empty @param nextTry of one that waits */
    record Row(
            UUID id,
            String reference,
            LocalDate day,
            String branch,
            Money amount,
            State state,
            @Nullable String outsideId,
            String code,
            String reason,
            int tries,
            Instant nextTry,
            @Nullable Instant settledAt) {}

    Standing standing(ErpTarget target);

    /** Of one export. */
    Standing ofExport(long export, ErpTarget target);

    /** Oldest day first; those that are delivered, newest first. */
    List<Row> rows(ErpTarget target, State state, int most);

    /**
     * Lets what was refused go out again now, with the accounts that the mapping gives today, for nothing of it was booked. One that
     * waits for its next try may be booked: it keeps its accounts, and goes out sooner, but not before two minutes after the last call. Audited. Refusals:
     * {@code delivery-unknown}: it is not there, delivered, or in a sender's hands.
     *
     * @param reference null: all of the target that were refused
     */
    Outcome<Long> again(ErpTarget target, @Nullable String reference, Person by);

    /** Targets of which something is due now. */
    List<ErpTarget> due();

    /** What one sender has taken for itself. @param ours references */
    record Claim(UUID token, ErpTarget target, int count) {}

    /** Takes what is due, oldest first; empty if nothing is. */
    Optional<Claim> claim(ErpTarget target, int most);

    /** Something of it is not settled, and the claim has not run out. */
    boolean isOpen(UUID token);

    /** Something of an export waits that a sender has in hand, or that is due now. */
    boolean isUnderWay(long export, ErpTarget target);

    /** What is not settled of a claim, and its target. */
    record Load(UUID token, ErpTarget target, List<Posting> postings) {
        public Load {
            postings = List.copyOf(postings);
        }
    }

    Load load(UUID token);

    /** @param took how long the call took that brought it, in milliseconds */
    record Settled(String reference, Delivery delivery, long took) {}

    /** Writes down what became of a claim; what is settled by now stays. One that is to be tried again waits, longer each time. */
    void settle(UUID token, List<Settled> outcomes);

    /** Every exchange as it went. */
    void journal(ErpTarget target, List<Settled> outcomes);
}
