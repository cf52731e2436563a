package mx.refahub.hub.stock;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.part.Units;
import mx.refahub.domain.stock.StockLeases;
import mx.refahub.domain.stock.StockRequests;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.stream.Stream;
import mx.refahub.hub.access.AuditTrail;
import mx.refahub.hub.stream.Publications;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

final class PostgresStockRequests implements StockRequests {
    private static final int MOST = 500;
    private static final int SOURCES = 5;
    private static final int LONGEST = 120;

    private final JdbcClient jdbc;
    private final Publications publications;
    private final AuditTrail audit;
    private final Clock clock;
    private final TransactionTemplate transaction;

    PostgresStockRequests(
            JdbcClient jdbc,
            Publications publications,
            AuditTrail audit,
            Clock clock,
            TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.publications = publications;
        this.audit = audit;
        this.clock = clock;
        this.transaction = transaction;
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static Named named(ResultSet row) throws SQLException {
        return new Named(
                row.getObject("part_id", UUID.class),
                row.getString("line_code"),
                row.getString("part_number"),
                row.getString("name_es"));
    }

    private static Branch branch(ResultSet row, String id, String code) throws SQLException {
        return new Branch(row.getObject(id, UUID.class), row.getString(code));
    }

    private static Quantity quantity(ResultSet row, String column) throws SQLException {
        return new Quantity(row.getLong(column));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Quantity optional(ResultSet row, String column) throws SQLException {
        Long pieces = row.getObject(column, Long.class);
        return pieces == null ? null : new Quantity(pieces);
    }

    @Override
    public List<Proposal> proposals(int limit) {
        return jdbc.sql("""
                with free as (%s)
                select t.from_store, f.code as from_code, a.store_id, d.code as to_code, a.part_id, coalesce(p.line_code, '') as line_code,
                    coalesce(p.part_number, a.part_id::text) as part_number, coalesce(p.name_es, '') as name_es, t.quantity,
                    coalesce(w.free, 0) as spare, coalesce(h.on_hand, 0) as on_hand,
                    exists (
                        select
                        from stock_lease l
                        where l.asker = a.store_id
                        and l.part_id = a.part_id
                        and l.sent_at is null
                        and l.withdrawn_at is null
                        and l.refused_at is null
                        and l.expires_at > :now) as asked
                from reorder_transfer t
                join reorder_alert a on a.id = t.alert_id
                join store f on f.id = t.from_store and f.closed_at is null
                join store d on d.id = a.store_id and d.closed_at is null
                left join part p on p.id = a.part_id
                left join free w on w.store_id = t.from_store and w.part_id = a.part_id
                left join stock_on_hand h on h.store_id = a.store_id and h.part_id = a.part_id
                where a.resolved_at is null
                and coalesce(a.snoozed_until, '-infinity') < :now
                order by asked, coalesce(h.on_hand, 0)::float8 / greatest(1, a.point), d.code, part_number
                limit :limit
                """.formatted(FREE))
                .param("now", now())
                .param("limit", Math.clamp(limit, 1, MOST))
                .query((row, n) -> new Proposal(
                        branch(row, "from_store", "from_code"),
                        branch(row, "store_id", "to_code"),
                        named(row),
                        quantity(row, "quantity"),
                        quantity(row, "spare"),
                        quantity(row, "on_hand"),
                        row.getBoolean("asked")))
                .list();
    }

    /** On hand less what is promised and has not lapsed. */
    private static final String FREE = """
        select h.store_id, h.part_id, h.on_hand - coalesce(l.promised, 0) as free, h.as_of
        from stock_on_hand h
        left join (
            select giver, part_id, sum(reserved)::bigint as promised
            from stock_lease
            where sent_at is null
            and withdrawn_at is null
            and refused_at is null
            and expires_at > :now
            group by giver, part_id) l on l.giver = h.store_id and l.part_id = h.part_id""";

    @Override
    public Outcome<UUID> request(Request request, Person who) {
        if (request.quantity().thousandths() <= 0)
            return Outcome.refused(
                    "stock-quantity-not-positive", request.quantity().text());
        if (request.from().equals(request.to())) return Outcome.refused("branch-own");
        Optional<String> unit = jdbc.sql("select unit from part where id = :part")
                .param("part", request.part().value())
                .query(String.class)
                .optional();
        if (unit.isEmpty()) return Outcome.refused("part-unknown");
        if (!Units.allow(request.quantity(), unit.get()))
            return Outcome.refused("stock-quantity-fraction", request.quantity().text(), unit.get());
        Integer open = jdbc.sql("select count(*) from store where id in (:from, :to) and closed_at is null")
                .param("from", request.from())
                .param("to", request.to())
                .query(Integer.class)
                .single();
        if (open != 2) return Outcome.refused("branch-unknown");
        return Objects.requireNonNull(transaction.execute(status -> {
            long version = publications.raise(Stream.LEASES);
            int made = jdbc.sql("""
                    insert into stock_lease (
                        id, asker, giver, part_id, quantity, for_whom, asked_at, asked_by, asked_by_hub, expires_at, leases_version)
                    values (:id, :to, :from, :part, :quantity, '', :now, :by, true, :expires, :version)
                    on conflict (id) do nothing
                    """)
                    .param("id", request.act())
                    .param("to", request.to())
                    .param("from", request.from())
                    .param("part", request.part().value())
                    .param("quantity", request.quantity().thousandths())
                    .param("now", now())
                    .param("by", who.name())
                    .param("expires", now().plus(HOLD))
                    .param("version", version)
                    .update();
            if (made == 1) {
                audit.record(
                        who.id().toString(), "transfer asked for", request.act().toString());
                return Outcome.done(request.act());
            }
            boolean same = jdbc.sql("""
                    select exists (
                        select
                        from stock_lease
                        where id = :id
                        and (asker, giver, part_id, quantity) = (:to, :from, :part, :quantity))
                    """)
                    .param("id", request.act())
                    .param("to", request.to())
                    .param("from", request.from())
                    .param("part", request.part().value())
                    .param("quantity", request.quantity().thousandths())
                    .query(Boolean.class)
                    .single();
            return same ? Outcome.done(request.act()) : Outcome.refused("stock-act-differs");
        }));
    }

    private record Found(Case found, UUID store, UUID part) {}

    @Override
    public List<Case> cases(int limit) {
        List<Found> found = jdbc.sql(CASES)
                .param("now", now())
                .param("limit", Math.clamp(limit, 1, MOST))
                .query((row, n) -> {
                    Branch store = branch(row, "store_id", "store_code");
                    UUID other = row.getObject("other_id", UUID.class);
                    return new Found(
                            new Case(
                                    row.getObject("id", UUID.class),
                                    Trouble.valueOf(row.getString("trouble")),
                                    store,
                                    other == null ? null : new Branch(other, row.getString("other_code")),
                                    named(row),
                                    quantity(row, "quantity"),
                                    row.getString("for_whom"),
                                    row.getString("why"),
                                    instant(row, "since"),
                                    quantity(row, "on_order"),
                                    List.of()),
                            store.id(),
                            row.getObject("part_id", UUID.class));
                })
                .list();
        Map<UUID, List<Source>> sources =
                sources(found.stream().map(Found::part).distinct().toArray(UUID[]::new));
        return found.stream()
                .map(each -> with(
                        each.found(),
                        sources.getOrDefault(each.part(), List.of()).stream()
                                .filter(source -> !source.branch().id().equals(each.store()))
                                .limit(SOURCES)
                                .toList()))
                .toList();
    }

    private static Case with(Case one, List<Source> from) {
        return new Case(
                one.id(),
                one.trouble(),
                one.store(),
                one.other(),
                one.part(),
                one.quantity(),
                one.forWhom(),
                one.why(),
                one.since(),
                one.onOrder(),
                from);
    }

    private Map<UUID, List<Source>> sources(UUID[] parts) {
        Map<UUID, List<Source>> sources = new HashMap<>();
        jdbc.sql("""
                with free as (%s where h.part_id = any(:parts))
                select w.part_id, w.store_id, s.code, w.free, w.as_of
                from free w
                join store s on s.id = w.store_id and s.closed_at is null
                where w.free > 0
                order by w.part_id, w.free desc, s.code
                """.formatted(FREE)).param("parts", parts).param("now", now()).query(row -> {
            sources.computeIfAbsent(row.getObject("part_id", UUID.class), part -> new ArrayList<>())
                    .add(new Source(branch(row, "store_id", "code"), quantity(row, "free"), instant(row, "as_of")));
        });
        return sources;
    }

    private static final String CASES = """
        with promised as (
            select id, giver, part_id, reserved, sum(reserved) over (partition by giver, part_id order by reserved_at, id) as pieces
            from stock_lease
            where reserved > 0
            and sent_at is null
            and withdrawn_at is null
            and refused_at is null
            and expires_at > :now),
        open as (
            select cast(null as uuid) as id, 'NEGATIVE' as trouble, h.store_id, cast(null as uuid) as other_id, h.part_id, -h.on_hand as quantity,
                '' as for_whom, '' as why, h.as_of as since
            from stock_on_hand h
            where h.on_hand < 0
            union all
            select l.id, case
                    when l.refused_at is not null then 'REFUSED'
                    when l.expires_at <= :now then 'LAPSED'
                    else 'SHORT'
                end, l.asker, l.giver, l.part_id, l.quantity - case when l.refused_at is null and l.expires_at > :now then l.reserved else 0 end,
                l.for_whom, l.why, l.asked_at
            from stock_lease l
            where l.sent_at is null
            and l.withdrawn_at is null
            and (l.refused_at is not null or l.expires_at <= :now or l.reserved < l.quantity)
            union all
            select l.id, 'OVERSOLD', l.asker, l.giver, l.part_id, least(w.reserved, w.pieces - h.on_hand)::bigint, l.for_whom, '', h.as_of
            from promised w
            join stock_on_hand h on h.store_id = w.giver and h.part_id = w.part_id and h.on_hand < w.pieces
            join stock_lease l on l.id = w.id and l.reserved = l.quantity)
        select o.id, o.trouble, o.store_id, s.code as store_code, o.other_id, g.code as other_code, o.part_id,
            coalesce(p.line_code, '') as line_code, coalesce(p.part_number, o.part_id::text) as part_number, coalesce(p.name_es, '') as name_es,
            o.quantity, o.for_whom, o.why, o.since, coalesce(r.pieces, 0) as on_order
        from open o
        join store s on s.id = o.store_id
        left join store g on g.id = o.other_id
        left join part p on p.id = o.part_id
        left join (
            select o.store_id, l.part_id, sum(greatest(0, l.quantity - l.received))::bigint as pieces
            from purchase_order o
            join purchase_order_line l on l.order_id = o.id
            where o.approved_at is not null
            and o.received_at is null
            and o.closed_at is null
            and o.cancelled_at is null
            group by o.store_id, l.part_id) r on r.store_id = o.store_id and r.part_id = o.part_id
        order by o.trouble = 'NEGATIVE', o.since, o.part_id
        limit :limit
        """;

    @Override
    public List<Lease> leases(int limit) {
        Instant now = clock.instant();
        return jdbc.sql("""
                select l.id, l.asker, a.code as asker_code, l.giver, g.code as giver_code, l.part_id, coalesce(p.line_code, '') as line_code,
                    coalesce(p.part_number, l.part_id::text) as part_number, coalesce(p.name_es, '') as name_es, l.quantity, l.reserved,
                    l.refused_at is not null as refused, l.for_whom, l.asked_by, l.asked_by_hub, l.asked_at, l.expires_at
                from stock_lease l
                join store a on a.id = l.asker
                join store g on g.id = l.giver
                left join part p on p.id = l.part_id
                where l.sent_at is null
                and l.withdrawn_at is null
                order by l.asked_at desc
                limit :limit
                """)
                .param("limit", Math.clamp(limit, 1, MOST))
                .query((row, n) -> {
                    Instant expires = instant(row, "expires_at");
                    Quantity reserved = optional(row, "reserved");
                    Quantity quantity = quantity(row, "quantity");
                    return new Lease(
                            row.getObject("id", UUID.class),
                            branch(row, "asker", "asker_code"),
                            branch(row, "giver", "giver_code"),
                            named(row),
                            quantity,
                            reserved,
                            state(row.getBoolean("refused"), expires.isAfter(now), quantity, reserved),
                            row.getString("for_whom"),
                            row.getString("asked_by"),
                            row.getBoolean("asked_by_hub"),
                            instant(row, "asked_at"),
                            expires);
                })
                .list();
    }

    private static StockLeases.State state(boolean refused, boolean live, Quantity asked, @Nullable Quantity reserved) {
        if (refused) return StockLeases.State.REFUSED;
        if (!live) return StockLeases.State.LAPSED;
        if (reserved == null) return StockLeases.State.ASKED;
        return reserved.thousandths() < asked.thousandths() ? StockLeases.State.SHORT : StockLeases.State.RESERVED;
    }

    @Override
    public Outcome<UUID> withdraw(UUID lease, String why, Person who) {
        String text = why.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        String reason = text.length() <= LONGEST ? text : text.substring(0, LONGEST);
        return Objects.requireNonNull(transaction.execute(status -> {
            publications.raise(Stream.STOCK);
            long version = publications.raise(Stream.LEASES);
            int ended = jdbc.sql("""
                    update stock_lease
                    set withdrawn_at = coalesce(withdrawn_at, :now), withdrawn_by = coalesce(withdrawn_by, :by),
                        why = case when why = '' then :why else why end, leases_version = :version
                    where id = :id
                    and sent_at is null
                    """)
                    .param("id", lease)
                    .param("now", now())
                    .param("by", who.name())
                    .param("why", reason)
                    .param("version", version)
                    .update();
            if (ended == 0) return Outcome.refused("lease-unknown");
            audit.record(who.id().toString(), "lease withdrawn", lease.toString());
            return Outcome.done(lease);
        }));
    }
}
