package mx.refahub.hub.ledger;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Failure;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.fiscal.FiscalData;
import mx.refahub.domain.fiscal.FiscalSplit;
import mx.refahub.domain.fiscal.InvoiceRequest;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.wire.InvoiceRequestedBody;

/** A customer's wish for an invoice. It waits for stamping; what is odd about it is flagged and waits too, for a person. */
final class InvoicePosting implements Posting {
    private final InvoiceTable table;
    private final ReturnTable fiscal;
    private final SaleArchive sales;
    private final IdSource ids;
    private final Bodies bodies;

    InvoicePosting(InvoiceTable table, ReturnTable fiscal, SaleArchive sales, IdSource ids, Bodies bodies) {
        this.table = table;
        this.fiscal = fiscal;
        this.sales = sales;
        this.ids = ids;
        this.bodies = bodies;
    }

    @Override
    public String type() {
        return DocumentType.INVOICE_REQUESTED;
    }

    @Override
    public int schema() {
        return DocumentType.INVOICE_REQUESTED_SCHEMA;
    }

    @Override
    public List<String> post(Landed document) {
        InvoiceRequestedBody body = bodies.read(document, InvoiceRequestedBody.class);
        if (!body.store().equals(document.store().value()))
            throw Failure.rejected("the wish names another store than the one that sent it");
        LocalDate day = table.dayOf(body.sale(), body.store())
                .orElseThrow(() -> Failure.rejected("sale " + body.sale() + " of the wish is not in the ledger"));
        if (table.insert(body, InvoiceRequest.deadline(day), document.id()) == 0)
            throw Failure.rejected("wish " + body.id() + " stands in the ledger already, from another document");
        split(body.sale());
        return FiscalData.of(new FiscalData.Typed(
                                body.rfc(), body.name(), body.postalCode(), body.regime(), body.use(), body.email()))
                        instanceof Outcome.Refused<FiscalData>(var refusal)
                ? List.of("an invoice cannot be made of it: " + refusal.code())
                : List.of();
    }

    /** Once for a ticket: its lines do not change. One whose figures were flagged is a person's to settle first. */
    private void split(UUID id) {
        if (fiscal.isSplit(id)) return;
        Sale sale;
        try {
            sale = sales.sale(id).orElse(null);
        } catch (IllegalArgumentException | ArithmeticException e) {
            return;
        }
        if (sale == null) return;
        FiscalSplit split = FiscalSplit.of(sale);
        int position = 0;
        FiscalSplit.Part income = split.income();
        if (income != null) keep(id, ++position, "INCOME", income);
        for (FiscalSplit.Part credit : split.credits()) keep(id, ++position, "CREDIT", credit);
    }

    private void keep(UUID sale, int position, String kind, FiscalSplit.Part part) {
        UUID document = ids.next();
        fiscal.insertFiscal(
                document,
                sale,
                position,
                kind,
                part,
                part.net().minor(),
                part.discount().minor(),
                part.tax().minor(),
                part.total().minor());
        fiscal.insertFiscalLines(document, part.lines().toArray(UUID[]::new));
    }
}
