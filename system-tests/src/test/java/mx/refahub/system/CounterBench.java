package mx.refahub.system;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import mx.refahub.domain.generator.CatalogueFiles;
import mx.refahub.domain.generator.CounterQuestion;
import mx.refahub.domain.generator.CounterQuestions;
import mx.refahub.domain.generator.GeneratedCatalogue;
import mx.refahub.domain.search.PartQuery;
import mx.refahub.system.bench.ReceiptEar;
import mx.refahub.system.client.TillHands;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a counter waits for, through both programs as they are shipped: a search over HTTP beside the cheapest answer that the same server gives, before and
 * during a whole import at the hub, at the store and at the hub; the index's way to the store beside a plain copy of its files; a key in the browser
 * until its result is painted; and a sale until the first byte of its receipt is at the printer.
 *
 * <p>{@code ./mvnw -Pbench -Dbench=counter verify}, with {@code -Dbench.parts=N}.
 */
public final class CounterBench {
    private static final PrintStream OUT = System.out;
    private static final long SEED = 7;
    private static final int WARM_UP = 8_000;
    private static final int LIMIT = 20;
    private static final int KEYS = 60;
    private static final int WARM_SALES = 100;
    private static final int SALES = 300;
    private static final String BEARER = "Bearer ";
    private static final String FIRST_KEYS = "bfacdrsmpt79";

    private final Map<String, Object> figures = new java.util.LinkedHashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int parts = Integer.getInteger("bench.parts", 200_000);
        int questions = Integer.getInteger("bench.questions", 3_000);
        new CounterBench().run(parts, questions, Path.of(System.getProperty("bench.out", "target/bench")));
    }

    private void run(int parts, int count, Path out) throws IOException, InterruptedException {
        OUT.printf(Locale.ROOT, "counter, %,d parts, %,d questions%n", parts, count);
        GeneratedCatalogue catalogue = new GeneratedCatalogue(SEED, parts);
        Path folder = Files.createTempDirectory("refahub-bench-");
        CatalogueFiles.write(catalogue, folder);
        Map<String, Path> files = Map.of(
                "parts", folder.resolve("parts.csv"),
                "interchange", folder.resolve("interchange.csv"),
                "fitments", folder.resolve("fitments.csv"));
        List<CounterQuestion> questions = CounterQuestions.asked(catalogue, 1, count);
        try (Shop shop = Shop.opened("bench")) {
            long start = System.nanoTime();
            imported(shop, files);
            tell("import, s", (System.nanoTime() - start) / 1e9);
            start = System.nanoTime();
            shop.awaitStream("index");
            tell("index at the store behind it, s", (System.nanoTime() - start) / 1e9);
            shop.awaitStream("catalogue");
            shop.awaitStream("prices");
            String store = session(shop);
            String hub = hubSession(shop);
            timed("store, warming up", shop.storeAddress(), store, CounterQuestions.asked(catalogue, 2, WARM_UP));
            double floor = floor(shop.storeAddress(), count);
            double idle = timed("store", shop.storeAddress(), store, questions);
            timed("hub, warming up", shop.hubAddress(), hub, CounterQuestions.asked(catalogue, 2, WARM_UP));
            double hubIdle = timed("hub", shop.hubAddress(), hub, questions);
            tell("store, p99 over the cheapest answer's p99", idle / floor);
            keys(shop);
            receipts(shop);
            CompletableFuture<Void> importing =
                    CompletableFuture.runAsync(() -> imported(shop, changed(files, folder)));
            List<Double> during = new ArrayList<>();
            List<Double> hubDuring = new ArrayList<>();
            while (!importing.isDone()) {
                during.add(timed("store, while a whole import runs", shop.storeAddress(), store, questions));
                hubDuring.add(timed("hub, while a whole import runs", shop.hubAddress(), hub, questions));
            }
            importing.join();
            tell("store, p99 during an import over idle (aim 3)", middle(during) / idle);
            tell("hub, p99 during an import over idle (aim 3)", middle(hubDuring) / hubIdle);
        }
        Files.createDirectories(out);
        Files.writeString(out.resolve("counter.json"), JsonMapper.shared().writeValueAsString(figures));
        OUT.println("written " + out.resolve("counter.json"));
    }

    private static double middle(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(Double.NaN);
    }

    private static void imported(Shop shop, Map<String, Path> files) {
        try {
            Shop.Printed printed = shop.run("catalogue-import", files);
            if (printed.exit() != 0) throw new IllegalStateException(printed.text());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every price another one, so that all of it is published again. */
    private static Map<String, Path> changed(Map<String, Path> files, Path folder) {
        try (var lines = Files.lines(files.get("parts"))) {
            Path other = folder.resolve("changed.csv");
            Files.write(
                    other, (Iterable<String>) lines.map(line -> line.replace(",true,MXN,", ",false,MXN,"))::iterator);
            return Map.of("parts", other);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String session(Shop shop) throws IOException, InterruptedException {
        return shop.signedInTill().http().cookies();
    }

    private static String hubSession(Shop shop) throws IOException, InterruptedException {
        return BEARER + shop.signedInHub().http().token();
    }

    /** @return p99 in milliseconds */
    private double timed(String what, String base, String cookies, List<CounterQuestion> questions)
            throws IOException, InterruptedException {
        long[] micros = new long[questions.size()];
        for (int i = 0; i < micros.length; i++)
            micros[i] = get(base + path(questions.get(i).query()), cookies);
        return told(what, micros);
    }

    private double floor(String base, int count) throws IOException, InterruptedException {
        long[] micros = new long[count];
        for (int i = 0; i < count; i++) micros[i] = get(base + "/api/v1/health", null);
        return told("store, cheapest answer (health)", micros);
    }

    private double told(String what, long[] micros) {
        Arrays.sort(micros);
        double p50 = micros[micros.length / 2] / 1e3;
        double p95 = micros[micros.length * 95 / 100] / 1e3;
        double p99 = micros[micros.length * 99 / 100] / 1e3;
        OUT.printf(Locale.ROOT, "%-48s p50 %7.2f  p95 %7.2f  p99 %7.2f ms%n", what, p50, p95, p99);
        figures.put(what, Map.of("p50", p50, "p95", p95, "p99", p99));
        return p99;
    }

    private void tell(String what, double value) {
        OUT.printf(Locale.ROOT, "%-48s %9.2f%n", what, value);
        figures.put(what, value);
    }

    /** @param who cookies or an authorization; null for nobody */
    private long get(String address, @Nullable String who) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
        if (who != null) request.header(who.startsWith(BEARER) ? "Authorization" : "Cookie", who);
        long start = System.nanoTime();
        HttpResponse<byte[]> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        long took = System.nanoTime() - start;
        if (answer.statusCode() != 200) throw new IllegalStateException(answer.statusCode() + " for " + address);
        return took / 1_000;
    }

    private static String path(PartQuery query) {
        Map<String, String> asked = Map.of(
                "q", query.text(),
                "make", query.make(),
                "model", query.model(),
                "year", query.year() == 0 ? "" : Integer.toString(query.year()),
                "engine", query.engine(),
                "category", query.category(),
                "limit", Integer.toString(LIMIT));
        return asked.entrySet().stream()
                .filter(each -> !each.getValue().isEmpty())
                .map(each -> each.getKey() + '=' + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "/api/v1/catalog/search?", ""));
    }

    /** The document bears the time just before its commit, by this machine's clock. */
    private void receipts(Shop shop) throws IOException, InterruptedException {
        TillHands till = shop.till();
        shop.signInSupervisor(till);
        try (ReceiptEar ear = new ReceiptEar()) {
            prints(till, ear.port());
            String register = till.firstRegister();
            till.openDrawerOnce(register, 50_000);
            long[] micros = new long[SALES];
            for (int i = -WARM_SALES; i < SALES; i++) {
                String ticket = till.emptyTicket(register);
                long total = till.add(ticket, UUID.randomUUID(), "FRI 7974-D1045", "1")
                        .path("totals")
                        .path("total")
                        .path("minor")
                        .asLong();
                ear.forget();
                JsonNode sale = till.payCash(ticket, total, total).orThrow().json();
                Instant first = ear.next();
                if (first == null) throw new IllegalStateException("no receipt of " + sale);
                if (i >= 0)
                    micros[i] =
                            Duration.between(Instant.parse(sale.path("soldAt").asString()), first)
                                            .toNanos()
                                    / 1_000;
            }
            told("sale until the receipt's first byte", micros);
        }
    }

    private static void prints(TillHands till, int port) throws IOException, InterruptedException {
        for (JsonNode device :
                till.http().get("/pos/api/devices").orThrow().json().path("devices")) {
            if (!device.path("kind").asString().equals("RECEIPT_PRINTER")) continue;
            Map<String, String> settings = new TreeMap<>();
            device.path("settings")
                    .properties()
                    .forEach(each -> settings.put(each.getKey(), each.getValue().asString()));
            settings.putAll(Map.of("link", "NETWORK", "host", "127.0.0.1", "port", Integer.toString(port)));
            till.http()
                    .put(
                            "/pos/api/devices/" + device.path("id").asString(),
                            Map.of("name", device.path("name").asString(), "settings", settings))
                    .orThrow();
        }
    }

    /** From the key to the frame that shows what it found. */
    private void keys(Shop shop) {
        try (Browser browser = Browser.open()) {
            Page page = browser.page(1366, 768, ColorScheme.LIGHT);
            Counter.enter(page, shop);
            page.evaluate("""
                    () => {
                      window.painted = [];
                      let pressed;
                      addEventListener('keydown', event => { if (event.key.length === 1) pressed = event.timeStamp; }, true);
                      new MutationObserver(() => {
                        if (pressed === undefined || !document.querySelector('[data-test=hit], [data-test=search-none]')) return;
                        const from = pressed;
                        pressed = undefined;
                        requestAnimationFrame(() => {
                          const next = new MessageChannel();
                          next.port1.onmessage = () => window.painted.push(performance.now() - from);
                          next.port2.postMessage(0);
                        });
                      }).observe(document.querySelector('part-search'), { childList: true, subtree: true });
                    }
                    """);
            for (int i = 0; i < KEYS; i++) {
                page.keyboard().press(String.valueOf(FIRST_KEYS.charAt(i % FIRST_KEYS.length())));
                int seen = i + 1;
                page.waitForFunction("seen => window.painted.length >= seen", seen);
                // Off with the letter, then with what it found.
                page.keyboard().press("Escape");
                page.keyboard().press("Escape");
                page.waitForFunction("() => !document.querySelector('[data-test=hit], [data-test=search-none]')");
            }
            Object painted = page.evaluate("() => window.painted.map(each => Math.round(each * 1000))");
            long[] micros = ((List<?>) painted)
                    .stream().mapToLong(each -> ((Number) each).longValue()).toArray();
            told("first character until its result is painted", micros);
        }
    }
}
