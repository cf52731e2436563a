package mx.refahub.batch;

import static mx.refahub.batch.Hub.part;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import mx.refahub.batch.partition.SliceWorker;
import mx.refahub.batch.partition.WorkerTable;
import mx.refahub.domain.job.Jobs.Run;
import mx.refahub.domain.job.Jobs.Status;
import mx.refahub.domain.job.Jobs.Step;
import mx.refahub.domain.job.SliceOrder;
import mx.refahub.domain.job.Workers;
import mx.refahub.domain.job.Workplace;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is staged by several processes; whatever becomes of any of them, each row is staged once. Orders go by a queue of this test's. */
class SharedStagingTest {
    private static final int CHUNK = 4;
    private static final int ROWS = 60;

    @TempDir
    Path folder;

    private final LinkedBlockingQueue<SliceOrder> orders = new LinkedBlockingQueue<>();
    private final ExecutorService hands = Executors.newCachedThreadPool();
    private Hub hub;
    private WorkerTable workers;

    @BeforeEach
    void open() {
        hub = new Hub(folder, CHUNK, orders::add);
        workers = new WorkerTable(hub.database, Hub.WORK);
    }

    @AfterEach
    void close() {
        hands.shutdownNow();
        hub.close();
    }

    private final class Process implements AutoCloseable {
        private final Hub.Doors doors = new Hub.Doors(hub.database);
        private final SliceWorker worker;
        private volatile boolean open = true;

        Process(String name) {
            worker = new BatchWork()
                    .sliceWorker(
                            doors,
                            Hub.CLOCK,
                            new BatchSettings(
                                    folder.resolve("jobs"),
                                    CHUNK,
                                    name,
                                    Duration.ofDays(14),
                                    Duration.ofSeconds(20),
                                    3,
                                    Duration.ofMinutes(1)),
                            Hub.WORK,
                            new Workplace(name, false, "pc", 1),
                            new WorkerTable(doors, Hub.WORK));
            worker.start();
        }

        Process working() {
            Future<?> unused = hands.submit(() -> {
                while (open) {
                    SliceOrder order = orders.poll(20, TimeUnit.MILLISECONDS);
                    if (order != null) worker.take(order, false);
                }
                return null;
            });
            return this;
        }

        @Override
        public void close() {
            open = false;
            worker.stop();
        }
    }

    @Test
    void two_processes_stage_what_one_would_and_a_row_that_is_wrong_keeps_its_line() {
        try (Process one = new Process("one").working();
                Process two = new Process("two").working()) {
            String rows = rows(0, 30) + "L,BAD,,,,,PZA,x,true,MXN,general,,1,H87,02\n" + rows(30, ROWS);

            Run run = feed(rows);

            assertThat(run.status()).as(run.message()).isEqualTo(Status.DONE);
            assertThat(hub.count("part")).isEqualTo(ROWS);
            assertThat(hub.rejects(run)).isNotEmpty().allMatch(line -> line.startsWith("32,"));
            Step step = stage(run);
            assertThat(List.of(step.read(), step.written(), step.skipped(), step.total()))
                    .containsExactly(ROWS + 1L, (long) ROWS, 1L, ROWS + 1L);
            assertThat(run.steps()).noneMatch(each -> each.name().contains(":"));
            assertThat(workers.slices(run.id())).hasSizeGreaterThan(3).allSatisfy(slice -> {
                assertThat(slice.status()).isEqualTo(Status.DONE);
                assertThat(slice.attempts()).isEqualTo(1);
                assertThat(slice.worker()).isIn("one", "two");
            });
            assertThat(workers.slices(run.id()).stream()
                            .mapToLong(Workers.Slice::read)
                            .sum())
                    .isEqualTo(ROWS + 1L);
            assertThat(workers.all()).extracting(Workers.Worker::name).containsExactly("one", "two");
        }
        assertThat(workers.all()).isEmpty();
    }

    @Test
    void a_process_that_is_cut_off_in_the_middle_costs_its_chunk_and_another_goes_on_behind_it() {
        AtomicBoolean cut = new AtomicBoolean();
        try (Process first = new Process("first")) {
            first.doors.before(() -> {
                if (!cut.get() && !staged("first")) return;
                cut.set(true);
                throw new IllegalStateException("no way to the database");
            });
            first.working();
            long run = begun("first");
            soon().untilTrue(cut);
            try (Process second = new Process("second").working()) {
                Run ended = hub.ended(run);

                assertThat(ended.status()).as(ended.message()).isEqualTo(Status.DONE);
                assertThat(hub.count("part")).isEqualTo(ROWS);
                assertThat(stage(ended).read()).isEqualTo(ROWS);
                assertThat(workers.slices(run))
                        .filteredOn(slice -> slice.attempts() == 2)
                        .singleElement()
                        .extracting(Workers.Slice::worker)
                        .isEqualTo("second");
            }
            first.doors.before(() -> {});
        }
    }

    @Test
    void a_slice_that_breaks_before_its_work_begins_is_let_go_and_the_run_can_be_stopped_and_taken_up() {
        Thread here = Thread.currentThread();
        AtomicLong connections = new AtomicLong();
        try (Process first = new Process("first")) {
            long run = begun("first");
            SliceOrder order = soon().until(orders::poll, each -> each != null);
            // It has the slice, and then no way to the database, while its beat has one.
            first.doors.before(() -> {
                if (Thread.currentThread() == here && connections.incrementAndGet() > 1)
                    throw new IllegalStateException("no way to the database");
            });
            first.worker.take(order, false);
            first.doors.before(() -> {});

            hub.jobs().stop(run);
            assertThat(hub.ended(run).status()).isEqualTo(Status.STOPPED);
            orders.clear();
            Hub.done(hub.jobs().restart(run));
            first.working();
            Run ended = hub.ended(run);
            assertThat(ended.status()).as(ended.message()).isEqualTo(Status.DONE);
        }
        assertThat(hub.count("part")).isEqualTo(ROWS);
    }

    @Test
    void who_has_lost_a_slice_without_knowing_it_cannot_commit_to_it() {
        AtomicLong stagedThen = new AtomicLong(-1);
        try (Process first = new Process("first")) {
            first.doors.before(() -> {
                if (stagedThen.get() >= 0 || !staged("first")) return;
                hub.execute(
                        "update job_run_slice set worker = 'other', attempts = attempts + 1, lease_until = now() + interval '1 hour' where reached > 0 and ended_at is null");
                stagedThen.set(hub.count("staging_part"));
            });
            long run = begun("first");
            SliceOrder order = soon().until(orders::poll, each -> each != null);
            first.worker.take(order, false);

            assertThat(stagedThen.get()).isEqualTo(CHUNK);
            assertThat(hub.count("staging_part")).isEqualTo(CHUNK);
            hub.execute("update job_run_slice set lease_until = now() where worker = 'other'");
            first.working();
            Run ended = hub.ended(run);
            assertThat(ended.status()).as(ended.message()).isEqualTo(Status.DONE);
            assertThat(hub.count("part")).isEqualTo(ROWS);
        }
    }

    @Test
    void an_order_that_comes_twice_is_done_once_and_one_that_is_lost_is_sent_again() {
        long run = begun("nobody yet");
        SliceOrder first = soon().until(orders::poll, order -> order != null);
        soon().until(() -> orders.size() == hub.count("job_run_slice") - 1);
        orders.clear();
        try (Process one = new Process("one");
                Process two = new Process("two")) {
            List<Future<?>> both = List.of(
                    hands.submit(() -> one.worker.take(first, false)),
                    hands.submit(() -> two.worker.take(first, false)));
            both.forEach(each -> soon().until(each::isDone));
            two.worker.take(first, true);
            assertThat(hub.one("select max(attempts) from job_run_slice", Long.class))
                    .isEqualTo(1);
            one.working();
            assertThat(hub.ended(run).status()).isEqualTo(Status.DONE);
        }
        assertThat(hub.count("part")).isEqualTo(ROWS);
    }

    @Test
    void a_run_that_is_stopped_goes_on_behind_the_last_chunks_and_a_hub_that_died_finds_what_was_done_without_it() {
        long run = begun("one");
        SliceOrder first = soon().until(orders::poll, order -> order != null);
        try (Process one = new Process("one")) {
            one.worker.take(first, false);
            hub.jobs().stop(run);
            assertThat(hub.ended(run).status()).isEqualTo(Status.STOPPED);
            assertThat(workers.slices(run)).extracting(Workers.Slice::status).contains(Status.DONE, Status.STOPPED);
            long done = hub.count("staging_part");
            assertThat(done).isPositive().isLessThan(ROWS);
            orders.clear();
            hub.jobs().restart(run);
            soon().until(() -> !orders.isEmpty());
            // Orders of the first try are nobody's any more.
            one.worker.take(first, true);
            assertThat(hub.count("staging_part")).isEqualTo(done);
            one.working();
            Run ended = hub.ended(run);
            assertThat(ended.status()).as(ended.message()).isEqualTo(Status.DONE);
            assertThat(stage(ended).read()).isEqualTo(ROWS);
        }
        assertThat(hub.count("part")).isEqualTo(ROWS);
    }

    @Test
    void without_anybody_else_or_with_a_small_file_nothing_is_shared() {
        Run alone = feed(rows(0, ROWS));
        assertThat(alone.status()).isEqualTo(Status.DONE);
        try (Process one = new Process("one").working()) {
            assertThat(feed(rows(0, 3)).status()).isEqualTo(Status.DONE);
        }
        assertThat(hub.count("job_run_slice")).isZero();
    }

    private long begun(String worker) {
        workers.open("tcp://somewhere:1", "");
        hub.execute("insert into worker (name, role, host, pid, started_at, beat_at) values ('" + worker
                + "', 'WORKER', 'pc', 1, now(), now() + interval '1 hour') on conflict do nothing");
        return hub.begin("catalogue-import", Map.of("parts", hub.file("parts", Hub.PARTS + rows(0, ROWS))));
    }

    private Run feed(String rows) {
        return hub.ended(hub.begin("catalogue-import", Map.of("parts", hub.file("parts", Hub.PARTS + rows))));
    }

    private boolean staged(String worker) {
        return hub.sql
                .sql("select exists (select from job_run_slice where worker = :worker and reached > 0)")
                .param("worker", worker)
                .query(Boolean.class)
                .single();
    }

    private static Step stage(Run run) {
        Optional<Step> step = run.steps().stream()
                .filter(each -> each.name().equals("stage-parts"))
                .findFirst();
        return step.orElseThrow();
    }

    private static String rows(int from, int to) {
        StringBuilder rows = new StringBuilder();
        IntStream.range(from, to).forEach(i -> rows.append(part("FRI", "N-" + i, "Balata " + i, "10.00")));
        return rows.toString();
    }

    private static ConditionFactory soon() {
        return org.awaitility.Awaitility.await()
                .pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(60));
    }
}
