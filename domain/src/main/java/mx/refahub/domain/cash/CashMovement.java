package mx.refahub.domain.cash;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.money.Money;

/**
 * Money that enters or leaves the drawer without a sale.
 *
 * @param id minted by the screen for this movement
 * @param amount positive, whichever way it goes
 * @param note in words; needed where the reason says nothing by itself
 * @param reference number of the receipt or invoice, or of the sealed bag
 */
public record CashMovement(UUID id, Kind kind, Money amount, Reason reason, String note, String reference) {
    /** A receipt for more than this is not paid out of a drawer. */
    public static final long LARGEST = 100_000_000L;

    public static final int LONGEST_TEXT = 120;

    public enum Kind {
        PAID_IN(CashEntry.Kind.PAID_IN, 1),
        PAID_OUT(CashEntry.Kind.PAID_OUT, -1),
        DROP(CashEntry.Kind.DROP, -1);

        private final CashEntry.Kind entry;
        private final int sign;

        Kind(CashEntry.Kind entry, int sign) {
            this.entry = entry;
            this.sign = sign;
        }

        public CashEntry.Kind entry() {
            return entry;
        }

        public Money signed(Money amount) {
            return sign < 0 ? amount.negated() : amount;
        }

        public List<Reason> reasons() {
            return Arrays.stream(Reason.values())
                    .filter(reason -> reason.kind == this)
                    .toList();
        }
    }

    public enum Reason {
        MORE_FLOAT(Kind.PAID_IN, false, false),
        EXCHANGE_IN(Kind.PAID_IN, false, false),
        OTHER_IN(Kind.PAID_IN, false, true),
        PETTY_CASH(Kind.PAID_OUT, true, false),
        FREIGHT(Kind.PAID_OUT, true, false),
        SUPPLIER(Kind.PAID_OUT, true, false),
        EXCHANGE_OUT(Kind.PAID_OUT, false, false),
        OTHER_OUT(Kind.PAID_OUT, false, true),
        SAFE(Kind.DROP, false, false);

        private final Kind kind;
        private final boolean needsReference;
        private final boolean needsNote;

        Reason(Kind kind, boolean needsReference, boolean needsNote) {
            this.kind = kind;
            this.needsReference = needsReference;
            this.needsNote = needsNote;
        }

        public Kind kind() {
            return kind;
        }

        public boolean needsReference() {
            return needsReference;
        }

        public boolean needsNote() {
            return needsNote;
        }
    }

    public CashMovement {
        note = note.strip();
        reference = reference.strip();
        if (reason.kind() != kind) throw new IllegalArgumentException(reason + " is no reason for " + kind);
        if (amount.minor() <= 0 || amount.minor() > LARGEST)
            throw new IllegalArgumentException("movement of " + amount.text());
        if (note.length() > LONGEST_TEXT || reference.length() > LONGEST_TEXT)
            throw new IllegalArgumentException("text too long");
    }

    /**
     * As it stands in the books.
     *
     * @param approvedByName who allowed it on the spot; empty where nobody had to
     */
    public record Recorded(CashMovement movement, UUID session, Instant at, String byName, String approvedByName) {}
}
