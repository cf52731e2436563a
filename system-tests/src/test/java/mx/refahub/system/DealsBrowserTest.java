package mx.refahub.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static mx.refahub.system.Browser.hook;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Discounts, waiting tickets and returns at the till's page, by keys. */
@ExtendWith(OneShop.class)
class DealsBrowserTest {
    private static final String PAD = "7505433001844";
    private static final String ALTERNATOR = "7504865001989";
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

    private void approve() {
        page.locator(hook("approval-user")).selectOption(Shop.SUPERVISOR);
        page.locator(hook("approval-pin")).fill(Shop.SUPERVISOR_PIN);
        page.keyboard().press("Enter");
    }

    @Test
    void a_discount_above_the_limit_takes_a_supervisor_and_the_ticket_waits_for_its_customer() {
        Counter.scan(page, PAD);
        assertThat(page.locator(hook("total"))).hasAttribute("data-minor", "48900");
        page.keyboard().press("F5");
        Counter.type(page, "10");
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("discount-wrong"))).containsText("motivo");
        Counter.type(page, "cliente frecuente");
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("discount-wrong"))).containsText("5 %");
        page.locator(hook("approval-pin")).fill("000000");
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("discount-wrong"))).containsText("NIP no coincide");
        Browser.assertAccessible(page);
        Browser.shoot(page, "pos-discount");
        approve();
        assertThat(page.locator(hook("total"))).hasAttribute("data-minor", "44010");
        assertThat(page.locator(hook("line-discount"))).containsText("10 %");

        page.keyboard().press("F4");
        Counter.type(page, "Sr. Núñez, Tsuru rojo");
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("ticket-empty"))).isVisible();
        page.keyboard().press("F4");
        Locator waiting = page.locator(hook("parked-row")).filter(new Locator.FilterOptions().setHasText("Núñez"));
        assertThat(waiting).containsText("$440.10");
        Browser.assertAccessible(page);
        Browser.shoot(page, "pos-parked");
        waiting.focus();
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("total"))).hasAttribute("data-minor", "44010");
        page.keyboard().press("Delete");
        assertThat(page.locator(hook("ticket-empty"))).isVisible();
    }

    @Test
    void an_invoice_is_asked_for_at_the_counter_and_its_data_come_by_themselves_the_next_time() {
        for (boolean first : new boolean[] {true, false}) {
            Counter.scan(page, PAD);
            assertThat(page.locator(hook("total"))).hasAttribute("data-minor", "48900");
            page.keyboard().press("F10");
            page.keyboard().press("Enter");
            page.locator(hook("done-folio")).waitFor();
            page.keyboard().press("Control+i");
            page.locator(hook("fiscal-rfc")).fill("eku9003173c9");
            if (first) {
                page.locator(hook("fiscal-name")).fill("Escuela Kemper Urgate");
                page.locator(hook("fiscal-postalCode")).fill("4250");
                page.locator(hook("fiscal-regime")).selectOption("601");
                page.locator(hook("fiscal-use")).selectOption("G03");
                page.locator(hook("invoice-apply")).click();
                assertThat(page.locator(hook("fiscal-wrong"))).containsText("cinco números");
                Browser.assertAccessible(page);
                Browser.shoot(page, "pos-invoice");
                page.locator(hook("fiscal-postalCode")).fill("42501");
            }
            assertThat(page.locator(hook("fiscal-name")))
                    .hasValue(Pattern.compile("escuela kemper urgate", Pattern.CASE_INSENSITIVE));
            page.locator(hook("invoice-apply")).click();
            assertThat(page.locator(hook("invoice-kept"))).isVisible();
            page.locator(hook("invoice-close")).click();
            page.locator(hook("next")).click();
        }
    }

    @Test
    void what_was_bought_comes_back_beside_something_new_and_only_the_rest_is_paid_back()
            throws IOException, InterruptedException {
        Counter.scan(page, ALTERNATOR);
        assertThat(page.locator(hook("total"))).hasAttribute("data-minor", "385000");
        page.keyboard().press("F10");
        page.keyboard().press("Enter");
        String folio = page.locator(hook("done-folio")).innerText();
        page.keyboard().press("Enter");

        page.keyboard().press("F8");
        Counter.type(page, folio.toLowerCase(java.util.Locale.ROOT));
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("return-line"))).hasCount(2);
        page.locator(hook("return-all")).first().click();
        page.locator(hook("return-all")).last().click();
        page.locator(hook("return-apply")).click();
        assertThat(page.locator(hook("return-wrong"))).containsText("por qué");
        page.locator(hook("return-reason-DID_NOT_FIT")).check();
        page.locator(hook("misfit-unknown")).check();
        page.locator(hook("return-apply")).click();
        assertThat(page.locator(hook("return-wrong"))).containsText("encargado");
        Browser.assertAccessible(page);
        Browser.shoot(page, "pos-return");
        approve();
        assertThat(page.locator(hook("ticket-line"))).hasCount(2);
        assertThat(page.locator(hook("total"))).hasAttribute("data-minor", "-385000");

        Counter.scan(page, PAD);
        assertThat(page.locator(hook("total"))).hasAttribute("data-minor", "-336100");
        Browser.shoot(page, "pos-mixed");
        page.keyboard().press("F10");
        assertThat(page.locator(hook("due-label"))).containsText("Por devolver");
        assertThat(page.locator(hook("due"))).hasAttribute("data-minor", "336100");
        Browser.shoot(page, "pos-refund");
        page.keyboard().press("Enter");
        String refund = page.locator(hook("done-folio")).innerText();
        assertThat(page.locator(hook("done-paper"))).containsText("DEVOLUCIÓN");
        assertThat(page.locator(hook("done-paper"))).containsText(folio);
        Browser.shoot(page, "pos-refund-done");
        page.keyboard().press("Enter");
        page.keyboard().press("F8");
        Counter.type(page, folio);
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("return-quantity")).first()).isDisabled();
        page.keyboard().press("Escape");
        Counter.awaitAtHub(shop, refund);
    }
}
