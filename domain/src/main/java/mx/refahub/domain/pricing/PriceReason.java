package mx.refahub.domain.pricing;

import java.time.LocalDate;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Quantity;
import org.jspecify.annotations.Nullable;

/**
 * Why a line costs what it costs.
 *
 * @param level that the customer buys at
 * @param rule of the price book; null where the catalogue's list price was charged
 * @param from the quantity break that was reached; null without one
 * @param promotion null without one
 * @param promotionName as it was then; null without one
 * @param promotionOff off the whole line, in the price's own terms: units that go free, a kit's share. Nothing where the promotion is in the unit price
 * @param bookVersion of the price book
 * @param pricesVersion of the catalogue's prices when the part was put on the ticket
 * @param day that the line was priced for, in the branch's zone
 */
public record PriceReason(
        PriceLevel level,
        @Nullable UUID rule,
        @Nullable Quantity from,
        @Nullable UUID promotion,
        @Nullable String promotionName,
        Money promotionOff,
        long bookVersion,
        long pricesVersion,
        LocalDate day) {
    public PriceReason {
        if ((promotion == null) != (promotionName == null))
            throw new IllegalArgumentException("a promotion has an id and a name");
        if (promotionOff.isNegative() || promotion == null && !promotionOff.isZero())
            throw new IllegalArgumentException(promotionOff.text() + " let off by promotion " + promotion);
    }
}
