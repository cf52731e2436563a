package mx.refahub.hub.stock;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.stock.BranchClosing;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.stream.Stream;
import mx.refahub.hub.access.AuditTrail;
import mx.refahub.hub.stream.Publications;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

final class PostgresBranchClosing implements BranchClosing {
    private static final int LONGEST = 200;

    private final JdbcClient jdbc;
    private final Publications publications;
    private final AuditTrail audit;
    private final Clock clock;
    private final TransactionTemplate transaction;

    PostgresBranchClosing(
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

    @Override
    public Outcome<State> state(StoreId store) {
        List<Left> left = jdbc.sql(LEFT)
                .param("store", store.value())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query((row, n) ->
                        new Left(Step.valueOf(row.getString("step")), row.getLong("left_over"), texts(row, "examples")))
                .list();
        return jdbc.sql("""
                select s.code, s.name, s.closed_at, s.closed_by, s.closed_reason, h.received_at
                from store s
                left join store_heartbeat h on h.store_id = s.id
                where s.id = :store
                """)
                .param("store", store.value())
                .query((row, n) -> new State(
                        store,
                        row.getString("code"),
                        row.getString("name"),
                        instant(row, "closed_at"),
                        row.getString("closed_by"),
                        row.getString("closed_reason"),
                        instant(row, "received_at"),
                        left))
                .optional()
                .<Outcome<State>>map(Outcome::done)
                .orElseGet(() -> Outcome.refused("store-unknown"));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array == null
                ? List.of()
                : Arrays.stream((Object[]) array.getArray())
                        .map(String::valueOf)
                        .toList();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    /** One look at all of it. A drawer is open as often as it was counted less often than it was opened again. */
    private static final String LEFT = """
        with found as (
            select 'TRANSIT' as step, t.number as example
            from stock_in_transit w
            join stock_transfer t on t.number = w.number
            where w.quantity <> 0
            and :store in (t.from_store, t.to_store)
            group by t.number
            union all
            select 'LEASES', coalesce(p.line_code || ' ' || p.part_number, l.part_id::text) || ' ' || a.code || ' ← ' || g.code
            from stock_lease l
            join store a on a.id = l.asker
            join store g on g.id = l.giver
            left join part p on p.id = l.part_id
            where :store in (l.asker, l.giver)
            and l.sent_at is null
            and l.withdrawn_at is null
            and l.refused_at is null
            and l.expires_at > :now
            union all
            select 'ORDERS', o.number
            from purchase_order o
            where o.store_id = :store
            and o.approved_at is not null
            and o.received_at is null
            and o.closed_at is null
            and o.cancelled_at is null
            union all
            select 'CASH', r.name || ', ' || c.opened_by_name
            from cash_session c
            join register r on r.id = c.register_id
            where c.store_id = :store
            and (select count(*) from cash_z z where z.cash_session_id = c.id)
                <= (select count(*) from cash_reopening o where o.cash_session_id = c.id)
            union all
            select 'PROMISES', p.number || ' ' || p.customer_name
            from promise p
            where p.store_id = :store
            and p.kind <> 'QUOTE'
            and p.closed_at is null
            union all
            select 'STOCK', coalesce(p.line_code || ' ' || p.part_number, h.part_id::text) || ': ' || trim_scale(h.on_hand / 1000.0)
            from stock_on_hand h
            left join part p on p.id = h.part_id
            where h.store_id = :store
            and h.on_hand <> 0
            union all
            select 'DOCUMENTS', coalesce(w.parked_reason, d.type)
            from document_to_apply w
            join document d on d.id = w.id
            where w.store_id = :store
            union all
            select 'DOCUMENTS', (h.outbox_last - l.landed) || ' sin llegar'
            from store_heartbeat h
            join landing l on l.store_id = h.store_id
            where h.store_id = :store
            and h.outbox_last > l.landed)
        select s.step, count(f.example) as left_over, array_agg(f.example order by f.example) filter (where f.nth <= 5) as examples
        from unnest(array['TRANSIT', 'LEASES', 'ORDERS', 'CASH', 'PROMISES', 'STOCK', 'DOCUMENTS']) with ordinality as s (step, place)
        left join (
            select step, example, row_number() over (partition by step order by example) as nth
            from found) f on f.step = s.step
        group by s.step, s.place
        order by s.place
        """;

    @Override
    public Outcome<State> close(StoreId store, String reason, Person who) {
        return change(store, reason, who, true);
    }

    @Override
    public Outcome<State> reopen(StoreId store, String reason, Person who) {
        return change(store, reason, who, false);
    }

    private Outcome<State> change(StoreId store, String typed, Person who, boolean closing) {
        String reason = typed.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        if (reason.isEmpty() || reason.length() > LONGEST) return Outcome.refused("reason-needed");
        Outcome<State> outcome = transaction.execute(status -> {
            // Whoever posts a document of stock holds this counter: what is looked at now stays so until the end.
            publications.raise(Stream.STOCK);
            Outcome<State> before = state(store);
            if (!(before instanceof Outcome.Done<State>(State there))) return before;
            if ((there.closedAt() != null) == closing) return before;
            if (closing && !there.mayClose())
                return Outcome.refused(
                        "branch-not-empty",
                        there.left().stream()
                                .filter(left -> left.count() > 0)
                                .map(left -> left.step().name())
                                .collect(Collectors.joining(" ")));
            jdbc.sql("""
                    update store
                    set closed_at = :at, closed_by = :by, closed_reason = :reason
                    where id = :store
                    """)
                    .param("store", store.value())
                    .param("at", closing ? clock.instant().atOffset(ZoneOffset.UTC) : null)
                    .param("by", closing ? who.name() : null)
                    .param("reason", closing ? reason : "")
                    .update();
            publications.raise(Stream.SETTINGS);
            audit.record(
                    who.id().toString(),
                    (closing ? "branch closed: " : "branch reopened: ") + reason,
                    store.toString());
            return state(store);
        });
        return java.util.Objects.requireNonNull(outcome);
    }
}
