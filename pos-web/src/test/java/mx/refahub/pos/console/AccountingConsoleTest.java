package mx.refahub.pos.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import mx.refahub.domain.store.Role;
import mx.refahub.pos.desk.Desk;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The accountant's pages over HTTP. */
class AccountingConsoleTest {
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
                        .formatted(HallApplication.user(Role.ACCOUNTANT), HallApplication.PASSWORD));
    }

    @AfterAll
    static void close() {
        hall.close();
    }

    @Test
    void what_an_erp_refused_is_told_with_its_reason_and_sent_again() {
        JsonNode refused = browser.get("/console/api/accounting/sap/deliveries").json();
        assertThat(refused.path("refused").asLong()).isEqualTo(1);
        assertThat(refused.path("rows").get(0).path("reason").asString()).isEqualTo("-5002 Invalid account");
        JsonNode waiting = browser.post(
                        "/console/api/accounting/sap/deliveries/again", "{\"reference\":\"RH-CEN-20260401-1\"}")
                .json();
        assertThat(waiting.path("rows").get(0).path("state").asString()).isEqualTo("waiting");
        assertThat(browser.post("/console/api/accounting/sap/deliveries/again", "{}")
                        .code())
                .isEqualTo("delivery-unknown");
        assertThat(browser.get("/console/api/accounting/sheet/deliveries").code())
                .isEqualTo("target-unknown");
    }

    @Test
    void what_an_erp_tells_of_parts_is_a_file_and_an_import_that_those_who_run_jobs_begin() {
        JsonNode incoming = browser.get("/console/api/accounting/odoo/incoming").json();
        assertThat(incoming.path("newPart").path("satCode").asString()).isEqualTo("01010101");
        assertThat(incoming.path("newPart").path("satUnit").asString()).isEqualTo("H87");
        JsonNode rows = incoming.path("rows");
        assertThat(rows.get(0).path("subject").asString()).isEqualTo("catalogue");
        assertThat(rows.get(0).path("fresh").asLong()).isEqualTo(1);
        assertThat(browser.get("/console/api/accounting/odoo/incoming/catalogue/file")
                        .response()
                        .body())
                .contains("NGK,BKR6E");
        assertThat(browser.post("/console/api/accounting/odoo/incoming/catalogue", "{}")
                        .status())
                .isEqualTo(403);

        Desk.Browser admin = hall.browser();
        admin.get("/console/api/session");
        admin.post(
                "/console/api/session",
                "{\"email\":\"%s\",\"password\":\"%s\"}"
                        .formatted(HallApplication.user(Role.ADMIN), HallApplication.PASSWORD));
        assertThat(admin.post("/console/api/accounting/odoo/incoming/catalogue", "{}")
                        .json()
                        .path("run")
                        .asLong())
                .isEqualTo(12);
        assertThat(admin.post("/console/api/accounting/odoo/incoming/stock", "{}")
                        .code())
                .isEqualTo("erp-nothing-differs");
        assertThat(admin.get("/console/api/accounting/sheet/incoming").code()).isEqualTo("target-unknown");
    }

    @Test
    void tickets_and_purchases_go_each_their_way_and_files_take_documents_of_programs_that_have_them() {
        assertThat(browser.put(
                                "/console/api/accounting/aspel/way",
                                "{\"subject\":\"TICKETS\",\"way\":\"DOCUMENTS\",\"from\":\"2026-12-01\"}")
                        .json()
                        .path("spans")
                        .get(0)
                        .path("subject")
                        .asString())
                .isEqualTo("tickets");
        assertThat(browser.get("/console/api/accounting/contpaqi/codes").status())
                .isEqualTo(200);
        assertThat(browser.get("/console/api/accounting/sat/codes").code()).isEqualTo("target-unknown");
    }

    @Test
    void what_lacks_a_field_is_refused_in_words() {
        assertThat(browser.put("/console/api/accounting/sap/way", "{}").status())
                .isEqualTo(400);
        assertThat(browser.post("/console/api/accounting/sap/customers/take", "{\"code\":\"C1\"}")
                        .status())
                .isEqualTo(400);
        assertThat(browser.post("/console/api/accounting/sap/customers/leave", "{}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void an_account_that_lacks_is_told_until_it_is_put() {
        JsonNode before =
                browser.get("/console/api/accounting?until=2026-11-20").json().path("due");
        assertThat(before.path("target").asString()).isEqualTo("sheet");
        assertThat(before.path("missing").findValuesAsString("role")).containsExactly("SALES", "TENDER");

        Desk.Answer wrong = browser.put("/console/api/accounting/sheet/accounts", accounts("=1"));
        assertThat(wrong.code()).isEqualTo("account-invalid");
        assertThat(browser.put("/console/api/accounting/sheet/accounts", accounts("101.01"))
                        .status())
                .isEqualTo(200);

        assertThat(browser.get("/console/api/accounting")
                        .json()
                        .path("due")
                        .path("missing")
                        .findValuesAsString("role"))
                .containsExactly("SALES");
        assertThat(browser.get("/console/api/accounting/nothing/accounts").code())
                .isEqualTo("target-unknown");
    }

    private static String accounts(String account) {
        return """
            {"rows":[{"role":"TENDER","kind":"CASH","store":null,"account":"%s","name":"Caja","satGroup":"","used":true}],"branches":[]}\
            """.formatted(account);
    }

    @Test
    void a_report_speaks_the_readers_words_and_comes_as_a_file() {
        JsonNode report = browser.get("/console/api/reports/tenders?from=2026-11-01&to=2026-11-20")
                .json();
        assertThat(report.path("keys").path(0).asString()).isEqualTo("Forma de pago");
        assertThat(report.path("rows").path(0).path("keys").path(0).asString()).isEqualTo("Efectivo");
        assertThat(report.path("total").path(1).path("text").asString()).isEqualTo("$1,234.50");
        assertThat(browser.get("/console/api/reports/tenders/file?format=csv&from=2026-11-01&to=2026-11-20")
                        .response()
                        .body())
                .isEqualTo("CSV [Forma de pago, Sucursal, Cobros, Total]");
        assertThat(browser.get("/console/api/reports/tenders/file?format=pdf&from=2026-11-01&to=2026-11-20")
                        .response()
                        .body())
                .startsWith("%PDF")
                .contains(
                        "Formas de pago", "Del 1 nov 2026 al 20 nov 2026.", "Efectivo, CEN, 3, $1,234.50", "Total, ,");
        assertThat(browser.get("/console/api/reports/sales?from=2020-01-01&to=2026-11-20")
                        .code())
                .isEqualTo("report-range-invalid");
        assertThat(browser.get("/console/api/reports/nothing").code()).isEqualTo("report-unknown");
    }

    @Test
    void a_file_is_given_of_an_export_alone() {
        assertThat(browser.get("/console/api/accounting/exports/1/files/x.xlsx").status())
                .isEqualTo(404);
        assertThat(browser.post("/console/api/accounting/exports/8/again", "{}").code())
                .isEqualTo("run-unknown");
    }
}
