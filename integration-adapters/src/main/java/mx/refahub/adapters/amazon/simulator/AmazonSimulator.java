package mx.refahub.adapters.amazon.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import mx.refahub.domain.outside.OutsideSimulator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Amazon's Selling Partner API on this machine: Login with Amazon, listings, feeds with addresses to send to and fetch from, orders, shipments, restricted tokens,
 * notifications. It answers as the models have it, refuses as Amazon would, writes down every effect, and does wrong when told to.
 *
 * <p>A person who tries it may make an order with {@code POST /simulator/orders?sku=…&pieces=…}, cancel one with {@code POST /simulator/cancel?order=…}, read
 * {@code GET /simulator/effects}, and have what is pending told with {@code POST /simulator/notify?to=…&key=…}.
 */
public final class AmazonSimulator implements OutsideSimulator {
    public static final String MEXICO = "A1AM78C64UM0Y8";

    /** @param kind {@code listed}, {@code put}, {@code stock}, {@code price}, {@code deleted}, {@code feed}, {@code ordered}, {@code shipped} … */
    public record Effect(String kind, String key, String detail) {}

    /** @param path and {@code query} as they came; @param answer null where the answer was empty */
    public record Call(
            String operation,
            String method,
            String path,
            String query,
            @Nullable JsonNode body,
            int status,
            @Nullable JsonNode answer) {}

    private record Out(int status, @Nullable JsonNode body) {}

    private record In(
            Map<String, String> path,
            Map<String, String> query,
            @Nullable JsonNode body,
            String token) {
        String at(String name) {
            return path.getOrDefault(name, "");
        }

        String asked(String name) {
            return query.getOrDefault(name, "");
        }

        Set<String> included(String otherwise) {
            return Set.of(query.getOrDefault("includedData", otherwise).split(","));
        }
    }

    private interface Work {
        Out on(In in);
    }

    private record Route(
            String operation, String method, Pattern path, List<String> names, double rate, int burst, Work work) {}

    private record Document(String type, byte @Nullable [] content, boolean zipped) {}

    private static final class Feed {
        final String id;
        final Instant created;
        final String document;
        String status = "IN_QUEUE";

        @Nullable
        String result;

        Feed(String id, Instant created, String document) {
            this.id = id;
            this.created = created;
            this.document = document;
        }
    }

    private static final int KEPT_CALLS = 5_000;
    private static final Duration LATE = Duration.ofSeconds(1);
    private static final Pattern NAME = Pattern.compile("\\{([a-zA-Z]+)}");

    private final Clock clock;
    private final String seller;
    private final Shop shop;
    private final List<Effect> effects = new ArrayList<>();
    private final Deque<Call> calls = new ArrayDeque<>();
    private final Map<String, Deque<Fault>> faults = new HashMap<>();
    private final Map<String, Instant> tokens = new HashMap<>();
    private final Map<String, String> restricted = new HashMap<>();
    private final Map<String, Document> documents = new HashMap<>();
    private final Map<String, Feed> feeds = new LinkedHashMap<>();
    private final Map<String, double[]> buckets = new HashMap<>();
    private final List<Route> routes = new ArrayList<>();
    private final Deque<ObjectNode> untold = new ArrayDeque<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Set<String> revoked = new HashSet<>();
    private final Object lock = new Object();
    private boolean holding;
    private boolean strict;
    private boolean forgetful;
    private int fatal;
    private int numbers;
    private @Nullable HttpServer server;
    private @Nullable ExecutorService threads;
    private URI base = URI.create("http://localhost");

    public AmazonSimulator(Clock clock) {
        this(clock, "A3TH9S8BH6GOGM");
    }

    public AmazonSimulator(Clock clock, String seller) {
        this.clock = clock;
        this.seller = seller;
        this.shop = new Shop(clock, MEXICO, effects);
        String items = "/listings/2021-08-01/items/{sellerId}";
        route("searchListingsItems", "GET", items, 5, 5, this::searchListings);
        route("getListingsItem", "GET", items + "/{sku}", 5, 10, this::getListing);
        route("putListingsItem", "PUT", items + "/{sku}", 5, 10, this::putListing);
        route("patchListingsItem", "PATCH", items + "/{sku}", 5, 5, this::patchListing);
        route("deleteListingsItem", "DELETE", items + "/{sku}", 5, 5, this::deleteListing);
        route("createFeedDocument", "POST", "/feeds/2021-06-30/documents", 0.5, 15, this::createDocument);
        route("getFeedDocument", "GET", "/feeds/2021-06-30/documents/{feedDocumentId}", 0.0222, 10, this::getDocument);
        route("createFeed", "POST", "/feeds/2021-06-30/feeds", 0.0083, 15, this::createFeed);
        route("getFeeds", "GET", "/feeds/2021-06-30/feeds", 0.0222, 10, this::getFeeds);
        route("getFeed", "GET", "/feeds/2021-06-30/feeds/{feedId}", 2, 15, this::getFeed);
        route("searchOrders", "GET", "/orders/2026-01-01/orders", 0.0056, 20, this::searchOrders);
        route("getOrder", "GET", "/orders/2026-01-01/orders/{orderId}", 0.5, 30, this::getOrder);
        route("getOrderAddress", "GET", "/orders/v0/orders/{orderId}/address", 0.5, 30, this::getAddress);
        route("confirmShipment", "POST", "/orders/v0/orders/{orderId}/shipmentConfirmation", 2, 10, this::confirm);
        route("createRestrictedDataToken", "POST", "/tokens/2021-03-01/restrictedDataToken", 1, 10, this::restrict);
    }

    @Override
    public String kind() {
        return "amazon";
    }

    @Override
    public URI start(int port) throws IOException {
        HttpServer fresh = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 64);
        ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor();
        fresh.setExecutor(pool);
        fresh.createContext("/", this::serve);
        fresh.start();
        server = fresh;
        threads = pool;
        base = URI.create("http://127.0.0.1:" + fresh.getAddress().getPort());
        return base;
    }

    @Override
    public void close() {
        closed.countDown();
        HttpServer open = server;
        if (open != null) open.stop(0);
        ExecutorService pool = threads;
        if (pool != null) pool.shutdownNow();
    }

    public URI address() {
        return base;
    }

    public String seller() {
        return seller;
    }

    public List<Effect> effects() {
        synchronized (lock) {
            return List.copyOf(effects);
        }
    }

    public List<Effect> effects(String kind) {
        return effects().stream().filter(effect -> effect.kind().equals(kind)).toList();
    }

    /** The newest of them. */
    public List<Call> calls() {
        synchronized (lock) {
            return List.copyOf(calls);
        }
    }

    public List<Call> calls(String operation) {
        return calls().stream()
                .filter(call -> call.operation().equals(operation))
                .toList();
    }

    /** The next calls of an operation go wrong, one fault each. {@code token} is Login with Amazon, {@code upload} and {@code download} are documents. */
    public void misbehave(String operation, Fault... next) {
        synchronized (lock) {
            faults.computeIfAbsent(operation, o -> new ArrayDeque<>()).addAll(List.of(next));
        }
    }

    /** Whatever is sent of this SKU is refused with this reason. @param late taken in at first, and refused when it is worked on */
    public void refuse(String sku, String code, String message, boolean late) {
        synchronized (lock) {
            shop.refusals.put(sku, new Shop.Refusal(code, message, late));
        }
    }

    public void accept(String sku) {
        synchronized (lock) {
            shop.refusals.remove(sku);
        }
    }

    /** The next feeds break off in the middle. */
    public void breakFeeds(int many) {
        synchronized (lock) {
            fatal = many;
        }
    }

    /** While held, feeds stay in progress and new listings without a summary. */
    public void hold(boolean now) {
        synchronized (lock) {
            holding = now;
        }
    }

    /** What was sent as a feed is not given back. */
    public void forget(boolean now) {
        synchronized (lock) {
            forgetful = now;
        }
    }

    /** Usage plans are enforced. */
    public void strict(boolean now) {
        synchronized (lock) {
            strict = now;
        }
    }

    /** The seller takes an authorisation back. */
    public void revoke(String refreshToken) {
        synchronized (lock) {
            revoked.add(refreshToken);
            tokens.clear();
        }
    }

    /** As if the seller had it already. */
    public void stock(String sku, long pieces, String price) {
        synchronized (lock) {
            ObjectNode attributes = Shop.JSON.createObjectNode();
            for (String name : List.of("item_name", "brand", "part_number", "condition_type"))
                attributes.putArray(name).addObject().put("value", sku).put("marketplace_id", MEXICO);
            attributes
                    .putArray("supplier_declared_has_product_identifier_exemption")
                    .addObject()
                    .put("value", true);
            attributes
                    .putArray("main_product_image_locator")
                    .addObject()
                    .put("media_location", "https://example.com/a.jpg");
            attributes
                    .putArray("purchasable_offer")
                    .addObject()
                    .put("currency", "MXN")
                    .putArray("our_price")
                    .addObject()
                    .putArray("schedule")
                    .addObject()
                    .put("value_with_tax", new BigDecimal(price));
            attributes
                    .putArray("fulfillment_availability")
                    .addObject()
                    .put("fulfillment_channel_code", "DEFAULT")
                    .put("quantity", pieces);
            shop.put(sku, "AUTO_PART", attributes, false);
            effects.removeLast();
        }
    }

    /** @return pieces on offer; −1 if there is no such listing */
    public long pieces(String sku) {
        synchronized (lock) {
            Shop.Listing listing = shop.listings.get(sku);
            return listing == null ? -1 : listing.pieces();
        }
    }

    /** Attributes of a listing as Amazon keeps them; null if there is none. */
    public @Nullable JsonNode listing(String sku) {
        synchronized (lock) {
            Shop.Listing listing = shop.listings.get(sku);
            return listing == null ? null : listing.attributes.deepCopy();
        }
    }

    /** A buyer orders. @return the order's id */
    public String sell(Map<String, Long> wanted, boolean paid) {
        synchronized (lock) {
            Shop.Sale sale = shop.sell(wanted, paid);
            tell(sale);
            return sale.id;
        }
    }

    public void pay(String order) {
        change(order, sale -> sale.status = "UNSHIPPED");
    }

    /** Amazon cancels, as when a buyer does within the first half hour. */
    public void cancel(String order) {
        change(order, sale -> {
            sale.status = "CANCELLED";
            for (Shop.Item item : sale.items) {
                item.requestedBy = "BUYER";
                item.reason = "Ordered by mistake";
                Shop.Listing listing = shop.listings.get(item.sku);
                if (listing != null) listing.pieces(listing.pieces() + item.ordered);
                item.ordered = 0;
            }
        });
    }

    /** So many pieces of one line of the order are taken off. */
    public void cancel(String order, String sku, long pieces) {
        change(order, sale -> {
            for (Shop.Item item : sale.items) if (item.sku.equals(sku)) item.ordered -= pieces;
        });
    }

    /** A buyer asks the seller to cancel. */
    public void askToCancel(String order, String reason) {
        change(order, sale -> {
            for (Shop.Item item : sale.items) {
                item.requestedBy = "BUYER";
                item.reason = reason;
            }
        });
    }

    private void change(String order, Consumer<Shop.Sale> what) {
        synchronized (lock) {
            Shop.Sale sale = shop.sales.get(order);
            if (sale == null) throw new IllegalArgumentException("no order " + order);
            what.accept(sale);
            sale.updated = clock.instant();
            tell(sale);
        }
    }

    private void tell(Shop.Sale sale) {
        untold.add(shop.change(sale, seller, "notification-" + ++numbers));
    }

    /** What Amazon would push, oldest first; each once. */
    public List<JsonNode> untold() {
        synchronized (lock) {
            List<JsonNode> all = new ArrayList<>(untold);
            untold.clear();
            return all;
        }
    }

    /**
     * Pushes what is pending as EventBridge does. @param copies how often each comes; @param backwards newest first
     *
     * @return the statuses answered
     */
    public List<Integer> push(URI to, String key, int copies, boolean backwards)
            throws IOException, InterruptedException {
        List<JsonNode> all = new ArrayList<>(untold());
        if (backwards) Collections.reverse(all);
        List<Integer> answered = new ArrayList<>();
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (int copy = 0; copy < copies; copy++) {
                for (JsonNode one : all) {
                    ObjectNode event = Shop.JSON
                            .createObjectNode()
                            .put("version", "0")
                            .put("source", "aws.partner/sellingpartnerapi.amazon.com");
                    event.put("detail-type", one.path("NotificationType").asString(""))
                            .set("detail", one);
                    HttpRequest request = HttpRequest.newBuilder(to)
                            .header("Content-Type", "application/json")
                            .header("x-api-key", key)
                            .POST(HttpRequest.BodyPublishers.ofByteArray(Shop.JSON.writeValueAsBytes(event)))
                            .build();
                    answered.add(http.send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode());
                }
            }
        }
        return answered;
    }

    private void route(String operation, String method, String path, double rate, int burst, Work work) {
        List<String> names = new ArrayList<>();
        Matcher found = NAME.matcher(path);
        while (found.find()) names.add(found.group(1));
        routes.add(new Route(
                operation,
                method,
                Pattern.compile(NAME.matcher(path).replaceAll("([^/]+)")),
                names,
                rate,
                burst,
                work));
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getRawPath();
            String method = exchange.getRequestMethod();
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (path.equals("/auth/o2/token")) {
                token(exchange, body);
                return;
            }
            if (path.startsWith("/simulator/")) {
                drive(exchange, path);
                return;
            }
            if (path.startsWith("/documents/")) {
                document(exchange, method, path.substring("/documents/".length()), body);
                return;
            }
            for (Route route : routes) {
                Matcher fits = route.path.matcher(path);
                if (route.method.equals(method) && fits.matches()) {
                    operate(exchange, route, fits, body);
                    return;
                }
            }
            answer(exchange, null, error(404, "NotFound", "No such resource: " + method + " " + path), 0);
        }
    }

    private void operate(HttpExchange exchange, Route route, Matcher fits, byte[] body) throws IOException {
        Out out;
        Fault fault;
        synchronized (lock) {
            fault = next(route.operation);
            JsonNode json = null;
            if (body.length > 0) {
                try {
                    json = Shop.JSON.readTree(body);
                } catch (JacksonException notJson) {
                    json = null;
                }
            }
            String token = String.valueOf(exchange.getRequestHeaders().getFirst("x-amz-access-token"));
            String query = exchange.getRequestURI().getRawQuery();
            In in = new In(names(route, fits), query(query == null ? "" : query), json, token);
            if (fault == Fault.EXPIRED_TOKEN) tokens.clear();
            if (fault == Fault.BROKEN)
                out = error(500, "InternalFailure", "We encountered an internal error. Please try again.");
            else if (fault == Fault.LIMITED || strict && !permit(route))
                out = error(429, "QuotaExceeded", "You exceeded your quota for the requested resource.");
            else if (!lets(in, exchange.getRequestURI().getRawPath()))
                out = error(
                        403,
                        "Unauthorized",
                        "Access to requested resource is denied. The access token you provided has expired.");
            else out = route.work.on(in);
            calls.add(new Call(
                    route.operation,
                    route.method,
                    exchange.getRequestURI().getRawPath(),
                    query == null ? "" : query,
                    json,
                    out.status,
                    out.body));
            if (calls.size() > KEPT_CALLS) calls.removeFirst();
        }
        answer(exchange, fault, out, route.rate);
    }

    private @Nullable Fault next(String operation) {
        Deque<Fault> planned = faults.get(operation);
        return planned == null ? null : planned.poll();
    }

    private boolean lets(In in, String path) {
        String only = restricted.get(in.token);
        if (only != null) return only.equals(path);
        Instant until = tokens.get(in.token);
        return until != null && clock.instant().isBefore(until) && !path.endsWith("/address");
    }

    private boolean permit(Route route) {
        double now = clock.millis() / 1000.0;
        double[] bucket = buckets.computeIfAbsent(route.operation, o -> new double[] {route.burst, now});
        bucket[0] = Math.min(route.burst, bucket[0] + (now - bucket[1]) * route.rate);
        bucket[1] = now;
        if (bucket[0] < 1) return false;
        bucket[0] -= 1;
        return true;
    }

    private void answer(HttpExchange exchange, @Nullable Fault fault, Out out, double rate) throws IOException {
        if (fault == Fault.SLOW) {
            try {
                if (closed.await(LATE.toMillis(), TimeUnit.MILLISECONDS)) return;
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        if (fault == Fault.ANSWER_LOST) return;
        synchronized (lock) {
            exchange.getResponseHeaders().add("x-amzn-RequestId", "request-" + ++numbers);
        }
        if (rate > 0) exchange.getResponseHeaders().add("x-amzn-RateLimit-Limit", Double.toString(rate));
        JsonNode body = out.body;
        if (body == null) {
            exchange.sendResponseHeaders(out.status, -1);
            return;
        }
        byte[] bytes = Shop.JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(out.status, bytes.length);
        write(exchange, bytes, fault);
    }

    /** Of half an answer the stream is left open: closing the exchange then cuts the connection. */
    private static void write(HttpExchange exchange, byte[] bytes, @Nullable Fault fault) throws IOException {
        OutputStream stream = exchange.getResponseBody();
        if (fault == Fault.HALF_AN_ANSWER) {
            stream.write(bytes, 0, bytes.length / 2);
            stream.flush();
        } else {
            stream.write(bytes);
            stream.close();
        }
    }

    private void token(HttpExchange exchange, byte[] body) throws IOException {
        Map<String, String> form = query(new String(body, StandardCharsets.UTF_8));
        Out out;
        Fault fault;
        synchronized (lock) {
            fault = next("token");
            if (fault == Fault.BROKEN) out = new Out(500, oauth("server_error", "Internal error"));
            else if (!form.getOrDefault("grant_type", "").equals("refresh_token"))
                out = new Out(400, oauth("unsupported_grant_type", "The grant type is not supported"));
            else if (form.getOrDefault("client_id", "").isBlank()
                    || form.getOrDefault("client_secret", "").isBlank())
                out = new Out(401, oauth("invalid_client", "Client authentication failed"));
            else if (form.getOrDefault("refresh_token", "").isBlank() || revoked.contains(form.get("refresh_token")))
                out = new Out(
                        400, oauth("invalid_grant", "The request has an invalid grant parameter : refresh_token"));
            else {
                String token = "Atza|simulator-" + ++numbers;
                tokens.put(token, clock.instant().plusSeconds(3600));
                out = new Out(
                        200,
                        Shop.JSON
                                .createObjectNode()
                                .put("access_token", token)
                                .put("refresh_token", form.get("refresh_token"))
                                .put("token_type", "bearer")
                                .put("expires_in", 3600));
            }
            calls.add(new Call("token", "POST", "/auth/o2/token", "", null, out.status, null));
        }
        answer(exchange, fault, out, 0);
    }

    private static ObjectNode oauth(String error, String sentence) {
        return Shop.JSON.createObjectNode().put("error", error).put("error_description", sentence);
    }

    private void document(HttpExchange exchange, String method, String id, byte[] body) throws IOException {
        Fault fault;
        byte[] content = null;
        int status;
        synchronized (lock) {
            fault = next(method.equals("PUT") ? "upload" : "download");
            Document document = documents.get(id);
            String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
            if (fault == Fault.BROKEN) status = 503;
            else if (document == null) status = 403;
            else if (method.equals("PUT")) {
                // As the storage behind it: only what was announced, and Amazon takes nothing compressed.
                boolean asAnnounced = document.type.equals(type)
                        && exchange.getRequestHeaders().getFirst("Content-Encoding") == null;
                status = asAnnounced ? 200 : 403;
                if (asAnnounced) documents.put(id, new Document(type, body, false));
            } else {
                content = document.content;
                status = content == null ? 404 : 200;
            }
        }
        if (fault == Fault.ANSWER_LOST) return;
        if (content == null) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, content.length);
        write(exchange, content, fault);
    }

    private void drive(HttpExchange exchange, String path) throws IOException {
        Map<String, String> asked =
                query(String.valueOf(exchange.getRequestURI().getRawQuery()));
        try {
            switch (path) {
                case "/simulator/orders" -> {
                    String id = sell(
                            Map.of(asked.getOrDefault("sku", ""), Long.parseLong(asked.getOrDefault("pieces", "1"))),
                            true);
                    answer(
                            exchange,
                            null,
                            new Out(200, Shop.JSON.createObjectNode().put("order", id)),
                            0);
                }
                case "/simulator/cancel" -> {
                    cancel(asked.getOrDefault("order", ""));
                    answer(exchange, null, new Out(204, null), 0);
                }
                case "/simulator/notify" -> {
                    push(URI.create(asked.getOrDefault("to", "")), asked.getOrDefault("key", ""), 1, false);
                    answer(exchange, null, new Out(204, null), 0);
                }
                default -> {
                    ArrayNode all = Shop.JSON.createArrayNode();
                    for (Effect effect : effects())
                        all.addObject()
                                .put("kind", effect.kind)
                                .put("key", effect.key)
                                .put("detail", effect.detail);
                    answer(exchange, null, new Out(200, all), 0);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (IllegalArgumentException wrong) {
            answer(exchange, null, error(400, "InvalidInput", String.valueOf(wrong.getMessage())), 0);
        }
    }

    private @Nullable Out mistaken(In in) {
        if (!in.at("sellerId").equals(seller))
            return error(403, "Unauthorized", "Access to requested resource is denied.");
        if (!in.asked("marketplaceIds").equals(MEXICO))
            return error(400, "InvalidInput", "Invalid 'marketplaceIds' provided.");
        return null;
    }

    private Out searchListings(In in) {
        Out mistaken = mistaken(in);
        if (mistaken != null) return mistaken;
        ObjectNode results = Shop.JSON.createObjectNode().put("numberOfResults", shop.listings.size());
        ArrayNode items = results.putArray("items");
        shop.listings.values().stream()
                .limit(Long.parseLong(in.query.getOrDefault("pageSize", "10")))
                .forEach(listing -> items.add(shop.item(listing, in.included("summaries"))));
        return new Out(200, results);
    }

    private Out getListing(In in) {
        Out mistaken = mistaken(in);
        if (mistaken != null) return mistaken;
        Shop.Listing listing = shop.listings.get(in.at("sku"));
        if (listing == null) return unknownSku(in.at("sku"));
        Set<String> included = new HashSet<>(in.included("summaries"));
        if (holding) included.remove("summaries");
        return new Out(200, shop.item(listing, included));
    }

    private Out putListing(In in) {
        Out mistaken = mistaken(in);
        if (mistaken != null) return mistaken;
        if (in.body == null || !(in.body.path("attributes") instanceof ObjectNode attributes))
            return error(400, "InvalidInput", "The body is not valid.");
        boolean offerOnly = in.body.path("requirements").asString("").equals("LISTING_OFFER_ONLY");
        boolean preview = in.asked("mode").equals("VALIDATION_PREVIEW");
        ArrayNode issues = preview
                ? shop.check(in.at("sku"), attributes, offerOnly)
                : shop.put(in.at("sku"), in.body.path("productType").asString(""), attributes, offerOnly);
        return submitted(in.at("sku"), issues, preview);
    }

    private Out patchListing(In in) {
        Out mistaken = mistaken(in);
        if (mistaken != null) return mistaken;
        if (in.body == null) return error(400, "InvalidInput", "The body is not valid.");
        ArrayNode issues = shop.patch(in.at("sku"), in.body.path("patches"));
        return issues == null ? unknownSku(in.at("sku")) : submitted(in.at("sku"), issues, false);
    }

    private Out deleteListing(In in) {
        Out mistaken = mistaken(in);
        if (mistaken != null) return mistaken;
        return shop.delete(in.at("sku"))
                ? submitted(in.at("sku"), Shop.JSON.createArrayNode(), false)
                : unknownSku(in.at("sku"));
    }

    private Out submitted(String sku, ArrayNode issues, boolean preview) {
        String status = Shop.anyError(issues) ? "INVALID" : preview ? "VALID" : "ACCEPTED";
        ObjectNode body = Shop.JSON.createObjectNode().put("sku", sku).put("status", status);
        body.put("submissionId", "submission-" + ++numbers).set("issues", issues);
        return new Out(200, body);
    }

    private static Out unknownSku(String sku) {
        return error(404, "NOT_FOUND", "SKU '" + sku + "' not found in marketplace " + MEXICO + ".");
    }

    private Out createDocument(In in) {
        String type = in.body == null ? "" : in.body.path("contentType").asString("");
        if (type.isEmpty()) return error(400, "InvalidInput", "One or more required parameters missing");
        String id = keep(type, null, false);
        return new Out(
                201, Shop.JSON.createObjectNode().put("feedDocumentId", id).put("url", base + "/documents/" + id));
    }

    private String keep(String type, byte @Nullable [] content, boolean zipped) {
        String id = "amzn1.tortuga.4.na.simulator" + ++numbers;
        documents.put(id, new Document(type, content, zipped));
        return id;
    }

    private Out getDocument(In in) {
        Document document = documents.get(in.at("feedDocumentId"));
        if (document == null || forgetful && !document.zipped) return error(404, "NotFound", "No such document.");
        ObjectNode body = Shop.JSON.createObjectNode().put("feedDocumentId", in.at("feedDocumentId"));
        body.put("url", base + "/documents/" + in.at("feedDocumentId"));
        if (document.zipped) body.put("compressionAlgorithm", "GZIP");
        return new Out(200, body);
    }

    private Out createFeed(In in) {
        if (in.body == null || !in.body.path("feedType").asString("").equals("JSON_LISTINGS_FEED"))
            return error(400, "InvalidInput", "Invalid 'feedType' provided.");
        Document document = documents.get(in.body.path("inputFeedDocumentId").asString(""));
        if (document == null || document.content == null)
            return error(400, "InvalidInput", "The feed document has not been uploaded.");
        if (!in.body.path("marketplaceIds").path(0).asString("").equals(MEXICO))
            return error(400, "InvalidInput", "Invalid 'marketplaceIds' provided.");
        Feed feed = new Feed(
                Integer.toString(50_000 + ++numbers),
                clock.instant(),
                in.body.path("inputFeedDocumentId").asString(""));
        feeds.put(feed.id, feed);
        shop.effect("feed", feed.id, "");
        return new Out(202, Shop.JSON.createObjectNode().put("feedId", feed.id));
    }

    private Out getFeed(In in) {
        Feed feed = feeds.get(in.at("feedId"));
        if (feed == null) return error(404, "NotFound", "No such feed.");
        if (holding) feed.status = "IN_PROGRESS";
        else if (feed.status.equals("IN_QUEUE") || feed.status.equals("IN_PROGRESS")) process(feed);
        return new Out(200, told(feed));
    }

    private static ObjectNode told(Feed feed) {
        ObjectNode body = Shop.JSON.createObjectNode().put("feedId", feed.id).put("feedType", "JSON_LISTINGS_FEED");
        body.put("createdTime", feed.created.toString()).put("processingStatus", feed.status);
        body.putArray("marketplaceIds").add(MEXICO);
        if (feed.result != null) body.put("resultFeedDocumentId", feed.result);
        return body;
    }

    private Out getFeeds(In in) {
        Instant since;
        try {
            since = Instant.parse(in.query.getOrDefault("createdSince", Instant.EPOCH.toString()));
        } catch (DateTimeException wrong) {
            return error(400, "InvalidInput", "Invalid 'createdSince' provided.");
        }
        ObjectNode body = Shop.JSON.createObjectNode();
        ArrayNode list = body.putArray("feeds");
        feeds.values().stream().filter(feed -> !feed.created.isBefore(since)).forEach(feed -> list.add(told(feed)));
        return new Out(200, body);
    }

    /** Works a feed through and writes its report. */
    private void process(Feed feed) {
        Document input = documents.get(feed.document);
        JsonNode content = Shop.JSON.readTree(input == null || input.content == null ? new byte[0] : input.content);
        int many = content.path("messages").size();
        boolean breaks = fatal > 0;
        if (breaks) fatal--;
        ArrayNode issues = Shop.JSON.createArrayNode();
        int errors = 0;
        int warnings = 0;
        Set<Long> invalid = new HashSet<>();
        int done = 0;
        for (JsonNode message : content.path("messages")) {
            if (breaks && done >= many / 2) break;
            done++;
            String sku = message.path("sku").asString("");
            ArrayNode found = apply(message, sku);
            for (JsonNode one : found) {
                ObjectNode issue = issues.addObject()
                        .put("messageId", message.path("messageId").asLong())
                        .put("sku", sku);
                issue.put("code", one.path("code").asString(""))
                        .put("severity", one.path("severity").asString(""));
                issue.put("message", one.path("message").asString(""));
                String attribute = one.path("attributeNames").path(0).asString("");
                if (!attribute.isEmpty()) issue.put("attributeName", attribute);
                if (one.path("severity").asString("").equals("ERROR")) {
                    errors++;
                    invalid.add(message.path("messageId").asLong());
                } else warnings++;
            }
        }
        feed.status = breaks ? "FATAL" : "DONE";
        if (breaks) return;
        ObjectNode report = Shop.JSON.createObjectNode();
        report.putObject("header").put("sellerId", seller).put("version", "2.0").put("feedId", feed.id);
        if (content.path("header").has("report")) {
            report.withObject("header")
                    .set("report", content.path("header").path("report").deepCopy());
            ArrayNode items = report.putArray("items");
            for (JsonNode message : content.path("messages")) {
                Shop.Listing listing = shop.listings.get(message.path("sku").asString(""));
                if (listing != null
                        && !invalid.contains(message.path("messageId").asLong()))
                    items.add(shop.item(listing, Set.of("summaries")));
            }
        }
        report.set("issues", issues);
        report.putObject("summary")
                .put("errors", errors)
                .put("warnings", warnings)
                .put("messagesProcessed", done)
                .put("messagesAccepted", done - invalid.size())
                .put("messagesInvalid", invalid.size());
        feed.result = keep("application/json", zip(Shop.JSON.writeValueAsBytes(report)), true);
    }

    private ArrayNode apply(JsonNode message, String sku) {
        ArrayNode found = switch (message.path("operationType").asString("")) {
            case "PATCH" -> shop.patch(sku, message.path("patches"));
            case "DELETE" -> shop.delete(sku) ? Shop.JSON.createArrayNode() : null;
            case "UPDATE" ->
                message.path("attributes") instanceof ObjectNode attributes
                        ? shop.put(
                                sku,
                                message.path("productType").asString(""),
                                attributes,
                                message.path("requirements").asString("").equals("LISTING_OFFER_ONLY"))
                        : null;
            default -> null;
        };
        return found == null
                ? Shop.JSON
                        .createArrayNode()
                        .add(Shop.issue(
                                "13013", "ERROR", "This SKU does not exist in the catalogue of the seller.", null))
                : found;
    }

    /** The report of a feed as it can be fetched, opened. */
    public List<JsonNode> reports() {
        synchronized (lock) {
            List<JsonNode> all = new ArrayList<>();
            for (Feed feed : feeds.values()) {
                Document report = feed.result == null ? null : documents.get(feed.result);
                if (report != null && report.content != null) all.add(Shop.JSON.readTree(unzip(report.content)));
            }
            return all;
        }
    }

    /** Feed documents as they came. */
    public List<JsonNode> feedDocuments() {
        synchronized (lock) {
            List<JsonNode> all = new ArrayList<>();
            for (Feed feed : feeds.values()) {
                Document input = documents.get(feed.document);
                if (input != null && input.content != null) all.add(Shop.JSON.readTree(input.content));
            }
            return all;
        }
    }

    private Out searchOrders(In in) {
        String after = in.asked("lastUpdatedAfter");
        if (after.isEmpty() == in.asked("createdAfter").isEmpty())
            return error(400, "InvalidInput", "Exactly one of createdAfter and lastUpdatedAfter must be provided.");
        Instant from;
        int size;
        int offset;
        try {
            from = Instant.parse(after.isEmpty() ? in.asked("createdAfter") : after);
            size = Integer.parseInt(in.query.getOrDefault("maxResultsPerPage", "100"));
            offset = Integer.parseInt(
                    in.query.getOrDefault("paginationToken", "page-0").substring("page-".length()));
        } catch (DateTimeException | IllegalArgumentException | StringIndexOutOfBoundsException wrong) {
            return error(400, "InvalidInput", "A parameter is not valid.");
        }
        if (size < 1 || size > 100) return error(400, "InvalidInput", "maxResultsPerPage must be between 1 and 100.");
        List<Shop.Sale> found = shop.sales.values().stream()
                .filter(sale -> !(after.isEmpty() ? sale.created : sale.updated).isBefore(from))
                .toList();
        ObjectNode body = Shop.JSON.createObjectNode();
        ArrayNode orders = body.putArray("orders");
        found.stream()
                .skip(offset)
                .limit(Math.min(size, pageSize))
                .forEach(sale -> orders.add(shop.order(sale, in.included(""))));
        int next = offset + Math.min(size, pageSize);
        if (next < found.size()) body.putObject("pagination").put("nextToken", "page-" + next);
        body.put("lastUpdatedBefore", clock.instant().toString());
        return new Out(200, body);
    }

    private int pageSize = 100;

    /** At most so many orders on one page, whatever is asked for. */
    public void pages(int size) {
        synchronized (lock) {
            pageSize = size;
        }
    }

    private Out getOrder(In in) {
        Shop.Sale sale = shop.sales.get(in.at("orderId"));
        if (sale == null) return error(404, "NotFound", "The order was not found.");
        return new Out(200, Shop.JSON.createObjectNode().set("order", shop.order(sale, in.included(""))));
    }

    private Out getAddress(In in) {
        Shop.Sale sale = shop.sales.get(in.at("orderId"));
        if (sale == null) return error(404, "NotFound", "The order was not found.");
        ObjectNode body = Shop.JSON.createObjectNode();
        ObjectNode payload = body.putObject("payload").put("AmazonOrderId", sale.id);
        payload.putObject("ShippingAddress")
                .put("Name", "Ana Torres")
                .put("AddressLine1", "Av. Juárez 120")
                .put("City", "Puebla")
                .put("StateOrRegion", "Puebla")
                .put("PostalCode", "72000")
                .put("CountryCode", "MX");
        return new Out(200, body);
    }

    private Out restrict(In in) {
        JsonNode resource =
                in.body == null ? null : in.body.path("restrictedResources").path(0);
        if (resource == null || resource.path("path").asString("").isEmpty())
            return error(400, "InvalidInput", "restrictedResources is missing.");
        String token = "Atz.sprdt|simulator-" + ++numbers;
        restricted.put(token, resource.path("path").asString(""));
        return new Out(
                200,
                Shop.JSON.createObjectNode().put("restrictedDataToken", token).put("expiresIn", 3600));
    }

    private Out confirm(In in) {
        Shop.Sale sale = shop.sales.get(in.at("orderId"));
        if (sale == null) return error(404, "NotFound", "The order was not found.");
        JsonNode sent = in.body == null ? Shop.JSON.createObjectNode() : in.body.path("packageDetail");
        String reference = sent.path("packageReferenceId").asString("");
        if (!reference.matches("[1-9][0-9]*"))
            return error(400, "InvalidInput", "packageReferenceId must be a positive number.");
        if (sale.status.equals("CANCELLED")) return error(400, "InvalidInput", "The order was cancelled.");
        Shop.Package before = sale.packages.get(reference);
        Map<String, Long> inside = new LinkedHashMap<>();
        sent.path("orderItems")
                .forEach(item -> inside.put(
                        item.path("orderItemId").asString(""),
                        item.path("quantity").asLong()));
        for (Shop.Item item : sale.items) {
            long already = item.sent - (before == null ? 0 : before.items().getOrDefault(item.id, 0L));
            if (already + inside.getOrDefault(item.id, 0L) > item.ordered)
                return error(400, "InvalidInput", "The quantity of " + item.id + " exceeds what was ordered.");
        }
        for (Shop.Item item : sale.items)
            item.sent += inside.getOrDefault(item.id, 0L)
                    - (before == null ? 0 : before.items().getOrDefault(item.id, 0L));
        sale.packages.put(
                reference,
                new Shop.Package(
                        reference,
                        sent.path("carrierName")
                                .asString(sent.path("carrierCode").asString("")),
                        sent.path("trackingNumber").asString(""),
                        clock.instant(),
                        inside));
        sale.status = sale.items.stream().allMatch(item -> item.sent >= item.ordered) ? "SHIPPED" : "PARTIALLY_SHIPPED";
        sale.updated = clock.instant();
        if (before == null)
            shop.effect("shipped", sale.id, sent.path("trackingNumber").asString(""));
        tell(sale);
        return new Out(204, null);
    }

    private static Out error(int status, String code, String message) {
        ObjectNode body = Shop.JSON.createObjectNode();
        body.putArray("errors")
                .addObject()
                .put("code", code)
                .put("message", message)
                .put("details", "");
        return new Out(status, body);
    }

    private static Map<String, String> names(Route route, Matcher fits) {
        Map<String, String> found = new HashMap<>();
        for (int i = 0; i < route.names.size(); i++)
            found.put(
                    route.names.get(i),
                    URLDecoder.decode(fits.group(i + 1).replace("+", "%2B"), StandardCharsets.UTF_8));
        return found;
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> found = new HashMap<>();
        for (String pair : raw.split("&")) {
            int at = pair.indexOf('=');
            if (at > 0)
                found.put(
                        URLDecoder.decode(pair.substring(0, at), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8));
        }
        return found;
    }

    private static byte[] zip(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(plain);
        } catch (IOException inMemory) {
            throw new IllegalStateException(inMemory);
        }
        return bytes.toByteArray();
    }

    private static byte[] unzip(byte[] zipped) {
        try (GZIPInputStream open = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
            return open.readAllBytes();
        } catch (IOException inMemory) {
            throw new IllegalStateException(inMemory);
        }
    }
}
