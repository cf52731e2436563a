package mx.refahub.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static mx.refahub.system.Browser.hook;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mx.refahub.system.client.HubHands;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** Ways to pay, by keys: dollars and a card on one ticket, what is paid back as credit, and a gift voucher from its sale to its last peso. */
@ExtendWith(OneShop.class)
class TendersBrowserTest {
    private static final String PAD = "7505433001844";
    private static final String ALTERNATOR = "7504865001989";
    private static final Pattern CODE = Pattern.compile("[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}");
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

    private void due(long centavos) {
        assertThat(page.locator(hook("due"))).hasAttribute("data-minor", Long.toString(centavos));
    }

    /** What the last ticket was closed with; the next one is in hand then. */
    private String next() {
        String folio = page.locator(hook("done-folio")).innerText();
        page.keyboard().press("Enter");
        page.locator(hook("box")).waitFor();
        return folio;
    }

    @Test
    void dollars_and_a_card_pay_one_ticket() throws IOException, InterruptedException {
        HubHands hub = shop.signedInHub();
        String today = hub.http()
                .get("/console/api/rates")
                .orThrow()
                .json()
                .path("today")
                .asString();
        hub.http()
                .put("/console/api/rates/" + today, Map.of("pesos", "17.50", "meant", true))
                .orThrow();
        shop.awaitStream("settings");

        Counter.scan(page, PAD);
        page.keyboard().press("F10");
        due(48_900);
        page.keyboard().press("u");
        Counter.type(page, "20");
        assertThat(page.locator(hook("worth"))).hasAttribute("data-minor", "35000");
        Browser.assertAccessible(page);
        Browser.shoot(page, "pos-tenders");
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("tender"))).hasCount(1);
        page.keyboard().press("c");
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("done"))).containsText("*4242");
        assertThat(page.locator(hook("done-paper"))).containsText("20.00 USD");
        String folio = next();
        Counter.awaitAtHub(shop, folio);
    }

    @Test
    void what_was_tendered_is_taken_back_before_the_ticket_closes() {
        Counter.scan(page, PAD);
        page.keyboard().press("F10");
        due(48_900);
        Counter.type(page, "100");
        page.keyboard().press("Enter");
        tenders(1);
        offer("t", "50", "SPEI 8841");
        tenders(2);
        // By the terminal, which has to give it back.
        offer("c", "80", "");
        tenders(3);
        offer("q", "20", "0017");
        tenders(4);
        assertThat(page.locator(hook("missing"))).hasText("$239.00");

        Locator drop = page.locator(hook("tender-drop"));
        drop.nth(2).click();
        tenders(3);
        assertThat(page.locator(hook("terminal-said"))).isVisible();
        assertThat(page.locator(hook("missing"))).hasText("$319.00");
        page.locator(hook("kind-CASH")).focus();
        page.keyboard().press("Backspace");
        tenders(2);
        drop.first().click();
        tenders(1);
        assertThat(page.locator(hook("tender"))).containsText("SPEI 8841");
        drop.first().click();
        tenders(0);
        due(48_900);

        page.keyboard().press("e");
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("done-paper"))).containsText("Efectivo");
        assertThat(page.locator(hook("done-paper"))).not().containsText("Transferencia");
        assertThat(page.locator(hook("done-paper"))).not().containsText("Tarjeta");
        next();
    }

    private void tenders(int count) {
        assertThat(page.locator(hook("tender"))).hasCount(count);
    }

    /** After the one before it the next key is for what is left, wherever that one ended. */
    private void offer(String kind, String amount, String reference) {
        assertThat(page.locator(hook("given"))).isFocused();
        page.keyboard().press(kind);
        Counter.type(page, amount);
        if (!reference.isEmpty()) page.locator(hook("reference")).fill(reference);
        page.keyboard().press("Enter");
    }

    @Test
    void a_gift_voucher_is_sold_and_pays_part_of_a_ticket() throws IOException, InterruptedException {
        page.keyboard().press("Control+g");
        Counter.type(page, "5");
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("voucher-wrong"))).containsText("$10.00");
        Browser.assertAccessible(page);
        page.locator(hook("voucher-amount")).fill("200");
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("total"))).hasAttribute("data-minor", "20000");
        assertThat(page.locator(hook("tax"))).hasText("$0.00");
        page.keyboard().press("F10");
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("done-paper"))).containsText("VALE DE REGALO");
        // Paper is drawn with spaces that do not break.
        String slip = page.locator(hook("done-paper")).innerText().replaceAll("[\\s\\u00a0]+", " ");
        Matcher code = CODE.matcher(slip.substring(slip.indexOf("VALE DE REGALO")));
        org.assertj.core.api.Assertions.assertThat(code.find()).as(slip).isTrue();
        Browser.shoot(page, "pos-voucher");
        next();

        Counter.scan(page, PAD);
        page.keyboard().press("F10");
        due(48_900);
        page.keyboard().press("v");
        page.locator(hook("reference")).fill(code.group());
        page.locator(hook("reference")).press("Enter");
        assertThat(page.locator(hook("tender"))).hasCount(1);
        // A slip that is used up leaves the rest to cash.
        assertThat(page.locator(hook("tender"))).containsText("$200.00");
        assertThat(page.locator(hook("kind-CASH"))).isChecked();
        // An Enter before the rest is told is taken for a hand that trembled.
        assertThat(page.locator(hook("missing"))).hasText("$289.00");
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("done"))).containsText("Vale de regalo");
        Counter.awaitAtHub(shop, next());
        org.assertj.core.api.Assertions.assertThat(shop.signedInHub()
                        .http()
                        .get("/console/api/credits")
                        .orThrow()
                        .text())
                .contains(code.group());
    }

    @Test
    void a_deposit_comes_back_as_credit_that_buys_something_else() {
        String code = slip();

        payBy(code);
    }

    /** Whoever types on while the connector, slow here, looks the slip up means what is left. */
    @Test
    @EnabledIfSystemProperty(named = "proofs", matches = "true")
    void keys_that_come_while_a_slip_is_looked_up_are_for_what_is_left() {
        String code = slip();
        payBy(code);
        Counter.scan(page, PAD);
        page.keyboard().press("F10");
        due(48_900);
        page.keyboard().press("v");
        page.locator(hook("reference")).fill(code);
        page.evaluate("() => { const quick = window.fetch; window.fetch = (...call) =>"
                + " new Promise(done => setTimeout(done, 200)).then(() => quick(...call)); }");
        page.keyboard().press("Enter");
        page.keyboard().press("Enter");
        // At a person's pace: what comes quicker is a scanner.
        Counter.type(page, "e400");
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("done-change"))).hasAttribute("data-minor", "2200");
        assertThat(page.locator(hook("done-paper"))).containsText("111.00");
        assertThat(page.locator(hook("done-paper"))).containsText("400.00");
        next();
    }

    private void payBy(String code) {
        Counter.scan(page, PAD);
        page.keyboard().press("F10");
        due(48_900);
        page.keyboard().press("v");
        page.locator(hook("reference")).fill(code);
        page.locator(hook("reference")).press("Enter");
        assertThat(page.locator(hook("credit-code"))).hasText(code);
        next();
    }

    /** @return the code of 600.00 that came back for an old piece */
    private String slip() {
        Counter.scan(page, ALTERNATOR);
        assertThat(page.locator(hook("total"))).hasAttribute("data-minor", "385000");
        page.keyboard().press("Control+Shift+B");
        assertThat(page.locator(hook("core-LATER"))).hasAttribute("aria-checked", "true");
        page.locator(hook("core-NOW")).click();
        assertThat(page.locator(hook("total"))).hasAttribute("data-minor", "325000");
        Browser.assertAccessible(page);
        Browser.shoot(page, "pos-cores");
        page.locator(hook("core-LATER")).click();
        assertThat(page.locator(hook("total"))).hasAttribute("data-minor", "385000");
        page.keyboard().press("Escape");
        page.keyboard().press("F10");
        page.keyboard().press("Enter");
        String folio = next();

        page.keyboard().press("F8");
        Counter.type(page, folio);
        page.keyboard().press("Enter");
        page.locator(hook("return-all")).last().click();
        page.locator(hook("return-apply")).click();
        page.locator(hook("approval-user")).selectOption(Shop.SUPERVISOR);
        page.locator(hook("approval-pin")).fill(Shop.SUPERVISOR_PIN);
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("total"))).hasAttribute("data-minor", "-60000");
        page.keyboard().press("F10");
        due(60_000);
        page.keyboard().press("v");
        page.keyboard().press("Enter");
        String code = page.locator(hook("credit-code")).innerText();
        next();
        return code;
    }
}
