package mx.refahub.pos.console;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Uuid7;
import mx.refahub.domain.credit.CreditBoard;
import mx.refahub.domain.delivery.Command;
import mx.refahub.domain.delivery.Commands;
import mx.refahub.domain.erp.ErpDoors;
import mx.refahub.domain.hub.ActLog;
import mx.refahub.domain.hub.CutOffs;
import mx.refahub.domain.hub.RouteMap;
import mx.refahub.domain.hub.StoreHealth;
import mx.refahub.domain.job.Jobs;
import mx.refahub.domain.job.RuleTrail;
import mx.refahub.domain.job.Workers;
import mx.refahub.domain.message.DeadLetters;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.domain.promise.PromiseBoard;
import mx.refahub.domain.purchase.OrderPapers;
import mx.refahub.domain.purchase.PurchaseOrders;
import mx.refahub.domain.purchase.ReorderBoard;
import mx.refahub.domain.purchase.SupplierInvoices;
import mx.refahub.domain.purchase.Suppliers;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.StoreId;
import mx.refahub.pos.desk.Desk;
import mx.refahub.pos.desk.DeskParts;
import mx.refahub.pos.web.StatusSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** The console over a chain in memory: people admin@, conta@ and marta@refahub.example with one password. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({Console.class, DeskParts.class})
class HallApplication {
    static final String PASSWORD = "refaccionaria larga";

    static Desk open(Path folder, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--refahub.console.upload-folder=" + folder);
        return Desk.open(List.of(HallApplication.class), all.toArray(String[]::new));
    }

    static String user(Role role) {
        return role.name().toLowerCase(java.util.Locale.ROOT) + "@refahub.example";
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    IdSource ids(Clock clock) {
        return new Uuid7(clock, new SplittableRandom(7));
    }

    @Bean
    FakeStaff staff(Clock clock) {
        return new FakeStaff(clock);
    }

    @Bean
    StoreHealth storeHealth() {
        return new FakeStoreHealth();
    }

    @Bean
    CutOffs cutOffs(Clock clock) {
        Map<StoreId, CutOffs.CutOff> all = new ConcurrentHashMap<>();
        return new CutOffs() {
            @Override
            public Outcome<CutOff> cutOff(StoreId store, String reason, Person by) {
                if (reason.isBlank()) return Outcome.refused("cut-off-reason-missing");
                return Outcome.done(
                        all.computeIfAbsent(store, key -> new CutOff(key, clock.instant(), by.name(), reason.strip())));
            }

            @Override
            public Outcome<StoreId> letIn(StoreId store, Person by) {
                all.remove(store);
                return Outcome.done(store);
            }

            @Override
            public Optional<CutOff> of(StoreId store) {
                return Optional.ofNullable(all.get(store));
            }
        };
    }

    @Bean
    FakeAccess access(Clock clock, Environment environment) {
        FakeAccess access = new FakeAccess(clock);
        for (Role role : Role.values()) access.add(user(role), "Persona " + role, role, PASSWORD);
        if (environment.getProperty("hall.setup", Boolean.class, false)) access.nobodyYet();
        return access;
    }

    @Bean
    FakeAlerts alerts() {
        return new FakeAlerts();
    }

    @Bean
    FakeMail mail() {
        return new FakeMail();
    }

    @Bean
    FakeSessions sessions() {
        return new FakeSessions();
    }

    @Bean
    FakeFactors factors() {
        return new FakeFactors();
    }

    @Bean
    FakeStoreBoard board() {
        return new FakeStoreBoard();
    }

    @Bean
    FakeSchedules schedules() {
        return new FakeSchedules();
    }

    @Bean
    FakeJobRules jobRules() {
        return new FakeJobRules();
    }

    /** What people did, as the audit trail has it. */
    static final List<String> ACTS = new CopyOnWriteArrayList<>();

    @Bean
    ActLog actLog() {
        return (by, act, subject) -> ACTS.add(by.name() + " " + act + " " + subject);
    }

    @Bean
    RuleTrail ruleTrail() {
        return RuleTrail.NONE;
    }

    @Bean
    FakeDaysOff daysOff() {
        return new FakeDaysOff();
    }

    @Bean
    FakeMappings mappings() {
        return new FakeMappings();
    }

    @Bean
    FakeJobs jobs(Clock clock, FakeStoreBoard board) throws IOException {
        FakeJobs jobs = new FakeJobs(clock);
        new DemoData(board, jobs, clock.instant()).fill();
        return jobs;
    }

    @Bean
    FakeStock stock() {
        return new FakeStock();
    }

    @Bean
    FakeMoves moves() {
        return new FakeMoves();
    }

    @Bean
    FakePartDesk partDesk(IdSource ids, Clock clock) {
        return new FakePartDesk(ids, clock);
    }

    @Bean
    FakeCustomers customers(Clock clock) {
        return new FakeCustomers(clock);
    }

    @Bean
    CreditBoard credits() {
        return limit -> new CreditBoard.Standing(Money.mxn(0), Money.mxn(0), List.of());
    }

    @Bean
    FakeTracking tracking() {
        return new FakeTracking();
    }

    @Bean
    FakeCores cores() {
        return new FakeCores();
    }

    @Bean
    FakeCommissions commissions() {
        return new FakeCommissions();
    }

    @Bean
    PromiseBoard promises() {
        return new FakePromises();
    }

    @Bean
    FakeCreditNotes creditNotes() {
        return new FakeCreditNotes();
    }

    @Bean
    FakeReturns returns() {
        return new FakeReturns();
    }

    @Bean
    FakeRates rates() {
        return new FakeRates();
    }

    @Bean
    FakeMissing missing(Clock clock) {
        return new FakeMissing(clock);
    }

    @Bean
    FakePrices prices(PartCatalogue catalogue, Clock clock) {
        return new FakePrices(catalogue, clock);
    }

    @Bean
    FakeFormulas formulas() {
        return new FakeFormulas();
    }

    @Bean
    FakeAccounting accounting() {
        return new FakeAccounting();
    }

    @Bean
    mx.refahub.domain.market.MarketDesk markets() {
        return FakeMarkets.desk();
    }

    @Bean
    FakeDeliveries deliveries() {
        return new FakeDeliveries();
    }

    @Bean
    FakeCodes codes() {
        return new FakeCodes();
    }

    @Bean
    mx.refahub.domain.erp.ErpCustomers erpCustomers() {
        return new FakeErpCustomers();
    }

    @Bean
    mx.refahub.domain.erp.ErpImports erpImports() {
        return new FakeErpImports();
    }

    @Bean
    mx.refahub.domain.erp.ExportWays exportWays() {
        return new FakeWays();
    }

    @Bean
    FakeConnections connections() {
        return new FakeConnections();
    }

    @Bean
    ErpDoors erpDoors(FakeAccounting accounting) {
        return new ErpDoors(accounting, List.of(accounting), ZoneId.of("America/Mexico_City"));
    }

    @Bean
    FakeTrust trust(Clock clock) {
        return new FakeTrust(clock);
    }

    @Bean
    FakeGallery gallery(IdSource ids, Clock clock) {
        return new FakeGallery(ids, clock);
    }

    @Bean
    FakePurchases purchases() {
        return new FakePurchases();
    }

    @Bean
    Suppliers suppliers(FakePurchases purchases) {
        return purchases.suppliers();
    }

    @Bean
    FakeSupplierCores supplierCores() {
        return new FakeSupplierCores();
    }

    @Bean
    PurchaseOrders purchaseOrders(FakePurchases purchases) {
        return purchases.orders();
    }

    @Bean
    OrderPapers orderPapers(FakePurchases purchases) {
        return purchases.papers();
    }

    @Bean
    ReorderBoard reorderBoard(FakePurchases purchases) {
        return purchases.board();
    }

    @Bean
    SupplierInvoices supplierInvoices(FakePurchases purchases) {
        return purchases.invoices();
    }

    @Bean
    RouteMap routes() {
        return new FakeRoutes();
    }

    @Bean
    FakeMessages messageDesk() {
        return new FakeMessages();
    }

    @Bean
    DeadLetters deadLetters() {
        return new FakeLetters();
    }

    @Bean
    Workers workers() {
        return new Workers() {
            @Override
            public List<Worker> all() {
                Instant then = Instant.parse("2025-11-03T15:00:00Z");
                return List.of(
                        new Worker("hub", true, "pc-1", 11, then, then, true, null),
                        new Worker(
                                "pc-2-77",
                                false,
                                "pc-2",
                                77,
                                then,
                                then,
                                false,
                                new Doing(5, "catalogue-import", "stage-parts", 2)));
            }

            @Override
            public List<Slice> slices(long run) {
                return List.of(
                        new Slice("stage-parts", 1, Jobs.Status.DONE, "hub", 1, 90, 88, 2),
                        new Slice("stage-parts", 2, Jobs.Status.RUNNING, "pc-2-77", 2, 40, 40, 0));
            }
        };
    }

    @Bean
    SentCommands commands() {
        return new SentCommands(new ArrayList<>());
    }

    record SentCommands(List<Command> sent) implements Commands {
        @Override
        public void send(StoreId store, Command command) {
            sent.add(command);
        }
    }

    @Bean
    StatusSource status() {
        return new StatusSource() {
            @Override
            public Object status() {
                return Map.of("process", "hub");
            }

            @Override
            public List<String> troubles() {
                return List.of();
            }
        };
    }
}
