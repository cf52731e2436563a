package mx.refahub.batch.exchange;

import mx.refahub.batch.run.RunRefused;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.Failure;
import mx.refahub.domain.FailureKind;
import mx.refahub.domain.erp.ErpDoors;
import mx.refahub.domain.erp.ExportBooks.Export;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts what waits into entries, in the step's own transaction: a run that dies has taken all or nothing. */
final class TakeTickets implements Tasklet {
    private final Workshop workshop;
    private final ErpDoors doors;

    TakeTickets(Workshop workshop, ErpDoors doors) {
        this.workshop = workshop;
        this.doors = doors;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        long run = Workshop.run(contribution.getStepExecution());
        Asked asked = Asked.of(contribution.getStepExecution(), doors, workshop.clock());
        if (asked.again().isPresent()) return RepeatStatus.FINISHED;
        try {
            Export export = doors.books().take(run, asked.target(), asked.until(), startedBy(run));
            contribution.incrementWriteCount(export.tickets());
            workshop.runs().note(run, ExportWords.taken(workshop.dataSource(), export));
            return RepeatStatus.FINISHED;
        } catch (Failure e) {
            if (e.kind() != FailureKind.REJECTED) throw e;
            throw new RunRefused(String.valueOf(e.getMessage()));
        }
    }

    private String startedBy(long run) {
        return JdbcClient.create(workshop.dataSource())
                .sql("""
                    select started_by
                    from job_run
                    where id = :run
                    """)
                .param("run", run)
                .query((row, n) -> row.getString(1))
                .single();
    }
}
