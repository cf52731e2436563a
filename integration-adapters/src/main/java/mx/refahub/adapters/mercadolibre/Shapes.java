package mx.refahub.adapters.mercadolibre;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mx.refahub.domain.market.Order;
import mx.refahub.domain.market.Order.Shipment;
import mx.refahub.domain.market.Question;
import mx.refahub.domain.market.Submission;
import mx.refahub.domain.market.Submission.Standing;
import mx.refahub.domain.money.Money;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Their words in ours. */
final class Shapes {
    private Shapes() {}

    /** Empty where it is absent or null. */
    static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isMissingNode() || value.isNull() || value.isContainer()
                ? ""
                : value.asString().strip();
    }

    /** Orders come with -04:00, their last change and notifications with Z. */
    static Instant instant(JsonNode node, String field) {
        return OffsetDateTime.parse(text(node, field)).toInstant();
    }

    private static Money money(JsonNode node, String field, Currency currency) {
        JsonNode value = node.path(field);
        return Money.rounded(value.isNumber() ? value.decimalValue() : BigDecimal.ZERO, currency);
    }

    static Standing standing(JsonNode item, String note) {
        return new Standing(text(item, "id"), text(item, "permalink"), state(text(item, "status")), note);
    }

    static Submission.State state(String status) {
        return switch (status) {
            case "active" -> Submission.State.ACTIVE;
            case "paused" -> Submission.State.PAUSED;
            case "closed" -> Submission.State.CLOSED;
            default -> Submission.State.HELD;
        };
    }

    /**
     * Of an order as it comes alone, in a list, and with its shipping inside as until 2019.
     *
     * @param shipment as it was fetched; null if it was not
     */
    static Order order(JsonNode order, @Nullable JsonNode shipment) {
        String code = text(order, "currency_id");
        Currency currency = code.isEmpty() ? Money.MXN : Currency.getInstance(code);
        List<Order.Line> lines = new ArrayList<>();
        Money total = Money.zero(currency);
        for (JsonNode each : order.path("order_items")) {
            JsonNode item = each.path("item");
            long pieces = each.path("quantity").asLong();
            Money unit = money(each, "unit_price", currency);
            String sku = text(item, "seller_sku");
            String variation = text(item, "variation_id");
            lines.add(new Order.Line(
                    text(item, "id") + (variation.isEmpty() ? "" : "/" + variation),
                    sku.isEmpty() ? text(item, "seller_custom_field") : sku,
                    text(item, "id"),
                    text(item, "title"),
                    pieces,
                    unit,
                    money(each, "sale_fee", currency)));
            total = total.plus(unit.times(BigDecimal.valueOf(pieces)));
        }
        JsonNode buyer = order.path("buyer");
        String name = Stream.of(text(buyer, "first_name"), text(buyer, "last_name"))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
        JsonNode inside = order.path("shipping");
        String parcel = text(inside, "id");
        Shipment sent = shipment != null ? shipment(shipment) : parcel.isEmpty() ? null : shipment(inside);
        String pack = text(order, "pack_id");
        String changed = text(order, "last_updated").isEmpty() ? "date_last_updated" : "last_updated";
        if (text(order, changed).isEmpty()) changed = "date_created";
        return new Order(
                text(order, "id"),
                pack.isEmpty() ? null : pack,
                state(text(order, "status"), sent),
                instant(order, "date_created"),
                instant(order, changed),
                name.isEmpty() ? text(buyer, "nickname") : name,
                lines,
                total,
                sent,
                why(order));
    }

    private static String why(JsonNode order) {
        JsonNode detail = order.path("cancel_detail");
        String said = text(detail, "description");
        if (said.isEmpty()) said = text(detail, "code");
        return text(order, "status").equals("cancelled") ? said : "";
    }

    private static Order.State state(String status, @Nullable Shipment shipment) {
        Order.State paid = switch (shipment == null ? "" : shipment.state()) {
            case "shipped", "not_delivered" -> Order.State.SHIPPED;
            case "delivered" -> Order.State.DELIVERED;
            default -> Order.State.PAID;
        };
        return switch (status) {
            case "paid", "partially_refunded", "pending_cancel" -> paid;
            case "cancelled", "invalid" -> Order.State.CANCELLED;
            default -> Order.State.OPEN;
        };
    }

    /** The newer form has {@code logistic} and {@code destination}, the older {@code mode} and {@code receiver_address}. */
    private static Shipment shipment(JsonNode shipment) {
        JsonNode logistic = shipment.path("logistic");
        String mode = text(logistic, "mode");
        if (mode.isEmpty()) mode = text(shipment, "mode");
        JsonNode destination = shipment.path("destination");
        JsonNode address =
                destination.isObject() ? destination.path("shipping_address") : shipment.path("receiver_address");
        String to = Stream.of(
                        text(destination.isObject() ? destination : address, "receiver_name"),
                        text(address, "address_line"),
                        text(address, "zip_code"),
                        text(address.path("city"), "name"),
                        text(address.path("state"), "name"))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
        return new Shipment(
                text(shipment, "id"),
                text(shipment, "status"),
                mode.toLowerCase(Locale.ROOT).startsWith("me"),
                text(shipment, "tracking_method"),
                text(shipment, "tracking_number"),
                to);
    }

    static Question question(JsonNode question) {
        String reply = text(question.path("answer"), "text");
        return new Question(
                text(question, "id"),
                text(question, "item_id"),
                text(question.path("from"), "id"),
                text(question, "text"),
                instant(question, "date_created"),
                switch (text(question, "status")) {
                    case "UNANSWERED" -> Question.State.OPEN;
                    case "ANSWERED" -> Question.State.ANSWERED;
                    default -> Question.State.CLOSED;
                },
                reply.isEmpty() ? null : reply);
    }
}
