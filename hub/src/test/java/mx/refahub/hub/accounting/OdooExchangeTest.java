package mx.refahub.hub.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import mx.refahub.adapters.odoo.OdooGateway;
import mx.refahub.adapters.odoo.OdooSimulator;
import mx.refahub.adapters.odoo.OdooSimulator.Effect;
import mx.refahub.adapters.odoo.OdooSimulator.Trouble;
import mx.refahub.batch.catalogue.CatalogueUndo;
import mx.refahub.batch.exchange.ErpExchange;
import mx.refahub.batch.intake.RejectedRows;
import mx.refahub.batch.run.Repositories;
import mx.refahub.batch.run.RunFolders;
import mx.refahub.batch.run.SpringBatchJobs;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.erp.AccountMap;
import mx.refahub.domain.erp.Delivery;
import mx.refahub.domain.erp.DeliveryDesk;
import mx.refahub.domain.erp.ErpClaims;
import mx.refahub.domain.erp.ErpDeliveries;
import mx.refahub.domain.erp.ErpDoors;
import mx.refahub.domain.erp.ErpGateway;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.erp.ExportBooks;
import mx.refahub.domain.erp.ExportBooks.Export;
import mx.refahub.domain.erp.JournalEntry;
import mx.refahub.domain.erp.Posting;
import mx.refahub.domain.job.Jobs.Run;
import mx.refahub.domain.job.Jobs.Status;
import mx.refahub.domain.outside.ConnectionDesk;
import mx.refahub.domain.outside.Connections;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.UserId;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import mx.refahub.routes.exchange.ExchangeDesk;
import mx.refahub.routes.exchange.ExchangeRoutes;
import mx.refahub.routes.exchange.ExchangeSettings;
import mx.refahub.routes.exchange.RoutedSender;
import mx.refahub.routes.failure.HubPolicies;
import mx.refahub.routes.failure.Troubles;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** From the ledger in PostgreSQL to posted moves, over a connection as an administrator makes it. */
class OdooExchangeTest {
    private static final Person ANA = new Person(new UserId(UUID.randomUUID()), "Ana Admin", Role.ADMIN);
    private static final LocalDate LATEST = LocalDate.of(2030, 12, 31);

    @TempDir
    Path folder;

    private final ExportBooks books = TestHub.bean(ExportBooks.class);
    private final ConnectionDesk desk = TestHub.bean(ConnectionDesk.class);
    private final Tickets branch = new Tickets();
    private final OdooSimulator odoo = new OdooSimulator();
    private OdooGateway gateway = new OdooGateway(TestHub.bean(Connections.class));
    private UUID connection = new UUID(0, 0);

    @BeforeEach
    void connect() throws IOException {
        URI address = odoo.start(0);
        ConnectionDesk.Shown made = TestShop.done(desk.add(
                new ConnectionDesk.Draft(
                        "odoo",
                        "Odoo de prueba",
                        address.toString(),
                        true,
                        true,
                        Map.of("database", OdooSimulator.DATABASE, "login", OdooSimulator.LOGIN),
                        Map.of("key", OdooSimulator.KEY)),
                ANA));
        connection = made.id();
    }

    @AfterEach
    void close() {
        gateway.close();
        odoo.close();
        TestHub.sql()
                .sql("delete from outside_connection where id = ?")
                .param(connection)
                .update();
    }

    private List<Posting> taken() {
        Tickets.mapEverything(ErpTarget.ODOO);
        Export export = books.take(Tickets.run(), ErpTarget.ODOO, LATEST, "Elena");
        List<Posting> all = new ArrayList<>();
        books.entries(export.id(), entry -> all.add(new Posting.Entry(entry)));
        return all;
    }

    private static Set<String> accounts(List<Posting> postings) {
        return postings.stream()
                .flatMap(each -> ((Posting.Entry) each).entry().lines().stream())
                .map(JournalEntry.Line::account)
                .collect(Collectors.toSet());
    }

    private List<Delivery> send(List<Posting> postings) {
        List<Delivery> all = new ArrayList<>();
        for (int i = 0; i < postings.size(); i += gateway.batch())
            all.addAll(gateway.deliver(postings.subList(i, Math.min(postings.size(), i + gateway.batch()))));
        return all;
    }

    /** The process ends and another one begins: nothing is remembered but what stands in PostgreSQL. */
    private void die() {
        gateway.close();
        gateway = new OdooGateway(TestHub.bean(Connections.class));
    }

    private List<String> posted() {
        return odoo.log().stream()
                .filter(each -> each.method().equals("post"))
                .map(Effect::reference)
                .toList();
    }

    @Test
    void the_connection_works_and_says_so() {
        ConnectionDesk.Shown shown = TestShop.done(desk.probe(connection, ANA));

        assertThat(shown.tried()).isNotNull();
        assertThat(shown.tried().says()).isEqualTo("Odoo 19 · Refaccionaria Simulada SA de CV · MXN");
        assertThat(shown.settings()).doesNotContainKey("key");
        assertThat(gateway.isConnected()).isTrue();
    }

    @Test
    void each_entry_of_the_ledger_is_one_posted_and_balanced_move_whatever_befalls_its_way() {
        branch.sold("2026-05-04");
        branch.soldMixed("2026-05-04");
        branch.soldOneOff("2026-05-05");
        branch.broughtBack("2026-05-06", branch.sold("2026-05-04"));
        List<Posting> first = taken();
        assertThat(gateway.lacks(new ErpGateway.Wanted(accounts(first), Set.of(), List.of())))
                .extracting(Refusal::code)
                .containsOnly("erp-account-unknown")
                .hasSize(accounts(first).size());
        accounts(first).forEach(each -> odoo.account(each, "Cuenta " + each));
        assertThat(gateway.lacks(new ErpGateway.Wanted(accounts(first), Set.of(), List.of())))
                .isEmpty();

        // Before the call, after it and before it is known, and while it is posted.
        odoo.misbehave(Trouble.BROKEN, "account.move", "create", 1);
        assertThat(send(first))
                .allMatch(each -> each instanceof Delivery.Unreachable || each instanceof Delivery.Delivered);
        die();
        odoo.misbehave(Trouble.NO_ANSWER, "account.move", "create", 1);
        send(first);
        die();
        odoo.misbehave(Trouble.HALF_AN_ANSWER, "account.move", "action_post", 1);
        send(first);
        die();
        List<Delivery> delivered = send(first);

        assertThat(delivered).allMatch(each -> each instanceof Delivery.Delivered);
        assertThat(posted())
                .containsExactlyInAnyOrderElementsOf(references(first))
                .doesNotHaveDuplicates();
        assertThat(odoo.rows("account.move"))
                .hasSize(first.size())
                .allSatisfy(each -> assertThat(each).containsEntry("state", "posted"));
        Map<Object, BigDecimal> balances = new HashMap<>();
        for (Map<String, Object> line : odoo.rows("account.move.line"))
            balances.merge(
                    line.get("move_id"),
                    ((BigDecimal) line.get("debit")).subtract((BigDecimal) line.get("credit")),
                    BigDecimal::add);
        assertThat(balances).hasSize(first.size());
        assertThat(balances.values()).allMatch(each -> each.signum() == 0);

        branch.sold("2026-05-04");
        List<Posting> second = taken();
        assertThat(second).hasSize(1);
        assertThat(((Posting.Entry) second.getFirst()).entry().isCorrection()).isTrue();
        assertThat(send(second)).allMatch(each -> each instanceof Delivery.Delivered);
        die();
        assertThat(send(first))
                .allSatisfy(
                        each -> assertThat(((Delivery.Delivered) each).found()).isTrue());
        assertThat(posted()).hasSize(first.size() + 1).doesNotHaveDuplicates();
        assertThat(taken()).isEmpty();
    }

    /** As in the hub: job, claims in PostgreSQL, routes, gateway. */
    private final class Hub implements AutoCloseable {
        private final ErpDeliveries deliveries = TestHub.bean(ErpDeliveries.class);
        private final DeliveryDesk desk = TestHub.bean(DeliveryDesk.class);
        private final DefaultCamelContext routes = new DefaultCamelContext();
        private final ExchangeDesk exchange = new ExchangeDesk(TestHub.bean(ErpClaims.class), List.of(gateway));
        private final SpringBatchJobs jobs;

        Hub() throws Exception {
            routes.addRoutesConfigurations(new HubPolicies(new Troubles()));
            routes.addRoutes(new ExchangeRoutes(exchange, new ExchangeSettings(Duration.ofDays(1), 1_000)));
            routes.start();
            DataSource dataSource = TestHub.bean(DataSource.class);
            JdbcTransactionManager transactions = new JdbcTransactionManager(dataSource);
            Workshop workshop = new Workshop(
                    Repositories.jdbc(dataSource, transactions),
                    transactions,
                    dataSource,
                    new RunFolders(folder.resolve("jobs")),
                    TestHub.CLOCK,
                    1_000);
            jobs = new SpringBatchJobs(
                    workshop,
                    List.of(ErpExchange.definition(
                            workshop,
                            new ErpDoors(books, List.of(), List.of(gateway), ZoneId.of("America/Mexico_City")),
                            Optional.of(new ErpExchange.Spoken(
                                    deliveries, new RoutedSender(routes.createProducerTemplate()))))),
                    new RejectedRows(dataSource),
                    CatalogueUndo.undoing(workshop),
                    TestHub.bean(IdSource.class),
                    new SpringBatchJobs.Policy("odoo-test", Duration.ofDays(1), Duration.ofSeconds(5)));
            jobs.start();
        }

        Run run() {
            long id = TestShop.done(jobs.start(
                            "erp-exchange", Map.of("target", "odoo", "until", "2026-11-20"), Map.of(), "Elena"))
                    .id();
            await().pollInterval(Duration.ofMillis(10))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> jobs.run(id).orElseThrow().status().isFinal());
            return jobs.run(id).orElseThrow();
        }

        /** Takes a claim to the ERP and dies before it is written down; whoever comes later finds the claim run out. */
        void dieBeforeSettling() {
            exchange.deliver(exchange.load(exchange.claim(ErpTarget.ODOO).getFirst()));
            TestHub.sql()
                    .sql(
                            "update erp_delivery set claimed_until = :past, next_try = :past where target = 'ODOO' and claim is not null")
                    .param("past", TestHub.CLOCK.instant().minusSeconds(1).atOffset(ZoneOffset.UTC))
                    .update();
        }

        @Override
        public void close() {
            jobs.stop();
            routes.stop();
        }
    }

    @Test
    void the_job_posts_what_it_took_and_a_second_run_sends_nothing() throws Exception {
        branch.sold("2026-05-11");
        branch.soldMixed("2026-05-12");
        Tickets.mapEverything(ErpTarget.ODOO);
        try (Hub hub = new Hub()) {
            Run refused = hub.run();
            assertThat(refused.status()).isEqualTo(Status.FAILED);
            assertThat(refused.message()).contains("El sistema no tiene: cuenta 401-01-00");
            TestHub.bean(AccountMap.class)
                    .of(ErpTarget.ODOO)
                    .rows()
                    .forEach(each -> odoo.account(each.account(), each.name()));

            Run run = hub.run();

            assertThat(run.status()).as(run.message()).isEqualTo(Status.DONE);
            Export export = books.ofRun(run.id()).orElseThrow();
            assertThat(export.entries()).isPositive();
            assertThat(hub.deliveries.ofExport(export.id(), ErpTarget.ODOO).delivered())
                    .isEqualTo(export.entries());
            assertThat(posted()).hasSize((int) export.entries()).doesNotHaveDuplicates();
            int calls = odoo.calls().size();
            assertThat(hub.run().message()).startsWith("No hay nada por exportar");
            assertThat(odoo.calls().stream().skip(calls))
                    .allMatch(each -> each.method().equals("search_read"));

            // It dies when Odoo has posted and nobody has written it down.
            branch.sold("2026-05-13");
            books.take(Tickets.run(), ErpTarget.ODOO, LATEST, "Elena");
            hub.dieBeforeSettling();
            int before = posted().size();
            new RoutedSender(hub.routes.createProducerTemplate()).send(ErpTarget.ODOO);

            assertThat(hub.desk.standing(ErpTarget.ODOO).waiting()).isZero();
            assertThat(posted()).hasSize(before).doesNotHaveDuplicates();
            assertThat(odoo.rows("account.move")).hasSize(before);
        }
    }

    private static List<String> references(List<Posting> postings) {
        return postings.stream().map(Posting::reference).toList();
    }
}
