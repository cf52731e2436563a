package mx.refahub.batch.retention;

import java.util.Map;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.job.Jobs.Change;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The two steps that jobs which throw away have in common: what would go is counted first, and then goes in batches, each a transaction. */
final class Pruning {
    /** How many rows of its kind a transaction takes away. */
    static final int BATCH = 500;

    private Pruning() {}

    interface Scope {
        /** How many there are now, by kind. */
        Map<Change.Kind, Long> counts(StepExecution step);

        /** Takes some away. @return how many; 0 once there are none */
        int take(StepExecution step, int most);

        /** What was done, in a sentence. */
        String said(long taken);
    }

    /** Ends in what a person is shown before saying yes, where that was asked for. */
    record Preview(Workshop workshop, Scope scope) implements Tasklet {
        @Override
        public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
            StepExecution step = contribution.getStepExecution();
            long run = Workshop.run(step);
            JdbcClient jdbc = JdbcClient.create(workshop.dataSource());
            jdbc.sql("delete from job_run_preview where run_id = :run")
                    .param("run", run)
                    .update();
            long all = 0;
            for (Map.Entry<Change.Kind, Long> one : scope.counts(step).entrySet()) {
                all += one.getValue();
                jdbc.sql("""
                        insert into job_run_preview (run_id, kind, rows)
                        values (:run, :kind, :rows)
                        """)
                        .param("run", run)
                        .param("kind", one.getKey().name())
                        .param("rows", one.getValue())
                        .update();
            }
            step.getExecutionContext().putLong(Workshop.TOTAL, all);
            return RepeatStatus.FINISHED;
        }
    }

    record Prune(Workshop workshop, Scope scope) implements Tasklet {
        @Override
        public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
            StepExecution step = contribution.getStepExecution();
            int taken = scope.take(step, BATCH);
            contribution.incrementWriteCount(taken);
            if (taken > 0) return RepeatStatus.CONTINUABLE;
            workshop.runs().note(Workshop.run(step), scope.said(step.getWriteCount()));
            return RepeatStatus.FINISHED;
        }
    }
}
