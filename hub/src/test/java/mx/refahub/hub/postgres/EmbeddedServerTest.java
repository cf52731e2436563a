package mx.refahub.hub.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import mx.refahub.hub.StartRefused;
import mx.refahub.hub.TestHub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServerTest {
    @TempDir
    Path folder;

    @Test
    void what_is_committed_is_on_disk() {
        assertThat(show("fsync")).isEqualTo("on");
        assertThat(show("synchronous_commit")).isEqualTo("on");
        assertThat(show("full_page_writes")).isEqualTo("on");
        assertThat(show("wal_level")).isIn("replica", "logical");
    }

    @Test
    void it_listens_on_loopback_only_keeps_checksums_and_speaks_utf8() {
        assertThat(show("listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(show("data_checksums")).isEqualTo("on");
        assertThat(show("server_encoding")).isEqualTo("UTF8");
        assertThat(show("shared_buffers")).isEqualTo("256MB");
        assertThat(TestHub.sql()
                        .sql("select datlocprovider::text || ' ' || datlocale from pg_database where datname ="
                                + " current_database()")
                        .query(String.class)
                        .single())
                .isEqualTo("b C.UTF-8");
    }

    @Test
    void a_server_that_is_killed_is_started_again_with_what_was_committed() throws Exception {
        reusePrograms();
        try (EmbeddedServer server = EmbeddedServer.start(folder, 0, Map.of("shared_buffers", "16MB"))) {
            execute(server, "create table kept as select 42 as n");
            long pid = Long.parseLong(Files.readAllLines(folder.resolve("postgres/postmaster.pid"))
                    .getFirst()
                    .strip());
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .untilAsserted(() -> execute(server, "insert into kept values (43)"));
        }
    }

    /** A full disk ends it like this: no process id is left, and the control file does not say that it was stopped. */
    @Test
    void a_server_that_gave_up_is_started_again_too() throws Exception {
        reusePrograms();
        try (EmbeddedServer server = EmbeddedServer.start(folder, 0, Map.of("shared_buffers", "16MB"))) {
            execute(server, "create table kept as select 42 as n");
            String pid = Files.readAllLines(folder.resolve("postgres/postmaster.pid"))
                    .getFirst()
                    .strip();
            assertThat(new ProcessBuilder("kill", "-QUIT", pid).start().waitFor())
                    .isZero();
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .untilAsserted(() -> execute(server, "insert into kept values (43)"));
        }
    }

    @Test
    void data_stay_over_a_restart_even_one_that_finds_the_server_of_a_killed_hub_still_running() throws Exception {
        reusePrograms();
        EmbeddedServer first = EmbeddedServer.start(folder, 0, Map.of("shared_buffers", "16MB"));
        execute(first, "create table kept as select 42 as n");
        String pid =
                Files.readAllLines(folder.resolve("postgres/postmaster.pid")).getFirst();

        // The first is not closed: that is how a killed hub leaves it.
        EmbeddedServer second = EmbeddedServer.start(folder, 0, Map.of("shared_buffers", "16MB"));
        try {
            assertThat(Files.readAllLines(folder.resolve("postgres/postmaster.pid"))
                            .getFirst())
                    .isNotEqualTo(pid);
            assertThat(number(second, "select n from kept")).isEqualTo(42);
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(folder.resolve("postgres.password"))))
                    .isEqualTo("rw-------");
            assertThatThrownBy(() -> DriverManager.getConnection(second.url(), EmbeddedServer.USER, "guess")
                            .close())
                    .isInstanceOf(SQLException.class);
        } finally {
            second.close();
        }

        // A leftover file whose process id now belongs to somebody else: to this very test.
        Files.write(
                folder.resolve("postgres/postmaster.pid"),
                List.of(
                        Long.toString(ProcessHandle.current().pid()),
                        folder.resolve("postgres").toString()));
        EmbeddedServer third = EmbeddedServer.start(folder, 0, Map.of("shared_buffers", "16MB"));
        try {
            assertThat(number(third, "select n from kept")).isEqualTo(42);
        } finally {
            third.close();
        }
    }

    @Test
    void a_port_that_is_taken_is_said_in_one_line() throws Exception {
        reusePrograms();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedServer.start(folder, taken.getLocalPort(), Map.of()))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("Port " + taken.getLocalPort() + " is taken")
                    .hasMessageContaining("refahub.hub.database.port")
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void data_of_another_postgresql_are_left_alone() throws Exception {
        reusePrograms();
        Files.createDirectories(folder.resolve("postgres"));
        Files.writeString(folder.resolve("postgres/PG_VERSION"), "16\n");

        assertThatThrownBy(() -> EmbeddedServer.start(folder, 0, Map.of()))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("are of PostgreSQL 16");
    }

    @Test
    void a_folder_belongs_to_one_hub() throws Exception {
        try (HubLock first = HubLock.take(folder)) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> HubLock.take(folder))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("Another hub is running");
        }
        HubLock.take(folder).close();
    }

    /** The programs of the shared test hub, so that they are not unpacked again. */
    private void reusePrograms() throws IOException {
        show("fsync");
        Files.createSymbolicLink(
                folder.resolve("programs"), TestHub.scratch("hub").resolve("programs"));
    }

    private static String show(String setting) {
        return TestHub.sql().sql("show " + setting).query(String.class).single();
    }

    private static void execute(EmbeddedServer server, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.url(), EmbeddedServer.USER, server.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int number(EmbeddedServer server, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.url(), EmbeddedServer.USER, server.password());
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }
}
