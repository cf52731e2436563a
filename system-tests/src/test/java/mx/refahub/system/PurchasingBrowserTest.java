package mx.refahub.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static mx.refahub.system.Browser.hook;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.SelectOption;
import java.io.IOException;
import mx.refahub.system.client.HubHands;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An order approved in the console, received at the till with a piece too many, and seen in the console. */
@ExtendWith(OneShop.class)
class PurchasingBrowserTest {
    private static final String ALTERNATOR = "23-11254";
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

    @Test
    void an_order_is_approved_in_the_console_received_at_the_till_with_a_difference_and_seen_again()
            throws IOException, InterruptedException {
        Page console = browser.page(1366, 768, ColorScheme.LIGHT);
        console.navigate(shop.hubAddress());
        console.locator("#entry-email").fill(Shop.OWNER);
        console.locator("#entry-password").fill(Shop.PASSWORD);
        console.keyboard().press("Enter");
        console.locator(hook("nav-purchasing")).click();
        console.locator(hook("purchase-tab-suppliers")).click();
        console.locator(hook("supplier-new")).click();
        console.locator(hook("supplier-code")).fill("alt");
        console.locator(hook("supplier-name")).fill("Alternadores de Puebla");
        Browser.assertAccessible(console);
        console.locator(hook("supplier-save")).click();
        assertThat(console.locator(hook("suppliers"))).containsText("Alternadores de Puebla");
        console.locator(hook("purchase-tab-orders")).click();
        console.locator(hook("order-new")).click();
        console.locator(hook("order-supplier") + " option")
                .nth(1)
                .waitFor(new Locator.WaitForOptions()
                        .setState(com.microsoft.playwright.options.WaitForSelectorState.ATTACHED));
        console.locator(hook("order-supplier")).selectOption(new SelectOption().setLabel("Alternadores de Puebla"));
        console.locator(hook("order-store")).selectOption(new SelectOption().setIndex(1));
        console.locator(hook("order-part")).fill(ALTERNATOR);
        console.locator(hook("part-hits") + " button")
                .filter(new Locator.FilterOptions().setHasText(ALTERNATOR))
                .first()
                .click();
        console.locator(hook("order-quantity")).fill("5");
        console.locator(hook("order-cost")).fill("mil");
        console.locator(hook("order-save")).click();
        assertThat(console.locator(hook("order-line-wrong"))).containsText("«mil» no es un costo");
        console.locator(hook("order-cost")).fill("1850.50");
        Browser.assertAccessible(console);
        console.locator(hook("order-save")).click();
        console.locator(hook("order-act-APPROVE")).click();
        console.locator(hook("order-act-SEND")).click();
        assertThat(console.locator(hook("order-state"))).hasAttribute("data-state", "SENT");
        Browser.assertAccessible(console);
        Browser.shoot(console, "console-purchase-order");
        String number = console.locator("h1").innerText().strip().split("\\s")[0];

        Page till = browser.page(1366, 768, ColorScheme.LIGHT);
        Counter.enter(till, shop, Shop.SUPERVISOR, Shop.SUPERVISOR_PIN);
        Locator offered =
                till.locator(hook("stock-order") + " option").filter(new Locator.FilterOptions().setHasText(number));
        Shop.await(number + " at the store", () -> {
            till.keyboard().press("Control+e");
            till.locator(hook("stock-menu-receive")).click();
            till.locator(hook("stock-order")).waitFor();
            // Its orders are read when it opens.
            till.waitForTimeout(300);
            if (offered.count() > 0) return true;
            till.keyboard().press("Escape");
            assertThat(till.locator("dialog[open]")).hasCount(0);
            return false;
        });
        till.locator(hook("stock-order")).selectOption(offered.getAttribute("value"));
        assertThat(till.locator(hook("line-quantity"))).hasValue("5");
        till.locator(hook("line-quantity")).fill("6");
        assertThat(till.locator(hook("order-differs"))).containsText("Más que lo pedido");
        till.locator(hook("receipt-charges") + " summary").click();
        till.locator(hook("landed-freight")).fill("mucho");
        Browser.assertAccessible(till);
        Browser.shoot(till, "pos-receipt-of-order");
        till.locator(hook("stock-save")).click();
        assertThat(till.locator(hook("stock-problem"))).containsText("«mucho» no es un importe");
        till.locator(hook("landed-freight")).fill("185.05");
        till.locator(hook("landed-by")).selectOption("WEIGHT");
        till.locator(hook("stock-save")).click();
        assertThat(till.locator(hook("stock-problem"))).containsText("Falta el peso");
        till.locator(hook("landed-by")).selectOption("PIECES");
        till.locator(hook("stock-save")).click();
        assertThat(till.locator(hook("line-wrong"))).containsText("se pidieron 5 y ya llegaron 0; de estas 6 sobran 1");
        till.locator(hook("surplus-kept")).check();
        till.locator(hook("stock-save")).click();
        assertThat(till.locator(hook("stock-problem"))).containsText("Falta por qué se queda");
        till.locator(hook("surplus-reason")).fill("El proveedor mandó uno de más");
        Browser.assertAccessible(till);
        Browser.shoot(till, "pos-receipt-beyond-order");
        till.locator(hook("stock-save")).click();
        assertThat(till.locator(hook("notice"))).containsText("Alternadores de Puebla");

        HubHands hub = shop.signedInHub();
        Shop.await(
                "the receipt at the hub",
                () -> hub.http()
                        .get("/console/api/purchase-differences")
                        .orThrow()
                        .text()
                        .contains(number));
        console.reload();
        assertThat(console.locator(hook("order-state"))).hasAttribute("data-state", "RECEIVED");
        assertThat(console.locator(hook("order-receipts"))).containsText("$185.05");
        assertThat(console.locator(hook("order-differences")))
                .containsText("Se pidieron 5 y se han recibido 6. Lo recibió");
        assertThat(console.locator(hook("order-differences"))).containsText("«El proveedor mandó uno de más»");
        console.locator(hook("purchase-tab-differences")).click();
        Locator difference = console.locator(hook("difference")).filter(new Locator.FilterOptions().setHasText(number));
        difference.locator(hook("difference-note")).fill("Se queda: la factura dice seis");
        Browser.assertAccessible(console);
        difference.locator(hook("difference-settle")).click();
        assertThat(difference).hasCount(0);
        till.context().close();
        console.context().close();
        browser.assertNoComplaints();
    }
}
