package mx.refahub.store.catalogue;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
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
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.LineAmounts;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.tax.Tax;
import mx.refahub.domain.tax.TaxClass;
import mx.refahub.store.branch.Branch;
import mx.refahub.store.branch.BranchSettings;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.reference.AppliedStreams;
import mx.refahub.store.reference.PartRelations;
import mx.refahub.store.sqlite.Row;
import mx.refahub.store.sqlite.SqliteFile;
import mx.refahub.store.stock.Openings;
import org.ehcache.Cache;
import org.ehcache.CacheManager;
import org.ehcache.config.builders.CacheConfigurationBuilder;
import org.ehcache.config.builders.CacheManagerBuilder;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Cards out of reference.db, those asked for lately out of memory; the branch's own movements always fresh out of sales.db. Stock shown is the hub's opening plus what
 * has moved here.
 */
public final class SqlitePartCatalogue implements PartCatalogue, AutoCloseable {
    private static final String CACHE = "cards";
    private static final int CACHED_CARDS = 20_000;
    private static final int MOST_RELATIONS = 500;

    private final SqliteFile reference;
    private final SqliteFile sales;
    private final Identities identities;
    private final BranchSettings branches;
    private final JsonMapper json;
    private final CacheManager manager;
    private final Cache<Key, Entry> cache;
    private final Openings openings;
    private final AtomicLong generation = new AtomicLong();

    /** An entry of an older generation is never asked for again, so a load that raced a stream leaves nothing stale behind. */
    private record Key(PartId part, long generation) {}

    private record Entry(Part part, @Nullable Price price) {}

    public SqlitePartCatalogue(
            SqliteFile reference,
            SqliteFile sales,
            Identities identities,
            BranchSettings branches,
            AppliedStreams streams,
            JsonMapper json) {
        this.reference = reference;
        this.sales = sales;
        this.identities = identities;
        this.branches = branches;
        this.json = json;
        this.openings = new Openings(reference, identities);
        this.manager = CacheManagerBuilder.newCacheManagerBuilder().build(true);
        this.cache = manager.createCache(
                CACHE,
                CacheConfigurationBuilder.newCacheConfigurationBuilder(
                        Key.class, Entry.class, ResourcePoolsBuilder.heap(CACHED_CARDS)));
        streams.onApplied(stream -> {
            if (stream == Stream.CATALOGUE || stream == Stream.PRICES) {
                generation.incrementAndGet();
                cache.clear();
            }
        });
    }

    /** What the hub says this branch began with. */
    public Openings openings() {
        return openings;
    }

    @Override
    public Map<PartId, PartCard> cards(Collection<PartId> ids) {
        long generation = this.generation.get();
        Map<PartId, Entry> entries = new HashMap<>();
        List<PartId> absent = new ArrayList<>();
        for (PartId id : ids) {
            Entry entry = cache.get(new Key(id, generation));
            if (entry == null) absent.add(id);
            else entries.put(id, entry);
        }
        if (!absent.isEmpty()) {
            for (Entry entry : load(absent)) {
                entries.put(entry.part().id(), entry);
                cache.put(new Key(entry.part().id(), generation), entry);
            }
        }
        Map<PartId, Long> stock = entries.isEmpty() ? Map.of() : stock(entries.keySet());
        Optional<Branch> branch = branches.current();
        Map<PartId, PartCard> cards = new LinkedHashMap<>();
        for (PartId id : ids) {
            Entry entry = entries.get(id);
            if (entry != null)
                cards.put(
                        id,
                        new PartCard(
                                entry.part(),
                                entry.price(),
                                priceText(entry, branch),
                                new Quantity(stock.getOrDefault(id, 0L))));
        }
        return cards;
    }

    @Override
    public Optional<Scanned> byBarcode(String barcode) {
        return reference.read(session -> session.first(
                """
                select barcode, part_id, pack
                from part_barcode
                where barcode = ?
                """,
                row -> new Scanned(
                        new PartId(row.id("part_id")),
                        new Barcode(row.text("barcode"), new Quantity(row.number("pack")))),
                barcode.strip()));
    }

    @Override
    public Relations relations(PartId id) {
        return reference
                .read(session -> session.first(
                        """
                select relations
                from part
                where id = ?
                """, row -> relations(json.readValue(row.text("relations"), PartRelations.class)), id.value()))
                .orElseGet(() -> new Relations(List.of(), List.of()));
    }

    private static Relations relations(PartRelations kept) {
        return new Relations(
                kept.fitments().stream()
                        .limit(MOST_RELATIONS)
                        .map(row -> new Fitment(
                                row.make(),
                                row.model(),
                                row.yearFrom(),
                                row.yearTo(),
                                row.engine(),
                                row.position(),
                                row.notes()))
                        .toList(),
                kept.interchanges().stream()
                        .limit(MOST_RELATIONS)
                        .map(row -> new Interchange(
                                Interchange.Kind.valueOf(row.kind()),
                                row.otherBrand(),
                                new PartNumber(row.otherNumber())))
                        .toList());
    }

    private static @Nullable String priceText(Entry entry, Optional<Branch> branch) {
        Price price = entry.price();
        if (price == null || branch.isEmpty()) return null;
        Tax tax = Tax.of(
                entry.part().taxClass(), branch.get().region(), entry.part().taxObject());
        Money none = Money.zero(price.amount().currency());
        return LineAmounts.of(price, Quantity.ONE, none, tax).total().text();
    }

    private List<Entry> load(List<PartId> ids) {
        String wanted = wanted(ids);
        return reference.read(session -> {
            Map<UUID, List<Barcode>> barcodes = new HashMap<>();
            session.all(
                    """
                    select part_id, barcode, pack
                    from part_barcode
                    where part_id in (select value from json_each(?))
                    order by barcode
                    """,
                    row -> barcodes.computeIfAbsent(row.id("part_id"), part -> new ArrayList<>())
                            .add(new Barcode(row.text("barcode"), new Quantity(row.number("pack")))),
                    wanted);
            return session.all("""
                    select part.id, part.line_code, part.part_number, part.brand, part.name_es, part.name_en, part.category, part.unit,
                           part.tax_class, part.core, part.sat_code, part.sat_unit, part.tax_object,
                           price.amount, price.currency, price.includes_tax
                    from part
                    left join part_price price on price.part_id = part.id
                    where part.id in (select value from json_each(?))
                    """, row -> entry(row, barcodes.getOrDefault(row.id("id"), List.of())), wanted);
        });
    }

    /** Never remembered: each sale moves it, and another branch's sale raises the stock stream. */
    private Map<PartId, Long> stock(Collection<PartId> ids) {
        String wanted = wanted(ids);
        String own = identities
                .current()
                .map(identity -> identity.store().toString())
                .orElse("");
        Map<PartId, Long> stock = new HashMap<>();
        reference.read(session ->
                session.all("""
                select part_id, opening
                from branch_stock
                where store_id = ? and part_id in (select value from json_each(?))
                """, row -> stock.put(new PartId(row.id("part_id")), row.number("opening")), own, wanted));
        sales.read(session -> session.all(
                """
                select part_id, moved
                from stock_balance
                where part_id in (select value from json_each(?))
                """, row -> stock.merge(new PartId(row.id("part_id")), row.number("moved"), Long::sum), wanted));
        return stock;
    }

    private String wanted(Collection<PartId> ids) {
        return json.writeValueAsString(ids.stream().map(PartId::toString).toList());
    }

    private static Entry entry(Row row, List<Barcode> barcodes) throws SQLException {
        Part part = new Part(
                new PartId(row.id("id")),
                new LineCode(row.text("line_code")),
                new PartNumber(row.text("part_number")),
                row.text("brand"),
                row.text("name_es"),
                row.text("name_en"),
                row.text("category"),
                row.text("unit"),
                TaxClass.valueOf(row.text("tax_class")),
                Money.mxn(row.number("core")),
                row.text("sat_code"),
                row.text("sat_unit"),
                row.text("tax_object"),
                barcodes);
        // Books are in MXN: a price in another currency is no price at this counter.
        boolean priced = Money.MXN.getCurrencyCode().equals(row.textOrNull("currency"));
        Price price = priced ? new Price(Money.mxn(row.number("amount")), row.flag("includes_tax")) : null;
        return new Entry(part, price);
    }

    @Override
    public void close() {
        manager.close();
    }
}
