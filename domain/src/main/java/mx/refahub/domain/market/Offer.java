package mx.refahub.domain.market;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Fitment;
import mx.refahub.domain.part.PartId;

/**
 * A part as it is offered on a marketplace.
 *
 * @param sku ours, unique for the seller; the key by which a listing is found again
 * @param title whole; an adapter shortens it to what its marketplace takes
 * @param category ours
 * @param outsideCategory the marketplace's; empty: the adapter asks it to guess
 * @param barcode GTIN; empty if the part has none
 * @param price with tax, as the buyer pays it
 * @param pieces that may be sold
 * @param pictures in order, as the marketplace knows them: its own ids, or addresses where it fetches them itself
 * @param attributes further ones by the marketplace's names; they win over those that an adapter makes itself
 */
public record Offer(
        PartId part,
        String sku,
        String title,
        String description,
        String brand,
        String partNumber,
        String barcode,
        String category,
        String outsideCategory,
        Money price,
        long pieces,
        List<String> pictures,
        Map<String, String> attributes,
        List<Fitment> fitments) {
    public static final int LONGEST_SKU = 40;

    public Offer {
        sku = sku.strip();
        title = title.strip();
        if (sku.isEmpty() || sku.length() > LONGEST_SKU) throw new IllegalArgumentException("sku '" + sku + "'");
        if (title.isEmpty()) throw new IllegalArgumentException("offer " + sku + " without a title");
        if (price.isNegative() || price.isZero())
            throw new IllegalArgumentException("offer " + sku + " at " + price.text());
        if (pieces < 0) throw new IllegalArgumentException("offer " + sku + " of " + pieces + " pieces");
        pictures = List.copyOf(pictures);
        attributes = Map.copyOf(new TreeMap<>(attributes));
        fitments = List.copyOf(fitments);
    }
}
