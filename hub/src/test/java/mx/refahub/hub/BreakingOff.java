package mx.refahub.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import mx.refahub.batch.run.SpringBatchJobs;
import mx.refahub.domain.job.Jobs.Run;
import mx.refahub.domain.job.Jobs.Status;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Takes the database away from a job's own thread, at one of its connections after another; for the transaction that is the same as a process that dies there. What an
 * outside system was told by then stays told.
 */
public final class BreakingOff {
    /** At which of its connections since it was last taken up a try breaks off: in Batch's own bookkeeping, in a step, between steps. */
    private static final int[] AT = {2, 7, 11, 16, 22, 29, 13, 37};

    private static final Runnable NOTHING = () -> {};
    private static volatile Runnable before = NOTHING;

    private BreakingOff() {}

    /** A data source on which a test may slam the door. */
    static final class Doors extends DelegatingDataSource {
        Doors(DataSource database) {
            super(database);
        }

        @Override
        public Connection getConnection() throws SQLException {
            before.run();
            return super.getConnection();
        }
    }

    /**
     * Runs it to its end, taken up each time that it broke off.
     *
     * @param begin starts a run; its number
     * @param broken whether it breaks off at all
     * @param meanwhile before it is taken up again: claims of who died run out by the clock
     */
    public static Run done(SpringBatchJobs jobs, LongSupplier begin, boolean broken, Runnable meanwhile) {
        AtomicInteger connections = new AtomicInteger();
        AtomicInteger breaks = new AtomicInteger();
        if (broken)
            before = () -> {
                if (!Thread.currentThread().getName().matches("job-[0-9]+") || breaks.get() >= AT.length) return;
                if (connections.incrementAndGet() != AT[breaks.get()]) return;
                connections.set(0);
                breaks.incrementAndGet();
                throw new IllegalStateException("the database is away");
            };
        try {
            long run = begin.getAsLong();
            Run settled = settled(jobs, run);
            for (int tries = 0; settled.status() != Status.DONE && tries < 2 * AT.length + 2; tries++) {
                meanwhile.run();
                TestShop.done(jobs.restart(run));
                connections.set(0);
                settled = settled(jobs, run);
            }
            assertThat(settled.status()).as(settled.message()).isEqualTo(Status.DONE);
            if (broken) assertThat(breaks.get()).as("how often it broke off").isGreaterThanOrEqualTo(3);
            return settled;
        } finally {
            before = NOTHING;
        }
    }

    /** Where not even its end could be written down, it is found by the clock. */
    private static Run settled(SpringBatchJobs jobs, long run) {
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofMinutes(3))
                .until(() -> {
                    if (jobs.run(run).orElseThrow().status().isFinal()) return true;
                    jobs.turn();
                    return false;
                });
        return jobs.run(run).orElseThrow();
    }
}
