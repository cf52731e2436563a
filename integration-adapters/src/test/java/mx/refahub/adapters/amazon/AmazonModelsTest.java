package mx.refahub.adapters.amazon;

import static mx.refahub.adapters.amazon.Seller.done;
import static mx.refahub.adapters.amazon.Seller.offer;
import static mx.refahub.adapters.amazon.Seller.stock;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mx.refahub.adapters.amazon.simulator.AmazonSimulator;
import mx.refahub.adapters.amazon.simulator.AmazonSimulator.Call;
import mx.refahub.adapters.amazon.simulator.Fault;
import mx.refahub.domain.market.Hint;
import mx.refahub.domain.market.Marketplace;
import mx.refahub.domain.market.Marketplace.Change;
import mx.refahub.domain.market.Marketplace.Parcel;
import mx.refahub.domain.market.Order;
import mx.refahub.domain.market.Submission;
import mx.refahub.domain.market.Submission.Sent;
import mx.refahub.domain.money.Money;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is sent, what is read and what the simulator answers, against Amazon's own files (amzn/selling-partner-api-models): Swagger models, feed schemas,
 * notification schemas and their examples. Where the files are absent none of it runs, and it says so.
 */
class AmazonModelsTest {
    private static final Path FILES =
            Path.of(System.getProperty("refahub.oracles", "/work/shared/data"), "amazon-sp-api");
    private static final int ORACLES = 6;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Map<String, String> MODEL = Map.of(
            "/listings/2021-08-01/", "listingsItems_2021-08-01.json",
            "/feeds/2021-06-30/", "feeds_2021-06-30.json",
            "/orders/2026-01-01/", "orders_2026-01-01.json",
            "/orders/v0/", "ordersV0.json",
            "/tokens/2021-03-01/", "tokens_2021-03-01.json");
    private static final Pattern PLAN = Pattern.compile("\\|\\s*([0-9.]+)\\s*\\|\\s*([0-9]+)\\s*\\|");

    private final Seller.Hours clock = new Seller.Hours();
    private final Seller.Kept grant = new Seller.Kept(clock);

    @BeforeAll
    static void files() {
        if (!Files.isDirectory(FILES))
            System.out.println("ORACLES NOT RUN: " + ORACLES + " (no Amazon models at " + FILES + ")");
        Assumptions.assumeTrue(Files.isDirectory(FILES), "ORACLES NOT RUN: " + ORACLES);
    }

    @Test
    void every_operation_is_in_its_model_with_that_path_and_that_usage_plan() throws IOException {
        for (Operation operation : Operation.values()) {
            JsonNode described = described(operation.path, operation.method);
            assertThat(described.path("operationId").asString("")).isEqualTo(operation.id);
            Matcher plan = PLAN.matcher(described.path("description").asString(""));
            assertThat(plan.find()).as(operation.id).isTrue();
            assertThat(operation.perSecond).as(operation.id).isEqualTo(Double.parseDouble(plan.group(1)));
            assertThat(operation.burst).as(operation.id).isEqualTo(Integer.parseInt(plan.group(2)));
        }
    }

    @Test
    void every_request_sent_and_every_answer_of_the_simulator_is_as_the_models_have_it() throws IOException {
        AmazonSimulator simulator = new AmazonSimulator(clock);
        try (simulator) {
            everything(simulator);
            Set<String> seen = new TreeSet<>();
            for (Call call : simulator.calls()) {
                if (call.operation().equals("token")) continue;
                seen.add(call.operation());
                assertThat(wrong(call))
                        .as(call.operation() + " " + call.query() + " " + call.body())
                        .isEmpty();
            }
            Set<String> all = new TreeSet<>();
            for (Operation operation : Operation.values()) all.add(operation.id);
            assertThat(seen).isEqualTo(all);

            Schema feed = new Schema(read("schemas/feeds/listings-feed-schema-v2.json"));
            assertThat(simulator.feedDocuments())
                    .isNotEmpty()
                    .allSatisfy(document -> assertThat(
                                    feed.check(read("schemas/feeds/listings-feed-schema-v2.json"), document))
                            .isEmpty());
            JsonNode message = read("schemas/feeds/listings-feed-message-schema-v2.json");
            for (JsonNode document : simulator.feedDocuments())
                for (JsonNode one : document.path("messages"))
                    assertThat(new Schema(message).check(message, one)).isEmpty();
            JsonNode report = read("schemas/feeds/listings-feed-processing-report-schema-v2.json");
            assertThat(simulator.reports())
                    .isNotEmpty()
                    .allSatisfy(one ->
                            assertThat(new Schema(report).check(report, one)).isEmpty());
            JsonNode change = read("schemas/notifications/OrderChangeNotification.json");
            assertThat(simulator.untold())
                    .isNotEmpty()
                    .allSatisfy(one ->
                            assertThat(new Schema(change).check(change, one)).isEmpty());
        }
    }

    @Test
    void a_request_that_is_not_as_the_model_has_it_is_found() throws IOException {
        JsonNode patch = JSON.readTree(
                "{\"productType\":\"PRODUCT\",\"patches\":[{\"op\":\"swap\",\"path\":\"/a\",\"valeu\":[]}]}");
        JsonNode answer = JSON.readTree("{\"sku\":\"A\",\"status\":\"GOOD\"}");
        String path = "/listings/2021-08-01/items/A3TH9S8BH6GOGM/A";
        assertThat(wrong(new Call(
                        "patchListingsItem",
                        "PATCH",
                        path,
                        "marketplaceId=" + AmazonSimulator.MEXICO,
                        patch,
                        200,
                        answer)))
                .anyMatch(each -> each.equals("lacks marketplaceIds"))
                .anyMatch(each -> each.contains("none of its parameters"))
                .anyMatch(each -> each.contains("swap"))
                .anyMatch(each -> each.contains("valeu is unknown"))
                .anyMatch(each -> each.contains("GOOD"))
                .anyMatch(each -> each.contains("lacks submissionId"));
        assertThat(wrong(new Call("patchListingsItem", "PATCH", path + "/B", "marketplaceIds=A", patch, 302, null)))
                .anyMatch(each -> each.contains("is not /listings"))
                .anyMatch(each -> each.contains("no answer 302"));
    }

    @Test
    void a_feed_of_full_size_is_as_the_schema_has_it() {
        JsonNode schema = read("schemas/feeds/listings-feed-schema-v2.json");
        SpApi api = new SpApi(
                AmazonAccount.of(Seller.connection(URI.create("https://sellingpartnerapi-na.amazon.com"), false)),
                grant,
                Lane.open(Duration.ofSeconds(1), Duration.ofMillis(1), System::nanoTime, Thread::sleep),
                clock);
        Feeds feeds = new Feeds(api, new Attributes(api.account()), Feeds.none());
        JsonNode document = JSON.readTree(feeds.document(stock(Feeds.MOST)));
        assertThat(new Schema(schema).check(schema, document)).isEmpty();
        assertThat(api.account().tokens()).hasToString("https://api.amazon.com/auth/o2/token");
    }

    @Test
    void amazons_own_example_orders_are_read() throws IOException {
        Orders orders = new Orders(new SpApi(
                AmazonAccount.of(Seller.connection(URI.create("http://127.0.0.1"), false)),
                grant,
                Lane.open(Duration.ofSeconds(1), Duration.ofMillis(1), System::nanoTime, Thread::sleep),
                clock));
        List<JsonNode> examples = new ArrayList<>();
        described("/orders/2026-01-01/orders", "GET")
                .at("/responses/200/examples/application~1json/orders")
                .forEach(examples::add);
        examples.add(described("/orders/2026-01-01/orders/{orderId}", "GET")
                .at("/responses/200/examples/application~1json/order"));
        assertThat(examples).hasSizeGreaterThan(1);
        for (JsonNode example : examples) {
            Order order = orders.order(example);
            assertThat(order.id()).isEqualTo(example.path("orderId").asString(""));
            assertThat(order.lines()).hasSize(example.path("orderItems").size());
            assertThat(order.total().isZero()).isFalse();
        }
        assertThat(orders.order(examples.getLast()).buyer()).isEqualTo("James Wilson");
        assertThat(orders.order(examples.getLast()).shipment().to()).contains("Manchester", "M1 2AB");
    }

    @Test
    void amazons_own_issues_are_read() throws IOException {
        List<Issue> issues = Issue.all(read("schemas/feeds/listings-feed-processing-report-schema-v2.example.json")
                .path("issues"));
        assertThat(issues).hasSize(3).allMatch(Issue::refuses);
        assertThat(issues.getFirst().reason().text())
                .isEqualTo("'[batteries_required]' is required but not supplied. (90220)");
        assertThat(issues.getLast().attributes()).containsExactly("purchasable_offer.our_price");
        assertThat(issues.getLast().message()).isEqualTo(5);
        JsonNode submission = described("/listings/2021-08-01/items/{sellerId}/{sku}", "PUT")
                .at("/responses/200/examples/application~1json");
        assertThat(Issue.all(submission.path("issues"))).isEmpty();
        assertThat(submission.path("status").asString("")).isEqualTo("ACCEPTED");
    }

    @Test
    void amazons_own_example_notifications_are_hints() throws IOException {
        Map<String, Hint.Subject> expected = Map.of(
                "OrderChangeNotification", Hint.Subject.ORDER,
                "FeedProcessingFinishedNotification", Hint.Subject.SUBMISSION,
                "ListingsItemStatusChangeNotification", Hint.Subject.LISTING,
                "ListingsItemIssuesChangeNotification", Hint.Subject.LISTING,
                "ListingsItemMfnQuantityChange", Hint.Subject.LISTING,
                "ReportProcessingFinishedNotification", Hint.Subject.OTHER);
        for (Map.Entry<String, Hint.Subject> kind : expected.entrySet()) {
            JsonNode schema = read("schemas/notifications/" + kind.getKey() + ".json");
            assertThat(schema.path("examples")).isNotEmpty();
            for (JsonNode example : schema.path("examples")) {
                Hint hint = Notifications.read(example.toString().getBytes(StandardCharsets.UTF_8))
                        .orElseThrow();
                assertThat(hint.subject()).as(kind.getKey()).isEqualTo(kind.getValue());
                if (kind.getValue() != Hint.Subject.OTHER) assertThat(hint.id()).isNotBlank();
            }
        }
    }

    /** All that the adapter can say, once well and where it matters once badly. */
    private void everything(AmazonSimulator simulator) throws IOException {
        URI address = simulator.start(0);
        Amazon amazon = Seller.quick(clock);
        Marketplace seller = Seller.open(amazon, address, grant, true);
        done(seller.whoAmI());
        simulator.refuse("FRI-2", "18299", "Esta marca necesita autorización.", false);
        Sent made = (Sent) done(seller.publish(offer("FRI-1"), true));
        done(seller.report(made.id()));
        assertThat(Seller.texts(seller.publish(offer("FRI-2"), false))).hasSize(2);
        done(seller.revise("FRI-1", offer("FRI-1")));
        done(seller.change(List.of(new Change("FRI-1", "FRI-1", 3L, Money.mxn(51_000))))
                .get("FRI-1"));
        done(seller.put("FRI-1", "FRI-1", Submission.State.PAUSED));
        for (int i = 0; i < 25; i++) simulator.stock("SKU-" + i, 50, "100.00");
        simulator.refuse("SKU-4", "99022", "El precio está fuera del rango permitido.", false);
        simulator.misbehave("createFeed", Fault.ANSWER_LOST);
        Sent feed = (Sent) done(seller.change(stock(26)).get("SKU-0"));
        simulator.hold(true);
        done(seller.report(feed.id()));
        simulator.hold(false);
        done(seller.report(feed.id()));
        simulator.pages(2);
        for (int i = 0; i < 3; i++) simulator.sell(Map.of("SKU-1", 2L, "SKU-2", 1L), i < 2);
        String id = simulator.sell(Map.of("SKU-3", 1L), true);
        String asked = simulator.sell(Map.of("SKU-3", 1L), true);
        simulator.askToCancel(asked, "Ya no");
        done(seller.orders(done(seller.orders("")).cursor()));
        done(seller.ship(new Parcel(id, "", "Fletes del Sur", "FS-1")));
        done(seller.order(id));
        // Without the role the address comes by Orders V0 and a restricted token.
        done(new Orders(new SpApi(
                        AmazonAccount.of(Seller.connection(address, true)),
                        grant,
                        Lane.open(Duration.ofSeconds(9), Duration.ofMillis(1), System::nanoTime, Thread::sleep),
                        clock))
                .address(id));
        simulator.cancel(asked);
        done(seller.order(asked));
        done(seller.put("FRI-1", "FRI-1", Submission.State.CLOSED));
    }

    private static List<String> wrong(Call call) throws IOException {
        JsonNode model = model(call.path());
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : model.path("paths").properties()) {
            JsonNode operation = path.getValue().path(call.method().toLowerCase(Locale.ROOT));
            if (!operation.path("operationId").asString("").equals(call.operation())) continue;
            String shape = path.getKey().replaceAll("\\{[a-zA-Z]+}", "[^/]+");
            if (!call.path().matches(shape)) wrong.add(call.path() + " is not " + path.getKey());
            List<JsonNode> parameters = new ArrayList<>();
            operation.path("parameters").forEach(parameters::add);
            path.getValue().path("parameters").forEach(parameters::add);
            Schema schema = new Schema(model);
            Set<String> known = new HashSet<>();
            for (JsonNode written : parameters) {
                JsonNode parameter = schema.resolve(written);
                String name = parameter.path("name").asString("");
                switch (parameter.path("in").asString("")) {
                    case "query" -> {
                        known.add(name);
                        String given = asked(call.query(), name);
                        if (given == null) {
                            if (parameter.path("required").booleanValue(false)) wrong.add("lacks " + name);
                        } else wrong.addAll(schema.check(plain(parameter), value(parameter, given)));
                    }
                    case "body" -> {
                        if (call.body() == null) wrong.add("lacks its body");
                        else wrong.addAll(strict(schema, parameter.path("schema"), call.body(), "$"));
                    }
                    default -> {}
                }
            }
            for (String pair : call.query().split("&"))
                if (!pair.isEmpty() && !known.contains(pair.substring(0, pair.indexOf('='))))
                    wrong.add(pair + " is none of its parameters");
            JsonNode response = operation.path("responses").path(Integer.toString(call.status()));
            if (response.isMissingNode()) wrong.add("no answer " + call.status());
            else if (response.has("schema") && call.answer() != null)
                wrong.addAll(strict(schema, response.path("schema"), call.answer(), "answer"));
            return wrong;
        }
        wrong.add("no operation " + call.operation());
        return wrong;
    }

    /** Also names that the model does not have are wrong: a misspelt one is silently ignored by Amazon. */
    private static List<String> strict(Schema schema, JsonNode written, JsonNode value, String at) {
        List<String> wrong = new ArrayList<>(schema.check(written, value));
        unknown(schema, written, value, at, wrong);
        return wrong;
    }

    private static void unknown(Schema schema, JsonNode written, JsonNode value, String at, List<String> wrong) {
        JsonNode resolved = schema.resolve(written);
        if (value.isArray()) {
            for (JsonNode one : value) unknown(schema, resolved.path("items"), one, at + "[]", wrong);
        } else if (value.isObject() && resolved.has("properties") && !resolved.has("additionalProperties")) {
            for (Map.Entry<String, JsonNode> property : value.properties()) {
                JsonNode known = resolved.path("properties").path(property.getKey());
                if (known.isMissingNode()) wrong.add(at + "." + property.getKey() + " is unknown to the model");
                else unknown(schema, known, property.getValue(), at + "." + property.getKey(), wrong);
            }
        }
    }

    /** Without what says where it stands. */
    private static JsonNode plain(JsonNode parameter) {
        ObjectNode schema = (ObjectNode) parameter.deepCopy();
        schema.remove(List.of("required", "name", "in"));
        return schema;
    }

    private static JsonNode value(JsonNode parameter, String given) {
        return switch (parameter.path("type").asString("")) {
            case "array" -> {
                ArrayNode list = JSON.createArrayNode();
                for (String one : given.split(",")) list.add(one);
                yield list;
            }
            case "integer" -> JSON.getNodeFactory().numberNode(Long.parseLong(given));
            default -> JSON.getNodeFactory().stringNode(given);
        };
    }

    private static @Nullable String asked(String query, String name) {
        for (String pair : query.split("&"))
            if (pair.startsWith(name + "="))
                return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
        return null;
    }

    private static JsonNode described(String path, String method) throws IOException {
        return model(path).path("paths").path(path).path(method.toLowerCase(Locale.ROOT));
    }

    private static JsonNode model(String path) throws IOException {
        for (Map.Entry<String, String> model : MODEL.entrySet())
            if (path.startsWith(model.getKey())) return read("models_dev/" + model.getValue());
        throw new AssertionError("no model of " + path);
    }

    private static final Map<String, JsonNode> OPEN = new ConcurrentHashMap<>();

    private static JsonNode read(String file) {
        return OPEN.computeIfAbsent(file, f -> JSON.readTree(FILES.resolve(f).toFile()));
    }
}
