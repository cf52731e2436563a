package mx.refahub.batch;

import static mx.refahub.batch.Hub.PARTS;
import static mx.refahub.batch.Hub.part;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import mx.refahub.domain.job.Jobs.Run;
import mx.refahub.domain.job.Jobs.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that breaks off in the middle is taken up where it was, once. That its process dies is in system-tests: Batch knows steps by their number in all of a process. */
class RecoveryTest {
    private static final int ROWS = 2_000;

    @TempDir
    Path folder;

    private Hub hub;

    @BeforeEach
    void open() {
        hub = new Hub(folder, 100);
    }

    @AfterEach
    void close() {
        hub.doors.before(() -> {});
        hub.close();
    }

    private static String parts() {
        StringBuilder text = new StringBuilder(PARTS);
        for (int i = 0; i < ROWS; i++) text.append(part("FRI", "R-" + i, "Balata " + i, "100.00"));
        return text.toString();
    }

    private void assertWhole() {
        assertThat(hub.count("part")).isEqualTo(ROWS);
        assertThat(hub.count("part_price")).isEqualTo(ROWS);
        assertThat(hub.version("catalogue")).isEqualTo(1);
        assertThat(hub.count("staging_part")).isZero();
        assertThat(hub.index.published).hasSize(ROWS);
    }

    @Test
    void a_database_that_goes_away_while_staging_fails_the_run_and_it_is_resumed_without_a_row_twice() {
        AtomicBoolean slammed = new AtomicBoolean();
        // Somewhere among the chunks of staging, for a moment.
        hub.doors.before(() -> {
            if (Thread.currentThread().getName().startsWith("job-")
                    && hub.count("staging_part") >= 500
                    && !slammed.getAndSet(true)) throw new IllegalStateException("the database is away");
        });
        long run = hub.begin("catalogue-import", Map.of("parts", hub.file("parts", parts())));
        Run failed = endedBehindShutDoors(run);
        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(hub.count("part")).as("nothing is published").isZero();
        long staged = hub.count("staging_part");
        assertThat(staged).isBetween(1L, (long) ROWS - 1);

        Hub.done(hub.jobs().restart(run));
        Run done = hub.ended(run);

        assertThat(done.status()).as(done.message()).isEqualTo(Status.DONE);
        assertWhole();
    }

    private Run endedBehindShutDoors(long run) {
        try {
            return hub.ended(run);
        } finally {
            hub.doors.before(() -> {});
        }
    }

    @Test
    void a_run_that_is_stopped_goes_on_where_it_stopped() {
        long run = hub.begin("catalogue-import", Map.of("parts", hub.file("parts", parts())));
        hub.jobs().stop(run);
        Run stopped = hub.ended(run);
        if (stopped.status() == Status.STOPPED) Hub.done(hub.jobs().restart(run));
        Run done = hub.ended(run);

        assertThat(done.status()).as(done.message()).isEqualTo(Status.DONE);
        assertWhole();
        assertThat(Hub.refused(hub.jobs().restart(run)).code()).isEqualTo("run-not-restartable");
    }

    /** A small job, broken off at its first step. */
    private long brokenOff() {
        AtomicBoolean slammed = new AtomicBoolean();
        hub.doors.before(() -> {
            if (Thread.currentThread().getName().matches("job-[0-9]+")
                    && hub.count("batch_step_execution") > 0
                    && !slammed.getAndSet(true)) throw new IllegalStateException("the database is away");
        });
        long run = hub.begin("abc-classes", Map.of());
        assertThat(endedBehindShutDoors(run).status()).isEqualTo(Status.FAILED);
        return run;
    }

    @Test
    void a_run_is_taken_up_whatever_batch_still_thinks_of_any_of_its_tries() {
        long run = brokenOff();
        hub.execute("""
            insert into batch_job_execution (job_execution_id, version, job_instance_id, create_time, start_time, status)
            select -1, 1, job_instance_id, create_time, start_time, 'STARTED'
            from batch_job_execution
            """);

        Hub.done(hub.jobs().restart(run));
        Run done = hub.ended(run);

        assertThat(done.status()).as(done.message()).isEqualTo(Status.DONE);
    }

    @Test
    void a_run_that_broke_off_before_its_first_try_was_written_down_is_taken_up() {
        long run = brokenOff();
        for (String table : new String[] {
            "batch_step_execution_context",
            "batch_step_execution",
            "batch_job_execution_context",
            "batch_job_execution_params",
            "batch_job_execution"
        }) hub.execute("delete from " + table);
        assertThat(hub.count("batch_job_instance")).isEqualTo(1);

        Hub.done(hub.jobs().restart(run));
        Run done = hub.ended(run);

        assertThat(done.status()).as(done.message()).isEqualTo(Status.DONE);
    }
}
