package mx.refahub.hub.ledger;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.wire.SaleBody;
import org.jspecify.annotations.Nullable;

/** Sales as they stand in the ledger. */
public final class SaleArchive {
    private final SaleTable table;
    private final NoteTable notes;
    private final PromiseTable promises;

    SaleArchive(SaleTable table, NoteTable notes, PromiseTable promises) {
        this.table = table;
        this.notes = notes;
        this.promises = promises;
    }

    /** @throws IllegalArgumentException if the sale was flagged and does not add up, saying which figure */
    public Optional<Sale> sale(UUID id) {
        return table.sale(id)
                .map(row -> new SaleBody(
                                row.id(),
                                row.storeId(),
                                row.registerId(),
                                row.cashSessionId(),
                                row.cashierId(),
                                row.cashierName(),
                                row.folioPrefix(),
                                row.folioNumber(),
                                row.invoiceCode(),
                                row.soldAt(),
                                row.businessDay(),
                                row.currency(),
                                new SaleBody.IssuerBody(
                                        row.issuerRfc(), row.issuerName(), row.issuerRegime(), row.issuerPostalCode()),
                                row.fiscalState(),
                                row.priceVersion(),
                                lines(id),
                                table.tenders(id),
                                new SaleBody.TotalsBody(
                                        row.net(), row.discount(), row.tax(), row.cores(), row.total(), row.savings()),
                                buyer(row),
                                promises.soldBy(id),
                                null,
                                notes.note(id))
                        .toSale());
    }

    private List<SaleBody.LineBody> lines(UUID sale) {
        Map<UUID, SaleBody.ReturnedBody> terms =
                table.terms(sale).stream().collect(Collectors.toMap(SaleTable.TermsRow::lineId, SaleArchive::terms));
        return table.lines(sale).stream()
                .map(line -> {
                    SaleBody.ReturnedBody its = terms.get(line.id());
                    return its == null ? line : line.on(its);
                })
                .toList();
    }

    private static SaleBody.ReturnedBody terms(SaleTable.TermsRow row) {
        String make = row.make();
        String model = row.model();
        return new SaleBody.ReturnedBody(
                row.source(),
                row.soldBy(),
                row.feePercent(),
                row.feeBase(),
                row.feeTax(),
                row.waived().isEmpty() ? null : List.of(row.waived().split(" ")),
                make == null || model == null
                        ? null
                        : new SaleBody.VehicleBody(
                                make,
                                model,
                                Objects.requireNonNullElse(row.year(), 0),
                                Objects.requireNonNullElse(row.engine(), "")),
                row.inspected() ? true : null);
    }

    private static SaleBody.@Nullable BuyerBody buyer(SaleTable.SaleRow row) {
        UUID customer = row.customerId();
        String name = row.customerName();
        return customer == null || name == null
                ? null
                : new SaleBody.BuyerBody(
                        customer, name, row.dueOn(), row.approvedBy(), row.approvedByName(), List.of());
    }
}
