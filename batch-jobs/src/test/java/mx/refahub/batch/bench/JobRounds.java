package mx.refahub.batch.bench;

import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import mx.refahub.batch.BatchHouse;
import mx.refahub.domain.job.Jobs;

/**
 * A job run over and over on the same rows: one round that is not counted, then {@code bench.rounds} that are.
 *
 * @param seconds of the rounds that count, the quickest first
 */
record JobRounds(long rows, List<Double> seconds) {
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);

    JobRounds {
        seconds = List.copyOf(seconds);
    }

    static JobRounds of(BatchHouse house, String job, long rows) {
        double[] seconds = new double[ROUNDS];
        for (int round = -1; round < ROUNDS; round++) {
            long start = System.nanoTime();
            long run = house.jobs().start(job, Map.of(), Map.of(), "bench").fold(Jobs.Run::id, refusal -> {
                throw new IllegalStateException(refusal.toString());
            });
            await().pollInterval(Duration.ofMillis(20))
                    .atMost(Duration.ofHours(6))
                    .until(() -> house.jobs().run(run).orElseThrow().status().isFinal());
            Jobs.Run ended = house.jobs().run(run).orElseThrow();
            if (ended.status() != Jobs.Status.DONE) throw new IllegalStateException(job + " ended as " + ended);
            double took = (System.nanoTime() - start) / 1e9;
            if (round >= 0) seconds[round] = took;
            System.out.printf(
                    Locale.ROOT,
                    "%s %,d rows %s %8.2f s %s%n",
                    job,
                    rows,
                    round < 0 ? "first  " : "round " + (round + 1),
                    took,
                    ended.message());
        }
        Arrays.sort(seconds);
        JobRounds rounds = new JobRounds(rows, Arrays.stream(seconds).boxed().toList());
        System.out.printf(
                Locale.ROOT,
                "%s %,d rows: median %.2f s, %.2f to %.2f s, %,.0f rows/s%n",
                job,
                rows,
                rounds.median(),
                seconds[0],
                seconds[ROUNDS - 1],
                rows / rounds.median());
        return rounds;
    }

    double median() {
        return seconds.get(seconds.size() / 2);
    }

    /** How the time grows with the rows: 1 is in proportion. The spread is by the quickest and slowest rounds of both sizes. */
    void slopeFrom(JobRounds smaller) {
        double growth = Math.log((double) rows / smaller.rows);
        System.out.printf(
                Locale.ROOT,
                "%,d to %,d rows: time grows as rows^%.3f (%.3f to %.3f), %.2f times for %.1f times the rows; a million more takes %.2f s%n",
                smaller.rows,
                rows,
                Math.log(median() / smaller.median()) / growth,
                Math.log(seconds.getFirst() / smaller.seconds.getLast()) / growth,
                Math.log(seconds.getLast() / smaller.seconds.getFirst()) / growth,
                median() / smaller.median(),
                (double) rows / smaller.rows,
                (median() - smaller.median()) * 1e6 / (rows - smaller.rows));
    }

    static void execute(HikariDataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** So many branches, which nobody talks to. */
    static void branches(HikariDataSource database, int branches) throws SQLException {
        execute(database, """
            insert into store (id, slug, code, name, address, postal_code, tax_region, time_zone, public_key, secret_hash, broker_user,
                broker_password_hash, tunnel_port, tunnel_token_hash, epoch, registered_at)
            select gen_random_uuid(), 'b' || n, 'B' || n, 'B' || n, '', '06000', 'STANDARD', 'America/Mexico_City', '', '', 'b' || n, '', 20000 + n, '', 1,
                now()
            from generate_series(1, %d) n
            """.formatted(branches));
    }
}
