package mx.refahub.batch;

import static mx.refahub.batch.Hub.PARTS;
import static mx.refahub.batch.Hub.part;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import mx.refahub.batch.backup.BackupSettings;
import mx.refahub.batch.backup.Restoring;
import mx.refahub.batch.backup.SealKey;
import mx.refahub.domain.job.Jobs.Run;
import mx.refahub.domain.job.Jobs.Status;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.unit.DataSize;

class BackupTest {
    private static final BackupSettings.S3 OFF =
            new BackupSettings.S3("", "us-east-1", "", "", "", "", DataSize.ofMegabytes(5));

    @TempDir
    Path folder;

    private Path passphrase;
    private Path keys;
    private Hub hub;

    @BeforeEach
    void prepare() throws IOException {
        passphrase = Files.writeString(folder.resolve("frase.txt"), "tres tristes tigres\n");
        keys = Files.createDirectories(folder.resolve("keys"));
        Files.writeString(keys.resolve("hub-signing-key.pem"), "una llave");
    }

    @AfterEach
    void close() {
        if (hub != null) hub.close();
    }

    private void open(int keep, BackupSettings.S3 s3) {
        hub = new Hub(
                folder,
                100,
                new BackupSettings(
                        passphrase.toString(),
                        folder.resolve("copies"),
                        keep,
                        Duration.ofDays(30),
                        Map.of("keys", keys, "none", folder.resolve("not-there")),
                        s3));
        hub.feed("catalogue-import", "parts", PARTS + part("FRI", "R-1", "Balata ñ «x»", "100.00"));
    }

    private Run run(String job) {
        return hub.run(job, Map.of());
    }

    private Run done(String job) {
        Run run = run(job);
        assertThat(run.status()).as(run.message()).isEqualTo(Status.DONE);
        return run;
    }

    private List<Path> copies() {
        try (Stream<Path> files = Files.list(folder.resolve("copies"))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void a_copy_is_sealed_proven_by_restoring_it_and_put_back_into_an_empty_database() throws Exception {
        open(5, OFF);
        hub.execute(
                "insert into day_off (day, name, worked, made_by, made_at) values ('2025-12-24', E'a\\tb\\\\c\\n', false, 'Ana', now())");
        assertThat(done("backup").message()).contains("filas");
        Path copy = copies().getFirst();
        assertThat(new String(Files.readAllBytes(copy), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("Balata")
                .doesNotContain("una llave");

        assertThat(done("backup-verify").message()).contains("se restauró completo a prueba");
        assertThat(hub.texts("select name from backup where verified_at is not null and problem is null"))
                .containsExactly(copy.getFileName().toString());
        assertThat(hub.one("select count(*) from pg_namespace where nspname like 'refahub_%'", Long.class))
                .as("nothing is left of the trial")
                .isZero();

        SealKey key = SealKey.in(passphrase);
        try (HikariDataSource empty = Postgres.empty();
                InputStream version = Files.newInputStream(copy);
                InputStream sealed = Files.newInputStream(copy)) {
            Flyway.configure()
                    .dataSource(empty)
                    .locations("classpath:db/hub")
                    .target(Restoring.schema(version, key))
                    .load()
                    .migrate();
            Path files = folder.resolve("restored");
            try (Connection connection = empty.getConnection()) {
                Restoring.Proof proof = Restoring.restored(sealed, key, connection, files);
                assertThat(proof.files()).isEqualTo(1);
            }
            JdbcClient there = JdbcClient.create(empty);
            assertThat(there.sql("select name_es from part").query(String.class).list())
                    .containsExactly("Balata ñ «x»");
            assertThat(there.sql("select name from day_off").query(String.class).single())
                    .isEqualTo("a\tb\\c\n");
            assertThat(Files.readString(files.resolve("keys/hub-signing-key.pem")))
                    .isEqualTo("una llave");
            // Numbers go on after those that were given.
            assertThat(there.sql(
                                    "insert into job_run (job, cause, owner, started_by, started_at, status) values ('x', gen_random_uuid(), '', '', now(), 'DONE') returning id")
                            .query(Long.class)
                            .single())
                    .isGreaterThan(hub.one("select min(id) from job_run", Long.class));
        }
    }

    @Test
    void a_damaged_a_cut_and_a_foreign_copy_are_found_out() throws Exception {
        open(5, OFF);
        done("backup");
        Path copy = copies().getFirst();
        byte[] whole = Files.readAllBytes(copy);
        byte[] damaged = whole.clone();
        damaged[whole.length / 2] ^= 1;

        hub.execute("""
            insert into flyway_schema_history (installed_rank, version, description, type, script, installed_by, execution_time, success)
            values (9999, '9999', 'later', 'SQL', 'x', 'x', 1, true)
            """);
        assertThat(run("backup-verify").message()).contains("no se puede probar aquí");
        assertThat(hub.one("select count(*) from backup where verified_at is null and problem is null", Long.class))
                .as("a copy of an older version is neither proven nor bad")
                .isEqualTo(1);
        hub.execute("delete from flyway_schema_history where installed_rank = 9999");

        Files.write(copy, damaged);
        Run failed = run("backup-verify");
        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(failed.message()).contains("no se pudo abrir");
        assertThat(hub.texts("select problem from backup")).first().asString().contains("no se pudo abrir");

        Files.write(copy, Arrays.copyOf(whole, whole.length - 20));
        assertThat(run("backup-verify").status()).isEqualTo(Status.FAILED);

        Files.write(copy, whole);
        Files.writeString(passphrase, "otra frase muy larga");
        assertThat(run("backup-verify").message()).contains("se selló con otra frase");

        Files.writeString(passphrase, "corta");
        assertThat(run("backup").message()).contains("refahub.backup.passphrase-file");
        Path short_ = passphrase;
        assertThatThrownBy(() -> SealKey.in(short_)).isInstanceOf(IOException.class);
    }

    @Test
    void old_copies_go_but_never_the_newest_nor_the_newest_that_was_proven() {
        open(2, OFF);
        done("backup");
        done("backup-verify");
        String proven = copies().getFirst().getFileName().toString();
        done("backup");
        done("backup");
        done("backup");
        assertThat(copies())
                .hasSize(3)
                .first()
                .satisfies(one -> assertThat(one.getFileName()).hasToString(proven));
        assertThat(hub.one("select count(*) from backup where deleted_at is not null", Long.class))
                .isEqualTo(1);
    }

    @Test
    void a_bucket_takes_a_copy_in_parts_and_its_faults_leave_no_half_of_one() throws Exception {
        byte[] picture = new byte[12_000_000];
        new Random(7).nextBytes(picture);
        Files.write(keys.resolve("picture.bin"), picture);
        try (S3Simulator store = new S3Simulator()) {
            open(
                    5,
                    new BackupSettings.S3(
                            store.endpoint(), "us-east-1", "copies", "hub/", "me", "secret", DataSize.ofMegabytes(5)));
            store.fault = S3Simulator.Fault.BUSY;
            store.busy.set(2);
            done("backup");
            assertThat(store.objects).hasSize(1);
            assertThat(store.log)
                    .filteredOn(line -> line.contains("partNumber"))
                    .hasSizeGreaterThanOrEqualTo(3);
            done("backup-verify");

            store.fault = S3Simulator.Fault.HALF;
            Run cutOff = run("backup-verify");
            assertThat(cutOff.status()).isEqualTo(Status.FAILED);
            assertThat(hub.one(
                            "select count(*) from backup where problem is null and verified_at is not null",
                            Long.class))
                    .as("what happens on the way says nothing of the copy")
                    .isEqualTo(1);
            assertThat(hub.one("select retry_at is not null from job_run where id = " + cutOff.id(), Boolean.class))
                    .isTrue();

            store.fault = S3Simulator.Fault.BROKEN;
            Run failed = run("backup");
            assertThat(failed.status()).isEqualTo(Status.FAILED);
            assertThat(failed.message()).contains("«copies» en " + store.endpoint(), "contestó con el error 500");
            assertThat(store.objects).as("the first one").hasSize(1);

            // Somebody died while uploading: what is left of it goes.
            store.fault = S3Simulator.Fault.NONE;
            String left = "hub/refahub-20250101T000000Z-1.rfhb#9";
            store.uploads.put(left, new java.util.TreeMap<>());
            Hub.done(hub.jobs().restart(failed.id()));
            assertThat(hub.ended(failed.id()).status()).isEqualTo(Status.DONE);
            assertThat(store.objects).hasSize(2);
            assertThat(store.uploads).isEmpty();
        }
    }

    @Test
    void a_place_that_is_away_is_named_with_what_to_look_at() throws IOException {
        String away;
        try (S3Simulator store = new S3Simulator()) {
            away = store.endpoint();
        }
        open(5, new BackupSettings.S3(away, "us-east-1", "copies", "hub/", "me", "secret", DataSize.ofMegabytes(5)));
        for (String job : List.of("backup", "backup-verify")) {
            Run run = run(job);
            assertThat(run.status()).isEqualTo(Status.FAILED);
            assertThat(run.message())
                    .contains(
                            "No se pudo llegar al almacén de respaldos «copies» en " + away, "Se reanuda por sí solo");
        }
        hub.close();
        Files.writeString(folder.resolve("copies"), "un archivo donde iría la carpeta");
        open(5, OFF);
        assertThat(run("backup").message()).contains("No se pudo escribir el respaldo en " + folder.resolve("copies"));
    }
}
