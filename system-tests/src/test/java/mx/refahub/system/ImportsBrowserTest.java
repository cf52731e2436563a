package mx.refahub.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static mx.refahub.system.Browser.hook;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A supplier's file on its way into the catalogue and out again, as an administrator sees it. */
@ExtendWith(OneShop.class)
class ImportsBrowserTest {
    private static final String LIST = """
            No. de Parte,Marca,Descripción,Precio Lista,Existencia
            900-1,Zenit,Amortiguador trasero zenit,1250.00,4
            900-2,Zenit,Amortiguador delantero zenit,caro,2
            """;

    static Browser browser;
    static String hub;
    Page page;

    @BeforeAll
    static void open(Shop shop) {
        hub = shop.hubAddress();
        browser = Browser.open();
    }

    @AfterAll
    static void close() {
        if (browser != null) browser.close();
    }

    @BeforeEach
    void signIn() {
        page = browser.page(1366, 768, ColorScheme.LIGHT);
        page.navigate(hub);
        page.locator("#entry-email").fill(Shop.OWNER);
        page.locator("#entry-password").fill(Shop.PASSWORD);
        page.keyboard().press("Enter");
        page.locator(hook("me")).waitFor();
    }

    @AfterEach
    void leave() {
        page.context().close();
        browser.assertNoComplaints();
    }

    @Test
    void a_supplier_s_file_is_mapped_previewed_approved_mended_and_taken_back() throws IOException {
        String first = approved();
        found("amortiguador trasero zenit", "900-1");
        String second = mended(first);
        found("amortiguador delantero zenit", "900-2");

        page.navigate(hub + "/console/runs/" + first);
        page.locator(hook("undo-look")).click();
        assertThat(page.locator(hook("undo-refused"))).hasAttribute("data-code", "run-undo-overtaken");
        Browser.assertAccessible(page);
        page.locator(hook("undo-there")).click();
        page.waitForURL("**/runs/" + second);
        undone();
        page.navigate(hub + "/console/runs/" + first);
        undone();
        page.navigate(hub + "/console/runs/" + first);
        assertThat(page.locator(hook("run-facts"))).containsText("Se deshizo");
        page.navigate(hub + "/console/catalogue?q=zenit");
        assertThat(page.locator(hook("empty"))).isVisible();
    }

    private String approved() {
        page.locator(hook("nav-imports")).click();
        drop("lista de precios.csv", LIST);
        assertThat(page.locator(hook("file-in"))).hasAttribute("data-kind", "parts");
        assertThat(column("list_price").locator(".samples")).containsText("1250.00");
        page.locator(hook("import-start")).click();
        assertThat(page.locator(hook("import-fault"))).containsText("Clave SAT");
        fixed("line_code", "ZEN");
        column("price_includes_tax").locator(hook("column-choice")).selectOption("fixed");
        column("tax_class").locator(hook("column-choice")).selectOption("fixed");
        fixed("sat_code", "25171702");
        fixed("sat_unit", "H87");
        page.locator(hook("import-start")).click();
        assertThat(page.locator(hook("import-fault"))).containsText("nombre del proveedor");
        Browser.assertAccessible(page);
        shootWhole("console-import");
        page.locator(hook("supplier")).fill("Zenit Refacciones");
        page.locator(hook("import-start")).click();
        page.waitForURL("**/console/runs/*");
        assertThat(page.locator(hook("run-status"))).hasAttribute("data-status", "waiting_for_approval");
        assertThat(page.locator(hook("preview-count") + "[data-kind=part_new]")).containsText("1");
        assertThat(page.locator(hook("preview-kind") + "[data-kind=part_new]")).containsText("ZEN 900-1");
        Browser.assertAccessible(page);
        shootWhole("console-preview");
        page.locator(hook("run-approve")).click();
        assertThat(page.locator(hook("run-status"))).hasAttribute("data-status", "done");
        assertThat(page.locator(hook("run-approved"))).isVisible();
        return page.url().substring(page.url().lastIndexOf('/') + 1);
    }

    /** The rejected row comes back mended, with another price for the part that went in. */
    private String mended(String first) throws IOException {
        page.navigate(hub + "/console/runs/" + first);
        Download download =
                page.waitForDownload(() -> page.locator(hook("run-rejects")).click());
        String rejected = Files.readString(download.path(), StandardCharsets.UTF_8);
        assertThat(rejected).contains("caro").contains("900-2");
        page.locator(hook("run-feed-again")).click();
        assertThat(page.locator(hook("import-again"))).containsText(first);
        assertThat(page.locator(hook("supplier"))).hasCount(0);
        drop(
                "corregidos.csv",
                rejected.replace("caro", "980.00") + ",,,900-1,Zenit,Amortiguador trasero zenit,1300.00,4\n");
        assertThat(page.locator(hook("supplier"))).hasValue("Zenit Refacciones");
        assertThat(column("line_code").locator(hook("column-fixed"))).hasValue("ZEN");
        page.locator(hook("approve")).uncheck();
        page.locator(hook("import-start")).click();
        page.waitForURL("**/console/runs/*");
        assertThat(page.locator(hook("run-status"))).hasAttribute("data-status", "done");
        assertThat(page.locator(hook("run-rejected"))).hasText("0");
        return page.url().substring(page.url().lastIndexOf('/') + 1);
    }

    /** All that comes along is told before anybody signs for it. */
    @Test
    void an_opening_load_shows_its_totals_and_is_discarded() throws IOException {
        page.navigate(hub + "/console/jobs");
        page.locator(hook("job-run") + "[data-job=opening-stock]").click();
        file("parameter-suppliers", "suppliers.csv", "code,name\nZEN-9,Zenit del Norte\n");
        file(
                "parameter-customers",
                "customers.csv",
                "code,name,store_code,balance\nZ-77,Taller Zenit,CENTRO,1500.50\n");
        file(
                "parameter-cores",
                "cores.csv",
                "kind,store_code,customer,supplier,line_code,part_number,quantity,unit_amount\n"
                        + "customer,CENTRO,Z-77,,ALT,23-11254,1,600.00\n");
        page.locator(hook("run-start")).click();
        page.waitForURL("**/console/runs/*");
        for (String kind : new String[] {"supplier_new", "customer_new", "balance_opened", "cores_held"})
            assertThat(page.locator(hook("preview-count") + "[data-kind=" + kind + "]"))
                    .isVisible();
        assertThat(page.locator(hook("preview-kind") + "[data-kind=balance_opened]"))
                .containsText("1,500.50");
        Browser.assertAccessible(page);
        page.locator(hook("run-discard")).click();
        page.locator(hook("sure-yes")).click();
        assertThat(page.locator(hook("run-status"))).hasAttribute("data-status", "discarded");
    }

    private void file(String field, String name, String content) {
        page.locator(hook(field))
                .setInputFiles(new FilePayload(name, "text/csv", content.getBytes(StandardCharsets.UTF_8)));
    }

    private void undone() {
        page.locator(hook("undo-look")).click();
        assertThat(page.locator(hook("undo-restores"))).containsText("1");
        String before = page.url();
        page.locator(hook("undo-run")).click();
        page.waitForURL(url -> !url.equals(before));
        assertThat(page.locator(hook("run-status"))).hasAttribute("data-status", "done");
    }

    private void found(String words, String number) {
        page.navigate(hub + "/console/catalogue?q=" + words.replace(' ', '+'));
        assertThat(page.locator(hook("hit")).first()).containsText(number);
    }

    private void drop(String name, String content) {
        page.locator(hook("import-files"))
                .setInputFiles(new FilePayload(name, "text/csv", content.getBytes(StandardCharsets.UTF_8)));
        page.locator(hook("columns")).waitFor();
    }

    private Locator column(String ours) {
        return page.locator(hook("column") + "[data-ours=" + ours + "]");
    }

    private void fixed(String ours, String value) {
        column(ours).locator(hook("column-choice")).selectOption("fixed");
        column(ours).locator(hook("column-fixed")).fill(value);
    }

    private void shootWhole(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(java.nio.file.Path.of("target", "screens", name + ".png")));
    }

    @Test
    void chosen_files_are_exported_and_downloaded() throws IOException {
        page.navigate(hub + "/console/imports/export");
        for (String other : new String[] {"parts", "interchange", "fitments"})
            page.locator(hook("export-file") + "[value=" + other + "]").uncheck();
        page.locator(hook("export-run")).click();
        Locator made = page.locator(hook("export-file-made")).first();
        assertThat(made).hasAttribute("data-name", "barcodes.csv");
        Download download = page.waitForDownload(made::click);
        assertThat(Files.readString(download.path(), StandardCharsets.UTF_8))
                .startsWith("line_code,part_number,barcode,pack_quantity");
        Browser.assertAccessible(page);
        Browser.shoot(page, "console-export");
    }

    @Test
    void a_job_is_scheduled_in_words_and_paused() {
        page.navigate(hub + "/console/jobs");
        page.locator(hook("schedule")).click();
        page.locator(hook("schedule-new")).click();
        page.locator(hook("schedule-job")).selectOption("catalogue-export");
        page.locator(hook("schedule-parameter-format")).selectOption("xlsx");
        page.locator(hook("schedule-often")).selectOption("cron");
        page.locator(hook("schedule-cron")).fill("30 22 * * 1 1");
        assertThat(page.locator(hook("schedule-means"))).containsText("no es una expresión cron");
        page.locator(hook("schedule-often")).selectOption("weekdays");
        page.locator(hook("schedule-time")).fill("22:30");
        assertThat(page.locator(hook("schedule-means"))).containsText("De lunes a viernes, a las 22:30.");
        assertThat(page.locator(hook("schedule-means") + " time")).hasCount(5);
        Browser.assertAccessible(page);
        Browser.shoot(page, "console-schedule-form");
        page.locator(hook("schedule-save")).click();
        Locator made = page.locator(hook("schedule") + "[data-job=catalogue-export]");
        assertThat(made.locator(hook("schedule-sentence"))).hasText("De lunes a viernes, a las 22:30.");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        page.setViewportSize(820, 1180);
        Browser.assertAccessible(page);
        Browser.shoot(page, "console-schedule-tablet-dark");
        made.locator(hook("schedule-pause")).click();
        assertThat(made).hasAttribute("data-paused", "true");
        page.reload();
        assertThat(made).hasAttribute("data-paused", "true");
        made.locator(hook("schedule-delete")).click();
        page.locator(hook("schedule-delete-sure")).click();
        assertThat(made).hasCount(0);
        // What the program brought is still there.
        assertThat(page.locator(hook("schedule") + "[data-job=reconciliation]")).isVisible();
    }

    @Test
    void in_the_dark_on_a_tablet_columns_are_mended_and_deleted() {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        page.setViewportSize(820, 1180);
        page.locator(hook("nav-imports")).click();
        drop("aplicaciones.csv", "Clave,Armadora,Modelo,Desde,Hasta\nA1,Nissan,Tsuru,1992,2017\n");
        assertThat(page.locator(hook("file-in"))).hasAttribute("data-kind", "fitments");
        Browser.assertAccessible(page);
        Browser.shoot(page, "console-import-tablet-dark");
        page.evaluate("""
                async () => {
                  const { csrf } = await (await fetch('/console/api/session')).json();
                  const columns = [{ file: 'parts', ours: 'brand', theirs: 'marca' }];
                  await fetch('/console/api/mappings', { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-CSRF-TOKEN': csrf }, body: JSON.stringify({ supplier: 'Nocturna', columns }) });
                }""");
        page.locator(hook("import-tab-suppliers")).click();
        Locator mapping = page.locator(hook("mapping") + "[data-supplier=Nocturna]");
        if (mapping.getAttribute("open") == null) mapping.locator("summary").click();
        mapping.locator(hook("mapping-edit")).click();
        mapping.locator(hook("mapping-theirs")).fill("Fabricante");
        mapping.locator(hook("mapping-save")).click();
        assertThat(mapping).containsText("fabricante");
        Browser.assertAccessible(page);
        Browser.shoot(page, "console-suppliers-tablet-dark");
        if (mapping.getAttribute("open") == null) mapping.locator("summary").click();
        mapping.locator(hook("mapping-delete")).click();
        mapping.locator(hook("mapping-delete-sure")).click();
        assertThat(mapping).hasCount(0);
    }
}
