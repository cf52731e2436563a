package mx.refahub.batch.stock;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import mx.refahub.batch.intake.FileChecks;
import mx.refahub.batch.intake.RejectedRows;
import mx.refahub.batch.intake.RowFormat;
import mx.refahub.batch.run.Workshop;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Cores over all rows: branches, parts, customers and suppliers that are not there (nor come with the same run), repetitions, what another run has loaded. */
final class CheckCores implements Tasklet {
    private final Workshop workshop;
    private final RejectedRows rejectedRows;
    private final RowFormat format;
    private final JdbcClient jdbc;

    CheckCores(Workshop workshop, RejectedRows rejectedRows, RowFormat format) {
        this.workshop = workshop;
        this.rejectedRows = rejectedRows;
        this.format = format;
        jdbc = JdbcClient.create(workshop.dataSource());
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) throws Exception {
        long run = Workshop.run(contribution.getStepExecution());
        jdbc.sql("analyze staging_core").update();
        OffsetDateTime now = workshop.clock().instant().atOffset(ZoneOffset.UTC);
        jdbc.sql(TODAY).param("run", run).param("now", now).update();
        FileChecks checks = new FileChecks(jdbc, run);
        checks.reject(NO_SUCH_STORE);
        checks.reject(NO_SUCH_PART);
        checks.reject(NO_SUCH_CUSTOMER);
        checks.reject(NO_SUCH_SUPPLIER);
        checks.reject(NOT_YET.formatted(now));
        checks.reject(TWICE);
        checks.reject(THERE);
        contribution.incrementProcessSkipCount(checks.rejected());
        if (checks.rejected() > 0)
            rejectedRows.findOriginals(
                    run, format, workshop.folders().file(run, format.file()).orElseThrow());
        return RepeatStatus.FINISHED;
    }

    private static final String TODAY = """
        update staging_core s
        set since = (cast(:now as timestamptz) at time zone t.time_zone)::date
        from store t
        where s.run_id = :run
        and s.since is null
        and upper(t.code) = s.store_code
        """;

    private static final String NO_SUCH_STORE = """
        with gone as (
            delete from staging_core s
            where s.run_id = :run
            and not exists (
                select
                from store t
                where upper(t.code) = s.store_code
                and t.closed_at is null)
            returning s.line, s.store_code)
        insert into job_run_reject (run_id, file, line, column_name, value, reason)
        select :run, 'cores', line, 'store_code', store_code, 'No hay una sucursal abierta con el código ' || store_code || '.'
        from gone
        """;

    private static final String NO_SUCH_PART = """
        with gone as (
            delete from staging_core s
            where s.run_id = :run
            and not exists (
                select
                from part p
                where p.line_code = s.line_code
                and p.part_number = s.part_number)
            returning s.line, s.line_code, s.part_number)
        insert into job_run_reject (run_id, file, line, column_name, value, reason)
        select :run, 'cores', line, 'part_number', part_number, 'No hay una pieza ' || line_code || ' ' || part_number || ' en el catálogo.'
        from gone
        """;

    private static final String NO_SUCH_CUSTOMER = """
        with gone as (
            delete from staging_core s
            where s.run_id = :run
            and s.kind = 'CUSTOMER'
            and not exists (
                select
                from opening_customer o
                where o.code = s.customer)
            and not exists (
                select
                from staging_customer c
                where c.run_id = :run
                and c.code = s.customer)
            returning s.line, s.customer)
        insert into job_run_reject (run_id, file, line, column_name, value, reason)
        select :run, 'cores', line, 'customer', customer, 'Ninguna carga inicial trajo al cliente ' || customer || ', y en esta no viene.'
        from gone
        """;

    private static final String NO_SUCH_SUPPLIER = """
        with gone as (
            delete from staging_core s
            where s.run_id = :run
            and s.kind = 'SUPPLIER'
            and not exists (
                select
                from supplier t
                where t.code = s.supplier
                and t.archived_at is null)
            and not exists (
                select
                from staging_supplier t
                where t.run_id = :run
                and t.code = s.supplier)
            returning s.line, s.supplier)
        insert into job_run_reject (run_id, file, line, column_name, value, reason)
        select :run, 'cores', line, 'supplier', supplier, 'No hay un proveedor con la clave ' || supplier || '.'
        from gone
        """;

    private static final String NOT_YET = """
        with gone as (
            delete from staging_core s
            using store t
            where s.run_id = :run
            and upper(t.code) = s.store_code
            and s.since > (timestamptz '%s' at time zone t.time_zone)::date
            returning s.line, s.since)
        insert into job_run_reject (run_id, file, line, column_name, value, reason)
        select :run, 'cores', line, 'since', since::text, 'Es un día que todavía no llega.'
        from gone
        """;

    private static final String TWICE = """
        with numbered as (
            select line, min(line) over (
                partition by kind, store_code, customer, supplier, line_code, part_number, since) as first
            from staging_core
            where run_id = :run),
        gone as (
            delete from staging_core s
            using numbered n
            where s.run_id = :run
            and n.line = s.line
            and n.line > n.first
            returning s.line, s.part_number, n.first)
        insert into job_run_reject (run_id, file, line, column_name, value, reason)
        select :run, 'cores', line, 'part_number', part_number, 'Repite los cascos del renglón ' || first || ', del mismo día.'
        from gone
        """;

    /** The same file again brings nothing twice. What was taken back may come again. */
    private static final String THERE = """
        with gone as (
            delete from staging_core s
            using (
                select s.line, min(c.run_id) as earlier
                from staging_core s
                join store t on upper(t.code) = s.store_code
                join part p on p.line_code = s.line_code and p.part_number = s.part_number
                left join opening_customer o on o.code = s.customer
                left join supplier u on u.code = s.supplier
                cross join lateral (
                    select run_id
                    from core_opening
                    where s.kind <> 'SUPPLIER'
                    and store_id = t.id
                    and part_id = p.id
                    and customer_id is not distinct from o.customer_id
                    and (customer_id is null) = (s.kind = 'SHOP')
                    union all
                    select run_id
                    from supplier_core_charge
                    where s.kind = 'SUPPLIER'
                    and run_id is not null
                    and store_id = t.id
                    and part_id = p.id
                    and supplier_id = u.id) c
                where s.run_id = :run
                group by s.line) there
            where s.run_id = :run
            and there.line = s.line
            returning s.line, s.part_number, there.earlier)
        insert into job_run_reject (run_id, file, line, column_name, value, reason)
        select :run, 'cores', line, 'part_number', part_number, 'Estos cascos ya se cargaron en la corrida ' || earlier || '.'
        from gone
        """;
}
