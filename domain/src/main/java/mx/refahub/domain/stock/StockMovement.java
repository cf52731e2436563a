package mx.refahub.domain.stock;

import java.time.Instant;
import java.util.UUID;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.ReturnOf;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.store.StoreId;
import org.jspecify.annotations.Nullable;

/**
 * One change of a branch's stock, caused by a document. Stock on hand is the sum of these; negative is a case to look into, never an
 * error that stops a sale.
 *
 * @param id for a sale or a return: the sale line's id, so that store and hub name the same movement
 * @param quantity what is added; negative goes out
 * @param cause id of the sale, receipt, count … that made it
 */
public record StockMovement(UUID id, StoreId store, PartId part, Kind kind, Quantity quantity, UUID cause, Instant at) {
    public enum Kind {
        OPENING,
        SALE,
        /** Came back and can be sold again. */
        RETURN,
        RECEIPT,
        /** On the way to another branch. */
        TRANSFER_OUT,
        TRANSFER_IN,
        /** What a count found more or less. */
        COUNT,
        ADJUSTMENT,
        /** From a branch's own part to the part of the catalogue that took its place. No document tells of it: hub and store each bring over their own figures. */
        MERGED;

        /** What a line of a ticket moves; null if nothing: deposits, and pieces that nobody can sell again. */
        public static @Nullable Kind of(SaleLine line) {
            ReturnOf returnOf = line.returnOf();
            return switch (line.kind()) {
                case PART -> SALE;
                case RETURN -> returnOf != null && returnOf.reason().backToStock() ? RETURN : null;
                case CORE_DEPOSIT, CORE_RETURN, MISC, MISC_RETURN, VOUCHER -> null;
            };
        }
    }
}
