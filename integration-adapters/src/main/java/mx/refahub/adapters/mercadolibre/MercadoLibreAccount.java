package mx.refahub.adapters.mercadolibre;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import mx.refahub.domain.market.Answer;
import mx.refahub.domain.market.Answer.Reason;
import mx.refahub.domain.market.Marketplace;
import mx.refahub.domain.market.Offer;
import mx.refahub.domain.market.Order;
import mx.refahub.domain.market.Question;
import mx.refahub.domain.market.Submission;
import mx.refahub.domain.outside.Connection;
import mx.refahub.domain.part.Fitment;
import tools.jackson.databind.JsonNode;

/** One seller on Mercado Libre. Items answer at once, so nothing is ever only taken in. */
final class MercadoLibreAccount implements Marketplace {
    private static final int TITLE = 60;
    private static final int PICTURES = 10;
    private static final int CHANGES = 50;
    private static final int PAGE = 50;
    private static final int FIRST_DAYS = 30;
    private static final Duration MARGIN = Duration.ofMinutes(5);
    private static final int CALLS = 1_000;

    private final Connection account;
    private final Signed api;
    private final Vehicles vehicles;
    private final Clock clock;

    MercadoLibreAccount(Connection account, Signed api, Clock clock) {
        this.account = account;
        this.api = api;
        this.clock = clock;
        vehicles = new Vehicles(api);
    }

    @Override
    public Set<Ability> abilities() {
        return Set.of(Ability.QUESTIONS, Ability.COMPATIBILITIES, Ability.PICTURE_BYTES, Ability.CANCEL);
    }

    @Override
    public Limits limits() {
        return new Limits(TITLE, PICTURES, CHANGES, CALLS, Duration.ofMinutes(1));
    }

    @Override
    public Answer<String> whoAmI() {
        return api.get("/users/me").map(user -> Shapes.text(user, "nickname"));
    }

    @Override
    public Answer<Submission> publish(Offer offer, boolean look) {
        if (!look) return create(offer);
        return find(offer.sku()).then(found -> standing(found, offer));
    }

    /** Of those with the SKU one that still stands is brought up to date; what was closed stays closed. */
    private Answer<Submission> standing(List<String> found, Offer offer) {
        for (String id : found) {
            Answer<Submission> there = item(id);
            if (there instanceof Answer.Done<Submission>(Submission.Standing one)
                    && one.state() == Submission.State.CLOSED) continue;
            return there.then(one -> revise(id, offer));
        }
        return create(offer);
    }

    private Answer<List<String>> find(String sku) {
        return api.seller()
                .then(seller -> api.get("/users/" + seller + "/items/search?seller_sku=" + Calls.encoded(sku)))
                .map(said -> {
                    List<String> found = new ArrayList<>();
                    said.path("results").forEach(id -> found.add(id.asString()));
                    return found;
                });
    }

    private Answer<Submission> item(String id) {
        return api.get("/items/" + Calls.encoded(id)).map(item -> Shapes.standing(item, ""));
    }

    private Answer<Submission> create(Offer offer) {
        return category(offer).then(category -> {
            Map<String, Object> item = new LinkedHashMap<>(content(offer));
            item.put("title", shortened(offer.title()));
            item.put("category_id", category);
            item.put("currency_id", offer.price().currency().getCurrencyCode());
            item.put("buying_mode", "buy_it_now");
            item.put("listing_type_id", account.text(MercadoLibre.LISTING_TYPE));
            item.put("condition", "new");
            item.put("price", offer.price().amount());
            item.put("available_quantity", offer.pieces());
            return api.post("/items", item).then(made -> described(made, offer, false));
        });
    }

    private Answer<String> category(Offer offer) {
        if (!offer.outsideCategory().isBlank()) return Answer.done(offer.outsideCategory());
        return api.get("/sites/" + MercadoLibre.SITE + "/domain_discovery/search?limit=1&q="
                        + Calls.encoded(shortened(offer.title())))
                .then(found -> {
                    String category = Shapes.text(found.path(0), "category_id");
                    return category.isEmpty()
                            ? Answer.refused(
                                    "category-unknown",
                                    "Mercado Libre no reconoce la categoría por el título; escríbela en la regla")
                            : Answer.done(category);
                });
    }

    /** What a listing may be given both when it is made and later. */
    private static Map<String, Object> content(Offer offer) {
        Map<String, String> attributes = new TreeMap<>();
        attributes.put("BRAND", offer.brand());
        attributes.put("PART_NUMBER", offer.partNumber());
        attributes.put("SELLER_SKU", offer.sku());
        attributes.put("GTIN", offer.barcode());
        if (offer.barcode().isBlank()) attributes.put("EMPTY_GTIN_REASON", "El producto no tiene código registrado");
        attributes.putAll(offer.attributes());
        Map<String, Object> content = new LinkedHashMap<>();
        content.put(
                "attributes",
                attributes.entrySet().stream()
                        .filter(each -> !each.getValue().isBlank())
                        .map(each -> Map.of("id", each.getKey(), "value_name", each.getValue()))
                        .toList());
        content.put(
                "pictures",
                offer.pictures().stream()
                        .limit(PICTURES)
                        .map(each -> Map.of(each.startsWith("http") ? "source" : "id", each))
                        .toList());
        return content;
    }

    /** The description is a resource of its own; that it could not be written does not undo the listing, and is told. */
    private Answer<Submission> described(JsonNode item, Offer offer, boolean again) {
        if (offer.description().isBlank()) return Answer.done(Shapes.standing(item, ""));
        String path = "/items/" + Shapes.text(item, "id") + "/description";
        Map<String, String> text = Map.of("plain_text", offer.description());
        Answer<JsonNode> written = again ? api.put(path + "?api_version=2", text) : api.post(path, text);
        String note = switch (written) {
            case Answer.Done<JsonNode> done -> "";
            case Answer.Refused<JsonNode> refused -> "La descripción no quedó: " + refused.sentence();
            case Answer.Limited<JsonNode> limited -> "La descripción no quedó: demasiadas llamadas";
            case Answer.Unreachable<JsonNode>(String what, boolean maybe) -> "La descripción no quedó: " + what;
            case Answer.Locked<JsonNode>(String why) -> "La descripción no quedó: " + why;
        };
        return Answer.done(Shapes.standing(item, note));
    }

    @Override
    public Answer<Submission> revise(String listing, Offer offer) {
        Map<String, Object> item = new LinkedHashMap<>(content(offer));
        item.put("price", offer.price().amount());
        item.put("available_quantity", offer.pieces());
        Map<String, Object> titled = new LinkedHashMap<>(item);
        titled.put("title", shortened(offer.title()));
        String path = "/items/" + Calls.encoded(listing);
        Answer<JsonNode> put = api.put(path, titled);
        // The title of what has been sold already cannot be changed; all else can.
        if (put instanceof Answer.Refused<JsonNode>(List<Reason> reasons)
                && reasons.stream().allMatch(each -> each.field().equals("item.title"))) put = api.put(path, item);
        return put.then(made -> described(made, offer, true));
    }

    @Override
    public Map<String, Answer<Submission>> change(List<Change> changes) {
        Map<String, Answer<Submission>> outcomes = new LinkedHashMap<>();
        for (Change change : changes) {
            Map<String, Object> item = new LinkedHashMap<>();
            if (change.pieces() != null) item.put("available_quantity", change.pieces());
            if (change.price() != null) item.put("price", change.price().amount());
            Answer<Submission> answer =
                    api.put("/items/" + Calls.encoded(change.listing()), item).map(made -> Shapes.standing(made, ""));
            outcomes.put(change.sku(), answer);
            if (!(answer instanceof Answer.Done<Submission>) && !(answer instanceof Answer.Refused<Submission>)) break;
        }
        return outcomes;
    }

    @Override
    public Answer<Submission> put(String listing, String sku, Submission.State state) {
        String status = switch (state) {
            case ACTIVE -> "active";
            case PAUSED -> "paused";
            case CLOSED -> "closed";
            case HELD -> throw new IllegalArgumentException("only the marketplace holds a listing back");
        };
        return api.put("/items/" + Calls.encoded(listing), Map.of("status", status))
                .map(made -> Shapes.standing(made, ""));
    }

    @Override
    public Answer<Report> report(String submission) {
        return Answer.refused("not-found", "Mercado Libre contesta de inmediato");
    }

    @Override
    public Answer<String> picture(String name, String type, byte[] content) {
        String border = "refahub-" + UUID.nameUUIDFromBytes(content);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(("--" + border + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                        + name.replaceAll("[^A-Za-z0-9._-]", "_") + "\"\r\nContent-Type: " + type + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(content);
        body.writeBytes(("\r\n--" + border + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return api.upload("/pictures/items/upload", body.toByteArray(), "multipart/form-data; boundary=" + border)
                .map(made -> Shapes.text(made, "id"));
    }

    @Override
    public Answer<Compatible> compatibilities(String listing, List<Fitment> fitments) {
        return vehicles.put(listing, fitments);
    }

    /**
     * A pass over all orders changed since a moment, page by page; the next pass begins where this one began, less a margin for differing clocks, so an order
     * that changes while pages are turned is seen by the next at the latest.
     */
    private record Pass(Instant from, Instant next, int offset) {
        static Pass of(String cursor, Instant now) {
            if (cursor.isEmpty()) return new Pass(now.minus(FIRST_DAYS, ChronoUnit.DAYS), now.minus(MARGIN), 0);
            String[] parts = cursor.split(" ", -1);
            return parts.length == 1
                    ? new Pass(Instant.parse(parts[0]), now.minus(MARGIN), 0)
                    : new Pass(Instant.parse(parts[0]), Instant.parse(parts[1]), Integer.parseInt(parts[2]));
        }

        String turned() {
            return from + " " + next + " " + (offset + PAGE);
        }
    }

    @Override
    public Answer<Page<Order>> orders(String cursor) {
        Pass pass = Pass.of(cursor, clock.instant());
        return api.seller()
                .then(seller -> api.get("/orders/search?seller=" + seller + "&order.date_last_updated.from="
                        + Calls.encoded(
                                pass.from().truncatedTo(ChronoUnit.MILLIS).toString())
                        + "&sort=date_asc&limit=" + PAGE + "&offset=" + pass.offset()))
                .map(said -> {
                    List<Order> orders = new ArrayList<>();
                    said.path("results").forEach(each -> orders.add(Shapes.order(each, null)));
                    boolean more = said.path("paging").path("total").asLong(0) > pass.offset() + orders.size()
                            && !orders.isEmpty();
                    return new Page<>(orders, more ? pass.turned() : pass.next().toString(), more);
                });
    }

    @Override
    public Answer<Order> order(String id) {
        return api.get("/orders/" + Calls.encoded(id)).then(order -> {
            String parcel = Shapes.text(order.path("shipping"), "id");
            if (parcel.isEmpty()) return Answer.done(Shapes.order(order, null));
            return api.get("/shipments/" + Calls.encoded(parcel)).map(shipment -> Shapes.order(order, shipment));
        });
    }

    @Override
    public Answer<Order> ship(Parcel parcel) {
        return order(parcel.order()).then(order -> {
            Order.Shipment shipment = order.shipment();
            boolean gone = order.state() == Order.State.SHIPPED || order.state() == Order.State.DELIVERED;
            if (shipment == null || shipment.byMarketplace() || gone) return Answer.done(order);
            Map<String, String> sent = new LinkedHashMap<>();
            sent.put("status", "shipped");
            sent.put("tracking_number", parcel.tracking());
            sent.put("tracking_method", parcel.carrier());
            return api.put("/shipments/" + Calls.encoded(shipment.id()), sent).then(done -> order(parcel.order()));
        });
    }

    @Override
    public Answer<Order> cancel(String order, String why) {
        Map<String, Object> feedback = new LinkedHashMap<>();
        feedback.put("fulfilled", false);
        feedback.put("rating", "neutral");
        feedback.put("reason", "SELLER_OUT_OF_STOCK");
        feedback.put("message", why);
        return api.post("/orders/" + Calls.encoded(order) + "/feedback", feedback)
                .then(done -> order(order));
    }

    @Override
    public Answer<Page<Question>> questions(String cursor) {
        int offset = cursor.isEmpty() ? 0 : Integer.parseInt(cursor);
        return api.seller()
                .then(seller -> api.get("/questions/search?seller_id=" + seller
                        + "&status=UNANSWERED&api_version=4&limit=" + PAGE + "&offset=" + offset))
                .map(said -> {
                    List<Question> questions = new ArrayList<>();
                    said.path("questions").forEach(each -> questions.add(Shapes.question(each)));
                    boolean more = said.path("total").asLong(0) > offset + questions.size() && !questions.isEmpty();
                    return new Page<>(questions, more ? Integer.toString(offset + PAGE) : "", more);
                });
    }

    @Override
    public Answer<Question> question(String id) {
        return api.get("/questions/" + Calls.encoded(id) + "?api_version=4").map(Shapes::question);
    }

    @Override
    public Answer<Question> reply(String question, String text) {
        Object number = question.matches("\\d{1,18}") ? new BigDecimal(question) : question;
        return api.post("/answers", Map.of("question_id", number, "text", text)).map(Shapes::question);
    }

    /** At most so many characters, cut between words where it can be. */
    static String shortened(String title) {
        if (title.length() <= TITLE) return title;
        int space = title.lastIndexOf(' ', TITLE);
        int end = space > TITLE / 2 ? space : TITLE;
        if (Character.isHighSurrogate(title.charAt(end - 1))) end--;
        return title.substring(0, end).strip();
    }
}
