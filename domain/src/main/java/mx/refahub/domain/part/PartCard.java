package mx.refahub.domain.part;

import org.jspecify.annotations.Nullable;

/**
 * What is joined to a hit for the page shown.
 *
 * @param price list price; null while the part has none (it cannot be sold then)
 * @param priceText as the screen shows it, tax included; null without a price
 * @param stock on hand at the own branch (at the hub: of all branches)
 */
public record PartCard(
        Part part, @Nullable Price price, @Nullable String priceText, Quantity stock) {}
