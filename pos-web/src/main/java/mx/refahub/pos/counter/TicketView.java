package mx.refahub.pos.counter;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.sale.Buyer;
import mx.refahub.domain.sale.Discount;
import mx.refahub.domain.sale.Grant;
import mx.refahub.domain.sale.LineAmounts;
import mx.refahub.domain.sale.Particulars;
import mx.refahub.domain.sale.Promised;
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
        @Nullable Who buyer,
        @Nullable Held promised) {
    /**
     * The quote, layaway or special order that it sells.
     *
     * @param deposit what is held for it; null for nothing
     * @param due what is still to be paid
     */
    record Held(
            UUID id, String kind, String number, @Nullable Amount deposit, Amount due) {
        static @Nullable Held of(Ticket ticket) {
            Promised promised = ticket.promised();
            return promised == null
                    ? null
                    : new Held(
                            promised.id(),
                            promised.kind(),
                            promised.number(),
                            promised.deposit().isZero() ? null : Amount.of(promised.deposit()),
                            Amount.of(ticket.due()));
        }
    }

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
     * @param coreGiven when the old piece of a part with a deposit comes: {@code NOW}, {@code LATER}, {@code NEVER}; null on lines without one
     * @param agreed it stands as it was promised
     * @param fee what was kept of it, already taken off the total
     * @param kit of which it is a piece; null on a line by itself
     * @param returnLine the line that it was sold as, or the opening deposit; null where nobody had a ticket
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
            @Nullable String coreGiven,
            List<String> serials,
            boolean agreed,
            @Nullable Amount fee,
            @Nullable KitView kit,
            @Nullable UUID returnLine) {}

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
                ticket.lines().stream()
                        .map(line -> line(line, ticket.lines(), locale))
                        .toList(),
                Sums.of(ticket.totals()),
                Who.of(ticket.buyer()),
                Held.of(ticket));
    }

    private static Line line(TicketLine line, List<TicketLine> lines, Locale locale) {
        Part part = line.part();
        boolean english = Messages.isEnglish(locale) && !part.nameEn().isBlank();
        return new Line(
                line.id(),
                line.kind().name(),
                line.coreOf(),
                !line.kind().sells() || line.agreed(),
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
                PricedView.of(
                        line.priceReason(),
                        line.price(),
                        line.listPrice(),
                        line.savings().minus(byHand(line))),
                coreGiven(line, lines),
                line.particulars() == null ? List.of() : line.particulars().serials(),
                line.agreed(),
                fee(line.returnOf()),
                KitView.of(line, lines),
                line.returnOf() == null ? null : line.returnOf().line());
    }

    private static @Nullable String coreGiven(TicketLine line, List<TicketLine> lines) {
        if (line.kind() != SaleLine.Kind.PART || line.part().core().isZero()) return null;
        if (line.particulars() != null && line.particulars().core() != null)
            return line.particulars().core().given().name();
        return lines.stream()
                .filter(one -> line.id().equals(one.coreOf()) && one.particulars() != null)
                .map(one -> one.particulars().core())
                .filter(Objects::nonNull)
                .map(core -> core.given().name())
                .findFirst()
                .orElse(Particulars.CoreGiven.LATER.name());
    }

    static @Nullable String returnOf(@Nullable ReturnOf returned, boolean english) {
        if (returned == null) return null;
        return switch (returned.terms().source()) {
            case OWN_TICKET, SIGNED_TICKET -> returned.folio();
            case NO_TICKET -> english ? "no ticket" : "sin ticket";
            case OPENING -> opening(english);
        };
    }

    /** In place of a folio, for a deposit that another system took. */
    static String opening(boolean english) {
        return english ? "former system" : "sistema anterior";
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
        Money byHand = byHand(line);
        return new Off(
                Amount.of(line.amounts().total().plus(byHand)),
                Amount.of(byHand),
                discount.percentOf(line.listPrice()).stripTrailingZeros().toPlainString(),
                grant.reason(),
                grant.byName());
    }

    /** What somebody let off, without what a price of the book saves beside it; of a kit's piece all that it saves. */
    private static Money byHand(TicketLine line) {
        if (line.discount() == null) return Money.mxn(0);
        if (Particulars.kitOf(line.particulars()) != null) return line.savings();
        return LineAmounts.of(line.price(), line.quantity(), Money.mxn(0), line.tax())
                .total()
                .minus(line.amounts().total());
    }
}
