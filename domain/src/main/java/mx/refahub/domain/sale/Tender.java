package mx.refahub.domain.sale;

import java.util.UUID;
import mx.refahub.domain.money.Money;

/**
 * A payment of a finished ticket, or what was paid back.
 *
 * @param amount what it pays of the ticket; negative where it is paid back
 * @param received what was handed over; more than the amount only in cash
 * @param reference authorisation or transfer number; empty for cash
 */
public record Tender(UUID id, Kind kind, Money amount, Money received, String reference) {
    /** Kinds with SAT's c_FormaPago. */
    public enum Kind {
        CASH("01"),
        CREDIT_CARD("04"),
        DEBIT_CARD("28"),
        TRANSFER("03"),
        CHEQUE("02"),
        /** Owed: no money yet (99, por definir). */
        ON_ACCOUNT("99");

        private final String satPaymentForm;

        Kind(String satPaymentForm) {
            this.satPaymentForm = satPaymentForm;
        }

        public String satPaymentForm() {
            return satPaymentForm;
        }

        /** Whether something of it lies in the drawer to be counted; what is owed stands in the customers' accounts. */
        public boolean isCounted() {
            return this != ON_ACCOUNT;
        }
    }

    public Tender {
        reference = reference.strip();
        if (received.compareTo(amount) < 0 || amount.isNegative() && !received.equals(amount))
            throw new IllegalArgumentException("tender of " + amount.text() + " received " + received.text());
        if (kind != Kind.CASH && !received.equals(amount))
            throw new IllegalArgumentException(kind + " gives no change");
    }

    public Money change() {
        return received.minus(amount);
    }
}
