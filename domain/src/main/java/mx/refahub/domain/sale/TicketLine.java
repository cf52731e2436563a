package mx.refahub.domain.sale;

import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.pricing.PriceReason;
import mx.refahub.domain.store.UserId;
import mx.refahub.domain.tax.Tax;
import org.jspecify.annotations.Nullable;

/**
 * A line of a ticket in hand.
 *
 * @param coreOf the line whose old piece this deposit stands for; null on a line that sells a part. A deposit follows its line: it changes
 *     quantity with it and leaves with it
 * @param quantity negative on a line that comes back
 * @param discount null where the price is charged in full
 * @param returnOf what it was sold as; null on a line that goes out
 * @param priceReason why it costs that; null where the price book has no say
 * @param agreed it stands as it was promised: neither quantity nor price can be changed
 * @param particulars what only some lines have; null on others
 */
public record TicketLine(
        UUID id,
        SaleLine.Kind kind,
        @Nullable UUID coreOf,
        Part part,
        Quantity quantity,
        Price price,
        Price listPrice,
        Tax tax,
        LineAmounts amounts,
        UserId salesperson,
        String salespersonName,
        String note,
        @Nullable Discount discount,
        @Nullable Grant grant,
        @Nullable ReturnOf returnOf,
        @Nullable PriceReason priceReason,
        boolean agreed,
        @Nullable Particulars particulars)
        implements Totals.Summed {
    /** Not promised before, with nothing particular. */
    public TicketLine(
            UUID id,
            SaleLine.Kind kind,
            @Nullable UUID coreOf,
            Part part,
            Quantity quantity,
            Price price,
            Price listPrice,
            Tax tax,
            LineAmounts amounts,
            UserId salesperson,
            String salespersonName,
            String note,
            @Nullable Discount discount,
            @Nullable Grant grant,
            @Nullable ReturnOf returnOf,
            @Nullable PriceReason priceReason) {
        this(
                id,
                kind,
                coreOf,
                part,
                quantity,
                price,
                listPrice,
                tax,
                amounts,
                salesperson,
                salespersonName,
                note,
                discount,
                grant,
                returnOf,
                priceReason,
                false,
                null);
    }

    /** Without the price book's word. */
    public TicketLine(
            UUID id,
            SaleLine.Kind kind,
            @Nullable UUID coreOf,
            Part part,
            Quantity quantity,
            Price price,
            Price listPrice,
            Tax tax,
            LineAmounts amounts,
            UserId salesperson,
            String salespersonName,
            String note,
            @Nullable Discount discount,
            @Nullable Grant grant,
            @Nullable ReturnOf returnOf) {
        this(
                id,
                kind,
                coreOf,
                part,
                quantity,
                price,
                listPrice,
                tax,
                amounts,
                salesperson,
                salespersonName,
                note,
                discount,
                grant,
                returnOf,
                null);
    }

    @Override
    public Money savings() {
        if (kind.comesBack()) return Money.zero(amounts.total().currency());
        Money list = LineAmounts.of(
                        listPrice, quantity, Money.zero(listPrice.amount().currency()), tax)
                .total();
        Money saved = list.minus(amounts.total());
        return saved.isNegative() ? Money.zero(saved.currency()) : saved;
    }

    /** As it will stand on the finished ticket. */
    public SaleLine frozen() {
        return frozen(particulars);
    }

    /** The same, a voucher with the slip that it is from now on. */
    public SaleLine frozen(@Nullable Particulars now) {
        return new SaleLine(
                id,
                kind,
                part.id(),
                part.lineCode(),
                part.number(),
                part.nameEs(),
                part.unit(),
                quantity,
                price,
                listPrice,
                amounts,
                tax,
                part.satCode(),
                part.satUnit(),
                salesperson,
                salespersonName,
                note,
                grant,
                returnOf,
                priceReason,
                now);
    }
}
