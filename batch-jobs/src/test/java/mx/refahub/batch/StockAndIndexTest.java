package mx.refahub.batch;

import static mx.refahub.batch.Hub.PARTS;
import static mx.refahub.batch.Hub.STOCK;
import static mx.refahub.batch.Hub.part;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.job.Jobs.Run;
import mx.refahub.domain.job.Jobs.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StockAndIndexTest {
    @TempDir
    Path folder;

    private Hub hub;

    @BeforeEach
    void open() {
        hub = new Hub(folder, 1000);
        hub.store("CENTRO");
        hub.feed(
                "catalogue-import",
                "parts",
                PARTS + part("FRI", "7974-D1045", "Balata", "489.00") + part("BRE", "P85-114", "Balata", "612.50"));
    }

    @AfterEach
    void close() {
        hub.close();
    }

    private Run stock(String rows) {
        return hub.feed("opening-stock", "stock", STOCK + rows);
    }

    @Test
    void the_check_finds_the_ledger_and_its_summary_equal_and_names_what_differs() {
        hub.feed(
                "opening-stock",
                "stock",
                "store_code,line_code,part_number,quantity,bin,unit_cost\nCENTRO,FRI,7974-D1045,12,A-02,250.50\n");
        assertThat(hub.one("select value from stock_on_hand", Long.class)).isEqualTo(300_600);

        Run fine = hub.run("stock-check", Map.<String, Path>of());
        hub.execute("update stock_on_hand set on_hand = on_hand - 1000");
        Run wrong = hub.run("stock-check", Map.<String, Path>of());

        assertThat(fine.status()).as(fine.message()).isEqualTo(Status.DONE);
        assertThat(hub.one("select count(*) from stock_difference", Long.class)).isEqualTo(1);
        assertThat(wrong.message()).contains("CENTRO FRI 7974-D1045: cantidad 11000, movimientos 12000");
    }

    @Test
    void what_sells_most_is_class_a_and_what_did_not_sell_has_none() {
        stock("CENTRO,FRI,7974-D1045,12,,,\nCENTRO,BRE,P85-114,5,,,\n");
        sold("7974-D1045", 48_900);
        long version = hub.version("stock");

        Run run = hub.run("abc-classes", Map.<String, Path>of());

        assertThat(run.status()).as(run.message()).isEqualTo(Status.DONE);
        assertThat(
                        hub.texts(
                                "select part_number || ' ' || coalesce(abc, '-') from stock_on_hand join part on part.id = part_id order by 1"))
                .containsExactly("7974-D1045 A", "P85-114 -");
        assertThat(hub.version("stock")).isEqualTo(version + 1);
        assertThat(hub.one(
                        "select count(*) from stock_on_hand where stock_version = (select version from stream_version where stream = 'stock')",
                        Long.class))
                .as("only what changed goes down")
                .isEqualTo(1);
    }

    @Test
    void an_opening_load_waits_for_its_totals_to_be_signed_off_and_can_be_taken_back() {
        Map<String, Path> files = Map.of(
                "stock",
                hub.file(
                        "stock",
                        "store_code,line_code,part_number,quantity,bin,unit_cost\nCENTRO,FRI,7974-D1045,10,A-01,250.50\n"),
                "suppliers",
                hub.file(
                        "suppliers",
                        "code,name,rfc,credit_days\nBAL,Balatas del Norte,EKU9003173C9,30\nBAL,Otra,,\nX Y,Mal,,\nZ1,Sin RFC,no,\n"),
                "customers",
                hub.file(
                        "customers",
                        "code,name,phone,store_code,balance,reference,due_on\n77,Taller Paz,5512345678,CENTRO,1500.00,A-10,2026-12-01\n78,Sin saldo,,,,,\n79,Debe,,NADA,10,,\n80,Debe,,,10,,\n81,Malo,12,,,,\n"));
        Run waiting = hub.settled(hub.begin("opening-stock", files));

        assertThat(waiting.status()).as(waiting.message()).isEqualTo(Status.WAITING_FOR_APPROVAL);
        assertThat(hub.texts("select kind || ' ' || rows from job_run_preview where rows > 0 order by 1"))
                .containsExactly("BALANCE_OPENED 1", "CUSTOMER_NEW 2", "STOCK_OPENED 1", "SUPPLIER_NEW 1");
        assertThat(
                        hub.texts(
                                "select part || ' ' || before || ' ' || after from job_run_preview_example where kind in ('STOCK_OPENED', 'BALANCE_OPENED') order by kind"))
                .containsExactly("CENTRO 1 cuentas 1,500.00", "CENTRO 10 pzas costo 2,505.00");
        assertThat(hub.count("stock_on_hand")).isZero();
        Hub.done(hub.jobs().approve(waiting.id(), "Ana"));
        Run loaded = hub.ended(waiting.id());

        assertThat(loaded.status()).as(loaded.message()).isEqualTo(Status.DONE);
        assertThat(loaded.rejected()).isEqualTo(6);
        assertThat(hub.texts("select code || ' ' || rfc || ' ' || credit_days from supplier"))
                .containsExactly("BAL EKU9003173C9 30");
        assertThat(hub.one("select balance from account_balance", Long.class)).isEqualTo(150_000);
        assertThat(hub.one("select value from stock_on_hand", Long.class)).isEqualTo(250_500);
        assertThat(hub.version("customers")).isEqualTo(1);

        Run undone = hub.ended(Hub.done(
                        hub.jobs().start("opening-undo", Map.of("of", Long.toString(loaded.id())), Map.of(), "Ana"))
                .id());

        assertThat(undone.status()).as(undone.message()).isEqualTo(Status.DONE);
        assertThat(hub.one("select balance from account_balance", Long.class)).isZero();
        assertThat(hub.one("select on_hand + value from stock_on_hand", Long.class))
                .isZero();
        assertThat(hub.count("supplier")).isZero();
        assertThat(hub.one("select sum(quantity) from stock_movement", Long.class))
                .isZero();
        Run again = hub.ended(Hub.done(
                        hub.jobs().start("opening-undo", Map.of("of", Long.toString(loaded.id())), Map.of(), "Ana"))
                .id());
        assertThat(again.status()).isEqualTo(Status.FAILED);
    }

    private static final String CORES =
            "kind,store_code,customer,supplier,line_code,part_number,quantity,unit_amount,since\n";

    private Run cores(String rows) {
        Run waiting = hub.settled(hub.begin(
                "opening-stock",
                Map.of(
                        "suppliers",
                        hub.file("suppliers", "code,name\nBAL,Balatas del Norte\n"),
                        "customers",
                        hub.file("customers", "code,name\n77,Taller Paz\n"),
                        "cores",
                        hub.file("cores", CORES + rows))));
        assertThat(waiting.status()).as(waiting.message()).isEqualTo(Status.WAITING_FOR_APPROVAL);
        return waiting;
    }

    private Run approved(Run waiting) {
        Hub.done(hub.jobs().approve(waiting.id(), "Ana"));
        return hub.ended(waiting.id());
    }

    private Run undone(Run loaded) {
        return hub.ended(Hub.done(
                        hub.jobs().start("opening-undo", Map.of("of", Long.toString(loaded.id())), Map.of(), "Ana"))
                .id());
    }

    /** Figures by hand: 12 at the branch; 2 x 150.00 and 1 x 90.50 of a customer; 3 x 210.00 owed to the supplier. */
    @Test
    void cores_come_in_with_their_customers_and_suppliers_are_signed_off_and_taken_back() {
        String good = "shop,centro,,,FRI,7974-D1045,12,,\n" + "customer,CENTRO,77,,FRI,7974-D1045,2,150.00,2025-06-01\n"
                + "customer,CENTRO,77,,BRE,P85-114,1,90.50,2025-10-01\n"
                + "supplier,CENTRO,,bal,FRI,7974-D1045,3,210,2025-09-15\n";
        Run waiting = cores(good + "shop,NADA,,,FRI,7974-D1045,1,,\n" + "shop,CENTRO,,,FRI,NO-HAY,1,,\n"
                + "customer,CENTRO,78,,FRI,7974-D1045,1,10,\n" + "supplier,CENTRO,,NADIE,FRI,7974-D1045,1,10,\n"
                + "customer,CENTRO,77,,FRI,7974-D1045,2,150.00,2025-06-01\n" + "shop,CENTRO,77,,FRI,7974-D1045,1,,\n"
                + "customer,CENTRO,,,FRI,7974-D1045,1,10,\n" + "customer,CENTRO,77,,FRI,7974-D1045,1,,\n"
                + "shop,CENTRO,,,BRE,P85-114,0,,\n" + "shop,CENTRO,,,BRE,P85-114,1,,2999-01-01\n"
                + "otro,CENTRO,,,BRE,P85-114,1,,\n");

        assertThat(
                        hub.texts(
                                "select kind || ' ' || rows from job_run_preview where rows > 0 and kind like 'CORES%' order by 1"))
                .containsExactly("CORES_HELD 2", "CORES_LYING 1", "CORES_OWED 1");
        assertThat(
                        hub.texts(
                                "select part || ', ' || before || ', ' || after from job_run_preview_example where kind like 'CORES%' order by kind, place"))
                .containsExactly(
                        "CENTRO, 3 pzas, 390.50 MXN",
                        "CENTRO · Taller Paz, 3 pzas, 390.50 MXN",
                        "CENTRO, 12 pzas, 0.00 MXN",
                        "CENTRO, 3 pzas, 630.00 MXN",
                        "CENTRO · Balatas del Norte, 3 pzas, 630.00 MXN");
        assertThat(hub.count("core_opening")).isZero();
        Run loaded = approved(waiting);

        assertThat(loaded.status()).as(loaded.message()).isEqualTo(Status.DONE);
        assertThat(loaded.rejected()).isEqualTo(11);
        assertThat(hub.texts("select file || ' ' || column_name from job_run_reject order by line"))
                .containsExactly(
                        "cores store_code",
                        "cores part_number",
                        "cores customer",
                        "cores supplier",
                        "cores part_number",
                        "cores customer",
                        "cores customer",
                        "cores unit_amount",
                        "cores quantity",
                        "cores since",
                        "cores kind");
        assertThat(
                        hub.texts(
                                "select coalesce(c.name, '-') || ' ' || quantity || ' ' || unit || ' ' || since from core_opening o left join customer c on c.id = o.customer_id order by 1"))
                .containsExactly(
                        "- 12000 0 2025-11-03", "Taller Paz 1000 9050 2025-10-01", "Taller Paz 2000 15000 2025-06-01");
        assertThat(
                        hub.texts(
                                "select quantity || ' ' || unit || ' ' || currency || ' ' || (at at time zone 'America/Mexico_City')::date from supplier_core_charge"))
                .containsExactly("3000 210.0000 MXN 2025-09-15");
        assertThat(hub.one("select quantity from core_lying", Long.class)).isEqualTo(12_000);
        // Who left a deposit goes down to the tills with it, and again when it is taken back.
        assertThat(hub.one("select customers_version from customer", Long.class))
                .isEqualTo(hub.version("customers"));
        Run again = hub.settled(hub.begin("opening-stock", Map.of("cores", hub.file("cores", CORES + good))));
        assertThat(again.rejected()).as("the same file again").isEqualTo(4);

        Run undone = undone(loaded);

        assertThat(undone.status()).as(undone.message()).isEqualTo(Status.DONE);
        assertThat(hub.one("select customers_version from customer", Long.class))
                .isEqualTo(hub.version("customers"));
        assertThat(hub.count("core_opening") + hub.count("supplier_core_charge") + hub.count("supplier"))
                .isZero();
        assertThat(undone(loaded).status()).isEqualTo(Status.FAILED);
    }

    @Test
    void cores_of_which_some_were_used_are_not_taken_back_and_the_run_says_which() {
        Run loaded = approved(cores("shop,CENTRO,,,FRI,7974-D1045,5,,\nsupplier,CENTRO,,BAL,FRI,7974-D1045,3,210,\n"
                + "customer,CENTRO,77,,BRE,P85-114,2,90,\n"));
        hub.execute("""
            with d as (
                insert into document (store_id, epoch, sequence, id, key, type, schema, occurred_at, after, previous_hash, hash, signature, body, landed_at)
                select id, 1, 1, gen_random_uuid(), '', 'cores-given', 1, now(), '{}', '', '', '', '', now()
                from store
                returning id, store_id),
            r as (
                insert into supplier_core_return (id, store_id, supplier_id, supplier, reference, note, at, by_name, document_id)
                select d.id, d.store_id, u.id, u.name, '', '', now(), '', d.id
                from d, supplier u
                returning id)
            insert into supplier_core_return_line (id, return_id, position, part_id, quantity)
            select r.id, r.id, 1, p.id, 2000
            from r, part p
            where p.part_number = '7974-D1045'
            """);
        hub.execute("""
            insert into core_opening_back (id, opening_id, quantity, amount, at, by_name)
            select id, id, 1000, 9000, now(), 'Ana'
            from core_opening
            where customer_id is not null
            """);

        Run undone = undone(loaded);

        assertThat(undone.status()).isEqualTo(Status.FAILED);
        assertThat(undone.message())
                .contains(
                        "Balatas del Norte ya recibió 2 de FRI 7974-D1045",
                        "CENTRO ya entregó 2 de FRI 7974-D1045",
                        "Taller Paz ya trajo 1 de BRE P85-114");
        assertThat(hub.count("core_opening")).isEqualTo(2);
        assertThat(hub.count("supplier_core_charge")).isEqualTo(1);
        assertThat(hub.count("supplier")).isEqualTo(1);
    }

    @Test
    void a_deposit_that_a_till_has_paid_back_is_not_taken_back() {
        Run loaded = approved(cores("customer,CENTRO,77,,BRE,P85-114,2,90,\n"));
        sold("P85-114", 0);
        hub.execute(
                "update sale_line set kind = 'CORE_RETURN', quantity = -1000, return_line = (select id from core_opening)");

        Run undone = undone(loaded);

        assertThat(undone.status()).isEqualTo(Status.FAILED);
        assertThat(undone.message()).contains("Taller Paz ya trajo 1 de BRE P85-114");
        assertThat(hub.count("core_opening")).isOne();
    }

    /** A ticket of a month ago. */
    private void sold(String number, long centavos) {
        hub.execute("""
            with d as (
                insert into document (store_id, epoch, sequence, id, key, type, schema, occurred_at, after, previous_hash, hash, signature, body, landed_at)
                select id, 1, 1, gen_random_uuid(), '', 'sale', 4, now(), '{}', '', '', '', '', now()
                from store
                where code = 'CENTRO'
                returning id, store_id),
            s as (
                insert into sale (
                    id, store_id, register_id, cash_session_id, cashier_id, cashier_name, folio_prefix, folio_number, invoice_code, sold_at,
                    business_day, currency, issuer_rfc, issuer_name, issuer_regime, issuer_postal_code, fiscal_state, price_version, net, discount,
                    tax, cores, total, savings, document_id)
                select id, store_id, id, id, id, '', 'C1', 1, 'X', timestamptz '%s' - interval '30 days', date '2025-10-01', 'MXN', '', '', '', '', '', 1,
                    0, 0, 0, 0, 0, 0, id
                from d
                returning id)
            insert into sale_line (
                id, sale_id, position, kind, part_id, line_code, part_number, description, unit, quantity, price, list_price, price_includes_tax, net,
                discount, base, tax, total, tax_object, tax_factor, tax_rate, sat_product, sat_unit, salesperson_id, salesperson_name)
            select s.id, s.id, 1, 'PART', p.id, '', '', '', 'PZA', 1000, 0, 0, true, 0, 0, %d, 0, 0, '', '', 0, '', '', s.id, ''
            from s, part p
            where p.part_number = '%s'
            """.formatted("2025-11-03T12:00:00Z", centavos, number));
    }

    @Test
    void stock_without_a_cost_takes_one_that_is_known_and_a_bin_that_moves_takes_its_movements_along() {
        hub.store("NORTE");
        String header = "store_code,line_code,part_number,quantity,bin,unit_cost\n";
        hub.feed("opening-stock", "stock", header + "CENTRO,FRI,7974-D1045,10,A-01,250.50\n");

        Run run = hub.feed(
                "opening-stock",
                "stock",
                header + "NORTE,FRI,7974-D1045,4,,\nNORTE,BRE,P85-114,3,,\nCENTRO,FRI,7974-D1045,10,B-07,\n");

        assertThat(run.status()).as(run.message()).isEqualTo(Status.DONE);
        assertThat(hub.one(
                        "select value from stock_on_hand h join store s on s.id = h.store_id where s.code = 'NORTE' and on_hand = 4000",
                        Long.class))
                .isEqualTo(100_200);
        assertThat(run.message()).contains("Sin ningún costo conocido", "1");
        assertThat(
                        hub.texts(
                                "select bin || ' ' || sum(quantity) || ' ' || sum(value) from stock_movement m join store s on s.id = m.store_id where s.code = 'CENTRO' group by bin order by 1"))
                .containsExactly("A-01 0 0", "B-07 10000 250500");
    }

    @Test
    void the_same_cause_again_answers_the_run_that_it_began() {
        UUID cause = UUID.randomUUID();
        Run first = Hub.done(hub.jobs().startOnce(cause, "view-refresh", Map.of(), "Ana (programado)"));
        hub.ended(first.id());
        int runs = hub.jobs().runs("view-refresh", 10).size();

        assertThat(Hub.done(hub.jobs().startOnce(cause, "view-refresh", Map.of(), "Ana (programado)"))
                        .id())
                .isEqualTo(first.id());

        assertThat(hub.jobs().runs("view-refresh", 10)).hasSize(runs);
    }

    @Test
    void what_lies_in_a_branch_is_set_with_a_movement_for_each_change() {
        Run run = stock("centro,FRI,7974-D1045,12,A-02,2,20\nCENTRO,BRE,P85-114,1.5,,,\n");

        assertThat(run.status()).as(run.message()).isEqualTo(Status.DONE);
        assertThat(
                        hub.texts(
                                "select part_number || ' ' || on_hand || ' ' || bin || ' ' || coalesce(minimum::text, '-') from stock_on_hand join part on part.id = part_id order by 1"))
                .containsExactly("7974-D1045 12000 A-02 2000", "P85-114 1500  -");
        assertThat(hub.one("select sum(quantity) from stock_movement", Long.class))
                .isEqualTo(13_500);
        assertThat(hub.version("stock")).isEqualTo(1);

        assertThat(stock("CENTRO,FRI,7974-D1045,10,A-02,2,20\n").status()).isEqualTo(Status.DONE);
        assertThat(hub.one("select on_hand from stock_on_hand where bin = 'A-02'", Long.class))
                .isEqualTo(10_000);
        assertThat(hub.one("select sum(quantity) from stock_movement", Long.class))
                .as("ledger and summary agree")
                .isEqualTo(hub.one("select sum(on_hand) from stock_on_hand", Long.class));
    }

    @Test
    void the_same_stock_a_second_time_changes_nothing() {
        String rows = "CENTRO,FRI,7974-D1045,12,A-02,2,20\n";
        stock(rows);
        long movements = hub.count("stock_movement");
        long version = hub.version("stock");

        Run again = stock(rows);

        assertThat(again.status()).isEqualTo(Status.DONE);
        assertThat(again.message()).contains("Nada cambió");
        assertThat(hub.count("stock_movement")).isEqualTo(movements);
        assertThat(hub.version("stock")).isEqualTo(version);
    }

    @Test
    void rows_of_unknown_branches_and_parts_and_wrong_figures_come_back_and_the_good_ones_go_in() {
        Run run = stock(
                "CENTRO,FRI,7974-D1045,12,,,\nNADA,FRI,7974-D1045,1,,,\nCENTRO,XXX,1,1,,,\nCENTRO,BRE,P85-114,-1,,,\nCENTRO,BRE,P85-114,1,,9,2\n");

        assertThat(run.status()).isEqualTo(Status.DONE);
        assertThat(run.rejected()).isEqualTo(4);
        assertThat(hub.rejects(run))
                .anyMatch(line -> line.startsWith("3,store_code,"))
                .anyMatch(line -> line.startsWith("4,part_number,"))
                .anyMatch(line -> line.startsWith("5,quantity,"))
                .anyMatch(line -> line.startsWith("6,maximum,"));
        assertThat(hub.count("stock_on_hand")).isEqualTo(1);
    }

    @Test
    void the_index_is_built_anew_from_the_whole_catalogue_under_the_next_version() {
        long before = hub.version("index");
        hub.index.forget();

        Run run = hub.run("index-build", Map.of());

        assertThat(run.status()).as(run.message()).isEqualTo(Status.DONE);
        assertThat(hub.version("index")).isEqualTo(before + 1);
        assertThat(hub.index.published).hasSize(2);
        assertThat(hub.index.fromNothing.getLast()).isTrue();
    }

    @Test
    void the_vehicles_of_parts_are_made_anew_and_the_run_says_how_many() {
        Run run = hub.run("view-refresh", Map.of());

        assertThat(run.status()).isEqualTo(Status.DONE);
        assertThat(run.message())
                .startsWith(
                        "Vehículos por pieza al día: " + hub.count("part_vehicle_preview") + " piezas con vehículo");
    }
}
