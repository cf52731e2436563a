package mx.refahub.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static mx.refahub.system.Browser.hook;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A promotion made in the console changes the price at the till; withdrawn, it is over. */
@ExtendWith(OneShop.class)
class PricesBrowserTest {
    private static final String BRANCH_ZONE = "America/Mexico_City";
    private static Browser browser;
    private static Shop shop;

    @BeforeAll
    static void open(Shop opened) {
        shop = opened;
        browser = Browser.open();
    }

    @AfterAll
    static void close() {
        if (browser != null) browser.close();
    }

    @AfterEach
    void noComplaints() {
        browser.assertNoComplaints();
    }

    @Test
    void formulas_are_typed_as_a_table_each_with_what_it_makes_of_a_cost() {
        Page console = browser.page(1440, 900, ColorScheme.DARK);
        try {
            console.navigate(shop.hubAddress());
            console.locator("#entry-email").fill(Shop.OWNER);
            console.locator("#entry-password").fill(Shop.PASSWORD);
            console.keyboard().press("Enter");
            console.locator(hook("nav-prices")).click();
            console.locator(hook("prices-formulas")).click();
            console.locator(hook("formula-supplier")).fill("Frenos del Bajío");
            console.keyboard().press("Enter");
            console.locator(hook("formula-add")).click();
            console.locator(hook("formula-category")).fill("Frenos");
            console.locator(hook("formula-percent")).fill("100");
            assertThat(console.locator(hook("formula-fault"))).containsText("menor que 100");
            console.locator(hook("formula-percent")).fill("35");
            console.locator(hook("formula-costFrom")).fill("-5");
            assertThat(console.locator(hook("formula-fault"))).containsText("No es un importe");
            console.locator(hook("formula-save")).click();
            assertThat(console.locator(hook("formula-saved"))).hasCount(0);
            console.locator(hook("formula-costFrom")).fill("");
            assertThat(console.locator(hook("formula-example"))).containsText("$178.90");
            Browser.assertAccessible(console);
            Browser.shoot(console, "console-formulas");
            console.locator(hook("formula-save")).click();
            assertThat(console.locator(hook("formula-saved"))).isVisible();
            console.reload();
            assertThat(console.locator(hook("formula-percent"))).hasValue("35");
        } finally {
            console.context().close();
        }
    }

    @Test
    void a_promotion_made_in_the_console_changes_the_price_at_the_till() {
        Page console = browser.page(1440, 900, ColorScheme.LIGHT);
        Page till = browser.page(1366, 768, ColorScheme.LIGHT);
        try {
            console.navigate(shop.hubAddress());
            console.locator("#entry-email").fill(Shop.OWNER);
            console.locator("#entry-password").fill(Shop.PASSWORD);
            console.keyboard().press("Enter");
            console.locator(hook("nav-prices")).click();
            Browser.assertAccessible(console);
            console.locator(hook("prices-promotions")).click();
            console.locator(hook("promotion-add")).click();
            console.locator(hook("promotion-preview")).click();
            assertThat(console.locator(hook("fault-name"))).isVisible();
            assertThat(console.locator(hook("fault-percent"))).isVisible();

            console.locator(hook("price-name")).fill("Balatas 3x2");
            console.locator(hook("price-effect")).selectOption("TAKE_PAY");
            console.locator(hook("price-starts"))
                    .fill(LocalDate.now(ZoneId.of(BRANCH_ZONE)).toString());
            console.locator(hook("price-kind")).selectOption("PART");
            console.locator(hook("price-part-search")).fill("7974-D1045");
            console.locator(hook("price-hit")).first().click();
            assertThat(console.locator(hook("targets"))).containsText("7974-D1045");
            console.locator(hook("promotion-preview")).click();
            assertThat(console.locator(hook("preview-row")).first()).containsText("7974-D1045");
            Browser.assertAccessible(console);
            Browser.shoot(console, "console-promotion");
            console.locator(hook("promotion-save")).click();
            assertThat(console.locator(hook("promotion")).first()).containsText("3 × 2");

            Counter.enter(till, shop);
            Counter.type(till, "7974D1045");
            till.keyboard().press("Enter");
            Locator line = till.locator(hook("ticket-line"));
            assertThat(line).hasCount(1);
            long each = total(till);
            Locator priced = till.locator(hook("line-priced"));
            Shop.await("the promotion at the till", () -> {
                String before = Objects.requireNonNull(line.getAttribute("data-quantity"));
                till.locator(hook("line-plus")).click();
                assertThat(line).not().hasAttribute("data-quantity", before);
                return priced.count() > 0;
            });
            assertThat(priced).containsText("Balatas 3x2");
            long pieces = Long.parseLong(Objects.requireNonNull(line.getAttribute("data-quantity")));
            assertThat(till.locator(hook("total")))
                    .hasAttribute("data-minor", Long.toString(each * (pieces - pieces / 3)));
            Browser.assertAccessible(till);
            Browser.shoot(till, "pos-promotion");

            console.onDialog(dialog -> dialog.accept());
            console.locator(hook("promotion-withdraw")).first().click();
            assertThat(console.locator(hook("promotion")).first().locator("[data-state=WITHDRAWN]"))
                    .isVisible();
            Shop.await("the promotion is over at the till", () -> {
                String before = Objects.requireNonNull(line.getAttribute("data-quantity"));
                till.locator(hook("line-plus")).click();
                assertThat(line).not().hasAttribute("data-quantity", before);
                return priced.count() == 0;
            });
            till.keyboard().press("Delete");
            assertThat(till.locator(hook("ticket-empty"))).isVisible();
        } finally {
            till.context().close();
            console.context().close();
        }
    }

    private static long total(Page till) {
        return Long.parseLong(Objects.requireNonNull(till.locator(hook("total")).getAttribute("data-minor")));
    }
}
