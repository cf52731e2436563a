package mx.refahub.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static mx.refahub.system.Browser.hook;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.util.regex.Pattern;
import mx.refahub.system.client.TillHands;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the catalogue lacks, at the till's page and in the console: by keys where a clerk works. */
@ExtendWith(OneShop.class)
class ProposalsBrowserTest {
    private static final String STRANGER = "7509999000011";
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
    void nothing_found_is_sold_as_another_item_or_noted_with_one_key_and_enter() {
        Counter.type(page, "flotador amarillo zzqx");
        assertThat(page.locator(hook("search-ways"))).isVisible();
        Browser.assertAccessible(page);
        Browser.shoot(page, "pos-none");

        page.keyboard().press("F9");
        assertThat(page.locator(hook("lost-text"))).hasValue("flotador amarillo zzqx");
        Browser.assertAccessible(page);
        Browser.shoot(page, "pos-lost");
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("notice"))).containsText("flotador amarillo zzqx");

        page.keyboard().press("F7");
        assertThat(page.locator(hook("misc-description"))).hasValue("flotador amarillo zzqx");
        page.locator(hook("misc-price")).fill("10");
        page.locator(hook("misc-description")).fill("flotador\u0000");
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("misc-description") + " + .at-field")).containsText("no se pueden guardar");
        assertThat(page.locator(hook("misc-description"))).hasAttribute("aria-invalid", "true");
        assertThat(page.locator(hook("misc-description"))).isFocused();
        page.locator(hook("misc-description")).fill("flotador amarillo zzqx");
        page.locator(hook("misc-description")).fill("");
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("misc-wrong"))).containsText("Escribe qué es");
        assertThat(page.locator(hook("misc-description"))).isFocused();
        page.locator(hook("misc-description")).fill("flotador amarillo zzqx");
        // A comma that stands between no thousands is no mark of theirs: nobody is charged a hundred times what was
        // meant.
        page.locator(hook("misc-price")).fill("1,50");
        page.keyboard().press("Enter");
        // The sentence stands right behind its field.
        assertThat(page.locator(hook("misc-price") + " + .at-field")).containsText("Escribe un monto como");
        assertThat(page.locator(hook("misc-price"))).hasAttribute("aria-invalid", "true");
        page.locator(hook("misc-price")).fill("");
        page.locator(hook("misc-price")).focus();
        Counter.type(page, "1500");
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("misc-wrong"))).containsText("$1,000.00");
        Browser.assertAccessible(page);
        Browser.shoot(page, "pos-misc");
        page.locator(hook("approval-user")).selectOption(Shop.SUPERVISOR);
        page.locator(hook("approval-pin")).fill(Shop.SUPERVISOR_PIN);
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("total"))).hasAttribute("data-minor", "150000");
        page.keyboard().press("Delete");
        assertThat(page.locator(hook("ticket-empty"))).isVisible();
    }

    @Test
    void an_unknown_scan_becomes_a_part_that_the_hub_merges_into_one_of_its_own()
            throws IOException, InterruptedException {
        Counter.scan(page, STRANGER);
        assertThat(page.locator(hook("code-unknown"))).isVisible();
        page.keyboard().press("F6");
        assertThat(page.locator(hook("new-barcode"))).hasValue(STRANGER);
        page.locator(hook("new-lineCode")).fill("ZZZ");
        page.locator(hook("new-number")).fill("7974 D1045");
        page.locator(hook("new-name")).fill("Balata delantera");
        page.locator(hook("new-price")).fill("450");
        Browser.assertAccessible(page);
        Browser.shoot(page, "pos-new-part");
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("total"))).hasAttribute("data-minor", "45000");
        page.keyboard().press("F10");
        page.keyboard().press("Enter");
        String folio = page.locator(hook("done-folio")).innerText();
        page.keyboard().press("Enter");
        Counter.awaitAtHub(shop, folio);

        Page console = browser.page(1440, 900, ColorScheme.LIGHT);
        try {
            console.navigate(shop.hubAddress());
            console.locator("#entry-email").fill(Shop.OWNER);
            console.locator("#entry-password").fill(Shop.PASSWORD);
            console.keyboard().press("Enter");
            console.locator(hook("nav-proposals")).click();
            Locator row = console.locator(hook("proposal")).filter(new Locator.FilterOptions().setHasText("7974"));
            row.locator(hook("proposal-decide")).click();
            assertThat(console.locator(hook("likely-part")).first()).containsText(Pattern.compile("7974-?D1045"));
            Browser.assertAccessible(console);
            Browser.shoot(console, "console-proposal");
            console.locator(hook("proposal-merge")).first().click();
            assertThat(console.locator(hook("proposal-said"))).containsText("7974-D1045");
            console.locator(hook("tab-decided")).click();
            assertThat(console.locator(hook("proposal")).first()).containsText("7974-D1045");
            console.locator(hook("tab-lost")).click();
            assertThat(console.locator(hook("lost-file"))).isVisible();
            Browser.assertAccessible(console);
            Browser.shoot(console, "console-lost-sales");
            console.locator(hook("tab-decided")).click();
            console.locator(hook("proposal") + " td a").first().click();
            assertThat(console.locator("main")).containsText(STRANGER);
        } finally {
            console.context().close();
        }

        TillHands till = shop.signedInTill();
        Shop.await(
                "the answer at the till",
                () -> !till.search("7974D1045").path("hits").toString().contains("\"ZZZ\""));
        Counter.scan(page, STRANGER);
        assertThat(page.locator(hook("ticket-line"))).hasAttribute("data-number", "7974-D1045");
    }
}
