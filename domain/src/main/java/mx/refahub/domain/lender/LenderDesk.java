package mx.refahub.domain.lender;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.store.Person;

/**
 * Asks a lender to pay for a ticket, through the hub. What is asked is on disk before it is asked, so that no crash leaves a loan of which nobody knows; while one is
 * open, the ticket takes no other and cannot be closed. Implemented by the store connector.
 *
 * <p>Refusals: {@code lender-none}, {@code lender-away} (nothing was asked), {@code lender-phone}, {@code payment-not-positive}, {@code ticket-finished},
 * {@code lender-open} (naming the amount), {@code lender-over} (more than the ticket comes to), {@code lender-differs} (the same id for something else), {@code lender-unknown},
 * {@code lender-denied} (naming why), {@code lender-used}, {@code lender-not-cancelled}, {@code lender-refund-other} (nothing of the ticket was paid by the lender here).
 */
public interface LenderDesk {
    enum Standing {
        /** The company has no lender, as far as is known. */
        NONE,
        /** There is one, but the hub cannot be reached now. */
        AWAY,
        READY
    }

    enum State {
        /** Asked, and no answer that says what became of it. */
        ASKED,
        /** For the customer's yes. */
        WAITING,
        /** The lender pays; of a refund: it was given back. */
        APPROVED,
        DENIED,
        /** To be taken back, and no answer that it was. */
        CANCELLING,
        CANCELLED,
        /** Has paid for its ticket. */
        USED;

        public boolean isOpen() {
            return this == ASKED || this == WAITING || this == CANCELLING;
        }
    }

    /**
     * @param refund whether it gives back what another ticket was paid with
     * @param reference the lender's own number
     * @param reason why it was denied or what the silence was
     */
    record Order(
            UUID id,
            UUID ticket,
            Money amount,
            boolean refund,
            State state,
            String reference,
            String reason,
            Instant at) {}

    Standing standing();

    /** The ticket's orders that are open, or approved and not used; the oldest first. */
    List<Order> of(UUID ticket);

    /**
     * Asks the lender; where the ticket comes out negative, to give back what it paid for. The same id again asks what became of it.
     *
     * @param id minted by the screen for this order
     * @param phone ten digits; of no consequence where it is given back
     */
    Outcome<Order> ask(UUID id, UUID ticket, Money amount, String phone, Person who);

    /** What became of an open order; any other is answered as it stands. */
    Outcome<Order> inquire(UUID id, Person who);

    /** Takes back what has not paid for a ticket yet. Repeated, it answers the same. */
    Outcome<Order> cancel(UUID id, Person who);
}
