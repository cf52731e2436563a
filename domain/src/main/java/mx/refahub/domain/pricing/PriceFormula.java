package mx.refahub.domain.pricing;

import java.math.BigInteger;
import mx.refahub.domain.money.Money;

/**
 * How a supplier's cost becomes a price. Of several that fit a part the narrowest goes, for each level: of the brand, then of the longer category, then of the
 * band that starts highest.
 *
 * @param brand empty for all
 * @param category empty for all; stands for those below it
 * @param costFrom from which cost on, pesos without tax
 * @param hundredths of a percent
 */
public record PriceFormula(
        String brand, String category, Money costFrom, PriceLevel level, Method method, int hundredths, Ending ending) {
    public static final int MOST_TEXT = 200;
    private static final int WHOLE = 10_000;
    private static final int MOST = 100_000;

    public enum Method {
        /** Percent of the price without tax, below a hundred. */
        MARGIN,
        /** Percent on the cost. */
        MARKUP
    }

    /** Up to the next price that ends so, never down: the formula's margin is the least. */
    public enum Ending {
        NONE(1, 0),
        C90(100, 90),
        C99(100, 99),
        PESO(100, 0),
        FIVE(500, 0),
        TEN(1_000, 0);

        private final int step;
        private final int end;

        Ending(int step, int end) {
            this.step = step;
            this.end = end;
        }
    }

    public PriceFormula {
        if (hundredths < 0 || hundredths > MOST) throw new IllegalArgumentException("percent " + hundredths);
        if (method == Method.MARGIN && hundredths >= WHOLE)
            throw new IllegalArgumentException("a margin of " + hundredths);
        if (costFrom.isNegative() || !costFrom.currency().equals(Money.MXN))
            throw new IllegalArgumentException("costs from " + costFrom.minor());
        if (brand.length() > MOST_TEXT || category.length() > MOST_TEXT)
            throw new IllegalArgumentException("a name of more than " + MOST_TEXT);
    }

    /** What it is of: two formulas that are of the same say the same twice. */
    public String of() {
        return brand + '\n' + category + '\n' + costFrom.minor() + '\n' + level.code();
    }

    /** @param taxPercent of the price as it stands on the shelf; 0 where it is written without tax */
    public Money price(Money cost, int taxPercent) {
        BigInteger over = BigInteger.valueOf(cost.minor()).multiply(BigInteger.valueOf(100L + taxPercent));
        BigInteger under = BigInteger.valueOf(100);
        switch (method) {
            case MARGIN -> {
                over = over.multiply(BigInteger.valueOf(WHOLE));
                under = under.multiply(BigInteger.valueOf(WHOLE - hundredths));
            }
            case MARKUP -> {
                over = over.multiply(BigInteger.valueOf(WHOLE + hundredths));
                under = under.multiply(BigInteger.valueOf(WHOLE));
            }
        }
        if (ending == Ending.NONE)
            return Money.mxn(
                    over.shiftLeft(1).add(under).divide(under.shiftLeft(1)).longValueExact());
        BigInteger step = under.multiply(BigInteger.valueOf(ending.step));
        BigInteger beyond = over.subtract(under.multiply(BigInteger.valueOf(ending.end)));
        // Below the first such ending it is the first.
        BigInteger steps = beyond.signum() <= 0
                ? BigInteger.ZERO
                : beyond.add(step).subtract(BigInteger.ONE).divide(step);
        return Money.mxn(steps.longValueExact() * ending.step + ending.end);
    }
}
