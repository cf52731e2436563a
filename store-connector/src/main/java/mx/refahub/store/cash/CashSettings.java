package mx.refahub.store.cash;

import java.math.BigDecimal;
import java.util.List;
import mx.refahub.domain.cash.CashLimits;
import mx.refahub.domain.cash.Denomination;
import mx.refahub.domain.money.Money;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code refahub.store.cash.*}, in pesos and dollars.
 *
 * @param movementLimit largest payment in or out of a drawer that needs no manager
 * @param movementLimitUsd the same in dollars
 * @param differenceLimit largest difference of a count, per tender, that needs no reason
 * @param differenceLimitUsd the same in dollars
 */
public record CashSettings(
        @DefaultValue("500.00") BigDecimal movementLimit,
        @DefaultValue("25.00") BigDecimal movementLimitUsd,
        @DefaultValue("20.00") BigDecimal differenceLimit,
        @DefaultValue("1.00") BigDecimal differenceLimitUsd) {
    private static final BigDecimal LARGEST = BigDecimal.valueOf(1_000_000);

    public CashSettings {
        check("movement-limit", movementLimit);
        check("movement-limit-usd", movementLimitUsd);
        check("difference-limit", differenceLimit);
        check("difference-limit-usd", differenceLimitUsd);
    }

    public CashLimits limits() {
        return new CashLimits(
                List.of(Money.of(movementLimit, Money.MXN), Money.of(movementLimitUsd, Denomination.USD)),
                List.of(Money.of(differenceLimit, Money.MXN), Money.of(differenceLimitUsd, Denomination.USD)));
    }

    private static void check(String key, BigDecimal amount) {
        if (amount.signum() < 0
                || amount.compareTo(LARGEST) > 0
                || amount.stripTrailingZeros().scale() > 2)
            throw new IllegalArgumentException(
                    "refahub.store.cash." + key + " is " + amount + ", not an amount from 0 to 1000000 in cents");
    }
}
