package mx.refahub.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static mx.refahub.system.Browser.hook;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mx.refahub.system.client.HubHands;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** A note is written, collected by scan at the till, and handed over in two goes at another page, without a till; a browser becomes a station by a code. */
@ExtendWith(OneShop.class)
class NotesBrowserTest {
    private static final String PAD = "7505433001844";
    private static Browser browser;
    private static Shop shop;
    private Page counter;
    private Page till;
    private Page office;

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
        if (office != null) office.context().close();
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

    @Test
    @EnabledIfSystemProperty(named = "proofs", matches = "true")
    void a_browser_becomes_a_station_by_code_and_its_note_is_collected_at_the_till() {
        office = browser.page(1366, 768, ColorScheme.LIGHT);
        enterSupervisor(office);
        office.locator(hook("drawer-stations")).click();
        office.locator(hook("station-name")).fill("Mostrador del fondo");
        office.locator(hook("station-name")).press("Enter");
        String code = office.locator(hook("station-invited")).innerText();
        Browser.assertAccessible(office);
        Browser.shoot(office, "pos-station-code");

        counter = browser.page(1366, 768, ColorScheme.LIGHT);
        Counter.enter(counter, shop);
        counter.locator(hook("person")).click();
        counter.locator(hook("menu-register")).click();
        counter.locator(hook("drawer-stations")).click();
        assertThat(counter.locator(hook("station-code"))).isFocused();
        Counter.type(counter, "0000 0000");
        counter.keyboard().press("Enter");
        assertThat(counter.locator(hook("station-wrong"))).not().isEmpty();
        counter.locator(hook("station-code")).fill(code);
        counter.keyboard().press("Enter");
        assertThat(counter.locator(hook("notice"))).containsText("ya es Mostrador del fondo");
        assertThat(counter.locator(hook("drawer-station"))).isVisible();
        Browser.shoot(counter, "pos-station");
        counter.locator(hook("drawer-go")).click();
        assertThat(counter.locator(hook("register-name"))).hasText("Mostrador del fondo");
        Counter.scan(counter, PAD);
        assertThat(counter.locator(hook("total"))).hasAttribute("data-minor", "48900");
        counter.keyboard().press("F10");
        assertThat(counter.locator(hook("notice"))).containsText("Nota ");
        Matcher number = Pattern.compile("Nota (\\S+) por \\$489\\.00")
                .matcher(counter.locator(hook("notice")).innerText());
        org.assertj.core.api.Assertions.assertThat(number.find()).isTrue();

        till = browser.page(1366, 768, ColorScheme.LIGHT);
        Counter.enter(till, shop);
        Counter.scan(till, "NOTA-" + number.group(1));
        assertThat(till.locator(hook("total"))).hasAttribute("data-minor", "48900");
        till.keyboard().press("F10");
        till.keyboard().press("Enter");
        assertThat(till.locator(hook("done-folio"))).isVisible();

        office.reload();
        office.locator(hook("drawer-stations")).click();
        Locator station = office.locator(hook("station-row") + "[data-name='Mostrador del fondo']");
        station.locator(hook("station-revoke")).click();
        assertThat(station).hasCount(0);
        counter.reload();
        assertThat(counter.locator(hook("register-name"))).hasText("Caja 1");
    }

    /** Somebody who stands at no till. */
    private void door() {
        enterSupervisor(counter);
        counter.locator(hook("drawer-handover")).click();
    }

    private static void enterSupervisor(Page page) {
        page.navigate(shop.storeAddress());
        page.locator(hook("person-choice") + "[data-user=" + Shop.SUPERVISOR + "]")
                .click();
        page.locator(hook("pin")).fill(Shop.SUPERVISOR_PIN);
        page.keyboard().press("Enter");
    }
}
