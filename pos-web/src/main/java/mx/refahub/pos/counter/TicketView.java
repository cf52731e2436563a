package mx.refahub.pos.counter;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.sale.Buyer;
import mx.refahub.domain.sale.Discount;
import mx.refahub.domain.sale.Grant;
import mx.refahub.domain.sale.ReturnOf;
import mx.refahub.domain.sale.ReturnTerms;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.sale.TicketLine;
import mx.refahub.domain.sale.Totals;
import mx.refahub.pos.web.Amount;
import mx.refahub.pos.web.Count;
import mx.refahub.pos.web.Messages;
import org.jspecify.annotations.Nullable;

/** A ticket in hand as the screen shows it. */
record TicketView(
        UUID id,
        UUID register,
        List<Line> lines,
        Sums totals,
        @Nullable Who buyer) {
    /** Who it is sold to. */
    record Who(UUID id, String name) {
        static @Nullable Who of(@Nullable Buyer buyer) {
            return buyer == null ? null : new Who(buyer.id(), buyer.name());
        }
    }

    /**
     * @param coreOf the line whose old piece this deposit stands for
     * @param fixed the quantity follows another line, or comes back as it was sold
     * @param discount what the line lets off; null where nothing
     * @param returnOf folio of the ticket that it was sold on, or that there was none
     * @param fee what was kept of it, already taken off the total
     */
    record Line(
            UUID id,
            String kind,
            @Nullable UUID coreOf,
            boolean fixed,
            UUID partId,
            String lineCode,
            String partNumber,
            String name,
            String unit,
            Count quantity,
            Amount price,
            Amount total,
            String note,
            @Nullable Off discount,
            @Nullable String returnOf,
            @Nullable Misc misc,
            @Nullable PricedView priced,
            @Nullable Amount fee) {}

    /** An item outside the catalogue as it was typed, so that a line taken off can be put back. */
    record Misc(
            String description, long price, boolean includesTax, String taxClass, String satProduct, String satUnit) {}

    /**
     * @param full what the line would come to without it
     * @param percent as text, {@code 10}; rounded up to two decimals
     * @param by who answers for it
     */
    record Off(Amount full, Amount amount, String percent, String reason, String by) {}

    record Sums(
            Amount net,
            Amount discount,
            Amount tax,
            @Nullable Amount cores,
            @Nullable Amount savings,
            Amount total) {
        static Sums of(Totals totals) {
            return new Sums(
                    Amount.of(totals.net()),
                    Amount.of(totals.discount()),
                    Amount.of(totals.tax()),
                    totals.cores().isZero() ? null : Amount.of(totals.cores()),
                    totals.savings().isZero() ? null : Amount.of(totals.savings()),
                    Amount.of(totals.total()));
        }
    }

    static TicketView of(Ticket ticket, Locale locale) {
        return new TicketView(
                ticket.id(),
                ticket.register().value(),
                ticket.lines().stream().map(line -> line(line, locale)).toList(),
                Sums.of(ticket.totals()),
                Who.of(ticket.buyer()));
    }

    private static Line line(TicketLine line, Locale locale) {
        Part part = line.part();
        boolean english = Messages.isEnglish(locale) && !part.nameEn().isBlank();
        return new Line(
                line.id(),
                line.kind().name(),
                line.coreOf(),
                !line.kind().sells(),
                part.id().value(),
                part.lineCode().value(),
                part.number().value(),
                english ? part.nameEn() : part.nameEs(),
                part.unit(),
                Count.of(line.quantity()),
                Amount.of(line.price().amount()),
                Amount.of(line.amounts().total()),
                line.note(),
                off(line),
                returnOf(line.returnOf(), Messages.isEnglish(locale)),
                misc(line),
                PricedView.of(line.priceReason(), line.price(), line.listPrice(), line.savings()),
                fee(line.returnOf()));
    }

    static @Nullable String returnOf(@Nullable ReturnOf returned, boolean english) {
        if (returned == null) return null;
        if (returned.terms().source() != ReturnTerms.Source.NO_TICKET) return returned.folio();
        return english ? "no ticket" : "sin ticket";
    }

    private static @Nullable Amount fee(@Nullable ReturnOf returned) {
        ReturnTerms.Fee fee = returned == null ? null : returned.terms().fee();
        return fee == null ? null : Amount.of(fee.total());
    }

    private static @Nullable Misc misc(TicketLine line) {
        if (line.kind() != SaleLine.Kind.MISC) return null;
        Part part = line.part();
        return new Misc(
                part.nameEs(),
                line.listPrice().amount().minor(),
                line.listPrice().includesTax(),
                part.taxClass().name(),
                part.satCode(),
                part.satUnit());
    }

    private static @Nullable Off off(TicketLine line) {
        Discount discount = line.discount();
        Grant grant = line.grant();
        if (discount == null || grant == null) return null;
        Money full = line.amounts().total().plus(line.savings());
        return new Off(
                Amount.of(full),
                Amount.of(line.savings()),
                discount.percentOf(line.listPrice()).stripTrailingZeros().toPlainString(),
                grant.reason(),
                grant.byName());
    }
}
