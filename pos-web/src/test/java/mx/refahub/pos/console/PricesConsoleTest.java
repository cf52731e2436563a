package mx.refahub.pos.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.store.Role;
import mx.refahub.pos.desk.Desk;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The price book over HTTP: what is typed wrong is told at its field. */
class PricesConsoleTest {
    @TempDir
    static Path folder;

    private static Desk hall;
    private static Desk.Browser browser;

    @BeforeAll
    static void open() {
        hall = HallApplication.open(folder);
        browser = hall.browser();
        browser.get("/console/api/session");
        browser.post(
                "/console/api/session",
                "{\"email\":\"%s\",\"password\":\"%s\"}"
                        .formatted(HallApplication.user(Role.ADMIN), HallApplication.PASSWORD));
    }

    @AfterAll
    static void close() {
        hall.close();
    }

    private static String promotion(String name, String percent, String starts, String ends) {
        return """
                {"name":"%s","effect":"PERCENT_OFF","percent":"%s","targets":[{"kind":"BRAND","value":"NGK"}],"levels":["taller"],
                 "priority":"5","starts":"%s","ends":"%s"}""".formatted(name, percent, starts, ends);
    }

    private static List<String> faults(Desk.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
        List<String> fields = new ArrayList<>();
        for (JsonNode error : answer.json().path("errors")) {
            assertThat(error.path("text").asString()).isNotBlank().doesNotContain("price.fault");
            fields.add(error.path("field").asString());
        }
        return fields;
    }

    @Test
    void a_promotion_is_published_once_shown_and_withdrawn() {
        String one = "/console/api/prices/promotions/" + UUID.randomUUID();
        String form = promotion("Semana NGK", "12.5 %", "2026-12-01", "2026-12-24");

        assertThat(browser.put(one, form).json().path("what").asString()).isEqualTo("−12.5 %");
        assertThat(browser.put(one, form).status()).isEqualTo(200);
        JsonNode shown =
                browser.get("/console/api/prices").json().path("promotions").path(0);
        assertThat(shown.path("name").asString()).isEqualTo("Semana NGK");
        assertThat(shown.path("levels").path(0).asString()).isEqualTo("TALLER");
        assertThat(browser.delete("/console/api/prices/" + shown.path("id").asString())
                        .status())
                .isEqualTo(200);
        assertThat(browser.get("/console/api/prices")
                        .json()
                        .path("promotions")
                        .path(0)
                        .path("state")
                        .asString())
                .isEqualTo("WITHDRAWN");
        assertThat(browser.delete("/console/api/prices/" + UUID.randomUUID()).code())
                .isEqualTo("price-unknown");
    }

    @Test
    void all_changes_of_a_run_come_as_a_file_that_no_spreadsheet_runs() {
        assertThat(browser.get("/console/api/prices/runs/7/changes").response().body())
                .contains("FRI,7974,'=Balata,PUBLICO,,60.00,100.00,116.00,16.0,40.0,true");
    }

    @Test
    void what_is_typed_wrong_is_told_at_its_field() {
        String at = "/console/api/prices/preview";
        assertThat(faults(browser.post(at, promotion("", "ciento", "mañana", ""))))
                .containsExactly("name", "starts", "percent");
        assertThat(faults(browser.post(at, promotion("X", "101", "2026-12-02", "2026-12-01"))))
                .containsExactly("ends", "percent");
        assertThat(
                        faults(
                                browser.post(
                                        at,
                                        "{\"name\":\"X\",\"effect\":\"TAKE_PAY\",\"take\":\"2\",\"pay\":\"3\",\"starts\":\"2026-12-01\"}")))
                .containsExactly("take", "targets");
        assertThat(
                        faults(
                                browser.post(
                                        at,
                                        "{\"name\":\"X\",\"effect\":\"KIT\",\"kit\":[{\"part\":\"x\",\"quantity\":\"-1\"}],\"amount\":\"-5\",\"starts\":\"2026-12-01\"}")))
                .containsExactly("kit", "amount");
        String rule = "/console/api/prices/rules/" + UUID.randomUUID();
        assertThat(
                        faults(
                                browser.put(
                                        rule,
                                        "{\"target\":\"BRAND\",\"targetValue\":\"NGK\",\"level\":\"a b\",\"kind\":\"AMOUNT\",\"amount\":\"1e9\",\"from\":\"-3\",\"starts\":\"2026-12-01\"}")))
                .containsExactly("level", "from", "amount", "kind");
        assertThat(
                        faults(
                                browser.put(
                                        rule,
                                        "{\"target\":\"ALL\",\"level\":\"PUBLICO\",\"kind\":\"PERCENT\",\"percent\":\"5\",\"starts\":\"2026-12-01\"}")))
                .containsExactly("kind");
        assertThat(browser.post(at, promotion("X", "10", "2026-12-01", ""))
                        .json()
                        .path("touched")
                        .asInt())
                .isEqualTo(1);
    }

    private static String row(String costFrom, String percent, String level, String method, String ending) {
        return "{\"brand\":\"\",\"category\":\"Frenos\",\"costFrom\":\"%s\",\"level\":\"%s\",\"method\":\"%s\",\"percent\":\"%s\",\"ending\":\"%s\"}"
                .formatted(costFrom, level, method, percent, ending);
    }

    @Test
    void formulas_are_tried_while_they_are_typed_kept_whole_and_not_over_somebody_elses() {
        String good = row("", "35", "", "MARGIN", "C90");
        Desk.Answer tried = browser.post(
                "/console/api/prices/formulas/example",
                "{\"cost\":\"100\",\"rows\":[%s,%s,%s]}"
                        .formatted(
                                good,
                                row("500", "28 %", "taller", "MARGIN", "PESO"),
                                row("", "cien", "", "MARGIN", "C90")));
        assertThat(tried.json().path("examples").path(0).path("price").asString())
                .isEqualTo("$178.90");
        assertThat(tried.json().path("examples").path(1).path("cost").asString())
                .isEqualTo("$500.00");
        assertThat(tried.json().path("examples")).hasSize(2);
        assertThat(tried.json().path("errors").path(0).path("field").asString()).isEqualTo("rows.2.percent");

        assertThat(faults(browser.put(
                        "/console/api/prices/formulas",
                        "{\"supplier\":\"ACME\",\"seen\":\"0\",\"rows\":[%s]}"
                                .formatted(String.join(
                                        ",",
                                        good,
                                        good,
                                        row("-1", "35", "", "MARGIN", "C90"),
                                        row("1", "100", "", "MARGIN", "C90"),
                                        row("2", "35", "dos palabras", "MARGIN", "C90"),
                                        row("3", "35", "", "OTRO", "C90"),
                                        row("4", "1000.01", "", "MARKUP", "C90"))))))
                .containsExactly(
                        "rows.1.level",
                        "rows.2.costFrom",
                        "rows.3.percent",
                        "rows.4.level",
                        "rows.5.method",
                        "rows.6.percent");
        String keep = "{\"supplier\":\"ACME\",\"seen\":\"%s\",\"rows\":[%s]}";
        assertThat(browser.put("/console/api/prices/formulas", keep.formatted("0", good))
                        .status())
                .isEqualTo(200);
        assertThat(browser.put("/console/api/prices/formulas", keep.formatted("0", good))
                        .code())
                .isEqualTo("formulas-changed");
        assertThat(browser.get("/console/api/prices/formulas?supplier=ACME")
                        .json()
                        .path("rows")
                        .path(0)
                        .path("percent")
                        .asString())
                .isEqualTo("35");
    }
}
