package mx.refahub.batch;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.springframework.util.FileSystemUtils;

/** One real server per test process; each caller gets a database of its own, copied from a migrated one. */
final class Postgres {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final EmbeddedPostgres SERVER = start();

    private Postgres() {}

    private static EmbeddedPostgres start() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setDataDirectory(folder())
                    // A database for each test is a hundred thousand files: deleting them at the end took half a
                    // minute.
                    .setCleanDataDirectory(false)
                    .setServerConfig("fsync", System.getProperty("postgres.fsync", "off"))
                    .setServerConfig("shared_buffers", "256MB")
                    .setServerConfig("max_wal_size", "4GB")
                    .setServerConfig("log_min_duration_statement", System.getProperty("postgres.slow", "-1"))
                    .start();
            execute(server, "create database template_hub");
            Flyway.configure()
                    .dataSource(server.getDatabase("postgres", "template_hub"))
                    .locations("classpath:db/hub")
                    .load()
                    .migrate();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the run before left goes while this one runs. */
    private static Path folder() throws IOException {
        Path folder = Path.of("target", "postgres").toAbsolutePath();
        if (Files.exists(folder)) {
            Path old = Files.move(folder, folder.resolveSibling("postgres-" + System.nanoTime()));
            Thread.ofPlatform().daemon().name("old databases").start(() -> {
                try {
                    FileSystemUtils.deleteRecursively(old);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return folder;
    }

    static HikariDataSource database() {
        String name = "hub_" + DATABASES.incrementAndGet();
        execute(SERVER, "create database " + name + " template template_hub");
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(SERVER.getJdbcUrl("postgres", name));
        config.setMaximumPoolSize(8);
        config.setMinimumIdle(0);
        return new HikariDataSource(config);
    }

    /** With no tables in it. */
    static HikariDataSource empty() {
        String name = "empty_" + DATABASES.incrementAndGet();
        execute(SERVER, "create database " + name);
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(SERVER.getJdbcUrl("postgres", name));
        config.setMaximumPoolSize(3);
        config.setMinimumIdle(0);
        return new HikariDataSource(config);
    }

    private static void execute(EmbeddedPostgres server, String sql) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
