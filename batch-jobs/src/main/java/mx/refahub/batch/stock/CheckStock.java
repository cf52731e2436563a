package mx.refahub.batch.stock;

import mx.refahub.batch.intake.FileChecks;
import mx.refahub.batch.intake.RejectedRows;
import mx.refahub.batch.intake.RowFormat;
import mx.refahub.batch.run.Workshop;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What can only be seen over all rows: branches and parts that are not there, repetitions. */
final class CheckStock implements Tasklet {
    private final Workshop workshop;
    private final RejectedRows rejectedRows;
    private final RowFormat format;
    private final JdbcClient jdbc;

    CheckStock(Workshop workshop, RejectedRows rejectedRows, RowFormat format) {
        this.workshop = workshop;
        this.rejectedRows = rejectedRows;
        this.format = format;
        jdbc = JdbcClient.create(workshop.dataSource());
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) throws Exception {
        long run = Workshop.run(contribution.getStepExecution());
        jdbc.sql("analyze staging_stock").update();
        FileChecks checks = new FileChecks(jdbc, run);
        checks.reject(NO_SUCH_STORE);
        checks.reject(NO_SUCH_PART);
        checks.reject(TWICE);
        contribution.incrementProcessSkipCount(checks.rejected());
        if (checks.rejected() > 0)
            rejectedRows.findOriginals(
                    run, format, workshop.folders().file(run, format.file()).orElseThrow());
        return RepeatStatus.FINISHED;
    }

    private static final String NO_SUCH_STORE = """
        with gone as (
            delete from staging_stock s
            where s.run_id = :run
            and not exists (
                select
                from store t
                where upper(t.code) = s.store_code)
            returning s.line, s.store_code)
        insert into job_run_reject (run_id, file, line, column_name, value, reason)
        select :run, 'stock', line, 'store_code', store_code, 'No hay una sucursal registrada con el código ' || store_code || '.'
        from gone
        """;

    private static final String NO_SUCH_PART = """
        with gone as (
            delete from staging_stock s
            where s.run_id = :run
            and not exists (
                select
                from part p
                where p.line_code = s.line_code
                and p.part_number = s.part_number)
            returning s.line, s.line_code, s.part_number)
        insert into job_run_reject (run_id, file, line, column_name, value, reason)
        select :run, 'stock', line, 'part_number', part_number, 'No hay una pieza ' || line_code || ' ' || part_number || ' en el catálogo.'
        from gone
        """;

    private static final String TWICE = """
        with twice as (
            select store_code, line_code, part_number, min(line) as first
            from staging_stock
            where run_id = :run
            group by store_code, line_code, part_number
            having count(*) > 1),
        gone as (
            delete from staging_stock s
            using twice t
            where s.run_id = :run
            and s.store_code = t.store_code
            and s.line_code = t.line_code
            and s.part_number = t.part_number
            and s.line > t.first
            returning s.line, s.part_number, t.first)
        insert into job_run_reject (run_id, file, line, column_name, value, reason)
        select :run, 'stock', line, 'part_number', part_number, 'Repite la pieza de la misma sucursal del renglón ' || first || '.'
        from gone
        """;
}
