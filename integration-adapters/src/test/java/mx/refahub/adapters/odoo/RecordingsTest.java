package mx.refahub.adapters.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import mx.refahub.adapters.odoo.OdooModels.Field;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Requests and answers of a real Odoo 19.0, and what it says of its own models. They lie outside of the project and are not part of it. */
class RecordingsTest {
    /** Of these no description was recorded. */
    private static final Set<String> UNDESCRIBED = Set.of(
            OdooModels.ACCOUNT,
            OdooModels.JOURNAL,
            OdooModels.REGISTER,
            OdooModels.PRICE_ITEM,
            OdooModels.COUNTRY,
            OdooModels.COMPANY,
            OdooModels.CURRENCY,
            OdooModels.ANALYTIC);

    private static Path data() {
        String named = System.getenv("REFAHUB_SHARED_DATA");
        Path found = (named == null ? Path.of("..", "..", "shared", "data") : Path.of(named)).resolve("odoo");
        if (!Files.isDirectory(found))
            System.out.println("ORACLES NOT RUN: 1 (no recordings of Odoo at " + found + ")");
        assumeTrue(Files.isDirectory(found), "ORACLES NOT RUN: 1");
        return found;
    }

    private static OdooAccess access(String key) {
        return new OdooAccess(
                URI.create("http://localhost"),
                "mxparts",
                "admin",
                key,
                OdooProtocol.AUTO,
                Duration.ofSeconds(1),
                Duration.ofMillis(1));
    }

    @Test
    void every_recorded_json_2_request_is_written_as_it_was_and_its_answer_is_read() throws IOException {
        List<Path> files = files("json2_");
        assertThat(files).hasSizeGreaterThan(10);
        Json2Wire wire = new Json2Wire(access("<API_KEY>"));
        for (Path file : files) {
            Map<?, ?> recorded = json(file);
            Map<?, ?> asked = (Map<?, ?>) recorded.get("request");
            Map<?, ?> answered = (Map<?, ?>) recorded.get("response");

            OdooWire.Request ours = wire.request(call((String) asked.get("path"), (Map<?, ?>) asked.get("body")), 0);

            assertThat(ours.path()).as("%s", file).isEqualTo(asked.get("path"));
            Map<String, String> headers = new TreeMap<>(ours.headers());
            headers.put("Content-Type", ours.contentType());
            assertThat(headers).as("%s", file).isEqualTo(asked.get("headers"));
            assertThat(Json.read(ours.body())).as("%s", file).isEqualTo(asked.get("body"));
            byte[] body = Json.bytes(answered.get("body"));
            int status = ((Number) answered.get("status")).intValue();
            if (status == 200)
                assertThat(wire.answer(status, body)).as("%s", file).isEqualTo(answered.get("body"));
            else
                assertThatThrownBy(() -> wire.answer(status, body))
                        .isInstanceOfSatisfying(OdooRefused.class, refused -> {
                            assertThat(refused.kind()).isEqualTo(OdooRefused.Kind.DUPLICATE);
                            assertThat(refused.reason())
                                    .startsWith("Barcode(s) already assigned: - Barcode \"7501234567893\"")
                                    .doesNotContain("traceback", "\n");
                        });
        }
    }

    @Test
    void xml_rpc_is_written_to_the_byte_as_recorded_and_read() throws IOException {
        Path transcripts = data().resolve("transcripts");
        XmlRpcWire wire = new XmlRpcWire(access("ff2fd4000af16231855f11a6ccd6a7d64d4977b9"));
        OdooCall search = new OdooCall(
                "sale.order",
                "search_read",
                List.of(),
                arguments(
                        "domain",
                        List.of(List.of("id", "in", List.of(1L))),
                        "fields",
                        List.of("name", "amount_total", "state")),
                Map.of());

        assertThat(new XmlRpcWire(access("admin")).login().body())
                .asString()
                .isEqualTo(Files.readString(transcripts.resolve("xmlrpc_01_authenticate.request")));
        assertThat(wire.answer(200, Files.readAllBytes(transcripts.resolve("xmlrpc_01_authenticate.response"))))
                .isEqualTo(2L);
        assertThat(wire.request(search, 2).body())
                .asString()
                .isEqualTo(Files.readString(transcripts.resolve("xmlrpc_03_search_read.request")));
        Object read = wire.answer(200, Files.readAllBytes(transcripts.resolve("xmlrpc_03_search_read.response")));
        assertThat(read)
                .isEqualTo(List.of(Map.of(
                        "id", 1L, "name", "S00001", "amount_total", new BigDecimal("1880.01"), "state", "sale")));
        assertThat(new String(XmlRpc.answer(read), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo(Files.readString(transcripts.resolve("xmlrpc_03_search_read.response"))
                        .replace("</params>\n\n</methodResponse>", "</params>\n\n</methodResponse>"));
    }

    @Test
    void json_rpc_is_written_as_recorded_and_read() throws IOException {
        Path transcripts = data().resolve("transcripts");
        JsonRpcWire wire = new JsonRpcWire(access("admin"));
        OdooCall search = new OdooCall(
                "sale.order",
                "search_read",
                List.of(),
                arguments(
                        "domain", List.of(List.of("id", "in", List.of(1L))), "fields", List.of("name", "amount_total")),
                Map.of());

        assertThat(Json.read(wire.request(search, 2).body()))
                .isEqualTo(json(transcripts.resolve("jsonrpc_01_search_read.request")));
        assertThat(wire.answer(200, Files.readAllBytes(transcripts.resolve("jsonrpc_01_search_read.response"))))
                .isEqualTo(List.of(Map.of("id", 1L, "name", "S00001", "amount_total", new BigDecimal("1880.01"))));
    }

    @Test
    void every_field_that_is_used_is_there_with_its_type_and_relation() throws IOException {
        Path docs = data().resolve("model-docs");
        Set<String> undescribed = new TreeSet<>();
        for (String model : OdooModels.names()) {
            Path file = docs.resolve(model + ".json");
            if (!Files.exists(file)) {
                undescribed.add(model);
                continue;
            }
            Map<?, ?> fields = (Map<?, ?>) json(file).get("fields");
            for (Map.Entry<String, Field> used : OdooModels.fields(model).entrySet()) {
                Field ours = used.getValue();
                Map<?, ?> theirs = (Map<?, ?>) fields.get(used.getKey());
                if (!ours.isIn(OdooModels.JSON_2_SINCE)) {
                    assertThat(theirs)
                            .as("%s.%s is gone by 19", model, used.getKey())
                            .isNull();
                    continue;
                }
                assertThat(theirs).as("%s.%s", model, used.getKey()).isNotNull();
                assertThat(theirs.get("type"))
                        .as("type of %s.%s", model, used.getKey())
                        .isEqualTo(ours.type().name().toLowerCase(Locale.ROOT));
                @Nullable Object relation = theirs.get("relation");
                assertThat(relation == null ? "" : relation)
                        .as("relation of %s.%s", model, used.getKey())
                        .isEqualTo(ours.relation());
            }
        }
        assertThat(undescribed).isEqualTo(new TreeSet<>(UNDESCRIBED));
    }

    @Test
    void the_simulator_answers_recorded_requests_in_the_recorded_shape() throws IOException {
        List<Path> files = files("json2_").stream()
                .filter(each -> each.getFileName().toString().matches("json2_(0[1-6]|17).*"))
                .toList();
        assertThat(files).hasSize(7);
        OdooStore store = new OdooStore(OdooModels.JSON_2_SINCE, java.time.InstantSource.system());
        store.put(OdooModels.COMPANY, 1, Map.of("name", "Refaccionaria Demo SA de CV"));
        store.put(OdooModels.COUNTRY, 156, Map.of("code", "MX"));
        store.put(OdooModels.LOCATION, 5, Map.of("name", "Stock", "complete_name", "WH/Stock", "usage", "internal"));
        store.put(
                OdooModels.TAX,
                18,
                Map.of("name", "16%", "amount", new BigDecimal("16.0"), "type_tax_use", "sale", "company_id", 1L));
        store.put(OdooModels.PARTNER, 5, Map.of("name", "somebody"));
        store.put(OdooModels.PRODUCT, 2, Map.of("name", "something"));
        for (Path file : files) {
            Map<?, ?> recorded = json(file);
            Map<?, ?> asked = (Map<?, ?>) recorded.get("request");
            Map<?, ?> answered = (Map<?, ?>) recorded.get("response");
            OdooCall call = call((String) asked.get("path"), (Map<?, ?>) asked.get("body"));

            if (((Number) answered.get("status")).intValue() == 200)
                assertThat(Json.read(Json.bytes(
                                store.call(call.model(), call.method(), call.ids(), call.arguments(), call.context()))))
                        .as("%s", file)
                        .isEqualTo(answered.get("body"));
            else
                assertThatThrownBy(() ->
                                store.call(call.model(), call.method(), call.ids(), call.arguments(), call.context()))
                        .isInstanceOf(OdooStore.Raised.class)
                        .hasMessage((String) ((Map<?, ?>) answered.get("body")).get("message"));
        }
    }

    private static OdooCall call(String path, Map<?, ?> body) {
        String[] parts = path.split("/", -1);
        Map<String, Object> arguments = new LinkedHashMap<>();
        List<Long> ids = new ArrayList<>();
        Map<String, Object> context = new LinkedHashMap<>();
        body.forEach((key, value) -> {
            switch ((String) key) {
                case "ids" -> ((List<?>) value).forEach(each -> ids.add((Long) each));
                case "context" -> ((Map<?, ?>) value).forEach((name, each) -> context.put((String) name, each));
                default -> arguments.put((String) key, value);
            }
        });
        return new OdooCall(parts[3], parts[4], ids, arguments, context);
    }

    private static Map<String, Object> arguments(String first, Object one, String second, Object two) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put(first, one);
        all.put(second, two);
        return all;
    }

    private static List<Path> files(String start) throws IOException {
        try (Stream<Path> all = Files.list(data().resolve("transcripts"))) {
            return all.filter(each -> each.getFileName().toString().startsWith(start))
                    .sorted()
                    .toList();
        }
    }

    private static Map<?, ?> json(Path file) throws IOException {
        return (Map<?, ?>) Json.read(Files.readAllBytes(file));
    }
}
