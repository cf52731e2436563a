package mx.refahub.domain.sale;

import java.math.BigDecimal;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;

/** What a line is sold for less than its price. */
public sealed interface Discount {
    BigDecimal HUNDRED = BigDecimal.valueOf(100);
    int PERCENT_SCALE = 2;

    /** @param percent above 0, at most 100, two decimals at most */
    record Percent(BigDecimal percent) implements Discount {
        public Percent {
            if (percent.signum() <= 0 || percent.compareTo(HUNDRED) > 0)
                throw new IllegalArgumentException("discount of " + percent + " %");
            percent = percent.setScale(PERCENT_SCALE);
        }

        @Override
        public Money amount(Price price, Quantity quantity) {
            return price.amount()
                    .times(quantity.value())
                    .times(percent.divide(HUNDRED, PERCENT_SCALE + 2, Money.ROUNDING));
        }

        @Override
        public BigDecimal percentOf(Price price) {
            return percent;
        }
    }

    /** Sold at another unit price, in the price's own terms; at or above the price it is no discount. */
    record UnitPrice(Money price) implements Discount {
        public UnitPrice {
            if (price.isNegative()) throw new IllegalArgumentException("unit price of " + price.text());
        }

        @Override
        public Money amount(Price list, Quantity quantity) {
            Money off = list.amount().minus(price);
            return off.isNegative()
                    ? Money.zero(off.currency())
                    : list.amount().times(quantity.value()).minus(price.times(quantity.value()));
        }

        /** Rounded up, so that a limit is never passed by a fraction. */
        @Override
        public BigDecimal percentOf(Price list) {
            Money off = list.amount().minus(price);
            if (off.isNegative() || list.amount().isZero()) return BigDecimal.ZERO.setScale(PERCENT_SCALE);
            return off.amount()
                    .multiply(HUNDRED)
                    .divide(list.amount().amount(), PERCENT_SCALE, java.math.RoundingMode.UP);
        }
    }

    /** Off the whole line, in the price's own terms; never more than the line comes to. */
    Money amount(Price price, Quantity quantity);

    /** The share of the price that is let off, in percent. */
    BigDecimal percentOf(Price price);
}
