package mx.refahub.batch;

import static mx.refahub.batch.Hub.PARTS;
import static mx.refahub.batch.Hub.part;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import mx.refahub.batch.run.SpringBatchJobs;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.job.Jobs.Run;
import mx.refahub.domain.job.Jobs.Status;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes over one database: a run is its owner's as long as that one lives. */
class LeaseTest {
    private static final int ROWS = 400;

    @TempDir
    Path folder;

    private Hub hub;
    private SpringBatchJobs other;
    private final CountDownLatch asleep = new CountDownLatch(1);
    private final CountDownLatch awake = new CountDownLatch(1);

    @BeforeEach
    void open() {
        hub = new Hub(folder, 50);
        other = hub.another();
    }

    @AfterEach
    void close() {
        awake.countDown();
        hub.doors.before(() -> {});
        other.stop();
        hub.close();
    }

    /** The first process falls asleep in the middle of staging, with a transaction that it has not begun yet. */
    private long fallsAsleep() throws InterruptedException {
        AtomicBoolean once = new AtomicBoolean();
        hub.doors.before(() -> {
            if (!Thread.currentThread().getName().startsWith("job-")
                    || hub.count("staging_part") < 100
                    || once.getAndSet(true)) return;
            asleep.countDown();
            try {
                awake.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        StringBuilder text = new StringBuilder(PARTS);
        for (int i = 0; i < ROWS; i++) text.append(part("FRI", "R-" + i, "Balata " + i, "100.00"));
        long run = hub.begin("catalogue-import", Map.of("parts", hub.file("parts", text.toString())));
        asleep.await();
        return run;
    }

    @Test
    void a_run_is_left_alone_while_its_process_lives_and_taken_up_by_another_once_its_lease_has_passed()
            throws Exception {
        long run = fallsAsleep();

        other.turn();
        assertThat(other.run(run).orElseThrow().status()).isEqualTo(Status.RUNNING);

        hub.execute("update job_run set lease_until = clock_timestamp() - interval '1 second'");
        other.turn();
        Run left = other.run(run).orElseThrow();
        assertThat(left.status()).isEqualTo(Status.FAILED);
        assertThat(left.message()).contains("El proceso se detuvo a la mitad");
        assertThat(hub.count("part")).isZero();

        // The sleeper wakes up while the other one has begun, and writes nothing more.
        Hub.done(other.restart(run));
        awake.countDown();
        Run done = hub.ended(run);
        assertThat(done.status()).as(done.message()).isEqualTo(Status.DONE);
        hub.jobs().stop();
        assertThat(hub.count("part")).isEqualTo(ROWS);
        assertThat(hub.count("staging_part")).isZero();
        assertThat(hub.version("catalogue")).isEqualTo(1);
        assertThat(other.run(run).orElseThrow().status()).isEqualTo(Status.DONE);
    }

    @Test
    void a_run_that_is_still_being_started_is_nobodys_to_recover_however_long_that_takes() throws Exception {
        AtomicReference<Outcome<Run>> outcome = new AtomicReference<>();
        Thread starter = Thread.ofPlatform()
                .unstarted(
                        () -> outcome.set(hub.jobs().start("history-prune", Map.of("keep", "50"), Map.of(), "marta")));
        hub.doors.before(() -> {
            if (Thread.currentThread() != starter || hub.count("job_run") == 0 || asleep.getCount() == 0) return;
            asleep.countDown();
            try {
                awake.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        starter.start();
        asleep.await();
        for (int i = 0; i < 3; i++) hub.jobs().turn();
        assertThat(hub.texts("select status from job_run")).containsExactly("RUNNING");

        awake.countDown();
        starter.join();
        assertThat(hub.ended(Hub.done(outcome.get()).id()).status()).isEqualTo(Status.DONE);
    }

    @Test
    void of_a_run_that_is_left_behind_one_process_takes_the_whole() {
        hub.execute("""
            insert into job_run (job, cause, owner, started_by, started_at, status, lease_until)
            values ('index-build', gen_random_uuid(), 'hub-elsewhere', 'Ana', now(), 'RUNNING', now() - interval '1 second')
            """);
        hub.jobs().turn();
        other.turn();
        // Each process looks for itself when it starts, and may have been quicker than either.
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> hub.texts("select status || coalesce(' ' || lease_until::text, '') from job_run")
                        .equals(List.of("FAILED")));
        Run again = Hub.done(hub.jobs().restart(hub.one("select max(id) from job_run", Long.class)));
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> hub.jobs().run(again.id()).orElseThrow().status() == Status.DONE);
    }
}
