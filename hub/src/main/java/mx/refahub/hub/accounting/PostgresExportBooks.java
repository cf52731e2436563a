package mx.refahub.hub.accounting;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import mx.refahub.domain.Failure;
import mx.refahub.domain.erp.AccountRole;
import mx.refahub.domain.erp.CodeWords;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.erp.ExportBooks;
import mx.refahub.domain.erp.JournalEntry;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Quantity;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Everything of one export happens set-wise in one transaction; the tickets themselves never come into memory. */
final class PostgresExportBooks implements ExportBooks {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresExportBooks.class);
    private static final int FETCH = 1_000;

    private final JdbcClient jdbc;
    private final JdbcTemplate streaming;
    private final TransactionTemplate transaction;
    private final TransactionTemplate oneLook;
    private final Clock clock;

    PostgresExportBooks(DataSource dataSource, PlatformTransactionManager transactions, Clock clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.streaming = new JdbcTemplate(dataSource);
        streaming.setFetchSize(FETCH);
        this.transaction = new TransactionTemplate(transactions);
        this.oneLook = new TransactionTemplate(transactions);
        oneLook.setReadOnly(true);
        this.clock = clock;
    }

    @Override
    public Due due(ErpTarget target, LocalDate until) {
        record Sum(long tickets, long total, @Nullable LocalDate first) {}
        Sum sum = jdbc.sql("with due as (" + DUE + """
            )
            select count(sale_id), coalesce(sum(total), 0)::bigint, min(business_day)
            from due
            """)
                .param("until", until)
                .param("target", target.name())
                .query((row, n) -> new Sum(row.getLong(1), row.getLong(2), row.getObject(3, LocalDate.class)))
                .single();
        return new Due(
                sum.tickets(),
                Money.mxn(sum.total()),
                sum.first(),
                sum.first() == null ? List.of() : missing(target, until));
    }

    /**
     * Tickets, deposits and other matters that no entry of the target has; only a ticket adds to their total. {@code documents}: it goes as documents of its
     * own, and its day's entry counts it without its amounts.
     */
    private static final String DUE = """
            select s.id as sale_id, null::uuid as deposit_id, null::uuid as matter_id, null as matter, s.store_id, s.business_day, s.total,
                case when w.target is null then false else accounting_documents(s.id) end as documents
            from sale s
            left join accounting_way_span w on w.target = :target and w.subject = 'TICKETS' and w.way = 'DOCUMENTS'
                and s.business_day >= w.from_day and s.business_day < w.to_day
            where s.business_day <= :until
            and not exists (
                select from export_item i
                where i.target = :target
                and i.sale_id = s.id)
            union all
            select null, e.id, null, null, e.store_id, e.day, 0, false
            from promise_entry e
            where e.day <= :until
            and e.kind <> 'APPLIED'
            and not exists (
                select from export_deposit i
                where i.target = :target
                and i.deposit_id = e.id)
            union all
            select null, null, m.id, m.kind, m.store_id, m.day, 0,
                case when w.target is null then false else accounting_bill(m.id) end
            from accounting_matter m
            left join accounting_way_span w on m.kind = 'PURCHASE' and w.target = :target and w.subject = 'PURCHASES' and w.way = 'DOCUMENTS'
                and m.day >= w.from_day and m.day < w.to_day
            where m.day <= :until
            and m.store_id is not null
            and not exists (
                select from accounting_matter_since o
                where o.target = :target
                and m.day < o.from_day)
            and not exists (
                select from export_matter i
                where i.target = :target
                and i.matter_id = m.id)
            """;

    private List<Missing> missing(ErpTarget target, LocalDate until) {
        return jdbc
                .sql("with due as materialized (" + DUE + """
                        ),
                    figures as (
                        select d.store_id, d.business_day, f.role, f.kind, f.amount
                        from due d
                        join accounting_figure f on f.sale_id = d.sale_id
                        where not d.documents
                        union all
                        select d.store_id, d.business_day, f.role, f.kind, f.amount
                        from due d
                        join accounting_deposit_figure f on f.deposit_id = d.deposit_id
                        union all
                        select d.store_id, d.business_day, f.role, f.kind, f.amount
                        from due d
                        join accounting_matter_figure f on f.matter_id = d.matter_id
                        where not d.documents),
                    summed as (
                        select store_id, business_day, role, kind, sum(amount) as amount
                        from figures
                        group by store_id, business_day, role, kind),
                    needed as (
                        select store_id, role, kind
                        from summed
                        where amount <> 0
                        union
                        select store_id, 'DIFFERENCE', ''
                        from summed
                        group by store_id, business_day
                        having sum(amount) <> 0)
                    select n.role, n.kind, min(s.code), bool_and(m.account is not null)
                    from needed n
                    join store s on s.id = n.store_id
                    left join lateral (
                        select account, sat_group
                        from account_mapping
                        where target = :target
                        and role = n.role
                        and kind = n.kind
                        and (store_id = n.store_id or store_id is null)
                        order by store_id nulls last
                        limit 1) m on true
                    where m.account is null
                    or :grouped and m.sat_group = ''
                    group by n.role, n.kind
                    """)
                .param("until", until)
                .param("target", target.name())
                .param("grouped", target == ErpTarget.SAT)
                .query((row, n) -> new Missing(
                        AccountRole.valueOf(row.getString(1)), row.getString(2), row.getString(3), row.getBoolean(4)))
                .list()
                .stream()
                .sorted((one, other) -> one.role() == other.role()
                        ? one.kind().compareTo(other.kind())
                        : one.role().compareTo(other.role()))
                .toList();
    }

    @Override
    public Export take(long run, ErpTarget target, LocalDate until, String who) {
        transaction.executeWithoutResult(status -> {
            // Of two that take for one target at once, the later one finds what the earlier left.
            jdbc.sql("select pg_advisory_xact_lock(hashtext('accounting-export'))")
                    .query(rs -> {});
            if (ofRun(run).isEmpty()) takeDue(run, target, until, who);
        });
        return ofRun(run).orElseThrow();
    }

    private void takeDue(long run, ErpTarget target, LocalDate until, String who) {
        long export = jdbc.sql("""
            insert into accounting_export (target, run_id, until, taken_by, taken_at)
            values (:target, :run, :until, :who, :now)
            returning id
            """)
                .param("target", target.name())
                .param("run", run)
                .param("until", until)
                .param("who", who)
                .param("now", now())
                .query(Long.class)
                .single();
        Taken taken = jdbc.sql("with due as materialized (" + DUE + """
                ),
            days as (
                select store_id, business_day, count(sale_id) as tickets, sum(total)::bigint as total
                from due
                group by store_id, business_day),
            numbered as (
                select d.store_id, d.business_day, d.tickets, d.total, s.code, 1 + (
                    select count(*)
                    from export_entry e
                    where e.target = :target
                    and e.store_id = d.store_id
                    and e.day = d.business_day) as number
                from days d
                join store s on s.id = d.store_id),
            made as (
                insert into export_entry (id, export_id, target, store_id, day, number, reference, tickets, total)
                select gen_random_uuid(), :export, :target, store_id, business_day, number,
                    'RH-' || code || '-' || to_char(business_day, 'YYYYMMDD') || '-' || number, tickets, total
                from numbered
                returning id, store_id, day),
            sold as (
                insert into export_item (target, sale_id, entry_id, documents)
                select :target, d.sale_id, m.id, d.documents
                from due d
                join made m on m.store_id = d.store_id and m.day = d.business_day
                where d.sale_id is not null
                returning sale_id),
            held as (
                insert into export_deposit (target, deposit_id, entry_id)
                select :target, d.deposit_id, m.id
                from due d
                join made m on m.store_id = d.store_id and m.day = d.business_day
                where d.deposit_id is not null
                returning deposit_id),
            others as (
                insert into export_matter (target, matter_id, kind, entry_id, documents)
                select :target, d.matter_id, d.matter, m.id, d.documents
                from due d
                join made m on m.store_id = d.store_id and m.day = d.business_day
                where d.matter_id is not null
                returning matter_id)
            select (select count(*) from sold), (select count(*) from held) + (select count(*) from others)
            """)
                .param("until", until)
                .param("target", target.name())
                .param("export", export)
                .query((row, n) -> new Taken(row.getLong(1), row.getLong(2)))
                .single();
        if (target.takesDocuments()) markReceipts(export);
        int lines = taken.tickets() + taken.others() == 0 ? 0 : fillLines(export, target);
        int deliveries = target.isSpoken() && taken.tickets() + taken.others() > 0 ? fillDeliveries(export) : 0;
        if (target.isSpoken()) deliveries += fillDocuments(export) + fillReceipts(export) + fillBills(export);
        requireCodes(export, target);
        count(export);
        LOG.info(
                "tickets taken export={} target={} run={} tickets={} others={} lines={} deliveries={}",
                export,
                target,
                run,
                taken.tickets(),
                taken.others(),
                lines,
                deliveries);
    }

    /**
     * What is paid on account goes as documents where every ticket that it pays does: what would stay open of them has to be paid there. One
     * that bounced, or that pays what a bounced one paid there already, stays an entry: there the ticket is paid.
     */
    private void markReceipts(long export) {
        jdbc.sql("""
            update export_matter x
            set documents = true
            from export_entry e, account_entry a
            where e.export_id = :export
            and x.entry_id = e.id
            and x.kind = 'ACCOUNT'
            and a.id = x.matter_id
            and a.kind = 'PAYMENT'
            and a.bounced_at is null
            and not exists (
                select from account_applied p
                join account_applied q on q.charge_id = p.charge_id and q.amount > 0 and q.entry_id <> a.id
                join account_entry b on b.id = q.entry_id and b.bounced_at is not null
                join export_matter y on y.target = x.target and y.matter_id = b.id and y.documents
                where p.entry_id = a.id
                and p.amount > 0)
            and -a.amount = (
                select sum(p.amount)
                from account_applied p
                join export_item i on i.target = x.target and i.sale_id = p.charge_id and i.documents
                where p.entry_id = a.id
                and p.amount > 0)
            """).param("export", export).update();
    }

    /** An entry whose amounts are all zero has nothing to book. */
    private int fillDeliveries(long export) {
        return jdbc.sql("""
            insert into erp_delivery (id, target, export_id, entry_id, position, reference, day, branch, amount, next_try)
            select gen_random_uuid(), e.target, e.export_id, e.id, e.number * 10, e.reference, e.day, s.code, sum(l.debit), :now
            from export_entry e
            join store s on s.id = e.store_id
            join export_entry_line l on l.entry_id = e.id
            where e.export_id = :export
            group by e.id, s.code
            """).param("export", export).param("now", now()).update();
    }

    /** Invoice, credit note and payments of each ticket that is documents; a payment waits for what it settles. */
    private int fillDocuments(long export) {
        return jdbc.sql("""
            with ticket as (
                select e.id as entry_id, e.target, e.export_id, e.number * 10 as place, e.day, st.code as branch, i.sale_id,
                    accounting_reference(i.sale_id) as reference, l.invoice, l.credit
                from export_entry e
                join store st on st.id = e.store_id
                join export_item i on i.entry_id = e.id and i.documents
                join lateral (
                    select sum(greatest(net - discount + tax, 0))::bigint as invoice, sum(-least(net - discount + tax, 0))::bigint as credit
                    from sale_line
                    where sale_id = i.sale_id) l on true
                where e.export_id = :export)
            insert into erp_delivery (
                id, target, export_id, entry_id, position, reference, day, branch, amount, next_try, piece, subject, needs)
            select gen_random_uuid(), target, export_id, entry_id, place + 1, reference, day, branch, invoice, :now::timestamptz, 'INVOICE', sale_id, null
            from ticket
            where invoice > 0
            union all
            select gen_random_uuid(), target, export_id, entry_id, place + 2, reference || '-N', day, branch, credit, :now, 'CREDIT_NOTE', sale_id, null
            from ticket
            where credit > 0
            union all
            select gen_random_uuid(), k.target, k.export_id, k.entry_id, k.place + 3, k.reference || '-P' || t.position, k.day, k.branch, abs(t.amount), :now,
                'PAYMENT', t.id, k.reference || case when t.amount < 0 then '-N' else '' end
            from ticket k
            join sale_tender t on t.sale_id = k.sale_id
            where t.amount <> 0
            and t.kind <> 'ON_ACCOUNT'
            """).param("export", export).param("now", now()).update();
    }

    /** One for each ticket that a payment on account pays; of one whose document was refused it waits with it. */
    private int fillReceipts(long export) {
        return jdbc.sql("""
            insert into erp_delivery (
                id, target, export_id, entry_id, position, reference, day, branch, amount, next_try, piece, subject, needs, state, reason, settled_at)
            select gen_random_uuid(), e.target, e.export_id, e.id, e.number * 10 + 4,
                'RH-' || st.code || '-' || a.reference || '-' || right(a.id::text, 8) || '-' || row_number() over (partition by a.id order by p.charge_id),
                e.day, st.code, p.amount, :now::timestamptz, 'RECEIPT', a.id, accounting_reference(p.charge_id),
                case when r.id is null then 'WAITING' else 'REFUSED' end,
                case when r.id is null then '' else 'El documento ' || r.reference || ' fue rechazado.' end,
                case when r.id is null then null else :now::timestamptz end
            from export_entry e
            join store st on st.id = e.store_id
            join export_matter x on x.entry_id = e.id and x.documents and x.kind = 'ACCOUNT'
            join account_entry a on a.id = x.matter_id
            join account_applied p on p.entry_id = a.id and p.amount > 0
            left join erp_delivery r on r.target = e.target and r.reference = accounting_reference(p.charge_id) and r.state = 'REFUSED'
            where e.export_id = :export
            """).param("export", export).param("now", now()).update();
    }

    /** Invoices of suppliers, by the stamp that is theirs alone. */
    private int fillBills(long export) {
        return jdbc.sql("""
            insert into erp_delivery (id, target, export_id, entry_id, position, reference, day, branch, amount, next_try, piece, subject)
            select gen_random_uuid(), e.target, e.export_id, e.id, e.number * 10 + 5, 'RH-' || upper(i.fiscal_id::text), e.day, st.code, i.total,
                :now, case i.kind when 'E' then 'BILL_CREDIT' else 'BILL' end, i.id
            from export_entry e
            join store st on st.id = e.store_id
            join export_matter x on x.entry_id = e.id and x.documents and x.kind = 'PURCHASE'
            join supplier_invoice i on i.id = x.matter_id
            where e.export_id = :export
            """).param("export", export).param("now", now()).update();
    }

    /** What tickets of an export that are documents name, besides parts, and payments on account and invoices of suppliers that are. */
    private static final String OF_DOCUMENTS = """
            select distinct n.kind, n.ours
            from export_item i
            join sale s on s.id = i.sale_id
            join store st on st.id = s.store_id
            join lateral (
                select 'CUSTOMER' as kind, '' as ours
                union all
                select 'WAREHOUSE', st.code
                union all
                select 'TAX', case when l.tax_factor = 'RATE' then trim_scale(l.tax_rate * 100)::text || '%' else l.tax_factor end
                from sale_line l
                where l.sale_id = s.id
                union all
                select case when l.kind in ('CORE_DEPOSIT', 'CORE_RETURN') then 'CORE_ITEM' when l.kind = 'VOUCHER' then 'VOUCHER_ITEM' else 'MISC_ITEM' end, ''
                from sale_line l
                where l.sale_id = s.id
                and l.kind in ('CORE_DEPOSIT', 'CORE_RETURN', 'VOUCHER', 'MISC', 'MISC_RETURN')
                union all
                select 'TENDER', t.kind
                from sale_tender t
                where t.sale_id = s.id
                and t.kind <> 'ON_ACCOUNT') n on true
            where i.documents
            and i.entry_id in (select id from export_entry where export_id = :export)
            union
            select 'TENDER', coalesce(a.tender, 'CHEQUE')
            from export_entry e
            join export_matter x on x.entry_id = e.id and x.documents
            join account_entry a on a.id = x.matter_id
            where e.export_id = :export
            union
            select n.kind, n.ours
            from export_entry e
            join store st on st.id = e.store_id
            join export_matter x on x.entry_id = e.id and x.documents
            join supplier_invoice v on v.id = x.matter_id
            join supplier p on p.id = v.supplier_id
            join lateral (
                select 'SUPPLIER' as kind, p.code as ours
                union all
                select 'WAREHOUSE', st.code
                union all
                select case when part_id is null then 'MISC_ITEM' end, ''
                from supplier_invoice_line
                where invoice_id = v.id
                union all
                select 'PURCHASE_TAX', case when tax_factor = 'RATE' then trim_scale(tax_rate * 100)::text || '%' else tax_factor end
                from supplier_invoice_line
                where invoice_id = v.id) n on n.kind is not null
            where e.export_id = :export
            """;

    /** What documents name of the target's has a code. */
    private void requireCodes(long export, ErpTarget target) {
        List<String> without = jdbc.sql("with ours (kind, ours) as (" + OF_DOCUMENTS + """
            )
            select o.kind, o.ours
            from ours o
            left join erp_code c on c.target = :target and c.kind = o.kind and c.ours = o.ours
            where c.theirs is null
            order by o.kind, o.ours
            """)
                .param("export", export)
                .param("target", target.name())
                .query((row, number) -> CodeWords.of(row.getString(1), row.getString(2)))
                .list();
        if (!without.isEmpty())
            throw Failure.rejected("Falta cómo llama el sistema a: " + String.join(", ", without)
                    + ". Complétalo en Contabilidad, Cuentas, Sus códigos; no se exportó nada.");
    }

    /** @param others deposits of customers, cash sessions, payments on account, purchases */
    private record Taken(long tickets, long others) {}

    private int fillLines(long export, ErpTarget target) {
        int lines = jdbc.sql("""
            with figures as (
                select e.id, e.store_id, f.role, f.kind, f.amount
                from export_entry e
                join export_item i on i.entry_id = e.id and not i.documents
                join accounting_figure f on f.sale_id = i.sale_id
                where e.export_id = :export
                union all
                select e.id, e.store_id, f.role, f.kind, f.amount
                from export_entry e
                join export_deposit i on i.entry_id = e.id
                join accounting_deposit_figure f on f.deposit_id = i.deposit_id
                where e.export_id = :export
                union all
                select e.id, e.store_id, f.role, f.kind, f.amount
                from export_entry e
                join export_matter i on i.entry_id = e.id and not i.documents
                join accounting_matter_figure f on f.matter_id = i.matter_id
                where e.export_id = :export),
            summed as (
                select id, store_id, role, kind, sum(amount)::bigint as amount
                from figures
                group by id, store_id, role, kind),
            balanced as (
                select id, store_id, role, kind, amount
                from summed
                where amount <> 0
                union all
                select id, store_id, 'DIFFERENCE', '', -sum(amount)::bigint
                from summed
                group by id, store_id
                having sum(amount) <> 0)
            insert into export_entry_line (
                entry_id, position, role, kind, account, account_name, sat_group, cost_center, debit, credit)
            select b.id, row_number() over (
                    partition by b.id
                    order by case when b.amount < 0 then 0 else 1 end,
                        array_position(
                            array['TENDER', 'DEPOSITS', 'RETURNS', 'DISCOUNTS', 'SALES', 'TAX', 'CORES', 'VOUCHERS', 'PENALTIES', 'CASH_FUND', 'CASH_IN',
                                'CASH_OUT', 'CASH_DROPS', 'CASH_COUNTED', 'CASH_DIFFERENCE', 'PURCHASES', 'TAX_PAID', 'TAX_WITHHELD', 'SUPPLIERS', 'DIFFERENCE'], b.role),
                        b.kind),
                b.role, b.kind, coalesce(m.account, ''), coalesce(m.name, ''), coalesce(m.sat_group, ''),
                coalesce(c.cost_center, ''), greatest(-b.amount, 0), greatest(b.amount, 0)
            from balanced b
            left join lateral (
                select account, name, sat_group
                from account_mapping
                where target = :target
                and role = b.role
                and kind = b.kind
                and (store_id = b.store_id or store_id is null)
                order by store_id nulls last
                limit 1) m on true
            left join branch_mapping c on c.target = :target and c.store_id = b.store_id
            """)
                .param("export", export)
                .param("target", target.name())
                .update();
        List<String> without = jdbc.sql("""
            select distinct l.role || ' ' || l.kind
            from export_entry e
            join export_entry_line l on l.entry_id = e.id
            where e.export_id = :export
            and (l.account = '' or :grouped and l.sat_group = '')
            order by 1
            """)
                .param("export", export)
                .param("grouped", target == ErpTarget.SAT)
                .query((row, n) -> row.getString(1))
                .list();
        if (!without.isEmpty())
            throw Failure.rejected("Falta la cuenta de: " + String.join(", ", without)
                    + ". Complétala en Contabilidad, Cuentas; no se exportó nada.");
        return lines;
    }

    private static final String EXPORT = """
        select x.id, x.run_id, x.target, x.until, x.taken_by, x.taken_at, x.written_at, count(e.id), x.booked, x.corrections, x.documents,
            coalesce(sum(e.tickets), 0)::bigint, coalesce(sum(e.total), 0)::bigint
        from accounting_export x
        left join export_entry e on e.export_id = x.id
        """;

    @Override
    public List<Export> exports(int limit) {
        return jdbc.sql(EXPORT + """
            group by x.id
            order by x.id desc
            limit :limit
            """)
                .param("limit", limit)
                .query(PostgresExportBooks::export)
                .list();
    }

    @Override
    public Optional<Export> ofRun(long run) {
        return jdbc.sql(EXPORT + """
            where x.run_id = :run
            group by x.id
            """)
                .param("run", run)
                .query(PostgresExportBooks::export)
                .optional();
    }

    /** Once, for nothing of an export changes: a page lists many, and one may hold a million tickets. */
    private void count(long export) {
        jdbc.sql("""
            update accounting_export x
            set booked = (
                    select count(*)
                    from export_entry e
                    where e.export_id = x.id
                    and exists (select from export_entry_line l where l.entry_id = e.id)),
                corrections = (
                    select count(*)
                    from export_entry e
                    where e.export_id = x.id
                    and e.number > 1
                    and exists (select from export_entry_line l where l.entry_id = e.id)),
                documents = (
                    select count(*)
                    from export_item i
                    join export_entry e on e.id = i.entry_id
                    where e.export_id = x.id
                    and i.documents) + (
                    select count(*)
                    from export_matter m
                    join export_entry e on e.id = m.entry_id
                    where e.export_id = x.id
                    and m.documents)
            where x.id = :export
            """).param("export", export).update();
    }

    private static Export export(ResultSet row, int number) throws SQLException {
        return new Export(
                row.getLong(1),
                row.getLong(2),
                ErpTarget.valueOf(row.getString(3)),
                row.getObject(4, LocalDate.class),
                row.getString(5),
                row.getObject(6, OffsetDateTime.class).toInstant(),
                instant(row.getObject(7, OffsetDateTime.class)),
                row.getLong(8),
                row.getLong(9),
                row.getLong(10),
                row.getLong(11),
                row.getLong(12),
                Money.mxn(row.getLong(13)));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }

    static final String ENTRIES = """
        select e.id, e.reference, s.code, s.name, e.day, e.number, e.tickets, e.total, l.role, l.kind, l.account, l.account_name, l.sat_group,
            l.cost_center, l.debit, l.credit
        from export_entry e
        join store s on s.id = e.store_id
        left join export_entry_line l on l.entry_id = e.id
        """;

    @Override
    public void entries(long export, Consumer<JournalEntry> taker) {
        EntryRows rows = new EntryRows(taker);
        each(ENTRIES + """
            where e.export_id = ?
            order by e.day, s.code, e.number, e.id, l.position
            """, rows, export);
        rows.end();
    }

    /** Puts lines that follow each other together into entries. */
    static final class EntryRows implements RowCallbackHandler {
        private final Consumer<JournalEntry> taker;
        private final List<JournalEntry.Line> lines = new ArrayList<>();
        private @Nullable JournalEntry head;

        EntryRows(Consumer<JournalEntry> taker) {
            this.taker = taker;
        }

        @Override
        public void processRow(ResultSet row) throws SQLException {
            UUID id = row.getObject(1, UUID.class);
            JournalEntry before = head;
            if (before == null || !before.id().equals(id)) {
                end();
                head = new JournalEntry(
                        id,
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getObject(5, LocalDate.class),
                        row.getInt(6),
                        row.getLong(7),
                        Money.mxn(row.getLong(8)),
                        List.of());
            }
            if (row.getString(9) != null)
                lines.add(new JournalEntry.Line(
                        AccountRole.valueOf(row.getString(9)),
                        row.getString(10),
                        row.getString(11),
                        row.getString(12),
                        row.getString(13),
                        row.getString(14),
                        Money.mxn(row.getLong(15)),
                        Money.mxn(row.getLong(16))));
        }

        void end() {
            JournalEntry whole = head;
            if (whole == null) return;
            taker.accept(new JournalEntry(
                    whole.id(),
                    whole.reference(),
                    whole.storeCode(),
                    whole.storeName(),
                    whole.day(),
                    whole.number(),
                    whole.tickets(),
                    whole.total(),
                    lines));
            head = null;
            lines.clear();
        }
    }

    @Override
    public void tickets(long export, Consumer<TicketRow> taker) {
        each(
                """
                select e.reference, s.code, t.folio_prefix || '-' || lpad(t.folio_number::text, 6, '0'), t.business_day, t.sold_at,
                    t.cashier_name, t.net, t.discount, t.tax, t.cores, t.total, e.number > 1, i.documents
                from export_entry e
                join store s on s.id = e.store_id
                join export_item i on i.entry_id = e.id
                join sale t on t.id = i.sale_id
                where e.export_id = ?
                order by e.day, s.code, e.number, t.folio_prefix, t.folio_number, t.id
                """,
                row -> taker.accept(new TicketRow(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getObject(4, LocalDate.class),
                        row.getObject(5, OffsetDateTime.class).toInstant(),
                        row.getString(6),
                        Money.mxn(row.getLong(7)),
                        Money.mxn(row.getLong(8)),
                        Money.mxn(row.getLong(9)),
                        Money.mxn(row.getLong(10)),
                        Money.mxn(row.getLong(11)),
                        row.getBoolean(12),
                        row.getBoolean(13))),
                export);
    }

    @Override
    public void documents(long export, Consumer<DocumentRow> taker) {
        TicketDocuments rows = new TicketDocuments(taker);
        each(TicketDocuments.SQL, rows, export);
        rows.end();
    }

    @Override
    public void receipts(long export, Consumer<ReceiptRow> taker) {
        each(
                """
                select accounting_reference(s.id), st.code, coalesce(w.theirs, ''), s.folio_prefix, s.folio_number, e.day,
                    coalesce(
                        (select min(m.code) from erp_customer m where m.target = e.target and m.books = erp_books(e.target) and m.customer_id = s.customer_id),
                        (select c.theirs from erp_code c where c.target = e.target and c.kind = 'CUSTOMER' and c.ours = ''), ''),
                    coalesce(b.name, s.customer_name, ''), coalesce(b.rfc, ''),
                    'RH-' || br.code || '-' || a.reference || '-' || right(a.id::text, 8) || '-' || row_number() over (partition by a.id order by p.charge_id),
                    coalesce(a.tender, 'CHEQUE'), coalesce(k.theirs, ''), p.amount
                from export_entry e
                join store br on br.id = e.store_id
                join export_matter x on x.entry_id = e.id and x.documents and x.kind = 'ACCOUNT'
                join account_entry a on a.id = x.matter_id
                join account_applied p on p.entry_id = a.id and p.amount > 0
                join sale s on s.id = p.charge_id
                join store st on st.id = s.store_id
                left join customer b on b.id = s.customer_id
                left join erp_code w on w.target = e.target and w.kind = 'WAREHOUSE' and w.ours = st.code
                left join erp_code k on k.target = e.target and k.kind = 'TENDER' and k.ours = coalesce(a.tender, 'CHEQUE')
                where e.export_id = ?
                order by e.day, br.code, a.id, p.charge_id
                """,
                row -> taker.accept(new ReceiptRow(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getLong(5),
                        "%s-%06d".formatted(row.getString(4), row.getLong(5)),
                        row.getObject(6, LocalDate.class),
                        row.getString(7),
                        row.getString(8),
                        row.getString(9),
                        new Paid(row.getString(10), row.getString(11), row.getString(12), Money.mxn(row.getLong(13))))),
                export);
    }

    @Override
    public void bills(long export, Consumer<BillRow> taker) {
        BillDocuments rows = new BillDocuments(taker);
        each(BillDocuments.SQL, rows, export);
        rows.end();
    }

    @Override
    public void stock(long export, Consumer<StockRow> taker) {
        each(
                """
                select c.theirs, p.line_code || '-' || p.part_number, p.name_es, p.unit, sum(h.on_hand)::bigint
                from accounting_export x
                join erp_code c on c.target = x.target and c.kind = 'WAREHOUSE'
                join store s on s.code = c.ours
                join stock_on_hand h on h.store_id = s.id
                join part p on p.id = h.part_id
                where x.id = ?
                and p.removed_at is null
                group by c.theirs, p.id
                order by c.theirs, p.line_code, p.part_number
                """,
                row -> taker.accept(new StockRow(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        new Quantity(row.getLong(5)))),
                export);
    }

    @Override
    public void subtotals(long export, Consumer<Subtotal> taker) {
        each(
                """
                select figure.role, s.code, e.day, figure.kind, sum(figure.base)::bigint, sum(figure.amount)::bigint
                from export_entry e
                join store s on s.id = e.store_id
                join lateral (
                    select 'TAX' as role,
                        case
                            when l.tax_factor = 'RATE' then trim_scale(l.tax_rate * 100)::text || '%'
                            else l.tax_factor
                        end as kind, l.net - l.discount as base, l.tax as amount
                    from export_item i
                    join sale_line l on l.sale_id = i.sale_id
                    where i.entry_id = e.id
                    union all
                    select case t.kind when 'DEPOSIT' then 'DEPOSITS' else 'TENDER' end, case t.kind when 'DEPOSIT' then '' else t.kind end, 0, t.amount
                    from export_item i
                    join sale_tender t on t.sale_id = i.sale_id
                    where i.entry_id = e.id
                    union all
                    select 'TENDER', d.tender, d.amount, d.amount
                    from export_deposit x
                    join promise_entry d on d.id = x.deposit_id
                    where x.entry_id = e.id
                    and d.kind in ('TAKEN', 'RETURNED')
                    union all
                    select 'PENALTIES', '', -d.amount, -d.amount
                    from export_deposit x
                    join promise_entry d on d.id = x.deposit_id
                    where x.entry_id = e.id
                    and d.kind = 'KEPT') figure on true
                where e.export_id = ?
                group by e.day, s.code, figure.role, figure.kind
                order by figure.role, e.day, s.code, figure.kind
                """,
                row -> taker.accept(new Subtotal(
                        AccountRole.valueOf(row.getString(1)),
                        row.getString(2),
                        row.getObject(3, LocalDate.class),
                        row.getString(4),
                        Money.mxn(row.getLong(5)),
                        Money.mxn(row.getLong(6)))),
                export);
    }

    /** By a cursor: outside a transaction the driver would fetch everything at once. */
    private void each(String sql, RowCallbackHandler taker, long export) {
        oneLook.executeWithoutResult(status -> streaming.query(sql, taker, export));
    }

    @Override
    public void written(long export) {
        jdbc.sql("""
            update accounting_export
            set written_at = :now
            where id = :export
            and written_at is null
            """).param("now", now()).param("export", export).update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
