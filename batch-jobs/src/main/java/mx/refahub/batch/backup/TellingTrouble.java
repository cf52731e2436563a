package mx.refahub.batch.backup;

import mx.refahub.batch.run.RunRefused;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** A step at the place of the copies: where that is away, the run says so, and is taken up again by the job's rules. */
record TellingTrouble(Tasklet tasklet) implements Tasklet {
    private static final Logger LOG = LoggerFactory.getLogger(TellingTrouble.class);

    @Override
    public @Nullable RepeatStatus execute(StepContribution contribution, ChunkContext context) throws Exception {
        try {
            return tasklet.execute(contribution, context);
        } catch (Exception e) {
            for (Throwable t = e; t != null; t = t.getCause())
                if (t instanceof TargetTrouble trouble) {
                    LOG.error("place of copies away sentence=\"{}\"", trouble.getMessage(), e);
                    throw RunRefused.forNow(String.valueOf(trouble.getMessage()));
                }
            throw e;
        }
    }
}
