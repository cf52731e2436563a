package mx.refahub.domain.sale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.tax.Tax;
import mx.refahub.domain.tax.TaxClass;
import mx.refahub.domain.tax.TaxRegion;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class ReturnedAmountsProperties {
    @Property
    void piece_after_piece_exactly_what_was_paid_comes_back(
            @ForAll @LongRange(min = 1, max = 5_000_000) long price,
            @ForAll @IntRange(min = 1, max = 9) int sold,
            @ForAll @IntRange(min = 0, max = 10_000) int percent,
            @ForAll boolean withTax,
            @ForAll boolean border) {
        Tax tax = Tax.of(TaxClass.GENERAL, border ? TaxRegion.BORDER : TaxRegion.STANDARD, Tax.OBJECT);
        Price charged = new Price(Money.mxn(price), withTax);
        Quantity quantity = Quantity.of(sold);
        Money off = percent == 0
                ? Money.mxn(0)
                : new Discount.Percent(BigDecimal.valueOf(percent, 2)).amount(charged, quantity);
        LineAmounts line = LineAmounts.of(charged, quantity, off, tax);

        Money total = Money.mxn(0);
        Money taxes = Money.mxn(0);
        Money discounts = Money.mxn(0);
        for (int before = 0; before < sold; before++) {
            LineAmounts back = line.returned(quantity, Quantity.of(before), Quantity.ONE);
            assertThat(back.total().minor()).isLessThanOrEqualTo(0);
            assertThat(back.total().negated()).isLessThanOrEqualTo(line.total());
            total = total.plus(back.total());
            taxes = taxes.plus(back.tax());
            discounts = discounts.plus(back.discount());
        }

        assertThat(total).isEqualTo(line.total().negated());
        assertThat(taxes).isEqualTo(line.tax().negated());
        assertThat(discounts).isEqualTo(line.discount().negated());
        LineAmounts atOnce = line.returned(quantity, Quantity.ZERO, quantity);
        assertThat(atOnce.total()).isEqualTo(line.total().negated());
        assertThat(atOnce.net()).isEqualTo(line.net().negated());
    }

    @Property
    void a_discount_never_takes_more_than_the_line(
            @ForAll @LongRange(min = 0, max = 50_000_000) long price,
            @ForAll @LongRange(min = 1, max = 99_999_000) long thousandths,
            @ForAll @IntRange(min = 1, max = 10_000) int percent) {
        Price charged = new Price(Money.mxn(price), true);
        Quantity quantity = new Quantity(thousandths);
        Money full = charged.amount().times(quantity.value());
        Money off = new Discount.Percent(BigDecimal.valueOf(percent, 2)).amount(charged, quantity);
        assertThat(off).isBetween(Money.mxn(0), full);
        Money unit = new Discount.UnitPrice(Money.mxn(price / 3)).amount(charged, quantity);
        assertThat(unit).isBetween(Money.mxn(0), full);
    }

    @Example
    void more_than_was_sold_never_comes_back() {
        Tax tax = Tax.of(TaxClass.GENERAL, TaxRegion.STANDARD, Tax.OBJECT);
        LineAmounts line = LineAmounts.of(new Price(Money.mxn(8_900), true), Quantity.of(2), Money.mxn(0), tax);
        assertThatThrownBy(() -> line.returned(Quantity.of(2), Quantity.ONE, Quantity.of(2)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> line.returned(Quantity.of(2), Quantity.ZERO, Quantity.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Example
    void a_unit_price_says_its_percent_rounded_up() {
        Price list = new Price(Money.mxn(30_000), true);
        assertThat(new Discount.UnitPrice(Money.mxn(29_999)).percentOf(list)).isEqualByComparingTo("0.01");
        assertThat(new Discount.UnitPrice(Money.mxn(27_000)).percentOf(list)).isEqualByComparingTo("10");
        assertThat(new Discount.UnitPrice(Money.mxn(31_000)).percentOf(list)).isEqualByComparingTo("0");
    }
}
