package mx.refahub.domain.sale;

import java.util.UUID;
import mx.refahub.domain.part.LineCode;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartNumber;
import mx.refahub.domain.part.Quantity;

/**
 * The kit of which a line is a piece. All lines of a ticket with the same id were one kit in the customer's eyes; each piece is a line of its own, with its
 * share of the kit's price ({@link KitShares}), so that stock, tax, serial numbers and returns are those of the pieces.
 *
 * @param part the kit's own entry in the catalogue
 * @param quantity how many kits
 */
public record KitOf(UUID id, PartId part, LineCode lineCode, PartNumber number, String name, Quantity quantity) {
    public KitOf {
        if (!quantity.isPositive()) throw new IllegalArgumentException(quantity.text() + " kits");
        if (part.equals(PartId.NONE)) throw new IllegalArgumentException("a kit that is no part");
    }
}
