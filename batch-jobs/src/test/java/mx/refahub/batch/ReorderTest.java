package mx.refahub.batch;

import static mx.refahub.batch.Hub.PARTS;
import static mx.refahub.batch.Hub.part;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import mx.refahub.domain.job.Jobs.Run;
import mx.refahub.domain.job.Jobs.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Today is 3 November 2025. */
class ReorderTest {
    @TempDir
    Path folder;

    private Hub hub;

    @BeforeEach
    void open() {
        hub = new Hub(folder, 1000);
        for (String code : new String[] {"CEN", "NTE", "SUR"}) hub.store(code);
        hub.feed(
                "catalogue-import",
                "parts",
                PARTS + part("NGK", "BKR6E", "Bujía", "80.00") + part("OLD", "X-1", "Tapón", "10.00"));
        hub.execute("""
            insert into supplier (id, code, name, rfc, email, currency, credit_days, lead_days, minimum_order, note)
            values ('01890000-0000-7000-8000-0000000000d1', 'BUJ', 'Bujías', '', '', 'MXN', 30, 4, 0, '')
            """);
        hub.execute("""
            insert into supplier_part (supplier_id, their_number, part_id, cost, pack, noted_at)
            select '01890000-0000-7000-8000-0000000000d1', 'BJ-7', id, 38.5, 4000, '2025-10-01T00:00:00Z'
            from part
            where part_number = 'BKR6E'
            """);
    }

    @AfterEach
    void close() {
        hub.close();
    }

    private void stock(String store, String number, int pieces, String since) {
        hub.execute("""
            insert into stock_on_hand (store_id, part_id, on_hand, value, as_of)
            select s.id, p.id, %d, %d, '%s'
            from store s, part p
            where s.code = '%s' and p.part_number = '%s'
            """.formatted(pieces * 1000, pieces * 3850, since, store, number));
    }

    /** So many pieces in all, one sale a day. */
    private void sold(String store, int aDay, String from, String to) {
        hub.execute("""
            insert into stock_movement (id, store_id, part_id, kind, quantity, cause, at)
            select gen_random_uuid(), s.id, p.id, 'SALE', %d, gen_random_uuid(), day
            from store s, part p, generate_series('%s'::timestamptz, '%s', '1 day') day
            where s.code = '%s' and p.part_number = 'BKR6E'
            """.formatted(-aDay * 1000, from, to, store));
    }

    private Run run() {
        Run run = hub.run("reorder-alerts", Map.<String, Path>of());
        assertThat(run.status()).as(run.message()).isEqualTo(Status.DONE);
        return run;
    }

    private String alert(String store) {
        return hub.texts("""
                select kind || ' point ' || point / 1000 || ' target ' || target / 1000 || ' need ' || need / 1000 || ' elsewhere '
                    || from_branches / 1000 || ' order ' || to_order / 1000
                from reorder_alert a
                join store s on s.id = a.store_id
                where a.resolved_at is null and s.code = '%s'
                """.formatted(store)).stream().findFirst().orElse("");
    }

    @Test
    void a_branch_that_runs_low_gets_it_from_another_first_and_the_rest_is_ordered_in_whole_packs() {
        stock("CEN", "BKR6E", 10, "2025-11-01T00:00:00Z");
        stock("NTE", "BKR6E", 25, "2025-11-01T00:00:00Z");
        sold("CEN", 2, "2025-08-06T12:00:00Z", "2025-11-02T12:00:00Z");

        Run run = run();

        // 89 days of 2 in a window of 90: d = 1.978; 4 days: 7.91 + 1.6449 × √7.91 = 12.54, and 30 days of cover: 59.3.
        assertThat(alert("CEN")).isEqualTo("REORDER point 13 target 73 need 63 elsewhere 25 order 40");
        assertThat(hub.texts(
                        "select code || ' ' || quantity from reorder_transfer join store on store.id = from_store"))
                .containsExactly("NTE 25000");
        assertThat(run.message()).contains("Por pedir: 1; de ellas, 1 con piezas en otra sucursal");
    }

    @Test
    void what_is_on_order_counts_and_an_alert_without_a_cause_is_withdrawn() {
        stock("CEN", "BKR6E", 10, "2025-11-01T00:00:00Z");
        sold("CEN", 2, "2025-08-06T12:00:00Z", "2025-11-02T12:00:00Z");
        run();
        hub.execute("update reorder_alert set acknowledged_at = now(), acknowledged_by = 'Ana'");
        run();
        assertThat(hub.texts("select acknowledged_by from reorder_alert")).containsExactly("Ana");

        hub.execute("""
            insert into purchase_order (id, number, supplier_id, store_id, currency, rate, note, created_at, created_by, approved_at)
            select '01890000-0000-7000-8000-0000000000e1', 'OC-1', '01890000-0000-7000-8000-0000000000d1', id, 'MXN', 1, '', now(), 'Ana', now()
            from store where code = 'CEN'
            """);
        hub.execute("""
            insert into purchase_order_line (id, order_id, position, part_id, their_number, quantity, cost, reason)
            select gen_random_uuid(), '01890000-0000-7000-8000-0000000000e1', 1, id, 'BJ-7', 64000, 38.5, ''
            from part where part_number = 'BKR6E'
            """);
        run();

        assertThat(alert("CEN")).isEmpty();
        assertThat(hub.one(
                        "select count(*) from reorder_alert where resolved_at is not null and resolved_by is null",
                        Long.class))
                .isEqualTo(1);
    }

    @Test
    void a_minimum_without_sales_alerts_and_what_a_person_resolved_stays_quiet_for_a_week() {
        stock("CEN", "BKR6E", 1, "2025-11-01T00:00:00Z");
        hub.execute("update stock_on_hand set minimum = 2000, maximum = 6000");
        run();
        assertThat(alert("CEN")).isEqualTo("REORDER point 2 target 6 need 5 elsewhere 0 order 8");

        hub.execute("update reorder_alert set resolved_at = '2025-11-02T00:00:00Z', resolved_by = 'Ana'");
        run();
        assertThat(alert("CEN")).isEmpty();
        hub.execute("update reorder_alert set resolved_at = '2025-10-20T00:00:00Z'");
        run();
        assertThat(alert("CEN")).isNotEmpty();
    }

    @Test
    void a_season_that_sold_double_a_year_ago_raises_the_point_and_lost_sales_count() {
        stock("CEN", "BKR6E", 0, "2025-11-01T00:00:00Z");
        sold("CEN", 1, "2024-11-04T12:00:00Z", "2025-11-02T12:00:00Z");
        run();
        String even = alert("CEN");
        sold("CEN", 3, "2024-11-04T12:00:00Z", "2024-12-02T12:00:00Z");
        run();

        assertThat(hub.one("select season from reorder_alert", Double.class)).isEqualTo(2.0);
        assertThat(even).startsWith("REORDER point 8 target 38");
        assertThat(alert("CEN")).startsWith("REORDER point 13 target 73");
    }

    @Test
    void stock_that_nobody_buys_is_named_dead_and_what_lasts_for_years_slow() {
        stock("SUR", "X-1", 12, "2025-01-01T00:00:00Z");
        stock("CEN", "BKR6E", 900, "2025-01-01T00:00:00Z");
        sold("CEN", 1, "2025-10-01T12:00:00Z", "2025-10-20T12:00:00Z");
        stock("NTE", "X-1", 12, "2025-10-01T00:00:00Z");

        run();

        assertThat(hub.texts(
                        "select code || ' ' || kind from reorder_alert join store on store.id = store_id order by 1"))
                .containsExactly("CEN SLOW", "SUR DEAD");
    }

    @Test
    void what_fills_an_order_up_to_the_suppliers_minimum_is_what_runs_out_first_and_never_above_its_maximum() {
        // 5 pieces are needed: two packs of four, 308.00. The minimum is 1,000.00: 692.00 are lacking.
        stock("CEN", "BKR6E", 1, "2025-11-01T00:00:00Z");
        hub.execute("update stock_on_hand set minimum = 2000, maximum = 6000");
        for (String part : new String[] {"A", "B", "C", "D"}) filler(part);
        run();
        assertThat(fillers()).as("its orders are not filled up").isEmpty();

        hub.execute("update supplier set fill_up = true, minimum_order = 100000");
        run();
        // By hand: 89 sold in 90 days, 0.9889 a day; B is 10 above its point, A 20, C has no room for a pack of 4, D
        // sells nothing.
        assertThat(fillers()).containsExactly("1 B room 8000 days 10.11", "2 A room 16000 days 20.22");

        hub.execute("update supplier set minimum_order = 30000");
        run();
        assertThat(fillers()).as("308.00 is enough").isEmpty();
    }

    private java.util.List<String> fillers() {
        return hub.texts("""
            select position || ' ' || part_number || ' room ' || room || ' days ' || days
            from reorder_filler f
            join part p on p.id = f.part_id
            order by position
            """);
    }

    /** Sells one a day; A may have 16 and B 8 more, C two. */
    private void filler(String number) {
        hub.execute("""
            insert into part (id, line_code, part_number, normal_number, brand, name_es, name_en, category, unit, tax_class, core, sat_code, sat_unit, tax_object,
                created_at, catalogue_version)
            values (gen_random_uuid(), 'FIL', '%1$s', '%1$s', 'F', 'Filtro', '', '', 'PZA', 'GENERAL', 0, '', '', '02', now(), 0)
            """.formatted(number));
        hub.execute("""
            insert into supplier_part (supplier_id, their_number, part_id, cost, pack, noted_at)
            select '01890000-0000-7000-8000-0000000000d1', part_number, id, 50, 4000, '2025-10-01T00:00:00Z'
            from part
            where part_number = '%s'
            """.formatted(number));
        int pieces = number.equals("A") ? 30 : 20;
        int maximum = number.equals("A") ? 47 : number.equals("B") ? 31 : 22;
        hub.execute("""
            insert into stock_on_hand (store_id, part_id, on_hand, value, as_of, minimum, maximum)
            select s.id, p.id, %d, 0, '2025-11-01T00:00:00Z', 10000, %d
            from store s, part p
            where s.code = 'CEN' and p.part_number = '%s'
            """.formatted(pieces * 1000, maximum * 1000, number));
        if (number.equals("D")) return;
        hub.execute("""
            insert into stock_movement (id, store_id, part_id, kind, quantity, cause, at)
            select gen_random_uuid(), s.id, p.id, 'SALE', -1000, gen_random_uuid(), day
            from store s, part p, generate_series('2025-08-05T12:00:00Z'::timestamptz, '2025-11-02T12:00:00Z', '1 day') day
            where s.code = 'CEN' and p.part_number = '%s'
            """.formatted(number));
    }
}
