package mx.refahub.hub.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import mx.refahub.adapters.sap.SapGateway;
import mx.refahub.adapters.sap.SapSimulator;
import mx.refahub.adapters.sheet.SheetFiles;
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
import mx.refahub.domain.erp.ErpClaims;
import mx.refahub.domain.erp.ErpCode;
import mx.refahub.domain.erp.ErpCodes;
import mx.refahub.domain.erp.ErpDeliveries;
import mx.refahub.domain.erp.ErpDoors;
import mx.refahub.domain.erp.ErpMasters;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.erp.ExportBooks;
import mx.refahub.domain.erp.Master;
import mx.refahub.domain.job.Jobs.Run;
import mx.refahub.domain.job.Jobs.RunFile;
import mx.refahub.domain.outside.ConnectionDesk;
import mx.refahub.hub.BreakingOff;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** The jobs that exchange with an ERP break off again and again, over a real ledger, the real routes and a Service Layer: in the end there is what a run left alone leaves, there and here. */
class ErpBrokenOffTest {
    private static final ZoneId PUEBLA = ZoneId.of("America/Mexico_City");

    @TempDir
    static Path folder;

    private static final SapSimulator SAP = new SapSimulator();
    private static final ExportBooks BOOKS = TestHub.bean(ExportBooks.class);
    private static final DefaultCamelContext CONTEXT = new DefaultCamelContext();
    private static UUID connection;
    private static SpringBatchJobs jobs;

    @BeforeAll
    static void open() throws Exception {
        connection = TestShop.done(TestHub.bean(ConnectionDesk.class)
                        .add(
                                new ConnectionDesk.Draft(
                                        "sap",
                                        "SAP que se corta",
                                        SAP.start(0).toString(),
                                        false,
                                        true,
                                        Map.of(
                                                "company",
                                                SapSimulator.COMPANY,
                                                "user",
                                                SapSimulator.USER,
                                                "patience",
                                                "20"),
                                        Map.of("password", SapSimulator.PASSWORD)),
                                Tickets.ELENA))
                .id();
        SapGateway gateway = TestHub.bean(SapGateway.class);
        CONTEXT.addRoutesConfigurations(new HubPolicies(new Troubles()));
        CONTEXT.addRoutes(new ExchangeRoutes(
                new ExchangeDesk(TestHub.bean(ErpClaims.class), List.of(gateway)),
                new ExchangeSettings(Duration.ofHours(1), 1_000)));
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
        ErpDoors doors = new ErpDoors(BOOKS, List.of(new SheetFiles(PUEBLA)), List.of(gateway), PUEBLA);
        jobs = new SpringBatchJobs(
                workshop,
                List.of(
                        ErpExchange.definition(
                                workshop,
                                doors,
                                Optional.of(new ErpExchange.Spoken(
                                        TestHub.bean(ErpDeliveries.class),
                                        new RoutedSender(CONTEXT.createProducerTemplate())))),
                        ErpMastersJob.definition(workshop, doors, TestHub.bean(ErpMasters.class))),
                new RejectedRows(dataSource),
                CatalogueUndo.undoing(workshop),
                TestHub.bean(IdSource.class),
                new SpringBatchJobs.Policy(
                        "erp-broken", Duration.ofDays(1), Duration.ofSeconds(5), Duration.ofSeconds(20)));
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

    private static Run done(String job, Map<String, String> parameters, boolean broken) {
        return BreakingOff.done(
                jobs,
                () -> TestShop.done(jobs.start(job, parameters, Map.of(), "Elena"))
                        .id(),
                broken,
                () -> TestHub.CLOCK.advance(Duration.ofMinutes(11)));
    }

    /** Sold alike at a branch of its own each time. */
    private static Tickets sold() {
        Tickets branch = new Tickets();
        branch.sold("2026-07-01");
        branch.soldMixed("2026-07-01");
        branch.broughtBack("2026-07-02", branch.sold("2026-07-02"));
        branch.soldOnAccount("2026-07-03");
        return branch;
    }

    @Test
    void what_is_spoken_to_books_each_entry_once() {
        List<List<String>> ends = new ArrayList<>();
        for (boolean broken : new boolean[] {false, true}) {
            Tickets branch = sold();
            Tickets.mapEverything(ErpTarget.SAP);
            Run run = done("erp-exchange", Map.of("target", "sap", "until", "2026-11-20"), broken);
            assertThat(BOOKS.ofRun(run.id()).orElseThrow().writtenAt()).isNotNull();
            List<String> end = new ArrayList<>();
            SAP.effects().stream()
                    .map(SapSimulator.Effect::reference)
                    .filter(each -> each.contains("-" + branch.code() + "-"))
                    .map(each -> "booked " + each.replace(branch.code(), "X"))
                    .sorted()
                    .forEach(end::add);
            end.addAll(TestHub.sql().sql("""
                    select d.reference || ' ' || d.state || ' ' || (select count(*) from erp_delivery o where o.reference = d.reference)
                    from erp_delivery d
                    where d.target = 'SAP' and d.reference like ?
                    order by 1
                    """).param("RH-" + branch.code() + "-%").query(String.class).list().stream()
                    .map(each -> each.replace(branch.code(), "X"))
                    .toList());
            ends.add(end);
        }
        assertThat(ends.getFirst()).hasSize(6).startsWith("booked RH-X-20260701-1");
        assertThat(ends.getLast()).isEqualTo(ends.getFirst());
    }

    @Test
    void what_is_given_files_has_each_ticket_in_them_once() throws IOException {
        List<List<String>> ends = new ArrayList<>();
        for (boolean broken : new boolean[] {false, true}) {
            Tickets branch = sold();
            Tickets.mapEverything(ErpTarget.SHEET);
            Run run = done("erp-exchange", Map.of("target", "sheet", "until", "2026-11-20"), broken);
            List<String> end = new ArrayList<>();
            for (RunFile file : jobs.files(run.id())) {
                if (!file.name().endsWith(".csv")) continue;
                Path path = jobs.file(run.id(), file.name()).orElseThrow();
                end.add(file.name().replaceAll("[0-9]", "") + " "
                        + Files.readAllLines(path).stream()
                                .filter(line -> line.contains(branch.code()))
                                .count());
            }
            ends.add(end.stream().sorted().toList());
        }
        assertThat(ends.getFirst()).anySatisfy(each -> assertThat(each).endsWith("tickets.csv 5"));
        assertThat(ends.getLast()).isEqualTo(ends.getFirst());
    }

    @Test
    void parts_stock_and_prices_are_there_as_told() {
        TestShop shop = TestShop.open();
        ErpMasters masters = TestHub.bean(ErpMasters.class);
        String code = TestHub.sql()
                .sql("select code from store where id = ?")
                .param(shop.id.value())
                .query(String.class)
                .single();
        TestShop.done(TestHub.bean(ErpCodes.class)
                .put(
                        ErpTarget.SAP,
                        List.of(
                                new ErpCode(ErpCode.Kind.WAREHOUSE, code, "01"),
                                new ErpCode(ErpCode.Kind.PRICE_LIST, "", "1")),
                        Tickets.ELENA));
        List<List<String>> ends = new ArrayList<>();
        for (boolean broken : new boolean[] {false, true}) {
            // Other tests of this hub have parts, some of them twenty thousand.
            for (Master.Kind kind : List.of(Master.Kind.PARTS, Master.Kind.STOCK, Master.Kind.PRICES)) {
                List<Master> others = masters.due(ErpTarget.SAP, kind, "", Integer.MAX_VALUE);
                masters.told(
                        ErpTarget.SAP,
                        kind,
                        others,
                        Collections.nCopies(others.size(), new Delivery.Delivered("told", false)));
            }
            String number = UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT);
            for (int i = 0; i < 3; i++) part(shop, number + i, 11_600 * (i + 1), 7_000 + i * 1_000L);
            done("erp-masters", Map.of("target", "sap"), broken);
            List<String> end = new ArrayList<>();
            SAP.rows("Items").stream()
                    .filter(row -> row.path("ItemCode").asString().startsWith("ERP-" + number))
                    .map(row -> row.path("ItemCode").asString().replace(number, "X") + " "
                            + row.path("ItemName").asString() + " "
                            + row.path("ItemPrices").get(0).path("Price").decimalValue())
                    .sorted()
                    .forEach(end::add);
            // What was counted last is what SAP has; to be told it twice changes nothing.
            Map<String, String> counted = new TreeMap<>();
            SAP.rows("InventoryPostings")
                    .forEach(row -> row.path("InventoryPostingLines").forEach(line -> {
                        if (line.path("ItemCode").asString().startsWith("ERP-" + number))
                            counted.put(
                                    line.path("ItemCode").asString().replace(number, "X"),
                                    line.path("CountedQuantity").toString());
                    }));
            end.add(counted.toString());
            for (Master.Kind kind : List.of(Master.Kind.PARTS, Master.Kind.STOCK, Master.Kind.PRICES))
                end.add(kind + " " + masters.left(ErpTarget.SAP, kind));
            ends.add(end);
        }
        assertThat(ends.getFirst())
                .hasSize(7)
                .anySatisfy(each -> assertThat(each).contains("ERP-X2"));
        assertThat(ends.getLast()).isEqualTo(ends.getFirst());
    }

    private static void part(TestShop shop, String number, long price, long pieces) {
        UUID part = UUID.randomUUID();
        TestHub.sql().sql("""
                insert into part (
                    id, line_code, part_number, normal_number, brand, name_es, name_en, category, unit, tax_class, core, sat_code, sat_unit,
                    tax_object, created_at, catalogue_version)
                values (:id, 'ERP', :number, :number, 'NGK', 'Bujía', '', '', 'PZA', 'GENERAL', 0, '25173900', 'H87', '02', now(), 1)
                """).param("id", part).param("number", number).update();
        TestHub.sql()
                .sql(
                        "insert into part_price (part_id, amount, currency, includes_tax, prices_version) values (?, ?, 'MXN', true, 1)")
                .params(part, price)
                .update();
        TestHub.sql()
                .sql("insert into stock_on_hand (store_id, part_id, on_hand, as_of) values (?, ?, ?, now())")
                .params(shop.id.value(), part, pieces)
                .update();
    }
}
