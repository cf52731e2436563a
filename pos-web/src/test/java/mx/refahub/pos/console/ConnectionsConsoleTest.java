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

    @Test
    void marketplaces_have_their_own_door_for_notifications_and_rules_are_checked_as_they_are_typed() {
        Desk.Browser stranger = hall.browser();
        assertThat(stranger.post("/api/market/hooks/" + FakeMarkets.HOOK, "{}").status())
                .isEqualTo(200);
        assertThat(stranger.post("/api/market/hooks/guessed", "{}").status()).isEqualTo(404);
        assertThat(signedIn(Role.ACCOUNTANT).get("/console/api/marketplaces").status())
                .isEqualTo(403);
        Desk.Browser browser = signedIn(Role.ADMIN);
        String one = "/console/api/marketplaces/00000000-0000-0000-0000-000000000001";
        assertThat(browser.post(one + "/sign-in", "{\"back\":\"https://hub.example/console/marketplaces\"}")
                        .json()
                        .path("to")
                        .asString())
                .startsWith("https://auth.mercadolibre.com.mx/");
        String rule = """
            {"rules":[{"brand":"NGK","category":"","priceFrom":"1,250.50","priceTo":"","withPicture":true,"leastStock":2,"safetyStock":1,"level":"",
            "percent":"%s","ending":"C90","stores":[],"outsideCategory":""}]}
            """;
        assertThat(browser.put(one + "/rules", rule.formatted("12.555")).code()).isEqualTo("market-rule-invalid");
        JsonNode saved = browser.put(one + "/rules", rule.formatted("12.5")).json();
        assertThat(saved.get(0).path("priceFrom").asString()).isEqualTo("1250.50");
        assertThat(saved.get(0).path("percent").asString()).isEqualTo("12.5");
    }
}
