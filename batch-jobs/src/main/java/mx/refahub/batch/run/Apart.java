package mx.refahub.batch.run;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Puts by what Batch has bound to the thread while its tasklet runs: a connection that is taken out under a synchronization stays with it to the end of the
 * turn, even where there is no transaction.
 */
record Apart(Tasklet tasklet) implements Tasklet {
    @Override
    public @Nullable RepeatStatus execute(StepContribution contribution, ChunkContext context) throws Exception {
        List<TransactionSynchronization> putBy = TransactionSynchronizationManager.getSynchronizations();
        TransactionSynchronizationManager.clearSynchronization();
        TransactionSynchronizationManager.setActualTransactionActive(false);
        try {
            return tasklet.execute(contribution, context);
        } finally {
            TransactionSynchronizationManager.setActualTransactionActive(true);
            TransactionSynchronizationManager.initSynchronization();
            putBy.forEach(TransactionSynchronizationManager::registerSynchronization);
        }
    }
}
