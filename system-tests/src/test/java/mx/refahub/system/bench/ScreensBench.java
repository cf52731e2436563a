package mx.refahub.system.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import mx.refahub.system.Shop;
import mx.refahub.system.client.Answer;
import mx.refahub.system.client.HttpCaller;
import mx.refahub.system.client.TillHands;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the till's screens wait for with years of tickets in the store's database: every answer that a page reads, through HTTP, one client; aim 100 ms at p95
 * with 200,000 tickets. The tickets are copies of real ones ({@link OldTickets}).
 *
 * <p>{@code ./mvnw -Pbench -Dbench=screens verify}, with {@code -Dbench.tickets=200000 -Dbench.rounds=60}.
 */
public final class ScreensBench {
    private static final PrintStream OUT = System.out;
    private static final double AIM_MILLIS = 100;
    private static final int WARM_UP = 15;
    private static final int A_DAY = 400;
    private static final List<String> PARTS =
            List.of("FRI 7974-D1045", "ALT 23-11254", "NG BKR6E-11", "NG BKR5E-11", "ROS RF-1540-1L", "PUB MT-JETA4");

    /** By what is asked: the method, a space and the address; then the body if there is one. */
    private final Map<String, Asked> screens = new LinkedHashMap<>();

    private record Asked(String path, @Nullable Object body) {}

    public static void main(String[] arguments) throws Exception {
        new ScreensBench()
                .run(
                        Integer.getInteger("bench.tickets", 200_000),
                        Integer.getInteger("bench.rounds", 60),
                        Path.of(System.getProperty("bench.out", "target/bench")));
    }

    private void run(int tickets, int rounds, Path out) throws Exception {
        Files.createDirectories(out);
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("tickets", tickets);
        try (Shop shop = Shop.opened(
                "screens", new Shop.Outfit(port -> port, List.of(), List.of(), Map.of(), Map.of(), List.of()))) {
            Originals originals = Originals.sold(shop);
            // What is measured is the store alone.
            shop.hubProcess().kill();
            shop.storeProcess().kill();
            Path file = shop.folder().resolve("store").resolve("sales.db");
            long begun = System.nanoTime();
            try (OldTickets old = new OldTickets(file)) {
                old.fill(originals.session(), originals.open(), tickets, A_DAY);
                figures.put("sales", old.count("sale"));
                figures.put("lines", old.count("sale_line"));
            }
            OUT.printf(
                    Locale.ROOT,
                    "%,d tickets filled in %.0f s, sales.db %,d MB%n",
                    tickets,
                    (System.nanoTime() - begun) / 1e9,
                    Files.size(file) / 1_000_000);
            figures.put("megabytes", Files.size(file) / 1_000_000);
            shop.startStore(Map.of());
            TillHands till = shop.till();
            shop.signInSupervisor(till);
            name(till, originals);
            measured(till.http(), rounds, figures);
        }
        Files.writeString(out.resolve("screens.json"), JsonMapper.shared().writeValueAsString(figures));
        OUT.println("written " + out.resolve("screens.json"));
    }

    private void measured(HttpCaller http, int rounds, Map<String, Object> figures)
            throws IOException, InterruptedException {
        Map<String, long[]> times = new TreeMap<>();
        for (Map.Entry<String, Asked> screen : screens.entrySet()) {
            for (int i = 0; i < WARM_UP; i++) ask(http, screen.getKey(), screen.getValue());
            long[] micros = new long[rounds];
            for (int i = 0; i < rounds; i++) micros[i] = ask(http, screen.getKey(), screen.getValue());
            Arrays.sort(micros);
            times.put(screen.getKey(), micros);
        }
        double worst = 0;
        OUT.printf(Locale.ROOT, "%-44s %9s %9s %9s ms%n", "", "p50", "p95", "max");
        for (Map.Entry<String, long[]> each : times.entrySet()) {
            double p50 = each.getValue()[rounds / 2] / 1e3;
            double p95 = each.getValue()[rounds * 95 / 100] / 1e3;
            worst = Math.max(worst, p95);
            OUT.printf(
                    Locale.ROOT,
                    "%-44s %9.1f %9.1f %9.1f%s%n",
                    each.getKey(),
                    p50,
                    p95,
                    each.getValue()[rounds - 1] / 1e3,
                    p95 > AIM_MILLIS ? "   above the aim" : "");
            figures.put(each.getKey(), Map.of("p50", p50, "p95", p95));
        }
        OUT.printf(Locale.ROOT, "slowest p95 of %d screens: %.1f ms (aim %.0f)%n", times.size(), worst, AIM_MILLIS);
        figures.put("slowestP95", worst);
    }

    private static long ask(HttpCaller http, String name, Asked asked) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Answer answer = asked.body() == null ? http.get(asked.path()) : http.post(asked.path(), asked.body());
        long micros = (System.nanoTime() - start) / 1_000;
        if (!answer.isOk()) throw new IllegalStateException(name + ": " + answer.status() + " " + answer.text());
        return micros;
    }

    /** Every answer that a page of the till reads; those that search are asked for what is common and for what is rare. */
    private void name(TillHands till, Originals originals) throws IOException, InterruptedException {
        HttpCaller http = till.http();
        String register = till.firstRegister();
        JsonNode ticket = till.ticketInHand(register);
        till.add(ticket.path("id").asString(), UUID.randomUUID(), PARTS.getFirst(), "1");
        String part = http.get("/pos/api/tickets/" + ticket.path("id").asString())
                .orThrow()
                .json()
                .path("lines")
                .path(0)
                .path("partId")
                .asString();
        JsonNode sale =
                http.get("/pos/api/sales?q=").orThrow().json().path("sales").path(0);
        JsonNode zs = http.get("/pos/api/cash/zs").orThrow().json().path("zs");
        String today = LocalDate.now(ZoneOffset.UTC).toString();
        String longAgo = LocalDate.now(ZoneOffset.UTC).minusDays(400).toString();
        String id = ticket.path("id").asString();

        get("session", "/pos/api/session");
        get("people", "/pos/api/people");
        get("status", "/api/status");
        get("registers", "/pos/api/registers");
        get("ticket", "/pos/api/tickets/" + id);
        get("ticket, beside", "/pos/api/inventory/tickets/" + id);
        get("ticket, card charges", "/pos/api/tickets/" + id + "/charges");
        get("search", "/api/v1/catalog/search?q=balata%20jetta&limit=20");
        get("vehicles", "/api/v1/catalog/vehicles");
        get("part", "/api/v1/catalog/parts/" + part);
        get("part, pictures", "/api/v1/catalog/parts/" + part + "/images");
        get("part, worth of a return", "/pos/api/parts/" + part + "/worth");
        get("part, set apart", "/pos/api/parts/" + part + "/reserved");
        get("parts made here", "/pos/api/parts");
        get("parked", "/pos/api/parked");
        get("notes", "/pos/api/notes");
        get("hand-overs", "/pos/api/hand-overs");
        get("sale", "/pos/api/sales/" + sale.path("id").asString());
        get("sales of the register", "/pos/api/registers/" + register + "/sales?limit=30");
        get("sales, newest", "/pos/api/sales?q=");
        get("sales, a day long ago", "/pos/api/sales?q=&from=" + longAgo + "&to=" + longAgo);
        get("sales, by folio", "/pos/api/sales?q=" + sale.path("folio").asString());
        get("sales, by total", "/pos/api/sales?q=489.00");
        get("sales, by a total that is none", "/pos/api/sales?q=77123.45");
        get("sales, by customer", "/pos/api/sales?q=Taller%20de%20los%20a%C3%B1os");
        get("sales, by a customer who is none", "/pos/api/sales?q=Nadie%20Con%20Este%20Nombre");
        get("sales, by part", "/pos/api/sales?q=7974-D1045");
        get("sales, by part on a day long ago", "/pos/api/sales?q=7974-D1045&from=" + longAgo + "&to=" + longAgo);
        post(
                "return, by folio",
                "/pos/api/returnable",
                Map.of("scanned", List.of(sale.path("folio").asString())));
        get("serials", "/pos/api/serials?serial=SN-1");
        get("invoices", "/pos/api/invoices");
        get("invoices, tables", "/pos/api/invoices/tables");
        post("customers, by words", "/pos/api/customers/search", Map.of("text", "taller"));
        get("customer", "/pos/api/customers/" + originals.customer());
        get("customer, account", "/pos/api/customers/" + originals.customer() + "/account");
        get("customer, old pieces", "/pos/api/customers/" + originals.customer() + "/cores");
        get("drawer", "/pos/api/cash/sessions/" + originals.open());
        get("x", "/pos/api/cash/sessions/" + originals.open() + "/x");
        get("zs", "/pos/api/cash/zs");
        get("z", "/pos/api/cash/zs/" + zs.path(0).path("id").asString());
        get("journal of a day", "/pos/api/cash/sessions/" + originals.session() + "/journal");
        get("day", "/pos/api/cash/days?day=" + today);
        get("day, long ago", "/pos/api/cash/days?day=" + longAgo);
        get("day, its papers", "/pos/api/cash/days/" + longAgo + "/papers");
        get("paper", "/pos/api/paper");
        get("devices", "/pos/api/devices");
        get("drawer openings", "/pos/api/registers/" + register + "/drawer?limit=30");
        get("stock, find", "/pos/api/inventory/find?code=balata");
        get("stock, by branch", "/pos/api/inventory/stock-by-branch?part=" + part);
        get("stock, movements of a part", "/pos/api/inventory/parts/" + part + "/movements");
        get("stock, documents", "/pos/api/inventory/documents?kind=RECEIPT");
        get("stock, branches", "/pos/api/inventory/branches");
        get("stock, transfers", "/pos/api/inventory/transfers");
        get("stock, orders", "/pos/api/inventory/purchase-orders");
        get("stock, promises", "/pos/api/inventory/leases");
        get("stock, counts", "/pos/api/inventory/counts");
    }

    private void get(String name, String path) {
        screens.put(name, new Asked(path, null));
    }

    private void post(String name, String path, Object body) {
        screens.put(name, new Asked(path, body));
    }

    /** A closed day of tickets to copy, and an open one with as many. */
    private record Originals(String session, String open, String customer) {
        private static final int TICKETS = 24;

        static Originals sold(Shop shop) throws IOException, InterruptedException {
            TillHands till = shop.till();
            shop.signInSupervisor(till);
            String register = till.firstRegister();
            String customer = UUID.randomUUID().toString();
            till.http()
                    .post(
                            "/pos/api/customers",
                            Map.of(
                                    "id",
                                    customer,
                                    "fields",
                                    Map.of("NAME", "Taller de los años", "PHONE", "2225550166")))
                    .orThrow();
            String session = opened(till, register);
            for (int i = 0; i < TICKETS; i++) sell(till, register, i, customer);
            till.closeDrawer(session, 10, "día de la medición");
            String open = opened(till, register);
            for (int i = 0; i < TICKETS; i++) sell(till, register, i, customer);
            return new Originals(session, open, customer);
        }

        private static String opened(TillHands till, String register) throws IOException, InterruptedException {
            return till.http()
                    .post(
                            "/pos/api/registers/" + register + "/sessions",
                            Map.of("id", UUID.randomUUID().toString(), "openingFloat", 50_000))
                    .orThrow()
                    .json()
                    .path("id")
                    .asString();
        }

        /** One to five lines; every third by card, every fourth of somebody with a name, every eighth comes back in part. */
        private static void sell(TillHands till, String register, int i, String customer)
                throws IOException, InterruptedException {
            String ticket = till.emptyTicket(register);
            JsonNode now = null;
            for (int line = 0; line <= i % 5; line++)
                now = till.add(ticket, UUID.randomUUID(), PARTS.get((i + line) % PARTS.size()), "1");
            if (now == null) throw new IllegalStateException("no line");
            if (i % 4 == 0)
                till.http()
                        .put("/pos/api/tickets/" + ticket + "/customer", Map.of("customer", customer))
                        .orThrow();
            long total = now.path("totals").path("total").path("minor").asLong();
            JsonNode sale = pay(till, ticket, total, i % 3 == 0 ? "CREDIT_CARD" : "CASH");
            if (i % 8 != 7) return;
            String back = till.emptyTicket(register);
            JsonNode returned = till.http()
                    .post(
                            "/pos/api/tickets/" + back + "/returns",
                            Map.of(
                                    "act", UUID.randomUUID().toString(),
                                    "sale", sale.path("id").asString(),
                                    "line",
                                            sale.path("lines")
                                                    .path(0)
                                                    .path("id")
                                                    .asString(),
                                    "quantity", 1,
                                    "reason", "WRONG_PART"))
                    .orThrow()
                    .json();
            pay(till, back, returned.path("totals").path("total").path("minor").asLong(), "CASH");
        }

        private static JsonNode pay(TillHands till, String ticket, long total, String kind)
                throws IOException, InterruptedException {
            return till.http()
                    .post(
                            "/pos/api/tickets/" + ticket + "/payment",
                            Map.of(
                                    "total",
                                    total,
                                    "offers",
                                    List.of(Map.of(
                                            "kind",
                                            kind,
                                            "given",
                                            Math.abs(total),
                                            "reference",
                                            kind.equals("CASH") ? "" : "A-1"))))
                    .orThrow()
                    .json();
        }
    }
}
