package mx.refahub.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static mx.refahub.system.Browser.hook;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The administrator at the console: SAP is connected, with a wrong password first, and a sold ticket's day arrives there. */
@ExtendWith(OneShop.class)
class ExchangeBrowserTest {
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
    void a_system_is_connected_and_tried_and_a_day_arrives_there() throws IOException, InterruptedException {
        page = browser.page(1366, 768, ColorScheme.LIGHT);
        Counter.enter(page, shop);
        Counter.scan(page, PAD);
        page.locator(hook("ticket-line")).waitFor();
        page.keyboard().press("F10");
        page.keyboard().press("Enter");
        Counter.awaitAtHub(shop, page.locator(hook("done-folio")).innerText());
        page.context().close();

        page = browser.page(1366, 768, ColorScheme.LIGHT);
        page.navigate(shop.hubAddress() + "/console/connections");
        page.locator("#entry-email").fill(Shop.OWNER);
        page.locator("#entry-password").fill(Shop.PASSWORD);
        page.keyboard().press("Enter");
        page.locator(hook("connect") + "[data-kind=sap]").click();
        page.locator(hook("connection-address")).fill("http://127.0.0.1:" + OneShop.SAP_PORT);
        page.locator(hook("connection-local")).check();
        page.locator(hook("field-company")).fill("SBODEMOMX");
        page.locator(hook("field-user")).fill("manager");
        page.locator(hook("field-password")).fill("no es esta");
        Browser.assertAccessible(page);
        Browser.shoot(page, "console-connection");
        page.locator(hook("connection-save")).click();
        Locator sap = page.locator(hook("connection") + "[data-kind=sap]");
        sap.locator(hook("connection-try")).click();
        assertThat(sap).hasAttribute("data-works", "false");
        assertThat(sap.locator(hook("connection-trouble"))).containsText("no acepta");

        sap.locator(hook("connection-change")).click();
        page.locator(hook("field-password")).fill("refahub");
        page.locator(hook("connection-save")).click();
        assertThat(sap.locator(hook("connection-untried"))).isVisible();
        sap.locator(hook("connection-try")).click();
        assertThat(sap).hasAttribute("data-works", "true");
        Browser.assertAccessible(page);
        Browser.shoot(page, "console-connections");

        page.navigate(shop.hubAddress() + "/console/accounting?target=sap&tab=accounts&until="
                + LocalDate.now(ZoneId.of("America/Mexico_City")));
        Locator accounts = page.locator(hook("account"));
        assertThat(accounts.first()).isVisible();
        for (int i = 0; i < accounts.count(); i++) accounts.nth(i).fill("4000-%02d".formatted(i));
        page.locator(hook("accounts-save")).click();
        assertThat(page.locator(hook("accounts-saved"))).isVisible();
        page.locator(hook("accounting-tab-export")).click();
        page.locator(hook("accounting-go")).click();
        assertThat(page.locator(hook("export")).first()).hasAttribute("data-status", "done");
        assertThat(page.locator(hook("due-tickets"))).hasText("0");

        page.locator(hook("accounting-tab-deliveries")).click();
        page.locator(hook("deliveries-delivered")).click();
        Locator delivered = page.locator(hook("delivery")).first();
        assertThat(delivered).hasAttribute("data-state", "delivered");
        assertThat(delivered.locator(hook("delivery-outside"))).isVisible();
        assertThat(page.locator(hook("deliveries-refused"))).hasAttribute("data-count", "0");
        Browser.assertAccessible(page);
        Browser.shoot(page, "console-deliveries");
    }
}
