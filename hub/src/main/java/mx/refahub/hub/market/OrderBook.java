package mx.refahub.hub.market;

import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.market.Order;
import mx.refahub.domain.stream.Stream;
import mx.refahub.hub.stream.Publications;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Orders as the marketplaces have them, and what the branches hold for them. A paid order asks one branch to set its goods aside: a promise of that branch to itself,
 * made by the hub, which the branch answers and shows like any other, with a network or once it is back. Every method runs in its caller's transaction.
 */
final class OrderBook {
    private static final Logger LOG = LoggerFactory.getLogger(OrderBook.class);
    private static final Duration HOLD = Duration.ofDays(14);
    static final String PART_UNKNOWN = "market-part-unknown";
    static final String NO_STOCK = "market-no-stock";
    static final String CANCELLED_AFTER_SALE = "market-cancelled-after-sale";
    static final String CHANGED_AFTER_SALE = "market-changed-after-sale";

    private final JdbcClient jdbc;
    private final Publications publications;
    private final IdSource ids;
    private final Clock clock;

    OrderBook(JdbcClient jdbc, Publications publications, IdSource ids, Clock clock) {
        this.jdbc = jdbc;
        this.publications = publications;
        this.ids = ids;
        this.clock = clock;
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    /** @param state as it stands here */
    private record Kept(
            UUID id,
            OffsetDateTime changedAt,
            Order.State state,
            boolean reserved,
            boolean freed,
            boolean sold,
            @Nullable UUID store) {}

    /** As it is now; one that is older than what is kept changes nothing. */
    void keep(UUID connection, String seller, Order order) {
        // The counters first, always in this order: their rows order all who change stock, and so two orders for the
        // last piece.
        boolean raised = order.state() == Order.State.PAID
                || order.state() == Order.State.CANCELLED
                || differs(connection, order)
                || says(connection, order);
        if (raised) {
            publications.raise(Stream.STOCK);
            publications.raise(Stream.LEASES);
        }
        Kept before = kept(connection, order.id()).orElse(null);
        if (before != null && before.changedAt().toInstant().isAfter(order.changedAt())) return;
        // A cancelled order never comes back.
        if (before != null && before.state() == Order.State.CANCELLED && order.state() != Order.State.CANCELLED) return;
        UUID id = before == null ? insert(connection, order) : before.id();
        // Whoever has not raised the counters may not do so behind the order's row.
        boolean said = before != null && before.store() != null && raised && says(connection, order);
        update(id, order);
        if (said) tell(id);
        // A cancelled order keeps what it was.
        if (before != null && raised && order.state() != Order.State.CANCELLED)
            lines(connection, seller, order, before);
        boolean free = before == null || !before.reserved() && !before.sold();
        switch (order.state()) {
            case PAID -> {
                if (free) reserve(id, seller + " " + order.id(), null);
            }
            case CANCELLED -> {
                if (before != null && before.sold()) trouble(id, CANCELLED_AFTER_SALE);
                else {
                    free(id, "cancelado en el mercado");
                    trouble(id, "");
                }
            }
            case OPEN, SHIPPED, DELIVERED -> {}
        }
    }

    private Optional<Kept> kept(UUID connection, String outside) {
        return jdbc.sql("""
                select id, changed_at, state, reserved_at is not null as reserved, freed_at is not null as freed, sale_id is not null as sold,
                    store_id
                from market_order
                where connection_id = :connection
                and outside_id = :outside
                for update
                """)
                .param("connection", connection)
                .param("outside", outside)
                .query((row, n) -> new Kept(
                        row.getObject("id", UUID.class),
                        row.getObject("changed_at", OffsetDateTime.class),
                        Order.State.valueOf(row.getString("state")),
                        row.getBoolean("reserved"),
                        row.getBoolean("freed"),
                        row.getBoolean("sold"),
                        row.getObject("store_id", UUID.class)))
                .optional();
    }

    private UUID insert(UUID connection, Order order) {
        UUID id = ids.next();
        jdbc.sql("""
                insert into market_order (id, connection_id, outside_id, pack, state, created_at, changed_at, fetched_at, buyer, total, currency)
                values (:id, :connection, :outside, :pack, :state, :created, :changed, :now, :buyer, :total, :currency)
                """)
                .param("id", id)
                .param("connection", connection)
                .param("outside", order.id())
                .param("pack", order.pack(), Types.VARCHAR)
                .param("state", order.state().name())
                .param("created", order.createdAt().atOffset(ZoneOffset.UTC))
                .param("changed", order.changedAt().atOffset(ZoneOffset.UTC))
                .param("now", now())
                .param("buyer", order.buyer())
                .param("total", order.total().minor())
                .param("currency", order.total().currency().getCurrencyCode())
                .update();
        int position = 0;
        for (Order.Line line : order.lines()) insert(connection, id, ++position, line);
        LOG.info("market order kept order={} connection={} outside={} lines={}", id, connection, order.id(), position);
        return id;
    }

    private void insert(UUID connection, UUID order, int position, Order.Line line) {
        jdbc.sql("""
                insert into market_order_line (order_id, position, outside_line, sku, listing, title, part_id, pieces, unit_price, fee)
                values (:order, :position, :line, :sku, :listing, :title, (
                    select part_id
                    from market_listing
                    where connection_id = :connection
                    and (sku = :sku or outside_id = :listing)
                    order by sku = :sku desc
                    limit 1), :pieces, :price, :fee)
                """)
                .param("order", order)
                .param("position", position)
                .param("line", line.id())
                .param("sku", line.sku())
                .param("listing", line.listing())
                .param("title", line.title())
                .param("connection", connection)
                .param("pieces", line.pieces())
                .param("price", line.unitPrice().minor())
                .param("fee", line.fee().minor())
                .update();
    }

    private record Stands(
            int position,
            String outside,
            long pieces,
            @Nullable UUID lease) {}

    private List<Stands> stands(UUID connection, String outside) {
        return jdbc.sql("""
                select l.position, l.outside_line, l.pieces, l.lease_id
                from market_order_line l
                join market_order o on o.id = l.order_id
                where o.connection_id = :connection
                and o.outside_id = :outside
                order by l.position
                """)
                .param("connection", connection)
                .param("outside", outside)
                .query((row, n) ->
                        new Stands(row.getInt(1), row.getString(2), row.getLong(3), row.getObject(4, UUID.class)))
                .list();
    }

    /** Pieces by the marketplace's line; one that names two lines the same counts as one. */
    private static Map<String, Long> pieces(Order order) {
        return order.lines().stream()
                .collect(Collectors.toMap(Order.Line::id, Order.Line::pieces, Long::sum, TreeMap::new));
    }

    private boolean differs(UUID connection, Order order) {
        List<Stands> stands = stands(connection, order.id());
        return !stands.isEmpty()
                && !stands.stream()
                        .collect(Collectors.toMap(Stands::outside, Stands::pieces, Long::sum, TreeMap::new))
                        .equals(pieces(order));
    }

    /** Whether it tells the branch that sells it something new. */
    private boolean says(UUID connection, Order order) {
        Order.Shipment shipment = order.shipment();
        return jdbc.sql("""
                select exists (
                    select
                    from market_order
                    where connection_id = :connection
                    and outside_id = :outside
                    and (state <> 'CANCELLED' and :state = 'CANCELLED'
                        or :buyer not in ('', buyer)
                        or :deliver_to not in ('', deliver_to)
                        or :tracking not in ('', tracking)
                        or :by_marketplace and not by_marketplace))
                """)
                .param("connection", connection)
                .param("outside", order.id())
                .param("state", order.state().name())
                .param("buyer", order.buyer())
                .param("deliver_to", shipment == null ? "" : shipment.to())
                .param("tracking", shipment == null ? "" : shipment.tracking())
                .param("by_marketplace", shipment != null && shipment.byMarketplace())
                .query(Boolean.class)
                .single();
    }

    /** Its branch hears of it with its leases. */
    private void tell(UUID order) {
        jdbc.sql("""
                update stock_lease
                set leases_version = :version
                where id in (
                    select lease_id
                    from market_order_line
                    where order_id = :order)
                """)
                .param("version", publications.raise(Stream.LEASES))
                .param("order", order)
                .update();
    }

    /** Lines that shrank or are gone, because a part of the order was cancelled; what was set aside for them is free again, and what is left of them set aside anew. */
    private void lines(UUID connection, String seller, Order order, Kept before) {
        if (!differs(connection, order)) return;
        if (before.sold()) {
            trouble(before.id(), CHANGED_AFTER_SALE);
            return;
        }
        Map<String, Long> now = pieces(order);
        int last = 0;
        Set<String> seen = new HashSet<>();
        UUID store = before.reserved() && !before.freed() ? before.store() : null;
        long version = publications.raise(Stream.LEASES);
        for (Stands line : stands(connection, order.id())) {
            last = line.position();
            Long pieces = seen.add(line.outside()) ? now.get(line.outside()) : null;
            if (pieces != null && pieces == line.pieces()) continue;
            if (line.lease() != null) withdraw(line.lease(), "cancelado en parte en el mercado", version);
            jdbc.sql(pieces == null ? """
                    delete from market_order_line
                    where order_id = :order
                    and position = :position
                    """ : """
                    update market_order_line
                    set pieces = :pieces, lease_id = null
                    where order_id = :order
                    and position = :position
                    """)
                    .param("pieces", pieces, Types.BIGINT)
                    .param("order", before.id())
                    .param("position", line.position())
                    .update();
        }
        for (Order.Line line : order.lines()) if (seen.add(line.id())) insert(connection, before.id(), ++last, line);
        if (store != null) lease(before.id(), seller + " " + order.id(), store, version);
        tell(before.id());
        LOG.info("market order changed its lines order={} lines={}", before.id(), now.size());
    }

    private void withdraw(UUID lease, String why, long version) {
        jdbc.sql("""
                update stock_lease
                set withdrawn_at = :now, withdrawn_by = 'hub', why = :why, leases_version = :version
                where id = :id
                and sent_at is null
                and withdrawn_at is null
                """)
                .param("now", now())
                .param("why", why)
                .param("version", version)
                .param("id", lease)
                .update();
    }

    private void update(UUID id, Order order) {
        Order.Shipment shipment = order.shipment();
        jdbc.sql("""
                update market_order
                set state = :state, changed_at = :changed, fetched_at = :now, buyer = case when :buyer = '' then buyer else :buyer end,
                    shipment = coalesce(:shipment, shipment),
                    shipment_state = case when :shipment_state = '' then shipment_state else :shipment_state end,
                    by_marketplace = :by_marketplace or by_marketplace,
                    carrier = case when :carrier = '' then carrier else :carrier end,
                    tracking = case when :tracking = '' then tracking else :tracking end,
                    deliver_to = case when :deliver_to = '' then deliver_to else :deliver_to end,
                    why = :why, total = case when :total = 0 then total else :total end
                where id = :id
                """)
                .param("total", order.total().minor())
                .param("id", id)
                .param("state", order.state().name())
                .param("changed", order.changedAt().atOffset(ZoneOffset.UTC))
                .param("now", now())
                .param("buyer", order.buyer())
                .param("shipment", shipment == null ? null : shipment.id(), Types.VARCHAR)
                .param("shipment_state", shipment == null ? "" : shipment.state())
                .param("by_marketplace", shipment != null && shipment.byMarketplace())
                .param("carrier", shipment == null ? "" : shipment.carrier())
                .param("tracking", shipment == null ? "" : shipment.tracking())
                .param("deliver_to", shipment == null ? "" : shipment.to())
                .param("why", order.why())
                .update();
        // Before it is paid a marketplace may keep the prices to itself.
        for (Order.Line line : order.lines()) {
            if (line.unitPrice().isZero()) continue;
            jdbc.sql("""
                    update market_order_line
                    set unit_price = :price
                    where order_id = :order
                    and outside_line = :line
                    and unit_price = 0
                    """)
                    .param("price", line.unitPrice().minor())
                    .param("order", id)
                    .param("line", line.id())
                    .update();
        }
    }

    private void trouble(UUID order, String code) {
        jdbc.sql("""
                update market_order
                set trouble = :code
                where id = :id
                """).param("code", code).param("id", order).update();
    }

    /**
     * Sets all lines aside at one branch: the one asked for, else where the rest of the parcel is, else of those that the rule allows the one with most. Without such a
     * branch it is a trouble for a person. The counters of stock and leases have been raised by the caller.
     */
    void reserve(UUID order, String forWhom, @Nullable UUID at) {
        boolean known = jdbc.sql("""
                select count(*) = 0
                from market_order_line
                where order_id = :order
                and part_id is null
                """).param("order", order).query(Boolean.class).single();
        if (!known) {
            trouble(order, PART_UNKNOWN);
            return;
        }
        UUID store = at != null ? at : branch(order);
        if (store == null) {
            trouble(order, NO_STOCK);
            return;
        }
        jdbc.sql("""
                update market_order_line
                set lease_id = null
                where order_id = :order
                """).param("order", order).update();
        int lines = lease(order, forWhom, store, publications.raise(Stream.LEASES));
        jdbc.sql("""
                update market_order
                set store_id = :store, reserved_at = :now, freed_at = null, trouble = ''
                where id = :id
                """)
                .param("store", store)
                .param("now", now())
                .param("id", order)
                .update();
        LOG.info("market order set aside order={} store={} lines={}", order, store, lines);
    }

    /** Sets aside every line that has nothing set aside yet and whose part is known. @return how many */
    private int lease(UUID order, String forWhom, UUID store, long version) {
        record Line(int position, UUID part, long pieces) {}
        List<Line> lines = jdbc.sql("""
                select position, part_id, pieces
                from market_order_line
                where order_id = :order
                and lease_id is null
                and part_id is not null
                order by position
                """)
                .param("order", order)
                .query((row, n) -> new Line(row.getInt(1), row.getObject(2, UUID.class), row.getLong(3)))
                .list();
        for (Line line : lines) {
            UUID lease = ids.next();
            jdbc.sql("""
                    insert into stock_lease (
                        id, asker, giver, part_id, quantity, ticket_id, for_whom, asked_at, asked_by, asked_by_hub, expires_at, leases_version)
                    values (:id, :store, :store, :part, :quantity, :order, :for_whom, :now, :by, true, :expires, :version)
                    """)
                    .param("id", lease)
                    .param("store", store)
                    .param("part", line.part())
                    .param("quantity", line.pieces() * 1_000)
                    .param("order", order)
                    .param("for_whom", forWhom)
                    .param("now", now())
                    .param("by", forWhom)
                    .param("expires", now().plus(HOLD))
                    .param("version", version)
                    .update();
            jdbc.sql("""
                    update market_order_line
                    set lease_id = :lease
                    where order_id = :order
                    and position = :position
                    """)
                    .param("lease", lease)
                    .param("order", order)
                    .param("position", line.position())
                    .update();
        }
        return lines.size();
    }

    private @Nullable UUID branch(UUID order) {
        return jdbc.sql("""
                with need as (
                    select part_id, sum(pieces) * 1000 as pieces
                    from market_order_line
                    where order_id = :order
                    group by part_id),
                allowed as (
                    select coalesce(array_agg(distinct s) filter (where s is not null), '{}') as stores
                    from market_order o
                    join market_order_line l on l.order_id = o.id
                    join market_listing m on m.connection_id = o.connection_id and m.part_id = l.part_id
                    join market_rule r on r.id = m.rule_id
                    cross join lateral unnest(r.stores) s
                    where o.id = :order),
                promised as (
                    select giver, part_id, sum(coalesce(reserved, quantity)) as pieces
                    from stock_lease
                    where sent_at is null
                    and withdrawn_at is null
                    and refused_at is null
                    and expires_at > :now
                    group by giver, part_id)
                select s.id
                from store s
                cross join allowed a
                cross join need n
                left join stock_on_hand h on h.store_id = s.id and h.part_id = n.part_id
                left join promised p on p.giver = s.id and p.part_id = n.part_id
                where s.closed_at is null
                and (cardinality(a.stores) = 0 or s.id = any(a.stores))
                group by s.id, s.code
                having bool_and(coalesce(h.on_hand, 0) - coalesce(p.pieces, 0) >= n.pieces)
                order by exists (
                        select
                        from market_order mine
                        join market_order other on other.connection_id = mine.connection_id and other.pack = mine.pack and other.id <> mine.id
                        where mine.id = :order
                        and other.store_id = s.id) desc,
                    min(coalesce(h.on_hand, 0) - coalesce(p.pieces, 0)) desc, s.code
                limit 1
                """)
                .param("order", order)
                .param("now", now())
                .query((row, n) -> row.getObject(1, UUID.class))
                .optional()
                .orElse(null);
    }

    private record Standing(@Nullable UUID store, @Nullable UUID sale, Order.State state, long lines) {}

    /**
     * A branch's ticket that sells it, in the posting's transaction. The counter of stock has been raised by the caller.
     *
     * @param paid at the marketplace, as the ticket says
     * @return what is odd about it
     */
    List<String> sold(UUID order, UUID sale, UUID store, String by, long paid) {
        Standing there = jdbc.sql("""
                select store_id, sale_id, state, (
                    select coalesce(sum(pieces * unit_price), 0)
                    from market_order_line
                    where order_id = o.id) as lines
                from market_order o
                where id = :order
                for update
                """)
                .param("order", order)
                .query((row, n) -> new Standing(
                        row.getObject(1, UUID.class),
                        row.getObject(2, UUID.class),
                        Order.State.valueOf(row.getString(3)),
                        row.getLong(4)))
                .optional()
                .orElse(null);
        if (there == null) return List.of("sells the marketplace order " + order + ", which this hub does not know");
        if (sale.equals(there.sale())) return List.of();
        if (there.sale() != null)
            return List.of("sells the marketplace order " + order + ", which was sold by another ticket before");
        List<String> odd = new ArrayList<>();
        if (!store.equals(there.store()))
            odd.add("sells the marketplace order " + order + ", which was set aside at another branch");
        if (paid != there.lines())
            odd.add("says that " + paid + " was paid at the marketplace, the order says " + there.lines());
        jdbc.sql("""
                update market_order
                set sale_id = :sale, store_id = :store, sold_at = :now, sold_by = :by,
                    trouble = case when state = 'CANCELLED' then :late else '' end
                where id = :order
                """)
                .param("sale", sale)
                .param("store", store)
                .param("now", now())
                .param("by", by)
                .param("late", CANCELLED_AFTER_SALE)
                .param("order", order)
                .update();
        free(order, "vendido");
        tell(order);
        LOG.info("market order sold order={} sale={} store={}", order, sale, store);
        return odd;
    }

    /** The branch has handed the parcel over; noted once, and then the marketplace is told until it knows. */
    void parcel(UUID order, String carrier, String tracking, String by) {
        int noted = jdbc.sql("""
                update market_order
                set parcel_carrier = :carrier, parcel_tracking = :tracking, parcel_by = :by
                where id = :order
                and parcel_tracking = ''
                """)
                .param("carrier", carrier)
                .param("tracking", tracking)
                .param("by", by)
                .param("order", order)
                .update();
        if (noted == 0) return;
        jdbc.sql("""
                insert into market_errand (connection_id, subject, outside_id, noted_at, next_try)
                select connection_id, 'PARCEL', outside_id, :now, :now
                from market_order
                where id = :order
                on conflict do nothing
                """).param("now", now()).param("order", order).update();
    }

    /** What was set aside and not sold is free again; the counters have been raised by the caller. */
    void free(UUID order, String why) {
        long version = publications.raise(Stream.LEASES);
        int freed = jdbc.sql("""
                update stock_lease
                set withdrawn_at = :now, withdrawn_by = 'hub', why = :why, leases_version = :version
                where id in (
                    select lease_id
                    from market_order_line
                    where order_id = :order)
                and sent_at is null
                and withdrawn_at is null
                """)
                .param("now", now())
                .param("why", why)
                .param("version", version)
                .param("order", order)
                .update();
        jdbc.sql("""
                update market_order
                set freed_at = :now
                where id = :id
                and reserved_at is not null
                and freed_at is null
                """).param("now", now()).param("id", order).update();
        if (freed > 0) LOG.info("market order freed order={} leases={}", order, freed);
    }
}
