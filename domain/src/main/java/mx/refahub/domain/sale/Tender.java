package mx.refahub.domain.sale;

import java.util.UUID;
import mx.refahub.domain.money.Money;

/**
 * A payment of a finished ticket.
 *
 * @param amount what it pays of the ticket
 * @param received what was handed over; more than the amount only in cash
 * @param reference authorisation or transfer number; empty for cash
 */
public record Tender(UUID id, Kind kind, Money amount, Money received, String reference) {
    /** Kinds with SAT's c_FormaPago. */
    public enum Kind {
        CASH("01"),
        CREDIT_CARD("04"),
        DEBIT_CARD("28"),
        TRANSFER("03");

        private final String satPaymentForm;

        Kind(String satPaymentForm) {
            this.satPaymentForm = satPaymentForm;
        }

        public String satPaymentForm() {
            return satPaymentForm;
        }
    }

    public Tender {
        reference = reference.strip();
        if (amount.isNegative() || received.compareTo(amount) < 0)
            throw new IllegalArgumentException("tender of " + amount.text() + " received " + received.text());
        if (kind != Kind.CASH && !received.equals(amount))
            throw new IllegalArgumentException(kind + " gives no change");
    }

    public Money change() {
        return received.minus(amount);
    }
}
