package mx.refahub.pos.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.UUID;
import mx.refahub.domain.store.Role;
import mx.refahub.pos.desk.Desk;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the catalogue lacks, over HTTP. */
class MissingConsoleTest {
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

    @Test
    void a_part_of_a_branch_is_made_one_of_the_catalogue_as_it_was_mended_and_the_press_again_changes_nothing() {
        String one = "/console/api/proposals/" + FakeMissing.PROPOSAL;
        JsonNode proposal = browser.get(one).json().path("proposal");
        assertThat(proposal.path("sold").asString()).isEqualTo("2");
        assertThat(proposal.path("decided").isNull()).isTrue();

        Desk.Answer faulty = browser.post(one + "/add", form("12"));
        assertThat(faulty.status()).isEqualTo(422);
        assertThat(faulty.json().path("detail").asString()).startsWith("Clave del SAT: ");
        Desk.Answer added = browser.post(one + "/add", form("25171702"));
        assertThat(added.status()).as(added.toString()).isEqualTo(200);
        assertThat(added.json().path("decided").path("verdict").asString()).isEqualTo("ADDED");
        UUID part = UUID.fromString(added.json().path("decided").path("part").asString());
        JsonNode made = browser.get("/console/api/parts/" + part).json();
        assertThat(made.path("brand").asString()).isEqualTo("Bosch");
        assertThat(made.path("barcodes").path(0).path("value").asString()).isEqualTo("7509999000011");

        assertThat(browser.post(one + "/add", form("25171702"))
                        .json()
                        .path("decided")
                        .path("part")
                        .asString())
                .isEqualTo(part.toString());
        assertThat(browser.post(one + "/refuse", "{\"reason\":\"no\"}").code()).isEqualTo("proposal-decided");
        assertThat(browser.get("/console/api/proposals?decided=true")
                        .json()
                        .path("proposals")
                        .size())
                .isEqualTo(1);
    }

    private static String form(String satCode) {
        return """
                {"lineCode":"zzz","partNumber":"qw-1","brand":"Bosch","name":"Bomba de agua","taxClass":"GENERAL","satCode":"%s","satUnit":"H87",
                 "price":"450","priceIncludesTax":true}""".formatted(satCode);
    }

    @Test
    void what_was_asked_for_in_vain_comes_as_a_file_that_no_spreadsheet_runs() {
        assertThat(browser.get("/console/api/lost-sales")
                        .json()
                        .path("groups")
                        .path(0)
                        .path("times")
                        .asInt())
                .isEqualTo(1);
        String file = browser.get("/console/api/lost-sales/file?from=2026-11-01&to=2026-11-30")
                .response()
                .body();

        assertThat(file)
                .contains("2026-11-20T18:00:00Z,CEN,\"'=HYPERLINK(\"\"x\"\")\",2015 Nissan Tsuru,,1,NOT_IN_CATALOGUE")
                .contains("\"azul, grande\"");
    }
}
