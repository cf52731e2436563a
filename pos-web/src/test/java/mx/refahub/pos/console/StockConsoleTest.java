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

/** Goods between branches and the end of a branch, over HTTP. */
class StockConsoleTest {
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
    void a_case_names_who_has_the_piece_and_one_click_asks_for_it() {
        Desk.Browser admin = as(Role.ADMIN);
        JsonNode one =
                admin.get("/console/api/stock-cases").json().path("cases").path(0);
        assertThat(one.path("trouble").asString()).isEqualTo("NEGATIVE");
        JsonNode source = one.path("from").path(0);

        Desk.Answer asked = admin.post(
                "/console/api/stock-requests",
                "{\"act\":\"%s\",\"from\":\"%s\",\"to\":\"%s\",\"part\":\"%s\",\"quantity\":\"1\"}"
                        .formatted(
                                UUID.randomUUID(),
                                source.path("branch").path("id").asString(),
                                one.path("store").path("id").asString(),
                                one.path("part").path("part").asString()));

        assertThat(asked.status()).as(asked.toString()).isEqualTo(200);
        assertThat(admin.get("/console/api/stock-proposals")
                        .json()
                        .path("proposals")
                        .path(0)
                        .path("asked")
                        .asBoolean())
                .isTrue();
        assertThat(admin.post(
                                "/console/api/stock-requests",
                                "{\"act\":\"%s\",\"from\":\"%2$s\",\"to\":\"%2$s\",\"part\":\"%2$s\",\"quantity\":\"uno\"}"
                                        .formatted(UUID.randomUUID(), UUID.randomUUID()))
                        .code())
                .isEqualTo("stock-quantity-text");
    }

    @Test
    void a_branch_with_stock_does_not_close_and_only_an_administrator_may_try() {
        Desk.Browser admin = as(Role.ADMIN);
        String address = "/console/api/stores/" + FakeMoves.NORTE.id() + "/closing";
        assertThat(admin.get(address).json().path("mayClose").asBoolean()).isFalse();

        Desk.Answer refused = admin.post(address, "{\"reason\":\"fin de contrato\"}");

        assertThat(refused.code()).isEqualTo("branch-not-empty");
        assertThat(as(Role.ACCOUNTANT).post(address, "{\"reason\":\"x\"}").status())
                .isEqualTo(403);
    }
}
