package mx.refahub.batch;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import javax.sql.DataSource;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Uuid7;
import mx.refahub.domain.job.Jobs;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.search.IndexManifest;
import mx.refahub.domain.search.IndexedPart;
import mx.refahub.domain.search.PartIndex;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** A hub's database with the jobs over it: one PostgreSQL for all tests, emptied before each. */
final class Hall implements AutoCloseable {
    private static @Nullable EmbeddedPostgres postgres;
    private static final String STORE = "01939b8e-0000-7000-8000-000000000001";

    final Jobs jobs;
    final RecordingIndex index;
    final JdbcClient jdbc;
    private final AnnotationConfigApplicationContext context;

    Hall(Path folder) {
        DataSource dataSource = database();
        jdbc = JdbcClient.create(dataSource);
        context = new AnnotationConfigApplicationContext();
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("test", Map.of("refahub.batch.folder", folder.toString())));
        context.registerBean("dataSource", DataSource.class, () -> dataSource);
        context.register(Parts.class);
        context.refresh();
        jobs = context.getBean(Jobs.class);
        index = context.getBean(RecordingIndex.class);
    }

    @Configuration(proxyBeanMethods = false)
    @Import(BatchJobs.class)
    static class Parts {
        @Bean
        PlatformTransactionManager transactionManager(DataSource dataSource) {
            return new DataSourceTransactionManager(dataSource);
        }

        @Bean
        JdbcClient jdbcClient(DataSource dataSource) {
            return JdbcClient.create(dataSource);
        }

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        @Bean
        IdSource ids(Clock clock) {
            return new Uuid7(clock, new Random());
        }

        @Bean
        RecordingIndex index() {
            return new RecordingIndex();
        }
    }

    /** Empties every table; a fresh start for a test. */
    static void empty() {
        JdbcClient jdbc = JdbcClient.create(database());
        jdbc.sql("""
                truncate part, part_price, part_barcode, part_interchange, fitment, stock_movement, stock_on_hand, import_reject, job_run, job_run_total,
                         staging_part, staging_barcode, staging_interchange, staging_fitment, staging_stock, batch_job_instance, batch_job_execution,
                         batch_job_execution_params, batch_job_execution_context, batch_step_execution, batch_step_execution_context
                """).update();
        jdbc.sql("update stream_version set version = 0").update();
    }

    static void store() {
        JdbcClient.create(database()).sql("""
                insert into store (id, slug, code, name, address, postal_code, tax_region, time_zone, public_key, secret_hash, broker_user,
                                   broker_password_hash, tunnel_port, tunnel_token_hash, epoch, registered_at)
                values ('%s', 'centro', 'CENTRO', 'Centro', '', '72000', 'STANDARD', 'America/Mexico_City', '', '', 'centro', '', 1, '', 1, now())
                on conflict do nothing
                """.formatted(STORE)).update();
    }

    private static synchronized DataSource database() {
        try {
            EmbeddedPostgres running = postgres;
            if (running == null) {
                running = EmbeddedPostgres.builder()
                        .setServerConfig("synchronous_commit", "off")
                        .start();
                postgres = running;
                Flyway.configure()
                        .dataSource(running.getPostgresDatabase())
                        .locations("classpath:db/hub")
                        .load()
                        .migrate();
            }
            return running.getPostgresDatabase();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Jobs.Run run(String job, Map<String, String> files) {
        Map<String, Path> given = new LinkedHashMap<>();
        files.forEach((name, content) -> given.put(name, file(content.getBytes(StandardCharsets.UTF_8))));
        return runFiles(job, given);
    }

    Jobs.Run runFiles(String job, Map<String, Path> files) {
        Jobs.Run run = jobs.start(job, Map.of(), files, "prueba").fold(started -> started, refusal -> {
            throw new AssertionError(refusal.toString());
        });
        return await(run.id());
    }

    Jobs.Run await(long id) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> jobs.run(id).orElseThrow(), run -> run.status().isFinal());
    }

    Outcome<Jobs.Run> start(String job, Map<String, Path> files) {
        return jobs.start(job, Map.of(), files, "prueba");
    }

    static Path file(byte[] content) {
        try {
            return Files.write(Files.createTempFile("upload", ".csv"), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long version(String stream) {
        return jdbc.sql("select version from stream_version where stream = :stream")
                .param("stream", stream)
                .query(Long.class)
                .single();
    }

    long count(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }

    String rejects(Jobs.Run run) {
        try {
            Path file = jobs.rejects(run.id()).orElseThrow();
            String text = Files.readString(file);
            Files.delete(file);
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }

    /** A catalogue index that remembers what it was given. */
    static final class RecordingIndex implements PartIndex {
        private final Map<PartId, IndexedPart> published = new HashMap<>();
        private @Nullable IndexManifest manifest;
        private int puts;

        @Override
        public Build rebuild() {
            return new Recording(new HashMap<>());
        }

        @Override
        public Build update() {
            return new Recording(new HashMap<>(published));
        }

        @Override
        public Optional<IndexManifest> newest() {
            return Optional.ofNullable(manifest);
        }

        @Override
        public Optional<Path> file(long version, String name) {
            return Optional.empty();
        }

        int puts() {
            return puts;
        }

        List<String> numbers() {
            TreeSet<String> numbers = new TreeSet<>();
            published
                    .values()
                    .forEach(part -> numbers.add(
                            part.part().lineCode() + " " + part.part().number()));
            return List.copyOf(numbers);
        }

        IndexedPart of(String lineAndNumber) {
            return published.values().stream()
                    .filter(part -> (part.part().lineCode() + " " + part.part().number()).equals(lineAndNumber))
                    .findFirst()
                    .orElseThrow();
        }

        private final class Recording implements Build {
            private final Map<PartId, IndexedPart> parts;

            Recording(Map<PartId, IndexedPart> parts) {
                this.parts = parts;
            }

            @Override
            public void put(IndexedPart part) {
                puts++;
                parts.put(part.part().id(), part);
            }

            @Override
            public void remove(PartId part) {
                parts.remove(part);
            }

            @Override
            public IndexManifest publish(long catalogueVersion) {
                published.clear();
                published.putAll(parts);
                IndexManifest before = manifest;
                IndexManifest now =
                        new IndexManifest(before == null ? 1 : before.version() + 1, catalogueVersion, List.of());
                manifest = now;
                return now;
            }

            @Override
            public void close() {
                parts.clear();
            }
        }
    }
}
