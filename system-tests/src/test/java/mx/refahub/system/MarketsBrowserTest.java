package mx.refahub.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static mx.refahub.system.Browser.hook;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Mercado Libre's simulator from the console to the till: let in, a listing that stands, those that were refused with the reason, and an order that the counter hands over. */
@ExtendWith(OneShop.class)
class MarketsBrowserTest {
    /** Of this brand the sample has three parts in stock. */
    private static final String BRAND = "Mopar";

    private static final String PLUG = "SP-153";
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
    void a_part_is_listed_others_are_refused_with_the_reason_and_an_order_is_handed_over_at_the_till()
            throws IOException, InterruptedException {
        page = browser.page(1366, 768, ColorScheme.LIGHT);
        page.navigate(shop.hubAddress() + "/console/catalogue?q=" + PLUG);
        page.locator("#entry-email").fill(Shop.OWNER);
        page.locator("#entry-password").fill(Shop.PASSWORD);
        page.keyboard().press("Enter");
        page.locator(hook("hit"))
                .filter(new Locator.FilterOptions().setHasText(PLUG))
                .first()
                .locator("a")
                .first()
                .click();
        page.locator(hook("picture-files")).setInputFiles(plug());
        assertThat(page.locator(hook("picture"))).hasCount(1);

        connect();
        page.navigate(shop.hubAddress() + "/console/marketplaces/rules");
        page.locator(hook("rule-add")).click();
        page.locator(hook("rule-brand")).fill(BRAND);
        page.locator(hook("rule-leastStock")).fill("1");
        page.locator(hook("rule-safetyStock")).fill("2");
        page.locator(hook("rule-withPicture")).uncheck();
        Browser.assertAccessible(page);
        page.locator(hook("rules-save")).click();
        assertThat(page.locator(hook("rules-said"))).isVisible();

        run();
        page.navigate(shop.hubAddress() + "/console/marketplaces/listings");
        Locator stands = listing(PLUG);
        assertThat(stands.locator("[data-state=STANDING]")).isVisible();
        assertThat(stands).containsText(Pattern.compile("MLM\\d+"));
        page.locator(hook("market-view")).selectOption("REFUSED");
        assertThat(page.locator(hook("market-listing"))).hasCount(2);
        assertThat(page.locator(hook("market-reason")).first()).containsText("Pictures are mandatory");
        Browser.assertAccessible(page);
        Browser.shoot(page, "console-market-refused");
        page.locator(hook("market-view")).selectOption("ALL");
        assertThat(page.locator(hook("market-listing"))).hasCount(3);
        Browser.shoot(page, "console-market-listings");

        String number = bought(stands.getAttribute("data-sku"));
        run();
        page.navigate(shop.hubAddress() + "/console/marketplaces/orders");
        Locator order = page.locator(hook("market-order") + "[data-order='" + number + "']");
        assertThat(order.locator("[data-state=PAID]")).isVisible();
        assertThat(order).containsText("CENTRO");
        page.context().close();

        page = browser.page(1366, 768, ColorScheme.LIGHT);
        Counter.enter(page, shop);
        String folio = handedOver(number);
        Counter.awaitAtHub(shop, folio);
        page.context().close();

        page = browser.page(1366, 768, ColorScheme.LIGHT);
        page.navigate(shop.hubAddress() + "/console/marketplaces/orders");
        page.locator("#entry-email").fill(Shop.OWNER);
        page.locator("#entry-password").fill(Shop.PASSWORD);
        page.keyboard().press("Enter");
        page.locator(hook("markets-all")).check();
        Locator sold = page.locator(hook("market-order") + "[data-order='" + number + "']");
        Shop.await("the ticket is tied to its order", () -> {
            if (sold.locator(hook("market-ticket")).count() > 0) return true;
            page.reload();
            page.locator(hook("markets-all")).check();
            page.waitForTimeout(500);
            return false;
        });
        assertThat(sold.locator(hook("market-ticket"))).containsText(folio);
        Browser.assertAccessible(page);
        Browser.shoot(page, "console-market-order-sold");
    }

    /** The seller lets us in and comes back. */
    private void connect() {
        String there = "http://127.0.0.1:" + OneShop.MARKET_PORT;
        page.navigate(shop.hubAddress() + "/console/connections");
        page.locator(hook("connect") + "[data-kind=mercado-libre]").click();
        page.locator(hook("connection-address")).fill(there);
        page.locator(hook("connection-local")).check();
        page.locator(hook("field-application")).fill("5503910054141466");
        page.locator(hook("field-applicationSecret")).fill("secreto-de-prueba");
        page.locator(hook("field-signIn")).fill(there + "/authorization");
        page.locator(hook("connection-save")).click();
        assertThat(page.locator(hook("connection") + "[data-kind=mercado-libre]"))
                .isVisible();
        page.navigate(shop.hubAddress() + "/console/marketplaces");
        page.locator(hook("market-sign-in")).click();
        page.waitForURL("**/console/marketplaces");
        assertThat(page.locator(hook("markets-said"))).isVisible();
        assertThat(page.locator(hook("market-account")).locator("[data-state=OPEN]"))
                .isVisible();
        Browser.assertAccessible(page);
        Browser.shoot(page, "console-market-accounts");
    }

    private void run() {
        page.navigate(shop.hubAddress() + "/console/jobs");
        page.locator(hook("job-run") + "[data-job=marketplace-exchange]").click();
        page.locator(hook("run-start")).click();
        page.waitForURL("**/console/runs/*");
        assertThat(page.locator(hook("run-status"))).hasAttribute("data-status", "done");
    }

    private Locator listing(String number) {
        return page.locator(hook("market-listing"))
                .filter(new Locator.FilterOptions().setHasText(number))
                .first();
    }

    /** @return the order's number */
    private static String bought(String sku) throws IOException, InterruptedException {
        try (HttpClient buyer = HttpClient.newHttpClient()) {
            String answer = buyer.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + OneShop.MARKET_PORT
                                            + "/simulator/orders?pieces=2&sku="
                                            + URLEncoder.encode(sku, StandardCharsets.UTF_8)))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            var found = Pattern.compile("\"id\"\\s*:\\s*\"(\\d+)\"").matcher(answer);
            if (!found.find()) throw new AssertionError("no order in " + answer);
            return found.group(1);
        }
    }

    /** @return the folio of its ticket */
    private String handedOver(String number) {
        Locator order = page.locator(hook("market-order") + "[data-number='" + number + "']");
        Shop.await(number + " at the till", () -> {
            page.keyboard().press("Control+Shift+o");
            page.locator(hook("market-search")).waitFor();
            page.waitForTimeout(500);
            if (order.count() > 0 && Objects.equals(order.getAttribute("data-state"), "READY")) return true;
            page.keyboard().press("Escape");
            assertThat(page.locator("dialog[open]")).hasCount(0);
            return false;
        });
        assertThat(order).containsText(PLUG);
        Browser.assertAccessible(page);
        Browser.shoot(page, "pos-market-order");
        order.locator(hook("market-collect")).click();
        return page.locator(hook("done-folio")).innerText();
    }

    private static FilePayload plug() throws IOException {
        BufferedImage image = new BufferedImage(900, 900, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, 900, 900);
        graphics.setColor(new Color(60, 70, 90));
        graphics.fillRect(380, 120, 140, 660);
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", out);
        return new FilePayload("bujia.jpg", "image/jpeg", out.toByteArray());
    }
}
