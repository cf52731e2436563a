package mx.refahub.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static mx.refahub.system.Browser.hook;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The accountant at the console: a ticket is sold, its accounts are given, its day goes out as a workbook, once. */
@ExtendWith(OneShop.class)
class AccountingBrowserTest {
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

    @AfterEach
    void leave() {
        if (page != null) page.context().close();
        browser.assertNoComplaints();
    }

    @Test
    void accounts_that_lack_are_given_and_a_day_goes_out_as_a_workbook_that_ties()
            throws IOException, InterruptedException {
        page = browser.page(1366, 768, ColorScheme.LIGHT);
        Counter.enter(page, shop);
        Counter.scan(page, PAD);
        page.locator(hook("ticket-line")).waitFor();
        page.keyboard().press("F10");
        page.keyboard().press("Enter");
        Counter.awaitAtHub(shop, page.locator(hook("done-folio")).innerText());
        page.context().close();

        page = browser.page(1366, 768, ColorScheme.LIGHT);
        page.navigate(shop.hubAddress());
        page.locator("#entry-email").fill(Shop.OWNER);
        page.locator("#entry-password").fill(Shop.PASSWORD);
        page.keyboard().press("Enter");
        page.locator(hook("nav-accounting")).click();
        page.locator(hook("accounting-until"))
                .fill(LocalDate.now(ZoneId.of("America/Mexico_City")).toString());
        assertThat(page.locator(hook("accounting-missing"))).isVisible();
        assertThat(page.locator(hook("accounting-go"))).isDisabled();
        Browser.assertAccessible(page);
        Browser.shoot(page, "console-accounting-missing");

        page.locator(hook("accounting-mend")).click();
        assertThat(page.locator(hook("account-row")).first()).isVisible();
        List<Locator> rows = page.locator(hook("account-row")).all();
        for (int i = 0; i < rows.size(); i++)
            rows.get(i).locator(hook("account")).fill("401-%02d".formatted(i + 1));
        page.locator(hook("accounts-save")).click();
        assertThat(page.locator(hook("accounts-saved"))).isVisible();
        Browser.assertAccessible(page);
        Browser.shoot(page, "console-accounts");

        page.locator(hook("accounting-tab-export")).click();
        String total = page.locator(hook("due-total")).getAttribute("data-minor");
        page.locator(hook("accounting-go")).click();
        Locator export = page.locator(hook("export")).first();
        assertThat(export).hasAttribute("data-status", "done");
        assertThat(export.locator("td[data-minor]")).hasAttribute("data-minor", total);
        assertThat(page.locator(hook("due-tickets"))).hasText("0");
        Download workbook = page.waitForDownload(() -> export.locator(hook("export-file"))
                .filter(new Locator.FilterOptions().setHasText(".xlsx"))
                .click());
        Path saved = Path.of("target", "screens", "ventas.xlsx");
        workbook.saveAs(saved);
        org.assertj.core.api.Assertions.assertThat(Files.size(saved)).isGreaterThan(2_000);
        Browser.assertAccessible(page);
        Browser.shoot(page, "console-accounting");

        page.locator(hook("nav-reports")).click();
        assertThat(page.locator(hook("report-chart"))).isVisible();
        assertThat(page.locator(hook("report-total") + " td").last()).hasAttribute("data-exact", total);
        Browser.assertAccessible(page);
        Browser.shoot(page, "console-reports");
        Download paper =
                page.waitForDownload(() -> page.locator(hook("report-pdf")).click());
        Path printed = Path.of("target", "screens", "ventas.pdf");
        paper.saveAs(printed);
        org.assertj.core.api.Assertions.assertThat(Files.readString(printed, StandardCharsets.ISO_8859_1))
                .startsWith("%PDF-");
        page.locator(hook("report-which")).selectOption("credit");
        assertThat(page.locator(hook("report-table") + "[data-report=credit]")
                        .or(page.locator(hook("empty")))
                        .first())
                .isVisible();
        Browser.assertAccessible(page);
    }
}
