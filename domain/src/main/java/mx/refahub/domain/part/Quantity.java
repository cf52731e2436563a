package mx.refahub.domain.part;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How many of a unit, in thousandths: parts are sold by piece, but also hose by the metre and oil by the litre.
 *
 * @param thousandths may be negative (a return, a movement out)
 */
public record Quantity(long thousandths) implements Comparable<Quantity> {
    public static final Quantity ZERO = new Quantity(0);
    public static final Quantity ONE = new Quantity(1000);
    private static final int SCALE = 3;

    public static Quantity of(long units) {
        return new Quantity(Math.multiplyExact(units, 1000L));
    }

    /** @throws ArithmeticException if there are more than three decimals */
    public static Quantity of(BigDecimal value) {
        return new Quantity(
                value.setScale(SCALE, RoundingMode.UNNECESSARY).unscaledValue().longValueExact());
    }

    public BigDecimal value() {
        return BigDecimal.valueOf(thousandths, SCALE);
    }

    public Quantity plus(Quantity other) {
        return new Quantity(Math.addExact(thousandths, other.thousandths));
    }

    public Quantity negated() {
        return new Quantity(Math.negateExact(thousandths));
    }

    public boolean isPositive() {
        return thousandths > 0;
    }

    public boolean isWhole() {
        return thousandths % 1000 == 0;
    }

    /** Without trailing zeros: {@code 2}, {@code 1.5}. */
    public String text() {
        BigDecimal stripped = value().stripTrailingZeros();
        return (stripped.scale() < 0 ? stripped.setScale(0, RoundingMode.UNNECESSARY) : stripped).toPlainString();
    }

    @Override
    public int compareTo(Quantity other) {
        return Long.compare(thousandths, other.thousandths);
    }
}
