package mx.refahub.pos.counter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import mx.refahub.domain.store.Role;
import mx.refahub.pos.desk.Desk;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The calls about devices, and what a customer sees of a ticket. */
class DevicesTest {
    private static Desk desk;

    @BeforeAll
    static void open() {
        desk = Desk.open();
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    @Test
    void every_device_is_listed_with_its_plug_and_what_is_the_matter() {
        JsonNode devices =
                desk.signedIn(Role.CASHIER).get("/pos/api/devices").json().path("devices");

        assertThat(devices.findValuesAsString("id")).contains("tickets", "cocina", "bascula");
        JsonNode second = devices.valueStream()
                .filter(device -> device.path("id").asString().equals("cocina"))
                .findFirst()
                .orElseThrow();
        assertThat(second.path("where").asString()).isEqualTo("192.0.2.50:9100");
        assertThat(second.path("condition").asString()).isEqualTo("STOPPED");
        assertThat(second.path("cause").asString()).isEqualTo("paper-out");
        assertThat(second.path("drawer").asBoolean()).isTrue();
    }

    @Test
    void a_device_is_set_up_changed_and_taken_away_and_what_cannot_be_is_named() {
        Desk.Browser manager = desk.signedIn(Role.MANAGER);
        JsonNode choices = manager.get("/pos/api/devices/choices").json();
        assertThat(choices.path("fields").path("SCALE").findValuesAsString("name"))
                .contains("protocol", "serial-port");
        assertThat(choices.path("serialPorts").path(0).asString()).isEqualTo("/dev/ttyUSB0");

        assertThat(manager.post(
                                "/pos/api/devices",
                                "{\"id\":\"bascula-2\",\"kind\":\"SCALE\",\"name\":\"Báscula 2\",\"settings\":{\"link\":\"SERIAL\",\"serial-port\":\"COM3\"}}")
                        .json()
                        .path("where")
                        .asString())
                .isEqualTo("COM3 · 9600");
        assertThat(manager.post(
                                "/pos/api/devices",
                                "{\"id\":\"bascula-2\",\"kind\":\"SCALE\",\"name\":\"Otra\",\"settings\":{}}")
                        .code())
                .isEqualTo("device-id-taken");
        Desk.Answer wrong = manager.put(
                "/pos/api/devices/bascula-2",
                "{\"name\":\"Báscula 2\",\"settings\":{\"link\":\"SERIAL\",\"serial-port\":\"/etc/passwd\"}}");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.json().path("detail").asString()).contains("Puerto serial");
        assertThat(manager.delete("/pos/api/devices/bascula-2").status()).isEqualTo(200);
        assertThat(manager.delete("/pos/api/devices/tickets").code()).isEqualTo("device-in-file");
    }

    @Test
    void a_test_says_what_was_found() {
        Desk.Browser cashier = desk.signedIn(Role.CASHIER);

        JsonNode fine = cashier.post("/pos/api/devices/tickets/test", "{}").json();
        assertThat(fine.path("passed").asBoolean()).isTrue();
        JsonNode stopped = cashier.post("/pos/api/devices/cocina/test", "{}").json();
        assertThat(stopped.path("passed").asBoolean()).isFalse();
        assertThat(stopped.path("cause").asString()).isEqualTo("paper-out");
        assertThat(cashier.post("/pos/api/devices/nada/test", "{}").code()).isEqualTo("device-unknown");
    }

    @Test
    void a_drawer_opens_by_hand_with_a_reason_for_who_may_and_stands_in_the_book() {
        String drawer = "/pos/api/registers/" + Desk.CAJA_1 + "/drawer";
        String body = "{\"act\":\"" + UUID.randomUUID() + "\",\"why\":\"%s\"}";

        assertThat(desk.signedIn(Role.CASHIER)
                        .post(drawer, body.formatted("cambio"))
                        .status())
                .isEqualTo(403);
        Desk.Browser manager = desk.signedIn(Role.MANAGER);
        assertThat(manager.post(drawer, body.formatted(" ")).code()).isEqualTo("drawer-why-missing");
        assertThat(manager.post(drawer, body.formatted("cambio")).status()).isEqualTo(200);
        JsonNode opening = manager.get(drawer).json().path("openings").path(0);
        assertThat(opening.path("cause").asString()).isEqualTo("cambio");
        assertThat(opening.path("person").asString()).isEqualTo("Antonio Méndez");
    }

    @Test
    void a_customer_sees_the_ticket_in_hand_as_it_grows_and_the_change() throws IOException {
        Desk.Browser cashier = desk.signedIn(Role.CASHIER);
        String register = "/pos/api/registers/" + Desk.CAJA_1;
        cashier.post(register + "/sessions", "{\"id\":\"" + UUID.randomUUID() + "\",\"openingFloat\":50000}");
        String ticket =
                cashier.post(register + "/ticket", "{}").json().path("id").asString();

        try (InputStream in = cashier.stream("GET", register + "/display", null).body();
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            assertThat(until(lines, "\"WELCOME\"")).isNotEmpty();
            JsonNode held = cashier.post(
                            "/pos/api/tickets/" + ticket + "/lines",
                            "{\"act\":\"" + UUID.randomUUID() + "\",\"text\":\"7974-D1045\"}")
                    .json();
            assertThat(until(lines, "\"TICKET\"")).contains("Balata delantera cerámica", "$489.00");
            long total = held.path("totals").path("total").path("minor").asLong();
            cashier.post(
                    "/pos/api/tickets/" + ticket + "/payment",
                    "{\"total\":" + total + ",\"offers\":[{\"kind\":\"CASH\",\"given\":50000}]}");
            assertThat(until(lines, "\"THANKS\"")).contains("$11.00");
        }
    }

    @Test
    void labels_of_a_part_are_queued_and_too_many_are_not() {
        Desk.Browser warehouse = desk.signedIn(Role.WAREHOUSE);
        String part = warehouse
                .get("/api/v1/catalog/search?q=7974-D1045")
                .json()
                .path("hits")
                .path(0)
                .path("partId")
                .asString();
        String body = "{\"partId\":\"" + part + "\",\"design\":\"SHELF\",\"copies\":%d}";

        assertThat(warehouse
                        .post("/pos/api/labels", body.formatted(3))
                        .json()
                        .path("waiting")
                        .asInt())
                .isGreaterThanOrEqualTo(3);
        assertThat(warehouse.post("/pos/api/labels", body.formatted(5_000)).status())
                .isEqualTo(400);
    }

    @Test
    void the_customers_window_is_a_page_of_its_own() {
        Desk.Answer page = desk.browser().get("/pos/display");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.response().body()).contains("customer-window").doesNotContain("refahub-pos>");
        assertThat(desk.browser().get("/assets/display/customer-window.js").status())
                .isEqualTo(200);
    }

    private static String until(BufferedReader lines, String word) throws IOException {
        for (String line; (line = lines.readLine()) != null; ) if (line.contains(word)) return line;
        return "";
    }
}
