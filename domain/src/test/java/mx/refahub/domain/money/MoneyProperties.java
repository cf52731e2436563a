package mx.refahub.domain.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Currency;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Scale;

class MoneyProperties {
    private static final Currency USD = Currency.getInstance("USD");

    @Property
    void adding_and_taking_away_again_changes_nothing(
            @ForAll @LongRange(min = -1L << 40, max = 1L << 40) long a,
            @ForAll @LongRange(min = -1L << 40, max = 1L << 40) long b) {
        assertThat(Money.mxn(a).plus(Money.mxn(b)).minus(Money.mxn(b))).isEqualTo(Money.mxn(a));
    }

    @Property
    void the_decimal_and_back_is_the_same_amount(@ForAll long minor) {
        assertThat(Money.of(Money.mxn(minor).amount(), Money.MXN)).isEqualTo(Money.mxn(minor));
    }

    @Property
    void a_rounded_product_is_never_off_by_more_than_half_a_centavo(
            @ForAll @LongRange(min = -1_000_000_000, max = 1_000_000_000) long minor,
            @ForAll @BigRange(min = "0", max = "1000") @Scale(6) BigDecimal factor) {
        BigDecimal exact = Money.mxn(minor).amount().multiply(factor);
        BigDecimal off = Money.mxn(minor).times(factor).amount().subtract(exact).abs();
        assertThat(off).isLessThanOrEqualTo(new BigDecimal("0.005"));
    }

    @Property
    void rounding_does_not_favour_buying_over_refunding(
            @ForAll @LongRange(min = 0, max = 1_000_000_000) long minor,
            @ForAll @BigRange(min = "0", max = "10") @Scale(6) BigDecimal factor) {
        assertThat(Money.mxn(-minor).times(factor))
                .isEqualTo(Money.mxn(minor).times(factor).negated());
    }

    @Example
    void half_a_centavo_goes_away_from_zero() {
        assertThat(Money.rounded(new BigDecimal("0.125"), Money.MXN)).isEqualTo(Money.mxn(13));
        assertThat(Money.rounded(new BigDecimal("-0.125"), Money.MXN)).isEqualTo(Money.mxn(-13));
        assertThat(Money.rounded(new BigDecimal("0.124999"), Money.MXN)).isEqualTo(Money.mxn(12));
    }

    @Example
    void currencies_do_not_mix() {
        assertThatThrownBy(() -> Money.mxn(1).plus(new Money(1, USD))).hasMessageContaining("do not mix");
    }

    @Example
    void an_overflow_is_an_error_and_not_another_amount() {
        assertThatThrownBy(() -> Money.mxn(Long.MAX_VALUE).plus(Money.mxn(1))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Money.mxn(Long.MIN_VALUE).negated()).isInstanceOf(ArithmeticException.class);
    }

    @Example
    void an_amount_reads_as_on_a_mexican_ticket() {
        assertThat(Money.mxn(123450).text()).isEqualTo("$1,234.50");
        assertThat(Money.mxn(-8500).text()).isEqualTo("\u2212$85.00");
        assertThat(new Money(100, USD).text()).isEqualTo("1.00 USD");
    }
}
