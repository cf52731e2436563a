package mx.refahub.domain.pricing;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.UUID;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import org.jspecify.annotations.Nullable;

/**
 * A price of the book: of a level or of one customer, from a quantity on, between two dates. Never changed once published; another takes its place.
 *
 * @param level null on a customer's own price
 * @param customer null on a level's price
 * @param from smallest quantity it is for; {@link Quantity#ZERO} for any
 * @param starts first day, in the branch's own zone
 * @param ends last day; null for none
 * @param version of the book that it came with
 */
public record PriceRule(
        UUID id,
        PriceTarget target,
        @Nullable PriceLevel level,
        @Nullable UUID customer,
        Quantity from,
        Value value,
        LocalDate starts,
        @Nullable LocalDate ends,
        long version) {
    /** What the unit costs: an amount, or the list price less a percentage. */
    public sealed interface Value {
        record Unit(Price price) implements Value {}

        /** @param hundredths of a percent, 1 to 9,999 */
        record PercentOff(int hundredths) implements Value {
            public PercentOff {
                if (hundredths < 1 || hundredths > 9_999)
                    throw new IllegalArgumentException(hundredths + " hundredths of a percent off");
            }

            Price of(Price list) {
                return new Price(
                        list.amount().times(BigDecimal.ONE.subtract(BigDecimal.valueOf(hundredths, 4))),
                        list.includesTax());
            }
        }
    }

    /** Of two that fit, the first goes: the narrower, then the larger break, then the later start, then the later version. */
    static final Comparator<PriceRule> FIRST = Comparator.comparing((PriceRule rule) -> rule.target.kind())
            .thenComparing(PriceRule::from)
            .thenComparing(PriceRule::starts)
            .thenComparingLong(PriceRule::version)
            .thenComparing(PriceRule::id)
            .reversed();

    /** Of two list prices in effect: the later start, then the later version. */
    static final Comparator<PriceRule> LATEST = Comparator.comparing(PriceRule::starts)
            .thenComparingLong(PriceRule::version)
            .thenComparing(PriceRule::id)
            .reversed();

    public PriceRule {
        if ((level == null) == (customer == null))
            throw new IllegalArgumentException("a price is for a level or for a customer");
        if (from.thousandths() < 0) throw new IllegalArgumentException("a break from " + from.text());
        if (ends != null && ends.isBefore(starts))
            throw new IllegalArgumentException("a price that ends on " + ends + " before it starts on " + starts);
        if (target.kind() != PriceTarget.Kind.PART && value instanceof Value.Unit)
            throw new IllegalArgumentException("an amount is for one part");
        if (level != null && level.isPublic() && from.equals(Quantity.ZERO) && value instanceof Value.PercentOff)
            throw new IllegalArgumentException("the list price itself is an amount");
    }

    /** The list price from a day on. */
    public boolean isList() {
        return level != null && level.isPublic() && from.equals(Quantity.ZERO);
    }

    public boolean isInEffect(LocalDate day) {
        return !day.isBefore(starts) && (ends == null || !day.isAfter(ends));
    }

    boolean fits(Part part, Quantity quantity, LocalDate day) {
        return isInEffect(day) && from.compareTo(quantity) <= 0 && target.touches(part);
    }
}
