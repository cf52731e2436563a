package mx.refahub.pos.counter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import mx.refahub.domain.store.Role;
import mx.refahub.pos.desk.Desk;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The counter's calls as a page makes them. */
class CounterTest {
    private static final String PLUG = "0087295127971";
    private static final String ALTERNATOR = "7509990011254";
    private static Desk desk;
    private Desk.Browser marta;

    @BeforeAll
    static void open() {
        desk = Desk.open();
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    @BeforeEach
    void marta_has_opened_caja_1() {
        marta = desk.signedIn(Role.CASHIER);
        assertThat(marta.post(
                                "/pos/api/registers/" + Desk.CAJA_1 + "/sessions",
                                "{\"id\":\"%s\",\"openingFloat\":150000}".formatted(UUID.randomUUID()))
                        .status())
                .isEqualTo(200);
    }

    private JsonNode ticket() {
        return marta.post("/pos/api/registers/" + Desk.CAJA_1 + "/ticket", "{}").json();
    }

    /** A ticket of one spark plug: $58.00. */
    private String plugs() {
        String id = ticket().path("id").asString();
        for (JsonNode line : marta.get("/pos/api/tickets/" + id).json().path("lines"))
            marta.delete("/pos/api/tickets/" + id + "/lines/" + line.path("id").asString());
        add(id, UUID.randomUUID(), "\"barcode\":\"" + PLUG + "\"");
        return id;
    }

    private Desk.Answer add(String ticket, UUID act, String what) {
        return marta.post("/pos/api/tickets/" + ticket + "/lines", "{\"act\":\"" + act + "\"," + what + "}");
    }

    private Desk.Answer pay(String ticket, long total, String offers) {
        return marta.post(
                "/pos/api/tickets/" + ticket + "/payment", "{\"total\":" + total + ",\"offers\":[" + offers + "]}");
    }

    private static String cash(long given) {
        return "{\"kind\":\"CASH\",\"given\":" + given + "}";
    }

    @Test
    void a_double_click_adds_one_piece_and_pays_once() {
        String id = plugs();
        UUID act = UUID.randomUUID();
        add(id, act, "\"barcode\":\"" + ALTERNATOR + "\"");
        JsonNode ticket = add(id, act, "\"barcode\":\"" + ALTERNATOR + "\"").json();

        assertThat(StreamSupport.stream(ticket.path("lines").spliterator(), false)
                        .map(line -> line.path("kind").asString() + " "
                                + line.path("quantity").path("text").asString()))
                .containsExactly("PART 1", "PART 1", "CORE_DEPOSIT 1");
        assertThat(ticket.path("totals").path("total").path("text").asString()).isEqualTo("$3,908.00");
        assertThat(ticket.path("totals").path("cores").path("minor").asLong()).isEqualTo(60000);

        JsonNode first = pay(id, 390800, cash(400000)).json();
        JsonNode second = pay(id, 390800, cash(400000)).json();
        assertThat(second).isEqualTo(first);
        assertThat(first.path("change").path("text").asString()).isEqualTo("$92.00");
        assertThat(pay(id, 390800, cash(500000)).code()).isEqualTo("payment-differs");
        assertThat(marta.get("/pos/api/sales/" + id).json().path("folio").asString())
                .isEqualTo(first.path("folio").asString());
        assertThat(marta.get("/pos/api/tickets/" + id).code()).isEqualTo("ticket-finished");
    }

    @Test
    void the_barcode_of_a_box_adds_its_pieces() {
        String id = plugs();
        JsonNode lines = add(id, UUID.randomUUID(), "\"barcode\":\"10087295127978\",\"quantity\":3")
                .json()
                .path("lines");
        assertThat(lines).hasSize(1);
        assertThat(lines.path(0).path("quantity").path("text").asString())
                .as("one plug before, three boxes of ten now")
                .isEqualTo("31");
    }

    @Test
    void a_qr_code_that_says_more_than_the_barcode_adds_its_part() {
        String id = plugs();
        for (String scan : List.of(
                "0100087295127971" + "10LOTE7", "https://id.gs1.org/01/00087295127971/21/S1", "]E00087295127971"))
            add(id, UUID.randomUUID(), "\"barcode\":\"" + scan + "\"");
        assertThat(ticket().path("lines").path(0).path("quantity").path("text").asString())
                .isEqualTo("4");
    }

    @Test
    void what_the_catalogue_lacks_is_sold_made_and_noted_and_each_fault_has_its_sentence() {
        String id = plugs();
        String misc = "{\"act\":\"" + UUID.randomUUID()
                + "\",\"description\":\"%s\",\"price\":%d,\"includesTax\":true,\"taxClass\":\"GENERAL\",\"satProduct\":\"%s\"}";
        assertThat(marta.post("/pos/api/tickets/" + id + "/misc", misc.formatted("Manguera", 0, ""))
                        .code())
                .isEqualTo("misc-price");
        assertThat(marta.post("/pos/api/tickets/" + id + "/misc", misc.formatted("Manguera", 500, "12"))
                        .code())
                .isEqualTo("sat-product-invalid");
        Desk.Answer dear = marta.post("/pos/api/tickets/" + id + "/misc", misc.formatted("Tablero", 150_000, ""));
        assertThat(dear.status()).isEqualTo(403);
        assertThat(dear.json().path("detail").asString()).contains("$1,000.00");
        Desk.Answer sold = marta.post("/pos/api/tickets/" + id + "/misc", misc.formatted("Manguera", 11_600, ""));
        JsonNode line = sold.json().path("lines").path(1);
        assertThat(line.path("kind").asString()).isEqualTo("MISC");
        assertThat(line.path("misc").path("satUnit").asString()).isEqualTo("H87");

        String part = "{\"act\":\"" + UUID.randomUUID()
                + "\",\"lineCode\":\"%s\",\"number\":\"qw-1\",\"name\":\"Bomba\",\"price\":100,\"includesTax\":true,\"taxClass\":\"GENERAL\"}";
        Desk.Answer faulty = marta.post("/pos/api/parts", part.formatted("??"));
        assertThat(faulty.status()).isEqualTo(422);
        assertThat(faulty.json().path("detail").asString()).contains("1 a 8");
        assertThat(marta.post("/pos/api/parts", part.formatted("zzz"))
                        .json()
                        .path("partNumber")
                        .asString())
                .isEqualTo("QW-1");
        assertThat(marta.get("/pos/api/parts")
                        .json()
                        .path("parts")
                        .path(0)
                        .path("verdict")
                        .isNull())
                .isTrue();

        String lost = "{\"act\":\"" + UUID.randomUUID() + "\",\"text\":\"%s\",\"reason\":\"NO_STOCK\",\"quantity\":2}";
        assertThat(marta.post("/pos/api/lost-sales", lost.formatted(" ")).code())
                .isEqualTo("lost-sale-empty");
        assertThat(marta.post("/pos/api/lost-sales", lost.formatted("balata")).status())
                .isEqualTo(200);
    }

    @Test
    void a_number_typed_as_printed_or_without_dashes_adds_its_part_and_an_unknown_one_is_named() {
        String id = plugs();
        assertThat(add(id, UUID.randomUUID(), "\"text\":\"bkr6e11\",\"quantity\":2")
                        .json()
                        .path("lines")
                        .path(0)
                        .path("quantity")
                        .path("value")
                        .asInt())
                .isEqualTo(3);
        Desk.Answer unknown = add(id, UUID.randomUUID(), "\"barcode\":\"999\"");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.json().path("detail").asString()).contains("999");
        assertThat(add(id, UUID.randomUUID(), "\"quantity\":1").code()).isEqualTo("code-missing");
    }

    @Test
    void the_preview_gives_change_and_what_is_missing_and_keeps_nothing() {
        String id = plugs();
        JsonNode enough = marta.post(
                        "/pos/api/tickets/" + id + "/payment/preview", "{\"offers\":[" + cash(10000) + "]}")
                .json();
        JsonNode less = marta.post("/pos/api/tickets/" + id + "/payment/preview", "{\"offers\":[" + cash(5000) + "]}")
                .json();
        JsonNode none = marta.post("/pos/api/tickets/" + id + "/payment/preview", "{\"offers\":[]}")
                .json();

        assertThat(enough.path("settled").asBoolean()).isTrue();
        assertThat(enough.path("change").path("text").asString()).isEqualTo("$42.00");
        assertThat(less.path("settled").asBoolean()).isFalse();
        assertThat(less.path("missing").path("text").asString()).isEqualTo("$8.00");
        assertThat(less.path("problem").path("code").asString()).isEqualTo("payment-short");
        assertThat(none.path("problem").isNull()).isTrue();
        assertThat(none.path("bills").path(0).path("minor").asLong()).isEqualTo(5800);
        assertThat(marta.get("/pos/api/tickets/" + id).status()).isEqualTo(200);
    }

    @Test
    void a_refusal_is_a_problem_with_a_sentence_in_the_callers_language() {
        String id = plugs();
        Desk.Answer spanish = pay(id, 5800, cash(5000));
        Desk.Answer english = marta.speaking("en-US,es;q=0.5")
                .post("/pos/api/tickets/" + id + "/payment", "{\"total\":5800,\"offers\":[" + cash(5000) + "]}");

        assertThat(spanish.status()).isEqualTo(422);
        assertThat(spanish.header("Content-Type")).startsWith("application/problem+json");
        assertThat(spanish.code()).isEqualTo("payment-short");
        assertThat(spanish.json().path("type").asString()).isEqualTo("urn:refahub:problem:payment-short");
        assertThat(spanish.json().path("detail").asString())
                .isEqualTo("Faltan $8.00. Agrega otro pago o corrige el monto.");
        assertThat(english.json().path("detail").asString())
                .isEqualTo("$8.00 are missing. Add another payment or mend the amount.");
    }

    @Test
    void bad_input_names_its_fields_and_never_fails_inside() {
        String id = plugs();
        Desk.Answer noAct = marta.post("/pos/api/tickets/" + id + "/lines", "{\"barcode\":\"1\"}");
        assertThat(noAct.status()).isEqualTo(400);
        assertThat(noAct.json().path("errors").path(0).path("field").asString()).isEqualTo("act");
        assertThat(noAct.json().path("errors").path(0).path("text").asString()).isEqualTo("Falta este dato");

        assertThat(marta.post("/pos/api/tickets/" + id + "/lines", "{").code()).isEqualTo("body-unreadable");
        assertThat(marta.get("/pos/api/tickets/seven")
                        .json()
                        .path("errors")
                        .path(0)
                        .path("field")
                        .asString())
                .isEqualTo("id");
        assertThat(marta.get("/api/v1/catalog/search?q=x&limit=1000")
                        .json()
                        .path("errors")
                        .path(0)
                        .path("text")
                        .asString())
                .isEqualTo("Debe ser 100 o menos");
        assertThat(marta.put("/pos/api/tickets/" + id + "/lines/" + UUID.randomUUID(), "{\"quantity\":1.23456}")
                        .status())
                .isEqualTo(400);
        assertThat(add(id, UUID.randomUUID(), "\"barcode\":\"1\",\"quantity\":1e99")
                        .status())
                .isEqualTo(400);
        assertThat(pay(id, 5800, cash(Long.MAX_VALUE)).status()).isEqualTo(400);
        assertThat(pay(id, 5800, "{\"kind\":\"GOLD\",\"given\":1}").code()).isEqualTo("body-unreadable");
        assertThat(marta.get("/nada").code()).isEqualTo("not-found");
        Desk.Answer wrongMethod = marta.put("/pos/api/registers", "{}");
        assertThat(wrongMethod.status()).isEqualTo(405);
        assertThat(wrongMethod.header("Allow")).isEqualTo("GET");
    }

    @Test
    void the_catalogue_answers_as_documented_and_says_why() {
        JsonNode found = marta.get("/api/v1/catalog/search?q=BKR6E11").json();

        assertThat(found.path("total").asLong()).isEqualTo(2);
        assertThat(found.path("hits").path(1).path("reason").path("text").asString())
                .isEqualTo("equivale a NGK BKR6E-11");
        assertThat(found.path("indexVersion").asLong()).isEqualTo(418);
        JsonNode hit = found.path("hits").path(0);
        assertThat(hit.path("lineCode").asString()).isEqualTo("NGK");
        assertThat(hit.path("reason").path("kind").asString()).isEqualTo("WITHOUT_DASHES");
        assertThat(hit.path("reason").path("text").asString()).isEqualTo("mismo número, sin guiones");
        assertThat(hit.path("price").path("text").asString()).isEqualTo("$58.00");
        assertThat(hit.path("stock").path("value").asInt()).isEqualTo(148);

        JsonNode part = marta.get("/api/v1/catalog/parts/" + hit.path("partId").asString())
                .json();
        assertThat(part.path("fitments").path(0).path("model").asString()).isEqualTo("Tsuru");
        assertThat(part.path("interchanges").path(0).path("kindText").asString())
                .isEqualTo("original");
        String pads = marta.get("/api/v1/catalog/search?q=7974-D1045")
                .json()
                .path("hits")
                .path(0)
                .path("partId")
                .asString();
        JsonNode related = marta.get("/api/v1/catalog/parts/" + pads).json().path("related");
        // One of the alternatives has left the catalogue.
        assertThat(related).hasSize(3);
        assertThat(related.path(0).path("partNumber").asString()).isEqualTo("P85-114");
        assertThat(related.path(0).path("gradeText").asString()).isEqualTo("premium");
        assertThat(related.path(0).path("price").path("text").asString()).isEqualTo("$612.00");
        assertThat(related.path(0).path("stock").path("value").asInt()).isEqualTo(2);
        assertThat(related.path(2).path("kindText").asString()).isEqualTo("Va con");
        assertThat(marta.get("/api/v1/catalog/parts/" + UUID.randomUUID()).code())
                .isEqualTo("part-unknown");
        assertThat(marta.get("/api/v1/catalog/vehicles?make=Nissan").json().path("models"))
                .hasSizeGreaterThan(1);
    }

    @Test
    void the_card_puts_the_customer_s_vehicle_first() {
        String pads = marta.get("/api/v1/catalog/search?q=P85-114")
                .json()
                .path("hits")
                .path(0)
                .path("partId")
                .asString();

        JsonNode fits = marta.get("/api/v1/catalog/parts/" + pads + "?make=Seat&model=Le%C3%B3n&year=2015")
                .json()
                .path("fitments");

        assertThat(fits).hasSize(2);
        assertThat(fits.path(0).path("model").asString()).isEqualTo("León");
        assertThat(fits.path(0).path("asked").asBoolean()).isTrue();
        assertThat(fits.path(1).path("asked").asBoolean()).isFalse();
        assertThat(marta.get("/api/v1/catalog/parts/" + pads)
                        .json()
                        .path("fitments")
                        .path(0)
                        .path("asked")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void of_very_many_related_parts_the_page_tells_the_first_of_each_kind_and_how_many_more_there_are() {
        String kit = marta.get("/api/v1/catalog/search?q=T41201A")
                .json()
                .path("hits")
                .path(0)
                .path("partId")
                .asString();
        JsonNode part = marta.get("/api/v1/catalog/parts/" + kit).json();
        assertThat(part.path("related")).hasSize(501);
        assertThat(part.path("related").path(500).path("kind").asString())
                .as("what the kit holds is not crowded out")
                .isEqualTo("COMPONENT");
        assertThat(part.path("more").path("related").asInt()).isEqualTo(120);
        assertThat(part.path("more").path("fitments").asInt()).isZero();
    }

    @Test
    void an_open_page_is_told_of_status_and_paper_as_they_change() throws Exception {
        String id = plugs();
        try (BufferedReader events = new BufferedReader(new InputStreamReader(
                marta.stream("GET", "/pos/api/events", null).body(), StandardCharsets.UTF_8))) {
            assertThat(next(events)).isEqualTo("hello");
            assertThat(next(events)).isEqualTo("status");
            pay(id, 5800, cash(5800));
            assertThat(List.of(next(events), next(events))).containsExactlyInAnyOrder("status", "paper");
        }
        assertThat(marta.get("/pos/api/paper")
                        .json()
                        .path("sheets")
                        .path(0)
                        .path("drawerKicked")
                        .asBoolean())
                .isTrue();
    }

    private static String next(BufferedReader events) throws Exception {
        for (String line = events.readLine(); line != null; line = events.readLine()) {
            if (line.startsWith("event:"))
                return line.substring("event:".length()).strip();
        }
        throw new AssertionError("the stream ended");
    }

    @Test
    void health_is_degraded_while_the_hub_is_away_and_says_so() {
        desk.browser().post("/desk/link?up=false", "{}");
        JsonNode away = desk.browser().get("/api/v1/health").json();
        desk.browser().post("/desk/link?up=true", "{}");
        JsonNode back = desk.browser().get("/api/v1/health").json();

        assertThat(away.path("status").asString()).isEqualTo("degraded");
        assertThat(away.path("troubles").path(0).path("code").asString()).isEqualTo("hub-unlinked");
        assertThat(back.path("status").asString()).isEqualTo("up");
        assertThat(desk.browser().get("/api/status").json().path("process").asString())
                .isEqualTo("store");
    }

    @Test
    void the_open_api_names_every_call_of_the_counter() {
        JsonNode paths = desk.browser().get("/v3/api-docs").json().path("paths");
        List<String> missing = new ArrayList<>();
        new CounterAccess().rows().forEach(row -> {
            if (row.pattern().contains("/api/") && !paths.has(row.pattern())) missing.add(row.pattern());
        });
        assertThat(missing).isEmpty();
        assertThat(paths.has("/api/v1/catalog/search")).isTrue();
    }
}
