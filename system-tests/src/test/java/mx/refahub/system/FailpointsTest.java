package mx.refahub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.Failpoint;
import mx.refahub.system.client.Answer;
import mx.refahub.system.client.HubHands;
import mx.refahub.system.client.TillHands;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** The processes die at the named places of docs/reliability.md as by a power cut, are started again, and nothing is lost or doubled. */
@ExtendWith(OneShop.class)
class FailpointsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PART = "FRI 7974-D1045";
    private static final long PRICE = 48900;
    private final Shop shop;

    FailpointsTest(Shop shop) {
        this.shop = shop;
    }

    /** Other tests find both alive, and no failpoint set. */
    @AfterEach
    void whole() throws IOException, InterruptedException {
        shop.disarm();
    }

    /** C12, then C15, on the way of the same sale; then an import, which is resumed. */
    @Test
    void the_hub_dies_landed_not_confirmed_then_landed_not_applied_then_with_an_import_not_published()
            throws IOException, InterruptedException {
        shop.hubProcess().kill();
        TillHands till = till();
        JsonNode sale = sell(till);
        for (Failpoint point : List.of(Failpoint.C12_LANDED_NOT_CONFIRMED, Failpoint.C15_LANDED_NOT_APPLIED)) {
            shop.launchHub(Map.of("REFAHUB_FAILPOINTS", point + "=1"));
            assertThat(shop.hubProcess().awaitEnd(PATIENCE)).as(point.name()).isEqualTo(Failpoint.EXIT_STATUS);
            assertThat(shop.hubProcess().lastLines(3)).anyMatch(line -> line.contains(point.name()));
        }
        // And once more, with an import staged and not published.
        shop.startHub(Map.of("REFAHUB_FAILPOINTS", Failpoint.IMPORT_STAGED_NOT_PUBLISHED + "=1"));
        awaitOnce(sale);
        Shop.Printed printed = shop.run(
                "catalogue-import",
                Map.of(
                        "parts",
                        shop.file(
                                "staged.csv",
                                OfflineSaleTest.HEADER + OfflineSaleTest.NEW_PART.replace("ZZZ", "YYY"))));
        assertThat(printed.exit()).isEqualTo(1);
        assertThat(shop.hubProcess().awaitEnd(PATIENCE)).isEqualTo(Failpoint.EXIT_STATUS);

        shop.startHub(Map.of());
        HubHands hub = shop.signedInHub();
        JsonNode run = hub.http()
                .get("/console/api/runs?limit=1")
                .orThrow()
                .json()
                .path("runs")
                .path(0);
        assertThat(run.path("status").asString()).isEqualTo("failed");
        String search = "/api/v1/catalog/search?q=YYY";
        assertThat(hub.http().get(search).orThrow().json().path("total").asLong())
                .as("nothing of it is in the catalogue")
                .isZero();
        String address = "/console/api/runs/" + run.path("id").asLong();
        hub.http().post(address + "/restart", Map.of()).orThrow();
        Shop.await(
                "the resumed run is done",
                () -> hub.http()
                        .get(address)
                        .orThrow()
                        .json()
                        .path("status")
                        .asString()
                        .equals("done"));
        assertThat(hub.http().get(search).orThrow().json().path("total").asLong())
                .isEqualTo(1);
    }

    /**
     * C1 rolls back; C2 has committed, and the repeated payment gets the stored answer; C3 prints once more, marked as a reprint. Then C4 and C6 in
     * the child process, and the till does not even notice.
     */
    @Test
    void the_till_dies_inside_its_transaction_then_committed_not_answered_then_printing_and_its_relay_twice()
            throws IOException, InterruptedException {
        TillHands till = till();
        String register = till.firstRegister();
        till.openDrawerOnce(register, 50000);
        String ticket = till.emptyTicket(register);
        till.add(ticket, UUID.randomUUID(), PART, "1");

        restart(Failpoint.C1_INSIDE_STORE_TRANSACTION);
        assertThat(payUntilItDies(ticket)).isEqualTo(Failpoint.EXIT_STATUS);
        restart(Failpoint.C2_COMMITTED_NOT_ANSWERED);
        assertThat(till().http().get("/pos/api/sales/" + ticket).status())
                .as("what was rolled back is no sale")
                .isEqualTo(404);
        assertThat(payUntilItDies(ticket)).isEqualTo(Failpoint.EXIT_STATUS);
        // The receipt of the committed sale is printed at this start, and the process dies at it.
        shop.launchStore(Map.of("REFAHUB_FAILPOINTS", Failpoint.C3_PRINTING + "=1"));
        assertThat(shop.storeProcess().awaitEnd(PATIENCE)).isEqualTo(Failpoint.EXIT_STATUS);
        shop.startStore(Map.of(
                "REFAHUB_FAILPOINTS",
                Failpoint.C4_RELAY_READ_NOT_SENT + "=0.5," + Failpoint.C6_SENT_CURSOR_NOT_MOVED + "=0.5",
                "REFAHUB_FAILPOINT_SEED",
                "11"));

        TillHands after = till();
        JsonNode sale = after.payCash(ticket, PRICE, PRICE).orThrow().json();
        assertThat(after.payCash(ticket, PRICE, PRICE).orThrow().json()).isEqualTo(sale);
        Shop.await("the receipt is printed, marked as a reprint", () -> {
            String sheets = after.http().get("/pos/api/paper").orThrow().text();
            return sheets.contains(sale.path("folio").asString()) && sheets.contains("REIMPRESIÓN");
        });
        JsonNode next = sell(after);
        awaitOnce(sale);
        awaitOnce(next);
        assertThat(shop.storeProcess().isAlive()).isTrue();
        assertThat(shop.storeProcess().lastLines(20_000))
                .as("the child died at least once")
                .anyMatch(line -> line.contains("failpoint struck"));
        shop.storeProcess().kill();
    }

    /**
     * Alternator and deposit, 3,850.00 by card: 3,250.00 of it go back to the card, 600.00 become a slip.
     */
    @Test
    void a_return_is_there_whole_or_not_at_all_wherever_the_till_dies_and_nothing_is_paid_back_twice()
            throws IOException, InterruptedException, SQLException {
        TillHands till = supervisor();
        till.openDrawerOnce(till.firstRegister(), 50_000);
        JsonNode sold = soldByCard(till);
        Ledgers ledgers = Ledgers.from(shop);
        String ticket = till.emptyTicket(till.firstRegister());
        for (JsonNode line : sold.path("lines"))
            till.http()
                    .post("/pos/api/tickets/" + ticket + "/returns", back(sold, line))
                    .orThrow();
        Map<String, Object> payment = Map.of(
                "total",
                -385_000,
                "offers",
                List.of(offer("CREDIT_CARD", 325_000, "D-1"), offer("STORE_CREDIT", 60_000, "")));

        restart(Failpoint.C1_INSIDE_STORE_TRANSACTION);
        assertThat(payUntilItDies(supervisor(), ticket, payment)).isEqualTo(Failpoint.EXIT_STATUS);
        restart(Failpoint.C2_COMMITTED_NOT_ANSWERED);
        till = supervisor();
        assertThat(till.http().get("/pos/api/sales/" + ticket).status())
                .as("what was rolled back is no return")
                .isEqualTo(404);
        assertThat(left(till, sold)).as("all of it may still come back").containsOnly(1L);
        assertThat(ledgers.atStore("select count(*) from cash_journal where cause = '" + ticket + "'"))
                .containsExactly("0");
        assertThat(payUntilItDies(till, ticket, payment)).isEqualTo(Failpoint.EXIT_STATUS);
        shop.launchStore(Map.of("REFAHUB_FAILPOINTS", Failpoint.C3_PRINTING + "=1"));
        assertThat(shop.storeProcess().awaitEnd(PATIENCE)).isEqualTo(Failpoint.EXIT_STATUS);
        shop.startStore(Map.of());

        TillHands after = supervisor();
        JsonNode back = pay(after, ticket, payment).orThrow().json();
        assertThat(pay(after, ticket, payment).orThrow().json()).isEqualTo(back);
        assertThat(left(after, sold)).as("nothing of it comes back twice").containsOnly(0L);
        String again = after.emptyTicket(after.firstRegister());
        for (JsonNode line : sold.path("lines"))
            assertThat(after.http()
                            .post("/pos/api/tickets/" + again + "/returns", back(sold, line))
                            .isOk())
                    .isFalse();
        String tenders = "select kind, amount from sale_tender where sale_id = '" + ticket + "' order by kind";
        assertThat(ledgers.atStore(tenders)).containsExactly("CREDIT_CARD -325000", "STORE_CREDIT -60000");
        assertThat(ledgers.atStore(
                        "select tender, amount from cash_journal where cause = '" + ticket + "' order by tender"))
                .containsExactly("CREDIT_CARD -325000", "STORE_CREDIT -60000");
        String slip = reference(back, "STORE_CREDIT");
        assertThat(after.http()
                        .post("/pos/api/credits/look", Map.of("code", slip))
                        .orThrow()
                        .json()
                        .path("left")
                        .path("minor")
                        .asLong())
                .isEqualTo(60_000);
        Shop.await("the slip is printed, marked as a reprint", () -> {
            String sheets = after.http().get("/pos/api/paper").orThrow().text();
            return sheets.contains(slip) && sheets.contains("REIMPRESIÓN");
        });
        awaitOnce(back);
        assertThat(ledgers.atHub(tenders)).containsExactly("CREDIT_CARD -325000", "STORE_CREDIT -60000");
        assertThat(ledgers.atHub("select amount from credit where code = '" + slip.replace("-", "") + "'"))
                .containsExactly("60000");
    }

    private static JsonNode soldByCard(TillHands till) throws IOException, InterruptedException {
        String ticket = till.emptyTicket(till.firstRegister());
        till.add(ticket, UUID.randomUUID(), "ALT 23-11254", "1");
        return pay(till, ticket, Map.of("total", 385_000, "offers", List.of(offer("CREDIT_CARD", 385_000, "A-1"))))
                .orThrow()
                .json();
    }

    private static Map<String, Object> offer(String kind, long given, String reference) {
        return Map.of("kind", kind, "given", given, "reference", reference);
    }

    private static Map<String, Object> back(JsonNode sale, JsonNode line) {
        return Map.of(
                "act", UUID.randomUUID().toString(),
                "sale", sale.path("id").asString(),
                "line", line.path("id").asString(),
                "quantity", 1,
                "reason", "WRONG_PART");
    }

    /** How many of each line may still come back. */
    private static List<Long> left(TillHands till, JsonNode sale) throws IOException, InterruptedException {
        List<Long> left = new ArrayList<>();
        till.http()
                .post(
                        "/pos/api/returnable",
                        Map.of("scanned", List.of(sale.path("folio").asString())))
                .orThrow()
                .json()
                .path("lines")
                .forEach(line -> left.add(line.path("left").path("value").asLong()));
        return left;
    }

    private static String reference(JsonNode sale, String kind) {
        for (JsonNode tender : sale.path("tenders"))
            if (tender.path("kind").asString().equals(kind))
                return tender.path("reference").asString();
        throw new IllegalArgumentException("no " + kind + " in " + sale);
    }

    private static Answer pay(TillHands till, String ticket, Map<String, Object> payment)
            throws IOException, InterruptedException {
        return till.http().post("/pos/api/tickets/" + ticket + "/payment", payment);
    }

    private TillHands supervisor() throws IOException, InterruptedException {
        TillHands till = shop.till();
        till.signIn(Shop.SUPERVISOR, Shop.SUPERVISOR_PIN);
        return till;
    }

    private void restart(Failpoint point) throws IOException, InterruptedException {
        if (shop.storeProcess().isAlive()) shop.storeProcess().kill();
        shop.startStore(Map.of("REFAHUB_FAILPOINTS", point + "=1"));
    }

    private int payUntilItDies(String ticket) throws IOException, InterruptedException {
        return payUntilItDies(till(), ticket, Map.of("total", PRICE, "offers", List.of(offer("CASH", PRICE, ""))));
    }

    private int payUntilItDies(TillHands till, String ticket, Map<String, Object> payment)
            throws IOException, InterruptedException {
        try {
            Answer answer = pay(till, ticket, payment);
            throw new IllegalStateException("answered instead of dying: " + answer.text());
        } catch (IOException e) {
            // The connection went with the process.
        }
        return shop.storeProcess().awaitEnd(PATIENCE);
    }

    private TillHands till() throws IOException, InterruptedException {
        return shop.signedInTill();
    }

    private static JsonNode sell(TillHands till) throws IOException, InterruptedException {
        String register = till.firstRegister();
        till.openDrawerOnce(register, 50000);
        String ticket = till.emptyTicket(register);
        till.add(ticket, UUID.randomUUID(), PART, "1");
        return till.payCash(ticket, PRICE, PRICE).orThrow().json();
    }

    private void awaitOnce(JsonNode sale) throws IOException, InterruptedException {
        HubHands hub = shop.signedInHub();
        String folio = sale.path("folio").asString();
        Shop.await(folio + " stands at the hub", () -> standing(hub, folio) == 1);
        assertThat(standing(hub, folio)).isEqualTo(1);
    }

    private static long standing(HubHands hub, String folio) throws IOException, InterruptedException {
        long found = 0;
        for (JsonNode document : hub.http()
                .get("/console/api/documents?type=sale&limit=200")
                .orThrow()
                .json()
                .path("documents"))
            if (document.path("summary").asString().contains(folio)
                    && document.path("state").asString().equals("applied")) found++;
        return found;
    }
}
