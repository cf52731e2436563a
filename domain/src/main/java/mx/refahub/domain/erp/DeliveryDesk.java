package mx.refahub.domain.erp;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.erp.ErpDeliveries.Standing;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.store.Person;
import org.jspecify.annotations.Nullable;

/** What went to a target that is spoken to and what became of it, for a person to look at and to send again. */
public interface DeliveryDesk {
    enum State {
        WAITING,
        DELIVERED,
        REFUSED
    }

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
}
