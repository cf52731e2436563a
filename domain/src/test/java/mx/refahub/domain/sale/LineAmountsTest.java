package mx.refahub.domain.sale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.tax.Tax;
import mx.refahub.domain.tax.TaxClass;
import mx.refahub.domain.tax.TaxRegion;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class LineAmountsTest {
    @Property
    void whatever_is_sold_the_amounts_add_up(
            @ForAll @LongRange(min = 0, max = 10_000_000) long unit,
            @ForAll boolean includesTax,
            @ForAll @LongRange(min = 1, max = 1_000_000) long thousandths,
            @ForAll @LongRange(min = 0, max = 100) long discountPercent,
            @ForAll TaxClass taxClass,
            @ForAll TaxRegion region) {
        Price price = new Price(Money.mxn(unit), includesTax);
        Quantity quantity = new Quantity(thousandths);
        Money full = price.amount().times(quantity.value());
        Money discount =
                full.times(new BigDecimal(discountPercent).movePointLeft(2)).min(full);
        Tax tax = Tax.of(taxClass, region, Tax.OBJECT);

        LineAmounts amounts = LineAmounts.of(price, quantity, discount, tax);

        assertThat(amounts.net().minus(amounts.discount())).isEqualTo(amounts.base());
        assertThat(amounts.base().plus(amounts.tax())).isEqualTo(amounts.total());
        assertThat(amounts.base().isNegative()).isFalse();
        if (includesTax) assertThat(amounts.total()).isEqualTo(full.minus(discount));
        else assertThat(amounts.base()).isEqualTo(full.minus(discount));
    }

    /** The expectations in the file were worked out by hand. */
    @Test
    void every_line_worked_out_by_hand_comes_out_to_the_centavo() throws IOException {
        List<String[]> rows;
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(getClass().getResourceAsStream("/hand-computed/lines.csv")),
                StandardCharsets.UTF_8))) {
            rows = in.lines().skip(1).map(line -> line.split(",")).toList();
        }
        assertThat(rows).hasSizeGreaterThan(10);
        for (String[] row : rows) {
            Price price = new Price(money(row[0]), Boolean.parseBoolean(row[1]));
            Tax tax = Tax.of(TaxClass.valueOf(row[4]), TaxRegion.valueOf(row[5]), Tax.OBJECT);
            LineAmounts amounts = LineAmounts.of(price, Quantity.of(new BigDecimal(row[2])), money(row[3]), tax);
            assertThat(List.of(amounts.net(), amounts.discount(), amounts.base(), amounts.tax(), amounts.total()))
                    .as(String.join(",", row))
                    .containsExactly(money(row[6]), money(row[7]), money(row[8]), money(row[9]), money(row[10]));
        }
    }

    @Test
    void a_discount_above_the_line_is_refused() {
        Tax tax = Tax.of(TaxClass.GENERAL, TaxRegion.STANDARD, Tax.OBJECT);
        assertThatThrownBy(() -> LineAmounts.of(new Price(Money.mxn(100), true), Quantity.ONE, Money.mxn(101), tax))
                .hasMessageContaining("discount");
    }

    private static Money money(String text) {
        return Money.of(new BigDecimal(text), Money.MXN);
    }
}
