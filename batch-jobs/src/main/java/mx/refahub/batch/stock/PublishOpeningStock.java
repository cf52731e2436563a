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
        OffsetDateTime now = workshop.clock().instant().atOffset(ZoneOffset.UTC);
        long version = lock() + 1;
        int changed = changes(run);
        int moved = jdbc.sql(MOVEMENTS)
                .param("cause", workshop.runs().cause(run))
                .param("now", now)
                .update();
        int written =
                jdbc.sql(STOCK).param("version", version).param("now", now).update();
        if (written != changed) throw new IllegalStateException(written + " rows of stock written of " + changed);
        if (changed > 0) raise(run, version, now);
        workshop.runs()
                .note(
                        run,
                        changed == 0
                                ? "Nada cambió: las existencias ya estaban así."
                                : String.format(
                                        Locale.ROOT,
                                        "Existencias nuevas o cambiadas: %,d; movimientos de apertura: %,d.",
                                        changed,
                                        moved));
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

    private int changes(long run) {
        return jdbc.sql(CHANGES)
                .param("run", run)
                .param("hasMinimum", fileHas(run, StockRows.MINIMUM_COLUMN))
                .param("hasMaximum", fileHas(run, StockRows.MAXIMUM_COLUMN))
                .param("hasCost", fileHas(run, StockRows.UNIT_COST_COLUMN))
                .update();
    }

    private boolean fileHas(long run, String column) {
        return jdbc.sql("""
                select :column = any (header)
                from job_run_file
                where run_id = :run
                and file = 'stock'
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
     * Only rows that differ from what stands. Nobody else writes the opening, so the difference holds while sales go on. A file without costs keeps the cost of a
     * piece as it is.
     */
    private static final String CHANGES = """
        create temporary table stock_change on commit drop as
        select *
        from (
            select t.id as store_id, p.id as part_id, s.quantity - coalesce(h.opening, 0) as difference,
                coalesce(s.bin, h.bin, '') as bin,
                case when cast(:hasMinimum as boolean) then s.minimum else h.minimum end as minimum,
                case when cast(:hasMaximum as boolean) then s.maximum else h.maximum end as maximum,
                case
                    when cast(:hasCost as boolean) then round(s.quantity * coalesce(s.unit_cost, 0) / 1000.0)::bigint
                    when coalesce(h.opening, 0) = 0 then 0
                    else round(h.opening_value * s.quantity / cast(h.opening as numeric))::bigint
                end - coalesce(h.opening_value, 0) as value,
                h.store_id is null as fresh, h.bin as old_bin, h.minimum as old_minimum, h.maximum as old_maximum
            from staging_stock s
            join store t on upper(t.code) = s.store_code
            join part p on p.line_code = s.line_code and p.part_number = s.part_number
            left join stock_on_hand h on h.store_id = t.id and h.part_id = p.id
            where s.run_id = :run)
        where fresh
        or difference <> 0
        or value <> 0
        or (bin, minimum, maximum) is distinct from (old_bin, old_minimum, old_maximum)
        """;

    private static final String MOVEMENTS = """
        insert into stock_movement (id, store_id, part_id, kind, quantity, cause, at, bin, value)
        select uuidv7(), store_id, part_id, 'OPENING', difference, :cause, :now, bin, value
        from stock_change
        where difference <> 0
        or value <> 0
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
