package mx.refahub.batch.run;

import java.time.Clock;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.transaction.PlatformTransactionManager;

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
