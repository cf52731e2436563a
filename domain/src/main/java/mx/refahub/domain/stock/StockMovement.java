package mx.refahub.domain.stock;

import java.time.Instant;
import java.util.UUID;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.store.StoreId;

/**
 * One change of a branch's stock, caused by a document. Stock on hand is the sum of these; negative is a case to look into, never an
 * error that stops a sale.
 *
 * @param id for a sale: the sale line's id, so that store and hub name the same movement
 * @param quantity what is added; negative goes out
 * @param cause id of the sale, receipt, count … that made it
 */
public record StockMovement(UUID id, StoreId store, PartId part, Kind kind, Quantity quantity, UUID cause, Instant at) {
    public enum Kind {
        OPENING,
        SALE
    }
}
