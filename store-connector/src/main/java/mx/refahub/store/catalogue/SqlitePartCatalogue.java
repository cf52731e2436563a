package mx.refahub.store.catalogue;

import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
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
import mx.refahub.domain.sale.LineAmounts;
import mx.refahub.domain.search.Shelves;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.tax.Tax;
import mx.refahub.domain.tax.TaxClass;
import mx.refahub.domain.wire.PartRow;
import mx.refahub.store.branch.Branch;
import mx.refahub.store.branch.BranchSettings;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.reference.AppliedStreams;
import mx.refahub.store.reference.PartRelations;
import mx.refahub.store.sqlite.JoinedReader;
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
 * Parts and prices out of reference.db, those asked for lately out of memory; stock always fresh, here and near, joined in the one statement that a page
 * costs. Stock shown is the hub's opening plus what has moved here, so whoever moves stock is seen at once and need not tell.
 */
public final class SqlitePartCatalogue implements PartCatalogue, Shelves, AutoCloseable {
    private static final ZoneId UTC = ZoneOffset.UTC;
    private static final String CACHE = "cards";
    private static final int CACHED_CARDS = 20_000;
    private static final int WARM_CARDS = 1_000;
    private static final int WARM_LINES = 5_000;
    private static final int WARM_AT_ONCE = 100;
    /** What memory holds is made of these. */
    private static final Set<Stream> MADE_OF = Set.of(Stream.CATALOGUE, Stream.PRICES, Stream.PRICE_BOOK);

    private final SqliteFile reference;
    private final JoinedReader tables;
    private final Identities identities;
    private final BranchSettings branches;
    private final JsonMapper json;
    private final Clock clock;
    private final CacheManager manager;
    private final Cache<Key, Entry> cache;
    private final StockedParts stocked;
    private final Openings openings;
    private final AtomicLong generation = new AtomicLong();
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder statements = new LongAdder();

    /**
     * An entry of an older generation is never asked for again, so a load that raced a stream leaves nothing stale behind;
     * nor is one of yesterday, whose price may have been another.
     */
    private record Key(PartId part, long generation, LocalDate day) {}

    private record Entry(Part part, @Nullable Price price) {}

    /**
     * @param entry null if it came out of memory, or if the part is unknown
     * @param inPieces a kit of which no box stands on the shelf
     */
    private record Read(PartId part, @Nullable Entry entry, long onHand, boolean near, boolean inPieces) {}

    public SqlitePartCatalogue(
            SqliteFile reference,
            SqliteFile sales,
            Identities identities,
            BranchSettings branches,
            AppliedStreams streams,
            JsonMapper json,
            Clock clock) {
        this.reference = reference;
        this.tables = new JoinedReader(reference, sales, "sales");
        this.identities = identities;
        this.branches = branches;
        this.json = json;
        this.clock = clock;
        this.stocked = new StockedParts(tables);
        this.openings = new Openings(reference, identities);
        this.manager = CacheManagerBuilder.newCacheManagerBuilder().build(true);
        this.cache = manager.createCache(
                CACHE,
                CacheConfigurationBuilder.newCacheConfigurationBuilder(
                        Key.class, Entry.class, ResourcePoolsBuilder.heap(CACHED_CARDS)));
        streams.onApplied(stream -> {
            if (stream == Stream.STOCK) stocked.streamApplied();
            if (stream == Stream.CATALOGUE) stocked.catalogueApplied();
            if (MADE_OF.contains(stream)) {
                generation.incrementAndGet();
                cache.clear();
                warm();
            }
        });
        warm();
    }

    /** Brings to mind what was sold last, which is what a counter is asked for most; at the start, and when a stream has made memory worthless. */
    private void warm() {
        List<PartId> sold =
                tables.read(session -> session.all("""
                select distinct part_id
                from (
                    select part_id
                    from sales.sale_line
                    order by rowid desc
                    limit ?)
                limit ?
                """, row -> new PartId(row.id("part_id")), WARM_LINES, WARM_CARDS));
        long now = generation.get();
        LocalDate today = today(branches.current());
        for (int from = 0; from < sold.size(); from += WARM_AT_ONCE) {
            List<PartId> some = sold.subList(from, Math.min(sold.size(), from + WARM_AT_ONCE));
            for (Read row : join(some, some, today)) remember(row, now, today);
        }
    }

    private void remember(Read row, long now, LocalDate today) {
        Entry fresh = row.entry();
        if (fresh != null) cache.put(new Key(row.part(), now, today), fresh);
    }

    /** What the hub says this branch began with. */
    public Openings openings() {
        return openings;
    }

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
            return stocked.now(here());
        }

        @Override
        public Map<PartId, OnHand> onHand(List<PartId> candidates) {
            return joined(candidates);
        }

        @Override
        public Map<PartId, PartCard> cards(Collection<PartId> parts) {
            joined(parts.stream().filter(part -> !read.contains(part)).toList());
            Map<PartId, PartCard> found = new LinkedHashMap<>();
            for (PartId part : parts) {
                PartCard card = cards.get(part);
                if (card != null) found.put(part, card);
            }
            return found;
        }

        private Map<PartId, OnHand> joined(Collection<PartId> parts) {
            if (parts.isEmpty()) return Map.of();
            long now = generation.get();
            Optional<Branch> branch = branches.current();
            LocalDate today = today(branch);
            Map<PartId, OnHand> onHand = new HashMap<>();
            Map<PartId, Entry> entries = new HashMap<>();
            List<PartId> absent = new ArrayList<>();
            for (PartId part : parts) {
                Entry entry = cache.get(new Key(part, now, today));
                if (entry == null) absent.add(part);
                else entries.put(part, entry);
            }
            hits.add(entries.size());
            misses.add(absent.size());
            statements.increment();
            Map<PartId, Entry> kits = new LinkedHashMap<>();
            for (Read row : join(parts, absent, today)) {
                Entry fresh = row.entry();
                if (fresh != null) entries.put(row.part(), fresh);
                remember(row, now, today);
                Entry entry = entries.get(row.part());
                if (entry != null) {
                    cards.put(row.part(), card(entry, row.onHand(), branch));
                    onHand.put(row.part(), new OnHand(row.onHand() > 0, row.near()));
                    if (row.inPieces()) kits.put(row.part(), entry);
                }
            }
            read.addAll(parts);
            if (!kits.isEmpty() && branch.isPresent()) byPieces(kits, branch.get(), today);
            return onHand;
        }

        /** Kits that are sold by their pieces, at what is charged for those. */
        private void byPieces(Map<PartId, Entry> kits, Branch branch, LocalDate today) {
            statements.increment();
            Map<PartId, Map<PartId, Quantity>> held =
                    tables.read(session -> KitPieces.of(session, ids(kits.keySet()), here()));
            Map<PartId, KitPieces.Piece> pieces = pieces(
                    held.values().stream()
                            .flatMap(one -> one.keySet().stream())
                            .distinct()
                            .toList(),
                    today);
            held.forEach((kit, each) -> {
                PartCard card = Objects.requireNonNull(cards.get(kit));
                KitPieces.sum(card.price(), each, pieces, branch.region())
                        .ifPresent(sum -> cards.put(
                                kit,
                                new PartCard(
                                        card.part(),
                                        card.price(),
                                        sum.price(),
                                        sum.withTax().text(),
                                        card.stock())));
            });
        }

        private Map<PartId, KitPieces.Piece> pieces(List<PartId> parts, LocalDate today) {
            long now = generation.get();
            Map<PartId, KitPieces.Piece> pieces = new HashMap<>();
            List<PartId> absent = new ArrayList<>();
            for (PartId part : parts) {
                Entry entry = cache.get(new Key(part, now, today));
                if (entry == null) absent.add(part);
                else pieces.put(part, new KitPieces.Piece(entry.part(), entry.price()));
            }
            if (absent.isEmpty()) return pieces;
            statements.increment();
            for (Read row : join(absent, absent, today)) {
                remember(row, now, today);
                Entry fresh = row.entry();
                if (fresh != null) pieces.put(row.part(), new KitPieces.Piece(fresh.part(), fresh.price()));
            }
            return pieces;
        }
    }

    private static PartCard card(Entry entry, long onHand, Optional<Branch> branch) {
        return new PartCard(entry.part(), entry.price(), priceText(entry, branch), new Quantity(onHand));
    }

    private LocalDate today(Optional<Branch> branch) {
        return clock.instant().atZone(branch.map(Branch::zone).orElse(UTC)).toLocalDate();
    }

    /** This branch's id; empty before it is registered. */
    private String here() {
        return identities.current().map(identity -> identity.store().toString()).orElse("");
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
                        .map(row -> new Fitment(
                                row.make(),
                                row.model(),
                                row.yearFrom(),
                                row.yearTo(),
                                row.engine(),
                                Objects.requireNonNullElse(row.body(), ""),
                                row.position(),
                                row.notes()))
                        .toList(),
                kept.interchanges().stream()
                        .map(row -> new Interchange(
                                Interchange.Kind.valueOf(row.kind()),
                                row.otherBrand(),
                                new PartNumber(row.otherNumber())))
                        .toList(),
                kept.relations().stream()
                        .map(row -> new Related(
                                PartRelation.Kind.valueOf(row.kind()),
                                new PartId(row.part()),
                                PartRelation.Grade.ofText(row.grade()),
                                new Quantity(row.quantity()),
                                row.position(),
                                row.note()))
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

    /** Stock of all parts, of a kit also what the pieces on hand make; with everything else of those that memory does not have. */
    private List<Read> join(Collection<PartId> all, Collection<PartId> absent, LocalDate today) {
        String here = here();
        return tables.read(session ->
                session.all("""
                select wanted.value as wanted, part.id,
                       part.line_code, part.part_number, part.brand, part.name_es, part.name_en, part.category, part.unit,
                       part.tax_class, part.core, part.sat_code, part.sat_unit, part.tax_object,
                       price.amount, price.currency, price.includes_tax, dated.amount as dated_amount, dated.includes_tax as dated_includes_tax,
                       coalesce(stock.opening, 0) + coalesce(balance.moved, 0) - coalesce((
                           select sum(hold.quantity)
                           from sales.note_hold hold
                           where hold.part_id = wanted.value and hold.until > ?), 0) - coalesce((
                           select sum(apart.quantity)
                           from sales.promise_line apart
                           join sales.promise promise on promise.id = apart.promise_id
                           where apart.part_id = wanted.value and promise.closed_at is null
                           and (promise.kind = 'LAYAWAY'
                                or promise.kind = 'ORDER' and exists (
                                    select 1
                                    from sales.promise_change change
                                    where change.promise_id = promise.id and change.change = 'ARRIVED'))), 0) + coalesce((
                           select max(0, min((coalesce(held.opening, 0) + coalesce(there.moved, 0)) / component.quantity)) * 1000
                           from part_component component
                           left join sales.stock_balance there on there.part_id = component.part_id
                           left join branch_stock held on held.part_id = component.part_id and held.store_id = ?
                           where component.kit_id = wanted.value), 0) as on_hand,
                       exists (
                           select 1
                           from branch_stock other
                           where other.part_id = wanted.value and other.store_id <> ? and other.on_hand > 0) as near,
                       coalesce(stock.opening, 0) + coalesce(balance.moved, 0) < 1000
                           and exists (select 1 from part_component component where component.kit_id = wanted.value) as in_pieces,
                       (
                           select json_group_array(json_object('value', barcode.barcode, 'pack', barcode.pack) order by barcode.barcode)
                           from part_barcode barcode
                           where barcode.part_id = part.id) as barcodes
                from json_each(?) wanted
                left join sales.stock_balance balance on balance.part_id = wanted.value
                left join part on part.id = wanted.value and wanted.value in (select value from json_each(?))
                left join part_price price on price.part_id = part.id
                left join price_rule dated on dated.id = (
                    select rule.id
                    from price_rule rule
                    where rule.target = 'PART' and rule.target_value = part.id and rule.level = 'PUBLICO' and rule.customer is null
                    and rule.from_quantity = 0 and rule.starts <= ? and (rule.ends is null or rule.ends >= ?)
                    order by rule.starts desc, rule.version desc, rule.id desc
                    limit 1)
                left join branch_stock stock on stock.part_id = wanted.value and stock.store_id = ?
                """, this::read, clock.instant(), here, here, ids(all), ids(absent), today, today, here));
    }

    private Read read(Row row) throws SQLException {
        return new Read(
                new PartId(row.id("wanted")),
                row.textOrNull("id") == null ? null : entry(row),
                row.number("on_hand"),
                row.flag("near"),
                row.flag("in_pieces"));
    }

    private String ids(Collection<PartId> ids) {
        return json.writeValueAsString(ids.stream().map(PartId::toString).toList());
    }

    private Entry entry(Row row) throws SQLException {
        List<Barcode> barcodes = Arrays.stream(json.readValue(row.text("barcodes"), PartRow.BarcodeRow[].class))
                .map(each -> new Barcode(each.value(), new Quantity(each.pack())))
                .toList();
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
        if (!row.isNull("dated_amount"))
            price = new Price(Money.mxn(row.number("dated_amount")), row.flag("dated_includes_tax"));
        return new Entry(part, price);
    }

    @Override
    public void close() {
        tables.close();
        manager.close();
    }
}
