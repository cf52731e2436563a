package mx.refahub.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import mx.refahub.domain.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteFileTest {
    private Path path;
    private SqliteFile file;

    @BeforeEach
    void open(@TempDir Path folder) {
        path = folder.resolve("sales.db");
        file = SqliteFile.open(path, "db/store/sales");
    }

    @AfterEach
    void close() {
        file.close();
    }

    @Test
    void a_commit_is_synced_and_no_checkpoint_waits_in_it() {
        assertThat(pragma("journal_mode")).isEqualTo("wal");
        assertThat(pragma("synchronous")).isEqualTo("2");
        assertThat(pragma("wal_autocheckpoint")).isEqualTo("0");
        assertThat(pragma("foreign_keys")).isEqualTo("1");
        assertThat(pragma("busy_timeout")).isEqualTo("10000");
    }

    @Test
    void the_driver_is_one_that_cannot_corrupt_a_wal() throws SQLException {
        String version = file.read(
                        session -> session.first("select sqlite_version() as version", row -> row.text("version")))
                .orElseThrow();
        String[] parts = version.split("\\.");

        assertThat(Integer.parseInt(parts[0]) * 1000 + Integer.parseInt(parts[1]))
                .isGreaterThanOrEqualTo(3053);
    }

    /** It stayed unable to write until the program was started again, for the driver ends a statement that failed. */
    @Test
    void a_file_that_could_take_no_more_is_written_again_as_soon_as_it_can() {
        file.change(session -> register(session, "a"));
        String before = pragma("max_page_count");
        for (int i = 0; i < 2; i++) {
            file.write(session -> session.first("pragma max_page_count = 1", row -> row.text("max_page_count")));
            assertThatThrownBy(() -> file.change(session -> {
                        for (int n = 0; n < 5_000; n++) register(session, "full " + n);
                    }))
                    .isInstanceOfSatisfying(
                            Failure.class, full -> assertThat(full.isNoRoom()).isTrue())
                    .hasMessageContaining("FULL");
            file.write(
                    session -> session.first("pragma max_page_count = " + before, row -> row.text("max_page_count")));
            String name = "b" + i;
            file.change(session -> register(session, name));
        }
        assertThat(registers()).isEqualTo(3);
    }

    @Test
    void what_a_failed_change_wrote_is_gone_and_the_next_one_works() {
        assertThatThrownBy(() -> file.change(session -> {
                    register(session, "a");
                    throw new IllegalStateException("power cut");
                }))
                .hasMessage("power cut");
        assertThatThrownBy(() -> file.change(session -> {
                    register(session, "b");
                    session.update("insert into cash_session (id) values ('x')");
                }))
                .isInstanceOf(Failure.class);

        assertThat(registers()).isZero();
        file.change(session -> register(session, "c"));
        assertThat(registers()).isEqualTo(1);
    }

    @Test
    void a_reader_sees_one_state_while_a_writer_commits_beside_it() {
        AtomicLong before = new AtomicLong(-1);
        AtomicLong after = new AtomicLong(-1);
        file.read(session -> {
            before.set(count(session));
            file.change(writer -> register(writer, "a"));
            after.set(count(session));
            return "";
        });

        assertThat(before).hasValue(0);
        assertThat(after).hasValue(0);
        assertThat(registers()).isEqualTo(1);
    }

    @Test
    void a_reader_cannot_write() {
        assertThatThrownBy(() -> file.read(session -> session.update("delete from register")))
                .isInstanceOf(Failure.class);
    }

    @Test
    void many_writers_take_turns() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(4);
        for (int t = 0; t < 4; t++) {
            String name = "t" + t;
            Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 25; i++) {
                    String id = name + i;
                    file.change(session -> register(session, id));
                }
                done.countDown();
            });
        }
        assertThat(done.await(60, java.util.concurrent.TimeUnit.SECONDS)).isTrue();

        assertThat(registers()).isEqualTo(100);
    }

    @Test
    void the_wal_is_copied_into_the_file_in_the_background() throws Exception {
        long before = Files.size(path);
        byte[] large = new byte[2 * 1024 * 1024];
        file.change(session -> session.update(
                "insert into outbox (id, epoch, key, type, schema, occurred_at, after, previous_hash, hash, signature, body) values ('a', 1, 'k', 't', 1, '', '', x'', x'', x'', ?)",
                (Object) large));

        await().atMost(Duration.ofSeconds(60)).until(() -> Files.size(path) > before + large.length / 2);
    }

    @Test
    void instants_sort_as_text_and_come_back() {
        List<Instant> instants = List.of(
                Instant.parse("2026-03-02T16:00:00Z"),
                Instant.parse("2026-03-02T16:00:00.001Z"),
                Instant.parse("2026-03-02T16:00:00.010Z"),
                Instant.parse("2026-12-31T23:59:59.999Z"));

        List<String> texts = instants.stream().map(InstantText::of).toList();

        assertThat(texts).isSorted().allMatch(text -> text.length() == 24);
        assertThat(texts.stream().map(InstantText::parse).toList()).isEqualTo(instants);
    }

    private static void register(Session session, String id) throws SQLException {
        session.updateOne("insert into register (id, name, prefix) values (?, ?, ?)", id, "Caja", "C1");
    }

    private long registers() {
        return file.read(SqliteFileTest::count);
    }

    private static long count(Session session) throws SQLException {
        return session.first("select count(*) as n from register", row -> row.number("n"))
                .orElseThrow();
    }

    private String pragma(String name) {
        return file.write(session -> session.first("pragma " + name, row -> row.text(column(name))))
                .orElseThrow();
    }

    private static String column(String pragma) {
        return pragma.equals("busy_timeout") ? "timeout" : pragma;
    }
}
