package mx.refahub.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static mx.refahub.system.Browser.hook;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import mx.refahub.system.client.TillHands;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** The console over the real processes. */
@ExtendWith(OneShop.class)
class ConsoleBrowserTest {
    private static final Pattern TODAY_SO_FAR = Pattern.compile("hoy \\$[1-9]");
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

    @Test
    void a_store_shows_its_heartbeat_lag_and_last_document() {
        Browser.assertAccessible(page);
        page.locator(hook("nav-stores")).click();
        Locator row = page.locator(hook("store")).filter(new Locator.FilterOptions().setHasText("Sucursal Centro"));
        assertThat(row).containsText("Sucursal Centro");
        assertThat(row.locator("time").first()).isVisible();
        Browser.assertAccessible(page);
        row.locator("a").click();
        assertThat(page.locator(hook("store-way"))).containsText("Escritos en la tienda");
        assertThat(page.locator("[data-stream=catalogue]")).containsText("v");
        page.locator(hook("command-status")).click();
        assertThat(page.locator(hook("command-sent"))).isVisible();
        Browser.shoot(page, "console-store");
    }

    @Test
    void a_sale_is_found_with_its_lines_to_the_centavo() throws IOException, InterruptedException {
        TillHands till = shop.signedInTill();
        till.openDrawerOnce(till.firstRegister(), 50000);
        String ticket = till.ticketInHand(till.firstRegister()).path("id").asString();
        long total = till.add(ticket, UUID.randomUUID(), "ALT 23-11254", "1")
                .path("totals")
                .path("total")
                .path("minor")
                .asLong();
        JsonNode sale = till.payCash(ticket, total, 400000).orThrow().json();
        String folio = sale.path("folio").asString();
        page.locator(hook("nav-documents")).click();
        Locator row = page.locator(hook("document")).filter(new Locator.FilterOptions().setHasText(folio));
        // It is applied behind its landing, and a list says how things stood when it was asked for.
        for (int i = 0;
                i < 40
                        && row.filter(new Locator.FilterOptions().setHasText("aplicado"))
                                        .count()
                                == 0;
                i++) {
            page.reload();
            page.locator(hook("documents")).waitFor();
        }
        assertThat(row).containsText("aplicado");
        row.locator("a").click();
        assertThat(page.locator(hook("document-lines"))).containsText("23-11254");
        assertThat(page.locator(hook("document-lines"))).containsText("$3,250.00");
        assertThat(page.locator(hook("document-tenders"))).containsText("$4,000.00");
        assertThat(page.locator(hook("document-tenders"))).containsText("$150.00");
        Browser.assertAccessible(page);
        Browser.shoot(page, "console-document");
        page.locator(hook("nav-home")).click();
        Locator curve = page.locator(hook("sales-of-day") + " [role=img]");
        // The hub adds up every ten seconds, not for each who looks.
        for (int i = 0; i < 40 && !soldToday(); i++) page.reload();
        assertThat(curve).hasAttribute("aria-label", TODAY_SO_FAR);
        assertThat(curve.locator("polyline")).hasCount(2);
        Browser.assertAccessible(page);
        Browser.shoot(page, "console-home");
    }

    private boolean soldToday() {
        page.locator(hook("sales-of-day") + " :is([role=img], .empty)").first().waitFor();
        Locator curve = page.locator(hook("sales-of-day") + " [role=img]");
        return curve.count() > 0
                && TODAY_SO_FAR.matcher(curve.getAttribute("aria-label")).find();
    }

    @Test
    void a_document_without_a_folio_goes_by_its_kind() {
        page.navigate(shop.hubAddress() + "/console/documents?type=pin-chosen");
        Locator title = page.locator(hook("document")).first().locator("a");
        assertThat(title).hasText("NIP elegido");
        title.click();
        assertThat(page.locator(hook("document-summary"))).hasText("NIP elegido");
    }

    @Test
    void a_job_is_run_with_its_files_and_shows_how_far_it_is() {
        page.locator(hook("nav-jobs")).click();
        page.locator(hook("job-run") + "[data-job=opening-stock]").click();
        page.locator("#parameter-stock")
                .setInputFiles(
                        Path.of("..", "batch-jobs", "sample", "stock.csv").toAbsolutePath());
        page.locator(hook("run-start")).click();
        page.waitForURL("**/console/runs/*");
        assertThat(page.locator(hook("run-status"))).hasAttribute("data-status", "done");
        assertThat(page.locator(hook("step")).first()).hasAttribute("data-status", "done");
        assertThat(page.locator(hook("run-message"))).containsText("xistencias");
        Browser.assertAccessible(page);
        Browser.shoot(page, "console-run");
    }

    @Test
    void an_opening_load_shows_what_it_brings_before_anybody_approves() throws IOException {
        page.locator(hook("nav-jobs")).click();
        page.locator(hook("job-run") + "[data-job=opening-stock]").click();
        page.locator("#parameter-suppliers")
                .setInputFiles(shop.file("suppliers.csv", "code,name\nALTREM,Alternadores de Puebla\n"));
        page.locator("#parameter-cores").setInputFiles(shop.file("cores.csv", """
                kind,store_code,supplier,line_code,part_number,quantity,unit_amount
                shop,CENTRO,,ALT,23-11254,12,
                supplier,CENTRO,ALTREM,ALT,23-11254,5,550.00
                """));
        page.locator(hook("run-start")).click();
        page.locator(hook("run-approve")).waitFor();
        Locator kinds = page.locator(hook("preview-kind"));
        assertThat(kinds.filter(new Locator.FilterOptions().setHasText("Alternadores de Puebla")))
                .not()
                .hasCount(0);
        assertThat(page.locator(hook("preview-kind") + "[data-kind=cores_lying]"))
                .containsText("12");
        assertThat(page.locator(hook("preview-kind") + "[data-kind=cores_owed]"))
                .containsText("2,750.00");
        assertThat(page.locator(hook("step")).filter(new Locator.FilterOptions().setHasText("stage-")))
                .hasCount(0);
        Browser.assertAccessible(page);
        Browser.shoot(page, "console-opening-load");
        page.locator(hook("run-discard")).click();
        page.locator(hook("sure-yes")).click();
        assertThat(page.locator(hook("run-status"))).hasAttribute("data-status", "discarded");
    }

    @Test
    void a_step_that_runs_says_how_far_it_is_and_how_long_it_still_takes() {
        page.navigate(shop.hubAddress() + "/console/jobs");
        page.locator(hook("job-run")).first().waitFor();
        String steps = "async run => { const { render } = await import('lit');"
                + " const { steps } = await import('/assets/console/jobs/run-progress.js');"
                + " const place = document.createElement('div'); place.id = 'proof'; document.body.append(place); render(steps(run), place); }";
        page.evaluate(
                steps,
                Map.of(
                        "status",
                        "running",
                        "steps",
                        List.of(Map.of(
                                "name",
                                "stage-fitments",
                                "status",
                                "running",
                                "percent",
                                25,
                                "read",
                                1000000,
                                "total",
                                4000000,
                                "written",
                                0,
                                "skipped",
                                0,
                                "secondsLeft",
                                360))));
        assertThat(page.locator("#proof " + hook("step"))).containsText("25 %");
        assertThat(page.locator("#proof .step-left")).containsText("6 min");
    }

    @Test
    void a_wrong_file_is_refused_with_what_to_do() throws IOException {
        page.locator(hook("nav-jobs")).click();
        page.locator(hook("job-run") + "[data-job=catalogue-import]").click();
        page.locator("#parameter-parts").setInputFiles(shop.file("libro.csv", "PK\u0003\u0004binario"));
        page.locator(hook("run-start")).click();
        page.waitForURL("**/console/runs/*");
        assertThat(page.locator(hook("run-status"))).hasAttribute("data-status", "failed");
        assertThat(page.locator(hook("run-message"))).containsText("no es un libro de Excel que se pueda leer");
        page.locator(hook("nav-jobs")).click();
        page.locator(hook("job-run") + "[data-job=catalogue-import]").click();
        page.locator("#parameter-parts").setInputFiles(shop.file("nada.csv", ""));
        page.locator(hook("run-start")).click();
        assertThat(page.locator(hook("run-form")).locator(hook("problem"))).containsText("vacío");
        page.locator("#parameter-parts").setInputFiles(shop.file("corto.csv", "line_code,part_number\nFRI,1\n"));
        page.locator(hook("run-start")).click();
        page.waitForURL("**/console/runs/*");
        assertThat(page.locator(hook("run-status"))).hasAttribute("data-status", "failed");
        assertThat(page.locator(hook("run-message"))).containsText("brand");
    }

    @Test
    void in_the_dark_on_a_tablet_every_page_is_readable_and_english_is_there() {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        page.setViewportSize(820, 1180);
        for (String place : new String[] {"stores", "documents", "catalogue", "jobs", "staff", "routes"}) {
            page.locator(hook("nav-" + place)).click();
            page.locator("main h1").waitFor();
            assertThat(page.locator(hook("loading"))).hasCount(0);
            Browser.assertAccessible(page);
        }
        Browser.shoot(page, "console-tablet-dark");
        page.locator(hook("language")).click();
        assertThat(page.locator("main h1")).containsText("Routes");
    }
}
