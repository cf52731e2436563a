package mx.refahub.domain.rate;

import java.util.List;
import mx.refahub.domain.money.Money;

/**
 * What cash is rounded to, because coins below it are not handed out: nothing, 10 or 50 centavos; half goes up. Only what is paid or paid back in cash is
 * rounded, never lines, taxes or the ticket: the difference is a tender of its own , so that lines, ticket and tenders agree.
 *
 * @param step centavos; 0 for none
 */
public record CashRounding(long step) {
    public static final List<Long> STEPS = List.of(0L, 10L, 50L);
    public static final CashRounding NONE = new CashRounding(0);

    public CashRounding {
        if (!STEPS.contains(step)) throw new IllegalArgumentException("cash rounded to " + step);
    }

    /** @param amount not negative */
    public Money round(Money amount) {
        if (step == 0) return amount;
        return new Money(Math.floorDiv(Math.addExact(amount.minor(), step / 2), step) * step, amount.currency());
    }
}
