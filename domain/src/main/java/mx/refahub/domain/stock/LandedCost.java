package mx.refahub.domain.stock;

import java.math.BigInteger;
import java.util.List;
import mx.refahub.domain.money.Money;

/**
 * What it costs to bring goods in besides their price, in pesos, spread over the lines of their receipt: what has been spread up to a line is cut to the centavo,
 * and a line bears the difference to what was spread before it. So the shares add up to the charges to the centavo, and no line bears a centavo more or less
 * than its part.
 */
public record LandedCost(Money freight, Money duty, Money other, By by) {
    public enum By {
        /** Quantity at its cost. */
        VALUE,
        WEIGHT,
        PIECES
    }

    /** More is a slip of the keys. */
    private static final long MOST = 100_000_000_00L;

    public LandedCost {
        for (Money each : List.of(freight, duty, other))
            if (!each.currency().equals(Money.MXN) || each.isNegative() || each.minor() > MOST)
                throw new IllegalArgumentException("a charge of " + each.minor());
    }

    public Money total() {
        return freight.plus(duty).plus(other);
    }

    /**
     * @param value centavos
     * @param grams of all of it; 0 where nobody weighed it
     * @param pieces thousandths, positive
     */
    public record Line(long value, long grams, long pieces) {}

    /** Centavos for each line, in their order. Where nothing has a value or a weight to go by, pieces do. */
    public List<Long> shares(List<Line> lines) {
        By rule = lines.stream().mapToLong(line -> base(line, by)).anyMatch(base -> base > 0) ? by : By.PIECES;
        BigInteger whole = lines.stream()
                .map(line -> BigInteger.valueOf(base(line, rule)))
                .reduce(BigInteger.ZERO, BigInteger::add);
        if (whole.signum() == 0) throw new IllegalArgumentException("nothing to spread the charges over");
        BigInteger total = BigInteger.valueOf(total().minor());
        BigInteger upTo = BigInteger.ZERO;
        long spread = 0;
        Long[] shares = new Long[lines.size()];
        for (int i = 0; i < shares.length; i++) {
            upTo = upTo.add(BigInteger.valueOf(base(lines.get(i), rule)));
            long now = total.multiply(upTo).divide(whole).longValueExact();
            shares[i] = now - spread;
            spread = now;
        }
        return List.of(shares);
    }

    private static long base(Line line, By rule) {
        return switch (rule) {
            case VALUE -> line.value();
            case WEIGHT -> line.grams();
            case PIECES -> line.pieces();
        };
    }
}
