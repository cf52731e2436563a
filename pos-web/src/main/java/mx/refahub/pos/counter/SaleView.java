package mx.refahub.pos.counter;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.rate.ExchangeRate;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Tender;
import mx.refahub.pos.web.Amount;
import mx.refahub.pos.web.Count;
import org.jspecify.annotations.Nullable;

/**
 * A finished ticket as the screen shows it.
 *
 * @param invoiceable whether there is something to invoice; else {@code invoiceCode} only finds it
 */
record SaleView(
        UUID id,
        UUID register,
        String folio,
        String invoiceCode,
        boolean invoiceable,
        Instant soldAt,
        LocalDate businessDay,
        String cashier,
        List<Line> lines,
        List<Paid> tenders,
        TicketView.Sums totals,
        Amount change,
        TicketView.@Nullable Who buyer) {
    record Line(
            UUID id,
            String kind,
            UUID partId,
            String lineCode,
            String partNumber,
            String name,
            Count quantity,
            Amount price,
            Amount total,
            String note,
            @Nullable String returnOf,
            @Nullable PricedView priced,
            List<String> serials,
            @Nullable KitView kit) {}

    /**
     * @param foreign what was handed over in dollars, with {@code rate}; null otherwise
     * @param lastFour of a card, if they were noted
     */
    record Paid(
            Tender.Kind kind,
            Amount amount,
            Amount received,
            Amount change,
            String reference,
            @Nullable Amount foreign,
            @Nullable String rate,
            @Nullable String lastFour,
            int months) {
        static Paid of(Tender tender, LocalDate day) {
            Tender.Foreign foreign = tender.foreign();
            Tender.Card card = tender.card();
            return new Paid(
                    tender.kind(),
                    Amount.of(tender.amount()),
                    Amount.of(tender.received()),
                    Amount.of(tender.change()),
                    tender.reference(),
                    foreign == null ? null : Amount.of(foreign.given()),
                    foreign == null ? null : new ExchangeRate(foreign.given().currency(), day, foreign.rate()).text(),
                    card == null || card.lastFour().isEmpty() ? null : card.lastFour(),
                    card == null ? 0 : card.months());
        }
    }

    static SaleView of(Sale sale) {
        return new SaleView(
                sale.id(),
                sale.register().value(),
                sale.folio().text(),
                sale.invoiceCode().text(),
                sale.sells(),
                sale.soldAt(),
                sale.businessDay(),
                sale.cashierName(),
                sale.lines().stream().map(line -> line(line, sale.lines())).toList(),
                sale.tenders().stream()
                        .map(tender -> Paid.of(tender, sale.businessDay()))
                        .toList(),
                TicketView.Sums.of(sale.totals()),
                Amount.of(sale.change()),
                TicketView.Who.of(sale.buyer()));
    }

    private static Line line(SaleLine line, List<SaleLine> lines) {
        return new Line(
                line.id(),
                line.kind().name(),
                line.part().value(),
                line.lineCode().value(),
                line.number().value(),
                line.description(),
                Count.of(line.quantity()),
                Amount.of(line.price().amount()),
                Amount.of(line.amounts().total()),
                line.note(),
                TicketView.returnOf(line.returnOf(), false),
                PricedView.of(line.priceReason(), line.price(), line.listPrice(), line.savings()),
                line.particulars() == null ? List.of() : line.particulars().serials(),
                KitView.of(line, lines));
    }
}
