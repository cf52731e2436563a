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

/** Cores at branches and of customers, and what is owed to suppliers, in one transaction; after customers and suppliers of the same run. */
final class PublishCores implements Tasklet {
    private static final Logger LOG = LoggerFactory.getLogger(PublishCores.class);

    private final Workshop workshop;
    private final JdbcClient jdbc;

    PublishCores(Workshop workshop) {
        this.workshop = workshop;
        jdbc = JdbcClient.create(workshop.dataSource());
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        long run = Workshop.run(contribution.getStepExecution());
        OffsetDateTime now = workshop.clock().instant().atOffset(ZoneOffset.UTC);
        Long staged = jdbc.sql("select count(*) from staging_core where run_id = :run")
                .param("run", run)
                .query(Long.class)
                .single();
        if (staged == 0) return RepeatStatus.FINISHED;
        long version = PublishAccounts.raise(jdbc, "customers", now);
        int held = jdbc.sql(HELD).param("run", run).update();
        jdbc.sql(TOLD).param("run", run).param("version", version).update();
        int owed = jdbc.sql(OWED).param("run", run).param("now", now).update();
        if (held + owed != staged) throw new IllegalStateException(held + owed + " rows of cores written of " + staged);
        workshop.runs()
                .note(
                        run,
                        String.format(
                                Locale.ROOT,
                                "Cascos en sucursales y de clientes: %,d; que se deben a proveedores: %,d.",
                                held,
                                owed));
        contribution.incrementWriteCount(staged);
        LOG.info("opening cores published run={} held={} owed={}", run, held, owed);
        return RepeatStatus.FINISHED;
    }

    private static final String HELD = """
        with made as (
            insert into core_opening (id, run_id, store_id, customer_id, part_id, quantity, unit, since)
            select uuidv7(), :run, t.id, o.customer_id, p.id, s.quantity, coalesce(s.unit, 0), s.since
            from staging_core s
            join store t on upper(t.code) = s.store_code
            join part p on p.line_code = s.line_code and p.part_number = s.part_number
            left join opening_customer o on o.code = s.customer
            where s.run_id = :run
            and (s.kind = 'SHOP' or s.kind = 'CUSTOMER' and o.customer_id is not null)
            returning id, store_id, part_id, quantity, unit)
        insert into opening_made (run_id, what, id, store_id, part_id, quantity, value)
        select :run, 'CORES', id, store_id, part_id, quantity, round(quantity * unit / 1000.0)::bigint
        from made
        """;

    /** Who left a deposit gets it back at the till of that branch. */
    private static final String TOLD = """
        update customer
        set customers_version = :version
        where id in (
            select customer_id
            from core_opening
            where run_id = :run)
        """;

    /** Bought at noon of its day; due by the supplier's days, as a receipt's. A day may lie before all that is known here, so these are the first to be closed. */
    private static final String OWED = """
        with made as (
            insert into supplier_core_charge (id, supplier_id, store_id, part_id, run_id, reference, at, due_on, quantity, unit, currency)
            select uuidv7(), u.id, t.id, p.id, :run, 'Carga inicial ' || :run,
                least(cast(:now as timestamptz), (s.since + time '12:00') at time zone t.time_zone),
                case when u.core_days > 0 then s.since + u.core_days end, s.quantity, s.unit / 100.0, u.currency
            from staging_core s
            join store t on upper(t.code) = s.store_code
            join part p on p.line_code = s.line_code and p.part_number = s.part_number
            join supplier u on u.code = s.supplier and u.archived_at is null
            where s.run_id = :run
            and s.kind = 'SUPPLIER'
            returning id, store_id, part_id, quantity, unit)
        insert into opening_made (run_id, what, id, store_id, part_id, quantity, value)
        select :run, 'CORES', id, store_id, part_id, quantity, round(quantity * unit / 10)::bigint
        from made
        """;
}
