package mx.refahub.system.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.Frame;
import mx.refahub.system.Shop;
import mx.refahub.system.client.HttpCaller;
import mx.refahub.system.client.TillHands;
import mx.refahub.system.paper.PaperStore;
import mx.refahub.system.paper.PaperUplink;
import tools.jackson.databind.json.JsonMapper;

/**
 * The way of a document through both programs as they are shipped, beside a bare bridge of two Artemis brokers in the same run: from the till's commit to the ledger, a backlog of
 * weeks, and many stores at one hub with what they cost it.
 *
 * <p>{@code ./mvnw -Pbench -Dbench=delivery verify}, small by default; {@code -Dbench.sales=2000 -Dbench.documents=100000 -Dbench.stores=500 -Dbench.seconds=120} in full.
 */
public final class DeliveryBench {
    private static final PrintStream OUT = System.out;
    private static final int BARE_MESSAGES = 3_000;
    private static final int BARE_SINGLE = 400;
    private static final int WARM_SALES = 300;
    /** Between two sales: far more than a counter makes, and less than what would make them wait for one another. */
    private static final int SALE_PAUSE_MILLIS = 60;

    private static final int BEATS = 1_000;
    private static final int BEATS_AT_ONCE = 4;
    private static final int BEAT_SECONDS = 30;
    private static final int PAGE_PAUSE_MILLIS = 50;
    private static final long PATIENCE_NANOS = 1_200_000_000_000L;
    /** Of each ten seconds, a document of each store: a busy counter. */
    private static final int DOCUMENT_SECONDS = 10;

    private static final List<String> PAGES = List.of(
            "/console/api/stores",
            "/console/api/attention",
            "/console/api/documents?limit=50",
            "/console/api/documents?type=sale&limit=50",
            "/console/api/runs");

    private final Map<String, Object> figures = new LinkedHashMap<>();

    public static void main(String[] arguments) throws Exception {
        List<String> sections = Arrays.asList(
                System.getProperty("bench.sections", "path,backlog,stores").split(","));
        new DeliveryBench().run(sections, Path.of(System.getProperty("bench.out", "target/bench")));
    }

    private void run(List<String> sections, Path out) throws Exception {
        Files.createDirectories(out);
        try (Shop shop = Shop.opened(
                        "delivery",
                        new Shop.Outfit(
                                port -> port,
                                List.of(),
                                List.of(),
                                Map.of(),
                                Map.of(),
                                List.of("7974-D1045", "23-11254")));
                HubRows rows = new HubRows(shop)) {
            if (sections.contains("path")) path(shop, rows, Integer.getInteger("bench.sales", 300));
            if (sections.contains("backlog")) backlog(shop, rows, Integer.getInteger("bench.documents", 5_000), out);
            if (sections.contains("stores"))
                stores(
                        shop,
                        rows,
                        Integer.getInteger("bench.stores", 50),
                        Integer.getInteger("bench.archive", 10_000),
                        Integer.getInteger("bench.seconds", 20));
        }
        Files.writeString(out.resolve("delivery.json"), JsonMapper.shared().writeValueAsString(figures));
        OUT.println("written " + out.resolve("delivery.json"));
    }

    /** From the till's commit to the ledger, a dozen sales a second, beside the bare parts of that way. */
    private void path(Shop shop, HubRows rows, int sales) throws Exception {
        int bytes = bodyBytes();
        sell(shop, WARM_SALES, 0);
        sell(shop, sales, SALE_PAUSE_MILLIS);
        long begun = System.nanoTime();
        while (rows.toLedger(0).length < WARM_SALES + sales) {
            if (System.nanoTime() - begun > PATIENCE_NANOS) throw new IllegalStateException("sales do not arrive");
            Thread.sleep(100);
        }
        long[] ours = Arrays.stream(rows.toLedger(WARM_SALES))
                .map(millis -> millis * 1_000)
                .toArray();
        told("commit to ledger", ours);
        Path folder = Files.createTempDirectory("refahub-bare-");
        try (BareBridge bare = new BareBridge(folder)) {
            bare.each(BARE_SINGLE, bytes);
            long[] bridge = bare.each(BARE_SINGLE, bytes);
            told("bare bridge, one message at a time", bridge);
            rows.commits(BARE_SINGLE, bytes);
            long[] commit = rows.commits(BARE_SINGLE, bytes);
            told("bare commit of such a row in PostgreSQL", commit);
            // A document lands and is applied: two commits.
            for (int percent : List.of(50, 99)) {
                double parts = at(bridge, percent) + 2.0 * at(commit, percent);
                tell("commit to ledger over the bare parts, p" + percent + " (aim 1.5)", at(ours, percent) / parts);
            }
        }
        delete(folder);
    }

    private static void sell(Shop shop, int sales, int pause) throws IOException, InterruptedException {
        TillHands till = shop.signedInTill();
        String register = till.firstRegister();
        till.openDrawerOnce(register, 50_000);
        for (int i = 0; i < sales; i++) {
            String ticket = till.emptyTicket(register);
            long total = till.add(ticket, UUID.randomUUID(), "FRI 7974-D1045", "1")
                    .path("totals")
                    .path("total")
                    .path("minor")
                    .asLong();
            till.payCash(ticket, total, total).orThrow();
            LockSupport.parkNanos(pause * 1_000_000L);
        }
    }

    private static int bodyBytes() {
        // A ticket of three lines as PaperStore writes it, in its frame.
        return 2_700;
    }

    /** Weeks without a link: all documents wait in the store's file when the child starts. */
    private void backlog(Shop shop, HubRows rows, int documents, Path out) throws Exception {
        PaperStore store = PaperStore.registered(shop.signedInHub().http(), 900);
        Backlog backlog = new Backlog(shop, store);
        long bytes = backlog.write(documents);
        OUT.printf(Locale.ROOT, "%,d documents of %,d bytes wait%n", documents, bytes / documents);
        double bare = bare(bytes / documents);
        List<Long> database = Load.family(rows.server());
        double used = Load.seconds(hub(shop, rows));
        double usedByDatabase = Load.seconds(database);
        long begun = System.nanoTime();
        Process child = backlog.start(out.resolve("relay.log"));
        UUID id = store.id().value();
        double linked = 0;
        double landed = 0;
        long most = 0;
        while (true) {
            long there = rows.landed(id);
            double seconds = (System.nanoTime() - begun) / 1e9;
            if (linked == 0 && there > 0) linked = seconds;
            if (landed == 0 && there == documents) landed = seconds;
            if (child.isAlive()) most = Math.max(most, Load.mostMemory(child.pid()));
            if (landed > 0 && rows.waiting(id) == 0) break;
            if (System.nanoTime() - begun > PATIENCE_NANOS || !child.isAlive())
                throw new IllegalStateException("landed " + there + " of " + documents + "; see relay.log");
            Thread.sleep(100);
        }
        double applied = (System.nanoTime() - begun) / 1e9;
        child.getOutputStream().close();
        if (!child.waitFor(20, TimeUnit.SECONDS)) child.destroyForcibly();
        tell("documents", documents);
        tell("first frame landed after the child's start, s", linked);
        tell("all landed, s (aim 100 for 100,000)", landed);
        tell("all applied, s", applied);
        tell("landed per second, from the first frame on", documents / Math.max(0.001, landed - linked));
        tell("applied per second", documents / Math.max(0.001, applied - linked));
        tell("hub with database, processor ms per document", (Load.seconds(hub(shop, rows)) - used) * 1e3 / documents);
        tell("of it the database", (Load.seconds(Load.family(rows.server())) - usedByDatabase) * 1e3 / documents);
        tell("child process, most memory in MiB (aim 512)", most);
        double after = bare(bytes / documents);
        tell("bare bridge, single messages per second", (bare + after) / 2);
        tell(
                "documents in frames over single messages (aim 1)",
                documents / Math.max(0.001, landed - linked) / ((bare + after) / 2));
    }

    private static double bare(long bytes) throws Exception {
        Path folder = Files.createTempDirectory("refahub-bare-");
        try (BareBridge bridge = new BareBridge(folder)) {
            bridge.perSecond(BARE_MESSAGES / 3, (int) bytes);
            return bridge.perSecond(BARE_MESSAGES, (int) bytes);
        } finally {
            delete(folder);
        }
    }

    /** Stores that beat each half minute and write a document each ten seconds, and the console beside them. */
    private void stores(Shop shop, HubRows rows, int count, int archive, int seconds) throws Exception {
        HttpCaller console = shop.signedInHub().http();
        List<PaperStore> stores = new ArrayList<>();
        long begun = System.nanoTime();
        for (int i = 0; i < count; i++) stores.add(PaperStore.registered(console, 1_000 + i));
        tell("stores", count);
        tell("registered, each in ms", (System.nanoTime() - begun) / 1e6 / count);
        for (PaperStore store : stores) store.beat(0).orThrow();
        beats(shop, rows, stores);
        List<PaperUplink> uplinks = new ArrayList<>();
        try {
            for (PaperStore store : stores) uplinks.add(uplink(store));
            archive(stores, uplinks, archive);
            drained(rows, stores);
            tell("documents at the hub", rows.documents());
            List<Long> quiet = pages(console, seconds);
            told("console pages, stores quiet (aim p95 300 ms)", sorted(quiet));
            double used = Load.seconds(hub(shop, rows));
            long from = System.nanoTime();
            long sent;
            List<Long> busy;
            try (ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor()) {
                AtomicLong written = new AtomicLong();
                long until = from + seconds * 1_000_000_000L;
                List<Future<?>> lives = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    PaperStore store = stores.get(i);
                    PaperUplink uplink = uplinks.get(i);
                    int number = i;
                    lives.add(hands.submit(() -> {
                        live(store, uplink, number, count, until, written);
                        return null;
                    }));
                }
                busy = pages(console, seconds);
                for (Future<?> life : lives) life.get();
                sent = written.get();
            }
            double took = (System.nanoTime() - from) / 1e9;
            drained(rows, stores);
            double settled = (System.nanoTime() - from) / 1e9;
            tell("documents per second sent", sent / took);
            tell("all applied after the last was sent, s", settled - took);
            tell("hub with database, processors in use", (Load.seconds(hub(shop, rows)) - used) / settled);
            told("console pages, stores busy (aim p95 300 ms)", sorted(busy));
        } finally {
            uplinks.forEach(PaperUplink::close);
        }
    }

    /** The broker takes a new store's user within seconds. */
    private static PaperUplink uplink(PaperStore store) throws InterruptedException {
        long begun = System.nanoTime();
        while (true) {
            try {
                return new PaperUplink(store);
            } catch (IllegalStateException e) {
                if (System.nanoTime() - begun > 30_000_000_000L) throw e;
                Thread.sleep(200);
            }
        }
    }

    private static void live(
            PaperStore store, PaperUplink uplink, int number, int count, long until, AtomicLong written)
            throws Exception {
        long beat = System.nanoTime() + number * BEAT_SECONDS * 1_000_000_000L / count;
        long document = System.nanoTime() + number * DOCUMENT_SECONDS * 1_000_000_000L / count;
        while (Math.min(beat, document) < until) {
            LockSupport.parkNanos(Math.min(beat, document) - System.nanoTime());
            long now = System.nanoTime();
            if (now >= document) {
                uplink.send(new Frame(0, List.of(store.sale())), 0);
                written.incrementAndGet();
                document += DOCUMENT_SECONDS * 1_000_000_000L;
            }
            if (now >= beat) {
                store.beat(store.written()).orThrow();
                beat += BEAT_SECONDS * 1_000_000_000L;
            }
        }
    }

    private void beats(Shop shop, HubRows rows, List<PaperStore> stores) throws Exception {
        double used = Load.seconds(hub(shop, rows));
        long begun = System.nanoTime();
        long[] micros = new long[BEATS];
        try (ExecutorService hands = Executors.newFixedThreadPool(BEATS_AT_ONCE)) {
            List<Future<?>> all = new ArrayList<>();
            for (int hand = 0; hand < BEATS_AT_ONCE; hand++) {
                int first = hand;
                all.add(hands.submit(() -> {
                    for (int i = first; i < BEATS; i += BEATS_AT_ONCE) {
                        long from = System.nanoTime();
                        stores.get(i % stores.size()).beat(0).orThrow();
                        micros[i] = (System.nanoTime() - from) / 1_000;
                    }
                    return null;
                }));
            }
            for (Future<?> each : all) each.get();
        }
        double took = (System.nanoTime() - begun) / 1e9;
        tell("heartbeats per second, four at a time", BEATS / took);
        tell("heartbeat, processor ms at the hub", (Load.seconds(hub(shop, rows)) - used) * 1e3 / BEATS);
        Arrays.sort(micros);
        told("heartbeat", micros);
    }

    private static void archive(List<PaperStore> stores, List<PaperUplink> uplinks, int documents) throws Exception {
        int each = Math.max(1, documents / stores.size());
        for (int i = 0; i < stores.size(); i++) {
            List<Document> all = new ArrayList<>();
            for (int n = 0; n < each; n++) all.add(stores.get(i).sale());
            for (int from = 0; from < each; from += 80)
                uplinks.get(i).send(new Frame(0, all.subList(from, Math.min(each, from + 80))), 0);
        }
    }

    private static void drained(HubRows rows, List<PaperStore> stores) throws SQLException, InterruptedException {
        long begun = System.nanoTime();
        for (PaperStore store : stores) {
            UUID id = store.id().value();
            while (rows.landed(id) < store.written() || rows.waiting(id) > 0) {
                if (System.nanoTime() - begun > PATIENCE_NANOS)
                    throw new IllegalStateException("landed " + rows.landed(id) + " of " + store.written());
                Thread.sleep(50);
            }
        }
    }

    private static List<Long> pages(HttpCaller console, int seconds) throws IOException, InterruptedException {
        List<Long> micros = new ArrayList<>();
        long until = System.nanoTime() + seconds * 1_000_000_000L;
        for (int i = 0; System.nanoTime() < until; i++) {
            long from = System.nanoTime();
            console.get(PAGES.get(i % PAGES.size())).orThrow();
            micros.add((System.nanoTime() - from) / 1_000);
            Thread.sleep(PAGE_PAUSE_MILLIS);
        }
        return micros;
    }

    private static List<Long> hub(Shop shop, HubRows rows) throws IOException {
        List<Long> pids = new ArrayList<>(Load.family(shop.hubProcess().pid()));
        for (long pid : Load.family(rows.server())) if (!pids.contains(pid)) pids.add(pid);
        return pids;
    }

    private static long[] sorted(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    private static double at(long[] sorted, int percent) {
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }

    private void told(String what, long[] sorted) {
        double p50 = at(sorted, 50) / 1e3;
        double p95 = at(sorted, 95) / 1e3;
        double p99 = at(sorted, 99) / 1e3;
        OUT.printf(
                Locale.ROOT, "%-56s p50 %8.2f  p95 %8.2f  p99 %8.2f ms  of %,d%n", what, p50, p95, p99, sorted.length);
        figures.put(what, Map.of("p50", p50, "p95", p95, "p99", p99, "count", sorted.length));
    }

    private void tell(String what, double value) {
        OUT.printf(Locale.ROOT, "%-56s %,12.2f%n", what, value);
        figures.put(what, value);
    }

    private static void delete(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
        }
    }
}
