package mx.refahub.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static mx.refahub.system.Browser.hook;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A part made by hand at the hub, with its picture, as far as the till. */
@ExtendWith(OneShop.class)
class CatalogueBrowserTest {
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
    void leave() {
        page.context().close();
        browser.assertNoComplaints();
    }

    private void fill(String field, String value) {
        page.locator(hook("part-" + field)).fill(value);
    }

    @Test
    void a_part_made_by_hand_is_found_and_seen_at_the_till_with_its_picture() throws IOException {
        page.locator(hook("nav-catalogue")).click();
        page.locator(hook("part-new")).click();
        fill("lineCode", "zzt");
        fill("number", "77-0042");
        fill("brand", "Zeta");
        fill("nameEs", "Espejo retrovisor abatible");
        fill("satCode", "2517");
        fill("price", "1,250");
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("fault-satCode"))).containsText("8 dígitos");
        assertThat(page.locator(hook("fault-price"))).containsText("1234.50");
        Browser.assertAccessible(page);
        Browser.shoot(page, "console-part-faults");
        fill("satCode", "25174000");
        fill("price", "1250");
        page.locator(hook("add-fitments")).click();
        Locator cells = page.locator(hook("edit-fitments") + " tbody input");
        String[] fit = {"Nissan", "Tsuru", "1992", "2017", "1.6", "Sedán", "Izquierdo", ""};
        for (int i = 0; i < fit.length; i++) cells.nth(i).fill(fit[i]);
        page.locator(hook("add-barcodes")).click();
        page.locator(hook("edit-barcodes") + " tbody input").first().fill("7509990004242");
        page.locator(hook("part-save")).click();
        assertThat(page.locator(hook("part-name"))).containsText("77-0042");
        assertThat(page.locator(hook("part-fitments"))).containsText("Tsuru");
        assertThat(page.locator(hook("part-fitments"))).containsText("Sedán");

        page.locator(hook("picture-files")).setInputFiles(new FilePayload[] {
            picture("uno.jpg", new Color(40, 90, 160)), picture("dos.jpg", Color.GRAY)
        });
        assertThat(page.locator(hook("picture"))).hasCount(2);
        page.locator(hook("picture-later")).first().click();
        page.locator(hook("picture-address")).fill("http://127.0.0.1/a.jpg");
        page.keyboard().press("Enter");
        assertThat(page.locator(hook("problem"))).containsText("pública");

        page.locator(hook("part-edit")).click();
        fill("nameEs", "Espejo lateral abatible");
        page.locator(hook("part-save")).click();
        assertThat(page.locator(hook("part-change"))).hasCount(2);
        page.locator(hook("part-undo")).first().click();
        assertThat(page.locator(hook("part-change"))).hasCount(3);
        assertThat(page.locator(hook("part-facts"))).containsText("Espejo retrovisor abatible");
        Browser.assertAccessible(page);
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(java.nio.file.Path.of("target", "screens", "console-part.png")));
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        page.setViewportSize(820, 1180);
        page.locator(hook("part-edit")).click();
        Browser.assertAccessible(page);
        Browser.shoot(page, "console-part-tablet-dark");

        seenAtTheTill();
    }

    private void seenAtTheTill() {
        Shop.await("the part is found at the store", () -> {
            var till = shop.signedInTill();
            return till.http()
                            .get("/api/v1/catalog/search?q=77-0042")
                            .orThrow()
                            .json()
                            .path("total")
                            .asLong()
                    == 1;
        });
        Page till = browser.page(1366, 768, ColorScheme.LIGHT);
        List<String> pictures = Collections.synchronizedList(new ArrayList<>());
        till.onRequest(request -> {
            if (request.url().contains("/images/")) pictures.add(request.url());
        });
        Counter.enter(till, shop);
        till.keyboard().type("espejo retrovisor abatible tsuru 2010 sedan");
        assertThat(till.locator(hook("hit")).first()).containsText("77-0042");
        assertThat(till.locator(hook("hit")).first()).containsText("Nissan Tsuru 1.6 Sedán 1992–2017");
        assertThat(till.locator(hook("read-body"))).containsText("Sedán");
        till.locator(hook("read-body")).click();
        assertThat(till.locator(hook("lifted"))).containsText("sedan");
        till.locator(hook("lifted")).click();
        assertThat(till.locator(hook("read-body"))).containsText("Sedán");
        assertThat(pictures)
                .as("no picture is fetched before somebody looks at the part")
                .isEmpty();
        till.keyboard().press("Enter");
        till.locator(hook("hit-look")).first().click();
        assertThat(till.locator(hook("detail-price"))).hasText("$1,250.00");
        assertThat(till.locator(hook("fit") + "[data-asked=true]")).containsText("Tsuru");
        Locator picture = till.locator(hook("detail-picture") + " img");
        picture.waitFor();
        till.waitForCondition(() -> (Boolean) picture.evaluate("each => each.complete && each.naturalWidth > 200"));
        assertThat(picture.getAttribute("src")).contains("size=300");
        assertThat(picture.getAttribute("loading")).isEqualTo("lazy");
        assertThat(pictures).allMatch(each -> each.contains("size=300"));
        Browser.assertAccessible(till);
        Browser.shoot(till, "pos-part-picture");
        till.locator(hook("detail-take")).click();
        assertThat(till.locator(hook("ticket-line"))).hasAttribute("data-number", "77-0042");
        till.keyboard().press("Delete");
        till.context().close();
    }

    @Test
    void what_goes_with_a_part_is_added_at_the_counter_by_key_in_the_quantity_that_goes_with_it() {
        Page till = browser.page(1366, 768, ColorScheme.LIGHT);
        Counter.enter(till, shop);
        till.keyboard().type("P56-103");
        assertThat(till.locator(hook("hit")).first()).containsText("P56-103");
        till.keyboard().press("F12");
        Locator rows = till.locator(hook("related-row"));
        assertThat(rows).hasCount(2);
        assertThat(rows.first()).containsText("DR-29542");
        Browser.assertAccessible(till);

        till.keyboard().press("ArrowDown");
        till.keyboard().press("Enter");
        assertThat(till.locator(hook("related-added"))).containsText("DR-29542 × 2");
        till.keyboard().press("Escape");

        assertThat(till.locator(hook("ticket-line"))).containsText("DR-29542");
        till.keyboard().press("Escape");
        till.context().close();
    }

    private static FilePayload picture(String name, Color color) throws IOException {
        BufferedImage image = new BufferedImage(1000, 750, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, 1000, 750);
        graphics.setColor(color);
        graphics.fillOval(200, 75, 600, 600);
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", out);
        return new FilePayload(name, "image/jpeg", out.toByteArray());
    }
}
