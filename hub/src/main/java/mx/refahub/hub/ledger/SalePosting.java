package mx.refahub.hub.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Failure;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.stock.StockMovement;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.SaleBody;
import mx.refahub.hub.stream.Publications;

/** A sale: ticket, lines, tenders, and the stock that went out. Its figures were made at the till and stay as they are. */
final class SalePosting implements Posting {
    private final SaleTable table;
    private final Publications publications;
    private final Bodies bodies;

    SalePosting(SaleTable table, Publications publications, Bodies bodies) {
        this.table = table;
        this.publications = publications;
        this.bodies = bodies;
    }

    @Override
    public String type() {
        return DocumentType.SALE;
    }

    @Override
    public int schema() {
        return DocumentType.SALE_SCHEMA;
    }

    @Override
    public List<String> post(Landed document) {
        SaleBody sale = bodies.read(document, SaleBody.class);
        if (!sale.store().equals(document.store().value()))
            throw Failure.rejected("the sale names another store than the one that sent it");
        if (sale.lines().isEmpty()) throw Failure.rejected("a sale without lines");
        List<String> odd = new ArrayList<>(SaleCheck.differences(sale));
        if (table.insert(sale, document.id()) == 0)
            throw Failure.rejected("sale " + sale.id() + " stands in the ledger already, from another document");
        table.insertLines(sale.id(), sale.lines());
        if (!sale.tenders().isEmpty()) table.insertTenders(sale.id(), sale.tenders());
        moveStock(sale);
        SaleTable.Twins twins = table.twins(
                sale.id(), sale.store(), sale.register(), sale.folioPrefix(), sale.folioNumber(), sale.invoiceCode());
        if (twins.folio()) odd.add("folio " + sale.folioPrefix() + "-" + sale.folioNumber() + " came twice");
        if (twins.invoiceCode()) odd.add("invoice code came twice");
        if (twins.register()) odd.add("register " + sale.register() + " is not one of the store's");
        return odd;
    }

    /** Core deposits move no stock: the old piece is not here yet. A movement carries the line's id, at the store as here. */
    private void moveStock(SaleBody sale) {
        List<SaleBody.LineBody> moving = sale.lines().stream()
                .filter(line -> line.kind().equals(SaleLine.Kind.PART.name()))
                .toList();
        if (moving.isEmpty()) return;
        UUID[] parts = moving.stream().map(SaleBody.LineBody::part).toArray(UUID[]::new);
        Long[] quantities = moving.stream().map(line -> -line.quantity()).toArray(Long[]::new);
        // The counter first: its row orders all who change stock, so that no two wait for each other crosswise.
        long version = publications.raise(Stream.STOCK);
        table.insertMovements(
                sale.store(),
                StockMovement.Kind.SALE.name(),
                sale.id(),
                sale.soldAt(),
                moving.stream().map(SaleBody.LineBody::id).toArray(UUID[]::new),
                parts,
                quantities);
        table.moveStock(sale.store(), sale.soldAt(), parts, quantities, version);
    }
}
