package mx.refahub.batch.stock;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import mx.refahub.batch.run.RunRefused;
import mx.refahub.batch.run.Workshop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Takes back what one run of opening-stock made, in one transaction: stock by the opposite movements, balances by a credit over what nobody has paid, suppliers by
 * taking them out, or archiving those that were ordered from; cores as they came, unless some were used: then nothing is taken back. Customers stay, and owe nothing of it: branches may have sold to them.
 */
final class UndoOpening implements Tasklet {
    static final String OF = "of";
    private static final Logger LOG = LoggerFactory.getLogger(UndoOpening.class);

    private final Workshop workshop;
    private final JdbcClient jdbc;

    UndoOpening(Workshop workshop) {
        this.workshop = workshop;
        jdbc = JdbcClient.create(workshop.dataSource());
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        long run = Workshop.run(contribution.getStepExecution());
        Map<String, String> parameters = workshop.runs().parameters(run);
        long of = Long.parseLong(parameters.getOrDefault(OF, "0").strip());
        OffsetDateTime now = workshop.clock().instant().atOffset(ZoneOffset.UTC);
        // Deposits before the counters, as those who bring them back take them: they follow one another, and none waits
        // for one that waits for it.
        jdbc.sql(LOCKED).param("of", of).query(row -> {});
        // Then the counters, always in this order: their rows order all who change stock.
        long stock = PublishAccounts.raise(jdbc, "stock", now);
        long customers = PublishAccounts.raise(jdbc, "customers", now);
        Map<String, Object> values = Map.of(
                "of",
                of,
                "now",
                now,
                "stock",
                stock,
                "customers",
                customers,
                "cause",
                workshop.runs().cause(run));
        refuseUsedCores(of);
        jdbc.sql(TOLD).params(values).update();
        int cores = jdbc.sql(CORES).param("of", of).update()
                + jdbc.sql(CORE_CHARGES).param("of", of).update();
        int movements = jdbc.sql(MOVEMENTS).params(values).update();
        jdbc.sql(STOCK).params(values).update();
        int balances = jdbc.sql(BALANCES).params(values).update();
        jdbc.sql(ARCHIVED).params(values).update();
        jdbc.sql(SUPPLIERS).params(values).update();
        int undone = jdbc.sql("""
                update opening_made
                set undone_at = :now
                where run_id = :of
                and undone_at is null
                """).param("of", of).param("now", now).update();
        if (undone == 0) throw new RunRefused("La corrida " + of + " no hizo ninguna carga inicial que siga en pie.");
        workshop.runs()
                .note(
                        run,
                        String.format(
                                Locale.ROOT,
                                "Se deshizo la corrida %d: existencias devueltas %,d; saldos acreditados %,d; cascos quitados %,d. Los clientes quedan, sin ese saldo.",
                                of,
                                movements,
                                balances,
                                cores));
        contribution.incrementWriteCount(undone);
        LOG.info("opening undone run={} of={} movements={} balances={} cores={}", run, of, movements, balances, cores);
        return RepeatStatus.FINISHED;
    }

    private void refuseUsedCores(long of) {
        List<String> used = jdbc.sql(USED_CORES)
                .param("of", of)
                .query((row, n) -> row.getString(1))
                .list();
        if (!used.isEmpty())
            throw new RunRefused("De los cascos de la corrida " + of + " ya se usaron algunos, y no se puede deshacer: "
                    + String.join("; ", used) + ".");
    }

    /** Owed ones that were given to their supplier, lying ones that went on, and customers' that came. */
    private static final String USED_CORES = """
        select u.name || ' ya recibió ' || trim_scale(sum(m.quantity) / 1000.0) || ' de ' || p.line_code || ' ' || p.part_number
        from supplier_core_charge c
        join supplier_core_match m on m.charge_id = c.id
        join supplier u on u.id = c.supplier_id
        join part p on p.id = c.part_id
        where c.run_id = :of
        group by u.name, p.line_code, p.part_number
        union all
        select t.code || ' ya entregó ' || trim_scale(least(o.quantity, o.quantity - l.quantity) / 1000.0) || ' de ' || p.line_code || ' ' || p.part_number
        from (
            select store_id, part_id, sum(quantity)::bigint as quantity
            from core_opening
            where run_id = :of
            and customer_id is null
            group by store_id, part_id) o
        join core_lying l on l.store_id = o.store_id and l.part_id = o.part_id
        join store t on t.id = o.store_id
        join part p on p.id = o.part_id
        where l.quantity < o.quantity
        union all
        select c.name || ' ya trajo ' || trim_scale(sum(b.quantity) / 1000.0) || ' de ' || p.line_code || ' ' || p.part_number
        from core_opening o
        join (
            select opening_id, quantity
            from core_opening_back
            union all
            select return_line, -quantity
            from sale_line
            where return_line is not null) b on b.opening_id = o.id
        join customer c on c.id = o.customer_id
        join part p on p.id = o.part_id
        where o.run_id = :of
        group by c.name, p.line_code, p.part_number
        limit 5
        """;

    private static final String LOCKED = """
        select id
        from core_opening
        where run_id = :of
        order by id
        for update
        """;

    private static final String TOLD = """
        update customer
        set customers_version = :customers
        where id in (
            select customer_id
            from core_opening
            where run_id = :of)
        """;

    private static final String CORES = """
        delete from core_opening
        where run_id = :of
        """;

    private static final String CORE_CHARGES = """
        delete from supplier_core_charge
        where run_id = :of
        """;

    private static final String MOVEMENTS = """
        insert into stock_movement (id, store_id, part_id, kind, quantity, cause, at, bin, value)
        select uuidv7(), m.store_id, m.part_id, 'OPENING', -m.quantity, :cause, :now, h.bin, -m.value
        from opening_made m
        join stock_on_hand h on h.store_id = m.store_id and h.part_id = m.part_id
        where m.run_id = :of
        and m.what = 'STOCK'
        and m.undone_at is null
        """;

    private static final String STOCK = """
        update stock_on_hand h
        set on_hand = h.on_hand - m.quantity, opening = h.opening - m.quantity, value = h.value - m.value,
            opening_value = h.opening_value - m.value, as_of = :now, stock_version = :stock
        from (
            select store_id, part_id, sum(quantity)::bigint as quantity, sum(value)::bigint as value
            from opening_made
            where run_id = :of
            and what = 'STOCK'
            and undone_at is null
            group by store_id, part_id) m
        where m.store_id = h.store_id
        and m.part_id = h.part_id
        """;

    private static final String BALANCES = """
        with owed as materialized (
            select uuidv7() as credit, e.id, e.customer_id, e.store_id, e.reference,
                e.amount - coalesce((select sum(a.amount) from account_applied a where a.charge_id = e.id), 0) as rest
            from opening_made m
            join account_entry e on e.id = m.id
            where m.run_id = :of
            and m.what = 'BALANCE'
            and m.undone_at is null),
        credited as (
            insert into account_entry (id, customer_id, store_id, kind, currency, amount, at, day, reference, note, by_name)
            select credit, customer_id, store_id, 'CREDIT', 'MXN', -rest, :now, cast(:now as timestamptz)::date, reference,
                'Saldo inicial deshecho', 'opening-undo'
            from owed
            where rest > 0
            returning id),
        summed as (
            update account_balance b
            set balance = b.balance - o.rest
            from (
                select customer_id, store_id, sum(rest)::bigint as rest
                from owed
                where rest > 0
                group by customer_id, store_id) o
            where o.customer_id = b.customer_id
            and o.store_id = b.store_id),
        told as (
            update customer
            set customers_version = :customers
            where id in (select customer_id from owed))
        insert into account_applied (entry_id, charge_id, amount)
        select o.credit, o.id, o.rest
        from owed o
        where o.rest > 0
        """;

    private static final String ARCHIVED = """
        update supplier s
        set archived_at = :now
        where s.archived_at is null
        and s.id in (select id from opening_made where run_id = :of and what = 'SUPPLIER' and undone_at is null)
        and (exists (select from purchase_order o where o.supplier_id = s.id)
            or exists (select from supplier_invoice i where i.supplier_id = s.id)
            or exists (select from supplier_part p where p.supplier_id = s.id)
            or exists (select from reorder_alert a where a.supplier_id = s.id)
            or exists (select from reorder_filler f where f.supplier_id = s.id)
            or exists (select from supplier_core_charge c where c.supplier_id = s.id)
            or exists (select from supplier_core_return r where r.supplier_id = s.id))
        """;

    private static final String SUPPLIERS = """
        delete from supplier s
        where s.archived_at is null
        and s.id in (select id from opening_made where run_id = :of and what = 'SUPPLIER' and undone_at is null)
        """;
}
