package mx.refahub.batch.catalogue;

import mx.refahub.batch.run.Workshop;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Lets the planner know at once of a catalogue that has grown or changed much, rather than when autovacuum comes by. */
final class CatalogueStatistics implements Tasklet {
    private final JdbcClient jdbc;

    CatalogueStatistics(Workshop workshop) {
        jdbc = JdbcClient.create(workshop.dataSource());
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        long run = Workshop.run(contribution.getStepExecution());
        boolean published = jdbc.sql("""
                select exists (
                    select
                    from job_run_publication
                    where run_id = :run)
                """).param("run", run).query(Boolean.class).single();
        if (published)
            jdbc.sql("analyze part, part_price, part_barcode, part_interchange, part_relation, fitment")
                    .update();
        return RepeatStatus.FINISHED;
    }
}
