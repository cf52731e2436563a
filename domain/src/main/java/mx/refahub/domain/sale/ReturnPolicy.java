package mx.refahub.domain.sale;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a part may come back.
 *
 * @param days after the sale, the day of the sale not counted; null for no limit
 * @param feePercent hundredths of a percent of what was paid, kept for putting the piece back; nothing of a defective one
 * @param inspect somebody must have looked at the piece
 */
public record ReturnPolicy(boolean returnable, @Nullable Integer days, int feePercent, boolean inspect) {
    /** What of it a supervisor may let go. */
    public enum Rule {
        NOT_RETURNABLE,
        DAYS,
        FEE,
        INSPECTION
    }

    /** What a policy is made for; the closest one counts. */
    public enum Target {
        PART,
        CATEGORY,
        BRAND,
        ALL
    }

    public static final int WHOLE = 10_000;
    public static final int MOST_DAYS = 3_650;
    public static final ReturnPolicy NONE = new ReturnPolicy(true, null, 0, false);

    public ReturnPolicy {
        if (days != null && (days < 0 || days > MOST_DAYS)) throw new IllegalArgumentException(days + " days");
        if (feePercent < 0 || feePercent > WHOLE) throw new IllegalArgumentException("a fee of " + feePercent);
    }

    /** Which of its rules stand against this return. */
    public Set<Rule> against(LocalDate sold, LocalDate today, ReturnOf.Reason reason, boolean inspected) {
        Set<Rule> rules = EnumSet.noneOf(Rule.class);
        // What was sold broken was never sold: only time runs out.
        if (!returnable && reason != ReturnOf.Reason.DEFECTIVE) rules.add(Rule.NOT_RETURNABLE);
        if (days != null && today.isAfter(sold.plusDays(days))) rules.add(Rule.DAYS);
        if (inspect && !inspected) rules.add(Rule.INSPECTION);
        return rules;
    }

    /** The percentage as people write it, {@code 12.5}. */
    public String feeText() {
        return BigDecimal.valueOf(feePercent, 2).stripTrailingZeros().toPlainString();
    }

    public int feeFor(ReturnOf.Reason reason) {
        return reason == ReturnOf.Reason.DEFECTIVE || reason == ReturnOf.Reason.CORE ? 0 : feePercent;
    }
}
