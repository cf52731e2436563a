package mx.refahub.hub.catalogue;

import java.util.Arrays;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Barcode;
import mx.refahub.domain.part.Fitment;
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
import mx.refahub.domain.search.Shelves;
import mx.refahub.domain.tax.Tax;
import mx.refahub.domain.tax.TaxClass;
import mx.refahub.domain.tax.TaxRegion;
import mx.refahub.hub.catalogue.CatalogueTable.CardRow;
import org.ehcache.Cache;
import org.jspecify.annotations.Nullable;

/** The catalogue for the hub's own search: list prices with the tax of the standard region, stock of all branches together. */
final class PostgresPartCatalogue implements PartCatalogue, Shelves {
    private final CatalogueTable table;
    private final Cache<UUID, Kept> cache;
    private final StockedParts stocked;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder statements = new LongAdder();

    PostgresPartCatalogue(CatalogueTable table, Cache<UUID, Kept> cache) {
        this.table = table;
        this.cache = cache;
        this.stocked = new StockedParts(table);
    }

    /**
     * A card as it was read, good as long as catalogue, prices and stock stand where they stood then.
     *
     * @param at their versions, read in the same statement
     */
    record Kept(String at, PartCard card) {}

    @Override
    public Map<PartId, PartCard> cards(Collection<PartId> ids) {
        return look().cards(ids);
    }

    @Override
    public Look look() {
        return new Page();
    }

    @Override
    public Figures figures() {
        return new Figures(hits.sum(), misses.sum(), statements.sum());
    }

    private final class Page implements Look {
        private final Map<PartId, PartCard> cards = new HashMap<>();
        private final Set<PartId> read = new HashSet<>();

        @Override
        public Predicate<PartId> stocked() {
            return stocked.now();
        }

        @Override
        public Map<PartId, OnHand> onHand(List<PartId> candidates) {
            Map<PartId, OnHand> onHand = new HashMap<>();
            cards(candidates)
                    .forEach((part, card) ->
                            onHand.put(part, new OnHand(card.stock().thousandths() > 0, false)));
            return onHand;
        }

        @Override
        public Map<PartId, PartCard> cards(Collection<PartId> parts) {
            read(parts.stream().filter(read::add).toList());
            Map<PartId, PartCard> found = new LinkedHashMap<>();
            for (PartId part : parts) {
                PartCard card = cards.get(part);
                if (card != null) found.put(part, card);
            }
            return found;
        }

        private void read(List<PartId> parts) {
            if (parts.isEmpty()) return;
            Map<PartId, Kept> kept = new HashMap<>();
            UUID[] ids = new UUID[parts.size()];
            String[] at = new String[parts.size()];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = parts.get(i).value();
                Kept here = cache.get(ids[i]);
                if (here != null) kept.put(parts.get(i), here);
                at[i] = here == null ? "" : here.at();
            }
            String now = "";
            statements.increment();
            for (CardRow row : table.cards(ids, at)) {
                now = row.at();
                UUID id = row.id();
                if (id == null) continue;
                PartCard card = card(id, row);
                cards.put(card.part().id(), card);
                cache.put(id, new Kept(now, card));
            }
            int remembered = 0;
            for (Map.Entry<PartId, Kept> each : kept.entrySet()) {
                if (!each.getValue().at().equals(now)) continue;
                cards.put(each.getKey(), each.getValue().card());
                remembered++;
            }
            hits.add(remembered);
            misses.add(ids.length - remembered);
        }
    }

    private static PartCard card(UUID id, CardRow row) {
        TaxClass taxClass = TaxClass.valueOf(row.taxClass());
        Part part = new Part(
                new PartId(id),
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
                table.fitments(id.value()).stream()
                        .map(row -> new Fitment(
                                row.make(),
                                row.model(),
                                row.yearFrom(),
                                row.yearTo(),
                                row.engine(),
                                row.body(),
                                row.position(),
                                row.notes()))
                        .toList(),
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
