package mx.refahub.batch.run;

import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.partition.PartitionHandler;
import org.springframework.batch.core.partition.support.SimpleStepExecutionSplitter;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a job is made with. Steps are tasklets over Batch's {@code TaskletStep}: it commits the step's cursor in the transaction of the
 * work itself, while the new chunk-oriented step of Batch 6 does so in a transaction after it (spring-batch issue 5199).
 */
public final class Workshop {
    /** Key in a step's context: how many rows it expects. */
    public static final String TOTAL = "total";

    private final JobRepository repository;
    private final PlatformTransactionManager transactions;
    private final DataSource dataSource;
    private final RunFolders folders;
    private final RunTable runs;
    private final Clock clock;
    private final int chunk;
    private final LiveRuns live = new LiveRuns();

    public Workshop(
            JobRepository repository,
            PlatformTransactionManager transactions,
            DataSource dataSource,
            RunFolders folders,
            Clock clock,
            int chunk) {
        this.repository = repository;
        this.transactions = transactions;
        this.dataSource = dataSource;
        this.folders = folders;
        this.clock = clock;
        this.chunk = chunk;
        runs = new RunTable(dataSource, clock);
    }

    public JobBuilder job(String name) {
        return new JobBuilder(name, repository).listener(live);
    }

    /** @param tasklet its listener methods are called too, if it has them */
    public Step step(String name, Tasklet tasklet) {
        return new StepBuilder(name, repository).tasklet(tasklet, transactions).build();
    }

    /**
     * A step that speaks to outside systems: no transaction and no connection of the pool is held meanwhile. What it writes, it writes in transactions of its
     * own; its cursor is written after them, so that a run that died may do the last turn again.
     */
    public Step outside(String name, Tasklet tasklet) {
        return new StepBuilder(name, repository)
                .tasklet(new Apart(tasklet), new ResourcelessTransactionManager())
                .build();
    }

    /** A step whose work others do; what is in each context is theirs. */
    public Step partitioned(String name, Map<String, ExecutionContext> parts, PartitionHandler handler) {
        return new StepBuilder(name, repository)
                .partitioner(name, grid -> parts)
                .splitter(new SimpleStepExecutionSplitter(repository, name, grid -> parts))
                .partitionHandler(handler)
                .aggregator(Workshop::aggregate)
                .build();
    }

    /** What the parts have counted stays with them. */
    private static void aggregate(StepExecution whole, Collection<StepExecution> parts) {
        for (StepExecution part : parts) {
            whole.setStatus(BatchStatus.max(whole.getStatus(), part.getStatus()));
            whole.setExitStatus(whole.getExitStatus().and(part.getExitStatus()));
        }
    }

    /** As it is written down now. */
    public StepExecution stepExecution(long execution, long step) {
        return Objects.requireNonNull(
                repository.getStepExecution(execution, step), () -> "step " + step + " of execution " + execution);
    }

    /** A part that nobody has begun. */
    public void stopped(long execution, long step) {
        StepExecution part = stepExecution(execution, step);
        part.setStatus(BatchStatus.STOPPED);
        part.setExitStatus(ExitStatus.STOPPED);
        part.setEndTime(LocalDateTime.now(ZoneId.systemDefault()));
        repository.update(part);
    }

    /** In one transaction. */
    public void together(Runnable act) {
        new TransactionTemplate(transactions).executeWithoutResult(status -> act.run());
    }

    public static long run(StepExecution step) {
        return Objects.requireNonNull(step.getJobParameters().getLong(LiveRuns.RUN), "step without a run");
    }

    public DataSource dataSource() {
        return dataSource;
    }

    public RunFolders folders() {
        return folders;
    }

    public RunTable runs() {
        return runs;
    }

    public Clock clock() {
        return clock;
    }

    /** Rows per commit. */
    public int chunk() {
        return chunk;
    }

    PlatformTransactionManager transactions() {
        return transactions;
    }

    JobRepository repository() {
        return repository;
    }

    LiveRuns live() {
        return live;
    }
}
