package mx.refahub.hub.accounting;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import mx.refahub.adapters.sheet.ReportFile;
import mx.refahub.adapters.sheet.ReportPaper;
import mx.refahub.domain.erp.Reports;
import mx.refahub.hub.core.OwedCores;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One statement for each report; it sums in the database, so that a page is as quick over a year as over a day. */
final class PostgresReports implements Reports {
    private static final int MOST = 5_000;
    private static final BigDecimal HUNDREDTHS = BigDecimal.valueOf(10_000);

    private final JdbcClient jdbc;
    private final ReportFile file;
    private final ReportPaper paper = new ReportPaper();

    PostgresReports(DataSource dataSource, ReportFile file) {
        this.jdbc = JdbcClient.create(dataSource);
        this.file = file;
    }

    /** A report's shape and its statement, keys first. */
    private record Shape(List<String> keys, List<Figure> figures, String sql) {}

    @Override
    public Table table(Query query) {
        Shape shape = shape(query.kind());
        List<Row> rows = jdbc.sql(shape.sql())
                .param("from", query.from())
                .param("to", query.to())
                .param("store", query.store() == null ? null : query.store().value())
                .param("limit", MOST + 1)
                .query((row, n) -> row(row, shape))
                .list();
        boolean cut = rows.size() > MOST;
        List<Row> shown = cut ? rows.subList(0, MOST) : rows;
        return new Table(query, shape.keys(), shape.figures(), shown, total(query.kind(), shape, shown), cut);
    }

    private static Row row(ResultSet row, Shape shape) throws SQLException {
        List<String> keys = new ArrayList<>();
        for (int i = 1; i <= shape.keys().size(); i++) keys.add(row.getString(i));
        List<Long> figures = new ArrayList<>();
        for (int i = 1; i <= shape.figures().size(); i++)
            figures.add(row.getLong(shape.keys().size() + i));
        return new Row(keys, figures);
    }

    private static List<Long> total(Kind kind, Shape shape, List<Row> rows) {
        List<Long> total = new ArrayList<>();
        for (int i = 0; i < shape.figures().size(); i++) {
            int column = i;
            total.add(rows.stream().mapToLong(row -> row.figures().get(column)).reduce(0, Math::addExact));
        }
        if (kind == Kind.MARGIN) total.set(3, percent(total.get(2), total.get(0)));
        return total;
    }

    /** In hundredths of a percent; zero of nothing. */
    private static long percent(long part, long whole) {
        return whole == 0
                ? 0
                : BigDecimal.valueOf(part)
                        .multiply(HUNDREDTHS)
                        .divide(BigDecimal.valueOf(whole), 0, java.math.RoundingMode.HALF_UP)
                        .longValueExact();
    }

    private static Figure amount(String name) {
        return new Figure(name, Type.AMOUNT);
    }

    private static Figure count(String name) {
        return new Figure(name, Type.COUNT);
    }

    private static Shape shape(Kind kind) {
        return switch (kind) {
            case SALES ->
                new Shape(
                        List.of("day", "store"),
                        List.of(
                                count("tickets"),
                                amount("net"),
                                amount("discount"),
                                amount("tax"),
                                amount("cores"),
                                amount("total")),
                        """
                        select t.business_day::text, s.code, count(*), sum(t.net)::bigint, sum(t.discount)::bigint, sum(t.tax)::bigint,
                            sum(t.cores)::bigint, sum(t.total)::bigint
                        from sale t
                        join store s on s.id = t.store_id
                        where t.business_day between :from and :to
                        and (:store::uuid is null or t.store_id = :store::uuid)
                        group by t.business_day, s.code
                        order by t.business_day, s.code
                        limit :limit
                        """);
            // A movement carries its line's id. What has no cost on the shelf is told apart, else it would pass for
            // pure profit.
            case MARGIN ->
                new Shape(
                        List.of("line"),
                        List.of(
                                amount("sold"),
                                amount("cost"),
                                amount("margin"),
                                new Figure("percent", Type.PERCENT),
                                amount("costless")),
                        """
                        with lines as (
                            select case when l.line_code = '' then '-' else l.line_code end as line, l.net - l.discount as sold,
                                -coalesce(m.value, 0) as cost
                            from sale t
                            join sale_line l on l.sale_id = t.id
                            left join stock_movement m on m.id = l.id
                            where t.business_day between :from and :to
                            and (:store::uuid is null or t.store_id = :store::uuid)
                            and l.kind not in ('CORE_DEPOSIT', 'CORE_RETURN', 'VOUCHER')),
                        summed as (
                            select line, coalesce(sum(sold) filter (where cost <> 0), 0) as sold, sum(cost) as cost,
                                coalesce(sum(sold) filter (where cost = 0), 0) as costless
                            from lines
                            group by line)
                        select line, sold::bigint, cost::bigint, (sold - cost)::bigint,
                            case when sold = 0 then 0 else round((sold - cost) * 10000 / sold)::bigint end, costless::bigint
                        from summed
                        order by sold - cost desc, line
                        limit :limit
                        """);
            case TAXES ->
                new Shape(List.of("rate", "store"), List.of(amount("base"), amount("tax"), amount("total")), """
                    select case when l.tax_factor = 'RATE' then trim_scale(l.tax_rate * 100)::text || '%' else l.tax_factor end, s.code,
                        sum(l.net - l.discount)::bigint, sum(l.tax)::bigint, sum(l.total)::bigint
                    from sale t
                    join store s on s.id = t.store_id
                    join sale_line l on l.sale_id = t.id
                    where t.business_day between :from and :to
                    and (:store::uuid is null or t.store_id = :store::uuid)
                    group by 1, 2
                    order by 1, 2
                    limit :limit
                    """);
            case TENDERS -> new Shape(List.of("tender", "store"), List.of(count("payments"), amount("total")), """
                select p.kind, s.code, count(*), sum(p.amount)::bigint
                from sale t
                join store s on s.id = t.store_id
                join sale_tender p on p.sale_id = t.id
                where t.business_day between :from and :to
                and (:store::uuid is null or t.store_id = :store::uuid)
                group by p.kind, s.code
                order by p.kind, s.code
                limit :limit
                """);
            case CASH ->
                new Shape(
                        List.of("day", "store", "cashier", "tender"),
                        List.of(amount("expected"), amount("counted"), amount("difference")),
                        """
                        with last as (
                            select distinct on (cash_session_id) id, store_id, business_day, cashier_name
                            from cash_z
                            where business_day between :from and :to
                            and (:store::uuid is null or store_id = :store::uuid)
                            order by cash_session_id, number desc)
                        select z.business_day::text, s.code, z.cashier_name, d.kind, d.expected, d.counted, d.difference
                        from last z
                        join store s on s.id = z.store_id
                        join cash_z_tender d on d.cash_z_id = z.id
                        where d.difference <> 0
                        and d.currency = 'MXN'
                        order by z.business_day, s.code, z.cashier_name, d.kind
                        limit :limit
                        """);
            case DEPOSITS ->
                new Shape(
                        List.of("day", "store", "bank"),
                        List.of(amount("drops"), amount("inDrawers"), count("slips"), amount("deposited")),
                        """
                        with last as (
                            select distinct on (cash_session_id) id, store_id, business_day
                            from cash_z
                            where business_day between :from and :to
                            and (:store::uuid is null or store_id = :store::uuid)
                            order by cash_session_id, number desc),
                        cash as (
                            select z.store_id, z.business_day as day, -sum(d.drops) as drops, sum(d.counted) as counted
                            from last z
                            join cash_z_tender d on d.cash_z_id = z.id
                            where d.kind = 'CASH'
                            and d.currency = 'MXN'
                            group by z.store_id, z.business_day),
                        slips as (
                            select store_id, day, count(*) as slips, sum(total) as deposited,
                                string_agg(distinct btrim(bank || ' ' || account), ' · ') as bank
                            from bank_deposit
                            where day between :from and :to
                            and (:store::uuid is null or store_id = :store::uuid)
                            group by store_id, day)
                        select coalesce(c.day, b.day)::text, s.code, coalesce(b.bank, ''), coalesce(c.drops, 0)::bigint,
                            coalesce(c.counted, 0)::bigint, coalesce(b.slips, 0), coalesce(b.deposited, 0)::bigint
                        from cash c
                        full join slips b on b.store_id = c.store_id and b.day = c.day
                        join store s on s.id = coalesce(c.store_id, b.store_id)
                        order by 1, 2
                        limit :limit
                        """);
            case STOCK ->
                new Shape(
                        List.of("store"),
                        List.of(count("parts"), new Figure("quantity", Type.QUANTITY), amount("value")),
                        """
                        select s.code, count(*) filter (where h.on_hand <> 0), sum(h.on_hand)::bigint, sum(h.value)::bigint
                        from stock_on_hand h
                        join store s on s.id = h.store_id
                        where (:store::uuid is null or h.store_id = :store::uuid)
                        and :from::date is not null
                        and :to::date is not null
                        group by s.code
                        order by s.code
                        limit :limit
                        """);
            case CREDIT ->
                new Shape(
                        List.of("customer", "store"),
                        List.of(
                                amount("notDue"),
                                amount("upTo30"),
                                amount("upTo60"),
                                amount("upTo90"),
                                amount("above90"),
                                amount("owed")),
                        """
                        with charge as (
                            select e.customer_id, e.store_id, cast(:to as date) - coalesce(e.due_on, e.day) as late,
                                e.amount - coalesce((select sum(a.amount) from account_applied a where a.charge_id = e.id), 0) as owed
                            from account_entry e
                            where e.kind in ('CHARGE', 'FEE')
                            and e.currency = 'MXN'
                            and (:store::uuid is null or e.store_id = :store::uuid))
                        select c.name, s.code,
                            coalesce(sum(owed) filter (where late <= 0), 0)::bigint,
                            coalesce(sum(owed) filter (where late between 1 and 30), 0)::bigint,
                            coalesce(sum(owed) filter (where late between 31 and 60), 0)::bigint,
                            coalesce(sum(owed) filter (where late between 61 and 90), 0)::bigint,
                            coalesce(sum(owed) filter (where late > 90), 0)::bigint, sum(owed)::bigint
                        from charge
                        join customer c on c.id = charge.customer_id
                        join store s on s.id = charge.store_id
                        where owed > 0
                        group by c.id, c.name, s.code
                        order by sum(owed) desc, c.name, c.id, s.code
                        limit :limit
                        """);
            case CORES ->
                new Shape(
                        List.of("customer", "store"),
                        List.of(
                                new Figure("pieces", Type.QUANTITY),
                                amount("age30"),
                                amount("age60"),
                                amount("age90"),
                                amount("above90"),
                                amount("deposit")),
                        "with " + OwedCores.OPEN + ", " + OwedCores.OWED + """
                        select coalesce(c.name, o.name, '-'), s.code, sum(o.pieces)::bigint,
                            coalesce(sum(o.deposit) filter (where cast(:to as date) - o.day <= 30), 0)::bigint,
                            coalesce(sum(o.deposit) filter (where cast(:to as date) - o.day between 31 and 60), 0)::bigint,
                            coalesce(sum(o.deposit) filter (where cast(:to as date) - o.day between 61 and 90), 0)::bigint,
                            coalesce(sum(o.deposit) filter (where cast(:to as date) - o.day > 90), 0)::bigint, sum(o.deposit)::bigint
                        from owed o
                        join store s on s.id = o.store_id
                        left join customer c on c.id = o.customer_id
                        where (:store::uuid is null or o.store_id = :store::uuid)
                        group by o.customer_id, coalesce(c.name, o.name, '-'), s.code
                        order by sum(o.deposit) desc, 1, o.customer_id, s.code
                        limit :limit
                        """);
            case LAYAWAYS ->
                new Shape(
                        List.of("customer", "store"),
                        List.of(
                                count("promises"),
                                amount("age30"),
                                amount("age60"),
                                amount("age90"),
                                amount("above90"),
                                amount("held"),
                                amount("left")),
                        """
                        select p.customer_name, s.code, count(*),
                            coalesce(sum(e.held) filter (where cast(:to as date) - p.day <= 30), 0)::bigint,
                            coalesce(sum(e.held) filter (where cast(:to as date) - p.day between 31 and 60), 0)::bigint,
                            coalesce(sum(e.held) filter (where cast(:to as date) - p.day between 61 and 90), 0)::bigint,
                            coalesce(sum(e.held) filter (where cast(:to as date) - p.day > 90), 0)::bigint,
                            sum(e.held)::bigint, sum(p.total - e.held)::bigint
                        from promise p
                        join store s on s.id = p.store_id
                        cross join lateral (
                            select coalesce(sum(amount), 0) as held
                            from promise_entry
                            where promise_id = p.id) e
                        where p.closed_at is null
                        and p.kind <> 'QUOTE'
                        and p.currency = 'MXN'
                        and (:store::uuid is null or p.store_id = :store::uuid)
                        group by coalesce(p.customer_id::text, p.customer_name), p.customer_name, s.code
                        order by sum(e.held) desc, p.customer_name, s.code
                        limit :limit
                        """);
            // A ticket is earned by the share of it that was paid: at the till on its day, on account when that was
            // paid. A return counts
            // against whoever sold, on the day that it came back; where its money goes to an account, that is the
            // account's payment.
            case COMMISSIONS ->
                new Shape(
                        List.of("salesperson", "store"),
                        List.of(
                                amount("collected"),
                                amount("returned"),
                                amount("commissionable"),
                                amount("commission")),
                        """
                        with paid as (
                            select t.id as sale_id, t.total - coalesce(sum(l.total) filter (where l.quantity < 0), 0) as sold,
                                greatest(coalesce((
                                    select sum(p.amount)
                                    from sale_tender p
                                    where p.sale_id = t.id and p.kind = 'ON_ACCOUNT'), 0), 0) as credit
                            from sale t
                            join sale_line l on l.sale_id = t.id
                            where t.business_day between :from and :to
                            and (:store::uuid is null or t.store_id = :store::uuid)
                            group by t.id, t.total),
                        shares as (
                            select sale_id, (sold - credit)::numeric / sold as share
                            from paid
                            where sold > credit
                            union all
                            select t.id, a.amount::numeric / (
                                select sum(l.total)
                                from sale_line l
                                where l.sale_id = t.id and l.quantity > 0)
                            from account_applied a
                            join account_entry e on e.id = a.entry_id
                            join account_entry c on c.id = a.charge_id and c.kind = 'CHARGE'
                            join sale t on t.id = c.id
                            where greatest(e.day, c.day) between :from and :to
                            and (:store::uuid is null or t.store_id = :store::uuid)),
                        moved as (
                            select l.id, l.part_id, l.salesperson_id, l.salesperson_name, t.store_id, t.business_day,
                                (l.net - l.discount) * shares.share as collected, 0::numeric as returned
                            from shares
                            join sale t on t.id = shares.sale_id
                            join sale_line l on l.sale_id = t.id and l.kind in ('PART', 'MISC')
                            union all
                            select l.id, l.part_id, coalesce(o.salesperson_id, l.salesperson_id), coalesce(o.salesperson_name, l.salesperson_name),
                                t.store_id, coalesce(ot.business_day, t.business_day), 0::numeric, (l.discount - l.net)::numeric
                            from sale t
                            join sale_line l on l.sale_id = t.id and l.kind in ('RETURN', 'MISC_RETURN')
                            left join sale_line o on o.id = l.return_line
                            left join sale ot on ot.id = o.sale_id
                            where t.business_day between :from and :to
                            and (:store::uuid is null or t.store_id = :store::uuid)),
                        rated as (
                            select m.*, coalesce((
                                select r.rate
                                from commission_rate r
                                where (r.person_id is null or r.person_id = m.salesperson_id)
                                and (r.brand is null or lower(r.brand) = lower(part.brand))
                                and (r.category is null or lower(part.category) = lower(r.category)
                                    or starts_with(lower(part.category), lower(r.category) || '/'))
                                and r.starts <= m.business_day
                                and (r.ends is null or r.ends >= m.business_day)
                                order by r.person_id is null, r.brand is null, length(r.category) desc nulls last, r.starts desc, r.set_at desc, r.id
                                limit 1), 0) as rate
                            from moved m
                            left join part on part.id = m.part_id)
                        select coalesce(min(p.name), min(m.salesperson_name)), s.code, round(sum(m.collected))::bigint, round(sum(m.returned))::bigint,
                            (round(sum(m.collected)) - round(sum(m.returned)))::bigint,
                            round(sum((m.collected - m.returned) * m.rate) / 10000)::bigint
                        from rated m
                        join store s on s.id = m.store_id
                        left join person p on p.id = m.salesperson_id
                        group by m.salesperson_id, s.code
                        order by 1, s.code, m.salesperson_id
                        limit :limit
                        """);
        };
    }

    @Override
    public void write(Table table, List<String> titles, Format format, OutputStream to) throws IOException {
        file.write(table, titles, format, to);
    }

    @Override
    public void print(Print print, OutputStream to) throws IOException {
        paper.write(print, to);
    }
}
