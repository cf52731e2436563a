package mx.refahub.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static mx.refahub.system.Browser.hook;
import static org.assertj.core.api.Assertions.assertThat;

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

/** What happens to the shelf besides selling, by keys and over the real processes. */
@ExtendWith(OneShop.class)
class StockBrowserTest {
    private static final String ALTERNATOR = "23-11254";
    private static final String BIN = "Z-90-1";
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
        Counter.enter(page, shop, Shop.SUPERVISOR, Shop.SUPERVISOR_PIN);
    }

    @AfterEach
    void leave() {
        page.context().close();
        browser.assertNoComplaints();
    }

    @Test
    void goods_come_in_with_their_cost_and_a_count_of_their_bin_takes_the_missing_one_off()
            throws IOException, InterruptedException {
        long before = onHand();
        choose("1");
        page.locator(hook("stock-supplier")).fill("Alternadores de Puebla");
        page.locator(hook("stock-reference")).fill("R-2207");
        find(ALTERNATOR);
        page.locator(hook("line-quantity")).fill("10");
        page.locator(hook("line-cost")).fill("mil");
        page.locator(hook("line-bin")).fill(BIN);
        page.locator(hook("stock-save")).click();
        assertThat(page.locator(hook("line-wrong"))).containsText("«mil» no es un costo");
        Browser.assertAccessible(page);
        Browser.shoot(page, "pos-receipt");
        page.locator(hook("line-cost")).fill("1850.50");
        page.locator(hook("stock-save")).click();
        assertThat(page.locator(hook("notice"))).containsText("Alternadores de Puebla");
        assertThat(onHand()).isEqualTo(before + 10);

        choose("4");
        page.locator(hook("count-bin")).fill(BIN);
        page.keyboard().press("Enter");
        find(ALTERNATOR);
        Locator counted = page.locator(hook("count-quantity"));
        assertThat(counted).hasValue("1");
        counted.fill("9");
        counted.press("Tab");
        page.locator(hook("count-review")).click();
        assertThat(page.locator(hook("count-close"))).isEnabled();
        assertThat(page.locator("stock-count")).containsText(ALTERNATOR);
        Browser.assertAccessible(page);
        Browser.shoot(page, "pos-count-review");
        page.locator(hook("count-close")).click();
        assertThat(page.locator(hook("notice"))).isVisible();
        assertThat(onHand()).isEqualTo(before + 9);

        HubHands hub = shop.signedInHub();
        for (String type : new String[] {"stock-receipt", "stock-count"})
            Shop.await(
                    type + " at the hub",
                    () -> !hub.http()
                            .get("/console/api/documents?limit=5&type=" + type)
                            .orThrow()
                            .json()
                            .path("documents")
                            .isEmpty());
    }

    @Test
    void with_nowhere_to_send_it_a_transfer_says_so_and_an_unknown_number_is_told() {
        choose("2");
        find(ALTERNATOR);
        page.locator(hook("stock-save")).click();
        assertThat(page.locator(hook("stock-problem"))).isVisible();
        Browser.assertAccessible(page);
        page.keyboard().press("Escape");
        choose("3");
        page.locator(hook("stock-number")).fill("no-es-un-traspaso");
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("stock-problem"))).isVisible();
        page.keyboard().press("Escape");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        page.setViewportSize(820, 1180);
        choose("1");
        find(ALTERNATOR);
        Browser.assertAccessible(page);
        Browser.shoot(page, "pos-receipt-tablet-dark");
    }

    /** With the other branch's figure made up, for one shop has no second branch: the request itself goes to the real store, which knows of none. */
    @Test
    void what_another_branch_has_is_asked_for_with_the_age_of_the_figure_and_one_that_is_not_there_is_told() {
        page.route("**/stock-by-branch?*", route -> {
            String part = route.request().url().replaceAll(".*part=([0-9a-f-]{36}).*", "$1");
            String figure =
                    "{\"store\":\"01890000-0000-7000-8000-0000000000%s\",\"code\":\"%s\",\"quantity\":{\"value\":4,\"text\":\"4\"},"
                            + "\"own\":%s,\"asOf\":%s,\"promised\":{\"value\":1,\"text\":\"1\"},\"free\":{\"value\":3,\"text\":\"3\"}}";
            route.fulfill(new com.microsoft.playwright.Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody("{\"parts\":[{\"part\":\"" + part + "\",\"branches\":["
                            + figure.formatted("0a", "CENTRO", "true", "null") + ","
                            + figure.formatted("0b", "NTE", "false", "\"2026-01-02T03:04:05Z\"") + "]}]}"));
        });
        Counter.type(page, ALTERNATOR);
        assertThat(page.locator(hook("elsewhere")).first()).containsText("otra suc. 3");
        page.keyboard().press("F12");
        assertThat(page.locator(hook("own-promised"))).containsText("apartadas");
        page.locator(hook("branch-ask")).click();
        assertThat(page.locator(hook("ask-only"))).containsText("Solo queda pedido");
        Browser.assertAccessible(page);
        Browser.shoot(page, "pos-lease-ask");
        page.locator(hook("ask-send")).click();
        assertThat(page.locator(hook("ask-problem"))).containsText("no existe o está cerrada");
        page.keyboard().press("Escape");
        page.keyboard().press("Escape");
        choose("7");
        assertThat(page.locator(hook("stock-leases"))).isVisible();
        Browser.assertAccessible(page);
    }

    @Test
    void who_minds_the_warehouse_takes_goods_in_without_a_drawer() throws IOException, InterruptedException {
        String pin = "303132";
        String code = shop.signedInHub()
                .hire("bodega", "Beto Luna", "WAREHOUSE", "CENTRO")
                .code();
        Shop.await("Beto at the till", () -> shop.till().needsCode("bodega"));
        shop.till().redeem("bodega", code, pin);
        Page warehouse = browser.page(1366, 768, ColorScheme.LIGHT);
        try {
            warehouse.navigate(shop.storeAddress());
            warehouse.locator(hook("person-choice") + "[data-user=bodega]").click();
            warehouse.locator(hook("pin")).fill(pin);
            warehouse.keyboard().press("Enter");
            assertThat(warehouse.locator(hook("drawer-stock"))).isVisible();
            Browser.assertAccessible(warehouse);
            warehouse.keyboard().press("Control+e");
            warehouse.locator(hook("stock-menu-receive")).click();
            warehouse.locator(hook("stock-supplier")).fill("Proveedora");
            warehouse.locator(hook("stock-code") + ":visible").fill(ALTERNATOR);
            warehouse.keyboard().press("Enter");
            assertThat(warehouse
                            .locator(".stock-lines:visible tbody tr")
                            .or(warehouse.locator(hook("stock-found") + ":visible"))
                            .first())
                    .isVisible();
        } finally {
            warehouse.context().close();
        }
    }

    @Test
    void a_branch_with_stock_on_its_shelves_does_not_close_and_the_console_says_what_is_left() {
        Page console = browser.page(1440, 900, ColorScheme.LIGHT);
        try {
            console.navigate(shop.hubAddress());
            console.locator("#entry-email").fill(Shop.OWNER);
            console.locator("#entry-password").fill(Shop.PASSWORD);
            console.keyboard().press("Enter");
            console.locator(hook("nav-stock")).click();
            assertThat(console.locator(hook("stock-cases"))
                            .or(console.locator(hook("empty")))
                            .first())
                    .isVisible();
            Browser.assertAccessible(console);
            console.locator(hook("nav-stores")).click();
            console.locator("a[href*='/console/stores/']").first().click();
            console.locator(hook("closing-look")).click();
            assertThat(console.locator(hook("closing-step") + "[data-step=STOCK]"))
                    .not()
                    .hasAttribute("data-left", "0");
            assertThat(console.locator(hook("closing-close"))).hasCount(0);
            Browser.assertAccessible(console);
            Browser.shoot(console, "console-branch-closing");
        } finally {
            console.context().close();
        }
    }

    private void choose(String number) {
        assertThat(page.locator("dialog[open]")).hasCount(0);
        page.keyboard().press("Control+e");
        page.locator(hook("stock-menu-receive")).waitFor();
        page.keyboard().press(number);
    }

    private void find(String code) {
        page.locator(hook("stock-code") + ":visible").fill(code);
        page.keyboard().press("Enter");
        Locator several = page.locator(hook("stock-found") + ":visible button")
                .filter(new Locator.FilterOptions().setHasText("ALT"));
        Locator one = page.locator(".stock-lines:visible tbody tr").or(page.locator(hook("kardex-stock") + ":visible"));
        one.first().or(several.first()).first().waitFor();
        if (several.count() > 0) several.first().click();
        one.first().waitFor();
    }

    private long onHand() {
        choose("6");
        find(ALTERNATOR);
        long pieces =
                Long.parseLong(page.locator(hook("kardex-stock")).innerText().strip());
        page.keyboard().press("Escape");
        assertThat(page.locator(hook("kardex-stock"))).hasCount(0);
        return pieces;
    }
}
