package mx.refahub.domain.stock;

import java.math.BigDecimal;
import java.math.BigInteger;
import mx.refahub.domain.money.Money;

/**
 * What a branch holds of one part, and what it is worth at moving average cost. The rules, each exact to the centavo because a movement's value is the difference of
 * two states:
 *
 * <ul>
 *   <li>What comes in brings its cost. What goes out takes its share of the value, rounded once by {@link Money#ROUNDING}; the last piece takes all that is left.
 *   <li>Below zero the missing pieces are valued at the last cost, so that the value is negative too: an estimate of what is owed to the shelf.
 *   <li>What comes in then settles the debt first; where its cost and the estimate differ, the difference is the movement's <em>variance</em>: it belongs to the
 *       cost of what was sold before it came, and not to the shelf.
 *   <li>Nothing on hand is worth nothing.
 * </ul>
 *
 * @param quantity thousandths; may be negative
 * @param value centavos
 * @param lastCost centavos per unit, of what came in last with a cost; 0 before that
 */
public record Holding(long quantity, long value, long lastCost) {
    public static final Holding NOTHING = new Holding(0, 0, 0);
    private static final long UNIT = 1000;

    /**
     * @param value what the movement adds to the shelf's value; negative goes out
     * @param variance what of an incoming cost does not go to the shelf
     */
    public record Step(Holding after, long value, long variance) {}

    /**
     * @param pieces thousandths, positive
     * @param cost of all of them, in centavos
     * @param teaches whether it is a price paid, by which missing pieces are valued from now on
     */
    public Step in(long pieces, long cost, boolean teaches) {
        check(pieces);
        if (cost < 0) throw new IllegalArgumentException("negative cost");
        long owed = quantity < 0 ? -quantity : 0;
        long after;
        if (owed == 0) after = Math.addExact(sound(), cost);
        else if (pieces < owed) after = sound() + share(-sound(), pieces, owed);
        else after = share(cost, pieces - owed, pieces);
        long added = after - value;
        long each = share(cost, UNIT, pieces);
        return new Step(
                // Pieces of which nobody knows what they cost teach nothing.
                new Holding(Math.addExact(quantity, pieces), after, teaches && each > 0 ? each : lastCost),
                added,
                cost - added);
    }

    /** @param pieces thousandths, positive */
    public Step out(long pieces) {
        check(pieces);
        long after;
        if (quantity >= pieces) after = sound() - share(sound(), pieces, quantity);
        else if (quantity > 0) after = -estimate(pieces - quantity);
        else after = Math.subtractExact(sound(), estimate(pieces));
        return new Step(new Holding(Math.subtractExact(quantity, pieces), after, lastCost), after - value, 0);
    }

    /** What so many are worth now: by the average, or by the last cost with nothing on hand. Centavos. */
    public long worth(long pieces) {
        return quantity > 0 ? Math.max(0, share(sound(), pieces, quantity)) : estimate(pieces);
    }

    /** Moving average per unit in centavos; the last cost with nothing on hand. */
    public long average() {
        return worth(UNIT);
    }

    private long estimate(long pieces) {
        return share(lastCost, pieces, UNIT);
    }

    /** The value, where an opening that was mended later has left a sign that cannot be. */
    private long sound() {
        return Long.signum(quantity) * Long.signum(value) > 0 ? value : 0;
    }

    private static void check(long pieces) {
        if (pieces <= 0) throw new IllegalArgumentException("a movement of " + pieces);
    }

    /** {@code amount × part / whole}, rounded once. */
    public static long share(long amount, long part, long whole) {
        if (part == whole) return amount;
        return new BigDecimal(BigInteger.valueOf(amount).multiply(BigInteger.valueOf(part)))
                .divide(BigDecimal.valueOf(whole), 0, Money.ROUNDING)
                .longValueExact();
    }
}
