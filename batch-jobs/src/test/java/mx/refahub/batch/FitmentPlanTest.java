package mx.refahub.batch;

import static mx.refahub.batch.Hub.FITMENTS;
import static mx.refahub.batch.Hub.PARTS;
import static mx.refahub.batch.Hub.part;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.job.Jobs.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How fitments are found, whichever way they are asked for. */
class FitmentPlanTest {
    @TempDir
    Path folder;

    private Hub hub;

    @BeforeEach
    void open() {
        hub = new Hub(folder, 50_000);
        StringBuilder parts = new StringBuilder(PARTS);
        StringBuilder fitments = new StringBuilder(FITMENTS);
        for (int i = 0; i < 800; i++) {
            parts.append(part("GEN", "N" + i, "Pieza", "1"));
            for (int model = 0; model < 12; model++)
                fitments.append("GEN,N")
                        .append(i)
                        .append(",Marca")
                        .append(model % 4)
                        .append(",Modelo")
                        .append(i % 40 * 12 + model)
                        .append(",")
                        .append(1990 + model)
                        .append(",")
                        .append(1995 + model)
                        .append(",,,\n");
        }
        hub.feed("catalogue-import", "parts", parts.toString(), "fitments", fitments.toString());
        hub.sql.sql("vacuum analyze fitment").update();
    }

    @AfterEach
    void close() {
        hub.close();
    }

    private String plan(String query) {
        return String.join("\n", hub.texts("explain (costs off) " + query));
    }

    @Test
    void a_parts_vehicles_are_one_range_of_one_partition_and_a_vehicles_parts_one_range_of_each() {
        UUID part = hub.one("select id from part where part_number = 'N7'", UUID.class);
        String vehicles = plan("select make, model, year_from, year_to from fitment where part_id = '" + part + "'");
        assertThat(vehicles)
                .contains("fitment_")
                .contains("Index")
                .doesNotContain("Append")
                .doesNotContain("Seq Scan");

        String parts = plan(
                "select part_id from fitment where make = 'Marca3' and model = 'Modelo3' and year_from <= 1994 and year_to >= 1994");
        assertThat(parts).contains("Index Only Scan using fitment_").doesNotContain("Seq Scan");
        assertThat(parts.lines().filter(line -> line.contains("Index Only Scan")))
                .hasSize(8);
    }

    @Test
    void the_first_fill_puts_every_index_back_on_every_partition() {
        assertThat(hub.texts(
                        "select inhrelid::regclass || ' ' || count(*) from pg_inherits join pg_index on indrelid = inhrelid "
                                + "where inhparent = 'fitment'::regclass and indisvalid group by 1 order by 1"
                                        .replace("group by 1", "group by inhrelid")))
                .hasSize(8)
                .allMatch(line -> line.endsWith(" 2"));
        assertThat(
                        hub.texts(
                                "select indexrelid::regclass::text from pg_index where indrelid = 'fitment'::regclass and indisvalid order by 1"))
                .containsExactly("fitment_by_vehicle", "fitment_pkey");
        assertThat(hub.one(
                        "select count(*) from pg_constraint where conrelid = 'fitment'::regclass and contype = 'f'",
                        Long.class))
                .isEqualTo(1);
    }

    @Test
    void what_a_part_fits_is_told_in_a_few_words_the_newest_first() {
        assertThat(hub.one("select count(*) from part_vehicle_preview", Long.class))
                .isEqualTo(800);
        hub.feed(
                "catalogue-import",
                "fitments",
                FITMENTS + "GEN,N1,VW,Golf,2010,2012,,,\nGEN,N1,VW,Golf,2013,2014,2.0,,\nGEN,N1,VW,Jetta,2011,2018,,,\n"
                        + "GEN,N1,Seat,León,2009,2009,,,\nGEN,N2,Seat,León,2009,2009,,,\n");
        assertThat(previews("N1", "N2")).containsExactly("Jetta 2011–2018, Golf 2010–2014 +1", "León 2009");

        hub.sql.sql("delete from fitment where model = 'Jetta'").update();
        assertThat(hub.run("view-refresh", java.util.Map.of()).status()).isEqualTo(Status.DONE);
        assertThat(previews("N1")).containsExactly("Golf 2010–2014, León 2009");
    }

    @Test
    void the_short_preview_is_refreshed_while_others_read_it() throws SQLException {
        hub.sql.sql("delete from fitment where model = 'Modelo1'").update();
        try (Connection reader = hub.database.getConnection();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            String before = preview(statement);
            // Any refresh but a concurrent one would wait until this reader has gone, and the run would never end.
            assertThat(hub.run("view-refresh", java.util.Map.of()).status()).isEqualTo(Status.DONE);
            assertThat(preview(statement)).as("and sees it at once").isNotEqualTo(before);
            reader.rollback();
        }
    }

    /** Of the part that the model was taken from. */
    private static String preview(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(
                "select preview from part_vehicle_preview join part on id = part_id where part_number = 'N0'")) {
            row.next();
            return row.getString(1);
        }
    }

    private List<String> previews(String... numbers) {
        return hub.texts("select preview from part_vehicle_preview join part on id = part_id where part_number in ('"
                + String.join("', '", numbers) + "') order by part_number");
    }
}
