package mx.refahub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
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

    private void restart(Failpoint point) throws IOException, InterruptedException {
        if (shop.storeProcess().isAlive()) shop.storeProcess().kill();
        shop.startStore(Map.of("REFAHUB_FAILPOINTS", point + "=1"));
    }

    private int payUntilItDies(String ticket) throws IOException, InterruptedException {
        TillHands till = till();
        try {
            Answer answer = till.payCash(ticket, PRICE, PRICE);
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
