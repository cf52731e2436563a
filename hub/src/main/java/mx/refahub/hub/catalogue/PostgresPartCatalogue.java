package mx.refahub.hub.catalogue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Barcode;
import mx.refahub.domain.part.Interchange;
import mx.refahub.domain.part.LineCode;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.PartCard;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartNumber;
import mx.refahub.domain.part.PartRelation;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.tax.Tax;
import mx.refahub.domain.tax.TaxClass;
import mx.refahub.domain.tax.TaxRegion;
import mx.refahub.hub.catalogue.CatalogueTable.CardRow;
import org.ehcache.Cache;
import org.jspecify.annotations.Nullable;

/** The catalogue for the hub's own search: list prices with the tax of the standard region, stock of all branches together. */
final class PostgresPartCatalogue implements PartCatalogue {
    private final CatalogueTable table;
    private final Cache<UUID, Kept> cache;

    PostgresPartCatalogue(CatalogueTable table, Cache<UUID, Kept> cache) {
        this.table = table;
        this.cache = cache;
    }

    /**
     * A card as it was read, good as long as catalogue, prices and stock stand where they stood before it was read.
     *
     * @param at the counters, looked at first: what was read after is at least as new
     */
    record Kept(List<CatalogueTable.VersionRow> at, PartCard card) {}

    @Override
    public Map<PartId, PartCard> cards(Collection<PartId> ids) {
        if (ids.isEmpty()) return Map.of();
        List<CatalogueTable.VersionRow> now = table.versions();
        Map<PartId, PartCard> cards = new LinkedHashMap<>();
        List<UUID> missing = new ArrayList<>();
        for (PartId id : ids) {
            Kept kept = cache.get(id.value());
            if (kept == null || !kept.at().equals(now)) missing.add(id.value());
            else cards.put(id, kept.card());
        }
        if (missing.isEmpty()) return cards;
        for (CardRow row : table.cards(missing.toArray(UUID[]::new))) {
            PartCard card = card(row);
            cards.put(card.part().id(), card);
            cache.put(row.id(), new Kept(now, card));
        }
        return cards;
    }

    private static PartCard card(CardRow row) {
        TaxClass taxClass = TaxClass.valueOf(row.taxClass());
        Part part = new Part(
                new PartId(row.id()),
                new LineCode(row.lineCode()),
                new PartNumber(row.partNumber()),
                row.brand(),
                row.nameEs(),
                row.nameEn(),
                row.category(),
                row.unit(),
                taxClass,
                Money.mxn(row.core()),
                row.satCode(),
                row.satUnit(),
                row.taxObject(),
                Arrays.stream(row.barcodes())
                        .map(PostgresPartCatalogue::barcode)
                        .toList());
        Price price = price(row);
        String text = price == null
                ? null
                : price.includesTax()
                        ? price.amount().text()
                        : Tax.of(taxClass, TaxRegion.STANDARD, row.taxObject())
                                .on(price.amount())
                                .total()
                                .text();
        return new PartCard(part, price, text, new Quantity(row.stock()));
    }

    private static Barcode barcode(String packAndCode) {
        int blank = packAndCode.indexOf(' ');
        return new Barcode(
                packAndCode.substring(blank + 1), new Quantity(Long.parseLong(packAndCode.substring(0, blank))));
    }

    private static @Nullable Price price(CardRow row) {
        Long amount = row.amount();
        String currency = row.currency();
        Boolean includesTax = row.includesTax();
        if (amount == null || currency == null || includesTax == null) return null;
        return new Price(new Money(amount, Currency.getInstance(currency)), includesTax);
    }

    @Override
    public Optional<Scanned> byBarcode(String barcode) {
        return table.byBarcode(barcode.strip())
                .map(row ->
                        new Scanned(new PartId(row.partId()), new Barcode(row.barcode(), new Quantity(row.pack()))));
    }

    @Override
    public Relations relations(PartId id) {
        return new Relations(
                table.fitments(id.value()),
                table.interchanges(id.value()).stream()
                        .map(row -> new Interchange(
                                Interchange.Kind.valueOf(row.kind()),
                                row.otherBrand(),
                                new PartNumber(row.otherNumber())))
                        .toList(),
                table.related(id.value()).stream()
                        .map(row -> new Related(
                                PartRelation.Kind.valueOf(row.kind()),
                                new PartId(row.relatedId()),
                                PartRelation.Grade.ofText(row.grade()),
                                new Quantity(row.quantity()),
                                row.position(),
                                row.note()))
                        .toList());
    }
}
