package mx.refahub.domain.terminal;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.store.Person;
import org.jspecify.annotations.Nullable;

/**
 * Charges cards for a ticket. What is asked of the terminal is on disk before it is asked, so that no crash leaves a charge of which nobody knows; while one
 * is without an answer, the ticket takes no other and cannot be closed. Implemented by the store connector.
 *
 * <p>Refusals: {@code card-terminal-none}, {@code ticket-unknown}, {@code ticket-finished}, {@code payment-not-positive}, {@code card-invalid}, {@code card-unknown}
 * (naming the amount of the charge without an answer), {@code card-declined} (naming why), {@code card-charge-unknown}, {@code card-charge-differs} (the same id for something else),
 * {@code card-charge-used} (it has paid for a ticket), {@code card-not-reversed}, {@code card-charge-over} (more than the ticket comes to).
 */
public interface CardDesk {
    /** Whether there is a terminal; cards can be noted by hand in any case. */
    boolean isThere();

    enum State {
        /** Asked, and no answer that says what became of it. */
        UNKNOWN,
        APPROVED,
        DECLINED,
        /** To be given back, and no answer that it was. */
        REVERSING,
        REVERSED,
        /** Has paid for its ticket. */
        USED;

        public boolean isOpen() {
            return this == UNKNOWN || this == REVERSING;
        }
    }

    /**
     * @param kind credit or debit, as the terminal says; null before it is approved
     * @param reason why it was declined or what the silence was
     */
    record Charge(
            UUID id,
            UUID ticket,
            Money amount,
            int months,
            State state,
            Tender.@Nullable Kind kind,
            String authorization,
            String lastFour,
            String reason,
            Instant at) {}

    /** The ticket's charges that are open, or approved and not used; the oldest first. */
    List<Charge> of(UUID ticket);

    /**
     * Charges and waits for the customer. The same id again asks what became of it and charges nothing.
     *
     * @param id minted by the screen for this charge
     */
    Outcome<Charge> charge(UUID id, UUID ticket, Money amount, int months, Person who);

    /** Asks what became of an open charge; any other is answered as it stands. */
    Outcome<Charge> inquire(UUID id, Person who);

    /** Gives back what has not paid for a ticket yet. Repeated, it answers the same. */
    Outcome<Charge> reverse(UUID id, Person who);
}
