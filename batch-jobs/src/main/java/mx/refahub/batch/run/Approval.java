package mx.refahub.batch.run;

import java.util.function.LongPredicate;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * A step that goes by unless the run was started with {@link #PARAMETER} and would change something: then it breaks off in good order, and is passed when the run is taken
 * up after somebody has said yes. What waits is in the database alone, so it outlives the process.
 */
public final class Approval implements Tasklet {
    public static final String PARAMETER = "approve";

    private final RunTable runs;
    private final LongPredicate alsoAsked;

    public Approval(Workshop workshop) {
        this(workshop, run -> false);
    }

    /** @param alsoAsked whether a run must wait though nobody asked for it; by the run's number */
    public Approval(Workshop workshop, LongPredicate alsoAsked) {
        runs = workshop.runs();
        this.alsoAsked = alsoAsked;
    }

    public static boolean isAsked(StepExecution step) {
        return Flags.isSet(step.getJobParameters().getString(PARAMETER));
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        StepExecution step = contribution.getStepExecution();
        long run = Workshop.run(step);
        if (runs.isApproved(run) || !runs.wouldChange(run) || !isAsked(step) && !alsoAsked.test(run))
            return RepeatStatus.FINISHED;
        runs.askApproval(run);
        step.setTerminateOnly();
        return RepeatStatus.CONTINUABLE;
    }
}
