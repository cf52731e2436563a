package mx.refahub.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static mx.refahub.system.Browser.hook;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import mx.refahub.system.client.HubHands;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A layaway from its first payment to the sale, and a quote that its paper brings back. */
@ExtendWith(OneShop.class)
class PromisesBrowserTest {
    private static final String PAD = "7505433001844";
    private static final String NAME = "Rectificadora Peñón";
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

    private void sellsFor(String minor) {
        assertThat(page.locator(hook("ticket-promised"))).hasAttribute("data-due", minor);
        page.keyboard().press("F10");
        assertThat(page.locator(hook("pay-panel"))).isVisible();
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("done-folio"))).isVisible();
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("ticket-empty"))).isVisible();
    }

    @Test
    void a_layaway_is_paid_in_parts_and_sold_and_a_quote_is_sold_at_its_price()
            throws IOException, InterruptedException {
        page.keyboard().press("F3");
        Counter.type(page, NAME);
        page.locator(hook("customer-new")).click();
        page.locator(hook("customer-PHONE")).fill("222 555 0199");
        page.locator(hook("customer-save")).click();
        assertThat(page.locator(hook("ticket-buyer"))).containsText(NAME);
        Counter.scan(page, PAD);
        assertThat(page.locator(hook("total"))).hasAttribute("data-minor", "48900");

        page.keyboard().press("Control+o");
        page.locator(hook("promise-make-LAYAWAY")).click();
        page.locator(hook("deposit-amount")).fill("10");
        page.locator(hook("promise-make-do")).click();
        assertThat(page.locator(hook("deposit-wrong"))).containsText("$97.80");
        Browser.assertAccessible(page);
        Browser.shoot(page, "pos-layaway-form");
        page.locator(hook("deposit-amount")).fill("100");
        page.locator(hook("promise-make-do")).click();
        assertThat(page.locator(hook("promise-left"))).hasAttribute("data-minor", "38900");
        page.locator(hook("deposit-amount")).fill("189");
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("promise-left"))).hasAttribute("data-minor", "20000");
        String layaway = page.locator(hook("promise-number")).innerText();
        Browser.assertAccessible(page);
        Browser.shoot(page, "pos-layaway");
        page.locator(hook("promise-sell")).click();
        sellsFor("20000");

        Counter.scan(page, PAD);
        assertThat(page.locator(hook("total"))).hasAttribute("data-minor", "48900");
        page.keyboard().press("Control+o");
        page.locator(hook("promise-make-QUOTE")).click();
        page.locator(hook("promise-make-do")).click();
        String quote = page.locator(hook("promise-number")).innerText();
        page.keyboard().press("Escape");
        assertThat(page.locator(hook("ticket-empty"))).isVisible();
        Counter.scan(page, quote);
        assertThat(page.locator(hook("promise-number"))).hasText(quote);
        page.locator(hook("promise-sell")).click();
        sellsFor("48900");

        atTheHub(layaway);
    }

    private static void atTheHub(String layaway) throws IOException, InterruptedException {
        HubHands hub = shop.signedInHub();
        Shop.await(
                "the layaway sold at the hub",
                () -> hub.http()
                        .get("/console/api/promises?view=CLOSED")
                        .orThrow()
                        .text()
                        .contains(layaway));
        Page console = browser.page(1440, 900, ColorScheme.LIGHT);
        try {
            console.navigate(shop.hubAddress());
            console.locator("#entry-email").fill(Shop.OWNER);
            console.locator("#entry-password").fill(Shop.PASSWORD);
            console.keyboard().press("Enter");
            console.locator(hook("nav-promises")).click();
            // The list is there before anybody has chosen anything.
            assertThat(console.locator(hook("promises-held"))).isVisible();
            console.locator(hook("promises-view")).selectOption("CLOSED");
            Locator row = console.locator(hook("promise")).filter(new Locator.FilterOptions().setHasText(layaway));
            assertThat(row).containsText(NAME);
            Browser.assertAccessible(console);
            Browser.shoot(console, "console-layaways");
            row.locator("a").click();
            assertThat(console.locator(hook("promise-deposit"))).hasText("$0.00");
            Browser.assertAccessible(console);
        } finally {
            console.context().close();
        }
    }
}
