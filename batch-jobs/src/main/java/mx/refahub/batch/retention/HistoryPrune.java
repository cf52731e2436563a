package mx.refahub.batch.retention;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import mx.refahub.batch.run.Approval;
import mx.refahub.batch.run.JobDefinition;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.job.Jobs.Change;
import mx.refahub.domain.job.Jobs.Parameter;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The job history-prune: runs that are old and not among the newest of their job go, with their log, their files and what Batch knows of them. A run stays as long as
 * something rests on it: it can be taken back, its entries were delivered, its copy is kept, or it has not ended. See README.md beside this file.
 */
public final class HistoryPrune implements Pruning.Scope {
    static final String DONE_DAYS = "done-days";
    static final String FAILED_DAYS = "failed-days";
    static final String KEEP = "keep";

    private final Workshop workshop;
    private final JdbcClient jdbc;

    private HistoryPrune(Workshop workshop) {
        this.workshop = workshop;
        jdbc = JdbcClient.create(workshop.dataSource());
    }

    // @formatter:off
    public static JobDefinition definition(Workshop workshop) {
        HistoryPrune scope = new HistoryPrune(workshop);
        return new JobDefinition(
                workshop.job("history-prune")
                        .start(workshop.step("preview", new Pruning.Preview(workshop, scope)))
                        .next(workshop.step("approval", new Approval(workshop)))
                        .next(workshop.step("prune", new Pruning.Prune(workshop, scope)))
                        .build(),
                List.of(
                        new Parameter(DONE_DAYS, Parameter.Kind.NUMBER, false, List.of(), "180"),
                        new Parameter(FAILED_DAYS, Parameter.Kind.NUMBER, false, List.of(), "365"),
                        new Parameter(KEEP, Parameter.Kind.NUMBER, false, List.of(), "50"),
                        new Parameter(Approval.PARAMETER, Parameter.Kind.FLAG, false)),
                false);
    }
    // @formatter:on

    private static final String OLD = """
        from (
            select id, status, ended_at, row_number() over (partition by job order by id desc) as place
            from job_run
            where ended_at is not null) r
        where r.place > :keep
        and r.ended_at < case when r.status in ('DONE', 'DISCARDED') then :doneBefore else :failedBefore end
        and r.id <> :run
        and not exists (select from undo_part u where u.run_id = r.id)
        and not exists (select from accounting_export e where e.run_id = r.id)
        and not exists (select from opening_made m where m.run_id = r.id and m.undone_at is null)
        and not exists (select from price_rule p where p.run_id = r.id)
        and not exists (select from backup b where b.run_id = r.id and b.deleted_at is null)
        """;

    private JdbcClient.StatementSpec old(String sql, StepExecution step) {
        OffsetDateTime now = workshop.clock().instant().atOffset(ZoneOffset.UTC);
        return jdbc.sql(sql)
                .param("run", Workshop.run(step))
                .param("keep", number(step, KEEP, 50))
                .param("doneBefore", now.minus(Duration.ofDays(number(step, DONE_DAYS, 180))))
                .param("failedBefore", now.minus(Duration.ofDays(number(step, FAILED_DAYS, 365))));
    }

    private static long number(StepExecution step, String name, long preset) {
        String given = step.getJobParameters().getString(name);
        // A century is enough for anybody.
        return given == null ? preset : Math.min(Long.parseLong(given), 36_500);
    }

    @Override
    public Map<Change.Kind, Long> counts(StepExecution step) {
        return Map.of(
                Change.Kind.RUN_REMOVED,
                old("select count(*) " + OLD, step).query(Long.class).single());
    }

    /** Batch's rows first: a run whose number is gone could not find them any more. */
    @Override
    public int take(StepExecution step, int most) {
        List<Long> runs = old("select r.id " + OLD + " order by r.id limit " + most, step)
                .query((row, n) -> row.getLong(1))
                .list();
        if (runs.isEmpty()) return 0;
        List<Long> executions = jdbc.sql("""
                select job_execution_id
                from batch_job_execution_params
                where parameter_name = 'run'
                and parameter_value in (:runs)
                """)
                .param("runs", runs.stream().map(String::valueOf).toList())
                .query((row, n) -> row.getLong(1))
                .list();
        if (!executions.isEmpty()) forgetTries(executions);
        jdbc.sql("delete from stock_difference where run_id in (:runs)")
                .param("runs", runs)
                .update();
        int gone = jdbc.sql("delete from job_run where id in (:runs)")
                .param("runs", runs)
                .update();
        for (Long run : runs)
            try {
                workshop.folders().forget(run);
            } catch (IOException e) {
                throw new UncheckedIOException("files of run " + run, e);
            }
        return gone;
    }

    /** Their instances too, and no other one: a job that is just starting has an instance before it has an execution. */
    private void forgetTries(List<Long> executions) {
        List<Long> instances = jdbc.sql("""
                select distinct job_instance_id
                from batch_job_execution
                where job_execution_id in (:executions)
                """)
                .param("executions", executions)
                .query((row, n) -> row.getLong(1))
                .list();
        for (String statement : BATCHES)
            jdbc.sql(statement).param("executions", executions).update();
        if (instances.isEmpty()) return;
        jdbc.sql("""
                delete from batch_job_instance i
                where job_instance_id in (:instances)
                and not exists (
                    select
                    from batch_job_execution e
                    where e.job_instance_id = i.job_instance_id)
                """).param("instances", instances).update();
    }

    private static final List<String> BATCHES = List.of(
            """
            delete from batch_step_execution_context
            where step_execution_id in (
                select step_execution_id
                from batch_step_execution
                where job_execution_id in (:executions))
            """,
            "delete from batch_step_execution where job_execution_id in (:executions)",
            "delete from batch_job_execution_context where job_execution_id in (:executions)",
            "delete from batch_job_execution_params where job_execution_id in (:executions)",
            "delete from batch_job_execution where job_execution_id in (:executions)");

    @Override
    public String said(long taken) {
        return taken == 0
                ? "No había corridas viejas que borrar."
                : String.format(Locale.ROOT, "Se borraron %,d corridas viejas, con su bitácora y sus archivos.", taken);
    }
}
