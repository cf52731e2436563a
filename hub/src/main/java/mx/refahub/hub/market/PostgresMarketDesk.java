package mx.refahub.hub.market;

import java.net.URI;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.market.Answer;
import mx.refahub.domain.market.Grant.Tokens;
import mx.refahub.domain.market.Hint;
import mx.refahub.domain.market.MarketCounter.Errand;
import mx.refahub.domain.market.MarketDesk;
import mx.refahub.domain.market.MarketTraffic;
import mx.refahub.domain.market.Marketplace;
import mx.refahub.domain.market.Order;
import mx.refahub.domain.market.Question;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.outside.Connection;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.stream.Stream;
import mx.refahub.hub.access.AuditTrail;
import mx.refahub.hub.market.Sellers.Opened;
import mx.refahub.hub.stream.Publications;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

final class PostgresMarketDesk implements MarketDesk {
    private static final int MOST = 500;
    private static final int MOST_RULES = 100;
    private static final int LONGEST = 200;
    private static final int LEAST_PERCENT = -9_000;
    private static final int MOST_PERCENT = 100_000;
    private static final String BACK = "/console/marketplaces";

    private final Sellers sellers;
    private final PostgresMarketCounter counter;
    private final OrderBook book;
    private final PublicPictures pictures;
    private final ObjectProvider<MarketTraffic> traffic;
    private final Publications publications;
    private final AuditTrail audit;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    PostgresMarketDesk(
            Sellers sellers,
            PostgresMarketCounter counter,
            OrderBook book,
            PublicPictures pictures,
            ObjectProvider<MarketTraffic> traffic,
            Publications publications,
            AuditTrail audit,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Clock clock) {
        this.sellers = sellers;
        this.counter = counter;
        this.book = book;
        this.pictures = pictures;
        this.traffic = traffic;
        this.publications = publications;
        this.audit = audit;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private void record(Person who, String act, String subject) {
        audit.record(who.id().toString(), act, subject);
    }

    // Connections

    @Override
    public List<Account> accounts() {
        List<Account> accounts = new ArrayList<>();
        for (Connection connection : sellers.all()) {
            Sellers.Row row = sellers.row(connection.id());
            Opened opened = sellers.find(connection.id()).orElse(null);
            if (opened == null) continue;
            boolean here = opened.kind()
                    .authorise(connection, URI.create("https://hub.invalid" + BACK), "state")
                    .isPresent();
            boolean locked = row.lockedWhy() != null;
            Standing standing = locked ? Standing.LOCKED : here && row.access() == null ? Standing.NEW : Standing.OPEN;
            accounts.add(jdbc.sql("""
                    select
                        (select count(*) from market_listing where connection_id = :id and state = 'STANDING') as standing,
                        (select count(*) from market_listing where connection_id = :id and (state = 'SENT' or state = 'WAITING' and wanted_pieces > 0
                            or state = 'STANDING' and (sent_price, sent_pieces, sent_hash, sent_state)
                                is distinct from (wanted_price, wanted_pieces, wanted_hash, wanted_state))) as waiting,
                        (select count(*) from market_listing where connection_id = :id and state = 'REFUSED') as refused,
                        (select count(*) from market_order where connection_id = :id and state in ('OPEN', 'PAID') and sale_id is null) as orders,
                        (select count(*) from market_question where connection_id = :id and state = 'OPEN') as questions
                    """)
                    .param("id", connection.id())
                    .query((found, n) -> new Account(
                            connection.id(),
                            connection.name(),
                            connection.kind().name(),
                            standing,
                            locked ? Objects.requireNonNull(row.lockedWhy()) : "",
                            row.seller(),
                            row.authorisedAt(),
                            row.authorisedBy(),
                            here,
                            row.hook(),
                            row.waitUntil() == null || row.waitUntil().isBefore(clock.instant())
                                    ? null
                                    : row.waitUntil(),
                            found.getLong("standing"),
                            found.getLong("waiting"),
                            found.getLong("refused"),
                            found.getLong("orders"),
                            found.getLong("questions")))
                    .single());
        }
        return accounts;
    }

    @Override
    public Outcome<URI> authorise(UUID connection, URI back, Person who) {
        Opened opened = sellers.find(connection).orElse(null);
        if (opened == null) return Outcome.refused("connection-unknown");
        if (!isBack(back)) return Outcome.refused("market-back-wrong");
        sellers.row(connection);
        String state = sellers.secret();
        Optional<URI> to = opened.kind().authorise(opened.connection(), back, state);
        if (to.isEmpty()) return Outcome.refused("market-no-sign-in");
        transaction.executeWithoutResult(status -> {
            jdbc.sql("""
                    update market_seller
                    set asked_state = :state
                    where connection_id = :id
                    """).param("state", state).param("id", connection).update();
            record(who, "marketplace sign-in begun", connection.toString());
        });
        return Outcome.done(to.get());
    }

    private static boolean isBack(URI back) {
        return ("https".equals(back.getScheme()) || "http".equals(back.getScheme()))
                && back.getHost() != null
                && BACK.equals(back.getPath())
                && back.getRawQuery() == null;
    }

    @Override
    public Outcome<UUID> authorised(String state, String code, URI back, Person who) {
        Sellers.Row row = state.isBlank() ? null : sellers.byState(state).orElse(null);
        if (row == null || !isBack(back)) return Outcome.refused("market-state-unknown");
        Opened opened = sellers.find(row.connection()).orElse(null);
        if (opened == null) return Outcome.refused("connection-unknown");
        Answer<Tokens> answer = opened.kind().authorised(opened.connection(), back, code);
        if (!(answer instanceof Answer.Done<Tokens>(Tokens tokens))) return refusal(answer);
        transaction.executeWithoutResult(status -> {
            sellers.authorised(opened.connection(), tokens, who.name());
            record(who, "marketplace authorised", row.connection().toString());
        });
        return Outcome.done(row.connection());
    }

    private static <T> Outcome<T> refusal(Answer<?> answer) {
        return switch (answer) {
            case Answer.Done<?> done -> throw new IllegalArgumentException("done");
            case Answer.Refused<?> refused -> Outcome.refused("market-refused", refused.sentence());
            case Answer.Limited<?> limited ->
                Outcome.refused(
                        "market-unreachable", "espera " + limited.after().toSeconds() + " s");
            case Answer.Unreachable<?> unreachable -> Outcome.refused("market-unreachable", unreachable.what());
            case Answer.Locked<?> locked -> Outcome.refused("market-locked", locked.why());
        };
    }

    // Rules

    @Override
    public List<Rule> rules(UUID connection) {
        return jdbc.sql("""
                select id, brand, category, price_from, price_to, with_picture, least_stock, safety_stock, level, percent, ending, stores, outside_category
                from market_rule
                where connection_id = :connection
                order by position
                """)
                .param("connection", connection)
                .query((row, n) -> rule(row))
                .list();
    }

    private static Rule rule(ResultSet row) throws SQLException {
        Long priceTo = row.getObject("price_to", Long.class);
        Array stores = row.getArray("stores");
        return new Rule(
                row.getObject("id", UUID.class),
                row.getString("brand"),
                row.getString("category"),
                Money.mxn(row.getLong("price_from")),
                priceTo == null ? null : Money.mxn(priceTo),
                row.getBoolean("with_picture"),
                row.getInt("least_stock"),
                row.getInt("safety_stock"),
                row.getString("level"),
                row.getInt("percent"),
                Ending.valueOf(row.getString("ending")),
                List.of((UUID[]) stores.getArray()),
                row.getString("outside_category"));
    }

    private static boolean isWrong(Rule rule) {
        Money to = rule.priceTo();
        return rule.brand().length() > LONGEST
                || rule.category().length() > LONGEST
                || rule.level().length() > LONGEST
                || rule.outsideCategory().length() > LONGEST
                || rule.priceFrom().isNegative()
                || to != null && to.compareTo(rule.priceFrom()) <= 0
                || rule.leastStock() < 0
                || rule.safetyStock() < 0
                || rule.percent() < LEAST_PERCENT
                || rule.percent() > MOST_PERCENT;
    }

    @Override
    public Outcome<List<Rule>> rules(UUID connection, List<Rule> rules, Person who) {
        if (sellers.find(connection).isEmpty()) return Outcome.refused("connection-unknown");
        for (int i = 0; i < rules.size(); i++)
            if (i >= MOST_RULES || isWrong(rules.get(i)))
                return Outcome.refused("market-rule-invalid", Integer.toString(i + 1));
        transaction.executeWithoutResult(status -> {
            jdbc.sql("""
                    delete from market_rule
                    where connection_id = :connection
                    """).param("connection", connection).update();
            int position = 0;
            for (Rule rule : rules) {
                position++;
                Money to = rule.priceTo();
                jdbc.sql("""
                        insert into market_rule (
                            id, connection_id, position, brand, category, price_from, price_to, with_picture, least_stock, safety_stock, level, percent, ending,
                            stores, outside_category)
                        values (
                            :id, :connection, :position, :brand, :category, :price_from, :price_to, :with_picture, :least, :safety, :level, :percent, :ending,
                            string_to_array(:stores, ',')::uuid[], :outside)
                        """)
                        .param("id", rule.id())
                        .param("connection", connection)
                        .param("position", position)
                        .param("brand", rule.brand())
                        .param("category", rule.category())
                        .param("price_from", rule.priceFrom().minor())
                        .param("price_to", to == null ? null : to.minor(), Types.BIGINT)
                        .param("with_picture", rule.withPicture())
                        .param("least", rule.leastStock())
                        .param("safety", rule.safetyStock())
                        .param("level", rule.level())
                        .param("percent", rule.percent())
                        .param("ending", rule.ending().name())
                        .param(
                                "stores",
                                String.join(
                                        ",",
                                        rule.stores().stream()
                                                .map(UUID::toString)
                                                .toList()))
                        .param("outside", rule.outsideCategory())
                        .update();
            }
            record(who, "marketplace rules changed", connection.toString());
        });
        return Outcome.done(rules(connection));
    }

    @Override
    public Outcome<PartId> exclude(UUID connection, PartId part, boolean out, String why, Person who) {
        if (sellers.find(connection).isEmpty()) return Outcome.refused("connection-unknown");
        boolean known = jdbc.sql("select exists (select from part where id = :part)")
                .param("part", part.value())
                .query(Boolean.class)
                .single();
        if (!known) return Outcome.refused("part-unknown");
        transaction.executeWithoutResult(status -> {
            if (out)
                jdbc.sql("""
                        insert into market_exclusion (connection_id, part_id, why, by_name, at)
                        values (:connection, :part, :why, :by, :now)
                        on conflict (connection_id, part_id) do nothing
                        """)
                        .param("connection", connection)
                        .param("part", part.value())
                        .param("why", short200(why))
                        .param("by", who.name())
                        .param("now", now())
                        .update();
            else
                jdbc.sql("""
                        delete from market_exclusion
                        where connection_id = :connection
                        and part_id = :part
                        """)
                        .param("connection", connection)
                        .param("part", part.value())
                        .update();
            record(who, out ? "part kept off a marketplace" : "part let onto a marketplace", part.toString());
        });
        return Outcome.done(part);
    }

    private static String short200(String text) {
        String clean = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST);
    }

    // Listings

    @Override
    public List<Listing> listings(UUID connection, ListingView view, String words, int limit) {
        String of = switch (view) {
            case ALL -> "true";
            case STANDING -> "m.state = 'STANDING'";
            case WAITING -> """
                        (m.state = 'SENT' or m.state = 'WAITING' and m.wanted_pieces > 0
                            or m.state = 'STANDING' and (sent_price, sent_pieces, sent_hash, sent_state)
                                is distinct from (wanted_price, wanted_pieces, wanted_hash, wanted_state))""";
            case REFUSED -> "m.state = 'REFUSED'";
        };
        return jdbc.sql("""
                select m.id, m.part_id, p.line_code, p.part_number, p.name_es, m.sku, m.state, coalesce(m.outside_id, '') as outside_id, m.address,
                    m.outside_state, m.sent_price, m.sent_pieces, m.wanted_price, m.wanted_pieces, m.wanted_state, m.code, m.reason, m.note, m.changed_at, m.sent_at, (
                        select count(*)
                        from part_image i
                        where i.part_id = m.part_id) as pictures,
                    exists (
                        select
                        from market_exclusion x
                        where x.connection_id = m.connection_id
                        and x.part_id = m.part_id) as excluded
                from market_listing m
                join part p on p.id = m.part_id
                where m.connection_id = :connection
                and (:words = '' or p.normal_number like upper(:number) || '%' or p.name_es ilike '%' || :words || '%' or m.sku ilike :words || '%'
                    or m.outside_id = :words)
                and """ + ' ' + of + """

                order by m.changed_at desc, m.id
                limit :limit
                """)
                .param("connection", connection)
                .param("words", words.strip().replaceAll("[%_\\\\]", ""))
                .param("number", words.replaceAll("[^A-Za-z0-9]", ""))
                .param("limit", Math.clamp(limit, 1, MOST))
                .query((row, n) -> {
                    Long sentPrice = row.getObject("sent_price", Long.class);
                    return new Listing(
                            row.getObject("id", UUID.class),
                            connection,
                            new PartId(row.getObject("part_id", UUID.class)),
                            row.getString("line_code"),
                            row.getString("part_number"),
                            row.getString("name_es"),
                            row.getString("sku"),
                            row.getString("state"),
                            row.getString("outside_id"),
                            row.getString("address"),
                            row.getString("outside_state"),
                            sentPrice == null ? null : Money.mxn(sentPrice),
                            row.getObject("sent_pieces", Long.class),
                            Money.mxn(row.getLong("wanted_price")),
                            row.getLong("wanted_pieces"),
                            row.getString("wanted_state").equals("PAUSED"),
                            row.getBoolean("excluded"),
                            row.getString("code"),
                            row.getString("reason"),
                            row.getString("note"),
                            row.getObject("changed_at", OffsetDateTime.class).toInstant(),
                            row.getInt("pictures"),
                            PostgresMarketCounter.instant(row.getObject("sent_at", OffsetDateTime.class)));
                })
                .list();
    }

    @Override
    public Outcome<UUID> again(UUID listing, Person who) {
        int changed = jdbc.sql("""
                update market_listing
                set state = case when outside_id is null then 'WAITING' else 'STANDING' end, code = '', reason = '', tries = 0, next_try = :now,
                    sent_hash = null, changed_at = :now
                where id = :id
                and state in ('REFUSED', 'STANDING', 'WAITING')
                """).param("now", now()).param("id", listing).update();
        if (changed == 0) return Outcome.refused("market-listing-unknown");
        record(who, "marketplace listing sent again", listing.toString());
        return Outcome.done(listing);
    }

    // Orders

    @Override
    public List<SoldOrder> orders(boolean openOnly, int limit) {
        record Line(UUID order, OrderLine line) {}
        List<SoldOrder> heads = jdbc.sql("""
                select o.id, o.connection_id, c.name as connection, o.outside_id, coalesce(o.pack, '') as pack, o.state, o.created_at, o.buyer, o.total,
                    o.currency, coalesce(s.code, '') as branch, coalesce(t.folio_prefix || '-' || lpad(t.folio_number::text, 6, '0'), '') as ticket,
                    o.shipment_state, o.by_marketplace, case when o.tracking = '' then o.parcel_carrier else o.carrier end as carrier,
                    case when o.tracking = '' then o.parcel_tracking else o.tracking end as tracking, o.deliver_to, o.why, o.trouble
                from market_order o
                join outside_connection c on c.id = o.connection_id
                left join store s on s.id = o.store_id
                left join sale t on t.id = o.sale_id
                where not :open or o.trouble <> '' or o.state in ('OPEN', 'PAID')
                order by o.created_at desc, o.id
                limit :limit
                """)
                .param("open", openOnly)
                .param("limit", Math.clamp(limit, 1, MOST))
                .query((row, n) -> order(row))
                .list();
        if (heads.isEmpty()) return heads;
        List<Line> lines = jdbc.sql("""
                select l.order_id, l.sku, l.title, l.part_id, l.pieces, l.unit_price, l.fee, o.currency, case
                    when k.id is null then ''
                    when k.withdrawn_at is not null then 'FREED'
                    when k.refused_at is not null then 'REFUSED'
                    when k.expires_at <= :now then 'LAPSED'
                    when k.reserved is null then 'ASKED'
                    when k.reserved < k.quantity then 'SHORT'
                    else 'RESERVED' end as lease
                from market_order_line l
                join market_order o on o.id = l.order_id
                left join stock_lease k on k.id = l.lease_id
                where l.order_id in (:orders)
                order by l.order_id, l.position
                """)
                .param("now", now())
                .param("orders", heads.stream().map(SoldOrder::id).toList())
                .query((row, n) -> {
                    Currency currency = Currency.getInstance(row.getString("currency"));
                    UUID part = row.getObject("part_id", UUID.class);
                    return new Line(
                            row.getObject("order_id", UUID.class),
                            new OrderLine(
                                    row.getString("sku"),
                                    row.getString("title"),
                                    part == null ? null : new PartId(part),
                                    row.getLong("pieces"),
                                    new Money(row.getLong("unit_price"), currency),
                                    new Money(row.getLong("fee"), currency),
                                    row.getString("lease")));
                })
                .list();
        return heads.stream()
                .map(head -> new SoldOrder(
                        head.id(),
                        head.connection(),
                        head.connectionName(),
                        head.outside(),
                        head.pack(),
                        head.state(),
                        head.createdAt(),
                        head.buyer(),
                        head.total(),
                        head.branch(),
                        head.ticket(),
                        head.shipmentState(),
                        head.byMarketplace(),
                        head.carrier(),
                        head.tracking(),
                        head.deliverTo(),
                        head.why(),
                        head.trouble(),
                        head.cancellable(),
                        lines.stream()
                                .filter(line -> line.order().equals(head.id()))
                                .map(Line::line)
                                .toList()))
                .toList();
    }

    private SoldOrder order(ResultSet row) throws SQLException {
        return new SoldOrder(
                row.getObject("id", UUID.class),
                row.getObject("connection_id", UUID.class),
                row.getString("connection"),
                row.getString("outside_id"),
                row.getString("pack"),
                Order.State.valueOf(row.getString("state")),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getString("buyer"),
                new Money(row.getLong("total"), Currency.getInstance(row.getString("currency"))),
                row.getString("branch"),
                row.getString("ticket"),
                row.getString("shipment_state"),
                row.getBoolean("by_marketplace"),
                row.getString("carrier"),
                row.getString("tracking"),
                row.getString("deliver_to"),
                row.getString("why"),
                row.getString("trouble"),
                cancels(row.getObject("connection_id", UUID.class)),
                List.of());
    }

    /** Of one that is switched off nothing is known: asked for, it is said what is the matter. */
    private boolean cancels(UUID connection) {
        return sellers.find(connection)
                .map(each -> each.market().abilities().contains(Marketplace.Ability.CANCEL))
                .orElse(true);
    }

    /** Later than the order, at its branch, of no other order, with at least as many pieces of each of its parts. */
    private static final String FITTING = """
        select t.id, t.folio_prefix || '-' || lpad(t.folio_number::text, 6, '0') as folio, t.sold_at, t.total
        from market_order o
        join sale t on t.store_id = o.store_id and t.sold_at >= o.created_at
        where o.id = :order
        and not exists (
            select
            from market_order other
            where other.sale_id = t.id)
        and not exists (
            select
            from (
                select part_id, sum(pieces) * 1000 as pieces
                from market_order_line
                where order_id = o.id
                group by part_id) n
            where n.pieces > coalesce((
                select sum(l.quantity)
                from sale_line l
                where l.sale_id = t.id
                and l.part_id = n.part_id
                and l.kind = 'PART'), 0))
        """;

    @Override
    public List<Ticket> tickets(UUID order) {
        return jdbc.sql(FITTING + """
                order by t.sold_at
                limit 20
                """)
                .param("order", order)
                .query((row, n) -> new Ticket(
                        row.getObject(1, UUID.class),
                        row.getString(2),
                        row.getObject(3, OffsetDateTime.class).toInstant(),
                        Money.mxn(row.getLong(4))))
                .list();
    }

    private record Now(
            UUID connection,
            String outside,
            Order.State state,
            boolean sold,
            String name,
            @Nullable String shipment) {}

    private Optional<Now> locked(UUID order) {
        return jdbc.sql("""
                select o.connection_id, o.outside_id, o.state, o.sale_id is not null as sold, c.name, o.shipment
                from market_order o
                join outside_connection c on c.id = o.connection_id
                where o.id = :id
                for update of o
                """)
                .param("id", order)
                .query((row, n) -> new Now(
                        row.getObject(1, UUID.class),
                        row.getString(2),
                        Order.State.valueOf(row.getString(3)),
                        row.getBoolean(4),
                        row.getString(5),
                        row.getString(6)))
                .optional();
    }

    private void raise() {
        publications.raise(Stream.STOCK);
        publications.raise(Stream.LEASES);
    }

    @Override
    public Outcome<UUID> sold(UUID order, UUID sale, Person who) {
        return Objects.requireNonNull(transaction.execute(status -> {
            raise();
            Now now = locked(order).orElse(null);
            if (now == null) return Outcome.<UUID>refused("market-order-unknown");
            boolean same = jdbc.sql("select exists (select from market_order where id = :order and sale_id = :sale)")
                    .param("order", order)
                    .param("sale", sale)
                    .query(Boolean.class)
                    .single();
            if (same) return Outcome.done(order);
            boolean fits = !now.sold()
                    && jdbc.sql(FITTING + "and t.id = :sale")
                            .param("order", order)
                            .param("sale", sale)
                            .query((row, n) -> 1)
                            .optional()
                            .isPresent();
            if (!fits) return Outcome.<UUID>refused("market-ticket-other");
            jdbc.sql("""
                    update market_order
                    set sale_id = :sale, sold_at = :now, sold_by = :by, trouble = case when state = 'CANCELLED' then :late else '' end
                    where id = :order
                    """)
                    .param("sale", sale)
                    .param("now", now())
                    .param("by", who.name())
                    .param("late", OrderBook.CANCELLED_AFTER_SALE)
                    .param("order", order)
                    .update();
            book.free(order, "vendido");
            record(who, "marketplace order sold", order.toString());
            return Outcome.done(order);
        }));
    }

    @Override
    public Outcome<UUID> reserve(UUID order, @Nullable UUID store, Person who) {
        return Objects.requireNonNull(transaction.execute(status -> {
            raise();
            Now now = locked(order).orElse(null);
            if (now == null) return Outcome.<UUID>refused("market-order-unknown");
            if (now.sold() || now.state() != Order.State.PAID) return Outcome.<UUID>refused("market-order-closed");
            if (store != null) {
                boolean open = jdbc.sql("select exists (select from store where id = :id and closed_at is null)")
                        .param("id", store)
                        .query(Boolean.class)
                        .single();
                if (!open) return Outcome.<UUID>refused("branch-unknown");
            }
            // Lines that named no part when they came may by now.
            jdbc.sql("""
                    update market_order_line l
                    set part_id = m.part_id
                    from market_listing m
                    where l.order_id = :order
                    and l.part_id is null
                    and m.connection_id = :connection
                    and (m.sku = l.sku or m.outside_id = l.listing)
                    """)
                    .param("order", order)
                    .param("connection", now.connection())
                    .update();
            book.free(order, "otra sucursal");
            jdbc.sql("""
                    update market_order_line
                    set lease_id = null
                    where order_id = :order
                    """).param("order", order).update();
            book.reserve(order, now.name() + " " + now.outside(), store);
            record(who, "marketplace order set aside", order.toString());
            return Outcome.done(order);
        }));
    }

    @Override
    public Outcome<UUID> ship(UUID order, String carrier, String tracking, Person who) {
        Now now = one(order).orElse(null);
        if (now == null) return Outcome.refused("market-order-unknown");
        if (!now.sold()) return Outcome.refused("market-not-sold");
        // A buyer who is told that it is on its way wants to know where it is.
        if (carrier.isBlank() || tracking.isBlank()) return Outcome.refused("market-parcel-empty");
        return act(
                order,
                now,
                "marketplace order shipped",
                who,
                opened -> opened.ship(new Marketplace.Parcel(
                        now.outside(),
                        now.shipment() == null ? "" : now.shipment(),
                        short200(carrier),
                        short200(tracking))));
    }

    @Override
    public Outcome<UUID> cancel(UUID order, String why, Person who) {
        Now now = one(order).orElse(null);
        if (now == null) return Outcome.refused("market-order-unknown");
        if (now.state() == Order.State.CANCELLED) return Outcome.done(order);
        if (!cancels(now.connection())) return Outcome.refused("market-no-cancel");
        return act(
                order, now, "marketplace order cancelled", who, market -> market.cancel(now.outside(), short200(why)));
    }

    private Optional<Now> one(UUID order) {
        return Objects.requireNonNull(transaction.execute(status -> locked(order)));
    }

    /** Said to the marketplace outside of any transaction; what it then says of the order is kept like any fetched one. */
    private Outcome<UUID> act(
            UUID order, Now now, String what, Person who, java.util.function.Function<Marketplace, Answer<Order>> say) {
        Opened opened = sellers.find(now.connection()).orElse(null);
        if (opened == null) return Outcome.refused("connection-unknown");
        // Were this process to end now, the order would be fetched again and so tell what came of it.
        counter.note(new Errand(now.connection(), Hint.Subject.ORDER, now.outside()));
        Answer<Order> answer = say.apply(opened.market());
        counter.journal(PostgresMarketCounter.went(
                now.connection(), what.endsWith("shipped") ? "SHIP" : "CANCEL", now.outside(), answer));
        if (!(answer instanceof Answer.Done<Order>(Order done))) return refusal(answer);
        transaction.executeWithoutResult(status -> {
            book.keep(now.connection(), opened.connection().name(), done);
            record(who, what, order.toString());
        });
        return Outcome.done(order);
    }

    // Questions

    @Override
    public List<Asked> questions(boolean openOnly, int limit) {
        return jdbc.sql("""
                select q.connection_id, c.name, q.outside_id, q.listing, coalesce(p.line_code || ' ' || p.part_number || ' ' || p.name_es, '') as part,
                    q.question, q.asked_at, q.state, coalesce(q.reply, '') as reply, q.replied_by
                from market_question q
                join outside_connection c on c.id = q.connection_id
                left join market_listing m on m.connection_id = q.connection_id and m.outside_id = q.listing
                left join part p on p.id = m.part_id
                where not :open or q.state = 'OPEN'
                order by q.state = 'OPEN' desc, q.asked_at desc
                limit :limit
                """)
                .param("open", openOnly)
                .param("limit", Math.clamp(limit, 1, MOST))
                .query((row, n) -> new Asked(
                        row.getObject(1, UUID.class),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getObject(7, OffsetDateTime.class).toInstant(),
                        Question.State.valueOf(row.getString(8)),
                        row.getString(9),
                        row.getString(10)))
                .list();
    }

    @Override
    public Outcome<String> reply(UUID connection, String question, String text, Person who) {
        String reply = text.strip();
        if (reply.isEmpty() || reply.length() > Question.LONGEST_REPLY)
            return Outcome.refused("market-reply-invalid", Integer.toString(Question.LONGEST_REPLY));
        Opened opened = sellers.find(connection).orElse(null);
        if (opened == null) return Outcome.refused("connection-unknown");
        counter.note(new Errand(connection, Hint.Subject.QUESTION, question));
        Answer<Question> answer = opened.market().reply(question, reply);
        counter.journal(PostgresMarketCounter.went(connection, "REPLY", question, answer));
        if (!(answer instanceof Answer.Done<Question>)) return refusal(answer);
        transaction.executeWithoutResult(status -> {
            jdbc.sql("""
                    update market_question
                    set state = 'ANSWERED', reply = :reply, replied_by = :by
                    where connection_id = :connection
                    and outside_id = :id
                    """)
                    .param("reply", reply)
                    .param("by", who.name())
                    .param("connection", connection)
                    .param("id", question)
                    .update();
            record(who, "marketplace question answered", question);
        });
        return Outcome.done(question);
    }

    // What waits for somebody

    @Override
    public List<Parked> parked(int limit) {
        return jdbc.sql("""
                select connection_id, subject, outside_id, reason, parked_at
                from market_errand
                where parked_at is not null
                order by parked_at desc
                limit :limit
                """)
                .param("limit", Math.clamp(limit, 1, MOST))
                .query((row, n) -> new Parked(
                        row.getObject(1, UUID.class),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getObject(5, OffsetDateTime.class).toInstant()))
                .list();
    }

    @Override
    public Outcome<String> retry(UUID connection, String subject, String id, Person who) {
        int changed = jdbc.sql("""
                update market_errand
                set parked_at = null, tries = 0, next_try = :now
                where connection_id = :connection
                and subject = :subject
                and outside_id = :id
                """)
                .param("now", now())
                .param("connection", connection)
                .param("subject", subject.toUpperCase(Locale.ROOT))
                .param("id", id)
                .update();
        if (changed == 0) return Outcome.refused("market-errand-unknown");
        record(who, "marketplace errand tried again", id);
        return Outcome.done(id);
    }

    @Override
    public Picture picture(UUID connection, String hash, String signature) {
        return pictures.picture(connection, hash, signature);
    }

    @Override
    public boolean notified(String hook, Map<String, String> headers, byte[] body) {
        Sellers.Row row = sellers.byHook(hook).orElse(null);
        Opened opened = row == null ? null : sellers.find(row.connection()).orElse(null);
        if (row == null || opened == null) return false;
        Consumer<Hint> tell = hint -> {
            Errand errand = new Errand(row.connection(), hint.subject(), hint.id());
            String key = row.connection() + " " + hint.key();
            MarketTraffic routes = traffic.getIfAvailable();
            if (routes != null) routes.hint(key, errand);
            else counter.note(errand);
        };
        opened.kind().hint(opened.connection(), row.seller(), headers, body).ifPresent(tell);
        return true;
    }
}
