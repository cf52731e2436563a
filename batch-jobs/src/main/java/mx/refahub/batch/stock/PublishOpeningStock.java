package mx.refahub.batch.stock;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import mx.refahub.batch.run.Workshop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Brings the staged opening stock into the ledger, in one transaction: a movement by what the file's quantity differs from the opening so far,
 * so that the same file again moves nothing and a mended one moves the difference. What was sold meanwhile stays sold.
 */
final class PublishOpeningStock implements Tasklet {
    private static final Logger LOG = LoggerFactory.getLogger(PublishOpeningStock.class);

    private final Workshop workshop;
    private final JdbcClient jdbc;

    PublishOpeningStock(Workshop workshop) {
        this.workshop = workshop;
        jdbc = JdbcClient.create(workshop.dataSource());
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        long run = Workshop.run(contribution.getStepExecution());
        if (workshop.folders().file(run, StockRows.FILE).isEmpty()) return RepeatStatus.FINISHED;
        OffsetDateTime now = workshop.clock().instant().atOffset(ZoneOffset.UTC);
        long version = lock() + 1;
        int changed = changes(jdbc, run);
        int moved = jdbc.sql(MOVEMENTS)
                .param("cause", workshop.runs().cause(run))
                .param("now", now)
                .update();
        int written =
                jdbc.sql(STOCK).param("version", version).param("now", now).update();
        if (written != changed) throw new IllegalStateException(written + " rows of stock written of " + changed);
        jdbc.sql("""
                insert into opening_made (run_id, what, store_id, part_id, quantity, value)
                select :run, 'STOCK', store_id, part_id, difference, value
                from stock_change
                where difference <> 0
                or value <> 0
                """).param("run", run).update();
        if (changed > 0) raise(run, version, now);
        long costless = jdbc.sql("select count(*) from stock_change where costless")
                .query(Long.class)
                .single();
        workshop.runs()
                .note(
                        run,
                        changed == 0
                                ? "Nada cambió: las existencias ya estaban así."
                                : String.format(
                                                Locale.ROOT,
                                                "Existencias nuevas o cambiadas: %,d; movimientos de apertura: %,d.",
                                                changed,
                                                moved)
                                        + (costless == 0
                                                ? ""
                                                : String.format(
                                                        Locale.ROOT,
                                                        " Sin ningún costo conocido, valen cero hasta que se reciban: %,d.",
                                                        costless)));
        contribution.incrementWriteCount(changed);
        LOG.info("opening stock published run={} rows={} movements={}", run, changed, moved);
        return RepeatStatus.FINISHED;
    }

    private long lock() {
        return jdbc.sql("""
                select version
                from stream_version
                where stream = 'stock'
                for update
                """).query(Long.class).single();
    }

    /** Makes the temporary table {@code stock_change}, which lives until the transaction ends. */
    static int changes(JdbcClient jdbc, long run) {
        return jdbc.sql(CHANGES)
                .param("run", run)
                .param("hasMinimum", fileHas(jdbc, run, StockRows.MINIMUM_COLUMN))
                .param("hasMaximum", fileHas(jdbc, run, StockRows.MAXIMUM_COLUMN))
                .update();
    }

    /** Also where there is no file of stock at all. */
    private static boolean fileHas(JdbcClient jdbc, long run, String column) {
        return jdbc.sql("""
                select exists (
                    select
                    from job_run_file
                    where run_id = :run
                    and file = 'stock'
                    and :column = any (header))
                """)
                .param("run", run)
                .param("column", column)
                .query(Boolean.class)
                .single();
    }

    private void raise(long run, long version, OffsetDateTime now) {
        int raised = jdbc.sql("""
                update stream_version
                set version = :version, published_at = :now
                where stream = 'stock'
                and version = :version - 1
                """).param("version", version).param("now", now).update();
        if (raised != 1) throw new IllegalStateException("stream stock is not at " + (version - 1));
        jdbc.sql("""
                insert into job_run_publication (run_id, stream, version, published_at)
                values (:run, 'stock', :version, :now)
                on conflict (run_id, stream) do update
                set version = excluded.version, published_at = excluded.published_at
                """)
                .param("run", run)
                .param("version", version)
                .param("now", now)
                .update();
    }

    /**
     * Only rows that differ from what stands. Nobody else writes the opening, so the difference holds while sales go on. A row without a cost keeps the cost of a
     * piece as it is; of a part that has none it takes the last cost at the branch, else the average at the others, else what a supplier asks.
     */
    private static final String CHANGES = """
        create temporary table stock_change on commit drop as
        with fed as materialized (
            select distinct p.id as part_id
            from staging_stock s
            join part p on p.line_code = s.line_code and p.part_number = s.part_number
            where s.run_id = :run
            and s.unit_cost is null),
        elsewhere as materialized (
            select h.part_id, round(sum(cast(h.value as numeric)) * 1000 / sum(h.on_hand))::bigint as cost
            from fed f
            join stock_on_hand h on h.part_id = f.part_id
            where h.on_hand > 0
            and h.value > 0
            group by h.part_id),
        supplied as materialized (
            select distinct on (sp.part_id) sp.part_id, round(sp.cost * 100)::bigint as cost
            from fed f
            join supplier_part sp on sp.part_id = f.part_id
            join supplier s on s.id = sp.supplier_id and s.currency = 'MXN'
            where sp.cost > 0
            order by sp.part_id, sp.noted_at desc)
        select *
        from (
            select t.id as store_id, p.id as part_id, s.quantity - coalesce(h.opening, 0) as difference,
                coalesce(s.bin, h.bin, '') as bin,
                case when cast(:hasMinimum as boolean) then s.minimum else h.minimum end as minimum,
                case when cast(:hasMaximum as boolean) then s.maximum else h.maximum end as maximum,
                case
                    when s.unit_cost is not null then round(cast(s.quantity as numeric) * s.unit_cost / 1000)::bigint
                    when coalesce(h.opening, 0) <> 0 and h.opening_value <> 0
                        then round(cast(h.opening_value as numeric) * s.quantity / h.opening)::bigint
                    else round(cast(s.quantity as numeric) * coalesce(h.last_cost, e.cost, u.cost, 0) / 1000)::bigint
                end - coalesce(h.opening_value, 0) as value,
                s.unit_cost is null and coalesce(h.opening_value, 0) = 0 and s.quantity > 0
                    and coalesce(h.last_cost, e.cost, u.cost) is null as costless,
                h.store_id is null as fresh, coalesce(h.opening, 0) as old_opening, coalesce(h.opening_value, 0) as old_value, h.bin as old_bin,
                h.minimum as old_minimum, h.maximum as old_maximum
            from staging_stock s
            join store t on upper(t.code) = s.store_code
            join part p on p.line_code = s.line_code and p.part_number = s.part_number
            left join stock_on_hand h on h.store_id = t.id and h.part_id = p.id
            left join elsewhere e on e.part_id = p.id
            left join supplied u on u.part_id = p.id
            where s.run_id = :run)
        where fresh
        or difference <> 0
        or value <> 0
        or (bin, minimum, maximum) is distinct from (old_bin, old_minimum, old_maximum)
        """;

    /** What lay in another bin leaves it and comes in where it lies now, so that the movements of a bin are what lies there. */
    private static final String MOVEMENTS = """
        insert into stock_movement (id, store_id, part_id, kind, quantity, cause, at, bin, value)
        select uuidv7(), store_id, part_id, 'OPENING', difference, :cause, :now, bin, value
        from stock_change
        where (fresh or bin = old_bin or old_opening = 0)
        and (difference <> 0 or value <> 0)
        union all
        select uuidv7(), c.store_id, c.part_id, 'OPENING', m.quantity, :cause, :now, m.bin, m.value
        from stock_change c
        cross join lateral (
            values (c.old_bin, -c.old_opening, -c.old_value), (c.bin, c.old_opening + c.difference, c.old_value + c.value)) as m (bin, quantity, value)
        where not c.fresh
        and c.bin <> c.old_bin
        and c.old_opening <> 0
        """;

    private static final String STOCK = """
        insert into stock_on_hand as h (
            store_id, part_id, on_hand, opening, value, opening_value, bin, minimum, maximum, as_of, stock_version)
        select store_id, part_id, difference, difference, value, value, bin, minimum, maximum, :now, :version
        from stock_change
        on conflict (store_id, part_id) do update
        set on_hand = h.on_hand + excluded.on_hand, opening = h.opening + excluded.opening, value = h.value + excluded.value,
            opening_value = h.opening_value + excluded.opening_value, bin = excluded.bin,
            minimum = excluded.minimum, maximum = excluded.maximum, as_of = excluded.as_of, stock_version = excluded.stock_version
        """;
}
