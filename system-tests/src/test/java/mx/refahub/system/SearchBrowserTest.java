package mx.refahub.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static mx.refahub.system.Browser.hook;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Narrowing what was found, by key and by hand. */
@ExtendWith(OneShop.class)
class SearchBrowserTest {
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
    void keys_pressed_while_a_pin_is_checked_are_for_the_search() {
        page.keyboard().press("Control+l");
        page.locator(hook("pin")).fill(Shop.PIN);
        page.keyboard().press("Enter");
        page.keyboard().type("balata");

        assertThat(page.locator(hook("box"))).hasValue("balata");
        page.locator(hook("hit")).first().waitFor();

        page.keyboard().press("Control+l");
        page.locator(hook("pin")).fill("999999");
        page.keyboard().press("Enter");
        page.keyboard().type("filtro");
        assertThat(page.locator(hook("pin"))).hasAttribute("aria-invalid", "true");
        page.locator(hook("pin")).fill(Shop.PIN);
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("box"))).hasValue("balata");
    }

    @Test
    void filters_beside_the_results_narrow_them_and_stand_as_chips_that_lift() {
        Counter.type(page, "balata");
        page.locator(hook("hit")).first().waitFor();
        page.keyboard().press("Control+f");
        Locator brand = page.locator(hook("facet-brand")).first();
        brand.waitFor();
        assertThat(page.locator(hook("facet-stocked"))).isFocused();
        Browser.assertAccessible(page);
        String chosen = brand.getAttribute("data-value");

        page.keyboard().press("ArrowDown");
        page.keyboard().press("Enter");
        Locator chip = page.locator(hook("filter-brand"));
        assertThat(chip).containsText(chosen);
        assertThat(page.locator(hook("hit")).first()).containsText(chosen);

        chip.click();
        assertThat(chip).hasCount(0);
        assertThat(page.locator("#box")).isFocused();
        page.keyboard().press("Control+f");
        assertThat(page.locator(hook("facets"))).hasCount(0);
    }

    @Test
    void a_long_list_grows_under_the_arrows_and_no_part_comes_twice() {
        Counter.type(page, "balata");
        page.locator(hook("hit")).first().waitFor();
        int first = page.locator(hook("hit")).count();
        assertThat(page.locator(hook("more"))).hasCount(1);

        while (page.locator(hook("hit")).count() == first) page.keyboard().press("ArrowDown");
        while (page.locator(hook("hit") + "[aria-selected=true] .no")
                        .innerText()
                        .compareTo("" + (first + 5))
                < 0) page.keyboard().press("ArrowDown");

        assertThat(page.locator(hook("hit") + "[aria-selected=true]")).isInViewport();
        assertThat(page.locator("#box")).isFocused();
        List<?> parts = (List<?>) page.locator(hook("hit")).evaluateAll("rows => rows.map(row => row.dataset.part)");
        org.assertj.core.api.Assertions.assertThat(parts).doesNotHaveDuplicates();
    }

    @Test
    void a_quantity_in_front_of_a_number_is_nothing_to_look_for() {
        page.keyboard().type("3", new Keyboard.TypeOptions().setDelay(60));
        page.locator(hook("found"))
                .filter(new Locator.FilterOptions().setHasText("3"))
                .waitFor();
        page.keyboard().type("*");

        assertThat(page.locator(hook("search-empty"))).isVisible();
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("next-quantity"))).containsText("3");
    }

    @Test
    void a_measured_quantity_over_an_open_list_leaves_the_list_to_pick_from() {
        Counter.type(page, "balata");
        page.locator(hook("hit")).first().waitFor();
        Object before = partsShown();

        page.keyboard().press("Control+a");
        page.keyboard().type("100", new Keyboard.TypeOptions().setDelay(120));
        page.waitForCondition(() -> !before.equals(partsShown()));
        page.keyboard().type("*");

        page.waitForCondition(() -> before.equals(partsShown()));
        page.keyboard().type("1");
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("ticket-line") + "[data-quantity='100']")).hasCount(1);
        page.keyboard().press("Delete");
        assertThat(page.locator(hook("ticket-empty"))).isVisible();
    }

    @Test
    void a_quantity_in_front_of_words_counts_for_the_row_that_is_touched() {
        Counter.type(page, "3*balata");
        page.locator(hook("hit")).first().click();

        assertThat(page.locator(hook("ticket-line") + "[data-quantity='3']")).hasCount(1);
        page.keyboard().press("Delete");
        assertThat(page.locator(hook("ticket-empty"))).isVisible();
    }

    private Object partsShown() {
        return page.locator(hook("hit")).evaluateAll("rows => rows.map(row => row.dataset.part)");
    }
}
