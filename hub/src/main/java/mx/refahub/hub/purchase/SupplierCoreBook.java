package mx.refahub.hub.purchase;

import java.util.List;
import java.util.UUID;
import mx.refahub.domain.wire.CoresGivenBody;
import mx.refahub.domain.wire.StockBody;
import org.jspecify.annotations.Nullable;

/** What documents say of old pieces that are owed to suppliers, in the transaction that posts them. */
public final class SupplierCoreBook {
    private final SupplierCoreTable table;

    SupplierCoreBook(SupplierCoreTable table) {
        this.table = table;
    }

    /**
     * Opens the debts of a receipt.
     *
     * @param ordered whose order it is; null for none: then by the name on the receipt
     * @param parts of the body's lines, in their order, as the catalogue has them now
     */
    void bought(StockBody body, @Nullable UUID ordered, List<UUID> parts) {
        UUID supplier = ordered == null ? table.called(body.supplier()) : ordered;
        if (supplier == null) return;
        table.charge(
                supplier,
                body.store(),
                body.id(),
                body.reference(),
                body.at(),
                parts.toArray(UUID[]::new),
                body.lines().stream().map(StockBody.LineBody::quantity).toArray(Long[]::new));
    }

    /** @return false where another document wrote it already */
    public boolean given(CoresGivenBody body, UUID document, UUID[] parts) {
        if (table.insert(body, table.called(body.supplier()), document) == 0) return false;
        table.insertLines(
                body.id(),
                body.lines().stream().map(CoresGivenBody.LineBody::id).toArray(UUID[]::new),
                parts,
                body.lines().stream().map(CoresGivenBody.LineBody::quantity).toArray(Long[]::new));
        return true;
    }
}
