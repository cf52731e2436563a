package mx.refahub.system.bench;

import static org.awaitility.Awaitility.await;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.Frame;
import mx.refahub.system.Shop;
import mx.refahub.system.client.HttpCaller;
import mx.refahub.system.paper.PaperStore;
import mx.refahub.system.paper.PaperUplink;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a person waits for at the console, page by page, while the stores of a whole company write and beat: aim 300 ms at p95 with a hundred stores and 10,000
 * documents.
 *
 * <p>{@code ./mvnw -Pbench -Dbench=console verify}, with {@code -Dbench.stores=100 -Dbench.archive=10000 -Dbench.seconds=60}.
 */
public final class ConsoleBench {
    private static final PrintStream OUT = System.out;
    private static final double AIM_MILLIS = 300;
    private static final int PEOPLE = 4;
    private static final int THINKING_MILLIS = 100;
    private static final long DOCUMENT_NANOS = 10_000_000_000L;
    private static final long BEAT_NANOS = 30_000_000_000L;
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private final Map<String, Object> figures = new LinkedHashMap<>();

    public static void main(String[] arguments) throws Exception {
        new ConsoleBench()
                .run(
                        Integer.getInteger("bench.stores", 100),
                        Integer.getInteger("bench.archive", 10_000),
                        Integer.getInteger("bench.seconds", 60),
                        Path.of(System.getProperty("bench.out", "target/bench")));
    }

    private void run(int count, int archive, int seconds, Path out) throws Exception {
        Files.createDirectories(out);
        try (Shop shop = Shop.opened(
                        "console",
                        new Shop.Outfit(port -> port, List.of(), List.of(), Map.of(), Map.of(), List.of("23-11254")));
                HubRows rows = new HubRows(shop)) {
            HttpCaller console = shop.signedInHub().http();
            List<PaperStore> stores = new ArrayList<>();
            for (int i = 0; i < count; i++) stores.add(PaperStore.registered(console, 1_000 + i));
            List<PaperUplink> uplinks = new ArrayList<>();
            try {
                for (PaperStore store : stores) {
                    store.beat(0).orThrow();
                    uplinks.add(uplink(store));
                }
                fill(stores, uplinks, Math.max(1, archive / count));
                for (PaperStore store : stores) settled(rows, store);
                OUT.printf(Locale.ROOT, "%,d stores, %,d documents%n", count, rows.documents());
                figures.put("stores", count);
                figures.put("documents", rows.documents());
                measured(console, stores, uplinks, seconds);
            } finally {
                uplinks.forEach(PaperUplink::close);
            }
        }
        Files.writeString(out.resolve("console.json"), JsonMapper.shared().writeValueAsString(figures));
        OUT.println("written " + out.resolve("console.json"));
    }

    private static void fill(List<PaperStore> stores, List<PaperUplink> uplinks, int each) throws Exception {
        for (int i = 0; i < stores.size(); i++) {
            List<Document> all = new ArrayList<>();
            for (int n = 0; n < each; n++) all.add(stores.get(i).sale());
            for (int from = 0; from < each; from += 80)
                uplinks.get(i).send(new Frame(0, all.subList(from, Math.min(each, from + 80))), 0);
        }
    }

    private static void settled(HubRows rows, PaperStore store) {
        await("documents settle")
                .pollInterval(Duration.ofMillis(50))
                .atMost(PATIENCE)
                .until(() -> rows.landed(store.id().value()) >= store.written()
                        && rows.waiting(store.id().value()) == 0);
    }

    private void measured(HttpCaller console, List<PaperStore> stores, List<PaperUplink> uplinks, int seconds)
            throws Exception {
        String store = stores.getFirst().id().toString();
        String document = console.get("/console/api/documents?limit=1")
                .orThrow()
                .json()
                .path("documents")
                .path(0)
                .path("id")
                .asString();
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("home", "/console/api/attention");
        pages.put("sales of the day", "/console/api/sales-of-day");
        pages.put("stores", "/console/api/stores");
        pages.put("store", "/console/api/stores/" + store);
        pages.put("documents", "/console/api/documents?limit=50");
        pages.put("documents of a store", "/console/api/documents?limit=50&store=" + store);
        pages.put("documents by common words", "/console/api/documents?limit=50&text=balata%20delantera");
        pages.put("documents by a rare word", "/console/api/documents?limit=50&text=inexistente");
        pages.put("document", "/console/api/documents/" + document);
        pages.put("history of a document", "/console/api/documents/" + document + "/history");
        pages.put("messages", "/console/api/messages");
        pages.put("parked", "/console/api/documents?limit=50&state=parked");
        pages.put("dead letters", "/console/api/messages/letters");
        pages.put("routes", "/console/api/routes");
        pages.put("jobs", "/console/api/runs");
        pages.put("job forms", "/console/api/jobs");
        pages.put("schedules", "/console/api/schedules");
        pages.put("job rules", "/console/api/job-rules");
        pages.put("workers", "/console/api/workers");
        pages.put("alerts", "/console/api/alerts");
        pages.put("alert rules", "/console/api/alert-rules");
        pages.put("letters", "/console/api/mail/letters");
        pages.put("people", "/console/api/staff");
        pages.put("sessions", "/console/api/all-sessions");
        pages.put("catalogue", "/api/v1/catalog/search?limit=12&q=alternador");
        pages.put("missing parts", "/console/api/proposals?decided=false");
        pages.put("lost sales", "/console/api/lost-sales");
        pages.put("prices", "/console/api/prices");
        pages.put("customers", "/console/api/customers");
        pages.put("purchase orders", "/console/api/purchase-orders");
        pages.put("suppliers", "/console/api/suppliers");
        pages.put("suppliers' invoices", "/console/api/supplier-invoices");
        pages.put("transfers", "/console/api/transfers");
        pages.put("stock cases", "/console/api/stock-cases");
        pages.put("cores", "/console/api/cores/owed");
        pages.put("promises", "/console/api/promises");
        pages.put("returns", "/console/api/returns");
        pages.put("credit notes", "/console/api/credit-notes");
        String today = LocalDate.now(ZoneId.of("America/Mexico_City")).toString();
        for (String kind : List.of("sales", "margin", "taxes", "tenders", "cash", "stock"))
            pages.put("report: " + kind, "/console/api/reports/" + kind + "?from=" + today + "&to=" + today);
        pages.put("accounting", "/console/api/accounting?until=" + today);
        pages.put("accounts", "/console/api/accounting/sheet/accounts");
        pages.put("connections", "/console/api/connections");
        pages.put("marketplaces", "/console/api/marketplaces");
        pages.put("orders of marketplaces", "/console/api/marketplaces/orders");
        pages.values().forEach(page -> ask(console, page));

        long until = System.nanoTime() + seconds * 1_000_000_000L;
        Map<String, List<Long>> times = new LinkedHashMap<>();
        pages.keySet().forEach(page -> times.put(page, new ArrayList<>()));
        try (ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < stores.size(); i++) {
                PaperStore each = stores.get(i);
                PaperUplink uplink = uplinks.get(i);
                long share = (long) i;
                all.add(hands.submit(() -> {
                    live(each, uplink, share, stores.size(), until);
                    return null;
                }));
            }
            for (int person = 0; person < PEOPLE; person++) {
                int first = person;
                all.add(hands.submit(() -> look(console, List.copyOf(pages.entrySet()), first, until, times)));
            }
            for (Future<?> each : all) each.get();
        }
        List<Long> together = new ArrayList<>();
        times.forEach((page, micros) -> {
            told(page, micros);
            together.addAll(micros);
        });
        told("all pages", together);
    }

    private static void look(
            HttpCaller console,
            List<Map.Entry<String, String>> pages,
            int first,
            long until,
            Map<String, List<Long>> times) {
        for (int i = first; System.nanoTime() < until; i++) {
            Map.Entry<String, String> page = pages.get(i % pages.size());
            long from = System.nanoTime();
            ask(console, page.getValue());
            long took = (System.nanoTime() - from) / 1_000;
            List<Long> kept = times.getOrDefault(page.getKey(), List.of());
            synchronized (kept) {
                kept.add(took);
            }
            LockSupport.parkNanos(THINKING_MILLIS * 1_000_000L);
        }
    }

    private static void ask(HttpCaller console, String page) {
        try {
            console.get(page).orThrow();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void live(PaperStore store, PaperUplink uplink, long number, long count, long until)
            throws Exception {
        long beat = System.nanoTime() + number * BEAT_NANOS / count;
        long document = System.nanoTime() + number * DOCUMENT_NANOS / count;
        while (Math.min(beat, document) < until) {
            LockSupport.parkNanos(Math.min(beat, document) - System.nanoTime());
            long now = System.nanoTime();
            if (now >= document) {
                uplink.send(new Frame(0, List.of(store.sale())), 0);
                document += DOCUMENT_NANOS;
            }
            if (now >= beat) {
                store.beat(store.written()).orThrow();
                beat += BEAT_NANOS;
            }
        }
    }

    private void told(String page, List<Long> micros) {
        if (micros.isEmpty()) return;
        long[] sorted = micros.stream().mapToLong(Long::longValue).sorted().toArray();
        double p50 = at(sorted, 50);
        double p95 = at(sorted, 95);
        OUT.printf(
                Locale.ROOT,
                "%-32s p50 %8.2f  p95 %8.2f  p99 %8.2f ms  of %,6d  %s%n",
                page,
                p50,
                p95,
                at(sorted, 99),
                sorted.length,
                p95 <= AIM_MILLIS ? "" : "ABOVE THE AIM");
        figures.put(page, Map.of("p50", p50, "p95", p95, "p99", at(sorted, 99), "count", sorted.length));
    }

    private static double at(long[] sorted, int percent) {
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)] / 1e3;
    }

    /** The broker takes a new store's user within seconds. */
    private static PaperUplink uplink(PaperStore store) {
        return await("the broker knows the store")
                .pollInterval(Duration.ofMillis(200))
                .atMost(Duration.ofSeconds(30))
                .ignoreException(IllegalStateException.class)
                .until(() -> new PaperUplink(store), Objects::nonNull);
    }
}
