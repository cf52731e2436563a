package mx.refahub.domain.sale;

import java.math.BigDecimal;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.tax.Tax;

/**
 * The amounts of one line, all to the centavo: {@code net − discount = base} and {@code base + tax = total}.
 *
 * @param net before discount and tax (CFDI Importe)
 * @param discount without tax (CFDI Descuento)
 * @param base what the tax is taken on (CFDI Base)
 */
public record LineAmounts(Money net, Money discount, Money base, Money tax, Money total) {
    public LineAmounts {
        if (!net.minus(discount).equals(base) || !base.plus(tax).equals(total))
            throw new IllegalArgumentException("line amounts do not add up");
    }

    /**
     * Quantity times price, less a discount, taxed. A price with tax keeps the shelf price exact and lets the tax be the rest; a price
     * without tax has the tax rounded once per line.
     *
     * @param discount in the price's own terms: with tax if the price has it; not above the line's amount
     */
    public static LineAmounts of(Price price, Quantity quantity, Money discount, Tax tax) {
        Money full = price.amount().times(quantity.value());
        if (discount.isNegative() || discount.compareTo(full) > 0)
            throw new IllegalArgumentException("discount of " + discount.text() + " on " + full.text());
        Tax.Split before = price.includesTax() ? tax.within(full) : tax.on(full);
        Tax.Split after = price.includesTax() ? tax.within(full.minus(discount)) : tax.on(full.minus(discount));
        return new LineAmounts(
                before.base(), before.base().minus(after.base()), after.base(), after.tax(), after.total());
    }

    /**
     * What comes back for a part of a sold line, negative. Shares are cut from the running sum, so that piece after piece the customer
     * gets back exactly what was paid and never a centavo more.
     *
     * @param sold how many the line sold, positive
     * @param before how many of them came back already
     * @param now how many come back now; {@code before + now} at most {@code sold}
     */
    public LineAmounts returned(Quantity sold, Quantity before, Quantity now) {
        if (!now.isPositive() || before.thousandths() < 0 || before.plus(now).compareTo(sold) > 0)
            throw new IllegalArgumentException(now.text() + " of " + sold.text() + " returned after " + before.text());
        return share(before, sold).minus(share(before.plus(now), sold));
    }

    /**
     * What comes back, less a fee for putting it back: base and tax each lose their share, and the fee stands as a discount beside the net amount, so that a credit note says both.
     *
     * @param percent hundredths of a percent
     */
    public Less lessFee(int percent) {
        if (percent < 0 || percent > ReturnPolicy.WHOLE) throw new IllegalArgumentException("a fee of " + percent);
        BigDecimal share = BigDecimal.valueOf(percent, 4);
        Money keptBase = base.negated().times(share);
        Money keptTax = tax.negated().times(share);
        return new Less(
                new LineAmounts(
                        net,
                        discount.minus(keptBase),
                        base.plus(keptBase),
                        tax.plus(keptTax),
                        total.plus(keptBase).plus(keptTax)),
                keptBase,
                keptTax);
    }

    /** @param base and tax of what was kept */
    public record Less(LineAmounts amounts, Money base, Money tax) {}

    private LineAmounts share(Quantity part, Quantity whole) {
        Money partBase = share(base, part, whole);
        Money partTax = share(tax, part, whole);
        Money partDiscount = share(discount, part, whole);
        return new LineAmounts(partBase.plus(partDiscount), partDiscount, partBase, partTax, partBase.plus(partTax));
    }

    private static Money share(Money amount, Quantity part, Quantity whole) {
        return Money.rounded(
                amount.amount()
                        .multiply(part.value())
                        .divide(whole.value(), amount.currency().getDefaultFractionDigits() + 6, Money.ROUNDING),
                amount.currency());
    }

    private LineAmounts minus(LineAmounts other) {
        return new LineAmounts(
                net.minus(other.net),
                discount.minus(other.discount),
                base.minus(other.base),
                tax.minus(other.tax),
                total.minus(other.total));
    }
}
