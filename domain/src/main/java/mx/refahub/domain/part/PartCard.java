package mx.refahub.domain.part;

import org.jspecify.annotations.Nullable;

/**
 * What is joined to a hit for the page shown.
 *
 * @param price list price; null while the part has none (it cannot be sold then)
 * @param byPieces what a kit's pieces come to at list price, where that is charged for one: it has no price of its own, or a higher one. Else null
 * @param priceText what is charged, as the screen shows it, tax included; null without a price
 * @param stock on hand at the own branch (at the hub: of all branches)
 */
public record PartCard(
        Part part,
        @Nullable Price price,
        @Nullable Price byPieces,
        @Nullable String priceText,
        Quantity stock) {
    /** Of a part that is no kit. */
    public PartCard(Part part, @Nullable Price price, @Nullable String priceText, Quantity stock) {
        this(part, price, null, priceText, stock);
    }

    /** At list price, for one. */
    public @Nullable Price charged() {
        return byPieces == null ? price : byPieces;
    }
}
