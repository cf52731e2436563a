package mx.refahub.domain.customer;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.sale.Settled;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;

/** Accounts of customers at the counter. Implemented by the store connector over SQLite; works with no network. Every call may be repeated. */
public interface Accounts {
    int MAX_REFERENCE = 60;

    /** Refused: {@code customer-unknown}. */
    Outcome<Account> account(UUID customer);

    /**
     * @param tender cash in pesos, a card, a transfer or a cheque
     * @param reference authorisation, transfer or cheque number; empty for cash
     * @param tickets to be paid first, in this order; what is left over goes to the oldest of the others
     */
    record Payment(Tender.Kind tender, Money amount, String reference, List<UUID> tickets) {
        public Payment {
            tickets = List.copyOf(tickets);
            reference = reference.strip();
        }
    }

    /**
     * A payment as it was taken.
     *
     * @param number of the receipt, as printed
     * @param before what was owed
     */
    record Taken(
            UUID id,
            UUID customer,
            String number,
            Payment payment,
            List<Settled> applied,
            Money before,
            Money after,
            Instant at,
            LocalDate day,
            String byName) {
        public Taken {
            applied = List.copyOf(applied);
        }
    }

    /**
     * Takes a payment into the drawer: one transaction writes ledger, cash journal, receipt and document.
     *
     * <p>Refused: {@code customer-unknown}, {@code cash-session-closed}, {@code account-amount} (not positive), {@code account-over} (naming what is owed), {@code account-tender},
     * {@code account-reference} (none, or too long), {@code account-ticket-unknown}, {@code account-act-differs} (the act was another payment).
     *
     * @param act the payment's id
     */
    Outcome<Taken> take(UUID act, UUID customer, RegisterId register, Payment payment, Person who);

    /**
     * A cheque that the bank did not honour: what it paid is owed again, and what the bank charged is owed as well.
     *
     * <p>Refused: {@code payment-unknown}, {@code payment-no-cheque}, {@code cheque-bounced-already}, {@code account-fee} (negative or above what the cheque paid), {@code account-needs-manager}.
     *
     * @param act the document's id
     */
    Outcome<Account> bounce(UUID act, UUID payment, Money fee, String note, Person who);

    /** Prints the statement with its ageing at a register. Refused: {@code customer-unknown}. */
    Outcome<Account> printStatement(UUID customer, RegisterId register, Person who);
}
