package mx.refahub.domain.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Locale;

/**
 * An amount: an integer of minor units (centavos) with its currency. Arithmetic is exact; an overflow or a mix of currencies throws.
 *
 * <p>The one rounding rule of the house is {@link #ROUNDING}, half away from zero on the minor unit: what a cashier does on paper
 * and what SAT's Anexo 20 guide for CFDI 4.0 applies to amounts.
 *
 * @param minor minor units, may be negative (refunds)
 * @param currency ISO 4217
 */
public record Money(long minor, Currency currency) implements Comparable<Money> {
    public static final RoundingMode ROUNDING = RoundingMode.HALF_UP;
    public static final Currency MXN = Currency.getInstance("MXN");

    public static Money mxn(long minor) {
        return new Money(minor, MXN);
    }

    public static Money zero(Currency currency) {
        return new Money(0, currency);
    }

    /** @throws ArithmeticException if the decimal has more digits than the currency has minor digits */
    public static Money of(BigDecimal amount, Currency currency) {
        return new Money(
                amount.movePointRight(currency.getDefaultFractionDigits()).longValueExact(), currency);
    }

    public static Money rounded(BigDecimal amount, Currency currency) {
        return of(amount.setScale(currency.getDefaultFractionDigits(), ROUNDING), currency);
    }

    public Money plus(Money other) {
        return new Money(Math.addExact(minor, same(other).minor), currency);
    }

    public Money minus(Money other) {
        return new Money(Math.subtractExact(minor, same(other).minor), currency);
    }

    public Money negated() {
        return new Money(Math.negateExact(minor), currency);
    }

    /** Times an exact factor, rounded once to the minor unit. */
    public Money times(BigDecimal factor) {
        return rounded(amount().multiply(factor), currency);
    }

    public boolean isNegative() {
        return minor < 0;
    }

    public boolean isZero() {
        return minor == 0;
    }

    public Money min(Money other) {
        return compareTo(other) <= 0 ? this : other;
    }

    /** The exact decimal, with as many fraction digits as the currency has. */
    public BigDecimal amount() {
        return BigDecimal.valueOf(minor, currency.getDefaultFractionDigits());
    }

    /** As a Mexican ticket writes it: {@code $1,234.50}, negative {@code −$85.00} with a true minus sign. */
    public String text() {
        String digits = String.format(Locale.ROOT, "%,." + currency.getDefaultFractionDigits() + "f", amount().abs());
        String sign = isNegative() ? "\u2212" : "";
        return currency.equals(MXN) ? sign + "$" + digits : sign + digits + " " + currency.getCurrencyCode();
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(minor, same(other).minor);
    }

    private Money same(Money other) {
        if (!currency.equals(other.currency))
            throw new IllegalArgumentException("amounts in " + currency + " and " + other.currency + " do not mix");
        return other;
    }
}
