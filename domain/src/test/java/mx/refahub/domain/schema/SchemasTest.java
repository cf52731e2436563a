package mx.refahub.domain.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import mx.refahub.domain.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemasTest {
    @Test
    void the_hubs_migrations_run_on_postgresql_and_a_second_time_do_nothing() throws IOException, SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
            Flyway flyway = Flyway.configure()
                    .dataSource(postgres.getPostgresDatabase())
                    .locations("classpath:db/hub")
                    .load();
            MigrateResult first = flyway.migrate();
            assertThat(first.migrationsExecuted).isGreaterThanOrEqualTo(3);
            assertThat(flyway.migrate().migrationsExecuted).isZero();
            try (Connection connection = postgres.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select count(*) from stream_version")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(Stream.values().length);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sales", "reference", "relay"})
    void a_stores_migrations_run_on_sqlite_and_a_second_time_do_nothing(String file, @TempDir Path folder)
            throws SQLException {
        String url = "jdbc:sqlite:" + folder.resolve(file + ".db");
        Flyway flyway = Flyway.configure()
                .dataSource(url, null, null)
                .locations("classpath:db/store/" + file)
                .load();
        assertThat(flyway.migrate().migrationsExecuted).isPositive();
        assertThat(flyway.migrate().migrationsExecuted).isZero();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("pragma integrity_check")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("ok");
        }
    }
}
