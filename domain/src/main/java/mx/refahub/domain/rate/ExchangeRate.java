package mx.refahub.domain.rate;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import mx.refahub.domain.money.Money;

/**
 * What one unit of a currency is worth in pesos from a day on, until a later one is known.
 *
 * @param pesos with at most {@value #DIGITS} decimals, as the Diario Oficial publishes the dollar
 */
public record ExchangeRate(Currency currency, LocalDate day, BigDecimal pesos) {
    public static final Currency USD = Currency.getInstance("USD");
    public static final int DIGITS = 4;
    private static final BigDecimal LARGEST = BigDecimal.valueOf(10_000);

    public ExchangeRate {
        if (currency.equals(Money.MXN)) throw new IllegalArgumentException("the peso has no rate");
        pesos = pesos.stripTrailingZeros();
        if (!valid(pesos)) throw new IllegalArgumentException("rate of " + pesos.toPlainString());
        if (pesos.scale() < 0) pesos = pesos.setScale(0);
    }

    public static boolean valid(BigDecimal pesos) {
        return pesos.signum() > 0
                && pesos.compareTo(LARGEST) <= 0
                && pesos.stripTrailingZeros().scale() <= DIGITS;
    }

    /** In pesos, rounded once to the centavo. */
    public Money worth(Money foreign) {
        return worth(foreign, pesos);
    }

    /** @param pesos of one unit */
    public static Money worth(Money foreign, BigDecimal pesos) {
        return Money.rounded(foreign.amount().multiply(pesos), Money.MXN);
    }

    /** The least of the currency that is worth at least so many pesos. */
    public Money covering(Money due) {
        Money some = new Money(
                due.amount()
                        .divide(pesos, currency.getDefaultFractionDigits(), java.math.RoundingMode.CEILING)
                        .movePointRight(currency.getDefaultFractionDigits())
                        .longValueExact(),
                currency);
        // Half a centavo may have been rounded up: one cent less may do.
        Money less = some.minus(new Money(1, currency));
        return !less.isNegative() && worth(less).compareTo(due) >= 0 ? less : some;
    }

    /** {@code 17.4523}. */
    public String text() {
        return pesos.scale() < 2 ? pesos.setScale(2).toPlainString() : pesos.toPlainString();
    }
}
