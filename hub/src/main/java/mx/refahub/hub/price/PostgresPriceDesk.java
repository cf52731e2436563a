package mx.refahub.hub.price;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.PartCard;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.pricing.Buyer;
import mx.refahub.domain.pricing.Occasion;
import mx.refahub.domain.pricing.PriceBook;
import mx.refahub.domain.pricing.PriceDesk;
import mx.refahub.domain.pricing.PriceLevel;
import mx.refahub.domain.pricing.PriceRule;
import mx.refahub.domain.pricing.PriceTarget;
import mx.refahub.domain.pricing.Pricing;
import mx.refahub.domain.pricing.Promotion;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.tax.Tax;
import mx.refahub.domain.tax.TaxRegion;
import mx.refahub.domain.wire.PriceBookRow;
import mx.refahub.hub.access.AuditTrail;
import mx.refahub.hub.stream.Publications;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Every act raises the book's counter first: its row orders all who write, so that whoever sees a version sees all of it. */
final class PostgresPriceDesk implements PriceDesk {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresPriceDesk.class);
    private static final int SHOWN = 50;
    private static final int LOOKED_AT = 2_000;
    private static final int HUNDRED = 100;

    private final JdbcClient jdbc;
    /** Fetches as it goes: a run may change more prices than memory should hold. */
    private final JdbcClient rowByRow;

    private final PriceRows rows;
    private final PartCatalogue catalogue;
    private final Publications publications;
    private final AuditTrail audit;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final JsonMapper json;

    PostgresPriceDesk(
            JdbcClient jdbc,
            JdbcClient rowByRow,
            PriceRows rows,
            PartCatalogue catalogue,
            Publications publications,
            AuditTrail audit,
            Clock clock,
            TransactionTemplate transaction,
            JsonMapper json) {
        this.jdbc = jdbc;
        this.rowByRow = rowByRow;
        this.rows = rows;
        this.catalogue = catalogue;
        this.publications = publications;
        this.audit = audit;
        this.clock = clock;
        this.transaction = transaction;
        this.json = json;
    }

    @Override
    public List<PriceLevel> levels() {
        return rows.levels();
    }

    @Override
    public Optional<PartPrices> part(PartId part) {
        return catalogue
                .card(part)
                .map(card -> new PartPrices(
                        card.part(), card.price(), costs(Set.of(part)).get(part), pricesOf(part)));
    }

    private List<Kept<PriceRule>> pricesOf(PartId part) {
        return jdbc.sql("""
                select id, target, target_value, level, customer_id, from_quantity, amount, includes_tax, percent_off, starts, ends, book_version,
                    created_at, created_by, withdrawn_at, withdrawn_by
                from price_rule
                where target = 'PART'
                and target_value = :part
                order by starts desc, book_version desc, level, from_quantity
                limit 500
                """)
                .param("part", part.toString())
                .query((row, n) -> rows.rule(row))
                .list();
    }

    @Override
    public List<Kept<PriceRule>> wide() {
        return jdbc.sql("""
                select id, target, target_value, level, customer_id, from_quantity, amount, includes_tax, percent_off, starts, ends, book_version,
                    created_at, created_by, withdrawn_at, withdrawn_by
                from price_rule
                where target <> 'PART'
                and withdrawn_at is null
                and (ends is null or ends >= :today)
                order by starts desc, target, target_value, level, from_quantity
                limit 1000
                """)
                .param("today", earliestToday())
                .query((row, n) -> rows.rule(row))
                .list();
    }

    @Override
    public List<Kept<Promotion>> promotions(int limit) {
        return jdbc.sql("""
                select id, body::text as body, book_version, created_at, created_by, withdrawn_at, withdrawn_by
                from promotion
                order by created_at desc, id
                limit :limit
                """)
                .param("limit", limit)
                .query((row, n) -> rows.promotion(row))
                .list();
    }

    /** Somewhere it may still be yesterday. */
    private LocalDate earliestToday() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(1);
    }

    @Override
    public Outcome<PriceRule> add(PriceRule rule, Person by) {
        return transaction.execute(status -> {
            long version = publications.raise(Stream.PRICE_BOOK);
            Optional<Kept<PriceRule>> there = jdbc.sql("""
                    select id, target, target_value, level, customer_id, from_quantity, amount, includes_tax, percent_off, starts, ends,
                        book_version, created_at, created_by, withdrawn_at, withdrawn_by
                    from price_rule
                    where id = :id
                    """)
                    .param("id", rule.id())
                    .query((row, n) -> rows.rule(row))
                    .optional();
            if (there.isPresent()) {
                status.setRollbackOnly();
                return Outcome.done(there.get().what());
            }
            Optional<Refusal> no = refusal(List.of(rule.target()), rule.starts());
            if (no.isPresent()) {
                status.setRollbackOnly();
                return new Outcome.Refused<PriceRule>(no.get());
            }
            PriceBookRow.RuleRow row = PriceBookRow.RuleRow.of(rule);
            jdbc.sql("""
                    insert into price_rule (id, target, target_value, level, customer_id, from_quantity, amount, includes_tax, percent_off, starts,
                        ends, book_version, changed_version, created_at, created_by)
                    values (:id, :target, :value, :level, cast(:customer as uuid), :from, cast(:amount as bigint), :includesTax,
                        cast(:percentOff as integer), :starts, cast(:ends as date), :version, :version, :now, :by)
                    """)
                    .param("id", rule.id())
                    .param("target", row.target())
                    .param("value", row.targetValue())
                    .param("level", row.level())
                    .param(
                            "customer",
                            row.customer() == null ? null : row.customer().toString())
                    .param("from", row.from())
                    .param("amount", row.amount())
                    .param("includesTax", row.includesTax())
                    .param("percentOff", row.percentOff())
                    .param("starts", row.starts())
                    .param("ends", row.ends() == null ? null : row.ends().toString())
                    .param("version", version)
                    .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                    .param("by", by.name())
                    .update();
            if (row.level() != null) jdbc.sql("""
                        insert into price_level (code, name)
                        values (:code, :code)
                        on conflict do nothing
                        """).param("code", row.level()).update();
            audit.record(by.name(), "price-published", rule.id().toString());
            LOG.info(
                    "price published rule={} version={} target={} {}",
                    rule.id(),
                    version,
                    row.target(),
                    row.targetValue());
            return Outcome.done(row.rule(rule.id(), version));
        });
    }

    @Override
    public Outcome<Promotion> add(Promotion promotion, Person by) {
        return transaction.execute(status -> {
            long version = publications.raise(Stream.PRICE_BOOK);
            Optional<Kept<Promotion>> there = jdbc.sql("""
                    select id, body::text as body, book_version, created_at, created_by, withdrawn_at, withdrawn_by
                    from promotion
                    where id = :id
                    """)
                    .param("id", promotion.id())
                    .query((row, n) -> rows.promotion(row))
                    .optional();
            if (there.isPresent()) {
                status.setRollbackOnly();
                return Outcome.done(there.get().what());
            }
            Optional<Refusal> no = refusal(targets(promotion), promotion.starts());
            if (no.isPresent()) {
                status.setRollbackOnly();
                return new Outcome.Refused<Promotion>(no.get());
            }
            PriceBookRow.PromotionRow row = PriceBookRow.PromotionRow.of(promotion);
            jdbc.sql("""
                    insert into promotion (id, name, body, starts, ends, book_version, changed_version, created_at, created_by)
                    values (:id, :name, cast(:body as jsonb), :starts, cast(:ends as date), :version, :version, :now, :by)
                    """)
                    .param("id", promotion.id())
                    .param("name", promotion.name())
                    .param("body", json.writeValueAsString(row))
                    .param("starts", row.starts())
                    .param("ends", row.ends() == null ? null : row.ends().toString())
                    .param("version", version)
                    .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                    .param("by", by.name())
                    .update();
            audit.record(by.name(), "promotion-published", promotion.id().toString());
            LOG.info("promotion published promotion={} version={}", promotion.id(), version);
            return Outcome.done(row.promotion(promotion.id(), version));
        });
    }

    /** What a promotion is for; a kit is for its parts. */
    private static List<PriceTarget> targets(Promotion promotion) {
        return promotion.effect() instanceof Promotion.Effect.Kit kit
                ? kit.parts().keySet().stream()
                        .map(part -> new PriceTarget(PriceTarget.Kind.PART, part.toString()))
                        .toList()
                : promotion.targets();
    }

    private Optional<Refusal> refusal(List<PriceTarget> targets, LocalDate starts) {
        if (starts.isBefore(earliestToday())) return Optional.of(Refusal.of("price-starts-past"));
        for (PriceTarget target : targets) {
            boolean known = switch (target.kind()) {
                case ALL -> true;
                case PART ->
                    jdbc.sql("select exists (select 1 from part where id::text = :value and removed_at is null)")
                            .param("value", target.value())
                            .query(Boolean.class)
                            .single();
                case BRAND ->
                    jdbc.sql(
                                    "select exists (select 1 from part where lower(brand) = lower(:value) and removed_at is null)")
                            .param("value", target.value())
                            .query(Boolean.class)
                            .single();
                case CATEGORY ->
                    jdbc.sql(
                                    "select exists (select 1 from part where (category = :value or starts_with(category, :value || '/')) and removed_at is null)")
                            .param("value", target.value())
                            .query(Boolean.class)
                            .single();
            };
            if (!known)
                return Optional.of(
                        target.kind() == PriceTarget.Kind.PART
                                ? Refusal.of("price-part-unknown")
                                : Refusal.of("price-target-unknown", target.value()));
        }
        return Optional.empty();
    }

    @Override
    public Outcome<UUID> withdraw(UUID id, Person by) {
        return transaction.execute(status -> {
            long version = publications.raise(Stream.PRICE_BOOK);
            int withdrawn = 0;
            for (String sql : List.of("""
                    update price_rule
                    set withdrawn_version = :version, changed_version = :version, withdrawn_at = :now, withdrawn_by = :by
                    where id = :id
                    and withdrawn_version is null
                    """, """
                    update promotion
                    set withdrawn_version = :version, changed_version = :version, withdrawn_at = :now, withdrawn_by = :by
                    where id = :id
                    and withdrawn_version is null
                    """))
                withdrawn += jdbc.sql(sql)
                        .param("version", version)
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .param("by", by.name())
                        .param("id", id)
                        .update();
            if (withdrawn == 0) {
                status.setRollbackOnly();
                boolean known =
                        jdbc.sql("""
                        select exists (select 1 from price_rule where id = :id) or exists (select 1 from promotion where id = :id)
                        """).param("id", id).query(Boolean.class).single();
                return known ? Outcome.done(id) : Outcome.<UUID>refused("price-unknown");
            }
            audit.record(by.name(), "price-withdrawn", id.toString());
            LOG.info("price withdrawn id={} version={}", id, version);
            return Outcome.done(id);
        });
    }

    private record Touched(long all, List<PartId> some) {}

    @Override
    public Preview preview(Promotion promotion) {
        Touched touched = touched(promotion);
        Map<PartId, PartCard> cards = catalogue.cards(touched.some());
        Map<PartId, Money> costs = costs(cards.keySet());
        long version = publications.current().getOrDefault(Stream.PRICE_BOOK, 0L);
        List<Part> parts = cards.values().stream().map(PartCard::part).toList();
        LocalDate day = promotion.starts();
        PriceBook book = rows.at(version, parts, Buyer.PUBLIC, day);
        PriceBook alone = new PriceBook(version, book.rules(), List.of(everywhere(promotion)));
        Occasion occasion = new Occasion(new UUID(0, 0), day, Buyer.PUBLIC);
        List<Pricing.Wanted> lines = new ArrayList<>();
        for (PartCard card : cards.values()) {
            Price price = card.price();
            if (price == null) continue;
            Part part = card.part();
            lines.add(new Pricing.Wanted(
                    part.id().value(),
                    part,
                    enough(promotion, part),
                    price,
                    0,
                    Tax.of(part.taxClass(), TaxRegion.STANDARD, part.taxObject()),
                    true));
        }
        Map<UUID, Pricing.Priced> priced = Pricing.price(alone, occasion, lines);
        List<Effect> effects = new ArrayList<>();
        for (Pricing.Wanted line : lines) {
            Pricing.Priced its = priced.get(line.line());
            if (its != null) effects.add(effect(line, its, costs));
        }
        effects.sort(Comparator.comparing(Effect::marginPercent, Comparator.nullsLast(Comparator.naturalOrder())));
        return new Preview(touched.all(), effects.stream().limit(SHOWN).toList());
    }

    /** Of a kit, as many as one kit takes; of take and pay, one round. */
    private static Quantity enough(Promotion promotion, Part part) {
        return switch (promotion.effect()) {
            case Promotion.Effect.TakeAndPay(int take, int unused) -> Quantity.of(take);
            case Promotion.Effect.Kit kit -> kit.parts().getOrDefault(part.id(), Quantity.ONE);
            case Promotion.Effect.PercentOff unused -> Quantity.ONE;
            case Promotion.Effect.AmountOff unused -> Quantity.ONE;
        };
    }

    private static Promotion everywhere(Promotion promotion) {
        return new Promotion(
                promotion.id(),
                promotion.name(),
                promotion.effect(),
                promotion.targets(),
                Set.of(),
                Set.of(),
                promotion.priority(),
                promotion.starts(),
                promotion.ends(),
                promotion.version());
    }

    private static Effect effect(Pricing.Wanted line, Pricing.Priced priced, Map<PartId, Money> costs) {
        Part part = line.part();
        Money each = Money.rounded(
                priced.unit()
                        .amount()
                        .times(line.quantity().value())
                        .minus(priced.off())
                        .amount()
                        .divide(line.quantity().value(), 6, Money.ROUNDING),
                Money.MXN);
        Money cost = costs.get(part.id());
        Money net = priced.unit().includesTax() ? line.tax().within(each).base() : each;
        Integer margin = null;
        if (cost != null)
            margin = net.isZero()
                    ? -HUNDRED
                    : (Integer) BigDecimal.valueOf(net.minor() - cost.minor())
                            .multiply(BigDecimal.valueOf(HUNDRED))
                            .divide(BigDecimal.valueOf(net.minor()), 0, RoundingMode.FLOOR)
                            .intValue();
        return new Effect(
                part.id(),
                part.lineCode().value(),
                part.number().value(),
                part.nameEs(),
                priced.list(),
                new Price(each, priced.unit().includesTax()),
                cost,
                margin);
    }

    private Touched touched(Promotion promotion) {
        List<PriceTarget> targets = targets(promotion);
        boolean all = targets.contains(PriceTarget.EVERYTHING);
        String where = """
                from part
                where removed_at is null
                and (:all
                    or lower(brand) = any(:brands)
                    or category = any(:categories)
                    or exists (select 1 from unnest(:categories) as above (name) where starts_with(category, above.name || '/'))
                    or id = any(cast(:ids as uuid[])))
                """;
        Map<String, Object> params = new HashMap<>();
        params.put("all", all);
        params.put("brands", values(targets, PriceTarget.Kind.BRAND, true));
        params.put("categories", values(targets, PriceTarget.Kind.CATEGORY, false));
        params.put(
                "ids",
                targets.stream()
                        .filter(target -> target.kind() == PriceTarget.Kind.PART)
                        .map(PriceTarget::value)
                        .toArray(String[]::new));
        long count = jdbc.sql("select count(*) " + where)
                .params(params)
                .query(Long.class)
                .single();
        List<PartId> some = jdbc.sql("select id " + where + " order by id limit :limit")
                .params(params)
                .param("limit", LOOKED_AT)
                .query((row, n) -> new PartId(row.getObject(1, UUID.class)))
                .list();
        return new Touched(count, some);
    }

    private static String[] values(List<PriceTarget> targets, PriceTarget.Kind kind, boolean lower) {
        return targets.stream()
                .filter(target -> target.kind() == kind)
                .map(target -> lower ? target.value().toLowerCase(Locale.ROOT) : target.value())
                .toArray(String[]::new);
    }

    @Override
    public void changes(long run, @Nullable StoreId store, Consumer<Change> taker) {
        transaction.executeWithoutResult(status -> {
            JdbcClient.StatementSpec wanted = store == null
                    ? rowByRow.sql(CHANGES).param("run", run)
                    : rowByRow.sql(LABELS).param("run", run).param("store", store.value());
            wanted.query(row -> {
                Long before = row.getObject("old_price", Long.class);
                taker.accept(new Change(
                        row.getString("line_code"),
                        row.getString("part_number"),
                        row.getString("name_es"),
                        new PriceLevel(row.getString("level")),
                        Money.mxn(row.getLong("cost")),
                        before == null ? null : Money.mxn(before),
                        Money.mxn(row.getLong("new_price")),
                        Money.mxn(row.getLong("net")),
                        row.getBoolean("includes_tax"),
                        row.getString("bin")));
            });
        });
    }

    private static final String CHANGES = """
        select p.line_code, p.part_number, p.name_es, c.level, c.cost, c.old_price, c.new_price, c.net, c.includes_tax, '' as bin
        from price_change c
        join part p on p.id = c.part_id
        where c.run_id = :run
        order by p.line_code, p.part_number, c.level
        """;

    private static final String LABELS = """
        select p.line_code, p.part_number, p.name_es, c.level, c.cost, c.old_price, c.new_price, c.net, c.includes_tax, h.bin
        from price_change c
        join part p on p.id = c.part_id
        join stock_on_hand h on h.part_id = c.part_id
        where c.run_id = :run
        and c.level = 'PUBLICO'
        and h.store_id = :store
        and (h.on_hand > 0 or h.bin <> '')
        order by h.bin, p.line_code, p.part_number
        """;

    private Map<PartId, Money> costs(Collection<PartId> parts) {
        Map<PartId, Money> costs = new HashMap<>();
        jdbc.sql("""
                select distinct on (part_id) part_id, last_cost
                from stock_on_hand
                where part_id = any(cast(:parts as uuid[]))
                and last_cost is not null
                order by part_id, last_cost_at desc nulls last
                """)
                .param("parts", parts.stream().map(PartId::toString).toArray(String[]::new))
                .query((row, n) -> costs.put(
                        new PartId(row.getObject("part_id", UUID.class)), Money.mxn(row.getLong("last_cost"))))
                .list();
        return costs;
    }
}
