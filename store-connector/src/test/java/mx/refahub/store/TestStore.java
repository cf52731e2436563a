package mx.refahub.store;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Uuid7;
import mx.refahub.domain.cash.CashLimits;
import mx.refahub.domain.cash.CashSession;
import mx.refahub.domain.cash.Denomination;
import mx.refahub.domain.document.Sha256;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.pricing.Buyer;
import mx.refahub.domain.sale.DiscountLimits;
import mx.refahub.domain.sale.MiscLimits;
import mx.refahub.domain.sale.Payment;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.store.UserId;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.PartRow;
import mx.refahub.domain.wire.PriceRow;
import mx.refahub.domain.wire.SettingsRow;
import mx.refahub.domain.wire.StockRow;
import mx.refahub.domain.wire.StreamHeader;
import mx.refahub.domain.wire.StreamTrailer;
import mx.refahub.store.branch.Branch;
import mx.refahub.store.branch.BranchCores;
import mx.refahub.store.branch.BranchSettings;
import mx.refahub.store.cash.SqliteCashDesk;
import mx.refahub.store.cash.SqliteCashSessions;
import mx.refahub.store.catalogue.PartJson;
import mx.refahub.store.catalogue.SqlitePartCatalogue;
import mx.refahub.store.credit.SpentElsewhere;
import mx.refahub.store.customer.AccountLedger;
import mx.refahub.store.customer.CustomerRows;
import mx.refahub.store.customer.SqliteAccounts;
import mx.refahub.store.customer.SqliteCustomers;
import mx.refahub.store.customer.TicketBuyers;
import mx.refahub.store.device.DeviceBook;
import mx.refahub.store.identity.DocumentKey;
import mx.refahub.store.identity.Identities;
import mx.refahub.store.identity.Identity;
import mx.refahub.store.identity.KeyFile;
import mx.refahub.store.market.SqliteMarketOrders;
import mx.refahub.store.note.NoteSettings;
import mx.refahub.store.note.SqliteHandOvers;
import mx.refahub.store.note.SqliteNotes;
import mx.refahub.store.outbox.OutboxWriter;
import mx.refahub.store.outbox.SqliteOutbox;
import mx.refahub.store.people.PersonLimits;
import mx.refahub.store.price.SqlitePriceBook;
import mx.refahub.store.price.TicketPrices;
import mx.refahub.store.printing.PrintQueue;
import mx.refahub.store.promise.PromiseLedger;
import mx.refahub.store.promise.PromiseSettings;
import mx.refahub.store.promise.SqlitePromises;
import mx.refahub.store.reference.AppliedStreams;
import mx.refahub.store.reference.PartTracking;
import mx.refahub.store.reference.StreamFile;
import mx.refahub.store.reference.StreamTables;
import mx.refahub.store.sale.ReturnSettings;
import mx.refahub.store.sale.SaleRows;
import mx.refahub.store.sale.SqliteCoreBank;
import mx.refahub.store.sale.SqliteReturnPolicies;
import mx.refahub.store.sale.SqliteReturns;
import mx.refahub.store.sale.SqliteTicketShelf;
import mx.refahub.store.sale.SqliteTicketTerms;
import mx.refahub.store.sale.SqliteTill;
import mx.refahub.store.sale.TenderSettings;
import mx.refahub.store.sale.Tickets;
import mx.refahub.store.sale.TicketsOrdered;
import mx.refahub.store.sale.TicketsPromised;
import mx.refahub.store.sale.TillTenders;
import mx.refahub.store.sqlite.ReadOnlyFile;
import mx.refahub.store.sqlite.SqliteFile;
import mx.refahub.store.station.SqliteStations;
import mx.refahub.store.stock.SqliteStockCounts;
import mx.refahub.store.stock.SqliteStockDesk;
import mx.refahub.store.stock.SqliteStockLeases;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A registered branch on real files: two tills, and whatever the test publishes to it. Closing and opening it again is a restart. */
public final class TestStore implements AutoCloseable {
    public static final RegisterId C1 = new RegisterId(UUID.fromString("01890000-0000-7000-8000-0000000000c1"));
    public static final RegisterId C2 = new RegisterId(UUID.fromString("01890000-0000-7000-8000-0000000000c2"));
    public static final StoreId CENTRO = StoreId.of("01890000-0000-7000-8000-00000000000a");
    public static final Person RITA =
            new Person(new UserId(UUID.fromString("01890000-0000-7000-8000-00000000000e")), "Rita", Role.MANAGER);
    public static final Person MARTA =
            new Person(new UserId(UUID.fromString("01890000-0000-7000-8000-0000000000e1")), "Marta", Role.CASHIER);
    public static final Person PEDRO =
            new Person(new UserId(UUID.fromString("01890000-0000-7000-8000-0000000000e2")), "Pedro", Role.CASHIER);
    public static final Person LUCIA =
            new Person(new UserId(UUID.fromString("01890000-0000-7000-8000-0000000000e3")), "Lucía", Role.MANAGER);
    /** Payments of $500.00 and 25 dollars alone, differences of $20.00 and one dollar without a word. */
    public static final CashLimits LIMITS = new CashLimits(
            List.of(Money.mxn(50_000), new Money(2_500, Denomination.USD)),
            List.of(Money.mxn(2_000), new Money(100, Denomination.USD)));

    public static final KeyPair KEYS = keyPair();
    public static final KeyPair HUB_KEYS = hubKeyPair();
    public static final String HUB_KEY_PEM = "-----BEGIN PUBLIC KEY-----\n"
            + java.util.Base64.getMimeEncoder()
                    .encodeToString(HUB_KEYS.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n";

    public final Path folder;
    public final SettableClock clock;
    public final IdSource ids;
    public final JsonMapper json = JsonMapper.builder().build();
    public final SqliteFile sales;
    public final SqliteFile reference;
    public final Identities identities;
    public final AppliedStreams streams;
    public final StreamTables tables;
    public final BranchSettings branches;
    public final SqlitePartCatalogue catalogue;
    public final OutboxWriter outboxWriter;
    public final SaleRows saleRows;
    public final SqliteCashDesk desk;
    public final SqliteCashSessions cash;
    public final SqliteTill till;
    public final AccountLedger accountLedger;
    public final SqliteCustomers customers;
    public final SqliteAccounts accounts;
    public final TicketPrices ticketPrices;
    /** Who buys on every ticket; null: the customer that it is sold to. */
    public @Nullable Buyer buyer;

    public final SqlitePromises promises;
    public final SqliteStockDesk stock;
    public final SqliteStockLeases leases;
    public final SqliteMarketOrders marketOrders;
    /** Whether the store may write documents by itself. */
    public boolean mayWrite = true;

    public final SqliteStockCounts counts;
    public final Openings drawer = new Openings();
    public final SqliteTicketShelf shelf;
    public final SqliteReturns returns;
    public final SqliteReturnPolicies policies;
    public final SqliteTicketTerms terms;
    public final SqliteCoreBank coreBank;
    public final AtomicInteger receiptsQueued = new AtomicInteger();
    public final SqliteNotes notes;
    public final SqliteStations stationary;
    public final SqliteHandOvers handOvers;
    private final boolean stations;
    private final ReadOnlyFile salesReader;
    public final SqliteOutbox outbox;

    public static TestStore open(Path folder) {
        return registeredAt(folder, "http://127.0.0.1:1");
    }

    public static TestStore registeredAt(Path folder, String hub) {
        return new TestStore(folder, new SettableClock(Instant.parse("2026-03-02T16:00:00Z")), hub, false);
    }

    /** Where salespeople, till and warehouse have stations of their own; a note waits for four hours. */
    public static TestStore withStations(Path folder) {
        return new TestStore(
                folder, new SettableClock(Instant.parse("2026-03-02T16:00:00Z")), "http://127.0.0.1:1", true);
    }

    /** Opened anew on the same files, as after a restart. */
    public TestStore restarted() {
        close();
        return new TestStore(folder, clock, "", stations);
    }

    private TestStore(Path folder, SettableClock clock, String hub, boolean stations) {
        this.stations = stations;
        this.folder = folder;
        this.clock = clock;
        this.ids = new Uuid7(clock, new Random());
        sales = SqliteFile.open(folder.resolve("sales.db"), "db/store/sales");
        reference = SqliteFile.open(folder.resolve("reference.db"), "db/store/reference");
        identities = new Identities(sales, KeyFile.open(folder.resolve("keys/secret.key"), new SecureRandom()));
        if (identities.current().isEmpty())
            identities.adopt(
                    identity(hub, clock.instant()),
                    List.of(new Identities.Register(C1, "Caja 1", "C1"), new Identities.Register(C2, "Caja 2", "C2")));
        streams = new AppliedStreams(reference);
        tables = new StreamTables(reference, streams, json, clock);
        branches = new BranchSettings(reference, streams, identities, json);
        catalogue = new SqlitePartCatalogue(reference, sales, identities, branches, streams, json, clock);
        outboxWriter = new OutboxWriter(clock, ids, json);
        saleRows = new SaleRows(json, ids);
        desk = new SqliteCashDesk(sales, identities, outboxWriter, drawer);
        Tickets tickets = new Tickets(
                new PartJson(json),
                json,
                ids,
                () -> branches.current().map(Branch::cores).orElse(BranchCores.PLAIN),
                stations,
                java.time.Duration.ofHours(4));
        CustomerRows customerRows = new CustomerRows(reference, json);
        TicketBuyers buyers = new TicketBuyers(customerRows);
        ticketPrices = new TicketPrices(
                new SqlitePriceBook(reference, json),
                identities,
                new PartJson(json),
                (session, ticket) -> buyer == null ? buyers.of(session, ticket) : buyer,
                clock);
        shelf = new SqliteTicketShelf(sales, branches, tickets, clock);
        stationary = new SqliteStations(sales, shelf, ids, clock, new SecureRandom());
        terms = new SqliteTicketTerms(sales, branches, tickets, saleRows);
        notes = new SqliteNotes(
                sales,
                branches,
                tickets,
                new NoteSettings(
                        stations ? NoteSettings.Stations.SEPARATE : NoteSettings.Stations.ONE,
                        java.time.Duration.ofHours(4)),
                new PrintQueue(
                        sales,
                        json,
                        new DeviceBook(sales, List.of(), json, clock),
                        ids,
                        clock,
                        receiptsQueued::incrementAndGet),
                clock,
                receiptsQueued::incrementAndGet);
        cash = new SqliteCashSessions(
                sales,
                identities,
                branches,
                outboxWriter,
                new PrintQueue(
                        sales,
                        json,
                        new DeviceBook(sales, List.of(), json, clock),
                        ids,
                        clock,
                        receiptsQueued::incrementAndGet),
                drawer,
                json,
                LIMITS,
                clock,
                receiptsQueued::incrementAndGet);
        stock = new SqliteStockDesk(
                sales,
                reference,
                identities,
                branches,
                catalogue.openings(),
                outboxWriter,
                new PrintQueue(
                        sales,
                        json,
                        new DeviceBook(sales, List.of(), json, clock),
                        ids,
                        clock,
                        receiptsQueued::incrementAndGet),
                json,
                new Random(),
                clock,
                receiptsQueued::incrementAndGet);
        leases = new SqliteStockLeases(
                sales,
                reference,
                identities,
                stock,
                catalogue.openings(),
                streams,
                outboxWriter,
                json,
                clock,
                () -> mayWrite);
        counts = new SqliteStockCounts(
                sales, reference, identities, catalogue.openings(), catalogue, outboxWriter, json, ids, clock);
        accountLedger = new AccountLedger(customerRows, identities, streams, json);
        coreBank = new SqliteCoreBank(sales, branches, saleRows, accountLedger, clock);
        policies = new SqliteReturnPolicies(reference, catalogue, json);
        returns = new SqliteReturns(
                sales,
                branches,
                saleRows,
                tickets,
                ticketPrices,
                catalogue,
                policies,
                accountLedger,
                new ReturnSettings(BigDecimal.valueOf(5_000), 90),
                ids,
                clock);
        handOvers = new SqliteHandOvers(sales, identities, saleRows, returns, outboxWriter);
        customers = new SqliteCustomers(sales, identities, customerRows, outboxWriter, streams, clock);
        accounts = new SqliteAccounts(
                sales,
                identities,
                branches,
                accountLedger,
                outboxWriter,
                new PrintQueue(
                        sales,
                        json,
                        new DeviceBook(sales, List.of(), json, clock),
                        ids,
                        clock,
                        receiptsQueued::incrementAndGet),
                ids,
                clock,
                receiptsQueued::incrementAndGet);
        till = new SqliteTill(
                sales,
                identities,
                branches,
                catalogue,
                catalogue.openings(),
                tickets,
                ticketPrices,
                streams,
                outboxWriter,
                saleRows,
                accountLedger,
                new PersonLimits(reference, DiscountLimits.byRole(BigDecimal.valueOf(5), BigDecimal.valueOf(25))),
                MiscLimits.byRole(Money.mxn(100_000), Money.mxn(1_000_000)),
                ids,
                clock,
                new Random(),
                receiptsQueued::incrementAndGet,
                new TillTenders(
                        new TenderSettings(java.time.Duration.ofDays(4)),
                        SpentElsewhere.in(reference),
                        PartTracking.in(reference)));
        marketOrders = new SqliteMarketOrders(
                sales,
                reference,
                identities,
                branches,
                catalogue,
                leases,
                new TicketsOrdered(tickets, clock),
                till,
                outboxWriter,
                json,
                ids);
        promises = new SqlitePromises(
                sales,
                identities,
                branches,
                new PromiseLedger(json),
                new TicketsPromised(tickets, ticketPrices, catalogue, catalogue.openings(), streams, clock),
                customerRows,
                outboxWriter,
                new PrintQueue(
                        sales,
                        json,
                        new DeviceBook(sales, List.of(), json, clock),
                        ids,
                        clock,
                        receiptsQueued::incrementAndGet),
                new PromiseSettings(15, 60, 20, 50, 10),
                new TillTenders(
                        new TenderSettings(java.time.Duration.ofDays(4)),
                        SpentElsewhere.in(reference),
                        PartTracking.in(reference)),
                ids,
                clock,
                receiptsQueued::incrementAndGet);
        salesReader = ReadOnlyFile.open(folder.resolve("sales.db"));
        outbox = new SqliteOutbox(salesReader, CENTRO);
        if (branches.current().isEmpty()) settings("STANDARD");
    }

    private static KeyPair hubKeyPair() {
        try {
            java.security.KeyPairGenerator generator = java.security.KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Identity identity(String hub, Instant at) {
        return new Identity(
                CENTRO,
                "centro",
                1,
                hub,
                HUB_KEY_PEM,
                "store-secret",
                new Identity.Broker("tcp://127.0.0.1:1", "centro", "broker-password"),
                DocumentKey.of(KEYS.getPrivate()),
                20_001,
                "tunnel-token",
                at,
                0);
    }

    public void settings(String taxRegion) {
        settings(taxRegion, null);
    }

    /** The company's terms for old pieces. */
    public void cores(boolean taxed, Integer days, Long limit) {
        settings("STANDARD", null, new SettingsRow.CoresRow(taxed, days, limit, null));
    }

    /** A rate of the dollar from a day on, and centavos that cash is rounded to. */
    public void tenders(String day, String pesos, long rounding) {
        settings(
                "STANDARD",
                new SettingsRow.TendersRow(
                        rounding,
                        List.of(new SettingsRow.RateRow("USD", LocalDate.parse(day), pesos)),
                        List.of(new SettingsRow.KeyRow(
                                CENTRO.value(),
                                "CEN",
                                Base64.getEncoder()
                                        .encodeToString(KEYS.getPublic().getEncoded())))));
    }

    /** The keys of these branches, the second and later ones named NOR. */
    public void settingsWithKeys(java.util.Map<StoreId, java.security.PublicKey> keys) {
        settings(
                "STANDARD",
                new SettingsRow.TendersRow(
                        0L,
                        List.of(),
                        keys.entrySet().stream()
                                .map(key -> new SettingsRow.KeyRow(
                                        key.getKey().value(),
                                        key.getKey().equals(CENTRO) ? "CEN" : "NOR",
                                        Base64.getEncoder()
                                                .encodeToString(key.getValue().getEncoded())))
                                .toList()));
    }

    private void settings(String taxRegion, SettingsRow.TendersRow tenders) {
        settings(taxRegion, tenders, null);
    }

    private void settings(String taxRegion, SettingsRow.TendersRow tenders, SettingsRow.CoresRow cores) {
        publish(
                Stream.SETTINGS,
                List.of(new SettingsRow(
                        "Refaccionaria El Güero",
                        "CEN",
                        "Av. Juárez 100, Centro",
                        "America/Mexico_City",
                        taxRegion,
                        "EKU9003173C9",
                        "ESCUELA KEMPER URGATE",
                        "601",
                        "06000",
                        "¡Gracias por su compra!",
                        List.of(
                                new SettingsRow.RegisterRow(C1.value(), "Caja 1", "C1"),
                                new SettingsRow.RegisterRow(C2.value(), "Caja 2", "C2")),
                        null,
                        tenders,
                        cores)));
    }

    /** The next version of the stream, with these rows. */
    public void publish(Stream stream, List<?> rows) {
        long from = streams.version(stream);
        publish(new StreamHeader(stream.wireName(), from, from + 1, false), rows);
    }

    public void publish(StreamHeader header, List<?> rows) {
        try {
            Path file = download(header, rows);
            Stream stream = Stream.ofWireName(header.stream());
            tables.apply(stream, StreamFile.check(file, stream, json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A download as the hub would serve it. */
    public Path download(StreamHeader header, List<?> rows) throws IOException {
        Path file = Files.createTempFile(folder, "stream", ".gz");
        StringBuilder text = new StringBuilder();
        for (Object row : rows) text.append(json.writeValueAsString(row)).append('\n');
        byte[] lines = text.toString().getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(json.writeValueAsBytes(header));
            out.write('\n');
            out.write(lines);
            out.write(json.writeValueAsBytes(
                    new StreamTrailer(rows.size(), Sha256.digest(lines).toString())));
            out.write('\n');
        }
        return file;
    }

    /** A part in the catalogue with a price that contains the tax, in centavos. */
    public PartId part(String number, long price) {
        return part(number, price, true, "GENERAL", "02", 0);
    }

    public PartId part(String number, long price, boolean includesTax, String taxClass, String taxObject, long core) {
        PartId id = new PartId(ids.next());
        publish(Stream.CATALOGUE, List.of(row(id, number, taxClass, taxObject, core)));
        publish(Stream.PRICES, List.of(new PriceRow(id.value(), price, "MXN", includesTax)));
        return id;
    }

    /** The same, handled by this unit. */
    public PartId part(String number, long price, String unit) {
        PartId id = new PartId(ids.next());
        publish(Stream.CATALOGUE, List.of(row(id, number, unit, "GENERAL", "02", 0)));
        publish(Stream.PRICES, List.of(new PriceRow(id.value(), price, "MXN", true)));
        return id;
    }

    public static PartRow row(PartId id, String number, String taxClass, String taxObject, long core) {
        return row(id, number, "PZA", taxClass, taxObject, core);
    }

    private static PartRow row(PartId id, String number, String unit, String taxClass, String taxObject, long core) {
        return new PartRow(
                id.value(),
                "NGK",
                number,
                "NGK",
                "Bujía " + number,
                "Spark plug " + number,
                "Encendido/Bujías",
                unit,
                taxClass,
                core,
                "26101700",
                "H87",
                taxObject,
                false,
                List.of(new PartRow.BarcodeRow("75" + number.replaceAll("[^0-9A-Z]", ""), 1000)),
                List.of(new PartRow.FitmentRow("VW", "Jetta", 2011, 2018, "2.5", null, "", "")),
                List.of(new PartRow.InterchangeRow("OEM", "VW", "101905631")),
                List.of());
    }

    public void openingStock(PartId part, long thousandths) {
        publish(
                Stream.STOCK,
                List.of(new StockRow(
                        CENTRO.value(), "CEN", part.value(), thousandths, thousandths, "A-1", clock.instant())));
    }

    public CashSession openCashSession(RegisterId register) {
        return done(desk.open(ids.next(), register, Money.mxn(50_000), MARTA));
    }

    public static Payment cash(long centavos) {
        return new Payment(List.of(new Payment.Offer(Tender.Kind.CASH, Money.mxn(centavos), "")));
    }

    public static <T> T done(Outcome<T> outcome) {
        return outcome.fold(value -> value, refusal -> {
            throw new AssertionError("refused: " + refusal);
        });
    }

    public static String refusal(Outcome<?> outcome) {
        return outcome.fold(value -> "done: " + value, refusal -> refusal.code());
    }

    public long count(String table) {
        return sales.read(session -> session.first("select count(*) as n from " + table, row -> row.number("n")))
                .orElseThrow();
    }

    @Override
    public void close() {
        catalogue.close();
        salesReader.close();
        sales.close();
        reference.close();
    }

    private static KeyPair keyPair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
