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

/** Buying, over HTTP. */
class PurchaseConsoleTest {
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

    private static UUID supplier() {
        UUID id = UUID.randomUUID();
        Desk.Answer kept = browser.put(
                "/console/api/suppliers/" + id,
                "{\"code\":\"buj\",\"name\":\"Bujías\",\"currency\":\"MXN\",\"minimumOrder\":\"1,000\"}");
        assertThat(kept.status()).as(kept.toString()).isEqualTo(200);
        assertThat(kept.json().path("minimumOrder").path("text").asString()).isEqualTo("$1,000.00");
        return id;
    }

    @Test
    void good_lines_of_an_order_are_kept_and_each_bad_one_comes_back_with_its_reason() {
        UUID supplier = supplier();
        String part = browser.get("/api/v1/catalog/search?q=balata")
                .json()
                .path("hits")
                .path(0)
                .path("partId")
                .asString();
        String line = "{\"id\":\"%s\",\"part\":\"%s\",\"quantity\":\"%s\",\"cost\":\"%s\"}";
        String order = "/console/api/purchase-orders/" + UUID.randomUUID();
        Desk.Answer answer = browser.put(
                order,
                "{\"supplier\":\"%s\",\"store\":\"%s\",\"lines\":[%s,%s,%s]}"
                        .formatted(
                                supplier,
                                UUID.randomUUID(),
                                line.formatted(UUID.randomUUID(), part, "10", "38.50"),
                                line.formatted(UUID.randomUUID(), part, "1", "1"),
                                line.formatted(UUID.randomUUID(), UUID.randomUUID(), "1", "1")));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().path("refused"))
                .extracting(one -> one.path("code").asString())
                .containsExactly("order-line-twice", "stock-part-unknown");
        JsonNode written = answer.json().path("order");
        assertThat(written.path("total").path("text").asString()).isEqualTo("$385.00");
        assertThat(written.path("belowMinimum").asBoolean()).isTrue();
        assertThat(written.path("may")).extracting(JsonNode::asString).containsExactly("EDIT", "APPROVE", "CANCEL");
        assertThat(written.path("differences").path(0).path("text").asString())
                .isEqualTo("Se pidieron 10 y se han recibido 12. Lo recibió Lucía Prado: «el proveedor regaló dos».");

        Desk.Answer limit = browser.post(order + "/approve", "{}");
        assertThat(limit.status()).isEqualTo(403);
        assertThat(limit.json().path("detail").asString()).contains("$1,000.00");
        Desk.Answer state = browser.post(order + "/send", "{}");
        assertThat(state.json().path("detail").asString()).contains("Borrador");
        assertThat(browser.get(order + "/file.pdf").status()).isEqualTo(200);
    }

    @Test
    void an_alert_tells_why_in_words_and_is_acknowledged() {
        JsonNode alert = browser.get("/pos/api/inventory/reorder-alerts?kind=REORDER")
                .json()
                .path("alerts")
                .path(0);

        assertThat(alert.path("why").asString())
                .isEqualTo(
                        "Hay o vienen 4, el punto de reorden es 13: se venden 1.98 al día y tarda 4 días; se busca llegar a 73.");
        assertThat(browser.put("/pos/api/inventory/reorder-alerts/" + FakePurchases.ALERT + "/acknowledge", "{}")
                        .status())
                .isEqualTo(200);
        assertThat(browser.put("/pos/api/inventory/reorder-alerts/" + UUID.randomUUID() + "/acknowledge", "{}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void a_supplier_with_a_wrong_field_is_refused_in_words() {
        Desk.Answer answer = browser.put(
                "/console/api/suppliers/" + UUID.randomUUID(),
                "{\"code\":\"A\",\"name\":\"B\",\"rfc\":\"XX\",\"currency\":\"MXN\"}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("supplier-rfc-wrong");
    }

    @Test
    void cores_owed_to_suppliers_are_shown_by_age_and_a_credit_that_is_too_much_is_refused() {
        JsonNode bank = browser.get("/console/api/supplier-cores").json();
        assertThat(bank.path("suppliers")
                        .path(0)
                        .path("ages")
                        .path(1)
                        .path("amount")
                        .path("text")
                        .asString())
                .isEqualTo("$1,200.00");
        assertThat(bank.path("proposed").path(0).path("quantity").path("value").asInt())
                .isEqualTo(1);
        assertThat(browser.get("/console/api/supplier-cores/" + FakeSupplierCores.SUPPLIER)
                        .json()
                        .path("charges")
                        .path(0)
                        .path("reference")
                        .asString())
                .isEqualTo("F-88");
        String given = "/console/api/supplier-cores/given/" + FakeSupplierCores.GIVEN;
        String credit = "{\"id\":\"%s\",\"amount\":\"%s\"}";
        Desk.Answer more = browser.post(given + "/credit", credit.formatted(UUID.randomUUID(), "601"));
        assertThat(more.status()).isEqualTo(422);
        assertThat(more.json().path("detail").asString()).contains("600.00");
        assertThat(browser.post(given + "/credit", credit.formatted(UUID.randomUUID(), "600"))
                        .status())
                .isEqualTo(200);
        assertThat(browser.post(given + "/settle", "{\"reason\":\" \"}").status())
                .isEqualTo(422);
    }
}
