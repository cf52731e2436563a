package mx.refahub.hub.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import mx.refahub.adapters.odoo.OdooGateway;
import mx.refahub.batch.catalogue.CatalogueImport;
import mx.refahub.batch.catalogue.CatalogueUndo;
import mx.refahub.batch.exchange.ErpMastersJob;
import mx.refahub.batch.index.IndexStep;
import mx.refahub.batch.intake.MappingTable;
import mx.refahub.batch.intake.RejectedRows;
import mx.refahub.batch.intake.RowFormat;
import mx.refahub.batch.partition.Sharing;
import mx.refahub.batch.partition.WorkSettings;
import mx.refahub.batch.run.Repositories;
import mx.refahub.batch.run.RunFolders;
import mx.refahub.batch.run.SpringBatchJobs;
import mx.refahub.batch.run.Workshop;
import mx.refahub.batch.stock.OpeningStock;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.customer.CustomerBoard;
import mx.refahub.domain.customer.CustomerField;
import mx.refahub.domain.erp.Delivery;
import mx.refahub.domain.erp.ErpCode;
import mx.refahub.domain.erp.ErpCodes;
import mx.refahub.domain.erp.ErpCustomers;
import mx.refahub.domain.erp.ErpCustomers.Proposal;
import mx.refahub.domain.erp.ErpDoors;
import mx.refahub.domain.erp.ErpGateway;
import mx.refahub.domain.erp.ErpImports;
import mx.refahub.domain.erp.ErpMasters;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.erp.ExportBooks;
import mx.refahub.domain.erp.Master;
import mx.refahub.domain.erp.Posting;
import mx.refahub.domain.job.Jobs;
import mx.refahub.domain.job.Jobs.Run;
import mx.refahub.domain.job.Jobs.Status;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.outside.Connection;
import mx.refahub.domain.outside.Connections;
import mx.refahub.domain.outside.OutsideKind;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.search.PartIndex;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import mx.refahub.hub.access.AuditTrail;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The job erp-masters with an ERP on paper: what dies in the middle goes on there; what the ERP tells is proposed. */
class MastersTest {
    private static final ErpMasters MASTERS = TestHub.bean(ErpMasters.class);
    private static final ErpCustomers CUSTOMERS = TestHub.bean(ErpCustomers.class);

    /** 100 characters of it go to an ERP that takes no more. */
    private static final String WORDY =
            "Juego de balatas cerámicas delanteras ".repeat(4).strip();

    private final PaperOdoo odoo = new PaperOdoo();
    private final String line =
            "K" + UUID.randomUUID().toString().substring(0, 5).toUpperCase(java.util.Locale.ROOT);
    private final SpringBatchJobs jobs = job();

    private SpringBatchJobs job() {
        DataSource dataSource = TestHub.bean(DataSource.class);
        JdbcTransactionManager transactions = new JdbcTransactionManager(dataSource);
        Workshop workshop = new Workshop(
                Repositories.jdbc(dataSource, transactions),
                transactions,
                dataSource,
                new RunFolders(Path.of(System.getProperty("java.io.tmpdir"), "erp-masters-" + line)),
                TestHub.CLOCK,
                1_000);
        ErpDoors doors = new ErpDoors(
                TestHub.bean(ExportBooks.class), List.of(), List.of(odoo), ZoneId.of("America/Mexico_City"));
        return new SpringBatchJobs(
                workshop,
                List.of(ErpMastersJob.definition(workshop, doors, MASTERS)),
                new RejectedRows(dataSource),
                CatalogueUndo.undoing(workshop),
                TestHub.bean(IdSource.class),
                new SpringBatchJobs.Policy("masters-" + line, Duration.ofDays(1), Duration.ofSeconds(5)));
    }

    /** Other tests of this hub have parts, some of them twenty thousand. */
    @BeforeEach
    void begin() {
        for (Master.Kind kind : List.of(Master.Kind.PARTS, Master.Kind.STOCK, Master.Kind.PRICES)) {
            List<Master> others = MASTERS.due(ErpTarget.ODOO, kind, "", Integer.MAX_VALUE);
            MASTERS.told(
                    ErpTarget.ODOO,
                    kind,
                    others,
                    Collections.nCopies(others.size(), new Delivery.Delivered("told", false)));
        }
        jobs.start();
    }

    @AfterEach
    void end() {
        jobs.stop();
    }

    private Run settled(long id) {
        await().pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(60))
                .until(() -> jobs.run(id).orElseThrow().status().isFinal());
        return jobs.run(id).orElseThrow();
    }

    private Run run() {
        return settled(TestShop.done(jobs.start("erp-masters", Map.of("target", "odoo"), Map.of(), "Elena"))
                .id());
    }

    private void part(String number) {
        TestHub.sql()
                .sql("""
                insert into part (
                    id, line_code, part_number, normal_number, brand, name_es, name_en, category, unit, tax_class, core, sat_code, sat_unit,
                    tax_object, created_at, catalogue_version)
                values (:id, :line, :number, :number, 'NGK', 'Bujía', '', '', 'PZA', 'GENERAL', 0, '25173900', 'H87', '02', now(), 1)
                """)
                .param("id", UUID.randomUUID())
                .param("line", line)
                .param("number", number)
                .update();
    }

    @Test
    void a_run_that_dies_after_the_erp_took_it_goes_on_there_and_holds_no_connection_while_it_speaks() {
        // A branch that the system has no warehouse's code of.
        TestShop.open();
        for (int i = 0; i < 5; i++) part("P" + i);
        odoo.dieIn = 2;

        Run died = run();
        assertThat(died.status()).isEqualTo(Status.FAILED);
        assertThat(MASTERS.left(ErpTarget.ODOO, Master.Kind.PARTS)).isEqualTo(3);
        TestShop.done(jobs.restart(died.id()));
        Run ended = settled(died.id());
        assertThat(ended.status()).isEqualTo(Status.DONE);
        assertThat(ended.message())
                .as("over both starts, each part counted when it was written down")
                .contains("Partes: el sistema recibió 5.")
                .contains("Precios: no se dijo ninguno. Falta el código de la lista de precios")
                .contains("Existencias: no se dijo ninguna. Falta el código del almacén de ")
                .doesNotContain("nada nuevo")
                .contains("Clientes del sistema: ningún cambio.");

        assertThat(MASTERS.left(ErpTarget.ODOO, Master.Kind.PARTS)).isZero();
        String code = line + "-P";
        assertThat(odoo.told).containsExactly(code + 0, code + 1, code + 2, code + 3, code + 2, code + 3, code + 4);
        assertThat(odoo.held).isEqualTo(0);
    }

    @Test
    void what_the_erp_refuses_stands_in_a_file_with_its_reason_until_it_is_taken() throws IOException {
        part("GOOD");
        part("BAD");
        odoo.refuses = "-BAD";

        Run run = run();
        assertThat(run.status()).isEqualTo(Status.DONE);
        assertThat(run.message())
                .contains("Partes: el sistema recibió 1 y rechazó 1.")
                .contains("rechazados.csv");
        assertThat(Files.readString(jobs.file(run.id(), "rechazados.csv").orElseThrow()))
                .contains("Partes," + line + "-BAD,'-5002 =la unidad no existe")
                .doesNotContain(line + "-GOOD");

        odoo.refuses = "nothing";
        Run again = settled(
                TestShop.done(jobs.start("erp-masters", Map.of("target", "odoo", "again", "true"), Map.of(), "Elena"))
                        .id());
        assertThat(again.message()).contains("Partes: el sistema recibió 1.").doesNotContain("rechazados.csv");
        assertThat(jobs.files(again.id())).isEmpty();
    }

    @Test
    void what_the_erp_tells_of_customers_is_proposed_by_rfc_and_nothing_is_changed_before_a_person_takes_it() {
        String rfc = "AA" + letters() + "010101AA1";
        String fresh = "BB" + letters() + "010101AA1";
        UUID ours = UUID.randomUUID();
        TestHub.sql()
                .sql(
                        "insert into customer (id, name, rfc, phone, made_at) values (?, 'Taller Núñez', ?, '3331112222', now())")
                .params(ours, rfc)
                .update();
        odoo.pages.add(List.of(
                new Master.Customer(line + "1", "Taller Nuñez SA", rfc, "33 3111 2222", "taller@ejemplo.mx", ""),
                new Master.Customer(line + "2", "Público", "XAXX010101000", "", "", "")));
        odoo.pages.add(List.of(
                new Master.Customer(line + "3", "Refacciones " + line, fresh, "", "no es correo", "44100"),
                new Master.Customer(line + "4", "Sin RFC", "", "", "", "")));
        odoo.failPage = 1;

        Run failed = run();
        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(failed.message())
                .as("whoever was away may be back in five minutes")
                .contains("Se reanuda por sí solo");
        assertThat(MASTERS.cursor(ErpTarget.ODOO, Master.Kind.CUSTOMERS)).isEqualTo("1");
        TestShop.done(jobs.restart(failed.id()));
        assertThat(settled(failed.id()).status()).isEqualTo(Status.DONE);
        assertThat(odoo.asked).containsExactly("0", "1", "1");

        assertThat(mine()).extracting(Proposal::code).containsExactly(line + "3", line + "1");
        Proposal known = mine().getLast();
        assertThat(known.customer()).isEqualTo(ours);
        assertThat(known.fields().keySet()).containsExactlyInAnyOrder(CustomerField.NAME, CustomerField.EMAIL);
        assertThat(name(ours)).isEqualTo("Taller Núñez");

        TestShop.done(CUSTOMERS.take(ErpTarget.ODOO, line + "1", Set.of(CustomerField.EMAIL), Tickets.ELENA));
        CustomerBoard board = TestHub.bean(CustomerBoard.class);
        CustomerBoard.Sheet sheet = board.one(ours).orElseThrow();
        assertThat(sheet.row().customer().text(CustomerField.EMAIL)).isEqualTo("taller@ejemplo.mx");
        assertThat(sheet.row().customer().name()).isEqualTo("Taller Núñez");
        assertThat(sheet.row().customer().text(CustomerField.PHONE)).isEqualTo("3331112222");
        assertThat(sheet.changes()).singleElement().satisfies(change -> {
            assertThat(change.byName()).isEqualTo(Tickets.ELENA.name());
            assertThat(change.fields().keySet()).containsExactly(CustomerField.EMAIL);
        });

        UUID made = TestShop.done(CUSTOMERS.take(ErpTarget.ODOO, line + "3", Set.of(), Tickets.ELENA));
        assertThat(board.one(made).orElseThrow().row().customer().fields())
                .containsEntry(CustomerField.RFC, fresh)
                .containsEntry(CustomerField.POSTAL_CODE, "44100")
                .doesNotContainKey(CustomerField.EMAIL);
        assertThat(mine()).isEmpty();
        assertThat(TestShop.refused(CUSTOMERS.take(ErpTarget.ODOO, line + "3", Set.of(), Tickets.ELENA)))
                .isEqualTo("erp-customer-unknown");

        // Told again the same, nobody is asked; told otherwise, they are.
        odoo.pages.add(List.of(
                new Master.Customer(line + "3", "Refacciones " + line, fresh, "", "", "44200"),
                new Master.Customer(line + "1", "Taller Nuñez SA", rfc, "33 3111 2222", "taller@ejemplo.mx", "")));
        assertThat(run().status()).isEqualTo(Status.DONE);
        assertThat(mine()).extracting(Proposal::code).containsExactly(line + "3");
        TestShop.done(CUSTOMERS.leave(ErpTarget.ODOO, line + "3", Tickets.ELENA));
        assertThat(mine()).isEmpty();
    }

    private static String letters() {
        StringBuilder letters = new StringBuilder();
        java.util.Random random = new java.util.Random();
        for (int i = 0; i < 2; i++) letters.append((char) ('A' + random.nextInt(26)));
        return letters.toString();
    }

    private List<Proposal> mine() {
        return CUSTOMERS.proposals(ErpTarget.ODOO, 500).stream()
                .filter(each -> each.code().startsWith(line))
                .toList();
    }

    private static String name(UUID customer) {
        return TestHub.sql()
                .sql("select name from customer where id = ?")
                .param(customer)
                .query(String.class)
                .single();
    }

    /** Takes everything in twos, and dies when told to, after it took. Its cursor is the number of the page. */
    @Test
    void what_the_erp_tells_of_parts_prices_and_stock_is_an_import_that_asks_before_it_changes_anything()
            throws IOException {
        Tickets branch = new Tickets();
        UUID part = UUID.randomUUID();
        TestHub.sql().sql("""
                insert into part (
                    id, line_code, part_number, normal_number, brand, name_es, name_en, category, unit, tax_class, core, sat_code, sat_unit,
                    tax_object, created_at, catalogue_version)
                values (:id, :line, 'A-1', 'A1', 'NGK', 'Bujía', '', '', 'PZA', 'GENERAL', 0, '25173900', 'H87', '02', now(), 1)
                """).param("id", part).param("line", line).update();
        TestHub.sql()
                .sql(
                        "insert into part_price (part_id, amount, currency, includes_tax, prices_version) values (?, 11600, 'MXN', true, 1)")
                .param(part)
                .update();
        // It began with ten and sold six.
        TestHub.sql()
                .sql(
                        "insert into stock_on_hand (store_id, part_id, on_hand, opening, as_of) values (?, ?, 4000, 10000, now())")
                .params(branch.shop.id.value(), part)
                .update();
        UUID wordy = UUID.randomUUID();
        TestHub.sql()
                .sql("""
                insert into part (
                    id, line_code, part_number, normal_number, brand, name_es, name_en, category, unit, tax_class, core, sat_code, sat_unit,
                    tax_object, created_at, catalogue_version)
                values (:id, :line, 'LONG', 'LONG', 'NGK', :name, '', '', 'PZA', 'GENERAL', 0, '25173900', 'H87', '02', now(), 1)
                """)
                .param("id", wordy)
                .param("line", line)
                .param("name", WORDY)
                .update();
        TestHub.sql()
                .sql(
                        "insert into stock_on_hand (store_id, part_id, on_hand, opening, as_of) values (?, ?, 9000, 0, now())")
                .params(branch.shop.id.value(), wordy)
                .update();
        TestHub.sql()
                .sql(
                        "insert into part_price (part_id, amount, currency, includes_tax, prices_version) values (?, 5000, 'MXN', false, 1)")
                .param(wordy)
                .update();
        ErpCodes codes = TestHub.bean(ErpCodes.class);
        TestShop.done(codes.put(
                ErpTarget.ODOO,
                List.of(
                        new ErpCode(ErpCode.Kind.PRICE_LIST, "", "Public"),
                        new ErpCode(ErpCode.Kind.WAREHOUSE, branch.code(), "W-" + line)),
                Tickets.ELENA));
        assertThat(MASTERS.places(ErpTarget.ODOO)).containsExactly("W-" + line);
        odoo.said.put(
                Master.Kind.PARTS,
                List.of(
                        new Master.Part(line + "-A-1", "Bujía, fría", "", "", true),
                        new Master.Part(line + "-NEW", "Filtro nuevo", "", "", true),
                        new Master.Part(line + "-LONG", WORDY.substring(0, 100).strip(), "", "", true),
                        new Master.Part(line + "-OLD", "No se vende", "", "", false),
                        new Master.Part("SINLINEA", "Nadie", "", "", true)));
        odoo.said.put(
                Master.Kind.PRICES,
                List.of(
                        new Master.Price(line + "-A-1", "Public (MXN)", Money.mxn(200_00)),
                        new Master.Price(line + "-A-1", "Public (USD)", Money.mxn(9_00)),
                        new Master.Price(line + "-LONG", "Public (MXN)", Money.mxn(0)),
                        new Master.Price(line + "-A-1", "Mayoreo (MXN)", Money.mxn(1_00))));
        odoo.said.put(
                Master.Kind.STOCK,
                List.of(
                        new Master.Stock(line + "-A-1", "W-" + line, Quantity.of(7)),
                        new Master.Stock(line + "-LONG", "W-" + line, Quantity.of(2)),
                        new Master.Stock(line + "-GONE", "W-" + line, Quantity.of(3)),
                        new Master.Stock(line + "-A-1", "Otra", Quantity.of(9))));
        SpringBatchJobs imports = importing();
        ErpImports incoming = new PostgresErpImports(
                TestHub.bean(DataSource.class),
                TestHub.bean(PlatformTransactionManager.class),
                () -> imports,
                TestHub.bean(Connections.class),
                TestHub.bean(AuditTrail.class),
                TestHub.CLOCK);
        imports.start();
        try {
            run();
            assertThat(incoming.standing(ErpTarget.ODOO, ErpImports.Subject.STOCK)
                            .heardAt())
                    .as("it is read where it is asked for")
                    .isNull();
            settled(TestShop.done(
                            jobs.start("erp-masters", Map.of("target", "odoo", "incoming", "true"), Map.of(), "Elena"))
                    .id());

            ErpImports.Standing parts = incoming.standing(ErpTarget.ODOO, ErpImports.Subject.CATALOGUE);
            assertThat(List.of(parts.fresh(), parts.changed(), parts.strange())).containsExactly(1L, 1L, 1L);
            ErpImports.Standing stock = incoming.standing(ErpTarget.ODOO, ErpImports.Subject.STOCK);
            assertThat(List.of(stock.fresh(), stock.changed(), stock.strange()))
                    .as("of the long one nothing was opened: only a count makes it less")
                    .containsExactly(0L, 1L, 2L);
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            incoming.write(ErpTarget.ODOO, ErpImports.Subject.CATALOGUE, file);
            assertThat(file.toString(StandardCharsets.UTF_8).lines().skip(1))
                    .containsExactly(
                            line + ",A-1,NGK,\"Bujía, fría\",,,PZA,232.00,true,general,25173900,H87,02",
                            line + ",NEW,NGK,Filtro nuevo,,,,,false,general,01010101,H87,");

            long run = TestShop.done(incoming.start(ErpTarget.ODOO, ErpImports.Subject.CATALOGUE, Tickets.ELENA));
            await().atMost(Duration.ofSeconds(120))
                    .until(() -> imports.run(run).orElseThrow().status() == Status.WAITING_FOR_APPROVAL
                            || imports.run(run).orElseThrow().status().isFinal());
            assertThat(imports.run(run).orElseThrow().status()).isEqualTo(Status.WAITING_FOR_APPROVAL);
            assertThat(imports.preview(run).orElseThrow().changes())
                    .extracting(Jobs.Change::kind)
                    .containsExactlyInAnyOrder(
                            Jobs.Change.Kind.PART_NEW, Jobs.Change.Kind.PART_CHANGED, Jobs.Change.Kind.PRICE_CHANGED);
            assertThat(imports.run(run).orElseThrow().rejected())
                    .as("a new part is no reject for want of SAT's keys")
                    .isZero();
            assertThat(named(part)).isEqualTo("Bujía");
            TestShop.done(imports.discard(run, "Elena"));

            long counted = TestShop.done(incoming.start(ErpTarget.ODOO, ErpImports.Subject.STOCK, Tickets.ELENA));
            await().atMost(Duration.ofSeconds(120))
                    .until(() -> imports.run(counted).orElseThrow().status() == Status.WAITING_FOR_APPROVAL);
            TestShop.done(imports.approve(counted, "Elena"));
            await().atMost(Duration.ofSeconds(120))
                    .until(() -> imports.run(counted).orElseThrow().status().isFinal());
            assertThat(imports.run(counted).orElseThrow().status()).isEqualTo(Status.DONE);
            assertThat(TestHub.sql()
                            .sql("select on_hand from stock_on_hand where store_id = ? and part_id = ?")
                            .params(branch.shop.id.value(), part)
                            .query(Long.class)
                            .single())
                    .isEqualTo(7_000);
            assertThat(TestShop.refused(incoming.start(ErpTarget.ODOO, ErpImports.Subject.STOCK, Tickets.ELENA)))
                    .isEqualTo("erp-nothing-differs");

            TestHub.sql()
                    .sql("update stock_on_hand set on_hand = 5000 where store_id = ? and part_id = ?")
                    .params(branch.shop.id.value(), part)
                    .update();
            assertThat(incoming.standing(ErpTarget.ODOO, ErpImports.Subject.STOCK)
                            .changed())
                    .isEqualTo(1);
            TestHub.sql()
                    .sql("update erp_heard set heard_at = heard_at - interval '25 hours' where target = 'ODOO'")
                    .update();
            assertThat(incoming.standing(ErpTarget.ODOO, ErpImports.Subject.STOCK)
                            .changed())
                    .as("a figure of yesterday")
                    .isZero();
        } finally {
            imports.stop();
            TestShop.done(codes.put(ErpTarget.ODOO, List.of(), Tickets.ELENA));
            TestHub.sql().sql("delete from erp_heard where target = 'ODOO'").update();
        }
    }

    private static String named(UUID part) {
        return TestHub.sql()
                .sql("select name_es from part where id = ?")
                .param(part)
                .query(String.class)
                .single();
    }

    /** The imports as the hub has them. */
    private SpringBatchJobs importing() {
        DataSource dataSource = TestHub.bean(DataSource.class);
        JdbcTransactionManager transactions = new JdbcTransactionManager(dataSource);
        Workshop workshop = new Workshop(
                Repositories.jdbc(dataSource, transactions),
                transactions,
                dataSource,
                new RunFolders(Path.of(System.getProperty("java.io.tmpdir"), "erp-imports-" + line)),
                TestHub.CLOCK,
                1_000);
        RejectedRows rejected = new RejectedRows(dataSource);
        List<RowFormat> formats = new ArrayList<>(CatalogueImport.FORMATS);
        formats.addAll(OpeningStock.FORMATS);
        MappingTable mappings = new MappingTable(dataSource, transactions, formats);
        return new SpringBatchJobs(
                workshop,
                List.of(
                        CatalogueImport.definition(
                                workshop,
                                new Sharing(workshop, Optional.empty(), WorkSettings.defaults(), line),
                                rejected,
                                TestHub.bean(PartIndex.class),
                                new IndexStep.Builds(),
                                mappings,
                                3),
                        OpeningStock.definition(workshop, rejected, mappings)),
                rejected,
                CatalogueUndo.undoing(workshop),
                TestHub.bean(IdSource.class),
                new SpringBatchJobs.Policy("imports-" + line, Duration.ofDays(1), Duration.ofSeconds(5)));
    }

    @Test
    void what_one_company_has_told_and_was_told_says_nothing_of_another() {
        UUID connection = new UUID(0, 1);
        TestHub.sql().sql("""
                    insert into outside_connection (id, kind, name, address, local_network, enabled, settings, secrets, changed_at, changed_by)
                    values (?, 'odoo', ?, 'https://odoo.example', false, true, '{"database": "uno"}', ''::bytea, now(), 'Elena')
                    """).params(connection, line).update();
        try {
            String rfc = "CC" + letters() + "010101AA1";
            odoo.pages.add(List.of(new Master.Customer(line + "9", "Refacciones " + line, rfc, "", "", "")));
            assertThat(run().status()).isEqualTo(Status.DONE);
            assertThat(MASTERS.cursor(ErpTarget.ODOO, Master.Kind.CUSTOMERS)).isEqualTo("1");
            assertThat(mine()).hasSize(1);
            TestShop.done(CUSTOMERS.take(ErpTarget.ODOO, line + "9", Set.of(), Tickets.ELENA));

            company(connection, "dos");
            assertThat(MASTERS.cursor(ErpTarget.ODOO, Master.Kind.CUSTOMERS)).isEmpty();
            assertThat(TestShop.refused(CUSTOMERS.leave(ErpTarget.ODOO, line + "9", Tickets.ELENA)))
                    .isEqualTo("erp-customer-unknown");
            assertThat(run().status()).isEqualTo(Status.DONE);
            assertThat(odoo.asked).containsExactly("0", "0");

            company(connection, "uno");
            assertThat(MASTERS.cursor(ErpTarget.ODOO, Master.Kind.CUSTOMERS)).isEqualTo("1");
            assertThat(mine()).isEmpty();
        } finally {
            TestHub.sql()
                    .sql("delete from outside_connection where id = ?")
                    .param(connection)
                    .update();
        }
    }

    private static void company(UUID connection, String database) {
        TestHub.sql()
                .sql("update outside_connection set settings = jsonb_build_object('database', ?::text) where id = ?")
                .params(database, connection)
                .update();
    }

    private static final class PaperOdoo implements ErpGateway {
        final List<String> told = Collections.synchronizedList(new ArrayList<>());
        final List<String> asked = Collections.synchronizedList(new ArrayList<>());
        final List<List<Master>> pages = Collections.synchronizedList(new ArrayList<>());
        final Map<Master.Kind, List<Master>> said = new ConcurrentHashMap<>();
        final Set<String> booked = Collections.synchronizedSet(new HashSet<>());
        /** What ends like this. */
        volatile String refuses = "nothing";

        volatile int dieIn;
        volatile int failPage = -1;
        volatile int held;

        @Override
        public OutsideKind kind() {
            return TestHub.bean(OdooGateway.class).kind();
        }

        @Override
        public Outcome<String> probe(Connection connection) {
            return Outcome.done("paper");
        }

        @Override
        public ErpTarget target() {
            return ErpTarget.ODOO;
        }

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public List<Refusal> lacks(Wanted wanted) {
            return List.of();
        }

        @Override
        public int batch() {
            return 2;
        }

        @Override
        public List<Delivery> deliver(List<Posting> postings) {
            look();
            return postings.stream()
                    .map(each -> (Delivery) new Delivery.Delivered(each.reference(), !booked.add(each.reference())))
                    .toList();
        }

        private void look() {
            if (TransactionSynchronizationManager.isActualTransactionActive()
                    || TransactionSynchronizationManager.getResource(TestHub.bean(DataSource.class)) != null) held++;
        }

        @Override
        public List<Delivery> put(List<? extends Master> masters) {
            look();
            masters.forEach(each -> told.add(each.code()));
            if (--dieIn == 0) throw new IllegalStateException("killed");
            return masters.stream()
                    .map(each -> each.code().endsWith(refuses)
                            ? new Delivery.Refused("-5002", "=la unidad no existe")
                            : (Delivery) new Delivery.Delivered(each.code(), false))
                    .toList();
        }

        @Override
        public Changes changedSince(Master.Kind kind, Set<String> places, String cursor, int most) {
            look();
            if (kind != Master.Kind.CUSTOMERS) return new Changes(said.getOrDefault(kind, List.of()), "", false);
            int page = cursor.isEmpty() ? 0 : Integer.parseInt(cursor);
            if (page < pages.size()) asked.add(Integer.toString(page));
            if (page == failPage) {
                failPage = -1;
                throw mx.refahub.domain.Failure.retryable("no contesta", null);
            }
            if (page >= pages.size()) return new Changes(List.of(), cursor, false);
            return new Changes(pages.get(page), Integer.toString(page + 1), page + 1 < pages.size());
        }
    }
}
