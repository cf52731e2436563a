package mx.refahub.domain.sale;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.store.UserId;
import org.jspecify.annotations.Nullable;

/**
 * A finished ticket. Immutable; a correction is another document.
 *
 * @param id the id of the ticket it came from, so that a ticket can become a sale only once
 * @param businessDay the day in the branch's time zone
 * @param priceVersion version of the price stream that it was priced with
 * @param buyer null where nobody said who bought
 * @param promised the quote, layaway or special order that it was; its deposit is the one that the tenders apply. Null where it was none
 * @param note the note that it was collected by; null where there was none
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
        Totals totals,
        @Nullable Buyer buyer,
        @Nullable Promised promised,
        @Nullable NoteRef note) {
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
        if (buyer == null && tenders.stream().anyMatch(tender -> tender.kind() == Tender.Kind.ON_ACCOUNT))
            throw new IllegalArgumentException("sold on account of nobody");
        for (Tender.Kind kind : List.of(Tender.Kind.DEPOSIT, Tender.Kind.MARKETPLACE)) {
            // What goes back through a marketplace is of a sale that was.
            Money applied = tenders.stream()
                    .filter(tender -> tender.kind() == kind
                            && (kind == Tender.Kind.DEPOSIT || !tender.amount().isNegative()))
                    .map(Tender::amount)
                    .reduce(Money.mxn(0), Money::plus);
            if (!applied.equals(promised == null || promised.tender() != kind ? Money.mxn(0) : promised.deposit()))
                throw new IllegalArgumentException("tenders apply " + applied.text() + " of another deposit");
        }
    }

    /**
     * Whether something was sold, so that there is something to invoice. What only comes back has a credit note where its ticket was invoiced; a gift voucher is money kept
     * for somebody, and what is bought with it is invoiced.
     */
    public boolean sells() {
        return lines.stream().anyMatch(line -> !line.kind().comesBack() && line.kind() != SaleLine.Kind.VOUCHER);
    }

    public boolean takesBack() {
        return lines.stream().anyMatch(line -> line.kind().comesBack());
    }

    /** Neither promised before nor collected by a note. */
    public Sale(
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
            Totals totals,
            @Nullable Buyer buyer) {
        this(
                id,
                store,
                register,
                cashSession,
                cashier,
                cashierName,
                folio,
                invoiceCode,
                soldAt,
                businessDay,
                issuer,
                fiscalState,
                priceVersion,
                lines,
                tenders,
                totals,
                buyer,
                null,
                null);
    }

    public Sale(
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
        this(
                id,
                store,
                register,
                cashSession,
                cashier,
                cashierName,
                folio,
                invoiceCode,
                soldAt,
                businessDay,
                issuer,
                fiscalState,
                priceVersion,
                lines,
                tenders,
                totals,
                null);
    }

    /** What of it was put on the buyer's account; negative where a return went back to it. */
    public Money onAccount() {
        return tenders.stream()
                .filter(tender -> tender.kind() == Tender.Kind.ON_ACCOUNT)
                .map(Tender::amount)
                .reduce(Money.mxn(0), Money::plus);
    }

    public Money change() {
        return tenders.stream().map(Tender::change).reduce(Money.mxn(0), Money::plus);
    }
}
