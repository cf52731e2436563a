package mx.refahub.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static mx.refahub.system.Browser.hook;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** The ticket in hand is still there, once, after whatever becomes of page, tablet and connector, and is sold to the peso. */
@ExtendWith(OneShop.class)
class TicketSurvivesBrowserTest {
    private static final String PADS = "7505433001844";
    private static final String OIL = "7507489001359";
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
        Counter.enter(page, shop);
    }

    @AfterEach
    void leave() {
        page.context().close();
        browser.assertNoComplaints();
    }

    @Test
    void a_page_loaded_anew_goes_on_with_the_ticket_even_from_the_middle_of_its_payment() {
        Counter.scan(page, PADS);
        assertLines(1);
        Counter.type(page, "3*");
        Counter.scan(page, OIL);
        assertLines(2);
        total(77_100);
        page.reload();
        assertLines(2);
        total(77_100);
        assertThat(page.locator(hook("box"))).isFocused();

        page.keyboard().press("F10");
        Counter.type(page, "500");
        page.reload();
        assertLines(2);
        total(77_100);
        assertThat(page.locator(hook("box"))).isFocused();
        sell(77_100);
    }

    @Test
    void what_is_scanned_before_the_first_ticket_is_there_waits_for_it() {
        page.evaluate("localStorage.removeItem('refahub.ticket')");
        List<Route> held = new ArrayList<>();
        page.route("**/pos/api/registers/*/ticket", held::add);
        page.reload();
        page.locator(hook("box")).waitFor();
        Counter.scan(page, PADS);
        page.unroute("**/pos/api/registers/*/ticket");
        held.forEach(Route::resume);
        assertLines(1);
        total(48_900);
        assertThat(page.locator(hook("notice"))).hasCount(0);
        page.keyboard().press("Delete");
        assertLines(0);
    }

    @Test
    @EnabledIfSystemProperty(named = "proofs", matches = "true")
    void with_the_connector_gone_the_page_says_so_keeps_the_ticket_and_goes_on_by_itself()
            throws IOException, InterruptedException {
        Counter.scan(page, PADS);
        total(48_900);
        awaitShellKept();
        shop.storeProcess().kill();
        try {
            Locator away = page.locator(hook("away"));
            assertThat(away).containsText("Tu ticket está a salvo");
            Counter.scan(page, OIL);
            assertThat(page.locator(hook("notice"))).containsText("Se agrega en cuanto el conector vuelva");
            assertLines(1);

            page.reload();
            assertThat(away).containsText("Tu ticket está a salvo");
            assertLines(1);
            total(48_900);
            Browser.shoot(page, "pos-connector-gone");
        } finally {
            shop.startStore(Map.of());
        }
        goOn();
        assertThat(page.locator(hook("away"))).hasCount(0);
        // What was scanned meanwhile is there, once.
        total(58_300);
        assertLines(2);
        sell(58_300);
    }

    @Test
    @EnabledIfSystemProperty(named = "proofs", matches = "true")
    void what_the_next_customer_brings_while_the_connector_is_gone_outlives_a_reload()
            throws IOException, InterruptedException {
        Counter.scan(page, PADS);
        total(48_900);
        awaitShellKept();
        page.keyboard().press("F10");
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("done-folio"))).isVisible();
        shop.storeProcess().kill();
        try {
            assertThat(page.locator(hook("away"))).isVisible();
            page.keyboard().press("Enter");
            Counter.scan(page, OIL);
            assertThat(page.locator(hook("notice"))).containsText("Se agrega en cuanto el conector vuelva");
            page.reload();
            assertThat(page.locator(hook("away"))).isVisible();
        } finally {
            shop.startStore(Map.of());
        }
        goOn();
        assertLines(1);
        total(9_400);
        page.reload();
        total(9_400);
        assertLines(1);
        sell(9_400);
    }

    /** As a system does with a tablet that was put down: no script runs, no timer, and what comes meanwhile is not heard. */
    @Test
    @EnabledIfSystemProperty(named = "proofs", matches = "true")
    void a_tablet_that_its_system_froze_wakes_with_its_ticket_and_knows_what_is_there()
            throws IOException, InterruptedException {
        Counter.scan(page, PADS);
        total(48_900);
        freeze(true);
        shop.storeProcess().kill();
        try {
            freeze(false);
            assertThat(page.locator(hook("away"))).containsText("Tu ticket está a salvo");
            assertLines(1);
            freeze(true);
        } finally {
            shop.startStore(Map.of());
        }
        freeze(false);
        goOn();
        assertThat(page.locator(hook("away"))).hasCount(0);
        assertThat(page.locator(hook("link-state"))).hasAttribute("data-linked", "true");
        Counter.scan(page, OIL);
        total(58_300);
        sell(58_300);
    }

    /** A system short of memory throws the page away; what is opened afterwards has the browser's storage and nothing else. */
    @Test
    @EnabledIfSystemProperty(named = "proofs", matches = "true")
    void a_page_that_was_thrown_away_is_opened_again_with_its_ticket() {
        Counter.scan(page, PADS);
        Counter.type(page, "3*");
        Counter.scan(page, OIL);
        total(77_100);
        freeze(true);
        Page thrown = page;
        page = thrown.context().newPage();
        thrown.close();
        page.navigate(shop.storeAddress());
        assertLines(2);
        total(77_100);
        assertThat(page.locator(hook("box"))).isFocused();
        sell(77_100);
    }

    private void freeze(boolean frozen) {
        CDPSession wire = page.context().newCDPSession(page);
        JsonObject state = new JsonObject();
        state.addProperty("state", frozen ? "frozen" : "active");
        wire.send("Page.setWebLifecycleState", state);
        wire.detach();
    }

    /** As a tablet out of reach: the page is told by the browser, before anybody presses a key. */
    @Test
    @EnabledIfSystemProperty(named = "proofs", matches = "true")
    void a_tablet_without_a_network_says_so_and_goes_on_when_there_is_one() {
        Counter.scan(page, PADS);
        total(48_900);
        page.context().setOffline(true);
        assertThat(page.locator(hook("away"))).containsText("Tu ticket está a salvo");
        assertLines(1);

        page.context().setOffline(false);
        assertThat(page.locator(hook("away"))).hasCount(0);
        assertThat(page.locator(hook("link-state"))).hasAttribute("data-linked", "true");
        Counter.scan(page, OIL);
        total(58_300);
        sell(58_300);
    }

    private void assertLines(int lines) {
        assertThat(page.locator(hook("ticket-line"))).hasCount(lines);
    }

    private void total(long centavos) {
        assertThat(page.locator(hook("total"))).hasAttribute("data-minor", Long.toString(centavos));
    }

    /** Everything that the page is made of lies in the browser. */
    private void awaitShellKept() {
        page.waitForFunction("""
                async () => {
                  const kept = new Set((await (await caches.open('refahub-shell')).keys()).map(request => request.url));
                  return performance.getEntriesByType('resource').map(entry => entry.name).filter(name => /\\/(assets|i18n)\\//.test(name)).every(name => kept.has(name));
                }""");
    }

    /** The session went with the process: the page asks for the PIN by itself, before anything is scanned. */
    private void goOn() {
        page.locator(hook("pin")).fill(Shop.PIN);
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("sign-in"))).hasCount(0);
        page.locator(hook("box")).waitFor();
    }

    private void sell(long centavos) {
        page.keyboard().press("F10");
        assertThat(page.locator(hook("due"))).hasAttribute("data-minor", Long.toString(centavos));
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("done-folio"))).isVisible();
    }
}
