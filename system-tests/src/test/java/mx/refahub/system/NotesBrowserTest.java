package mx.refahub.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static mx.refahub.system.Browser.hook;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import mx.refahub.system.client.HubHands;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A note is written, collected by scan at the till, and handed over in two goes at another page, without a till. */
@ExtendWith(OneShop.class)
class NotesBrowserTest {
    private static final String PAD = "7505433001844";
    private static Browser browser;
    private static Shop shop;
    private Page counter;
    private Page till;

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
        if (counter != null) counter.context().close();
        if (till != null) till.context().close();
        browser.assertNoComplaints();
    }

    @Test
    void a_note_goes_from_the_counter_to_the_till_to_the_door() throws IOException, InterruptedException {
        till = browser.page(1366, 768, ColorScheme.LIGHT);
        Counter.enter(till, shop);

        Counter.type(till, "2*");
        Counter.scan(till, PAD);
        assertThat(till.locator(hook("total"))).hasAttribute("data-minor", "97800");
        till.keyboard().press("Control+b");
        till.locator(hook("note-issue")).click();
        assertThat(till.locator(hook("notice"))).containsText("Nota ");
        assertThat(till.locator(hook("ticket-empty"))).isAttached();

        till.keyboard().press("Control+b");
        assertThat(till.locator(hook("note-row"))).containsText("978.00");
        Browser.assertAccessible(till);
        Browser.shoot(till, "pos-notes");
        String number = till.locator(hook("note-row")).getAttribute("data-number");
        till.keyboard().press("Escape");
        assertThat(till.locator(hook("note-row"))).hasCount(0);
        Counter.scan(till, "NOTA-" + number);
        assertThat(till.locator(hook("total"))).hasAttribute("data-minor", "97800");
        till.keyboard().press("F10");
        till.keyboard().press("Enter");
        String folio = till.locator(hook("done-folio")).innerText();
        till.keyboard().press("Enter");

        counter = browser.page(1366, 768, ColorScheme.LIGHT);
        door();
        assertThat(counter.locator(hook("handover-row"))).containsText(folio);
        Counter.scan(counter, folio);
        assertThat(counter.locator(hook("handover-left"))).hasText("2");
        Browser.assertAccessible(counter);
        Browser.shoot(counter, "pos-hand-over");
        counter.locator(hook("handover-quantity")).fill("3");
        counter.locator(hook("handover-apply")).click();
        assertThat(counter.locator(hook("handover-wrong"))).containsText("falta entregar 2");
        counter.locator(hook("handover-quantity")).fill("1");
        counter.locator(hook("handover-apply")).click();
        assertThat(counter.locator(hook("handover-left"))).hasText("1");
        counter.locator(hook("handover-apply")).click();
        assertThat(counter.locator(hook("handover-said"))).containsText("todo entregado");
        assertThat(counter.locator(hook("handover-row"))).hasCount(0);

        HubHands hub = shop.signedInHub();
        Shop.await(
                "both hand-overs at the hub",
                () -> hub.http()
                                .get("/console/api/documents?type=goods-handed-over&limit=10")
                                .orThrow()
                                .text()
                                .split("goods-handed-over")
                                .length
                        > 2);
    }

    /** Somebody who stands at no till. */
    private void door() {
        counter.navigate(shop.storeAddress());
        counter.locator(hook("person-choice") + "[data-user=" + Shop.SUPERVISOR + "]")
                .click();
        counter.locator(hook("pin")).fill(Shop.SUPERVISOR_PIN);
        counter.keyboard().press("Enter");
        counter.locator(hook("drawer-handover")).click();
    }
}
