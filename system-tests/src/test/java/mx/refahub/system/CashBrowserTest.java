package mx.refahub.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static mx.refahub.system.Browser.hook;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.util.regex.Pattern;
import mx.refahub.system.client.HubHands;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** The drawer's screens over the real processes, by keys alone. Each test leaves the drawer open, as it found it. */
@ExtendWith(OneShop.class)
class CashBrowserTest {
    private static Browser browser;
    private static Shop shop;
    private Page page;

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
    void signIn() {
        page = browser.page(1366, 768, ColorScheme.LIGHT);
        enter();
    }

    @AfterEach
    void leave() {
        page.context().close();
        browser.assertNoComplaints();
    }

    private void enter() {
        Counter.enter(page, shop);
    }

    private void openDrawer() {
        if (page.locator(hook("float")).isVisible()) {
            page.locator(hook("float")).fill("500");
            page.keyboard().press("Enter");
        } else if (page.locator(hook("drawer-go")).isVisible()) {
            page.locator(hook("drawer-go")).click();
        }
        page.locator(hook("box")).waitFor();
    }

    @Test
    void a_payment_out_a_blind_count_a_reason_and_the_z_by_keys_alone() throws IOException, InterruptedException {
        page.keyboard().type("7505433001844");
        page.keyboard().press("Enter");
        page.locator(hook("ticket-line")).first().waitFor();
        page.keyboard().press("F10");
        page.keyboard().press("Enter");
        page.locator(hook("done-folio")).waitFor();
        page.keyboard().press("Enter");
        page.keyboard().press("Control+j");
        assertThat(page.locator(hook("cash-menu-in"))).isFocused();
        Browser.assertAccessible(page);
        page.keyboard().press("2");
        page.locator(hook("move-reason-PETTY_CASH")).waitFor();
        page.keyboard().press("Tab");
        type("-5");
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("move-amount-wrong"))).containsText("Escribe un monto como 500");
        page.locator(hook("move-amount")).fill("45.50");
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("move-reference-wrong"))).containsText("Falta el número del comprobante");
        assertThat(page.locator(hook("move-reference"))).isFocused();
        Browser.assertAccessible(page);
        type("R-118");
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("notice"))).containsText("$45.50");

        page.keyboard().press("Control+k");
        type("contar");
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("piece-MXN-BILL-100000"))).isFocused();
        assertThat(page.locator(hook("cash-count"))).not().containsText("Debe haber");
        type("999");
        page.keyboard().press("Enter");
        type("x");
        assertThat(page.locator(hook("piece-wrong"))).containsText("solo con números");
        page.keyboard().press("Backspace");
        assertThat(page.locator(hook("count-total"))).hasAttribute("data-minor", "99900000");
        Browser.assertAccessible(page);
        Browser.shoot(page, "pos-cash-count");
        for (int i = page.locator("[data-test=cash-count] input").count(); i > 1; i--)
            page.keyboard().press("ArrowDown");
        assertThat(page.locator(hook("count-send"))).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("count-sure"))).isFocused();
        page.keyboard().press("Enter");

        assertThat(page.locator(hook("why-CASH-MXN"))).isFocused();
        Browser.assertAccessible(page);
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("count-problem"))).containsText("La diferencia necesita una explicación");
        type("Prueba de cierre");
        Browser.shoot(page, "pos-cash-result");
        // Whatever other tests paid by card was not counted: it is explained, too.
        for (var reason : page.locator(".reason-field").all()) reason.fill("Prueba de cierre");
        page.locator(".reason-field").last().press("Enter");
        assertThat(page.locator(hook("z-done"))).hasAttribute("data-number", Pattern.compile("[1-9]\\d*"));
        assertThat(page.locator(hook("count-finish"))).isFocused();
        Browser.assertAccessible(page);
        Browser.shoot(page, "pos-cash-z");
        page.keyboard().press("Enter");

        assertThat(page.locator(hook("float"))).isVisible();
        page.locator(hook("drawer-cash")).click();
        page.keyboard().press("1");
        assertThat(page.locator(hook("z-row")).first()).isFocused();
        assertThat(page.locator(hook("cash-zs"))).containsText("Prueba de cierre");
        page.keyboard().press("Escape");
        openDrawer();
        theHubFindsTheZAsItsDocumentsAre();
    }

    /** Its sales and movements stand in the ledger too, so what the check would flag shows beside the Z. */
    private static void theHubFindsTheZAsItsDocumentsAre() throws IOException, InterruptedException {
        HubHands hub = shop.signedInHub();
        Shop.await("the Z is applied at the hub", () -> {
            JsonNode documents = hub.http()
                    .get("/console/api/documents?type=cash-session-closed&limit=1")
                    .orThrow()
                    .json()
                    .path("documents");
            return documents.size() == 1
                    && documents.path(0).path("state").asString().equals("applied");
        });
        org.assertj.core.api.Assertions.assertThat(hub.http()
                        .get("/console/api/documents?type=cash-session-closed&limit=1")
                        .orThrow()
                        .text())
                .doesNotContain("the Z says");
    }

    @Test
    void a_locked_screen_keeps_the_ticket_and_goes_on_with_the_pin() {
        page.keyboard().type("7505433001844");
        page.keyboard().press("Enter");
        page.locator(hook("ticket-line")).first().waitFor();
        page.keyboard().press("Control+l");
        assertThat(page.locator(hook("sign-in"))).containsText("Pantalla bloqueada");
        Browser.assertAccessible(page);
        page.locator(hook("pin")).fill(Shop.PIN);
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("sign-in"))).hasCount(0);
        assertThat(page.locator(hook("ticket-line")).first()).isVisible();
        page.keyboard().press("Delete");
    }

    @Test
    void an_x_on_a_tablet_in_the_dark() {
        page.context().close();
        page = browser.page(820, 1180, ColorScheme.DARK);
        enter();
        page.locator(hook("bar-cash")).click();
        Browser.shoot(page, "pos-cash-tablet-menu");
        page.locator(hook("cash-menu-x")).click();
        page.locator(hook("report")).waitFor();
        assertThat(page.locator(hook("cash-x"))).containsText("se ve después de contarlo");
        Browser.assertAccessible(page);
        Browser.shoot(page, "pos-cash-tablet-x");
        page.keyboard().press("Escape");
        page.locator(hook("bar-cash")).click();
        page.locator(hook("cash-menu-count")).click();
        page.locator(hook("piece-MXN-BILL-100000")).waitFor();
        Browser.assertAccessible(page);
        Browser.shoot(page, "pos-cash-tablet-count");
        page.keyboard().press("Escape");
    }

    private void type(String text) {
        page.keyboard().type(text, new Keyboard.TypeOptions().setDelay(50));
    }
}
