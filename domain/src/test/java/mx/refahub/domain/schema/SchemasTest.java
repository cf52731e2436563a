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

    @Test
    void customers_with_an_opening_deposit_are_told_of_again() throws IOException, SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
                Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            hub(postgres, "51").migrate();
            statement.execute("""
                    insert into customer (
                        id, name, phone, email, rfc, fiscal_name, postal_code, regime, tax_use, price_level, notes, found_by, made_at, customers_version)
                    select ('00000000-0000-0000-0000-00000000000' || number)::uuid,
                           name, '', '', '', '', '', '', '', '', '', '', now(), 3
                    from (values (1, 'Taller Sol'), (2, 'Taller Luna')) as made (number, name);
                    update stream_version set version = 7 where stream = 'customers';
                    set session_replication_role = replica;
                    insert into core_opening (id, run_id, store_id, customer_id, part_id, quantity, unit, since)
                    values (gen_random_uuid(), 1, gen_random_uuid(), '00000000-0000-0000-0000-000000000001',
                            gen_random_uuid(), 3000, 60000, date '2001-01-01');
                    set session_replication_role = default
                    """);

            hub(postgres, "52").migrate();

            assertThat(text(statement, "select version from stream_version where stream = 'customers'"))
                    .isEqualTo("8");
            assertThat(text(statement, "select string_agg(name || customers_version, ' ' order by id) from customer"))
                    .isEqualTo("Taller Sol8 Taller Luna3");
        }
    }

    private static Flyway hub(EmbeddedPostgres postgres, String target) {
        return Flyway.configure()
                .dataSource(postgres.getPostgresDatabase())
                .locations("classpath:db/hub")
                .target(target)
                .load();
    }

    private static String text(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    @Test
    void a_store_that_dropped_opening_deposits_asks_for_its_customers_whole(@TempDir Path folder) throws SQLException {
        String url = "jdbc:sqlite:" + folder.resolve("reference.db");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            Flyway.configure()
                    .dataSource(url, null, null)
                    .locations("classpath:db/store/reference")
                    .target("11")
                    .load()
                    .migrate();
            statement.execute("insert into stream_version values ('customers', 7, '2026-03-02T15:00:00Z')");
            statement.execute("insert into stream_version values ('prices', 9, '2026-03-02T15:00:00Z')");

            Flyway.configure()
                    .dataSource(url, null, null)
                    .locations("classpath:db/store/reference")
                    .load()
                    .migrate();

            assertThat(text(statement, "select group_concat(stream || version, ' ') from stream_version"))
                    .isEqualTo("customers0 prices9");
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
