package mx.refahub.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static mx.refahub.system.Browser.hook;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.IOException;
import mx.refahub.system.client.HubHands;

/** What a clerk's hands do at the till's page. */
final class Counter {
    private Counter() {}

    /** Signs Marta in and opens the drawer if it is not. */
    static void enter(Page page, Shop shop) {
        enter(page, shop, Shop.CASHIER, Shop.PIN);
    }

    static void enter(Page page, Shop shop, String user, String pin) {
        page.navigate(shop.storeAddress());
        page.locator(hook("person-choice") + "[data-user=" + user + "]").click();
        page.locator(hook("pin")).fill(pin);
        page.keyboard().press("Enter");
        page.locator(hook("drawer-page")).or(page.locator(hook("box"))).first().waitFor();
        if (page.locator(hook("float")).isVisible()) {
            page.locator(hook("float")).fill("500");
            page.keyboard().press("Enter");
        } else if (page.locator(hook("drawer-go")).isVisible()) {
            page.locator(hook("drawer-go")).click();
        }
        page.locator(hook("box")).waitFor();
        clear(page);
        // What is scanned while a dialog is still closing goes nowhere.
        assertThat(page.locator("dialog[open]")).hasCount(0);
        assertThat(page.locator(hook("box"))).isFocused();
    }

    /** What another test left in hand is taken off. */
    private static void clear(Page page) {
        Locator lines = page.locator(hook("ticket-line"));
        Locator empty = page.locator(hook("ticket-empty"));
        // On a tablet the ticket is a sheet that may be down.
        empty.or(lines.first()).first().waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
        while (lines.count() > 0) {
            int before = lines.count();
            page.keyboard().press("Delete");
            assertThat(lines).not().hasCount(before);
        }
    }

    static void type(Page page, String text) {
        page.keyboard().type(text, new Keyboard.TypeOptions().setDelay(50));
    }

    /**
     * As a scanner does: a burst a moment after whatever was typed before, then Enter. The keys bear a scanner's times, however long this machine takes to
     * hand them over.
     */
    static void scan(Page page, String code) {
        CDPSession wire = page.context().newCDPSession(page);
        double at = System.currentTimeMillis() / 1_000.0 + 0.15;
        for (int i = 0; i < code.length(); i++) {
            String key = code.substring(i, i + 1);
            wire.send("Input.dispatchKeyEvent", key(key, key, at += 0.002));
        }
        JsonObject enter = key("Enter", "\r", at + 0.002);
        enter.addProperty("windowsVirtualKeyCode", 13);
        wire.send("Input.dispatchKeyEvent", enter);
        wire.detach();
    }

    /** @param at seconds since 1970, for the event's own time */
    private static JsonObject key(String key, String text, double at) {
        JsonObject event = new JsonObject();
        event.addProperty("type", "keyDown");
        event.addProperty("key", key);
        event.addProperty("text", text);
        event.addProperty("timestamp", at);
        return event;
    }

    static void awaitAtHub(Shop shop, String folio) throws IOException, InterruptedException {
        HubHands hub = shop.signedInHub();
        Shop.await(
                folio + " at the hub",
                () -> hub.http()
                        .get("/console/api/documents?type=sale&limit=200")
                        .orThrow()
                        .text()
                        .contains(folio));
    }
}
