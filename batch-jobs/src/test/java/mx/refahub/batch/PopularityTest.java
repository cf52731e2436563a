package mx.refahub.batch;

import static mx.refahub.batch.Hub.PARTS;
import static mx.refahub.batch.Hub.part;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import mx.refahub.batch.index.IndexFollower;
import mx.refahub.batch.index.IndexStep;
import mx.refahub.domain.job.Jobs.Status;
import mx.refahub.domain.part.PartId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What sells more often comes first among equals: counted once a day, and brought into the index by whatever update comes next. */
class PopularityTest {
    private static final Instant NOON = Instant.parse("2025-11-03T18:00:00Z");

    @TempDir
    Path folder;

    private Hub hub;
    private UUID pad;
    private UUID disc;

    @BeforeEach
    void open() {
        hub = new Hub(folder, 1000);
        hub.feed(
                "catalogue-import",
                "parts",
                PARTS + part("FRI", "7974-D1045", "Balata", "489.00") + part("BRE", "P85-114", "Disco", "612.50"));
        pad = hub.one("select id from part where line_code = 'FRI'", UUID.class);
        disc = hub.one("select id from part where line_code = 'BRE'", UUID.class);
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void pieces_sold_in_twelve_months_count_in_steps_and_what_came_back_does_not() throws SQLException {
        sold(pad, "PART", 5_000, "2025-10-01");
        sold(pad, "RETURN", -1_000, "2025-10-02");
        sold(pad, "PART", 90_000, "2024-10-01");
        sold(disc, "CORE_DEPOSIT", 2_000, "2025-10-01");
        long builds = hub.index.builds.size();

        follow(NOON);

        assertThat(hub.texts("select sold || ' ' || popularity from part_popularity"))
                .containsExactly("4000 3");
        assertThat(hub.index.published.get(new PartId(pad)).popularity()).isEqualTo(3);
        assertThat(hub.index.published.get(new PartId(disc)).popularity()).isZero();
        assertThat(hub.index.builds).hasSize((int) builds + 1);
        assertThat(hub.index.builds.getLast()).as("only what sells otherwise").hasSize(1);
    }

    @Test
    void the_index_follows_only_where_a_part_reaches_another_step_and_once_a_day() throws SQLException {
        sold(pad, "PART", 4_000, "2025-10-01");
        follow(NOON);
        int builds = hub.index.builds.size();

        sold(pad, "PART", 1_000, "2025-11-03");
        sold(disc, "PART", 1_000, "2025-11-03");
        follow(NOON.plus(Duration.ofHours(3)));
        assertThat(hub.index.builds).as("not yet a day").hasSize(builds);

        follow(NOON.plus(Duration.ofDays(1)));
        assertThat(hub.index.builds).hasSize(builds + 1);
        assertThat(hub.index.builds.getLast()).hasSize(1);
        assertThat(hub.index.published.get(new PartId(disc)).popularity()).isEqualTo(1);

        follow(NOON.plus(Duration.ofDays(500)));
        assertThat(hub.index.published.get(new PartId(pad)).popularity())
                .as("a year without a sale")
                .isZero();
    }

    @Test
    void a_build_from_nothing_knows_what_sells_and_leaves_nothing_waiting() throws SQLException {
        sold(pad, "PART", 1_000, "2025-10-01");
        follow(NOON);
        hub.sql
                .sql("update part_popularity set popularity = 9, changed_at = now()")
                .update();

        assertThat(hub.run("index-build", Map.of()).status()).isEqualTo(Status.DONE);

        assertThat(hub.index.published.get(new PartId(pad)).popularity()).isEqualTo(9);
        assertThat(hub.one("select count(*) from part_popularity where changed_at is not null", Long.class))
                .isZero();
    }

    @Test
    void what_a_part_leaves_of_its_price_counts_in_twentieths() throws SQLException {
        // Three pieces that cost 700.00 together; the price is 489.00 with tax: 421.55 less 233.33 is 44.6 %.
        stock(pad, 3_000, 70_000);
        stock(disc, -1_000, -30_000);
        int builds = hub.index.builds.size();

        follow(NOON);

        assertThat(hub.texts("select margin || ' ' || sold from part_popularity"))
                .containsExactly("8 0");
        assertThat(hub.index.published.get(new PartId(pad)).margin()).isEqualTo(8);
        assertThat(hub.index.builds).hasSize(builds + 1);
        assertThat(hub.index.builds.getLast()).hasSize(1);
    }

    private void stock(UUID part, long onHand, long value) throws SQLException {
        try (Connection connection = hub.database.getConnection()) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("set local session_replication_role = replica");
            try (PreparedStatement row = connection.prepareStatement("""
                            insert into stock_on_hand (store_id, part_id, on_hand, value, as_of)
                            values (gen_random_uuid(), ?, ?, ?, now())
                            """)) {
                row.setObject(1, part);
                row.setLong(2, onHand);
                row.setLong(3, value);
                row.executeUpdate();
            }
            connection.commit();
        }
    }

    /** Until it has counted and brought the index up to date. */
    private void follow(Instant at) {
        IndexFollower follower =
                new IndexFollower(hub.database, hub.index, new IndexStep.Builds(), Clock.fixed(at, ZoneOffset.UTC));
        try {
            follower.start();
            follower.wake();
            await().atMost(Duration.ofSeconds(60)).until(() -> follower.looks() > 0);
        } finally {
            follower.stop();
        }
    }

    private void sold(UUID part, String kind, long thousandths, String day) throws SQLException {
        UUID sale = UUID.randomUUID();
        try (Connection connection = hub.database.getConnection()) {
            connection.setAutoCommit(false);
            // What a sale hangs on does not matter here.
            connection.createStatement().execute("set local session_replication_role = replica");
            try (PreparedStatement head = connection.prepareStatement("""
                            insert into sale
                            select (json_populate_record(null::sale, json_build_object(
                                'id', ?::uuid, 'business_day', ?::date, 'store_id', gen_random_uuid(), 'register_id', gen_random_uuid(),
                                'cash_session_id', gen_random_uuid(), 'cashier_id', gen_random_uuid(), 'cashier_name', '', 'folio_prefix', '',
                                'folio_number', 1, 'invoice_code', '', 'sold_at', now(), 'currency', 'MXN', 'issuer_rfc', '',
                                'issuer_name', '', 'issuer_regime', '', 'issuer_postal_code', '', 'fiscal_state', '', 'price_version', 1,
                                'net', 0, 'discount', 0, 'tax', 0, 'cores', 0, 'total', 0, 'savings', 0,
                                'document_id', gen_random_uuid()))).*
                            """);
                    PreparedStatement line = connection.prepareStatement("""
                            insert into sale_line
                            select (json_populate_record(null::sale_line, json_build_object(
                                'id', gen_random_uuid(), 'sale_id', ?::uuid, 'position', 1, 'kind', ?::text, 'part_id', ?::uuid,
                                'line_code', '', 'part_number', '', 'description', '', 'unit', '', 'quantity', ?::bigint, 'price', 0,
                                'list_price', 0, 'price_includes_tax', true, 'net', 0, 'discount', 0, 'base', 0, 'tax', 0, 'total', 0,
                                'tax_object', '', 'tax_factor', '', 'tax_rate', 0, 'sat_product', '', 'sat_unit', '',
                                'salesperson_id', gen_random_uuid(), 'salesperson_name', ''))).*
                            """)) {
                head.setObject(1, sale);
                head.setString(2, day);
                head.executeUpdate();
                line.setObject(1, sale);
                line.setString(2, kind);
                line.setObject(3, part);
                line.setLong(4, thousandths);
                line.executeUpdate();
            }
            connection.commit();
        }
    }
}
