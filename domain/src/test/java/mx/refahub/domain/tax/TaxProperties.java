package mx.refahub.domain.tax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import mx.refahub.domain.money.Money;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class TaxProperties {
    @Property
    void a_shelf_price_is_what_the_customer_pays(
            @ForAll @LongRange(min = 0, max = 100_000_000_00L) long minor,
            @ForAll TaxRegion region,
            @ForAll TaxClass taxClass) {
        Tax tax = Tax.of(taxClass, region, Tax.OBJECT);
        Tax.Split split = tax.within(Money.mxn(minor));
        assertThat(split.total()).isEqualTo(Money.mxn(minor));
        assertThat(split.tax().isNegative()).isFalse();
    }

    /**
     * SAT's rule for Traslado/Importe (Anexo 20 guide, CFDI 4.0): between (base − 0.005) × rate cut to the centavo and (base + 0.005 − 10⁻¹²) × rate
     * rounded up to it.
     */
    @Property
    void the_tax_inside_a_price_stays_within_what_an_invoice_may_say(
            @ForAll @LongRange(min = 0, max = 100_000_000_00L) long minor, @ForAll TaxRegion region) {
        Tax tax = Tax.of(TaxClass.GENERAL, region, Tax.OBJECT);
        Tax.Split split = tax.within(Money.mxn(minor));
        BigDecimal half = new BigDecimal("0.005");
        BigDecimal low =
                split.base().amount().subtract(half).multiply(tax.rate()).setScale(2, RoundingMode.DOWN);
        BigDecimal high = split.base()
                .amount()
                .add(half)
                .subtract(new BigDecimal("0.000000000001"))
                .multiply(tax.rate())
                .setScale(2, RoundingMode.UP);
        assertThat(split.tax().amount()).isBetween(low, high);
    }

    @Property
    void tax_on_top_is_the_rate_to_half_a_centavo(
            @ForAll @LongRange(min = 0, max = 100_000_000_00L) long minor, @ForAll TaxRegion region) {
        Tax tax = Tax.of(TaxClass.GENERAL, region, Tax.OBJECT);
        Tax.Split split = tax.on(Money.mxn(minor));
        assertThat(split.base()).isEqualTo(Money.mxn(minor));
        assertThat(split.tax()
                        .amount()
                        .subtract(split.base().amount().multiply(tax.rate()))
                        .abs())
                .isLessThanOrEqualTo(new BigDecimal("0.005"));
    }

    @Example
    void zero_rate_and_exempt_carry_no_tax_but_are_told_apart() {
        Tax zero = Tax.of(TaxClass.ZERO, TaxRegion.STANDARD, Tax.OBJECT);
        Tax exempt = Tax.of(TaxClass.EXEMPT, TaxRegion.STANDARD, Tax.OBJECT);
        assertThat(zero.within(Money.mxn(10000)).tax()).isEqualTo(Money.mxn(0));
        assertThat(exempt.on(Money.mxn(10000)).tax()).isEqualTo(Money.mxn(0));
        assertThat(zero.factor()).isEqualTo(TaxFactor.RATE);
        assertThat(exempt.factor()).isEqualTo(TaxFactor.EXEMPT);
    }

    @Example
    void what_is_not_an_object_of_tax_has_none_in_any_class() {
        assertThat(Tax.of(TaxClass.GENERAL, TaxRegion.STANDARD, Tax.NOT_AN_OBJECT)
                        .factor())
                .isEqualTo(TaxFactor.NONE);
    }

    @Example
    void the_border_takes_eight_and_the_rest_sixteen_percent() {
        assertThat(Tax.of(TaxClass.GENERAL, TaxRegion.STANDARD, Tax.OBJECT)
                        .within(Money.mxn(11600))
                        .tax())
                .isEqualTo(Money.mxn(1600));
        assertThat(Tax.of(TaxClass.GENERAL, TaxRegion.BORDER, Tax.OBJECT)
                        .within(Money.mxn(10800))
                        .tax())
                .isEqualTo(Money.mxn(800));
    }

    @Example
    void a_tax_object_outside_the_catalogue_is_refused() {
        assertThatThrownBy(() -> Tax.of(TaxClass.GENERAL, TaxRegion.STANDARD, "09"))
                .hasMessageContaining("c_ObjetoImp");
    }
}
