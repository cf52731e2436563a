package mx.refahub.domain.sale;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.LineCode;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartNumber;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.pricing.PriceReason;
import mx.refahub.domain.store.UserId;
import mx.refahub.domain.tax.Tax;
import org.jspecify.annotations.Nullable;

/**
 * A line of a finished ticket, frozen with all that an invoice will need.
 *
 * @param part for a core deposit: the part whose old piece is expected back; {@link PartId#NONE}, and nothing else, on the lines of an item that is
 *     in no catalogue
 * @param price the unit price that was charged
 * @param listPrice the unit price on the list at that moment, in the same terms as {@code price}
 * @param satProduct c_ClaveProdServ
 * @param satUnit c_ClaveUnidad
 * @param quantity negative on a line that comes back
 * @param note what the clerk wrote to it; may be empty
 * @param grant who answers for a discount or a return and why; null where nobody was asked
 * @param returnOf what it was sold as; null on a line that goes out
 * @param priceReason why it costs that; null where the price book has no say, and on lines older than it
 * @param particulars what only some lines have; null on others, and on lines older than schema 5
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
        String salespersonName,
        String note,
        @Nullable Grant grant,
        @Nullable ReturnOf returnOf,
        @Nullable PriceReason priceReason,
        @Nullable Particulars particulars)
        implements Totals.Summed {
    public enum Kind {
        PART,
        CORE_DEPOSIT,
        /** A part that comes back. */
        RETURN,
        /** An old piece that comes back for its deposit. */
        CORE_RETURN,
        /** An item that is in no catalogue, as somebody described it ({@link MiscItem}). */
        MISC,
        /** Such an item that comes back. */
        MISC_RETURN,
        /** A gift voucher: money that the company owes to whoever shows the slip ({@link Particulars#voucher}). */
        VOUCHER;

        public boolean comesBack() {
            return this == RETURN || this == CORE_RETURN || this == MISC_RETURN;
        }

        /** Goes out with a quantity and a price of its own: not a deposit, and nothing that comes back. */
        public boolean sells() {
            return this == PART || this == MISC;
        }

        /** What comes back of such a line. */
        public Kind returned() {
            return switch (this) {
                case PART -> RETURN;
                case CORE_DEPOSIT -> CORE_RETURN;
                case MISC -> MISC_RETURN;
                case RETURN, CORE_RETURN, MISC_RETURN ->
                    throw new IllegalArgumentException("a line that came back cannot come back");
                case VOUCHER -> throw new IllegalArgumentException("a voucher is spent, not brought back");
            };
        }

        /** Whether what such a line sold can come back at all. */
        public boolean canComeBack() {
            return this == PART || this == CORE_DEPOSIT || this == MISC;
        }

        /** Whether it is of a part of the catalogue. */
        public boolean hasPart() {
            return !isMisc() && this != VOUCHER;
        }

        public boolean isMisc() {
            return this == MISC || this == MISC_RETURN;
        }

        /** Deposits and what is paid back of them. */
        public boolean isCore() {
            return this == CORE_DEPOSIT || this == CORE_RETURN;
        }
    }

    public static final int MAX_NOTE = 120;

    public SaleLine {
        if (kind.comesBack() ? quantity.thousandths() >= 0 : !quantity.isPositive())
            throw new IllegalArgumentException(kind + " line with quantity " + quantity.text());
        if (kind.comesBack() != (returnOf != null))
            throw new IllegalArgumentException(
                    kind + " line " + (returnOf == null ? "without" : "with") + " a sale it returns");
        if (kind.hasPart() == part.equals(PartId.NONE))
            throw new IllegalArgumentException(kind + " line with part " + part);
        if ((kind == Kind.VOUCHER) != (particulars != null && particulars.voucher() != null))
            throw new IllegalArgumentException(
                    kind + " line " + (kind == Kind.VOUCHER ? "without" : "with") + " a slip");
        if (note.length() > MAX_NOTE) throw new IllegalArgumentException("note of " + note.length() + " characters");
    }

    /** Without the price book's word. */
    public SaleLine(
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
            String salespersonName,
            String note,
            @Nullable Grant grant,
            @Nullable ReturnOf returnOf) {
        this(
                id,
                kind,
                part,
                lineCode,
                number,
                description,
                unit,
                quantity,
                price,
                listPrice,
                amounts,
                tax,
                satProduct,
                satUnit,
                salesperson,
                salespersonName,
                note,
                grant,
                returnOf,
                null);
    }

    /** With nothing particular. */
    public SaleLine(
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
            String salespersonName,
            String note,
            @Nullable Grant grant,
            @Nullable ReturnOf returnOf,
            @Nullable PriceReason priceReason) {
        this(
                id,
                kind,
                part,
                lineCode,
                number,
                description,
                unit,
                quantity,
                price,
                listPrice,
                amounts,
                tax,
                satProduct,
                satUnit,
                salesperson,
                salespersonName,
                note,
                grant,
                returnOf,
                priceReason,
                null);
    }

    /** The last day on which this deposit is paid back; null where there is none. */
    public @Nullable LocalDate coreUntil() {
        Particulars.Core core = particulars == null ? null : particulars.core();
        return core == null ? null : core.until();
    }

    /** With the slip that it is from now on. */
    public SaleLine signed(Tender.Credit slip) {
        return new SaleLine(
                id,
                kind,
                part,
                lineCode,
                number,
                description,
                unit,
                quantity,
                price,
                listPrice,
                amounts,
                tax,
                satProduct,
                satUnit,
                salesperson,
                salespersonName,
                note,
                grant,
                returnOf,
                priceReason,
                Particulars.of(slip));
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

    /** Unit value without tax to six decimals, as CFDI's ValorUnitario wants it. */
    public BigDecimal unitNet() {
        return amounts.net().amount().divide(quantity.value(), 6, Money.ROUNDING);
    }
}
