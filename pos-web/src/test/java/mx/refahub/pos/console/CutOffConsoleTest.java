package mx.refahub.pos.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import mx.refahub.domain.store.Role;
import mx.refahub.pos.desk.Desk;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stolen PC is cut off over HTTP. */
class CutOffConsoleTest {
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

    private static Desk.Browser as(Role role) {
        Desk.Browser browser = hall.browser();
        browser.get("/console/api/session");
        browser.post(
                "/console/api/session",
                "{\"email\":\"%s\",\"password\":\"%s\"}"
                        .formatted(HallApplication.user(role), HallApplication.PASSWORD));
        return browser;
    }

    @Test
    void an_administrator_takes_access_away_with_a_reason_and_gives_it_back_and_nobody_else_may() {
        Desk.Browser admin = as(Role.ADMIN);
        String store = admin.get("/console/api/stores")
                .json()
                .path("stores")
                .path(0)
                .path("id")
                .asString();
        String address = "/console/api/stores/" + store + "/cut-off";
        assertThat(admin.get(address).json().path("cutOff").asBoolean()).isFalse();
        assertThat(admin.send("PUT", address, "{}").code()).isEqualTo("cut-off-reason-missing");

        assertThat(admin.send("PUT", address, "{\"reason\":\"robo\"}")
                        .json()
                        .path("reason")
                        .asString())
                .isEqualTo("robo");

        Desk.Browser accountant = as(Role.ACCOUNTANT);
        assertThat(accountant.get(address).json().path("cutOff").asBoolean()).isTrue();
        assertThat(accountant.send("DELETE", address, null).status()).isEqualTo(403);
        assertThat(admin.send("DELETE", address, null).json().path("cutOff").asBoolean())
                .isFalse();
    }
}
