package mx.refahub.pos.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.delivery.Landing;
import mx.refahub.domain.hub.StoreBoard;
import mx.refahub.domain.hub.StoreBoard.DocumentState;
import mx.refahub.domain.job.Jobs;
import mx.refahub.domain.job.Jobs.Parameter;
import mx.refahub.domain.job.Jobs.Parameter.Kind;
import mx.refahub.domain.job.Jobs.Status;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.stream.Stream;

/** A chain of refaccionarias around Puebla on an ordinary morning: most is well, some things need a person. */
final class DemoData {
    static final StoreId CENTRO = store("puebla-centro");
    static final StoreId TEHUACAN = store("tehuacan");
    static final StoreId ATLIXCO = store("atlixco");
    private static final String VERSION = "0.1.0";

    private final FakeStoreBoard board;
    private final FakeJobs jobs;
    private final Instant now;

    DemoData(FakeStoreBoard board, FakeJobs jobs, Instant now) {
        this.board = board;
        this.jobs = jobs;
        this.now = now;
    }

    static StoreId store(String slug) {
        return new StoreId(id("store " + slug));
    }

    static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    void fill() {
        well("puebla-centro", "PUE01", "Puebla Centro", 4_711, 8);
        well("puebla-angelopolis", "PUE02", "Puebla Angelópolis", 3_920, 41);
        well("puebla-amalucan", "PUE03", "Puebla Amalucan", 2_611, 95);
        well("puebla-la-margarita", "PUE04", "Puebla La Margarita", 1_822, 17);
        well("cholula", "CHO01", "Cholula", 2_204, 63);
        put("atlixco", "ATL01", "Atlixco", -1L, 1_918, 1_642, 1_642, 0, 0, 3_060L, null, 400);
        put("tehuacan", "TEH01", "Tehuacán", 12L, 3_311, 3_311, 3_308, 0, 3, 140L, null, 90);
        well("san-martin", "SMT01", "San Martín Texmelucan", 1_377, 22);
        put("huauchinango", "HUA01", "Huauchinango", 9L, 1_020, 402, 402, 0, 0, 70L, null, -310);
        well("izucar", "IZU01", "Izúcar de Matamoros", 845, 210);
        put(
                "teziutlan",
                "TEZ01",
                "Teziutlán",
                25L,
                977,
                960,
                960,
                0,
                0,
                86_400L,
                new Landing.Freeze(Landing.Freeze.Cause.CAME_AGAIN, 961),
                12);
        well("tlaxcala", "TLX01", "Tlaxcala", 2_930, 33);
        well("apizaco", "APZ01", "Apizaco", 1_112, 350);
        put("zacatlan", "ZAC01", "Zacatlán", null, 0, 0, 0, 0, 0, null, null, 0);
        documents();
        jobs();
    }

    private void well(String slug, String code, String name, long documents, long lastSecondsAgo) {
        put(slug, code, name, 4L + documents % 25, documents, documents, documents, 0, 0, lastSecondsAgo, null, 35);
    }

    /** @param beat seconds since the heartbeat; -1 for a store that fell silent; null for one never heard of */
    private void put(
            String slug,
            String code,
            String name,
            Long beat,
            long last,
            long landed,
            long applied,
            long waiting,
            long parked,
            Long lastDocument,
            Landing.Freeze frozen,
            long clockOffset) {
        Map<Stream, Long> streams = new EnumMap<>(Stream.class);
        if (beat != null) {
            streams.put(Stream.CATALOGUE, slug.equals("apizaco") ? 416L : 418L);
            streams.put(Stream.INDEX, 37L);
            streams.put(Stream.PRICES, 1_204L);
            streams.put(Stream.STOCK, 98_211L);
            streams.put(Stream.USERS, 61L);
            streams.put(Stream.SETTINGS, 9L);
        }
        board.put(new StoreBoard.StoreView(
                store(slug),
                slug,
                code,
                name,
                now.minus(Duration.ofDays(200)),
                beat == null ? null : now.minusSeconds(beat < 0 ? 2_820 : beat),
                clockOffset,
                beat == null ? "" : VERSION,
                last,
                landed,
                applied,
                waiting,
                parked,
                lastDocument == null ? null : now.minusSeconds(lastDocument),
                frozen,
                false,
                false,
                streams));
    }

    private record Item(String line, String number, String description, long price) {}

    private static final List<Item> ITEMS = List.of(
            new Item("FRI", "7974-D1045", "Balata delantera cerámica Jetta 2.5 2011–2018", 48_900),
            new Item("NGK", "BKR6E-11", "Bujía estándar", 8_500),
            new Item("ALT", "23-11254", "Alternador Tsuru 1.6 70 A", 325_000),
            new Item("GON", "GF-311", "Filtro de aceite Versa/March 1.6", 9_400),
            new Item("MON", "G57089", "Amortiguador trasero Aveo", 79_900),
            new Item("GAT", "K060841", "Banda serpentina 6PK2141", 41_250),
            new Item("BAR", "10W30-5", "Aceite multigrado 10W-30, garrafa 5 L", 62_900),
            new Item("LUK", "620-3127-00", "Kit de clutch Jetta A4 2.0", 289_000));

    private void documents() {
        List<StoreId> sellers =
                List.of(CENTRO, store("cholula"), TEHUACAN, store("tlaxcala"), store("puebla-amalucan"));
        List<String> names = List.of("Puebla Centro", "Cholula", "Tehuacán", "Tlaxcala", "Puebla Amalucan");
        for (int n = 0; n < 70; n++) {
            int seller = n % sellers.size();
            Instant sold = now.minusSeconds(20 + 97L * n);
            if (n == 23) session(sellers.get(seller), names.get(seller), sold);
            else sale(n, sellers.get(seller), names.get(seller), sold);
        }
    }

    private void sale(int n, StoreId store, String storeName, Instant sold) {
        List<StoreBoard.Line> lines = new ArrayList<>();
        long total = 0;
        for (int i = 0; i <= n % 3; i++) {
            Item item = ITEMS.get((n + i * 3) % ITEMS.size());
            long quantity = item.line().equals("NGK") ? 4 : 1;
            long amount = item.price() * quantity;
            total += amount;
            lines.add(new StoreBoard.Line(
                    item.line(),
                    item.number(),
                    item.description(),
                    Long.toString(quantity),
                    Money.mxn(item.price()).text(),
                    Money.mxn(Math.round(amount - amount / 1.16)).text(),
                    Money.mxn(amount).text()));
        }
        boolean cash = n % 3 != 1;
        long received = cash ? (total / 50_000 + 1) * 50_000 : total;
        String folio = "C%d-%06d".formatted(n % 2 + 1, 4_711 - n);
        boolean isParked = n == 2 || n == 12 || n == 17;
        DocumentState state = isParked ? DocumentState.PARKED : n == 0 ? DocumentState.LANDED : DocumentState.APPLIED;
        Instant landed = sold.plusMillis(820 + 41L * n);
        String id = id("sale " + n).toString();
        String body =
                "{\"id\":\"%s\",\"folioPrefix\":\"C1\",\"folioNumber\":%d,\"soldAt\":\"%s\",\"currency\":\"MXN\",\"lines\":[{\"lineCode\":\"%s\",\"partNumber\":\"%s\",\"quantity\":1000}],\"totals\":{\"total\":%d}}"
                        .formatted(
                                id,
                                4_711 - n,
                                sold,
                                lines.getFirst().lineCode(),
                                lines.getFirst().partNumber(),
                                total);
        board.put(new StoreBoard.DocumentDetail(
                new StoreBoard.DocumentView(
                        id("document " + n),
                        store,
                        storeName,
                        1,
                        4_711 - n,
                        "sale",
                        1,
                        id,
                        state,
                        sold,
                        landed,
                        state == DocumentState.APPLIED ? landed.plusMillis(60) : null,
                        isParked ? "the till " + folio.substring(0, 2) + " is not known to the ledger of sales" : null,
                        false,
                        folio + " · " + Money.mxn(total).text()),
                body,
                hash("this " + n),
                hash("previous " + n),
                lines,
                List.of(new StoreBoard.Paid(
                        cash ? "CASH" : "CARD",
                        Money.mxn(total).text(),
                        Money.mxn(received).text(),
                        Money.mxn(received - total).text()))));
    }

    private void session(StoreId store, String storeName, Instant opened) {
        board.put(new StoreBoard.DocumentDetail(
                new StoreBoard.DocumentView(
                        id("document session"),
                        store,
                        storeName,
                        1,
                        4_688,
                        "cash-session-opened",
                        1,
                        id("session").toString(),
                        DocumentState.APPLIED,
                        opened,
                        opened.plusSeconds(1),
                        opened.plusSeconds(2),
                        null,
                        false,
                        "Caja 2 · $1,500.00"),
                "{\"openingFloat\":150000,\"currency\":\"MXN\",\"openedByName\":\"Marta Huerta\"}",
                hash("this session"),
                hash("previous session"),
                List.of(),
                List.of()));
    }

    private static String hash(String of) {
        return id(of).toString().replace("-", "") + id("more " + of).toString().replace("-", "");
    }

    private void jobs() {
        jobs.offer(new Jobs.Job(
                "catalogue-import",
                List.of(
                        new Parameter("parts", Kind.FILE, true),
                        new Parameter("interchange", Kind.FILE, false),
                        new Parameter("fitments", Kind.FILE, false),
                        new Parameter("barcodes", Kind.FILE, false))));
        jobs.offer(new Jobs.Job("opening-stock", List.of(new Parameter("stock", Kind.FILE, true))));
        jobs.offer(new Jobs.Job("index-build", List.of(new Parameter("full", Kind.FLAG, false))));
        jobs.offer(new Jobs.Job(
                "price-sync",
                List.of(new Parameter("list", Kind.TEXT, true), new Parameter("preview", Kind.FLAG, false))));
        Instant night = now.minus(Duration.ofHours(7));
        run(1, "index-build", Status.DONE, night.minus(Duration.ofHours(20)), 210, 0, "");
        run(2, "catalogue-import", Status.DONE, night, 1_260, 112, "");
        run(3, "index-build", Status.DONE, night.plusSeconds(1_300), 340, 0, "");
        run(4, "opening-stock", Status.STOPPED, night.plusSeconds(4_000), 95, 0, "");
        run(5, "price-sync", Status.FAILED, night.plusSeconds(9_600), 31, 3, "price list PROV-7 has no effective date");
        try {
            Path rejected = Files.createTempFile("rejects", ".csv");
            rejected.toFile().deleteOnExit();
            Files.writeString(rejected, """
                    line,column,reason,line_code,part_number,name_es,list_price
                    14,list_price,no es un importe,FRI,7974,=HYPERLINK("http://example.org"),-12.50
                    99,part_number,vacío,NGK,,Bujía,85.00
                    """);
            jobs.put(2, rejected);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void run(long id, String job, Status status, Instant started, long seconds, long rejected, String message) {
        long rows = job.equals("index-build") ? 38_400 : 48_000;
        List<Jobs.Step> steps = status == Status.DONE
                ? List.of(
                        new Jobs.Step("stage", Status.DONE, rows, rows - rejected, rejected, rows, null),
                        new Jobs.Step(
                                "publish", Status.DONE, rows - rejected, rows - rejected, 0, rows - rejected, null))
                : List.of(new Jobs.Step("stage", status, rows / 3, rows / 3 - rejected, rejected, rows, null));
        jobs.put(new Jobs.Run(
                id,
                job,
                status,
                started,
                started.plusSeconds(seconds),
                id % 2 == 0 ? "Lucía Ramos" : "system",
                steps,
                rejected,
                message));
    }
}
