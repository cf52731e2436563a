package mx.refahub.domain.purchase;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.store.Person;
import org.jspecify.annotations.Nullable;

/**
 * Orders from the draft to the last piece. An act that has been done already answers as before. Receipts of the stores move the states, in whichever order their
 * documents come.
 */
public interface PurchaseOrders {
    /** @param lines at most {@link PurchaseOrder#MOST_LINES}, each part once */
    record Draft(
            UUID id,
            UUID supplier,
            UUID store,
            BigDecimal rate,
            @Nullable LocalDate expectedOn,
            String note,
            List<Wanted> lines) {
        public Draft {
            lines = List.copyOf(lines);
        }
    }

    record Wanted(UUID id, PartId part, Quantity quantity, BigDecimal cost, String theirNumber, String reason) {}

    /**
     * @param total in the order's currency
     * @param received of all pieces, percent
     */
    record Summary(
            UUID id,
            String number,
            String supplierName,
            String storeCode,
            PurchaseOrder.State state,
            Money total,
            int lines,
            int received,
            Instant createdAt,
            @Nullable LocalDate expectedOn,
            int differences) {}

    /** The newest first. @param state null for all that are not ended */
    List<Summary> list(PurchaseOrder.@Nullable State state, int limit);

    Optional<PurchaseOrder> one(UUID id);

    /**
     * Makes a draft, or changes one.
     *
     * @return refused: {@code supplier-unknown}, {@code branch-unknown}, {@code order-no-lines}, {@code order-too-many-lines}, {@code order-part-twice},
     *     {@code order-rate-wrong}, {@code order-state}
     */
    Outcome<PurchaseOrder> keep(Draft draft, Person by);

    /**
     * @param reason of closing and cancelling
     * @return refused: {@code order-unknown}, {@code order-state}, {@code order-limit}, {@code order-minimum}, {@code reason-missing}
     */
    Outcome<PurchaseOrder> act(UUID id, PurchaseOrder.Act act, String reason, Person by);

    /** What somebody of that role may approve; empty: any amount. Refused by {@code act} where the role may approve nothing. */
    Optional<Money> limit(Person who);

    /** @param landed what of the value it cost to bring the goods in */
    record Receipt(
            UUID id, String reference, Instant at, String by, String storeCode, int lines, Money value, Money landed) {}

    /** Of an order, oldest first. */
    List<Receipt> receipts(UUID order);

    enum What {
        MORE,
        NOT_ORDERED,
        COST,
        CURRENCY,
        OTHER_BRANCH,
        ORDER_UNKNOWN,
        ORDER_ENDED,
        NOT_SENT,
        /** By the supplier's invoice other pieces were expected. */
        INVOICED
    }

    /**
     * @param expected pieces, or of COST the unit cost; null where there is nothing to compare
     * @param keptBy who said at the branch that what was beyond the order is kept; empty for nobody
     */
    record Difference(
            UUID id,
            @Nullable UUID order,
            String orderNumber,
            String storeCode,
            String supplier,
            String part,
            What what,
            @Nullable BigDecimal expected,
            @Nullable BigDecimal found,
            Instant at,
            @Nullable Instant settledAt,
            @Nullable String settledBy,
            String note,
            String keptBy,
            String keptWhy) {}

    /** The newest first. @param order null for all */
    List<Difference> differences(@Nullable UUID order, boolean settled, int limit);

    /** @return refused: {@code difference-unknown}, {@code reason-missing} */
    Outcome<Difference> settle(UUID difference, String note, Person by);

    /** Goods that went back to a supplier: adjustments with that reason. */
    record GivenBack(
            UUID id,
            String storeCode,
            String supplier,
            String reference,
            String note,
            Instant at,
            String by,
            int lines,
            Money value) {}

    List<GivenBack> givenBack(int limit);
}
