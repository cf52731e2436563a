package mx.refahub.domain.sale;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Quantity;

/**
 * A kit's price over its pieces, by what each comes to at its list price. Shares are cut from the running sum, so that together they are the kit's price to
 * the centavo, whatever the prices (property-tested). Where no piece has a price, all count alike.
 */
public final class KitShares {
    private KitShares() {}

    /**
     * @param quantity of the piece in all kits of the line
     * @param list unit price on the list, in the terms of the kit's price; nothing where it has none of its own
     */
    public record Piece(Quantity quantity, Money list) {
        public Piece {
            if (!quantity.isPositive() || list.isNegative())
                throw new IllegalArgumentException(quantity.text() + " pieces at " + list.text());
        }

        Money full() {
            return list.times(quantity.value());
        }
    }

    /**
     * @param unit price to charge: the list price; above it only where the kit costs more than its pieces
     * @param off of the whole line, so that {@code unit × quantity − off} is the share
     */
    public record Share(Money unit, Money off) {
        public Money amount(Quantity quantity) {
            return unit.times(quantity.value()).minus(off);
        }
    }

    /**
     * @param whole what all kits of the line come to; not negative
     * @return one for each piece, in their order
     */
    public static List<Share> of(Money whole, List<Piece> pieces) {
        if (whole.isNegative() || pieces.isEmpty())
            throw new IllegalArgumentException(whole.text() + " over " + pieces.size() + " pieces");
        boolean priced = pieces.stream().anyMatch(piece -> !piece.full().isZero());
        BigDecimal sum = BigDecimal.ZERO;
        for (Piece piece : pieces) sum = sum.add(weight(piece, priced));
        List<Share> shares = new ArrayList<>();
        BigDecimal run = BigDecimal.ZERO;
        long before = 0;
        for (Piece piece : pieces) {
            run = run.add(weight(piece, priced));
            long upTo = BigDecimal.valueOf(whole.minor())
                    .multiply(run)
                    .divide(sum, 0, RoundingMode.DOWN)
                    .longValueExact();
            shares.add(share(piece, new Money(upTo - before, whole.currency())));
            before = upTo;
        }
        return shares;
    }

    private static BigDecimal weight(Piece piece, boolean priced) {
        return priced ? BigDecimal.valueOf(piece.full().minor()) : BigDecimal.ONE;
    }

    private static Share share(Piece piece, Money share) {
        Money full = piece.full();
        if (full.compareTo(share) >= 0) return new Share(piece.list(), full.minus(share));
        Money unit = new Money(
                BigDecimal.valueOf(share.minor())
                        .divide(piece.quantity().value(), 0, RoundingMode.CEILING)
                        .longValueExact(),
                share.currency());
        return new Share(unit, unit.times(piece.quantity().value()).minus(share));
    }
}
