package mx.refahub.batch.bench;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import mx.refahub.batch.BatchHouse;

/**
 * How long the reorder run takes over so many rows of branch and part: generated, two of five with pieces, every third with sales of the last half year, some with a minimum.
 * Sizes in {@code bench.sizes}, each run {@code bench.rounds} times, the first of them into an empty table of alerts and not counted.
 */
public final class ReorderBench {
    private static final int BRANCHES = 20;

    private ReorderBench() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("refahub-bench");
        JobRounds smaller = null;
        for (String size : System.getProperty("bench.sizes", "1000000,10000000").split(","))
            try (BatchHouse house =
                    BatchHouse.open(folder.resolve(size.strip()), new ImportBench.NoIndex(), Clock.systemUTC())) {
                long rows = Long.parseLong(size.strip());
                fill(house.database(), rows / BRANCHES);
                JobRounds rounds = JobRounds.of(house, "reorder-alerts", rows);
                if (smaller != null) rounds.slopeFrom(smaller);
                smaller = rounds;
            }
    }

    private static void fill(HikariDataSource database, long parts) throws SQLException {
        JobRounds.branches(database, BRANCHES);
        JobRounds.execute(database, """
            insert into part (id, line_code, part_number, normal_number, brand, name_es, name_en, category, unit, tax_class, core, sat_code, sat_unit,
                tax_object, created_at, catalogue_version)
            select gen_random_uuid(), 'L' || n %% 40, 'P' || n, 'P' || n, 'M', 'Pieza', '', 'C' || n %% 300, 'PZA', 'GENERAL', 0, '', '', '02', now(), 0
            from generate_series(1, %d) n
            """.formatted(parts));
        JobRounds.execute(database, """
            insert into supplier (id, code, name, rfc, email, currency, credit_days, lead_days, minimum_order, note)
            select gen_random_uuid(), 'S' || n, 'S' || n, '', '', 'MXN', 30, 3 + n % 12, 0, ''
            from generate_series(1, 200) n
            """);
        JobRounds.execute(database, """
            insert into supplier_part (supplier_id, their_number, part_id, cost, pack, noted_at)
            select s.ids[1 + abs(hashtext(p.part_number)) % 200], p.part_number, p.id, 50, 1000, now()
            from part p
            cross join (select array_agg(id) as ids from supplier) s
            """);
        JobRounds.execute(database, """
            insert into stock_on_hand (store_id, part_id, on_hand, value, as_of, minimum)
            select s.id, p.id, case when h.n % 5 < 2 then h.n % 20 * 1000 else 0 end, case when h.n % 5 < 2 then h.n % 20 * 5000 else 0 end,
                now() - make_interval(days => h.n % 240), case when h.n % 50 = 0 then 2000 end
            from store s
            cross join part p
            cross join lateral (select abs(hashtext(s.code || p.part_number)) as n) h
            """);
        JobRounds.execute(database, """
            insert into stock_movement (id, store_id, part_id, kind, quantity, cause, at)
            select gen_random_uuid(), h.store_id, h.part_id, 'SALE', -1000, h.store_id, now() - make_interval(days => (d.n * 47) % 180)
            from stock_on_hand h
            cross join lateral (select abs(hashtext(h.store_id::text || h.part_id::text)) as n) k
            cross join lateral generate_series(1, 1 + k.n % 4) as d (n)
            where k.n % 3 = 0
            """);
        JobRounds.execute(database, "analyze");
    }
}
