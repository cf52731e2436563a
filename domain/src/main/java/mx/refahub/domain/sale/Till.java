package mx.refahub.domain.sale;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;
import org.jspecify.annotations.Nullable;

/**
 * Sells. Implemented by the store connector over SQLite; works with no network. Every call may be repeated: it then changes nothing and
 * answers as before. Each change is on disk before the call returns.
 *
 * <p>Refusals: {@code cash-session-closed}, {@code ticket-unknown}, {@code ticket-finished}, {@code line-unknown}, {@code part-unknown},
 * {@code part-without-price}, {@code quantity-not-positive}, {@code quantity-too-large}, {@code quantity-whole} (naming it and the unit: what is neither length, volume nor weight is not cut),
 * {@code ticket-empty}, {@code payment-differs} (the ticket was already charged with
 * another payment), {@code ticket-changed}, {@code return-exceeds} (another register took it back meanwhile), and those of {@link Payment#settle}. A ticket that was dropped is {@code ticket-finished}.
 */
public interface Till {
    /** The register's ticket in hand, opened with a fresh id if there is none. */
    Outcome<Ticket> inHand(RegisterId register, Person who);

    Outcome<Ticket> ticket(UUID ticket);

    /**
     * Adds a part, or to the line that already sells it at the same price; its core deposit comes along.
     *
     * @param act minted by the screen for this one key press; the same act again changes nothing
     */
    Outcome<Ticket> add(UUID ticket, UUID act, PartId part, Quantity quantity, Person who);

    /**
     * Adds a line of something that is in no catalogue; two such lines never become one. What it costs has a limit per role, like a discount.
     *
     * @param approver somebody whose PIN was just checked; null if nobody was asked
     *     <p>Refused: {@code misc-needs-approval} (naming the limit in pesos), {@code misc-above-approver} (the same of the approver)
     */
    Outcome<Ticket> addMisc(
            UUID ticket, UUID act, MiscItem item, Quantity quantity, Person who, @Nullable Person approver);

    /** Sets a line's quantity; a deposit follows its line. */
    Outcome<Ticket> quantity(UUID ticket, UUID line, Quantity quantity, Person who);

    Outcome<Ticket> remove(UUID ticket, UUID line, Person who);

    /** Writes to a line; an empty text takes the note off. Refused: {@code note-too-long}, {@code line-follows}. */
    Outcome<Ticket> note(UUID ticket, UUID line, String note, Person who);

    /**
     * Sells a line for less, in place of any earlier discount; null takes it off. Above the limit of who asks, a supervisor's approval is needed.
     *
     * @param reason why, in the clerk's words; needed whenever something is let off
     * @param approver somebody whose PIN was just checked; null if nobody was asked
     *     <p>Refused: {@code reason-missing}, {@code reason-too-long}, {@code discount-needs-approval} (naming the limit in percent), {@code discount-above-approver} (the same of
     *     the approver), {@code line-follows} (a deposit or a returned line has no discount of its own),
     *     {@code promotion-saves-more} (nobody pays more because of a discount)
     */
    Outcome<Ticket> discount(
            UUID ticket, UUID line, @Nullable Discount discount, String reason, Person who, @Nullable Person approver);

    /**
     * The same percentage off every line that goes out, deposits left out. Lines of a promotion that lets off as much against the list price keep it; refused where
     * those are all: {@code promotions-save-more}.
     */
    Outcome<Ticket> discountAll(
            UUID ticket, Discount.@Nullable Percent discount, String reason, Person who, @Nullable Person approver);

    /** What holds of this day for a payment: the rate of the dollar and how cash is rounded. */
    Payment.Terms terms();

    /**
     * How what is owed on the ticket is paid back where nobody says how: empty where all of it is cash, and where nothing is owed. Refused as {@link #pay} of a payment
     * without offers.
     */
    default Outcome<Payment> givenBack(UUID ticket) {
        return Outcome.done(new Payment(List.of()));
    }

    /**
     * Sells the ticket to a customer, in place of another; null takes the customer off. Refused: {@code customer-unknown}.
     */
    Outcome<Ticket> sellTo(UUID ticket, @Nullable UUID customer, Person who);

    /**
     * Charges the ticket: one transaction writes sale, lines, tenders, folio, stock movements, cash journal and outbox. When it returns
     * the sale is durable; then the receipt is queued for printing. The same payment again returns the same sale.
     *
     * @param total the total that the screen showed; refused as {@code ticket-changed} if it is no longer that
     */
    default Outcome<Sale> pay(UUID ticket, Money total, Payment payment, Person who) {
        return pay(ticket, total, payment, who, null);
    }

    /**
     * The same, where a supervisor answers for what goes on account above the customer's line.
     *
     * @param approver somebody whose PIN was just checked; null if nobody was asked
     *     <p>Refused: {@code account-without-customer}, {@code account-none} (the customer has no credit), {@code account-held}, {@code account-needs-approval} (naming what is left),
     *     {@code account-needs-manager}, {@code account-over} (more goes back than is owed), {@code return-to-account-first} (naming what goes there), {@code return-other-customer}
     */
    Outcome<Sale> pay(UUID ticket, Money total, Payment payment, Person who, @Nullable Person approver);

    Optional<Sale> sale(UUID id);

    /** The register's latest sales, newest first. */
    List<Sale> latest(RegisterId register, int limit);

    /** Prints the ticket again, marked REIMPRESIÓN. Refused: {@code sale-unknown}. */
    Outcome<Sale> reprint(UUID sale, Person who);
}
