package mx.refahub.batch.bench;

import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import mx.refahub.batch.BatchHouse;
import mx.refahub.domain.job.Jobs;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.search.IndexManifest;
import mx.refahub.domain.search.IndexedPart;
import mx.refahub.domain.search.PartIndex;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * How fast a catalogue gets in, against a bare COPY of the same rows into a table of the same shape with the same key. Reference and subject take
 * turns in one run, so that a busy machine slows both; what counts is the median of the ratios of neighbours.
 */
public final class ImportBench {
    private static final int ROWS = Integer.getInteger("bench.rows", 200_000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 9);
    private static final int WARM_UP = 2;
    private static final int BLOCK = 1 << 16;

    private final HikariDataSource database;
    private final Jobs jobs;
    private final Path folder;

    private ImportBench(HikariDataSource database, Jobs jobs, Path folder) {
        this.database = database;
        this.jobs = jobs;
        this.folder = folder;
    }

    /** Seconds of one turn. */
    private record Turn(double copy, double staging, double publish) {
        double stagingRate() {
            return copy / staging;
        }

        double importTimes() {
            return publish / copy;
        }
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("refahub-bench");
        try (BatchHouse house = BatchHouse.open(folder, new NoIndex(), Clock.systemUTC())) {
            new ImportBench(house.database(), house.jobs(), folder).run();
        }
    }

    private void run() throws Exception {
        Path parts = generate();
        byte[] rows = staged(parts);
        List<Turn> turns = new ArrayList<>();
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            double copy = bareCopy(rows);
            Turn turn = importing(copy, parts);
            if (round >= 0) turns.add(turn);
            System.out.printf(
                    Locale.ROOT,
                    "%8s  copy %6.3f s  staging %6.3f s (%5.1f %%)  through publish %6.3f s (%4.2f x)%n",
                    round < 0 ? "warm-up" : "round " + (round + 1),
                    turn.copy,
                    turn.staging,
                    100 * turn.stagingRate(),
                    turn.publish,
                    turn.importTimes());
        }
        report(turns);
    }

    private Path generate() throws IOException {
        return generate(folder.resolve("parts-source.csv"), ROWS);
    }

    static Path generate(Path file, int count) throws IOException {
        Random random = new Random(42);
        String[] names = {
            "Balata delantera cerámica", "Filtro de aceite", "Amortiguador trasero", "Bujía de iridio", "Alternador 90A"
        };
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(
                    "line_code,part_number,brand,name_es,name_en,category,unit,list_price,price_includes_tax,currency,tax_class,core_amount,sat_code,sat_unit,tax_object\n");
            for (int i = 0; i < count; i++) {
                String name = names[random.nextInt(names.length)];
                out.write(String.format(
                        Locale.ROOT,
                        "L%02d,%d-%06dX,Marca %d,%s %d,\"Part %d, for most vehicles\",Frenos/Balatas,PZA,%d.%02d,true,MXN,general,,25171702,H87,02%n",
                        i % 40,
                        random.nextInt(9000) + 1000,
                        i,
                        i % 40,
                        name,
                        random.nextInt(10000),
                        i,
                        random.nextInt(5000) + 10,
                        random.nextInt(100)));
            }
        }
        return file;
    }

    /** The very rows that the import stages, as COPY puts them out. */
    private byte[] staged(Path parts) throws Exception {
        execute("create table bare_part (like staging_part including all)");
        execute("create table kept_part (like staging_part)");
        execute("""
            create function keep_staged() returns trigger language plpgsql as $$
            begin
                insert into kept_part select * from staging_part;
                return null;
            end $$
            """);
        execute("create trigger keep before truncate on staging_part execute function keep_staged()");
        turn(parts);
        execute("drop trigger keep on staging_part");
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        try (Connection connection = database.getConnection()) {
            connection.unwrap(PGConnection.class).getCopyAPI().copyOut("copy kept_part to stdout", rows);
        }
        execute("drop table kept_part");
        return rows.toByteArray();
    }

    private double bareCopy(byte[] rows) throws SQLException {
        execute("truncate bare_part");
        execute("checkpoint");
        long start = System.nanoTime();
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy bare_part from stdin");
            for (int at = 0; at < rows.length; at += BLOCK)
                copy.writeToCopy(rows, at, Math.min(BLOCK, rows.length - at));
            if (copy.endCopy() != ROWS) throw new IllegalStateException("rows");
            connection.commit();
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private Turn importing(double copy, Path parts) throws Exception {
        execute("truncate part, part_price, part_barcode, part_interchange, fitment");
        execute("update stream_version set version = 0");
        execute("checkpoint");
        double[] seconds = turn(parts);
        return new Turn(copy, seconds[0], seconds[1]);
    }

    /** @return seconds of staging, inspection of the file included, and from the run's first step to the commit of publishing */
    private double[] turn(Path parts) throws Exception {
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
        return new double[] {
            seconds(run, "inspect", "stage-parts"),
            seconds(
                    run,
                    "inspect",
                    "stage-parts",
                    "stage-interchange",
                    "stage-fitments",
                    "stage-barcodes",
                    "check",
                    "publish")
        };
    }

    private double seconds(long run, String... steps) throws SQLException {
        try (Connection connection = database.getConnection();
                var statement = connection.prepareStatement("""
                    select extract(epoch from max(s.end_time) - min(s.start_time))
                    from batch_step_execution s
                    join batch_job_execution_params p using (job_execution_id)
                    where p.parameter_name = 'run'
                    and p.parameter_value = ?
                    and s.step_name = any (?)
                    """)) {
            statement.setString(1, Long.toString(run));
            statement.setArray(2, connection.createArrayOf("text", steps));
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getDouble(1);
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void report(List<Turn> turns) throws IOException {
        double copy = median(turns.stream().mapToDouble(Turn::copy).toArray());
        double staging = median(turns.stream().mapToDouble(Turn::stagingRate).toArray());
        double times = median(turns.stream().mapToDouble(Turn::importTimes).toArray());
        System.out.printf(Locale.ROOT, """

                import, %,d rows of parts.csv, %d rounds
                  what                                       measured    aim
                  bare COPY, rows per second             %,12.0f
                  staging against bare COPY              %10.1f %%   >= 95 %%
                  first import through publish           %10.2f x    <= 3 x
                """, ROWS, turns.size(), ROWS / copy, 100 * staging, times);
        Path output = Path.of(System.getProperty("bench.output", "target/bench"));
        Files.createDirectories(output);
        Files.writeString(
                output.resolve("import.json"),
                String.format(
                        Locale.ROOT,
                        "{\"bench\":\"import\",\"rows\":%d,\"rounds\":%d,\"copyRowsPerSecond\":%.0f,\"stagingRateToCopy\":%.4f,\"stagingAim\":0.95,"
                                + "\"importTimesCopy\":%.4f,\"importAim\":3.0,\"turns\":[%s]}%n",
                        ROWS,
                        turns.size(),
                        ROWS / copy,
                        staging,
                        times,
                        String.join(
                                ",",
                                turns.stream()
                                        .map(t -> String.format(
                                                Locale.ROOT,
                                                "{\"copy\":%.4f,\"staging\":%.4f,\"publish\":%.4f}",
                                                t.copy,
                                                t.staging,
                                                t.publish))
                                        .toList())));
        System.out.println("written " + output.resolve("import.json").toAbsolutePath());
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    /** What the index costs is measured elsewhere. */
    static final class NoIndex implements PartIndex {
        private long version;

        @Override
        public Build rebuild() {
            return new Build() {
                @Override
                public void put(IndexedPart part) {}

                @Override
                public void remove(PartId part) {}

                @Override
                public IndexManifest publish(long catalogueVersion) {
                    return new IndexManifest(++version, catalogueVersion, List.of());
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public Build update() {
            return rebuild();
        }

        @Override
        public Optional<IndexManifest> newest() {
            return Optional.empty();
        }

        @Override
        public Optional<Path> file(long index, String name) {
            return Optional.empty();
        }
    }
}
