package mx.refahub.batch.bench;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import mx.refahub.batch.BatchHouse;
import mx.refahub.batch.partition.SliceWorker;
import mx.refahub.batch.partition.WorkSettings;
import mx.refahub.domain.job.Jobs;
import mx.refahub.domain.job.SliceOrder;

/**
 * Staging a file alone, and shared by 1, 2 and 3 workers, in turns. The workers are threads with connections of their own, and orders go by a queue in memory: what is
 * measured is cutting, claiming and staging side by side, not the start of processes. Each has a core only where there are as many.
 */
public final class WorkersBench {
    private static final int ROWS = Integer.getInteger("bench.rows", 200_000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final int MOST = 3;
    private static final int CHUNK = 50_000;

    private WorkersBench() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("refahub-bench");
        LinkedBlockingQueue<SliceOrder> orders = new LinkedBlockingQueue<>();
        try (BatchHouse house = BatchHouse.open(folder, new ImportBench.NoIndex(), Clock.systemUTC(), orders::add)) {
            Path parts = ImportBench.generate(folder.resolve("parts-source.csv"), ROWS);
            List<double[]> rounds = new ArrayList<>();
            for (int round = -1; round < ROUNDS; round++) {
                double[] seconds = new double[MOST + 1];
                for (int workers = 0; workers <= MOST; workers++)
                    seconds[workers] = with(workers, house, folder, parts, orders);
                System.out.printf(
                        Locale.ROOT,
                        "%8s  alone %6.3f s  1 worker %6.3f s  2 %6.3f s  3 %6.3f s%n",
                        round < 0 ? "warm-up" : "round " + (round + 1),
                        seconds[0],
                        seconds[1],
                        seconds[2],
                        seconds[3]);
                if (round >= 0) rounds.add(seconds);
            }
            report(rounds, Files.size(parts));
        }
    }

    private static double with(
            int workers, BatchHouse house, Path folder, Path parts, LinkedBlockingQueue<SliceOrder> orders)
            throws Exception {
        List<SliceWorker> hands = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 1; i <= workers; i++) {
            SliceWorker worker = house.worker(folder, "worker-" + i, CHUNK, WorkSettings.defaults());
            worker.start();
            hands.add(worker);
            threads.add(Thread.ofPlatform().daemon().start(() -> work(worker, orders)));
        }
        try {
            return staging(house, folder, parts, workers > 0);
        } finally {
            for (SliceWorker worker : hands) worker.stop();
            for (Thread thread : threads) thread.join();
        }
    }

    private static void work(SliceWorker worker, LinkedBlockingQueue<SliceOrder> orders) {
        try {
            while (worker.isRunning()) {
                SliceOrder order = orders.poll(20, TimeUnit.MILLISECONDS);
                if (order != null) worker.take(order, false);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** From the first byte read to the last row staged; the same rows each time, so that nothing is published after the first. */
    private static double staging(BatchHouse house, Path folder, Path parts, boolean shared) throws Exception {
        Jobs jobs = house.jobs();
        Path fed = Files.copy(parts, folder.resolve("fed.csv"));
        long run = jobs.start("catalogue-import", Map.of(), Map.of("parts", fed), "bench")
                .fold(Jobs.Run::id, refusal -> {
                    throw new IllegalStateException(refusal.toString());
                });
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofHours(6))
                .until(() -> jobs.run(run).orElseThrow().status().isFinal());
        Jobs.Run ended = jobs.run(run).orElseThrow();
        if (ended.status() != Jobs.Status.DONE) throw new IllegalStateException(ended.toString());
        // Bytes of two slices, about.
        if (shared == house.workers().slices(run).isEmpty())
            throw new IllegalStateException("shared " + shared + ", or " + ROWS + " rows are too few to be cut");
        try (var connection = house.database().getConnection();
                var statement = connection.prepareStatement("""
                    select extract(epoch from s.end_time - s.start_time)
                    from batch_step_execution s
                    join batch_job_execution_params p using (job_execution_id)
                    where p.parameter_name = 'run'
                    and p.parameter_value = ?
                    and s.step_name = 'stage-parts'
                    """)) {
            statement.setString(1, Long.toString(run));
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getDouble(1);
            }
        }
    }

    private static void report(List<double[]> rounds, long bytes) throws IOException {
        StringBuilder json = new StringBuilder();
        System.out.printf(
                Locale.ROOT,
                "%nstaging %,d rows (%,d bytes), %d rounds, %d cores%n",
                ROWS,
                bytes,
                rounds.size(),
                Runtime.getRuntime().availableProcessors());
        double alone = median(rounds, 0, false);
        System.out.printf(Locale.ROOT, "  alone       %8.3f s%n", alone);
        for (int workers = 1; workers <= MOST; workers++) {
            double times = median(rounds, workers, true);
            System.out.printf(
                    Locale.ROOT,
                    "  %d worker(s) %8.3f s   %5.2f x as fast as alone%n",
                    workers,
                    median(rounds, workers, false),
                    times);
            json.append(String.format(Locale.ROOT, ",\"times%d\":%.3f", workers, times));
        }
        Path output = Path.of(System.getProperty("bench.output", "target/bench"));
        Files.createDirectories(output);
        Files.writeString(
                output.resolve("workers.json"),
                String.format(
                        Locale.ROOT,
                        "{\"bench\":\"workers\",\"rows\":%d,\"rounds\":%d,\"aloneSeconds\":%.4f%s}%n",
                        ROWS,
                        rounds.size(),
                        alone,
                        json));
        System.out.println("written " + output.resolve("workers.json").toAbsolutePath());
    }

    /** @param times of the ratios to its round's first, else of the seconds */
    private static double median(List<double[]> rounds, int column, boolean times) {
        double[] values = rounds.stream()
                .mapToDouble(round -> times ? round[0] / round[column] : round[column])
                .toArray();
        Arrays.sort(values);
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
