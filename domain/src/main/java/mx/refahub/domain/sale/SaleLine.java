package mx.refahub.domain.sale;

import java.math.BigDecimal;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.LineCode;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartNumber;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.store.UserId;
import mx.refahub.domain.tax.Tax;

/**
 * A line of a finished ticket, frozen with all that an invoice will need.
 *
 * @param part for a core deposit: the part whose old piece is expected back
 * @param price the unit price that was charged
 * @param listPrice the unit price on the list at that moment, in the same terms as {@code price}
 * @param satProduct c_ClaveProdServ
 * @param satUnit c_ClaveUnidad
 */
public record SaleLine(
        UUID id,
        Kind kind,
        PartId part,
        LineCode lineCode,
        PartNumber number,
        String description,
        String unit,
        Quantity quantity,
        Price price,
        Price listPrice,
        LineAmounts amounts,
        Tax tax,
        String satProduct,
        String satUnit,
        UserId salesperson,
        String salespersonName)
        implements Totals.Summed {
    public enum Kind {
        PART,
        CORE_DEPOSIT
    }

    public SaleLine {
        if (!quantity.isPositive()) throw new IllegalArgumentException("sale line with quantity " + quantity.text());
    }

    @Override
    public Money savings() {
        Money list = LineAmounts.of(
                        listPrice, quantity, Money.zero(listPrice.amount().currency()), tax)
                .total();
        Money saved = list.minus(amounts.total());
        return saved.isNegative() ? Money.zero(saved.currency()) : saved;
    }

    /** Unit value without tax to six decimals, as CFDI's ValorUnitario wants it. */
    public BigDecimal unitNet() {
        return amounts.net().amount().divide(quantity.value(), 6, Money.ROUNDING);
    }
}
