package mx.refahub.batch.catalogue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import mx.refahub.batch.run.JobDefinition;
import mx.refahub.batch.run.Workshop;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Brings {@code part_vehicle_preview} up to date: what each part fits, in a few words. Readers go on with the old content meanwhile; only while
 * it is empty, and there is nothing to read, the quicker way is taken that locks it. As a step of the import, and as the job view-refresh.
 */
public final class ViewRefresh implements Tasklet {
    private final Workshop workshop;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final boolean always;

    /** @param always else only if the run has published something */
    ViewRefresh(Workshop workshop, boolean always) {
        this.always = always;
        this.workshop = workshop;
        clock = workshop.clock();
        jdbc = JdbcClient.create(workshop.dataSource());
    }

    public static JobDefinition definition(Workshop workshop) {
        return new JobDefinition(
                workshop.job("view-refresh")
                        .start(workshop.step("refresh", new ViewRefresh(workshop, true)))
                        .build(),
                List.of(),
                false);
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        if (!always && !hasPublished(Workshop.run(contribution.getStepExecution()))) return RepeatStatus.FINISHED;
        boolean filled = jdbc.sql("""
                select exists (
                    select
                    from part_vehicle_preview)
                """).query(Boolean.class).single();
        Instant began = clock.instant();
        jdbc.sql("set local work_mem = '64MB'").update();
        jdbc.sql(
                        filled
                                ? "refresh materialized view concurrently part_vehicle_preview"
                                : "refresh materialized view part_vehicle_preview")
                .update();
        Instant ended = clock.instant();
        jdbc.sql("""
                update view_refreshed
                set refreshed_at = :now, took_millis = :took, rows = (select count(*) from part_vehicle_preview)
                where view = 'part_vehicle_preview'
                """)
                .param("now", ended.atOffset(ZoneOffset.UTC))
                .param("took", Duration.between(began, ended).toMillis())
                .update();
        if (always) workshop.runs().note(Workshop.run(contribution.getStepExecution()), sentence());
        return RepeatStatus.FINISHED;
    }

    private String sentence() {
        return jdbc.sql("""
                select rows, took_millis
                from view_refreshed
                where view = 'part_vehicle_preview'
                """)
                .query((row, n) -> String.format(
                        Locale.ROOT,
                        "Vehículos por pieza al día: %,d piezas con vehículo, en %.1f s.",
                        row.getLong(1),
                        row.getLong(2) / 1000.0))
                .single();
    }

    private boolean hasPublished(long run) {
        return jdbc.sql("""
                select exists (
                    select
                    from job_run_publication
                    where run_id = :run)
                """).param("run", run).query(Boolean.class).single();
    }
}
