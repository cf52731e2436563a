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

    @Test
    void why_a_store_was_frozen_is_still_told_after_it_became_a_cause() throws IOException, SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
                Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            hub(postgres, "58").migrate();
            statement.execute("""
                    set session_replication_role = replica;
                    insert into landing (store_id, epoch, hub_epoch, landed, hash, frozen_at, frozen_reason)
                    select gen_random_uuid(), number, 1, 20, decode('00', 'hex'), case when reason <> '' then now() end, nullif(reason, '')
                    from (values
                        (1, 'sequence 3 came again with another content'),
                        (2, 'sequence 24 waits with another content'),
                        (3, 'sequence 21 does not continue the chain'),
                        (4, 'sequence 22 carries the id of another document'),
                        (5, 'by hand'),
                        (6, '')) as made (number, reason);
                    insert into alert (rule_id, kind, subject, name, value, threshold, detail, raised_at, seen_at)
                    values (gen_random_uuid(), 'STORE_FROZEN', 'a', 'Centro', 1, 1, 'sequence 21 does not continue the chain', now(), now()),
                        (gen_random_uuid(), 'STORE_FROZEN', 'b', 'Norte', 1, 1, '', now(), now()),
                        (gen_random_uuid(), 'JOB_FAILED', 'c', 'c', 1, 1, 'sequence 9 came again with another content', now(), now());
                    set session_replication_role = default
                    """);

            hub(postgres, "60").migrate();

            assertThat(
                            text(
                                    statement,
                                    "select string_agg(frozen_cause || ' ' || frozen_sequence, ', ' order by epoch) from landing"))
                    .isEqualTo("CAME_AGAIN 3, CAME_AGAIN 24, CHAIN_BROKEN 21, ID_REUSED 22, CHAIN_BROKEN 21");
            assertThat(text(statement, "select string_agg(detail, ', ' order by subject) from alert"))
                    .isEqualTo("CHAIN_BROKEN 21, , sequence 9 came again with another content");
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
