package mx.refahub.batch.bench;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import mx.refahub.batch.BatchHouse;
import mx.refahub.domain.job.Jobs;

/**
 * {@code ./mvnw -Pbench -Dbench=stock-check verify}: how long the nightly check takes over so many rows of branch and part, each with an opening and on average two
 * movements in its ledger. Sizes in {@code bench.sizes}, {@code bench.rounds} rounds each after one that is not counted.
 */
public final class StockCheckBench {
    private static final int BRANCHES = 20;
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);

    private StockCheckBench() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("refahub-bench");
        for (String size : System.getProperty("bench.sizes", "1000000").split(","))
            try (BatchHouse house =
                    BatchHouse.open(folder.resolve(size), new ImportBench.NoIndex(), Clock.systemUTC())) {
                run(house, Long.parseLong(size.strip()));
            }
    }

    private static void run(BatchHouse house, long rows) throws Exception {
        fill(house.database(), rows / BRANCHES);
        double[] seconds = new double[ROUNDS];
        for (int round = -1; round < ROUNDS; round++) {
            long start = System.nanoTime();
            long run = house.jobs()
                    .start("stock-check", Map.of(), Map.of(), "bench")
                    .fold(Jobs.Run::id, refusal -> {
                        throw new IllegalStateException(refusal.toString());
                    });
            Jobs.Run ended = house.jobs().run(run).orElseThrow();
            while (!ended.status().isFinal()) {
                Thread.sleep(20);
                ended = house.jobs().run(run).orElseThrow();
            }
            double took = (System.nanoTime() - start) / 1e9;
            if (round >= 0) seconds[round] = took;
            System.out.printf(Locale.ROOT, "%,d rows %6.2f s %s %s%n", rows, took, ended.status(), ended.message());
        }
        Arrays.sort(seconds);
        System.out.printf(
                Locale.ROOT,
                "%,d rows: median %.2f s, %.2f to %.2f s, %,.0f rows/s%n",
                rows,
                seconds[ROUNDS / 2],
                seconds[0],
                seconds[ROUNDS - 1],
                rows / seconds[ROUNDS / 2]);
    }

    private static void fill(HikariDataSource database, long parts) throws SQLException {
        execute(database, """
            insert into store (id, slug, code, name, address, postal_code, tax_region, time_zone, public_key, secret_hash, broker_user,
                broker_password_hash, tunnel_port, tunnel_token_hash, epoch, registered_at)
            select gen_random_uuid(), 'b' || n, 'B' || n, 'B' || n, '', '06000', 'STANDARD', 'America/Mexico_City', '', '', 'b' || n, '', 20000 + n, '', 1,
                now()
            from generate_series(1, %d) n
            """.formatted(BRANCHES));
        execute(database, """
            insert into stock_on_hand (store_id, part_id, on_hand, opening, value, opening_value, bin, as_of)
            select s.id, p.id, 10000 - p.n %% 5 * 1000, 10000, 50000 - p.n %% 5 * 5000, 50000, 'A', now()
            from store s
            cross join (select gen_random_uuid() as id, n from generate_series(1, %d) n) p
            """.formatted(parts));
        execute(database, """
            insert into stock_movement (id, store_id, part_id, kind, quantity, cause, at, bin, value)
            select gen_random_uuid(), store_id, part_id, 'OPENING', 10000, store_id, now(), 'A', 50000
            from stock_on_hand
            """);
        execute(database, """
            insert into stock_movement (id, store_id, part_id, kind, quantity, cause, at, bin, value)
            select gen_random_uuid(), h.store_id, h.part_id, 'SALE', -1000, h.store_id, now() - make_interval(days => d.n), 'A', -5000
            from stock_on_hand h
            cross join lateral generate_series(1, (10000 - h.on_hand) / 1000) as d (n)
            """);
        execute(database, """
            insert into stock_bin (store_id, part_id, bin, moved)
            select store_id, part_id, 'A', on_hand - opening
            from stock_on_hand
            where on_hand <> opening
            """);
        execute(database, "analyze");
    }

    private static void execute(HikariDataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
