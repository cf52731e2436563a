package mx.refahub.domain.sale;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.store.UserId;

/**
 * A finished ticket. Immutable; a correction is another document.
 *
 * @param id the id of the ticket it came from, so that a ticket can become a sale only once
 * @param businessDay the day in the branch's time zone
 * @param priceVersion version of the price stream that it was priced with
 */
public record Sale(
        UUID id,
        StoreId store,
        RegisterId register,
        UUID cashSession,
        UserId cashier,
        String cashierName,
        Folio folio,
        InvoiceCode invoiceCode,
        Instant soldAt,
        LocalDate businessDay,
        Issuer issuer,
        FiscalState fiscalState,
        long priceVersion,
        List<SaleLine> lines,
        List<Tender> tenders,
        Totals totals) {
    public Sale {
        lines = List.copyOf(lines);
        tenders = List.copyOf(tenders);
        if (lines.isEmpty()) throw new IllegalArgumentException("sale without lines");
        if (!totals.equals(Totals.of(lines)))
            throw new IllegalArgumentException("sale totals are not the sum of its lines");
        Money paid = tenders.stream().map(Tender::amount).reduce(Money.mxn(0), Money::plus);
        if (!paid.equals(totals.total()))
            throw new IllegalArgumentException(
                    "tenders pay " + paid.text() + " of " + totals.total().text());
    }

    public Money change() {
        return tenders.stream().map(Tender::change).reduce(Money.mxn(0), Money::plus);
    }
}
