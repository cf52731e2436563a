package mx.refahub.domain.sale;

import java.math.BigDecimal;
import java.util.UUID;
import java.util.regex.Pattern;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.rate.ExchangeRate;
import org.jspecify.annotations.Nullable;

/**
 * A payment of a finished ticket, or what was paid back.
 *
 * @param amount what it pays of the ticket; negative where it is paid back
 * @param received what was handed over; more than the amount only in cash. Always in the ticket's own currency
 * @param reference authorisation or transfer number; empty for cash
 * @param foreign what was handed over in dollars; only with {@link Kind#CASH_USD}, and always there
 * @param credit the slip that was issued or spent; only where {@link Kind#isSlip}
 * @param card only with cards; null where nothing is known of it but the authorisation
 */
public record Tender(
        UUID id,
        Kind kind,
        Money amount,
        Money received,
        String reference,
        @Nullable Foreign foreign,
        @Nullable Card card,
        @Nullable Credit credit) {
    /** Kinds with SAT's c_FormaPago. */
    public enum Kind {
        CASH("01"),
        CREDIT_CARD("04"),
        DEBIT_CARD("28"),
        TRANSFER("03"),
        CHEQUE("02"),
        /** Owed: no money yet (99, por definir). */
        ON_ACCOUNT("99"),
        /** Dollar bills at the day's rate; the change is in pesos. */
        CASH_USD("01"),
        /** What cash was rounded by: more than nothing where the customer was let off centavos. */
        ROUNDING("01"),
        /** What was paid back as credit, or is paid with it. */
        STORE_CREDIT("17"),
        /** What was paid before, as deposit of a layaway or a special order (30, aplicación de anticipos). */
        DEPOSIT("30"),
        /** Paid with a gift voucher that was sold before. */
        GIFT_VOUCHER("17"),
        /** The buyer paid a marketplace, which pays us (31, intermediario pagos); the reference is its order. */
        MARKETPLACE("31"),
        /** A lender paid for the customer, who pays it later (31); the reference is the lender's own number. */
        BNPL("31");

        private final String satPaymentForm;

        Kind(String satPaymentForm) {
            this.satPaymentForm = satPaymentForm;
        }

        public String satPaymentForm() {
            return satPaymentForm;
        }

        /** Whether bills or coins go into the drawer, which then opens. */
        public boolean isCash() {
            return this == CASH || this == CASH_USD;
        }

        public boolean isCard() {
            return this == CREDIT_CARD || this == DEBIT_CARD;
        }

        /**
         * Whether somebody counts it when the drawer is closed. Dollars are counted as cash in dollars; what is owed stands in the customers' accounts, and nobody can
         * count what was rounded or is owed as credit.
         */
        public boolean isCounted() {
            return this != ON_ACCOUNT
                    && this != CASH_USD
                    && this != ROUNDING
                    && this != DEPOSIT
                    && this != MARKETPLACE
                    && this != BNPL
                    && !isSlip();
        }

        /** Whether a signed slip stands for it. */
        public boolean isSlip() {
            return this == STORE_CREDIT || this == GIFT_VOUCHER;
        }

        /** Whether it can be offered, or only comes out of what was. */
        public boolean isOffered() {
            return this != ROUNDING && this != DEPOSIT;
        }
    }

    /** @param rate pesos of one unit, as it was on that day */
    public record Foreign(Money given, BigDecimal rate) {
        public Foreign {
            rate = rate.stripTrailingZeros();
            if (rate.signum() <= 0 || given.isNegative() || given.currency().equals(Money.MXN))
                throw new IllegalArgumentException(given.text() + " at " + rate.toPlainString());
        }

        public Money worth() {
            return ExchangeRate.worth(given, rate);
        }
    }

    /**
     * @param lastFour digits of the card, never more of it; empty if nobody noted them
     * @param months without interest; 0 for none
     * @param charge of the terminal; null where its slip was typed in
     */
    public record Card(
            String lastFour, int months, @Nullable UUID charge) {
        public static final int MOST_MONTHS = 48;
        private static final Pattern LAST_FOUR = Pattern.compile("\\d{4}|");

        public Card {
            if (!LAST_FOUR.matcher(lastFour).matches())
                throw new IllegalArgumentException("of a card's number only the last four digits are kept");
            if (months < 0 || months > MOST_MONTHS) throw new IllegalArgumentException(months + " months");
        }
    }

    /** @param proof text of the slip's QR ({@link mx.refahub.domain.credit.StoreCredit}) */
    public record Credit(UUID id, String proof) {}

    public Tender {
        reference = reference.strip();
        if (received.compareTo(amount) < 0 || amount.isNegative() && !received.equals(amount))
            throw new IllegalArgumentException("tender of " + amount.text() + " received " + received.text());
        if (!kind.isCash() && !received.equals(amount)) throw new IllegalArgumentException(kind + " gives no change");
        if ((kind == Kind.CASH_USD) != (foreign != null)
                || foreign != null && !foreign.worth().equals(received))
            throw new IllegalArgumentException(kind + " of " + received.text() + " is not what its dollars are worth");
        if (card != null && !kind.isCard()) throw new IllegalArgumentException(kind + " has no card");
        if (credit != null && !kind.isSlip()) throw new IllegalArgumentException(kind + " is no credit");
    }

    public Tender(UUID id, Kind kind, Money amount, Money received, String reference) {
        this(id, kind, amount, received, reference, null, null, null);
    }

    public Tender by(String code, Credit slip) {
        return new Tender(id, kind, amount, received, code, foreign, card, slip);
    }

    public Money change() {
        return received.minus(amount);
    }
}
