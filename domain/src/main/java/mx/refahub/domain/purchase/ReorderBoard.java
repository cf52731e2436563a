package mx.refahub.domain.purchase;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.store.Person;
import org.jspecify.annotations.Nullable;

/** What the job reorder-alerts found, and what people made of it. The job raises and withdraws alerts; people acknowledge, snooze and resolve them. */
public interface ReorderBoard {
    enum Kind {
        /** Fewer than the reorder point. */
        REORDER,
        /** Stands for more than a year at the pace of the last months. */
        SLOW,
        /** Not one sold in half a year. */
        DEAD
    }

    record FromBranch(UUID store, String code, Quantity quantity) {}

    /**
     * @param perDay sold a day over the window, season included
     * @param need to the target; {@code fromBranches} of it stands elsewhere to spare, {@code toOrder} is left, in whole packs
     */
    record Alert(
            UUID id,
            Kind kind,
            UUID store,
            String storeCode,
            PartId part,
            String lineCode,
            String partNumber,
            String name,
            Quantity onHand,
            Quantity onWay,
            Quantity onOrder,
            BigDecimal perDay,
            BigDecimal lostPerDay,
            BigDecimal season,
            BigDecimal leadDays,
            Quantity point,
            Quantity target,
            Quantity need,
            Quantity fromBranches,
            Quantity toOrder,
            Money value,
            @Nullable LocalDate lastSoldOn,
            @Nullable UUID supplier,
            String supplierName,
            String theirNumber,
            @Nullable BigDecimal cost,
            Instant raisedAt,
            @Nullable Instant acknowledgedAt,
            @Nullable Instant snoozedUntil,
            @Nullable Instant resolvedAt,
            List<FromBranch> from) {
        public Alert {
            from = List.copyOf(from);
        }
    }

    /**
     * @param store null for all
     * @param snoozed also those that sleep
     */
    record Asked(@Nullable Kind kind, @Nullable UUID store, boolean snoozed, boolean resolved, int limit) {}

    /** Most needed first; of stock that does not move, the dearest first. */
    List<Alert> list(Asked asked);

    /** @return refused: {@code alert-unknown}, {@code alert-resolved} */
    Outcome<Alert> acknowledge(UUID alert, Person by);

    /** @param days 1 to 90 */
    Outcome<Alert> snooze(UUID alert, int days, Person by);

    Outcome<Alert> resolve(UUID alert, String why, Person by);

    /**
     * A part that comes along so that an order reaches its supplier's minimum: it is above its reorder point and reaches it in {@code days}.
     *
     * @param quantity whole packs; with what is there or comes it is never above {@code target}
     */
    record Filler(
            PartId part,
            String lineCode,
            String partNumber,
            String name,
            String theirNumber,
            BigDecimal cost,
            Quantity quantity,
            Quantity available,
            Quantity point,
            Quantity target,
            BigDecimal perDay,
            BigDecimal days) {}

    /**
     * Lines of one supplier for one branch; without a supplier where nobody is known to sell the part.
     *
     * @param total with the fillers
     * @param fills whether orders of this supplier are filled up
     * @param fillers what comes along, whoever reaches its reorder point first; none where the lines reach the minimum by themselves
     */
    record Suggestion(
            @Nullable UUID supplier,
            String supplierName,
            UUID store,
            String storeCode,
            Money total,
            Money minimumOrder,
            List<Alert> lines,
            boolean fills,
            List<Filler> fillers) {
        public Suggestion {
            lines = List.copyOf(lines);
            fillers = List.copyOf(fillers);
        }
    }

    /** Of the open alerts that do not sleep. */
    List<Suggestion> suggested();

    /** Least that a branch should have of a part, and most; null takes the rule away. @return refused: {@code reorder-limits-wrong} */
    Outcome<Boolean> limits(UUID store, PartId part, @Nullable Quantity minimum, @Nullable Quantity maximum, Person by);
}
