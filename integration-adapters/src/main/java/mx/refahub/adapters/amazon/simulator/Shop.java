package mx.refahub.adapters.amazon.simulator;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What Amazon keeps of one seller, and its rules. Not thread-safe: the simulator holds one lock. */
final class Shop {
    static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> REQUIRED = List.of(
            "item_name", "brand", "part_number", "condition_type", "purchasable_offer", "fulfillment_availability");
    private static final List<String> OF_AN_OFFER =
            List.of("condition_type", "purchasable_offer", "fulfillment_availability");
    private static final int LONGEST_NAME = 200;

    record Refusal(String code, String message, boolean late) {}

    static final class Listing {
        final String sku;
        final String asin;
        final Instant created;
        String productType;
        ObjectNode attributes;
        Instant updated;
        boolean offerOnly;

        Listing(String sku, String asin, String productType, ObjectNode attributes, Instant now) {
            this.sku = sku;
            this.asin = asin;
            this.productType = productType;
            this.attributes = attributes;
            this.created = now;
            this.updated = now;
        }

        long pieces() {
            return attributes
                    .path("fulfillment_availability")
                    .path(0)
                    .path("quantity")
                    .asLong(0);
        }

        void pieces(long now) {
            if (attributes.path("fulfillment_availability").path(0) instanceof ObjectNode stock)
                stock.put("quantity", now);
        }

        JsonNode offer() {
            return attributes.path("purchasable_offer").path(0);
        }

        JsonNode price() {
            return offer().path("our_price").path(0).path("schedule").path(0).path("value_with_tax");
        }
    }

    static final class Item {
        final String id;
        final String sku;
        final String title;
        long ordered;
        long sent;
        final String price;
        String requestedBy = "";
        String reason = "";

        Item(String id, String sku, String title, long ordered, String price) {
            this.id = id;
            this.sku = sku;
            this.title = title;
            this.ordered = ordered;
            this.price = price;
        }
    }

    record Package(String reference, String carrier, String tracking, Instant sent, Map<String, Long> items) {}

    static final class Sale {
        final String id;
        final Instant created;
        final List<Item> items = new ArrayList<>();
        final Map<String, Package> packages = new LinkedHashMap<>();
        Instant updated;
        String status;

        Sale(String id, Instant created, String status) {
            this.id = id;
            this.created = created;
            this.updated = created;
            this.status = status;
        }
    }

    private final Clock clock;
    private final String marketplace;
    final Map<String, Listing> listings = new LinkedHashMap<>();
    final Map<String, Sale> sales = new LinkedHashMap<>();
    final Map<String, Refusal> refusals = new HashMap<>();
    private final List<AmazonSimulator.Effect> effects;
    private int asins;
    private int orders;
    private int items;

    Shop(Clock clock, String marketplace, List<AmazonSimulator.Effect> effects) {
        this.clock = clock;
        this.marketplace = marketplace;
        this.effects = effects;
    }

    Instant now() {
        return clock.instant();
    }

    void effect(String kind, String key, String detail) {
        effects.add(new AmazonSimulator.Effect(kind, key, detail));
    }

    /** What is wrong with a listing as it would be; errors keep it from being taken. */
    ArrayNode check(String sku, JsonNode attributes, boolean offerOnly) {
        ArrayNode issues = JSON.createArrayNode();
        for (String name : offerOnly ? OF_AN_OFFER : REQUIRED)
            if (attributes.path(name).isEmpty())
                issues.add(issue("90220", "ERROR", "'[" + name + "]' is required but not supplied.", name));
        if (attributes.path("externally_assigned_product_identifier").isEmpty()
                && attributes
                        .path("supplier_declared_has_product_identifier_exemption")
                        .isEmpty()
                && attributes.path("merchant_suggested_asin").isEmpty())
            issues.add(issue(
                    "90220",
                    "ERROR",
                    "'[externally_assigned_product_identifier]' is required but not supplied.",
                    "externally_assigned_product_identifier"));
        if (attributes.path("item_name").path(0).path("value").asString("").length() > LONGEST_NAME)
            issues.add(issue(
                    "99016",
                    "ERROR",
                    "The value of 'item_name' exceeds " + LONGEST_NAME + " characters.",
                    "item_name"));
        JsonNode offer = attributes.path("purchasable_offer").path(0);
        if (!offer.isMissingNode()
                && offer.path("our_price")
                                .path(0)
                                .path("schedule")
                                .path(0)
                                .path("value_with_tax")
                                .asDouble(0)
                        <= 0)
            issues.add(issue(
                    "99022",
                    "ERROR",
                    "The field 'our_price' for the attribute 'purchasable_offer' does not have enough values.",
                    "purchasable_offer"));
        if (attributes.path("fulfillment_availability").path(0).path("quantity").asLong(0) < 0)
            issues.add(issue("99023", "ERROR", "The quantity is below zero.", "fulfillment_availability"));
        if (!offerOnly && attributes.path("main_product_image_locator").isEmpty())
            issues.add(issue("18320", "WARNING", "The listing has no main image.", "main_product_image_locator"));
        Refusal refusal = refusals.get(sku);
        if (refusal != null && !refusal.late) issues.add(issue(refusal.code, "ERROR", refusal.message, null));
        return issues;
    }

    static boolean anyError(JsonNode issues) {
        for (JsonNode issue : issues) if (issue.path("severity").asString("").equals("ERROR")) return true;
        return false;
    }

    static ObjectNode issue(String code, String severity, String message, @Nullable String attribute) {
        ObjectNode issue = JSON.createObjectNode()
                .put("code", code)
                .put("severity", severity)
                .put("message", message);
        if (attribute != null) issue.putArray("attributeNames").add(attribute);
        issue.putArray("categories").add(attribute == null ? "QUALIFICATION_REQUIRED" : "INVALID_ATTRIBUTE");
        return issue;
    }

    ArrayNode put(String sku, String productType, ObjectNode attributes, boolean offerOnly) {
        ArrayNode issues = check(sku, attributes, offerOnly);
        if (anyError(issues)) return issues;
        Listing before = listings.get(sku);
        if (before == null)
            listings.put(sku, new Listing(sku, "B0%08d".formatted(++asins), productType, attributes.deepCopy(), now()));
        else {
            before.productType = productType;
            before.attributes = attributes.deepCopy();
            before.updated = now();
        }
        Listing listing = listings.get(sku);
        if (listing != null) listing.offerOnly = offerOnly;
        effect(before == null ? "listed" : "put", sku, "");
        return issues;
    }

    /** @return null if the seller has no such listing */
    @Nullable
    ArrayNode patch(String sku, JsonNode patches) {
        Listing listing = listings.get(sku);
        if (listing == null) return null;
        ObjectNode changed = listing.attributes.deepCopy();
        for (JsonNode patch : patches) {
            String name = patch.path("path").asString("").replace("/attributes/", "");
            if (patch.path("op").asString("").equals("delete")) changed.remove(name);
            else changed.set(name, patch.path("value").deepCopy());
        }
        ArrayNode issues = check(sku, changed, listing.offerOnly);
        if (anyError(issues)) return issues;
        Listing was = new Listing(sku, listing.asin, listing.productType, listing.attributes, listing.created);
        listing.attributes = changed;
        listing.updated = now();
        for (JsonNode patch : patches) {
            switch (patch.path("path").asString("")) {
                // The same again has no effect.
                case "/attributes/fulfillment_availability" -> {
                    if (was.pieces() != listing.pieces()) effect("stock", sku, Long.toString(listing.pieces()));
                }
                case "/attributes/purchasable_offer" -> {
                    if (!was.price().equals(listing.price()))
                        effect("price", sku, listing.price().asString(""));
                }
                default -> {}
            }
        }
        return issues;
    }

    boolean delete(String sku) {
        if (listings.remove(sku) == null) return false;
        effect("deleted", sku, "");
        return true;
    }

    /** Amazon takes what is sold off the stock it knows, at once. */
    Sale sell(Map<String, Long> wanted, boolean paid) {
        Sale sale = new Sale(
                "701-%07d-%07d".formatted(7_000_000 + ++orders, orders), now(), paid ? "UNSHIPPED" : "PENDING");
        wanted.forEach((sku, pieces) -> {
            Listing listing = listings.get(sku);
            String title = listing == null
                    ? sku
                    : listing.attributes.path("item_name").path(0).path("value").asString(sku);
            String price = listing == null
                    ? "100.00"
                    : listing.price().decimalValue().setScale(2).toPlainString();
            if (listing != null) listing.pieces(Math.max(0, listing.pieces() - pieces));
            sale.items.add(new Item("%014d".formatted(60_000_000L + ++items), sku, title, pieces, price));
        });
        sales.put(sale.id, sale);
        effect("ordered", sale.id, wanted.toString());
        return sale;
    }

    ObjectNode item(Listing listing, Set<String> included) {
        ObjectNode item = JSON.createObjectNode().put("sku", listing.sku);
        Refusal late = refusals.get(listing.sku);
        ArrayNode issues = check(listing.sku, listing.attributes, listing.offerOnly);
        if (late != null && late.late) issues.add(issue(late.code, "ERROR", late.message, null));
        boolean buyable = listing.pieces() > 0 && !anyError(issues);
        if (included.contains("summaries")) {
            ObjectNode summary = item.putArray("summaries").addObject();
            summary.put("marketplaceId", marketplace).put("asin", listing.asin).put("productType", listing.productType);
            summary.put("conditionType", "new_new");
            ArrayNode status = summary.putArray("status");
            if (buyable) status.add("BUYABLE");
            status.add("DISCOVERABLE");
            summary.put(
                    "itemName",
                    listing.attributes.path("item_name").path(0).path("value").asString(""));
            summary.put("createdDate", listing.created.toString()).put("lastUpdatedDate", listing.updated.toString());
        }
        if (included.contains("attributes")) item.set("attributes", listing.attributes.deepCopy());
        if (included.contains("issues")) item.set("issues", issues);
        if (included.contains("fulfillmentAvailability"))
            item.putArray("fulfillmentAvailability")
                    .addObject()
                    .put("fulfillmentChannelCode", "DEFAULT")
                    .put("quantity", listing.pieces());
        return item;
    }

    ObjectNode order(Sale sale, Set<String> included) {
        ObjectNode order = JSON.createObjectNode().put("orderId", sale.id);
        order.put("createdTime", sale.created.toString()).put("lastUpdatedTime", sale.updated.toString());
        order.putObject("salesChannel")
                .put("channelName", "AMAZON")
                .put("marketplaceId", marketplace)
                .put("marketplaceName", "Amazon.com.mx");
        if (included.contains("BUYER"))
            order.putObject("buyer").put("buyerName", "Ana Torres").put("buyerEmail", "k3x9@marketplace.amazon.com.mx");
        if (included.contains("RECIPIENT"))
            order.putObject("recipient")
                    .putObject("deliveryAddress")
                    .put("name", "Ana Torres")
                    .put("addressLine1", "Av. Juárez 120")
                    .put("city", "Puebla")
                    .put("stateOrRegion", "Puebla")
                    .put("postalCode", "72000")
                    .put("countryCode", "MX");
        if (included.contains("FULFILLMENT"))
            order.putObject("fulfillment")
                    .put("fulfillmentStatus", sale.status)
                    .put("fulfilledBy", "MERCHANT")
                    .put("fulfillmentServiceLevel", "STANDARD");
        ArrayNode lines = order.putArray("orderItems");
        for (Item one : sale.items) {
            ObjectNode line = lines.addObject().put("orderItemId", one.id).put("quantityOrdered", one.ordered);
            ObjectNode product =
                    line.putObject("product").put("sellerSku", one.sku).put("title", one.title);
            Listing listing = listings.get(one.sku);
            if (listing != null) product.put("asin", listing.asin);
            if (!sale.status.equals("PENDING"))
                product.putObject("price")
                        .putObject("unitPrice")
                        .put("amount", one.price)
                        .put("currencyCode", "MXN");
            if (included.contains("CANCELLATION") && !one.requestedBy.isEmpty())
                line.putObject("cancellation")
                        .putObject("cancellationRequest")
                        .put("requester", one.requestedBy)
                        .put("cancelReason", one.reason);
            if (included.contains("FULFILLMENT"))
                line.putObject("fulfillment")
                        .put("quantityFulfilled", one.sent)
                        .put("quantityUnfulfilled", Math.max(0, one.ordered - one.sent));
        }
        if (included.contains("PACKAGES") && !sale.packages.isEmpty()) {
            ArrayNode packages = order.putArray("packages");
            for (Package one : sale.packages.values()) {
                ObjectNode sent = packages.addObject().put("packageReferenceId", one.reference);
                sent.put("carrier", one.carrier)
                        .put("trackingNumber", one.tracking)
                        .put("shipTime", one.sent.toString());
                sent.putObject("packageStatus").put("status", "SHIPPED");
                ArrayNode inside = sent.putArray("packageItems");
                one.items.forEach(
                        (id, many) -> inside.addObject().put("orderItemId", id).put("quantity", many));
            }
        }
        return order;
    }

    /** ORDER_CHANGE 1.0, as its schema has it. */
    ObjectNode change(Sale sale, String seller, String key) {
        ObjectNode told = JSON.createObjectNode().put("NotificationVersion", "1.0");
        told.put("NotificationType", "ORDER_CHANGE")
                .put("PayloadVersion", "1.0")
                .put("EventTime", now().toString());
        ObjectNode change = told.putObject("Payload").putObject("OrderChangeNotification");
        boolean asked = sale.items.stream().anyMatch(item -> item.requestedBy.equals("BUYER"))
                && !sale.status.equals("CANCELLED");
        change.put("NotificationLevel", "OrderLevel").put("SellerId", seller).put("AmazonOrderId", sale.id);
        change.put("OrderChangeType", asked ? "BuyerRequestedChange" : "OrderStatusChange");
        change.putObject("OrderChangeTrigger")
                .put("TimeOfOrderChange", sale.updated.toString())
                .put("ChangeReason", asked ? "Buyer Requested Cancel" : "Status change");
        ObjectNode summary = change.putObject("Summary").put("MarketplaceId", marketplace);
        summary.put(
                "OrderStatus",
                switch (sale.status) {
                    case "PENDING" -> "Pending";
                    case "SHIPPED" -> "Shipped";
                    case "PARTIALLY_SHIPPED" -> "PartiallyShipped";
                    case "CANCELLED" -> "Canceled";
                    default -> "Unshipped";
                });
        summary.put("PurchaseDate", sale.created.toString()).put("DestinationPostalCode", "72000");
        summary.put("FulfillmentType", "MFN").put("OrderType", "StandardOrder");
        ArrayNode items = summary.putArray("OrderItems");
        for (Item one : sale.items)
            items.addObject()
                    .put("OrderItemId", one.id)
                    .put("SellerSKU", one.sku)
                    .putNull("SupplySourceId")
                    .put("Quantity", one.ordered)
                    .put("QuantityShipped", one.sent);
        told.putObject("NotificationMetadata")
                .put("ApplicationId", "amzn1.sp.solution.simulator")
                .put("SubscriptionId", "subscription-simulator")
                .put("PublishTime", now().toString())
                .put("NotificationId", key);
        return told;
    }
}
