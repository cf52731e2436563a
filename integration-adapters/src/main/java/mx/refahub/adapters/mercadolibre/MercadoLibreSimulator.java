package mx.refahub.adapters.mercadolibre;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import mx.refahub.domain.outside.OutsideSimulator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Mercado Libre on this machine: its rules as far as they are known, kept state, a log of every effect, and moods. Whoever is sent to its sign-in is let in at
 * once.
 */
public final class MercadoLibreSimulator implements OutsideSimulator {
    public static final String APPLICATION = "5503910054141466";
    public static final String APPLICATION_SECRET = "secreto-de-prueba";
    public static final String SELLER = "468424240";
    private static final int TITLE = 60;
    private static final int MOST_PIECES = 99_999;
    private static final BigDecimal LEAST_PRICE = BigDecimal.valueOf(35);
    private static final long TOKEN_SECONDS = 21_600;
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT);
    private static final Map<String, List<String>> MODELS = Map.of(
            "Nissan", List.of("Tsuru", "Versa", "Sentra"),
            "Chevrolet", List.of("Aveo", "Chevy", "Spark"),
            "Volkswagen", List.of("Jetta", "Golf", "Pointer"),
            "Ford", List.of("Fiesta", "Ranger", "F-150"));

    /** What it does instead of answering well. */
    public enum Fault {
        TOO_MANY,
        TROUBLE,
        /** Does what it was asked, then says nothing. */
        LOST,
        /** Does what it was asked, then breaks off in the middle of the answer. */
        HALF,
        /** Does nothing and hangs up. */
        CUT,
        /** Takes the token for a stale one. */
        EXPIRED
    }

    /** Something that happened there. @param what {@code item created}, {@code stock 4}, … @param key of the thing: SKU, order, question */
    public record Effect(String what, String key) {}

    private record Mood(Fault fault, String path) {}

    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int status;
        private final transient ObjectNode body;

        Broken(int status, ObjectNode body) {
            super(body.toString());
            this.status = status;
            this.body = body;
        }
    }

    private final JsonMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private final Clock clock;
    private final Map<String, ObjectNode> items = new LinkedHashMap<>();
    private final Map<String, ObjectNode> orders = new LinkedHashMap<>();
    private final Map<String, ObjectNode> shipments = new LinkedHashMap<>();
    private final Map<String, ObjectNode> questions = new LinkedHashMap<>();
    private final Map<String, Set<String>> vehicles = new HashMap<>();
    private final Map<String, String> descriptions = new HashMap<>();
    private final Set<String> codes = new HashSet<>();
    private final Deque<Mood> moods = new ArrayDeque<>();
    private final List<Effect> effects = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private String access = "";
    private String refresh = "";
    private Instant until = Instant.EPOCH;
    private long number = 1_000;
    private @Nullable HttpServer server;
    private @Nullable ExecutorService threads;

    public MercadoLibreSimulator(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String kind() {
        return MercadoLibre.KIND;
    }

    @Override
    public URI start(int port) throws IOException {
        HttpServer made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor();
        made.setExecutor(pool);
        made.createContext("/", this::serve);
        made.start();
        server = made;
        threads = pool;
        return URI.create("http://127.0.0.1:" + made.getAddress().getPort());
    }

    @Override
    public void close() {
        if (server != null) server.stop(0);
        if (threads != null) threads.close();
    }

    // What a test or a person makes happen

    /** The next call whose path begins so goes wrong. */
    public synchronized void misbehave(Fault fault, String path) {
        moods.add(new Mood(fault, path));
    }

    /** As a seller who clicked yes: a code, good once. */
    public synchronized String permit() {
        String code = "TG-" + next();
        codes.add(code);
        return code;
    }

    /** Six hours pass. */
    public synchronized void expire() {
        until = Instant.EPOCH;
    }

    /** The seller takes the permission back. */
    public synchronized void revoke() {
        until = Instant.EPOCH;
        refresh = "";
    }

    /** A buyer pays. @return the order's id */
    public synchronized String sell(String sku, int pieces) {
        ObjectNode item = bySku(sku);
        String id = "20000" + next();
        String parcel = "40" + next();
        item.put("sold_quantity", item.path("sold_quantity").asInt(0) + pieces);
        quantity(item, Math.max(0, item.path("available_quantity").asInt() - pieces));
        ObjectNode order = json.createObjectNode();
        order.put("id", Long.parseLong(id));
        order.putNull("pack_id");
        order.put("status", "paid");
        order.put("date_created", local());
        order.put("last_updated", local());
        order.put("currency_id", "MXN");
        ObjectNode line = order.putArray("order_items").addObject();
        ObjectNode of = line.putObject("item");
        of.put("id", item.path("id").asString());
        of.put("title", item.path("title").asString());
        of.putNull("variation_id");
        of.put("seller_sku", sku);
        line.put("quantity", pieces);
        line.put("unit_price", item.path("price").decimalValue());
        line.put("sale_fee", item.path("price").decimalValue().movePointLeft(1));
        order.put("total_amount", item.path("price").decimalValue().multiply(BigDecimal.valueOf(pieces)));
        ObjectNode buyer = order.putObject("buyer");
        buyer.put("id", 312_388_903);
        buyer.put("nickname", "TETE2551691");
        order.putObject("seller").put("id", Long.parseLong(SELLER));
        order.putObject("shipping").put("id", Long.parseLong(parcel));
        orders.put(id, order);
        ObjectNode shipment = json.createObjectNode();
        shipment.put("id", Long.parseLong(parcel));
        shipment.put("status", "ready_to_ship");
        shipment.putObject("logistic").put("mode", "me2").put("type", "drop_off");
        shipment.put("tracking_number", "MEL" + parcel);
        shipment.put("tracking_method", "Estafeta");
        ObjectNode to = shipment.putObject("destination");
        to.put("receiver_name", "Comprador de Prueba");
        to.putObject("shipping_address").put("address_line", "Av. Juárez 100").put("zip_code", "44100");
        shipments.put(parcel, shipment);
        return id;
    }

    public synchronized void cancelled(String order, String why) {
        ObjectNode found = known(orders, order);
        found.put("status", "cancelled");
        found.put("last_updated", local());
        found.putObject("cancel_detail").put("code", "buyer_cancel").put("description", why);
    }

    /** The seller brings the parcel on its way: the marketplace has no label for it. */
    public synchronized void sentByTheSeller(String order) {
        ObjectNode found = known(orders, order);
        found.put("last_updated", local());
        ObjectNode shipment = known(shipments, found.path("shipping").path("id").asString());
        shipment.put("status", "pending");
        shipment.putObject("logistic").put("mode", "custom").put("type", "custom");
        shipment.remove(List.of("tracking_number", "tracking_method"));
    }

    /** The carrier scanned the parcel, or handed it over. */
    public synchronized void travelled(String order, String status) {
        ObjectNode found = known(orders, order);
        found.put("last_updated", local());
        known(shipments, found.path("shipping").path("id").asString()).put("status", status);
    }

    private static ObjectNode known(Map<String, ObjectNode> all, String id) {
        ObjectNode found = all.get(id);
        if (found == null) throw new IllegalArgumentException("the simulator has no " + id);
        return found;
    }

    /** @return the question's id */
    public synchronized String ask(String sku, String text) {
        String id = "36" + next();
        ObjectNode question = json.createObjectNode();
        question.put("id", Long.parseLong(id));
        question.put("item_id", bySku(sku).path("id").asString());
        question.put("seller_id", Long.parseLong(SELLER));
        question.put("status", "UNANSWERED");
        question.put("text", text);
        question.put("date_created", local());
        question.putObject("from").put("id", 312_388_903);
        questions.put(id, question);
        return id;
    }

    /** As it is posted to the callback. @param attempt a repeated one differs in nothing else */
    public synchronized byte[] notification(String topic, String resource, int attempt) {
        ObjectNode said = json.createObjectNode();
        said.put("_id", "n-" + topic + resource.replace('/', '-'));
        said.put("resource", resource);
        said.put("user_id", Long.parseLong(SELLER));
        said.put("topic", topic);
        said.put("application_id", Long.parseLong(APPLICATION));
        said.put("attempts", attempt);
        said.put("sent", clock.instant().toString());
        said.put("received", clock.instant().toString());
        return json.writeValueAsBytes(said);
    }

    // What it looks like now

    public synchronized List<Effect> effects() {
        return List.copyOf(effects);
    }

    /** How often this happened to this thing. */
    public synchronized long count(String what, String key) {
        return effects.stream()
                .filter(each -> each.key().equals(key) && each.what().startsWith(what))
                .count();
    }

    /** Method and path of every call, in order. */
    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    public synchronized int vehiclesOf(String sku) {
        return vehicles.getOrDefault(bySku(sku).path("id").asString(), Set.of()).size();
    }

    /** A field of an item as text. */
    public synchronized String item(String sku, String field) {
        return bySku(sku).path(field).asString();
    }

    public synchronized int items() {
        return items.size();
    }

    // How it serves

    private void serve(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getRawPath();
        String method = exchange.getRequestMethod();
        Fault fault;
        synchronized (this) {
            calls.add(method + " " + path);
            fault = moods.stream()
                    .filter(each -> path.startsWith(each.path()))
                    .findFirst()
                    .map(mood -> {
                        moods.remove(mood);
                        return mood.fault();
                    })
                    .orElse(null);
        }
        if (fault == Fault.CUT) {
            exchange.close();
            return;
        }
        if (fault == Fault.TOO_MANY) {
            exchange.getResponseHeaders().add("Retry-After", "7");
            answer(exchange, 429, error(429, "too_many_requests", "too many requests"));
            return;
        }
        if (fault == Fault.TROUBLE) {
            answer(exchange, 500, error(500, "internal_error", "internal error"));
            return;
        }
        int status = 200;
        JsonNode said;
        try {
            synchronized (this) {
                if (fault == Fault.EXPIRED) until = Instant.EPOCH;
                if (path.equals("/authorization")) {
                    signIn(exchange);
                    return;
                }
                if (path.startsWith("/simulator/")) {
                    answer(
                            exchange,
                            200,
                            drive(path, query(exchange.getRequestURI().getRawQuery())));
                    return;
                }
                if (!path.equals("/oauth/token")) authorised(exchange);
                said = act(method, path, exchange, body);
                if (method.equals("POST") && path.equals("/items")) status = 201;
            }
        } catch (Broken e) {
            status = e.status;
            said = e.body;
        }
        if (fault == Fault.LOST) {
            exchange.close();
        } else if (fault == Fault.HALF) {
            byte[] whole = json.writeValueAsBytes(said);
            exchange.sendResponseHeaders(status, whole.length / 2);
            exchange.getResponseBody().write(whole, 0, whole.length / 2);
            exchange.close();
        } else {
            answer(exchange, status, said);
        }
    }

    private void answer(HttpExchange exchange, int status, JsonNode said) throws IOException {
        byte[] bytes = json.writeValueAsBytes(said);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** What a person at a terminal makes happen. */
    private ObjectNode drive(String path, Map<String, String> asked) {
        String sku = asked.getOrDefault("sku", "");
        String order = asked.getOrDefault("order", "");
        try {
            switch (path) {
                case "/simulator/orders" -> order = sell(sku, Integer.parseInt(asked.getOrDefault("pieces", "1")));
                case "/simulator/cancel" -> cancelled(order, asked.getOrDefault("why", "Ya no lo necesito"));
                case "/simulator/travel" -> travelled(order, asked.getOrDefault("status", "shipped"));
                case "/simulator/questions" ->
                    order = ask(sku, asked.getOrDefault("text", "¿Le queda a un Tsuru 2012?"));
                default -> throw new Broken(404, error(404, "not_found", "resource not found: " + path));
            }
        } catch (IllegalArgumentException | IllegalStateException wrong) {
            throw new Broken(400, error(400, "bad_request", String.valueOf(wrong.getMessage())));
        }
        return json.createObjectNode().put("id", order);
    }

    private void signIn(HttpExchange exchange) throws IOException {
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        exchange.getResponseHeaders()
                .add(
                        "Location",
                        query.getOrDefault("redirect_uri", "") + "?code=" + permit() + "&state="
                                + Calls.encoded(query.getOrDefault("state", "")));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void authorised(HttpExchange exchange) {
        String token = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        if (access.isEmpty() || !token.equals("Bearer " + access) || until.isBefore(clock.instant()))
            throw new Broken(401, error(401, "unauthorized", "invalid access token"));
    }

    private JsonNode act(String method, String path, HttpExchange exchange, byte[] body) {
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        String[] parts = path.substring(1).split("/");
        String route = method + " " + parts[0] + (parts.length > 2 ? "/" + parts[2] : parts.length > 1 ? "/*" : "");
        return switch (route) {
            case "POST oauth/*" -> token(query(new String(body, StandardCharsets.UTF_8)));
            case "GET users/*" ->
                json.createObjectNode().put("id", Long.parseLong(SELLER)).put("nickname", "REFACCIONES-DE-PRUEBA");
            case "GET users/items" -> search(query.getOrDefault("seller_sku", ""));
            case "GET sites/domain_discovery" -> discovered(query.getOrDefault("q", ""));
            case "POST pictures/upload" -> picture(body);
            case "POST items" -> create((ObjectNode) json.readTree(body));
            case "GET items/*" -> item(parts[1]);
            case "PUT items/*" -> change(item(parts[1]), json.readTree(body));
            case "POST items/description", "PUT items/description" -> describe(parts[1], json.readTree(body));
            case "POST items/compatibilities" -> fit(parts[1], json.readTree(body));
            case "POST catalog_domains/attributes" -> values(parts[3], json.readTree(body));
            case "GET orders/*" -> parts[1].equals("search") ? orders(query) : found(orders, parts[1]);
            case "POST orders/feedback" -> feedback(parts[1]);
            case "GET shipments/*" -> found(shipments, parts[1]);
            case "PUT shipments/*" -> ship(found(shipments, parts[1]), json.readTree(body));
            case "GET questions/*" -> parts[1].equals("search") ? open() : found(questions, parts[1]);
            case "POST answers" -> reply(json.readTree(body));
            default -> throw new Broken(404, error(404, "not_found", "resource not found: " + route));
        };
    }

    private ObjectNode token(Map<String, String> form) {
        if (!APPLICATION.equals(form.get("client_id")) || !APPLICATION_SECRET.equals(form.get("client_secret")))
            throw new Broken(400, error(400, "invalid_client", "invalid client_id or client_secret."));
        boolean good = "authorization_code".equals(form.get("grant_type"))
                ? codes.remove(form.getOrDefault("code", ""))
                : !refresh.isEmpty() && refresh.equals(form.get("refresh_token"));
        if (!good)
            throw new Broken(
                    400,
                    error(
                            400,
                            "invalid_grant",
                            "Error validating grant. Your authorization code or refresh token may be expired or it was already used."));
        access = "APP_USR-" + next();
        refresh = "TG-" + next();
        until = clock.instant().plusSeconds(TOKEN_SECONDS);
        effects.add(new Effect("token given", SELLER));
        return json.createObjectNode()
                .put("access_token", access)
                .put("token_type", "Bearer")
                .put("expires_in", TOKEN_SECONDS)
                .put("scope", "offline_access read write")
                .put("user_id", Long.parseLong(SELLER))
                .put("refresh_token", refresh);
    }

    private ObjectNode search(String sku) {
        ObjectNode said = json.createObjectNode();
        ArrayNode found = said.putArray("results");
        items.values().stream()
                .filter(each ->
                        sku(each).equals(sku) && !each.path("status").asString().equals("closed"))
                .forEach(each -> found.add(each.path("id").asString()));
        return said;
    }

    private ArrayNode discovered(String title) {
        ArrayNode said = json.createArrayNode();
        if (!title.toLowerCase(Locale.ROOT).contains("zzz"))
            said.addObject().put("domain_id", "MLM-AUTOMOTIVE_PARTS").put("category_id", "MLM45878");
        return said;
    }

    private ObjectNode picture(byte[] body) {
        String form = new String(body, StandardCharsets.ISO_8859_1);
        int content = form.indexOf("\r\n\r\n");
        // A JPEG or a PNG, by its first bytes.
        if (content < 0 || !form.substring(content + 4).matches("(?s)(\u00FF\u00D8\u00FF|\u0089PNG).*"))
            throw new Broken(400, error(400, "bad_request", "unsupported picture"));
        return json.createObjectNode().put("id", next() + "-MLM" + next() + "_112026");
    }

    private ObjectNode create(ObjectNode item) {
        ArrayNode causes = json.createArrayNode();
        check(item, causes);
        if (item.path("title").asString().length() > TITLE)
            cause(causes, "item.title.length.invalid", "item.title", "Title is longer than 60 characters");
        if (!item.path("category_id").asString().startsWith("MLM"))
            cause(
                    causes,
                    "item.category_id.invalid",
                    "item.category_id",
                    "Category " + item.path("category_id").asString() + " does not exist");
        if (item.path("pictures").isEmpty())
            cause(causes, "item.pictures.min", "item.pictures", "Pictures are mandatory for this listing type");
        for (String needed : List.of("BRAND", "PART_NUMBER"))
            if (attribute(item, needed).isEmpty())
                cause(
                        causes,
                        "item.attributes.missing_required",
                        "item.attributes",
                        "The attributes [" + needed + "] are required for category");
        refuse(causes);
        String id = "MLM" + next();
        item.put("id", id);
        item.put("permalink", "https://articulo.mercadolibre.com.mx/" + id);
        item.put("status", "active");
        item.put("sold_quantity", 0);
        items.put(id, item);
        effects.add(new Effect("item created", sku(item)));
        quantity(item, item.path("available_quantity").asInt());
        return item;
    }

    private void check(JsonNode item, ArrayNode causes) {
        if (item.has("price") && item.path("price").decimalValue().compareTo(LEAST_PRICE) < 0)
            cause(causes, "item.price.invalid", "item.price", "The price must be at least 35 MXN");
        int pieces = item.path("available_quantity").asInt(1);
        if (pieces < 0 || pieces > MOST_PIECES)
            cause(
                    causes,
                    "item.available_quantity.invalid",
                    "item.available_quantity",
                    "Available quantity out of range");
    }

    private ObjectNode change(ObjectNode item, JsonNode wanted) {
        ArrayNode causes = json.createArrayNode();
        check(wanted, causes);
        if (item.path("status").asString().equals("closed"))
            cause(causes, "item.status.closed", "item.status", "Item is closed and cannot be modified");
        if (wanted.has("title")
                && item.path("sold_quantity").asInt() > 0
                && !wanted.path("title").equals(item.path("title")))
            cause(causes, "item.title.not_modifiable", "item.title", "Cannot update title: item has sales");
        refuse(causes);
        for (String field : List.of("title", "pictures", "attributes", "status"))
            if (wanted.has(field)) item.set(field, wanted.get(field));
        if (wanted.has("status"))
            effects.add(new Effect("status " + wanted.path("status").asString(), sku(item)));
        if (wanted.has("price")
                && wanted.path("price")
                                .decimalValue()
                                .compareTo(item.path("price").decimalValue())
                        != 0) {
            item.set("price", wanted.get("price"));
            effects.add(new Effect("price " + wanted.path("price").asString(), sku(item)));
        }
        if (wanted.has("available_quantity")
                && wanted.path("available_quantity").asInt()
                        != item.path("available_quantity").asInt()) {
            quantity(item, wanted.path("available_quantity").asInt());
            effects.add(new Effect("stock " + wanted.path("available_quantity").asInt(), sku(item)));
        }
        return item;
    }

    /** Without a piece it is paused by itself, and active again with the first. */
    private static void quantity(ObjectNode item, int pieces) {
        item.put("available_quantity", pieces);
        ArrayNode sub = item.putArray("sub_status");
        if (pieces == 0) {
            item.put("status", "paused");
            sub.add("out_of_stock");
        } else if (item.path("status").asString().equals("paused")) {
            item.put("status", "active");
        }
    }

    private ObjectNode describe(String id, JsonNode text) {
        item(id);
        descriptions.put(id, text.path("plain_text").asString());
        return json.createObjectNode().put("plain_text", text.path("plain_text").asString());
    }

    private ObjectNode fit(String id, JsonNode wanted) {
        Set<String> of = vehicles.computeIfAbsent(item(id).path("id").asString(), key -> new LinkedHashSet<>());
        int before = of.size();
        for (JsonNode family : wanted.path("products_families")) {
            Set<String> told = new LinkedHashSet<>();
            for (JsonNode attribute : family.path("attributes"))
                if (!attribute.path("value_id").asString().isEmpty())
                    told.add(attribute.path("id").asString());
            // As Mexico wants it: the domain of cars and vans, and a vehicle by its own ids down to the year.
            if (!family.path("domain_id").asString().equals("MLM-CARS_AND_VANS_FOR_COMPATIBILITIES")
                    || !told.containsAll(List.of("BRAND", "CAR_AND_VAN_MODEL", "YEAR")))
                throw new Broken(
                        400,
                        error(
                                400,
                                "bad_request",
                                "products_families must name domain, BRAND, CAR_AND_VAN_MODEL and YEAR"));
            of.add(family.path("attributes").toString());
        }
        return json.createObjectNode().put("created_compatibilities_count", of.size() - before);
    }

    private ArrayNode values(String attribute, JsonNode asked) {
        ArrayNode said = json.createArrayNode();
        List<String> names = switch (attribute) {
            case "BRAND" -> MODELS.keySet().stream().sorted().toList();
            case "CAR_AND_VAN_MODEL" ->
                MODELS.entrySet().stream()
                        .filter(each -> id(each.getKey())
                                .equals(asked.path("known_attributes")
                                        .path(0)
                                        .path("value_id")
                                        .asString()))
                        .findFirst()
                        .map(Map.Entry::getValue)
                        .orElse(List.of());
            default -> {
                List<String> years = new ArrayList<>();
                for (int year = 1990; year <= 2027; year++) years.add(Integer.toString(year));
                yield years;
            }
        };
        for (String name : names) said.addObject().put("id", id(name)).put("name", name);
        return said;
    }

    private static String id(String name) {
        return Integer.toString(Math.abs(name.hashCode() % 10_000_000));
    }

    private ObjectNode orders(Map<String, String> query) {
        Instant from = Instant.parse(query.getOrDefault("order.date_last_updated.from", "1970-01-01T00:00:00Z"));
        int offset = Integer.parseInt(query.getOrDefault("offset", "0"));
        int limit = Math.min(50, Integer.parseInt(query.getOrDefault("limit", "50")));
        List<ObjectNode> found = orders.values().stream()
                .filter(each -> !Shapes.instant(each, "last_updated").isBefore(from))
                .toList();
        ObjectNode said = json.createObjectNode();
        ArrayNode results = said.putArray("results");
        found.stream().skip(offset).limit(limit).forEach(results::add);
        said.putObject("paging")
                .put("total", found.size())
                .put("offset", offset)
                .put("limit", limit);
        return said;
    }

    private ObjectNode feedback(String order) {
        ObjectNode found = found(orders, order);
        if (!found.path("status").asString().equals("cancelled")) {
            cancelled(order, "seller");
            effects.add(new Effect("order cancelled", order));
        }
        return json.createObjectNode().put("id", 1);
    }

    private ObjectNode ship(ObjectNode shipment, JsonNode wanted) {
        for (String field : List.of("status", "tracking_number", "tracking_method"))
            if (wanted.has(field)) shipment.set(field, wanted.get(field));
        effects.add(new Effect("shipped", shipment.path("id").asString()));
        return shipment;
    }

    private ObjectNode open() {
        ObjectNode said = json.createObjectNode();
        ArrayNode found = said.putArray("questions");
        questions.values().stream()
                .filter(each -> each.path("status").asString().equals("UNANSWERED"))
                .forEach(found::add);
        return said.put("total", found.size());
    }

    private ObjectNode reply(JsonNode reply) {
        ObjectNode question = found(questions, reply.path("question_id").asString());
        if (!question.path("status").asString().equals("UNANSWERED"))
            throw new Broken(400, error(400, "not_unanswered_question", "Question is not unanswered"));
        question.put("status", "ANSWERED");
        question.putObject("answer").put("text", reply.path("text").asString()).put("status", "ACTIVE");
        effects.add(new Effect("answered", question.path("id").asString()));
        return question;
    }

    private ObjectNode item(String id) {
        return found(items, id);
    }

    private ObjectNode found(Map<String, ObjectNode> all, String id) {
        ObjectNode found = all.get(id);
        if (found == null) throw new Broken(404, error(404, "not_found", id + " not found"));
        return found;
    }

    private ObjectNode bySku(String sku) {
        return items.values().stream()
                .filter(each -> sku(each).equals(sku))
                .reduce((first, last) -> last)
                .orElseThrow(() -> new IllegalStateException("nothing is listed as " + sku));
    }

    private static String sku(JsonNode item) {
        return attribute(item, "SELLER_SKU");
    }

    private static String attribute(JsonNode item, String id) {
        for (JsonNode each : item.path("attributes"))
            if (each.path("id").asString().equals(id)) return Shapes.text(each, "value_name");
        return "";
    }

    private void cause(ArrayNode causes, String code, String about, String message) {
        ObjectNode cause = causes.addObject();
        cause.put("department", "items")
                .put("cause_id", 100 + causes.size())
                .put("type", "error")
                .put("code", code);
        cause.putArray("references").add(about);
        cause.put("message", message);
    }

    private void refuse(ArrayNode causes) {
        if (causes.isEmpty()) return;
        causes.addObject()
                .put("department", "shipping")
                .put("cause_id", 4029)
                .put("type", "warning")
                .put("code", "shipping.me2_adoption_mandatory")
                .put("message", "ME2 adoption is mandatory for the user");
        ObjectNode error = error(400, "validation_error", "Validation error");
        error.set("cause", causes);
        throw new Broken(400, error);
    }

    private ObjectNode error(int status, String error, String message) {
        ObjectNode said = json.createObjectNode();
        said.put("message", message).put("error", error).put("status", status);
        said.putArray("cause");
        return said;
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> all = new HashMap<>();
        if (raw == null || raw.isEmpty()) return all;
        for (String pair : raw.split("&")) {
            int at = pair.indexOf('=');
            if (at > 0)
                all.put(
                        URLDecoder.decode(pair.substring(0, at), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8));
        }
        return all;
    }

    private String local() {
        return LOCAL.format(clock.instant().atOffset(ZoneOffset.ofHours(-4)));
    }

    private long next() {
        return ++number;
    }
}
