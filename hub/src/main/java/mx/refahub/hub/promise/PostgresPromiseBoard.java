package mx.refahub.hub.promise;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.promise.Promise;
import mx.refahub.domain.promise.PromiseBoard;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One question for a list: deposits and parts come along. */
final class PostgresPromiseBoard implements PromiseBoard {
    private static final String ROWS = """
        select p.id, p.kind, p.number, s.code, p.customer_name, p.total, coalesce(e.held, 0)::bigint as held, p.day, p.due_on,
            greatest(0, cast(:today as date) - p.due_on) as late,
            case
                when p.closed_as is not null then p.closed_as
                when p.told_at is not null then 'TOLD'
                when p.arrived_at is not null then 'ARRIVED'
                else 'OPEN'
            end as state, coalesce(l.parts, '') as parts, p.phone, p.note, p.by_name
        from promise p
        join store s on s.id = p.store_id
        left join lateral (select sum(amount) as held from promise_entry where promise_id = p.id) e on true
        left join lateral (
            select string_agg(trim(line_code || ' ' || part_number || ' ' || description), ', ' order by position) as parts
            from promise_line
            where promise_id = p.id
            and kind <> 'CORE_DEPOSIT') l on true
        """;

    private final JdbcClient jdbc;

    PostgresPromiseBoard(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Standing list(View view, String text, LocalDate today) {
        String typed = text.strip();
        List<Row> rows = jdbc.sql(ROWS + """
            where case :view
                when 'OPEN' then p.closed_at is null and p.kind <> 'QUOTE'
                when 'TO_ORDER' then p.closed_at is null and p.kind = 'ORDER' and p.arrived_at is null
                when 'QUOTES' then p.kind = 'QUOTE'
                else p.closed_at is not null and p.kind <> 'QUOTE'
            end
            and (:text = '' or p.number ilike :text || '%' or p.customer_name ilike '%' || :text || '%')
            order by case when :view in ('OPEN', 'TO_ORDER') then p.due_on end, p.made_at desc, p.id
            limit :most
            """)
                .param("today", today)
                .param("view", view.name())
                .param("text", typed.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_"))
                .param("most", MOST)
                .query(PostgresPromiseBoard::row)
                .list();
        List<Money> ageing = jdbc.sql("""
            select coalesce(sum(e.amount), 0)::bigint,
                coalesce(sum(e.amount) filter (where cast(:today as date) - p.day <= 30), 0)::bigint,
                coalesce(sum(e.amount) filter (where cast(:today as date) - p.day between 31 and 60), 0)::bigint,
                coalesce(sum(e.amount) filter (where cast(:today as date) - p.day between 61 and 90), 0)::bigint,
                coalesce(sum(e.amount) filter (where cast(:today as date) - p.day > 90), 0)::bigint
            from promise p
            join promise_entry e on e.promise_id = p.id
            where p.closed_at is null
            """)
                .param("today", today)
                .query((row, n) -> List.of(
                        Money.mxn(row.getLong(1)),
                        Money.mxn(row.getLong(2)),
                        Money.mxn(row.getLong(3)),
                        Money.mxn(row.getLong(4)),
                        Money.mxn(row.getLong(5))))
                .single();
        return new Standing(ageing.getFirst(), ageing.subList(1, ageing.size()), rows);
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(
                row.getObject("id", UUID.class),
                Promise.Kind.valueOf(row.getString("kind")),
                row.getString("number"),
                row.getString("code"),
                row.getString("customer_name"),
                Money.mxn(row.getLong("total")),
                Money.mxn(row.getLong("held")),
                row.getObject("day", LocalDate.class),
                row.getObject("due_on", LocalDate.class),
                row.getLong("late"),
                Promise.State.valueOf(row.getString("state")),
                row.getString("parts"));
    }

    @Override
    public Optional<Sheet> sheet(UUID id, LocalDate today) {
        List<Line> lines = jdbc.sql("""
            select line_code, part_number, description, quantity, total
            from promise_line
            where promise_id = :id
            order by position
            """)
                .param("id", id)
                .query((row, n) -> new Line(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        new Quantity(row.getLong(4)).text(),
                        Money.mxn(row.getLong(5))))
                .list();
        List<Entry> entries = jdbc.sql("""
            select kind, amount, tender, reference, at, by_name
            from promise_entry
            where promise_id = :id
            order by at, kind desc
            """)
                .param("id", id)
                .query((row, n) -> new Entry(
                        row.getString(1),
                        Money.mxn(row.getLong(2)),
                        row.getString(3),
                        row.getString(4),
                        row.getObject(5, OffsetDateTime.class).toInstant(),
                        row.getString(6)))
                .list();
        return jdbc.sql(ROWS + "where p.id = :id")
                .param("today", today)
                .param("id", id)
                .query((row, n) -> new Sheet(
                        row(row, n),
                        row.getString("phone"),
                        row.getString("note"),
                        row.getString("by_name"),
                        lines,
                        entries))
                .optional();
    }
}
