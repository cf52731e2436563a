package mx.refahub.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static mx.refahub.system.Browser.hook;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Dollars, the card terminal and store credit at the till's page, by keys. A pad costs 489.00. */
@ExtendWith(OneShop.class)
class TendersBrowserTest {
    private static final String PAD = "7505433001844";
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
    void begin() {
        page = browser.page(1366, 768, ColorScheme.LIGHT);
    }

    @AfterEach
    void leave() {
        page.context().close();
        browser.assertNoComplaints();
    }

    private void pay() {
        Counter.scan(page, PAD);
        assertThat(page.locator(hook("total"))).hasAttribute("data-minor", "48900");
        page.keyboard().press("F10");
        page.locator(hook("pay-panel")).waitFor();
    }

    @Test
    void a_rate_set_in_the_console_reaches_the_till_and_dollars_give_change_in_pesos()
            throws IOException, InterruptedException {
        page.navigate(shop.hubAddress());
        page.locator("#entry-email").fill(Shop.OWNER);
        page.locator("#entry-password").fill(Shop.PASSWORD);
        page.keyboard().press("Enter");
        page.locator(hook("nav-rates")).click();
        page.locator(hook("rate-pesos")).fill("17.45231");
        page.locator(hook("rate-set")).click();
        assertThat(page.locator(hook("rate-wrong"))).containsText("17.4523");
        page.locator(hook("rate-pesos")).fill("17.50");
        page.locator(hook("rate-set")).click();
        assertThat(page.locator(hook("rate-now"))).hasAttribute("data-pesos", "17.50");
        Browser.assertAccessible(page);
        Browser.shoot(page, "console-rates");
        shop.awaitStream("settings");

        Counter.enter(page, shop);
        pay();
        page.keyboard().press("u");
        assertThat(page.locator(hook("rate"))).containsText("17.50");
        Counter.type(page, "30");
        assertThat(page.locator(hook("worth"))).hasAttribute("data-minor", "52500");
        assertThat(page.locator(hook("change"))).hasAttribute("data-minor", "3600");
        Browser.assertAccessible(page);
        Browser.shoot(page, "pos-dollars");
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("done-change"))).hasAttribute("data-minor", "3600");
        page.keyboard().press("Enter");
    }

    @Test
    void a_charge_whose_answer_is_lost_pays_once_and_can_be_given_back_before_the_ticket_is_closed() {
        Counter.enter(page, shop);
        pay();
        page.keyboard().press("c");
        // The simulator charges what ends in .02 and loses its answer.
        Counter.type(page, "100.02");
        page.keyboard().press("Enter");
        Locator tender = page.locator(hook("tender"));
        assertThat(tender).hasCount(1);
        assertThat(tender).containsText("*4242");
        page.locator(hook("tender-drop")).click();
        assertThat(tender).hasCount(0);
        assertThat(page.locator(hook("terminal-said"))).containsText("cancelado");

        Counter.type(page, "50.01");
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("pay-wrong"))).containsText("no cobr");
        page.locator(hook("given")).fill("");
        Browser.assertAccessible(page);
        page.keyboard().press("Enter");
        page.locator(hook("done-folio")).waitFor();
        assertThat(page.locator(hook("done"))).containsText("*4242");
        page.keyboard().press("Enter");
    }

    @Test
    void what_is_owed_is_printed_as_credit_and_pays_the_next_ticket_in_part() {
        Counter.enter(page, shop);
        pay();
        page.keyboard().press("Enter");
        String folio = page.locator(hook("done-folio")).innerText();
        page.keyboard().press("Enter");
        page.keyboard().press("F8");
        Counter.type(page, folio);
        page.keyboard().press("Enter");
        page.locator(hook("return-all")).first().click();
        page.locator(hook("return-reason-NOT_NEEDED")).check();
        page.locator(hook("return-apply")).click();
        page.locator(hook("approval-user")).selectOption(Shop.SUPERVISOR);
        page.locator(hook("approval-pin")).fill(Shop.SUPERVISOR_PIN);
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("total"))).hasAttribute("data-minor", "-48900");
        page.keyboard().press("F10");
        page.locator(hook("kind-STORE_CREDIT")).click();
        page.keyboard().press("Enter");
        String code = page.locator(hook("credit-code")).innerText();
        assertThat(page.locator(hook("done-paper"))).containsText(code);
        Browser.shoot(page, "pos-credit");
        page.keyboard().press("Enter");

        pay();
        page.locator(hook("kind-STORE_CREDIT")).click();
        page.locator(hook("given")).fill("400");
        page.locator(hook("reference")).fill(code);
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("tender"))).containsText(code);
        assertThat(page.locator(hook("missing"))).containsText("89.00");
        Browser.assertAccessible(page);
        page.keyboard().press("e");
        page.keyboard().press("Enter");
        page.locator(hook("done-folio")).waitFor();
        page.keyboard().press("Enter");
    }
}
