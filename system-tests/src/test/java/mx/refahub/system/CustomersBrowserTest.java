package mx.refahub.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static mx.refahub.system.Browser.hook;

import com.microsoft.playwright.Locator;
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

/** A customer from the first word to the statement: made at the till, granted credit at head office, sold to on account, paying. */
@ExtendWith(OneShop.class)
class CustomersBrowserTest {
    private static final String PAD = "7505433001844";
    private static final String NAME = "Taller Ñandú del Valle";
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
    void a_customer_is_made_gets_credit_buys_on_account_and_pays() throws IOException, InterruptedException {
        page.keyboard().press("F3");
        Counter.type(page, NAME);
        assertThat(page.locator(hook("customer-none"))).isVisible();
        Browser.assertAccessible(page);
        page.locator(hook("customer-new")).click();
        assertThat(page.locator(hook("customer-NAME"))).hasValue(NAME);
        page.locator(hook("customer-PHONE")).fill("12");
        page.locator(hook("customer-VEHICLES")).fill("tsk-45-67 Tsuru rojo");
        page.locator(hook("customer-save")).click();
        assertThat(page.locator(hook("customer-wrong"))).containsText("dígitos");
        Browser.assertAccessible(page);
        Browser.shoot(page, "pos-customer-form");
        page.locator(hook("customer-PHONE")).fill("222 555 0147");
        page.locator(hook("customer-save")).click();
        assertThat(page.locator(hook("ticket-buyer"))).containsText(NAME);

        grantCredit();

        Counter.scan(page, PAD);
        assertThat(page.locator(hook("total"))).hasAttribute("data-minor", "48900");
        page.keyboard().press("F10");
        page.keyboard().press("a");
        page.keyboard().press("Enter");
        String folio = page.locator(hook("done-folio")).innerText();
        page.keyboard().press("Enter");

        page.keyboard().press("F3");
        Counter.type(page, "tsk4567");
        page.locator(hook("customer-account")).first().click();
        assertThat(page.locator(hook("account-balance"))).hasAttribute("data-minor", "48900");
        assertThat(page.locator(hook("account-ticket"))).containsText(folio);
        page.locator(hook("account-amount")).fill("900");
        page.locator(hook("account-pay-do")).click();
        assertThat(page.locator(hook("account-wrong"))).containsText("$489.00");
        page.locator(hook("account-amount")).fill("100");
        page.locator(hook("account-pay-do")).click();
        assertThat(page.locator(hook("account-said"))).containsText("$389.00");
        assertThat(page.locator(hook("ageing-notDue"))).containsText("$389.00");
        page.locator(hook("account-statement")).click();
        assertThat(page.locator(hook("account-said"))).containsText("imprimiendo");
        Browser.assertAccessible(page);
        Browser.shoot(page, "pos-customer-account");

        HubHands hub = shop.signedInHub();
        Shop.await(
                "the balance at the hub",
                () -> hub.http()
                        .get("/console/api/customers?standing=OWING")
                        .orThrow()
                        .text()
                        .contains("\"minor\":38900"));
    }

    private static void grantCredit() throws IOException, InterruptedException {
        HubHands hub = shop.signedInHub();
        Shop.await(
                "the customer at the hub",
                () -> hub.http().get("/console/api/customers").orThrow().text().contains(NAME));
        Page console = browser.page(1440, 900, ColorScheme.LIGHT);
        try {
            console.navigate(shop.hubAddress());
            console.locator("#entry-email").fill(Shop.OWNER);
            console.locator("#entry-password").fill(Shop.PASSWORD);
            console.keyboard().press("Enter");
            console.locator(hook("nav-customers")).click();
            Locator row = console.locator(hook("customer")).filter(new Locator.FilterOptions().setHasText(NAME));
            assertThat(row).containsText(Pattern.compile("2225550147"));
            Browser.assertAccessible(console);
            Browser.shoot(console, "console-customers");
            row.locator("a").click();
            console.locator(hook("line-limit")).fill("5000");
            console.locator(hook("line-branchLimit")).fill("9000");
            console.locator(hook("line-reason")).fill("buen cliente");
            console.locator(hook("line-save")).click();
            assertThat(console.locator(hook("line-wrong"))).containsText("5,000.00");
            console.locator(hook("line-branchLimit")).fill("2000");
            console.locator(hook("line-save")).click();
            assertThat(console.locator(hook("line-saved"))).isVisible();
            Browser.assertAccessible(console);
            Browser.shoot(console, "console-customer");
        } finally {
            console.context().close();
        }
        shop.awaitStream("customers");
    }
}
