package mx.refahub.hub.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import mx.refahub.adapters.sap.SapGateway;
import mx.refahub.adapters.sap.SapSimulator;
import mx.refahub.adapters.sap.SapSimulator.Effect;
import mx.refahub.adapters.sap.SapSimulator.Fault;
import mx.refahub.batch.catalogue.CatalogueUndo;
import mx.refahub.batch.exchange.ErpExchange;
import mx.refahub.batch.exchange.ErpMastersJob;
import mx.refahub.batch.intake.RejectedRows;
import mx.refahub.batch.run.Repositories;
import mx.refahub.batch.run.RunFolders;
import mx.refahub.batch.run.SpringBatchJobs;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.erp.Delivery;
import mx.refahub.domain.erp.DeliveryDesk;
import mx.refahub.domain.erp.DeliveryDesk.State;
import mx.refahub.domain.erp.ErpClaims;
import mx.refahub.domain.erp.ErpCode;
import mx.refahub.domain.erp.ErpCodes;
import mx.refahub.domain.erp.ErpDeliveries;
import mx.refahub.domain.erp.ErpDoors;
import mx.refahub.domain.erp.ErpMasters;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.erp.ExportBooks;
import mx.refahub.domain.erp.ExportWays;
import mx.refahub.domain.erp.Master;
import mx.refahub.domain.job.Jobs.Run;
import mx.refahub.domain.job.Jobs.Status;
import mx.refahub.domain.outside.ConnectionDesk;
import mx.refahub.domain.sale.Sale;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import mx.refahub.routes.exchange.ExchangeDesk;
import mx.refahub.routes.exchange.ExchangeRoutes;
import mx.refahub.routes.exchange.ExchangeSettings;
import mx.refahub.routes.exchange.RoutedSender;
import mx.refahub.routes.failure.HubPolicies;
import mx.refahub.routes.failure.Troubles;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** The job over a real ledger, the real routes and a Service Layer that misbehaves: each entry is booked there once, whatever breaks. */
class SapExchangeTest {
    @TempDir
    static Path folder;

    private static final SapSimulator SAP = new SapSimulator();
    private static final ErpDeliveries DELIVERIES = TestHub.bean(ErpDeliveries.class);
    private static final DeliveryDesk DESK = TestHub.bean(DeliveryDesk.class);
    private static final ErpClaims CLAIMS = TestHub.bean(ErpClaims.class);
    private static final ExportBooks BOOKS = TestHub.bean(ExportBooks.class);
    private static final DefaultCamelContext CONTEXT = new DefaultCamelContext();
    private static UUID connection;
    private static SpringBatchJobs jobs;
    private final Tickets branch = new Tickets();

    @BeforeAll
    static void open() throws Exception {
        connection = TestShop.done(TestHub.bean(ConnectionDesk.class)
                        .add(
                                new ConnectionDesk.Draft(
                                        "sap",
                                        "SAP de prueba",
                                        SAP.start(0).toString(),
                                        false,
                                        true,
                                        Map.of(
                                                "company",
                                                SapSimulator.COMPANY,
                                                "user",
                                                SapSimulator.USER,
                                                "patience",
                                                "2"),
                                        Map.of("password", SapSimulator.PASSWORD)),
                                Tickets.ELENA))
                .id();
        SapGateway gateway = TestHub.bean(SapGateway.class);
        CONTEXT.addRoutesConfigurations(new HubPolicies(new Troubles()));
        CONTEXT.addRoutes(new ExchangeRoutes(
                new ExchangeDesk(CLAIMS, List.of(gateway)), new ExchangeSettings(Duration.ofHours(1), 1_000)));
        CONTEXT.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:letter-bury").log("put aside");
            }
        });
        CONTEXT.start();
        DataSource dataSource = TestHub.bean(DataSource.class);
        JdbcTransactionManager transactions = new JdbcTransactionManager(dataSource);
        Workshop workshop = new Workshop(
                Repositories.jdbc(dataSource, transactions),
                transactions,
                dataSource,
                new RunFolders(folder.resolve("jobs")),
                TestHub.CLOCK,
                1_000);
        ErpDoors doors = new ErpDoors(BOOKS, List.of(), List.of(gateway), ZoneId.of("America/Mexico_City"));
        jobs = new SpringBatchJobs(
                workshop,
                List.of(
                        ErpExchange.definition(
                                workshop,
                                doors,
                                Optional.of(new ErpExchange.Spoken(
                                        DELIVERIES, new RoutedSender(CONTEXT.createProducerTemplate())))),
                        ErpMastersJob.definition(workshop, doors, TestHub.bean(ErpMasters.class))),
                new RejectedRows(dataSource),
                CatalogueUndo.undoing(workshop),
                TestHub.bean(IdSource.class),
                new SpringBatchJobs.Policy("sap-test", Duration.ofDays(1), Duration.ofSeconds(5)));
        jobs.start();
    }

    @AfterAll
    static void close() throws Exception {
        jobs.stop();
        CONTEXT.close();
        TestShop.done(TestHub.bean(ConnectionDesk.class).remove(connection, Tickets.ELENA));
        TestHub.bean(SapGateway.class).close();
        SAP.close();
    }

    @BeforeEach
    void begin() {
        SAP.lacks();
        Tickets.mapEverything(ErpTarget.SAP);
    }

    private static Run started(String... more) {
        Map<String, String> parameters = new TreeMap<>(Map.of("target", "sap", "until", "2026-11-20"));
        for (int i = 0; i < more.length; i += 2) parameters.put(more[i], more[i + 1]);
        return settled(TestShop.done(jobs.start("erp-exchange", parameters, Map.of(), "Elena"))
                .id());
    }

    private static Run settled(long id) {
        await().pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(60))
                .until(() -> jobs.run(id).orElseThrow().status().isFinal());
        return jobs.run(id).orElseThrow();
    }

    private static Run done() {
        Run run = started();
        assertThat(run.status()).as(run.message()).isEqualTo(Status.DONE);
        return run;
    }

    private List<String> ours() {
        String code = branch.code();
        return SAP.effects().stream()
                .map(Effect::reference)
                .filter(each -> each.startsWith("RH-" + code + "-"))
                .toList();
    }

    private String reference(String day, int number) {
        return "RH-" + branch.code() + "-" + day + "-" + number;
    }

    private DeliveryDesk.Row row(State state, String reference) {
        return DESK.rows(ErpTarget.SAP, state, 500).stream()
                .filter(each -> each.reference().equals(reference))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void each_entry_is_booked_once_a_second_run_sends_nothing_and_what_comes_late_is_a_correcting_entry() {
        branch.sold("2026-06-01");
        branch.soldMixed("2026-06-02");
        Run run = done();
        assertThat(ours()).containsExactly(reference("20260601", 1), reference("20260602", 1));
        assertThat(run.message())
                .contains("2 tickets en 2 pólizas. Los tickets suman")
                .contains("El sistema recibió: 2 pólizas.");
        assertThat(BOOKS.ofRun(run.id()).orElseThrow().writtenAt()).isNotNull();
        assertThat(row(State.DELIVERED, reference("20260601", 1)).outsideId()).startsWith("JournalEntries/");

        done();
        started("again", Long.toString(run.id()));
        assertThat(ours()).hasSize(2);

        branch.sold("2026-06-01");
        done();
        assertThat(ours())
                .containsExactly(reference("20260601", 1), reference("20260602", 1), reference("20260601", 2));
    }

    @Test
    void a_reply_that_is_lost_fails_the_run_and_is_asked_for_when_it_is_resumed() {
        branch.sold("2026-06-03");
        // Its accounts are asked for, its reference is asked for, and then the line is cut after SAP booked.
        Tickets.mapEverything(ErpTarget.SAP);
        done();
        branch.sold("2026-06-04");
        SAP.misbehaveLater(questions(), Fault.CUT);
        Run run = started();
        assertThat(run.status()).isEqualTo(Status.FAILED);
        assertThat(run.message()).contains("espera");
        assertThat(ours()).contains(reference("20260604", 1));
        DeliveryDesk.Row waits = row(State.WAITING, reference("20260604", 1));
        assertThat(waits.tries()).isEqualTo(1);
        // It may be booked: it does not go out before its two minutes are over.
        TestShop.done(DESK.again(ErpTarget.SAP, waits.reference(), Tickets.ELENA));
        assertThat(row(State.WAITING, waits.reference())).isEqualTo(waits);

        TestHub.CLOCK.advance(Duration.ofMinutes(3));
        TestShop.done(jobs.restart(run.id()));
        assertThat(settled(run.id()).status()).isEqualTo(Status.DONE);
        assertThat(ours()).doesNotHaveDuplicates().hasSize(2);
        assertThat(TestHub.sql()
                        .sql("select outcome from erp_exchange where reference = ? order by id")
                        .param(reference("20260604", 1))
                        .query(String.class)
                        .list())
                .containsExactly("UNREACHABLE", "FOUND");
    }

    @Test
    void a_run_waits_while_the_tick_has_its_entries_in_hand() {
        branch.sold("2026-06-07");
        SAP.misbehaveLater(questions(), Fault.CUT);
        Run run = started();
        assertThat(run.status()).isEqualTo(Status.FAILED);
        TestHub.CLOCK.advance(Duration.ofMinutes(3));
        ErpClaims.Claim tick = CLAIMS.claim(ErpTarget.SAP, 500).orElseThrow();
        TestShop.done(jobs.restart(run.id()));
        await().pollInterval(Duration.ofMillis(500))
                .atMost(Duration.ofSeconds(30))
                .until(() -> {
                    TestHub.CLOCK.advance(Duration.ofSeconds(8));
                    return jobs.run(run.id()).orElseThrow().message().contains("Unas entregas iban en camino");
                });
        ExchangeDesk desk = new ExchangeDesk(CLAIMS, List.of(TestHub.bean(SapGateway.class)));
        desk.settle(desk.deliver(desk.load(tick.token().toString())));
        Run resumed = settled(run.id());
        assertThat(resumed.message())
                .as("what it waited for is over")
                .contains("El sistema recibió: 1 póliza")
                .doesNotContain("iban en camino");
        assertThat(resumed.status()).as(resumed.message()).isEqualTo(Status.DONE);
        assertThat(ours()).containsExactly(reference("20260607", 1));
    }

    /** Calls that a run makes before it books: the accounts, twenty in each, and the references. */
    private static int questions() {
        long accounts = TestHub.sql()
                .sql("select count(distinct account) from account_mapping where target = 'SAP'")
                .query(Long.class)
                .single();
        return (int) ((accounts + 19) / 20) + 1;
    }

    @Test
    void a_sender_that_dies_before_or_after_sap_booked_costs_time_and_nothing_twice() {
        branch.sold("2026-06-05");
        long run = Tickets.run();
        BOOKS.take(run, ErpTarget.SAP, LocalDate.of(2026, 11, 20), "Elena");
        // It dies before the call: claimed, nothing more.
        assertThat(CLAIMS.claim(ErpTarget.SAP, 500)).isPresent();
        done();
        assertThat(ours()).isEmpty();
        TestHub.CLOCK.advance(Duration.ofMinutes(11));
        // It dies after the call, before anything is written down.
        ErpClaims.Claim second = CLAIMS.claim(ErpTarget.SAP, 500).orElseThrow();
        TestHub.bean(SapGateway.class).deliver(CLAIMS.load(second.token()).postings());
        assertThat(ours()).hasSize(1);
        TestHub.CLOCK.advance(Duration.ofMinutes(11));
        assertThat(CLAIMS.isOpen(second.token())).isFalse();
        done();
        assertThat(ours()).containsExactly(reference("20260605", 1));
        assertThat(row(State.DELIVERED, reference("20260605", 1)).tries()).isEqualTo(3);
        // It dies after it was written down: nothing is left to do.
        done();
        assertThat(ours()).hasSize(1);
    }

    @Test
    void what_sap_refuses_is_listed_with_its_reason_mended_and_sent_again() {
        branch.sold("2026-06-06");
        BOOKS.take(Tickets.run(), ErpTarget.SAP, LocalDate.of(2026, 11, 20), "Elena");
        // Closed at SAP after the accounts were checked.
        SAP.lacks(account("TENDER", "CASH"));
        ErpClaims.Claim claim = CLAIMS.claim(ErpTarget.SAP, 500).orElseThrow();
        ExchangeDesk desk = new ExchangeDesk(CLAIMS, List.of(TestHub.bean(SapGateway.class)));
        desk.settle(desk.deliver(desk.load(claim.token().toString())));
        DeliveryDesk.Row refused = row(State.REFUSED, reference("20260606", 1));
        assertThat(refused.reason()).isEqualTo("Invalid account code '" + account("TENDER", "CASH") + "'");

        Run stopped = started();
        assertThat(stopped.status()).isEqualTo(Status.FAILED);
        assertThat(stopped.message()).contains("El sistema no tiene: cuenta " + account("TENDER", "CASH"));

        SAP.lacks();
        TestHub.sql()
                .sql(
                        "update account_mapping set account = '102-99-00' where target = 'SAP' and role = 'TENDER' and kind = 'CASH'")
                .update();
        assertThat(TestShop.done(DESK.again(ErpTarget.SAP, refused.reference(), Tickets.ELENA)))
                .isEqualTo(1);
        done();
        assertThat(ours()).containsExactly(reference("20260606", 1));
        assertThat(SAP.rows("JournalEntries").getLast().toString()).contains("102-99-00");
        assertThat(TestShop.refused(DESK.again(ErpTarget.SAP, refused.reference(), Tickets.ELENA)))
                .isEqualTo("delivery-unknown");
    }

    @Test
    void tickets_as_documents_go_each_once_and_what_no_document_says_stays_an_entry() {
        ExportWays ways = TestHub.bean(ExportWays.class);
        LocalDate first = LocalDate.of(2026, 12, 1);
        LocalDate last = LocalDate.of(2026, 12, 31);
        TestShop.done(
                ways.set(ErpTarget.SAP, ExportWays.Subject.TICKETS, ExportWays.Way.DOCUMENTS, first, Tickets.ELENA));
        try {
            Sale sold = branch.sold("2026-12-01");
            branch.soldMixed("2026-12-01");
            branch.soldOnAccount("2026-12-01");
            branch.soldForDollars("2026-12-01");
            branch.broughtBack("2026-12-02", sold);
            branch.cancelled("2026-12-02", branch.soldOne("2026-12-02"));
            branch.soldOneOff("2026-12-02");
            Tickets.mapEverything(ErpTarget.SAP);
            ErpCodes codes = TestHub.bean(ErpCodes.class);
            TestShop.done(codes.put(ErpTarget.SAP, List.of(), Tickets.ELENA));
            assertThatThrownBy(() -> BOOKS.take(Tickets.run(), ErpTarget.SAP, last, "Elena"))
                    .hasMessageContaining("la forma de pago tarjeta de crédito")
                    .hasMessageContaining("el impuesto de 16%");
            TestShop.done(codes.put(
                    ErpTarget.SAP,
                    codes.codes(ErpTarget.SAP).stream()
                            .map(each -> new ErpCode(
                                    each.kind(),
                                    each.ours(),
                                    each.kind() == ErpCode.Kind.PRICE_LIST ? "" : each.kind() + "-" + each.ours()))
                            .toList(),
                    Tickets.ELENA));

            // The line is cut in the middle of it: what SAP has booked is found again.
            BOOKS.take(Tickets.run(), ErpTarget.SAP, last, "Elena");
            SAP.misbehaveLater(3, Fault.CUT);
            sendAll();
            TestHub.CLOCK.advance(Duration.ofMinutes(3));
            sendAll();
            assertThat(ours()).doesNotHaveDuplicates();
            assertThat(totals("Invoices")).containsExactlyInAnyOrder(4828_00L, 4339_00L, 4339_00L, 4339_00L, 4339_00L);
            assertThat(totals("CreditNotes")).containsExactlyInAnyOrder(978_00L, 4339_00L);
            assertThat(paid("IncomingPayments"))
                    .containsExactlyInAnyOrder(4828_00L, 100_00L, 4239_00L, 4339_00L, 4339_00L);
            assertThat(paid("VendorPayments")).containsExactlyInAnyOrder(978_00L, 4339_00L);
            assertThat(ours().stream().filter(each -> each.endsWith("-20261202-1")))
                    .hasSize(1);
            assertThat(ours()).hasSize(5 + 2 + 5 + 2 + 1);

            // Nothing twice, and what comes late goes as documents too.
            BOOKS.take(Tickets.run(), ErpTarget.SAP, last, "Elena");
            sendAll();
            assertThat(ours()).hasSize(15);
            branch.soldOne("2026-12-01");
            BOOKS.take(Tickets.run(), ErpTarget.SAP, last, "Elena");
            sendAll();
            assertThat(ours()).hasSize(17).doesNotHaveDuplicates();
            assertThat(TestHub.sql()
                            .sql("""
                                select count(*) from sale s
                                where s.store_id = ?
                                and (select count(*) from export_item i where i.target = 'SAP' and i.sale_id = s.id) <> 1
                                """)
                            .param(branch.shop.id.value())
                            .query(Long.class)
                            .single())
                    .isZero();

            assertThat(TestShop.refused(ways.set(
                            ErpTarget.SAP,
                            ExportWays.Subject.TICKETS,
                            ExportWays.Way.ENTRIES,
                            LocalDate.of(2026, 12, 2),
                            Tickets.ELENA)))
                    .isEqualTo("export-way-exported");
            TestShop.done(ways.set(
                    ErpTarget.SAP,
                    ExportWays.Subject.TICKETS,
                    ExportWays.Way.ENTRIES,
                    LocalDate.of(2027, 1, 1),
                    Tickets.ELENA));
            assertThat(ways.of(ErpTarget.SAP)).hasSize(2);
        } finally {
            TestHub.sql().sql("delete from accounting_way").update();
            TestShop.done(TestHub.bean(ErpCodes.class).put(ErpTarget.SAP, List.of(), Tickets.ELENA));
        }
    }

    @Test
    void what_pays_a_document_that_sap_refuses_waits_and_goes_with_it() {
        // Set past the desk, which would not let days before those of other tests change.
        TestHub.sql()
                .sql(
                        "insert into accounting_way (target, from_day, way, set_by, set_at) values ('SAP', '2025-01-01', 'DOCUMENTS', 'Elena', now())")
                .update();
        try {
            ErpCodes codes = TestHub.bean(ErpCodes.class);
            branch.soldOne("2025-01-01");
            Tickets.mapEverything(ErpTarget.SAP);
            TestShop.done(codes.put(
                    ErpTarget.SAP,
                    codes.codes(ErpTarget.SAP).stream()
                            .map(each -> new ErpCode(
                                    each.kind(),
                                    each.ours(),
                                    each.kind() == ErpCode.Kind.PRICE_LIST ? "" : each.kind() + "-" + each.ours()))
                            .toList(),
                    Tickets.ELENA));
            BOOKS.take(Tickets.run(), ErpTarget.SAP, LocalDate.of(2025, 1, 1), "Elena");
            SAP.lacks("TAX-16%");
            sendAll();
            assertThat(ours()).isEmpty();
            List<DeliveryDesk.Row> refused = DESK.rows(ErpTarget.SAP, State.REFUSED, 500).stream()
                    .filter(each -> each.branch().equals(branch.code()))
                    .toList();
            assertThat(refused)
                    .extracting(DeliveryDesk.Row::reason)
                    .anyMatch(each -> each.contains("Tax code"))
                    .anyMatch(each -> each.contains("fue rechazado"));
            SAP.lacks();
            String payment = refused.stream()
                    .map(DeliveryDesk.Row::reference)
                    .filter(each -> each.contains("-P"))
                    .findFirst()
                    .orElseThrow();
            assertThat(TestShop.done(DESK.again(ErpTarget.SAP, payment, Tickets.ELENA)))
                    .isEqualTo(2);
            sendAll();
            assertThat(ours()).hasSize(2).last().isEqualTo(payment);
        } finally {
            TestHub.sql().sql("delete from accounting_way").update();
            TestShop.done(TestHub.bean(ErpCodes.class).put(ErpTarget.SAP, List.of(), Tickets.ELENA));
        }
    }

    @Test
    void what_is_paid_on_account_pays_its_invoice_and_a_suppliers_invoice_goes_with_its_lines() {
        LocalDate day = LocalDate.of(2025, 1, 10);
        ErpCodes codes = TestHub.bean(ErpCodes.class);
        for (String subject : List.of("TICKETS", "PURCHASES"))
            TestHub.sql()
                    .sql(
                            "insert into accounting_way (target, subject, from_day, way, set_by, set_at) values ('SAP', ?, '2025-01-10', 'DOCUMENTS', 'Elena', now())")
                    .param(subject)
                    .update();
        try {
            branch.soldOnAccount("2025-01-10");
            record Owed(UUID sale, UUID customer, long total) {}
            Owed owed = TestHub.sql()
                    .sql("select id, customer_id, total from sale where store_id = ? and business_day = '2025-01-10'")
                    .param(branch.shop.id.value())
                    .query((row, n) ->
                            new Owed(row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getLong(3)))
                    .single();
            branch.paidOnAccount(day, owed.customer(), "TRANSFER", 100_00, owed.sale(), 100_00);
            // Half of it pays nothing that is known: it stays an entry.
            branch.paidOnAccount(day, owed.customer(), "CASH", 50_00, owed.sale(), 25_00);
            String supplier = "S" + owed.sale().toString().substring(0, 8).toUpperCase(java.util.Locale.ROOT);
            UUID of = Purchases.supplier(supplier);
            UUID order = UUID.randomUUID();
            Purchases.order(order, of, branch.shop.id.value());
            UUID whole = UUID.randomUUID();
            UUID fiscal = Purchases.invoice(whole, of, order, day, 300_03, 348_03);
            Purchases.line(whole, 1, "Flete", 1, 100_01, 16_00);
            Purchases.line(whole, 2, "Maniobras", 2, 200_02, 32_00);
            UUID withheld = UUID.randomUUID();
            Purchases.invoice(withheld, of, order, day, 100_00, 112_00);
            Purchases.line(withheld, 1, "Flete", 1, 100_00, 16_00);
            TestHub.sql()
                    .sql("insert into supplier_invoice_withheld (invoice_id, tax, amount) values (?, 'IVA', 400)")
                    .param(withheld)
                    .update();
            Tickets.mapEverything(ErpTarget.SAP);
            assertThatThrownBy(() -> BOOKS.take(Tickets.run(), ErpTarget.SAP, day, "Elena"))
                    .hasMessageContaining("el proveedor " + supplier)
                    .hasMessageContaining("el IVA de compras de 16%")
                    .hasMessageContaining("la forma de pago transferencia");
            TestShop.done(codes.put(
                    ErpTarget.SAP,
                    codes.codes(ErpTarget.SAP).stream()
                            .map(each -> new ErpCode(
                                    each.kind(),
                                    each.ours(),
                                    each.kind() == ErpCode.Kind.PRICE_LIST ? "" : each.kind() + "-" + each.ours()))
                            .toList(),
                    Tickets.ELENA));
            ExportBooks.Export export = BOOKS.take(Tickets.run(), ErpTarget.SAP, day, "Elena");
            // The line is cut after the documents are booked: they are found again.
            SAP.misbehaveLater(3, Fault.CUT);
            sendAll();
            TestHub.sql()
                    .sql("update erp_delivery set next_try = now() - interval '1 minute' where state = 'WAITING'")
                    .update();
            sendAll();

            String invoice = SAP.rows("Invoices").stream()
                    .filter(row -> row.path("NumAtCard").asString("").startsWith("RH-" + branch.code() + "-"))
                    .map(row -> row.path("DocEntry").asString(""))
                    .findFirst()
                    .orElseThrow();
            assertThat(SAP.rows("IncomingPayments").stream()
                            .filter(row ->
                                    row.path("Remarks").asString("").startsWith("RH-" + branch.code() + "-P-1-")))
                    .singleElement()
                    .satisfies(row -> {
                        assertThat(row.path("TransferAccount").asString("")).isEqualTo("TENDER-TRANSFER");
                        assertThat(row.path("PaymentInvoices")
                                        .get(0)
                                        .path("DocEntry")
                                        .asString(""))
                                .isEqualTo(invoice);
                        assertThat(row.path("PaymentInvoices")
                                        .get(0)
                                        .path("SumApplied")
                                        .decimalValue())
                                .isEqualByComparingTo("100");
                    });
            assertThat(SAP.rows("PurchaseInvoices").stream()
                            .filter(row -> row.path("CardCode").asString("").equals("SUPPLIER-" + supplier)))
                    .singleElement()
                    .satisfies(row -> {
                        assertThat(row.path("NumAtCard").asString(""))
                                .isEqualTo("RH-" + fiscal.toString().toUpperCase(java.util.Locale.ROOT));
                        assertThat(row.path("Comments").asString("")).contains("A-77");
                        assertThat(row.path("DocTotal").decimalValue()).isEqualByComparingTo("348.03");
                        assertThat(row.path("DocumentLines")).hasSize(2);
                        assertThat(row.path("DocumentLines")
                                        .get(0)
                                        .path("ItemCode")
                                        .asString(""))
                                .isEqualTo("MISC_ITEM-");
                    });
            List<String> booked = new ArrayList<>();
            BOOKS.entries(
                    export.id(),
                    entry -> entry.lines()
                            .forEach(each -> booked.add((each.role() + " " + each.kind()).strip() + " "
                                    + each.debit().minus(each.credit()).minor())));
            assertThat(booked)
                    .containsExactlyInAnyOrder(
                            "TENDER CASH 5000",
                            "TENDER ON_ACCOUNT -5000",
                            "PURCHASES 10000",
                            "TAX_PAID 1600",
                            "TAX_WITHHELD IVA -400",
                            "SUPPLIERS -11200");
            assertThat(DELIVERIES.ofExport(export.id(), ErpTarget.SAP).waiting())
                    .isZero();
            assertThat(DELIVERIES.ofExport(export.id(), ErpTarget.SAP).refused())
                    .isZero();

            // What went as a document bounces: in SAP the ticket stays paid, and what pays it again has nothing to pay
            // there.
            TestHub.sql()
                    .sql(
                            "update account_entry set bounced_at = now() where kind = 'PAYMENT' and customer_id = ? and amount = -10000")
                    .param(owed.customer())
                    .update();
            LocalDate next = day.plusDays(1);
            branch.paidOnAccount(next, owed.customer(), "TRANSFER", 90_00, owed.sale(), 90_00);
            BOOKS.take(Tickets.run(), ErpTarget.SAP, next, "Elena");
            assertThat(TestHub.sql()
                            .sql("""
                                select x.documents
                                from export_matter x
                                join account_entry a on a.id = x.matter_id
                                where x.target = 'SAP'
                                and a.customer_id = ?
                                order by a.amount
                                """)
                            .param(owed.customer())
                            .query(Boolean.class)
                            .list())
                    .containsExactly(true, false, false);
        } finally {
            TestHub.sql().sql("delete from accounting_way").update();
            TestShop.done(codes.put(ErpTarget.SAP, List.of(), Tickets.ELENA));
        }
    }

    private static void sendAll() {
        RoutedSender sender = new RoutedSender(CONTEXT.createProducerTemplate());
        while (sender.send(ErpTarget.SAP).more()) {
            // until nothing is due
        }
    }

    private List<Long> totals(String set) {
        return SAP.rows(set).stream()
                .filter(row -> row.path("NumAtCard").asString("").startsWith("RH-" + branch.code() + "-"))
                .map(row ->
                        row.path("DocTotal").decimalValue().movePointRight(2).longValueExact())
                .toList();
    }

    private List<Long> paid(String set) {
        return SAP.rows(set).stream()
                .filter(row -> row.path("Remarks").asString("").startsWith("RH-" + branch.code() + "-"))
                .map(row -> row.path("PaymentInvoices")
                        .get(0)
                        .path("SumApplied")
                        .decimalValue()
                        .movePointRight(2)
                        .longValueExact())
                .toList();
    }

    @Test
    void parts_stock_and_prices_are_told_once_and_again_when_they_change() {
        UUID part = UUID.randomUUID();
        String number = part.toString().substring(0, 8).toUpperCase(java.util.Locale.ROOT);
        TestHub.sql().sql("""
                    insert into part (
                        id, line_code, part_number, normal_number, brand, name_es, name_en, category, unit, tax_class, core, sat_code, sat_unit,
                        tax_object, created_at, catalogue_version)
                    values (:id, 'ERP', :number, :number, 'NGK', 'Bujía', '', '', 'PZA', 'GENERAL', 0, '25173900', 'H87', '02', now(), 1)
                    """).param("id", part).param("number", number).update();
        TestHub.sql()
                .sql(
                        "insert into part_price (part_id, amount, currency, includes_tax, prices_version) values (?, 11600, 'MXN', true, 1)")
                .param(part)
                .update();
        TestHub.sql()
                .sql("insert into stock_on_hand (store_id, part_id, on_hand, as_of) values (?, ?, 7000, now())")
                .params(branch.shop.id.value(), part)
                .update();
        ErpMasters masters = TestHub.bean(ErpMasters.class);
        ErpCodes codes = TestHub.bean(ErpCodes.class);
        TestShop.done(codes.put(
                ErpTarget.SAP,
                List.of(
                        new ErpCode(ErpCode.Kind.WAREHOUSE, branch.code(), "01"),
                        new ErpCode(ErpCode.Kind.PRICE_LIST, "", "1")),
                Tickets.ELENA));
        assertThat(TestShop.refused(codes.put(
                        ErpTarget.SAP, List.of(new ErpCode(ErpCode.Kind.WAREHOUSE, "NADIE", "01")), Tickets.ELENA)))
                .isEqualTo("erp-code-strange");

        String code = "ERP-" + number;
        othersAreTold(masters, code);

        Run first = told();
        assertThat(first.status()).as(first.message()).isEqualTo(Status.DONE);
        assertThat(SAP.rows("Items").stream()
                        .filter(row -> row.path("ItemCode").asString().equals(code)))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.path("ItemName").asString()).isEqualTo("Bujía");
                    assertThat(row.path("ItemPrices").get(0).path("Price").decimalValue())
                            .isEqualByComparingTo("100");
                });
        assertThat(counted(code)).isEqualTo(1);

        int effects = SAP.effects().size();
        assertThat(told().status()).isEqualTo(Status.DONE);
        assertThat(SAP.effects()).hasSize(effects);

        TestHub.sql()
                .sql("update stock_on_hand set on_hand = 6000 where part_id = ?")
                .param(part)
                .update();
        assertThat(told().status()).isEqualTo(Status.DONE);
        assertThat(counted(code)).isEqualTo(2);
        assertThat(SAP.effects()).hasSize(effects + 1);
    }

    /** Other tests of this hub have parts, some of them twenty thousand. */
    private static void othersAreTold(ErpMasters masters, String code) {
        for (Master.Kind kind : List.of(Master.Kind.PARTS, Master.Kind.STOCK, Master.Kind.PRICES)) {
            List<Master> others = masters.due(ErpTarget.SAP, kind, "", Integer.MAX_VALUE).stream()
                    .filter(each -> !each.code().equals(code))
                    .toList();
            masters.told(
                    ErpTarget.SAP,
                    kind,
                    others,
                    Collections.nCopies(others.size(), new Delivery.Delivered("told", false)));
        }
    }

    private static Run told() {
        return settled(TestShop.done(jobs.start("erp-masters", Map.of("target", "sap"), Map.of(), "Elena"))
                .id());
    }

    private static long counted(String code) {
        return SAP.rows("InventoryPostings").stream()
                .filter(row -> row.path("InventoryPostingLines")
                        .get(0)
                        .path("ItemCode")
                        .asString()
                        .equals(code))
                .count();
    }

    private static String account(String role, String kind) {
        return TestHub.sql()
                .sql("select account from account_mapping where target = 'SAP' and role = ? and kind = ?")
                .params(role, kind)
                .query(String.class)
                .single();
    }
}
