package mx.refahub.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static mx.refahub.system.Browser.hook;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The till's page over the real processes, by keys as a clerk uses it. */
@ExtendWith(OneShop.class)
class CounterBrowserTest {
    private static final double PATIENCE = 15_000;
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

    @Test
    void words_find_the_part_two_digits_take_it_and_one_key_closes_the_sale() throws IOException, InterruptedException {
        type("balata jetta 2015");
        Locator pad = page.locator(hook("hit")).filter(new Locator.FilterOptions().setHasText("7974-D1045"));
        assertThat(pad).hasCount(1);
        assertThat(pad).containsText("$489.00");
        assertThat(pad).containsText("Jetta 2011–2018");
        Browser.assertAccessible(page);
        List<String> rows = page.locator(hook("hit")).allInnerTexts();
        int row = IntStream.range(0, rows.size())
                .filter(i -> rows.get(i).contains("7974-D1045"))
                .findFirst()
                .orElseThrow();
        page.keyboard().press("Enter");
        type(String.format(Locale.ROOT, "%02d", row + 1));
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("ticket-line"))).hasCount(1);
        assertThat(page.locator(hook("total"))).hasAttribute("data-minor", "48900");
        page.keyboard().press("F10");
        assertThat(page.locator(hook("due"))).hasAttribute("data-minor", "48900");
        Browser.assertAccessible(page);
        page.keyboard().press("Enter");
        String folio = page.locator(hook("done-folio")).innerText();
        assertThat(page.locator(hook("done-paper"))).containsText("7974-D1045");
        assertThat(page.locator(hook("done-paper"))).containsText(folio);
        assertThat(page.locator(hook("done-paper"))).containsText("67.45");
        Browser.shoot(page, "pos-done");
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("ticket-empty"))).isVisible();
        awaitAtHub(folio);
    }

    @Test
    void a_scan_lands_in_the_ticket_wherever_the_focus_is_and_cash_gives_change_before_enter() {
        page.locator(hook("person")).focus();
        scan("7504865001989");
        assertThat(page.locator(hook("ticket-line"))).hasCount(1);
        assertThat(page.locator(hook("core-line"))).containsText("$600.00");
        assertThat(page.locator(hook("total"))).hasAttribute("data-minor", "385000");
        scan("0000000000000");
        assertThat(page.locator(hook("code-unknown"))).isVisible();
        page.keyboard().press("F10");
        assertThat(page.locator(hook("given"))).isFocused();
        type("5000");
        assertThat(page.locator(hook("change"))).hasAttribute("data-minor", "115000");
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("done-change"))).hasAttribute("data-minor", "115000");
        page.keyboard().press("Enter");
        page.keyboard().press("Control+p");
        assertThat(page.locator(hook("drawer-kicked")).first()).isVisible();
        page.keyboard().press("Escape");
    }

    @Test
    void a_card_is_paid_with_its_reference_and_a_double_click_sells_once() {
        scan("7505433001844");
        assertThat(page.locator(hook("ticket-line"))).hasCount(1);
        page.keyboard().press("F10");
        page.locator(hook("given")).waitFor();
        page.keyboard().press("d");
        page.locator(hook("reference")).fill("AUT 884211");
        Locator close = page.locator(hook("pay-close"));
        close.dblclick();
        String folio = page.locator(hook("done-folio")).innerText();
        page.keyboard().press("Enter");
        page.keyboard().press("Control+h");
        assertThat(page.locator(hook("sales-row") + "[data-folio='" + folio + "']"))
                .hasCount(1);
        Locator newest = page.locator(hook("sales-row")).first();
        assertThat(newest).hasAttribute("data-folio", folio);
        page.keyboard().press("Escape");
    }

    @Test
    void the_keys_stand_on_one_page_set_quantities_and_sell_the_last_part_once_more() {
        page.keyboard().press("?");
        Locator keys = page.locator(hook("key-map"));
        for (String key : List.of("3*", "=2.5", "Ctrl+Enter", "F10", "Ctrl+K", "F8"))
            assertThat(keys.locator("kbd", new Locator.LocatorOptions().setHasText(key))
                            .first())
                    .isVisible();
        assertThat(keys).containsText("cualquier acción por su nombre");
        Browser.assertAccessible(page);
        Browser.shoot(page, "pos-keys");
        page.keyboard().press("Escape");
        assertThat(page.locator(hook("box"))).isFocused();

        type("3*");
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("next-quantity"))).hasText("3 ×");
        scan("7507489001359");
        assertQuantity("3", 28_200);
        type("=2.5");
        page.keyboard().press("Enter");
        assertQuantity("2.5", 23_500);
        page.keyboard().press("Control+Enter");
        assertQuantity("3.5", 32_900);
        page.keyboard().press("F10");
        page.keyboard().press("Enter");
        page.locator(hook("done-folio")).waitFor();
        type("2*");
        page.keyboard().press("Control+Enter");
        assertQuantity("2", 18_800);
        page.keyboard().press("Delete");
        assertThat(page.locator(hook("ticket-empty"))).isVisible();
    }

    @Test
    void wire_is_sold_by_the_metre_and_part_of_it_and_no_half_piece() {
        type("2.5*KEM C-12");
        assertThat(page.locator(hook("hit")).first()).containsText("calibre 12");
        page.keyboard().press("Enter");
        assertQuantity("2.5", 6_375);
        type("=0.75");
        page.keyboard().press("Enter");
        assertQuantity("0.75", 1_913);
        page.keyboard().press("Delete");
        assertThat(page.locator(hook("ticket-empty"))).isVisible();
        scan("7505433001844");
        assertQuantity("1", 48_900);
        type("=1.5");
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("notice"))).containsText("1.5 no es una cantidad entera");
        assertQuantity("1", 48_900);
        page.keyboard().press("Delete");
        assertThat(page.locator(hook("ticket-empty"))).isVisible();
    }

    private void assertQuantity(String quantity, long total) {
        assertThat(page.locator(hook("ticket-line") + "[data-quantity='" + quantity + "']"))
                .hasCount(1);
        assertThat(page.locator(hook("total"))).hasAttribute("data-minor", Long.toString(total));
    }

    /** A clerk does not wait for the page: the connector is slow here, and every key counts in its order. */
    @Test
    void keys_that_come_before_the_connector_has_answered_close_the_sale_all_the_same() {
        page.evaluate("() => { const quick = window.fetch; window.fetch = (...call) =>"
                + " new Promise(done => setTimeout(done, 400)).then(() => quick(...call)); }");
        scan("7505433001844");
        page.keyboard().press("F10");
        type("500");
        page.keyboard().press("Enter");
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("done-change"))).hasAttribute("data-minor", "1100");
    }

    @Test
    void a_vehicle_is_chosen_by_letters_and_filters_what_is_found() {
        page.keyboard().press("F2");
        for (String step : new String[] {"2015", "Volkswagen", "Jetta"}) {
            Locator option = page.locator(hook("vehicle-option") + "[data-value='" + step + "']");
            option.waitFor();
            type(step);
            assertThat(page.locator(hook("vehicle-option")).first()).hasAttribute("data-value", step);
            page.keyboard().press("Enter");
        }
        page.keyboard().press("F2");
        assertThat(page.locator(hook("chip-model"))).containsText("Jetta");
        type("filtro de aceite");
        assertThat(page.locator(hook("hit")).first()).containsText("Filtro de aceite");
        assertThat(page.locator(hook("found"))).containsText("filtro de aceite");
        String fitting = page.locator(hook("found")).innerText();
        page.locator(hook("chip-model")).click();
        assertThat(page.locator(hook("chip-model"))).hasCount(0);
        assertThat(page.locator(hook("found"))).not().hasText(fitting);
    }

    @Test
    void with_the_cable_out_everything_goes_on_and_the_sale_arrives_when_the_hub_is_back()
            throws IOException, InterruptedException {
        shop.hubProcess().kill();
        try {
            scan("7505433001844");
            assertThat(page.locator(hook("total"))).hasAttribute("data-minor", "48900");
            type("alternador");
            assertThat(page.locator(hook("hit")).first()).isVisible();
            page.keyboard().press("F10");
            page.keyboard().press("Enter");
            assertThat(page.locator(hook("done-folio"))).isVisible();
            assertThat(page.locator(hook("waiting")))
                    .containsText(
                            Pattern.compile("\\d"), new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE));
            Browser.shoot(page, "pos-offline");
            page.keyboard().press("Control+k");
            assertThat(page.getByRole(AriaRole.OPTION).filter(new Locator.FilterOptions().setHasText("action.")))
                    .hasCount(0);
            type("cómo está");
            page.keyboard().press("Enter");
            assertThat(page.locator(hook("board") + " [data-kind=SELL]")).hasAttribute("data-level", "READY");
            assertThat(page.locator(hook("board") + " [data-kind=CENTRE]")).hasAttribute("data-level", "DEGRADED");
            for (String kind : List.of("catalogue", "prices", "stock"))
                assertThat(page.locator(hook("board-ages") + " [data-kind=" + kind + "]"))
                        .hasAttribute("data-at", Pattern.compile("^20\\d\\d-"));
            assertThat(page.locator(hook("board-asked"))).containsText("no ha llegado");
            Browser.assertAccessible(page);
            Browser.shoot(page, "pos-board");
            page.keyboard().press("Escape");
        } finally {
            shop.startHub(Map.of());
        }
        String folio = page.locator(hook("done-folio")).innerText();
        awaitAtHub(folio);
        assertThat(page.locator(hook("waiting"))).hasCount(0);
    }

    @Test
    void on_a_tablet_in_the_dark_the_ticket_is_a_sheet_and_all_of_it_can_be_touched() {
        page.context().close();
        page = browser.page(800, 1180, ColorScheme.DARK);
        enter();
        page.locator(hook("box")).fill("7974-D1045");
        page.locator(hook("hit")).first().click();
        page.locator(hook("ticket-handle")).click();
        assertThat(page.locator(hook("ticket-line"))).isVisible();
        Browser.assertAccessible(page);
        Browser.shoot(page, "pos-tablet-dark");
        page.locator(hook("pay-open")).click();
        page.locator(hook("bill")).first().click();
        Browser.shoot(page, "pos-tablet-dark-pay");
        page.locator(hook("pay-close")).click();
        assertThat(page.locator(hook("done-folio"))).isVisible();
    }

    private void type(String text) {
        Counter.type(page, text);
    }

    /** As a scanner does: a burst, then Enter. */
    private void scan(String code) {
        Counter.scan(page, code);
    }

    private static void awaitAtHub(String folio) throws IOException, InterruptedException {
        Counter.awaitAtHub(shop, folio);
    }
}
