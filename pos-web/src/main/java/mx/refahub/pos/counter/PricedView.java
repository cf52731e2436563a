package mx.refahub.pos.counter;

import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.pricing.PriceReason;
import mx.refahub.pos.web.Amount;
import org.jspecify.annotations.Nullable;

/**
 * Why a line does not cost its list price.
 *
 * @param level whose price it is; null for the public's
 * @param from the quantity break that was reached
 * @param promotion its name
 * @param saved against the list price, the whole line
 */
record PricedView(
        @Nullable String level,
        @Nullable String from,
        @Nullable String promotion,
        Amount list,
        Amount saved) {
    /** Null where the list price is charged and nothing is to be said. */
    static @Nullable PricedView of(@Nullable PriceReason why, Price price, Price list, Money saved) {
        if (why == null || why.promotion() == null && price.equals(list)) return null;
        Quantity from = why.from();
        return new PricedView(
                why.level().isPublic() || why.rule() == null
                        ? null
                        : why.level().code(),
                from == null ? null : from.text(),
                why.promotionName(),
                Amount.of(list.amount()),
                Amount.of(saved));
    }
}
