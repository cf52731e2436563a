package mx.refahub.batch;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import mx.refahub.batch.backup.BackupSettings;
import mx.refahub.batch.partition.WorkSettings;
import mx.refahub.batch.run.SpringBatchJobs;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.Uuid7;
import mx.refahub.domain.job.Jobs.Run;
import mx.refahub.domain.job.Jobs.Status;
import mx.refahub.domain.job.RuleTrail;
import mx.refahub.domain.job.SliceOrders;
import mx.refahub.domain.job.SupplierMappings;
import mx.refahub.domain.notice.Audience;
import mx.refahub.domain.notice.Language;
import mx.refahub.domain.notice.NoticeEvent;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.StoreId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.util.unit.DataSize;

/** A hub's database with the jobs over it, and words to feed them. */
final class Hub implements AutoCloseable {
    static final String PARTS =
            "line_code,part_number,brand,name_es,name_en,category,unit,list_price,price_includes_tax,currency,tax_class,core_amount,sat_code,sat_unit,tax_object\n";
    static final String INTERCHANGE = "line_code,part_number,kind,other_brand,other_number\n";
    static final String FITMENTS = "line_code,part_number,make,model,year_from,year_to,engine,position,notes\n";
    static final String BARCODES = "line_code,part_number,barcode,pack_quantity\n";
    static final String RELATIONS =
            "kind,line_code,part_number,related_line_code,related_part_number,grade,quantity,position,note\n";
    static final String STOCK = "store_code,line_code,part_number,quantity,bin,minimum,maximum\n";

    static final int KEEP_UNDO = 3;

    static final WorkSettings WORK =
            new WorkSettings(DataSize.ofBytes(1024), Duration.ofMillis(100), Duration.ofMillis(600));

    static final Clock CLOCK = Clock.fixed(Instant.parse("2025-11-03T15:00:00Z"), ZoneOffset.UTC);

    final HikariDataSource database = Postgres.database();
    final Doors doors = new Doors(database);
    final JdbcClient sql = JdbcClient.create(database);
    final RecordingIndex index = new RecordingIndex();
    final SupplierMappings mappings = new BatchJobs().supplierMappings(database);
    final Path folder;
    private final int chunk;
    private final Optional<SliceOrders> orders;
    /** Letters that were written: event, audience and job. */
    final List<String> letters = new CopyOnWriteArrayList<>();

    /** What a letter rests on is written with it. */
    volatile Runnable beforeLetter = () -> {};

    private SpringBatchJobs jobs;

    private final BackupSettings backups;

    Hub(Path folder, int chunk) {
        this(folder, chunk, noBackups(), null);
    }

    static BackupSettings noBackups() {
        return new BackupSettings(
                "",
                Path.of("nowhere"),
                1,
                Duration.ofDays(1),
                Map.of(),
                new BackupSettings.S3("", "us-east-1", "", "", "", "", DataSize.ofMegabytes(5)));
    }

    Hub(Path folder, int chunk, BackupSettings backups) {
        this(folder, chunk, backups, null);
    }

    /** @param orders how others are asked for work */
    Hub(Path folder, int chunk, SliceOrders orders) {
        this(folder, chunk, noBackups(), orders);
    }

    private Hub(Path folder, int chunk, BackupSettings backups, @Nullable SliceOrders orders) {
        this.backups = backups;
        this.folder = folder;
        this.chunk = chunk;
        this.orders = Optional.ofNullable(orders);
        jobs = start();
    }

    /** A data source on which a test may slam the door. */
    static final class Doors extends DelegatingDataSource {
        private volatile Runnable beforeConnection = () -> {};

        Doors(DataSource database) {
            super(database);
        }

        void before(Runnable act) {
            beforeConnection = act;
        }

        @Override
        public Connection getConnection() throws java.sql.SQLException {
            beforeConnection.run();
            return super.getConnection();
        }
    }

    private int write(
            NoticeEvent event, Audience audience, Language language, @Nullable UUID about, Map<String, String> values) {
        beforeLetter.run();
        letters.add(event + " " + audience.roles() + audience.addresses() + " " + values.get("job") + " "
                + values.get("reason"));
        return 1;
    }

    /** What a store does that is told to compare itself. */
    volatile BiConsumer<UUID, UUID> onOrder = (store, command) -> {};

    private void order(StoreId store, UUID command, String who) {
        onOrder.accept(store.value(), command);
    }

    /** What was decided of the jobs: who, what, about what, from what to what. */
    final List<String> decided = new CopyOnWriteArrayList<>();

    private final RuleTrail trail = new RuleTrail() {
        @Override
        public void changed(Person by, Act act, String about, List<Difference> differences) {
            decided.add(by.name() + " " + act + " "
                    + Entry.text(about, differences).replace('\n', ' ').replace('\t', '|'));
        }

        @Override
        public List<Entry> newest(int most) {
            return List.of();
        }
    };

    private SpringBatchJobs start() {
        SpringBatchJobs started = new BatchJobs()
                .jobs(
                        doors,
                        index,
                        CLOCK,
                        new Uuid7(CLOCK, new Random(7)),
                        new BatchSettings(
                                folder.resolve("jobs"),
                                chunk,
                                "hub",
                                Duration.ofDays(14),
                                Duration.ofSeconds(20),
                                KEEP_UNDO,
                                Duration.ofMinutes(1)),
                        backups,
                        mappings,
                        Reach.nothingBut(orders, Optional.of(this::write)).with(this::order, trail),
                        WORK);
        started.start();
        return started;
    }

    SpringBatchJobs jobs() {
        return jobs;
    }

    /** Another process over the same database and folder, while the first one goes on; the caller stops it. */
    SpringBatchJobs another() {
        return start();
    }

    /** The process ends in good order and another one begins. */
    void restart() {
        jobs.stop();
        jobs = start();
    }

    @Override
    public void close() {
        jobs.stop();
        database.close();
    }

    Path file(String name, String text) {
        return file(name, text, StandardCharsets.UTF_8);
    }

    Path file(String name, String text, Charset charset) {
        return file(name, text.getBytes(charset));
    }

    Path file(String name, byte[] bytes) {
        try {
            Path file = Files.createTempFile(folder, name, ".csv");
            Files.write(file, bytes);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param files name and content by turns */
    Run feed(String job, String... files) {
        Map<String, Path> paths = new LinkedHashMap<>();
        for (int i = 0; i < files.length; i += 2) paths.put(files[i], file(files[i], files[i + 1]));
        return run(job, paths);
    }

    Run run(String job, Map<String, Path> files) {
        return ended(begin(job, files));
    }

    long begin(String job, Map<String, Path> files) {
        return done(jobs.start(job, Map.of(), files, "marta")).id();
    }

    Run ended(long run) {
        await().pollInterval(Duration.ofMillis(10))
                .atMost(60, SECONDS)
                .until(() -> jobs.run(run).orElseThrow().status().isFinal());
        return jobs.run(run).orElseThrow();
    }

    /** Ended, or waiting for a person. */
    Run settled(long run) {
        await().pollInterval(Duration.ofMillis(10)).atMost(60, SECONDS).until(() -> {
            Status status = jobs.run(run).orElseThrow().status();
            return status.isFinal() || status == Status.WAITING_FOR_APPROVAL;
        });
        return jobs.run(run).orElseThrow();
    }

    static <T> T done(Outcome<T> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return outcome.fold(value -> value, refusal -> {
            throw new AssertionError(refusal);
        });
    }

    static Refusal refused(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused<?>) outcome).refusal();
    }

    long version(String stream) {
        return sql.sql("select version from stream_version where stream = :stream")
                .param("stream", stream)
                .query(Long.class)
                .single();
    }

    long count(String table) {
        return sql.sql("select count(*) from " + table).query(Long.class).single();
    }

    <T> T one(String query, Class<T> type) {
        return sql.sql(query).query(type).single();
    }

    List<String> texts(String query) {
        return sql.sql(query).query(String.class).list();
    }

    /** The rejects file's lines after its header, without the mark in front. */
    List<String> rejects(Run run) {
        try {
            List<String> lines = Files.readString(jobs.rejects(run.id()).orElseThrow())
                    .lines()
                    .toList();
            assertThat(lines.getFirst()).startsWith("\uFEFFline,column,reason,");
            return lines.subList(1, lines.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void execute(String statement) {
        sql.sql(statement).update();
    }

    void store(String code) {
        sql.sql("""
            insert into store (id, slug, code, name, address, postal_code, tax_region, time_zone, public_key, secret_hash, broker_user,
                broker_password_hash, tunnel_port, tunnel_token_hash, epoch, registered_at)
            values (:id, :code, :code, :code, '', '06000', 'STANDARD', 'America/Mexico_City', '', '', :code, '', :port, '', 1, now())
            """)
                .param("id", UUID.nameUUIDFromBytes(code.getBytes(StandardCharsets.UTF_8)))
                .param("code", code)
                .param("port", 20000 + code.hashCode() % 1000)
                .update();
    }

    /** A good row of parts.csv. */
    static String part(String lineCode, String number, String name, String price) {
        return lineCode + "," + number + ",Brand " + lineCode + "," + name + ",," + "Frenos/Balatas,JGO," + price
                + ",true,MXN,general,,25171702,KT,02\n";
    }
}
