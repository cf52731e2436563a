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

/** Connections over HTTP. */
class ConnectionsConsoleTest {
    @TempDir
    static Path folder;

    private static Desk hall;

    @BeforeAll
    static void open() {
        hall = HallApplication.open(folder);
    }

    @AfterAll
    static void close() {
        hall.close();
    }

    private static Desk.Browser signedIn(Role role) {
        Desk.Browser browser = hall.browser();
        browser.get("/console/api/session");
        browser.post(
                "/console/api/session",
                "{\"email\":\"%s\",\"password\":\"%s\"}"
                        .formatted(HallApplication.user(role), HallApplication.PASSWORD));
        return browser;
    }

    @Test
    void a_secret_goes_in_and_never_comes_out_and_what_a_trial_found_is_said_in_words() {
        Desk.Browser browser = signedIn(Role.ADMIN);
        Desk.Answer added = browser.post("/console/api/connections", """
            {"kind":"sap","name":"SAP","address":"https://sap.example","enabled":true,"settings":{"company":"SBO"},"secrets":{"password":"hush-hush"}}
            """);
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.json().toString()).doesNotContain("hush-hush");
        JsonNode all = browser.get("/console/api/connections").json();
        assertThat(all.path("kinds").get(0).path("free").asBoolean()).isFalse();
        assertThat(all.path("connections").get(0).path("kept").toString()).isEqualTo("[\"password\"]");
        String id = added.json().path("id").asString();

        JsonNode tried =
                browser.post("/console/api/connections/" + id + "/trial", "{}").json();
        assertThat(tried.path("trouble").asString())
                .isEqualTo(
                        "No se pudo hablar con sap.example: refused. Revisa la dirección y la red, y prueba de nuevo.");

        assertThat(browser.post("/console/api/connections", "{\"kind\":\"nothing\"}")
                        .code())
                .isEqualTo("connection-kind-unknown");
    }

    @Test
    void nobody_but_an_administrator_sees_them() {
        assertThat(signedIn(Role.ACCOUNTANT).get("/console/api/connections").status())
                .isEqualTo(403);
    }
}
