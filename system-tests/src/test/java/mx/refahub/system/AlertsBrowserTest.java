package mx.refahub.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static mx.refahub.system.Browser.hook;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.SelectOption;
import java.io.IOException;
import java.util.regex.Pattern;
import mx.refahub.system.client.HubHands;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** A rule that finds the disk of a store too small, the alert it raises, the bell, somebody who takes it on, and its end. */
@ExtendWith(OneShop.class)
class AlertsBrowserTest {
    private static final String RULE = "Disco de la sucursal";
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
        page.navigate(shop.hubAddress());
        page.locator("#entry-email").fill(Shop.OWNER);
        page.locator("#entry-password").fill(Shop.PASSWORD);
        page.keyboard().press("Enter");
        page.locator(hook("store-tile")).first().waitFor();
    }

    @AfterEach
    void leave() throws IOException, InterruptedException {
        HubHands hub = shop.signedInHub();
        for (JsonNode rule :
                hub.http().get("/console/api/alert-rules").orThrow().json().path("rules"))
            if (rule.path("name").asString().equals(RULE))
                hub.http()
                        .delete("/console/api/alert-rules/" + rule.path("id").asString())
                        .orThrow();
        page.context().close();
        browser.assertNoComplaints();
    }

    @Test
    void a_rule_raises_an_alert_that_rings_the_bell_until_somebody_takes_it_on_and_that_ends_by_itself()
            throws IOException, InterruptedException {
        heard();
        page.locator(hook("nav-alerts")).click();
        page.locator(hook("alerts-tab-rules")).click();
        page.locator(hook("rule-new")).click();
        page.locator(hook("rule-kind")).selectOption("DISK_LOW");
        assertThat(page.locator(hook("rule-threshold"))).hasValue("2048");
        page.locator(hook("rule-name")).fill(RULE);
        page.locator(hook("rule-threshold")).fill("900000000");
        page.locator(hook("rule-calmMinutes")).fill("0");
        page.locator(hook("rule-store")).selectOption(new SelectOption().setLabel("Sucursal Centro"));
        page.locator(hook("rule-byMail")).uncheck();
        Browser.assertAccessible(page);
        page.locator(hook("rule-save")).click();
        Locator rule = page.locator(hook("rule") + "[data-name='" + RULE + "']");
        assertThat(rule).containsText("menos de 900,000,000 MB libres");
        assertThat(rule).containsText("Sucursal Centro");
        Browser.assertAccessible(page);

        look();
        Locator alert = page.locator(hook("alert")).filter(new Locator.FilterOptions().setHasText(RULE));
        assertThat(alert).containsText("sin atender");
        Locator bell = page.locator(hook("bell"));
        assertThat(bell).hasAttribute("data-count", Pattern.compile("[1-9]\\d*"));
        Browser.assertAccessible(page);
        Browser.shoot(page, "console-alerts");
        alert.locator(hook("alert-open")).click();
        assertThat(page.locator(hook("alert-events"))).containsText("Empezó");
        page.locator(hook("alert-note")).fill("se borran videos viejos");
        Browser.assertAccessible(page);
        page.locator(hook("alert-acknowledge")).click();
        assertThat(alert).containsText("Administración: se borran videos viejos");
        // The bell may ring for what other tests left in this shop; this one it does not ring for any more.
        assertThat(alert).not().containsText("sin atender");

        page.locator(hook("alerts-tab-rules")).click();
        rule.locator(hook("rule-change")).click();
        page.locator(hook("rule-threshold")).fill("1");
        page.locator(hook("rule-save")).click();
        assertThat(rule).containsText("menos de 1 MB libres");
        look();
        assertThat(alert).hasCount(0);
        page.locator(hook("alerts-view-RESOLVED")).click();
        assertThat(alert).containsText("resuelto");
        alert.locator(hook("alert-open")).click();
        assertThat(page.locator(hook("alert-events"))).containsText("Terminó");
    }

    private void look() {
        page.locator(hook("alerts-tab-list")).click();
        page.locator(hook("alerts-look")).click();
        assertThat(page.locator(hook("alerts-said"))).containsText("Revisado");
    }

    /** What is measured at a store is known once it has been heard of. */
    private static void heard() throws IOException, InterruptedException {
        HubHands hub = shop.signedInHub();
        Shop.await("the store's first heartbeat", () -> {
            for (JsonNode store :
                    hub.http().get("/console/api/stores").orThrow().json().path("stores"))
                if (!store.path("state").asString().equals("new")) return true;
            return false;
        });
    }
}
