package mx.refahub.adapters.amazon;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.zip.CRC32;
import mx.refahub.domain.market.Answer;
import mx.refahub.domain.market.Answer.Done;
import mx.refahub.domain.market.Marketplace.Page;
import mx.refahub.domain.market.Marketplace.Parcel;
import mx.refahub.domain.market.Order;
import mx.refahub.domain.market.Order.Line;
import mx.refahub.domain.market.Order.Shipment;
import mx.refahub.domain.money.Money;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Orders 2026-01-01: lines, buyer and address come in one answer and need the application's role, no restricted token. Only orders that the seller sends himself
 * are asked for; what lies in Amazon's own warehouses is not our stock. Shipments are confirmed by Orders V0, the only one that has it.
 */
final class Orders {
    private static final Duration THIRTY_DAYS = Duration.ofDays(30);
    private static final String INCLUDED = "BUYER,RECIPIENT,PROCEEDS,CANCELLATION,FULFILLMENT,PACKAGES";
    private static final String BUYER_WANTS_OUT = "BUYER_CANCEL_REQUESTED";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** {@code carrierCode}s that Amazon knows in Mexico, by how people write them; any other travels as {@code Other} with its name. */
    private static final Map<String, String> CARRIERS = Map.ofEntries(
            Map.entry("dhl", "DHL"),
            Map.entry("fedex", "FedEx"),
            Map.entry("ups", "UPS"),
            Map.entry("estafeta", "Estafeta"),
            Map.entry("redpack", "Redpack"),
            Map.entry("paquetexpress", "Paquetexpress"),
            Map.entry("99minutos", "99minutos"),
            Map.entry("ampm", "AMPM"));

    private static final Set<String> HANDED_OVER = Set.of("SHIPPED", "IN_TRANSIT", "DELIVERED");

    private final SpApi api;

    Orders(SpApi api) {
        this.api = api;
    }

    /** Where a walk over the pages stands: from when, up to when, and the token of the next page. */
    private record Cursor(String from, String upTo, String token) {
        static Cursor of(String text, Instant now) {
            if (text.isBlank()) return new Cursor(now.minus(THIRTY_DAYS).toString(), "", "");
            String[] parts = text.split("\\|", 3);
            return parts.length == 3 ? new Cursor(parts[0], parts[1], parts[2]) : new Cursor(parts[0], "", "");
        }

        String text() {
            return token.isEmpty() ? from : from + "|" + upTo + "|" + token;
        }
    }

    /**
     * Amazon lets itself be searched once in three minutes. Who comes sooner is told that there is nothing new, and finds it the next time: a wait would hold up
     * stock and prices, which have a quota of their own.
     */
    Answer<Page<Order>> page(String cursor) {
        Answer<Page<Order>> found = search(cursor);
        return found instanceof Answer.Limited<Page<Order>> ? Answer.done(new Page<>(List.of(), cursor, false)) : found;
    }

    private Answer<Page<Order>> search(String cursor) {
        Cursor from = Cursor.of(cursor, api.clock().instant());
        Map<String, String> query = new LinkedHashMap<>();
        query.put("marketplaceIds", api.account().marketplaceId());
        query.put("lastUpdatedAfter", from.from);
        query.put("fulfilledBy", "MERCHANT");
        query.put("maxResultsPerPage", "100");
        query.put("includedData", INCLUDED);
        if (!from.token.isEmpty()) query.put("paginationToken", from.token);
        Answer<SpApi.Reply> answer = api.call(Operation.SEARCH_ORDERS, Map.of(), query, null);
        // A page's token is good for a day. Without it the walk begins again where it began; what comes twice is kept
        // once.
        if (answer instanceof Answer.Refused<SpApi.Reply> && !from.token.isEmpty())
            return Answer.done(new Page<>(List.of(), from.from, false));
        return answer.map(reply -> {
            List<Order> orders = new ArrayList<>();
            for (JsonNode order : reply.body().path("orders")) orders.add(order(order));
            orders.sort(Comparator.comparing(Order::changedAt));
            String upTo =
                    from.upTo.isEmpty() ? reply.body().path("lastUpdatedBefore").asString("") : from.upTo;
            String token = reply.body().path("pagination").path("nextToken").asString("");
            Cursor next = token.isEmpty()
                    ? new Cursor(upTo.isEmpty() ? newest(orders, from.from) : upTo, "", "")
                    : new Cursor(from.from, upTo, token);
            return new Page<>(orders, next.text(), !token.isEmpty());
        });
    }

    Answer<Order> one(String id) {
        Answer<Order> found = api.call(
                        Operation.GET_ORDER, Map.of("orderId", id), Map.of("includedData", INCLUDED), null)
                .map(reply -> order(reply.body().path("order")));
        if (!api.account().restricted()
                || !(found instanceof Done<Order>(Order order))
                || order.shipment() == null
                || !order.shipment().to().isEmpty()) return found;
        String to = address(id) instanceof Done<String>(String told) ? told : "";
        Shipment s = order.shipment();
        return Answer.done(new Order(
                order.id(),
                order.pack(),
                order.state(),
                order.createdAt(),
                order.changedAt(),
                order.buyer(),
                order.lines(),
                order.total(),
                new Shipment(s.id(), s.state(), s.byMarketplace(), s.carrier(), s.tracking(), to),
                order.why()));
    }

    /** By Orders V0 and a restricted token of Tokens 2021-03-01, for applications that have only that. */
    Answer<String> address(String id) {
        String path = "/orders/v0/orders/" + id + "/address";
        ObjectNode wish = JSON.createObjectNode();
        ObjectNode resource = wish.putArray("restrictedResources").addObject();
        resource.put("method", "GET").put("path", path).putArray("dataElements").add("shippingAddress");
        return api.call(Operation.RESTRICTED_TOKEN, Map.of(), Map.of(), wish)
                .then(token -> api.call(
                        Operation.GET_ORDER_ADDRESS,
                        Map.of("orderId", id),
                        Map.of(),
                        null,
                        token.body().path("restrictedDataToken").asString("")))
                .map(reply -> line(
                        reply.body().path("payload").path("ShippingAddress"),
                        "Name",
                        "AddressLine1",
                        "AddressLine2",
                        "AddressLine3",
                        "City",
                        "StateOrRegion",
                        "PostalCode",
                        "Phone"));
    }

    /** The same parcel again replaces itself: its number within the order is made of what it is. */
    Answer<Order> ship(Parcel parcel) {
        return api.call(Operation.GET_ORDER, Map.of("orderId", parcel.order()), Map.of("includedData", INCLUDED), null)
                .then(reply -> {
                    JsonNode order = reply.body().path("order");
                    for (JsonNode one : order.path("packages"))
                        if (one.path("trackingNumber").asString("").equals(parcel.tracking())
                                && HANDED_OVER.contains(
                                        one.path("packageStatus").path("status").asString("")))
                            return Answer.done(order(order));
                    return api.call(
                                    Operation.CONFIRM_SHIPMENT,
                                    Map.of("orderId", parcel.order()),
                                    Map.of(),
                                    confirmation(order, parcel))
                            .then(confirmed -> one(parcel.order()));
                });
    }

    private ObjectNode confirmation(JsonNode order, Parcel parcel) {
        ObjectNode body =
                JSON.createObjectNode().put("marketplaceId", api.account().marketplaceId());
        ObjectNode sent = body.putObject("packageDetail");
        sent.put("packageReferenceId", reference(parcel));
        String code =
                CARRIERS.get(parcel.carrier().strip().toLowerCase(Locale.ROOT).replace(" ", ""));
        sent.put("carrierCode", code == null ? "Other" : code);
        if (code == null) sent.put("carrierName", parcel.carrier());
        sent.put("trackingNumber", parcel.tracking());
        sent.put("shipDate", api.clock().instant().toString());
        ArrayNode items = sent.putArray("orderItems");
        for (JsonNode item : order.path("orderItems")) {
            long open = item.path("fulfillment")
                    .path("quantityUnfulfilled")
                    .asLong(item.path("quantityOrdered").asLong());
            if (open > 0)
                items.addObject()
                        .put("orderItemId", item.path("orderItemId").asString(""))
                        .put("quantity", open);
        }
        return body;
    }

    /** Positive and numeric, as Amazon wants it, and the same for the same parcel. */
    private static String reference(Parcel parcel) {
        CRC32 sum = new CRC32();
        sum.update((parcel.order() + "\n" + parcel.tracking()).getBytes(StandardCharsets.UTF_8));
        return Long.toString(sum.getValue() + 1);
    }

    Order order(JsonNode order) {
        String fulfilment = order.path("fulfillment").path("fulfillmentStatus").asString("");
        Order.State state = state(fulfilment, order.path("packages"));
        List<Line> lines = new ArrayList<>();
        List<Line> gone = new ArrayList<>();
        Set<String> why = new LinkedHashSet<>();
        boolean wantsOut = false;
        for (JsonNode item : order.path("orderItems")) {
            JsonNode asked = item.path("cancellation").path("cancellationRequest");
            if (!asked.isMissingNode()) {
                wantsOut |= asked.path("requester").asString("").equals("BUYER");
            }
            String reason = CancelReasons.of(item.path("cancellation"));
            if (!reason.isEmpty()) why.add(reason);
            long pieces = item.path("quantityOrdered").asLong(0);
            // Of what was cancelled Amazon says that none was ordered.
            if (pieces > 0) lines.add(line(item, pieces));
            else gone.add(line(item, 1));
        }
        // Such a line says what it was, and counts for nothing.
        Money total = lines.stream()
                .map(l -> l.unitPrice().times(BigDecimal.valueOf(l.pieces())))
                .reduce(Money::plus)
                .orElse(Money.mxn(0));
        if (lines.isEmpty()) {
            lines = gone;
            state = Order.State.CANCELLED;
        }
        boolean cancelled = state == Order.State.CANCELLED;
        return new Order(
                order.path("orderId").asString(""),
                null,
                state,
                instant(order.path("createdTime")),
                instant(order.path("lastUpdatedTime")),
                order.path("buyer")
                        .path("buyerName")
                        .asString(order.path("recipient")
                                .path("deliveryAddress")
                                .path("name")
                                .asString("")),
                lines,
                total,
                shipment(order, fulfilment, wantsOut && !cancelled),
                cancelled ? String.join("; ", why) : "");
    }

    private static Order.State state(String fulfilment, JsonNode packages) {
        return switch (fulfilment) {
            case "UNSHIPPED", "PARTIALLY_SHIPPED" -> Order.State.PAID;
            case "SHIPPED" -> {
                boolean there = !packages.isEmpty();
                for (JsonNode one : packages)
                    there &= one.path("packageStatus")
                            .path("status")
                            .asString("")
                            .equals("DELIVERED");
                yield there ? Order.State.DELIVERED : Order.State.SHIPPED;
            }
            case "CANCELLED", "UNFULFILLABLE" -> Order.State.CANCELLED;
            default -> Order.State.OPEN;
        };
    }

    private static Line line(JsonNode item, long pieces) {
        JsonNode product = item.path("product");
        Money price = money(product.path("price").path("unitPrice"));
        if (price == null) price = proceeds(item, pieces);
        String sku = product.path("sellerSku").asString("");
        return new Line(
                item.path("orderItemId").asString(""),
                sku,
                sku,
                product.path("title").asString(""),
                pieces,
                price,
                Money.zero(price.currency()));
    }

    /** What the item brings in with its tax, for one piece; nothing while the buyer has not paid. */
    private static Money proceeds(JsonNode item, long pieces) {
        Money sum = null;
        for (JsonNode part : item.path("proceeds").path("breakdowns")) {
            String type = part.path("type").asString("");
            Money money = money(part.path("subtotal"));
            if (money != null && (type.equals("ITEM") || type.equals("TAX")))
                sum = sum == null ? money : sum.plus(money);
        }
        if (sum == null) return Money.mxn(0);
        return Money.rounded(sum.amount().divide(BigDecimal.valueOf(pieces), 6, Money.ROUNDING), sum.currency());
    }

    private static Shipment shipment(JsonNode order, String fulfilment, boolean wantsOut) {
        JsonNode first = order.path("packages").path(0);
        boolean easyShip = false;
        for (JsonNode program : order.path("programs"))
            easyShip |= program.asString("").equals("AMAZON_EASY_SHIP");
        boolean byAmazon =
                order.path("fulfillment").path("fulfilledBy").asString("").equals("AMAZON");
        return new Shipment(
                first.path("packageReferenceId").asString(""),
                wantsOut ? fulfilment + " " + BUYER_WANTS_OUT : fulfilment,
                easyShip || byAmazon,
                first.path("carrier").asString(""),
                first.path("trackingNumber").asString(""),
                line(
                        order.path("recipient").path("deliveryAddress"),
                        "name",
                        "companyName",
                        "addressLine1",
                        "addressLine2",
                        "addressLine3",
                        "districtOrCounty",
                        "municipality",
                        "city",
                        "stateOrRegion",
                        "postalCode",
                        "countryCode",
                        "phone"));
    }

    private static String line(JsonNode address, String... fields) {
        StringJoiner line = new StringJoiner(", ");
        for (String field : fields) {
            String part = address.path(field).asString("").strip();
            if (!part.isEmpty()) line.add(part);
        }
        return line.toString();
    }

    private static @Nullable Money money(JsonNode money) {
        String amount = money.path("amount").asString("");
        String currency = money.path("currencyCode").asString("");
        if (amount.isEmpty() || currency.isEmpty()) return null;
        return Money.rounded(new BigDecimal(amount), Currency.getInstance(currency));
    }

    private static Instant instant(JsonNode time) {
        return Instant.parse(time.asString(""));
    }

    private static String newest(List<Order> orders, String otherwise) {
        return orders.isEmpty() ? otherwise : orders.getLast().changedAt().toString();
    }
}
