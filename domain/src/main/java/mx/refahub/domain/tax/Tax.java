package mx.refahub.domain.tax;

import java.math.BigDecimal;
import mx.refahub.domain.money.Money;

/**
 * The tax that one line carries: CFDI tax object, factor and rate. Built by {@link #of}.
 *
 * @param object c_ObjetoImp: 01 not an object of tax, 02 object of tax
 * @param rate with six decimals as c_TasaOCuota writes it; zero unless the factor is RATE
 */
public record Tax(String object, TaxFactor factor, BigDecimal rate) {
    public static final String NOT_AN_OBJECT = "01";
    public static final String OBJECT = "02";
    private static final BigDecimal ZERO_RATE = new BigDecimal("0.000000");

    public Tax {
        if (!object.matches("0[1-8]"))
            throw new IllegalArgumentException("tax object '" + object + "' is not in c_ObjetoImp");
        rate = rate.setScale(6);
        if (rate.signum() < 0 || rate.compareTo(BigDecimal.ONE) >= 0)
            throw new IllegalArgumentException("tax rate " + rate);
        if (factor != TaxFactor.RATE && rate.signum() != 0)
            throw new IllegalArgumentException(factor + " with a rate of " + rate);
    }

    public static Tax of(TaxClass taxClass, TaxRegion region, String object) {
        if (!object.equals(OBJECT)) return new Tax(object, TaxFactor.NONE, ZERO_RATE);
        return switch (taxClass) {
            case GENERAL -> new Tax(object, TaxFactor.RATE, region.generalRate());
            case ZERO -> new Tax(object, TaxFactor.RATE, ZERO_RATE);
            case EXEMPT -> new Tax(object, TaxFactor.EXEMPT, ZERO_RATE);
        };
    }

    public static Tax none() {
        return new Tax(NOT_AN_OBJECT, TaxFactor.NONE, ZERO_RATE);
    }

    /** An amount split into what is taxed and the tax; {@code base + tax = total}, always. */
    public record Split(Money base, Money tax) {
        public Money total() {
            return base.plus(tax);
        }
    }

    /** Splits an amount that contains the tax: base rounded once, the tax is the rest, so the customer pays the shelf price. */
    public Split within(Money gross) {
        BigDecimal divisor = BigDecimal.ONE.add(rate);
        Money base = Money.of(
                gross.amount().divide(divisor, gross.currency().getDefaultFractionDigits(), Money.ROUNDING),
                gross.currency());
        return new Split(base, gross.minus(base));
    }

    /** Adds the tax to an amount without it; the tax is rounded once per line. */
    public Split on(Money net) {
        return new Split(net, net.times(rate));
    }
}
