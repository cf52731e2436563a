package mx.refahub.batch.bench;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import mx.refahub.batch.BatchHouse;

/**
 * {@code ./mvnw -Pbench -Dbench=stock-check verify}: how long the nightly check takes over so many rows of branch and part, each with an opening and on average two
 * movements in its ledger. Sizes in {@code bench.sizes}, {@code bench.rounds} rounds each after one that is not counted.
 */
public final class StockCheckBench {
    private static final int BRANCHES = 20;

    private StockCheckBench() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("refahub-bench");
        JobRounds smaller = null;
        for (String size : System.getProperty("bench.sizes", "1000000,4000000").split(","))
            try (BatchHouse house =
                    BatchHouse.open(folder.resolve(size.strip()), new ImportBench.NoIndex(), Clock.systemUTC())) {
                long rows = Long.parseLong(size.strip());
                fill(house.database(), rows / BRANCHES);
                JobRounds rounds = JobRounds.of(house, "stock-check", rows);
                if (smaller != null) rounds.slopeFrom(smaller);
                smaller = rounds;
            }
    }

    private static void fill(HikariDataSource database, long parts) throws SQLException {
        JobRounds.branches(database, BRANCHES);
        JobRounds.execute(database, """
            insert into stock_on_hand (store_id, part_id, on_hand, opening, value, opening_value, bin, as_of)
            select s.id, p.id, 10000 - p.n %% 5 * 1000, 10000, 50000 - p.n %% 5 * 5000, 50000, 'A', now()
            from store s
            cross join (select gen_random_uuid() as id, n from generate_series(1, %d) n) p
            """.formatted(parts));
        JobRounds.execute(database, """
            insert into stock_movement (id, store_id, part_id, kind, quantity, cause, at, bin, value)
            select gen_random_uuid(), store_id, part_id, 'OPENING', 10000, store_id, now(), 'A', 50000
            from stock_on_hand
            """);
        JobRounds.execute(database, """
            insert into stock_movement (id, store_id, part_id, kind, quantity, cause, at, bin, value)
            select gen_random_uuid(), h.store_id, h.part_id, 'SALE', -1000, h.store_id, now() - make_interval(days => d.n::integer), 'A', -5000
            from stock_on_hand h
            cross join lateral generate_series(1, (10000 - h.on_hand) / 1000) as d (n)
            """);
        JobRounds.execute(database, """
            insert into stock_bin (store_id, part_id, bin, moved)
            select store_id, part_id, 'A', on_hand - opening
            from stock_on_hand
            where on_hand <> opening
            """);
        JobRounds.execute(database, "analyze");
    }
}
