package mx.refahub.adapters.amazon;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import mx.refahub.domain.market.Hint;
import mx.refahub.domain.market.Hint.Subject;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Notifications of the Selling Partner API. Amazon pushes them to EventBridge or SQS: from there they come as they are, or as {@code detail} of an EventBridge
 * event. Some types begin their words with a capital, some do not; both are read.
 */
final class Notifications {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Notifications() {}

    static Optional<Hint> read(byte[] body) {
        try {
            JsonNode root = JSON.readTree(body);
            JsonNode detail = root.path("detail");
            return hint(detail.isObject() ? detail : root);
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    private static Optional<Hint> hint(JsonNode told) {
        String type = text(told, "NotificationType");
        String key = text(field(told, "NotificationMetadata"), "NotificationId");
        if (type.isEmpty() || key.isBlank()) return Optional.empty();
        JsonNode payload = field(told, "Payload");
        Instant at = time(text(told, "EventTime"));
        return Optional.of(
                switch (type) {
                    case "ORDER_CHANGE" ->
                        of(key, Subject.ORDER, field(payload, "OrderChangeNotification"), "AmazonOrderId", at);
                    case "FEED_PROCESSING_FINISHED" ->
                        of(key, Subject.SUBMISSION, field(payload, "FeedProcessingFinishedNotification"), "FeedId", at);
                    case "LISTINGS_ITEM_STATUS_CHANGE",
                            "LISTINGS_ITEM_ISSUES_CHANGE",
                            "LISTINGS_ITEM_MFN_QUANTITY_CHANGE" -> of(key, Subject.LISTING, payload, "Sku", at);
                    default -> new Hint(key, Subject.OTHER, text(payload, "SellerId"), "", at);
                });
    }

    private static Hint of(String key, Subject subject, JsonNode about, String id, Instant at) {
        String which = text(about, id);
        return new Hint(key, which.isBlank() ? Subject.OTHER : subject, text(about, "SellerId"), which, at);
    }

    private static JsonNode field(JsonNode node, String name) {
        JsonNode capital = node.path(name);
        return capital.isMissingNode() ? node.path(Character.toLowerCase(name.charAt(0)) + name.substring(1)) : capital;
    }

    private static String text(JsonNode node, String name) {
        return field(node, name).asString("");
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException none) {
            return Instant.EPOCH;
        }
    }
}
