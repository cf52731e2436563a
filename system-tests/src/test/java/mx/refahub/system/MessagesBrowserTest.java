package mx.refahub.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static mx.refahub.system.Browser.hook;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import mx.refahub.system.client.HubHands;
import mx.refahub.system.client.TillHands;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** A route stopped on the map, a sale that is parked behind it, amended by one person, approved by another, and applied when the route runs again. */
@ExtendWith(OneShop.class)
class MessagesBrowserTest {
    private static final String SECOND = "contadora@refahub.example";
    private static final String APPLY = "document-apply";
    private static Browser browser;
    private static Shop shop;
    private Page page;
    private HubHands hub;

    @BeforeAll
    static void open(Shop opened) {
        shop = opened;
        browser = Browser.open();
    }

    @AfterAll
    static void close() {
        if (browser != null) browser.close();
    }

    @BeforeEach
    void signIn() throws IOException, InterruptedException {
        hub = shop.signedInHub();
        page = browser.page(1366, 768, ColorScheme.LIGHT);
        enter(page, Shop.OWNER);
        page.locator(hook("store-tile")).first().waitFor();
    }

    @AfterEach
    void leave() throws IOException, InterruptedException {
        hub.http().post("/console/api/routes/" + APPLY + "/start", Map.of()).orThrow();
        page.context().close();
        browser.assertNoComplaints();
    }

    @Test
    void a_parked_sale_is_amended_approved_by_a_second_person_and_applied_and_its_route_is_seen_stopped()
            throws IOException, InterruptedException, SQLException {
        page.locator(hook("nav-routes")).click();
        assertThat(page.locator(hook("map-store")).getByText("Sucursal Centro")).isVisible();
        assertThat(page.locator(hook("map-outside")).getByText("PostgreSQL")).isVisible();
        Browser.assertAccessible(page);
        page.locator(hook("map-group") + "[data-group=documents]").click();
        Locator apply = page.locator(hook("map-route") + "[data-route=" + APPLY + "]");
        apply.click();
        page.locator(hook("route-stop")).click();
        assertThat(page.locator(hook("stop-hold"))).containsText("no pasan a los libros");
        page.locator(hook("route-stop-do")).click();
        assertThat(apply).hasAttribute("data-running", "false");
        Browser.assertAccessible(page);
        Browser.shoot(page, "console-routes");

        String document = parkedSale();
        page.locator(hook("nav-messages")).click();
        Locator row = page.locator(hook("parked-row") + "[data-document='" + document + "']");
        assertThat(row).containsText("la pieza no cuadra");
        Browser.assertAccessible(page);
        Browser.shoot(page, "console-messages");
        row.locator("a").click();
        page.locator(hook("message-edit")).click();
        assertThat(page.locator(hook("message-second"))).isVisible();
        Locator body = page.locator(hook("message-body"));
        body.fill(body.inputValue().replaceFirst("\"description\": \"", "\"description\": \"Corregida: "));
        page.locator(hook("message-reason")).fill("la descripción venía cortada");
        page.locator(hook("message-send")).click();
        assertThat(page.locator(hook("amendment"))).containsText("Espera aprobación");
        assertThat(page.locator(hook("amendment-approve"))).hasCount(0);
        Browser.assertAccessible(page);
        Browser.shoot(page, "console-amendment");

        approvedByAnother();

        page.navigate(shop.hubAddress() + "/console/routes?route=" + APPLY);
        page.locator(hook("route-start")).click();
        assertThat(page.locator(hook("route-detail"))).hasAttribute("data-running", "true");
        Shop.await(
                "the amended sale in the ledger",
                () -> hub.http()
                        .get("/console/api/documents/" + document)
                        .orThrow()
                        .text()
                        .contains("\"state\":\"applied\""));
        page.navigate(shop.hubAddress() + "/console/documents/" + document);
        assertThat(page.locator(hook("document-lines"))).containsText("Corregida: ");
        assertThat(page.locator(hook("document-body"))).not().containsText("Corregida: ");
        assertThat(page.locator(hook("acts-done"))).containsText("Se aprobó la corrección");
    }

    /** Landed while nothing is applied, and parked as a rule of the ledgers would park it. */
    private String parkedSale() throws IOException, InterruptedException, SQLException {
        TillHands till = shop.signedInTill();
        till.openDrawerOnce(till.firstRegister(), 50_000);
        String ticket = till.ticketInHand(till.firstRegister()).path("id").asString();
        long total = till.add(ticket, UUID.randomUUID(), "ALT 23-11254", "1")
                .path("totals")
                .path("total")
                .path("minor")
                .asLong();
        till.payCash(ticket, total, total).orThrow();
        String asked = "/console/api/documents?type=sale&state=landed";
        Shop.await("the sale at the hub", () -> !landed(asked).isEmpty());
        String document = landed(asked).path(0).path("id").asString();
        String password = Files.readString(
                        shop.folder().resolve("hub").resolve("postgres.password"), StandardCharsets.US_ASCII)
                .strip();
        try (Connection database = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + shop.databasePort() + "/refahub", "refahub", password);
                PreparedStatement park = database.prepareStatement(
                        "update document_to_apply set parked_at = now(), parked_reason = 'la pieza no cuadra' where id = ?")) {
            park.setObject(1, UUID.fromString(document));
            park.executeUpdate();
        }
        return document;
    }

    private JsonNode landed(String asked) throws IOException, InterruptedException {
        return hub.http().get(asked).orThrow().json().path("documents");
    }

    private void approvedByAnother() throws IOException, InterruptedException {
        String code = hub.http()
                .post("/console/api/staff", Map.of("user", SECOND, "name", "Contadora", "role", "accountant"))
                .orThrow()
                .json()
                .path("code")
                .path("code")
                .asString();
        Page other = browser.page(1024, 768, ColorScheme.DARK);
        try {
            other.navigate(shop.hubAddress());
            other.locator(hook("entry-other")).click();
            other.locator("#entry-email").fill(SECOND);
            other.locator("#entry-code").fill(code);
            other.locator("#entry-password").fill("otra-clave-larga-de-prueba");
            other.keyboard().press("Enter");
            other.locator(hook("nav-messages")).click();
            other.locator(hook("tab-waiting")).click();
            assertThat(other.locator(hook("diff"))).containsText("Corregida: ");
            Browser.assertAccessible(other);
            Browser.shoot(other, "console-messages-waiting");
            other.locator(hook("amendment-approve")).click();
            assertThat(other.locator(hook("empty"))).isVisible();
        } finally {
            other.context().close();
        }
    }

    private static void enter(Page page, String user) {
        page.navigate(shop.hubAddress());
        page.locator("#entry-email").fill(user);
        page.locator("#entry-password").fill(Shop.PASSWORD);
        page.keyboard().press("Enter");
    }
}
