package mx.refahub.domain.purchase;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.store.StoreId;
import org.jspecify.annotations.Nullable;

/**
 * An order to a supplier for one branch.
 *
 * @param number {@code OC-000123}
 * @param rate pesos per unit of the currency; one for pesos
 */
public record PurchaseOrder(
        UUID id,
        String number,
        Supplier supplier,
        StoreId store,
        String storeCode,
        String storeName,
        Currency currency,
        BigDecimal rate,
        @Nullable LocalDate expectedOn,
        String note,
        Life life,
        List<Line> lines) {
    /** Whole in pieces; more of a part than this is a slip of the keys. */
    public static final int MOST_LINES = 500;

    /** A state is what its timestamps say. */
    public record Life(
            Instant createdAt,
            String createdBy,
            @Nullable Instant approvedAt,
            @Nullable String approvedBy,
            @Nullable Instant sentAt,
            @Nullable String sentBy,
            @Nullable Instant firstReceivedAt,
            @Nullable Instant receivedAt,
            @Nullable Instant closedAt,
            @Nullable String closedBy,
            @Nullable Instant cancelledAt,
            @Nullable String cancelledBy,
            String endReason) {
        public State state() {
            if (cancelledAt != null) return State.CANCELLED;
            if (closedAt != null) return State.CLOSED;
            if (receivedAt != null) return State.RECEIVED;
            if (firstReceivedAt != null) return State.PARTLY_RECEIVED;
            if (sentAt != null) return State.SENT;
            if (approvedAt != null) return State.APPROVED;
            return State.DRAFT;
        }
    }

    public enum State {
        DRAFT,
        APPROVED,
        SENT,
        PARTLY_RECEIVED,
        RECEIVED,
        /** What is missing will not come. */
        CLOSED,
        CANCELLED;

        /** Receipts move the rest by themselves. */
        public boolean may(Act act) {
            return switch (act) {
                case EDIT, APPROVE -> this == DRAFT;
                case BACK_TO_DRAFT, SEND -> this == APPROVED;
                case CLOSE -> this == SENT || this == PARTLY_RECEIVED;
                case CANCEL -> this == DRAFT || this == APPROVED || this == SENT;
            };
        }
    }

    public enum Act {
        EDIT,
        APPROVE,
        BACK_TO_DRAFT,
        SEND,
        CLOSE,
        CANCEL
    }

    /**
     * @param theirNumber what the supplier calls it; may be empty
     * @param cost per unit in the order's currency, at most four decimals
     * @param reason why it is ordered, in words; may be empty
     * @param received over all receipts, also more than ordered
     */
    public record Line(
            UUID id,
            PartId part,
            String lineCode,
            String partNumber,
            String name,
            String unit,
            String theirNumber,
            Quantity quantity,
            BigDecimal cost,
            String reason,
            Quantity received) {
        public Quantity missing() {
            return new Quantity(Math.max(0, quantity.thousandths() - received.thousandths()));
        }

        /** As people read it: two decimals, or as many more as it has. */
        public String costText() {
            BigDecimal bare = cost.stripTrailingZeros();
            return bare.setScale(Math.max(2, bare.scale())).toPlainString();
        }
    }

    public PurchaseOrder {
        lines = List.copyOf(lines);
    }

    public State state() {
        return life.state();
    }

    /** The cost of a line, rounded once. */
    public Money amount(Line line) {
        return Money.rounded(line.cost().multiply(line.quantity().value()), currency);
    }

    public Money total() {
        Money total = Money.zero(currency);
        for (Line line : lines) total = total.plus(amount(line));
        return total;
    }

    /** What limits of approval are measured by. */
    public Money totalInPesos() {
        return Money.rounded(total().amount().multiply(rate), Money.MXN);
    }
}
