package mx.refahub.domain.wire;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Body of the documents of stock, schema 3 (1 had no order, 2 no charges): {@code stock-receipt}, {@code stock-transfer-out}, {@code stock-transfer-in}, {@code stock-count},
 * {@code stock-adjustment}. Quantities are thousandths, values centavos of pesos.
 *
 * @param id of the act; a long count comes as several bodies with ids of their own
 * @param kind RECEIPT, TRANSFER_OUT, TRANSFER_IN, COUNT or ADJUSTMENT
 * @param number the transfer's; of a count its id; else empty
 * @param to where a transfer goes
 * @param reason of an adjustment
 * @param currency of the unit costs
 * @param rate pesos per unit of it, a decimal text
 * @param unheard a transfer was taken in by its paper alone, at the cost that this branch had
 * @param order null where the goods came without one
 * @param landed of a receipt: what it cost to bring the goods in, which is in its lines' values; null for nothing
 * @param surplus of a receipt: who said that more came than the order had open; null where nobody did, as in older documents
 */
public record StockBody(
        UUID id,
        UUID store,
        String kind,
        String number,
        Instant at,
        UUID by,
        String byName,
        @Nullable UUID to,
        String supplier,
        String reference,
        String reason,
        String note,
        String currency,
        String rate,
        boolean unheard,
        List<LineBody> lines,
        @Nullable OrderBody order,
        @Nullable LandedBody landed,
        @Nullable SurplusBody surplus) {
    /** @param reason in the words of who says it */
    public record SurplusBody(UUID by, String byName, String reason) {}

    /**
     * The purchase order that a receipt is of.
     *
     * @param id null where the store knew its number alone
     * @param invoice the supplier's invoice by which the goods were expected, where they were
     */
    public record OrderBody(
            @Nullable UUID id, String number, @Nullable UUID invoice) {
        public OrderBody(@Nullable UUID id, String number) {
            this(id, number, null);
        }
    }

    /**
     * Charges in centavos of pesos.
     *
     * @param by VALUE, WEIGHT or PIECES
     * @param shares of each line, in their order; they add up to the charges
     */
    public record LandedBody(long freight, long duty, long other, String by, List<Long> shares) {
        public LandedBody {
            shares = List.copyOf(shares);
        }
    }

    /** Of nothing beyond its order. */
    public StockBody(
            UUID id,
            UUID store,
            String kind,
            String number,
            Instant at,
            UUID by,
            String byName,
            @Nullable UUID to,
            String supplier,
            String reference,
            String reason,
            String note,
            String currency,
            String rate,
            boolean unheard,
            List<LineBody> lines,
            @Nullable OrderBody order,
            @Nullable LandedBody landed) {
        this(
                id, store, kind, number, at, by, byName, to, supplier, reference, reason, note, currency, rate, unheard,
                lines, order, landed, null);
    }

    /** Without charges. */
    public StockBody(
            UUID id,
            UUID store,
            String kind,
            String number,
            Instant at,
            UUID by,
            String byName,
            @Nullable UUID to,
            String supplier,
            String reference,
            String reason,
            String note,
            String currency,
            String rate,
            boolean unheard,
            List<LineBody> lines,
            @Nullable OrderBody order) {
        this(
                id, store, kind, number, at, by, byName, to, supplier, reference, reason, note, currency, rate, unheard,
                lines, order, null, null);
    }

    /** Of no order. */
    public StockBody(
            UUID id,
            UUID store,
            String kind,
            String number,
            Instant at,
            UUID by,
            String byName,
            @Nullable UUID to,
            String supplier,
            String reference,
            String reason,
            String note,
            String currency,
            String rate,
            boolean unheard,
            List<LineBody> lines) {
        this(
                id, store, kind, number, at, by, byName, to, supplier, reference, reason, note, currency, rate, unheard,
                lines, null, null, null);
    }

    /**
     * @param id the movement's
     * @param quantity what is added to the shelf; negative goes out
     * @param unitCost as typed, a decimal text in the document's currency; empty where nobody typed one
     * @param value added to the shelf's value
     * @param variance what of the cost did not go to the shelf
     * @param lost written off on the way; positive
     * @param lostValue what that was worth when it was sent
     * @param expected of a count: by the books at the fence
     * @param fence of a count: sequence of the store's last document when the part was first counted
     */
    public record LineBody(
            UUID id,
            UUID part,
            String lineCode,
            String partNumber,
            String description,
            String unit,
            String bin,
            long quantity,
            String unitCost,
            long value,
            long variance,
            long lost,
            long lostValue,
            @Nullable Long expected,
            @Nullable Long counted,
            @Nullable Long fence) {}

    public StockBody {
        lines = List.copyOf(lines);
    }
}
