package mx.refahub.routes.down;

import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Failure;
import mx.refahub.domain.delivery.Acknowledgement;
import mx.refahub.domain.delivery.Announcement;
import mx.refahub.domain.delivery.Command;
import mx.refahub.domain.delivery.DownMessage;
import mx.refahub.domain.delivery.GapRequest;
import mx.refahub.domain.document.Sha256;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the hub tells a store, as JSON: an object whose {@code type} picks one of four known shapes. The text never names a class. Fields that are not
 * known are passed over, so that a newer hub may say more to an older store.
 */
public final class DownMessageJson {
    private static final Logger LOG = LoggerFactory.getLogger(DownMessageJson.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MAX_LENGTH = 64 * 1024;

    private DownMessageJson() {}

    public static String write(DownMessage message) {
        ObjectNode json = JSON.createObjectNode();
        switch (message) {
            case Acknowledgement ack ->
                json.put("type", "acknowledgement")
                        .put("store", ack.store().toString())
                        .put("epoch", ack.epoch())
                        .put("hubEpoch", ack.hubEpoch())
                        .put("landed", ack.landed())
                        .put("hash", ack.hash().toString());
            case GapRequest gap ->
                json.put("type", "gap")
                        .put("store", gap.store().toString())
                        .put("epoch", gap.epoch())
                        .put("hubEpoch", gap.hubEpoch())
                        .put("from", gap.from());
            case Announcement announcement ->
                json.put("type", "announcement")
                        .put("stream", announcement.stream().wireName())
                        .put("version", announcement.version());
            case Command command ->
                json.put("type", "command")
                        .put("id", command.id().toString())
                        .put("kind", command.kind().name());
        }
        return JSON.writeValueAsString(json);
    }

    /**
     * @return empty, with a line in the log, for a type, stream or command that this version does not know
     * @throws Failure {@code REJECTED} if the text is not such a message
     */
    public static Optional<DownMessage> read(String text) {
        if (text.length() > MAX_LENGTH) throw Failure.rejected("down message of " + text.length() + " characters");
        try {
            JsonNode json = JSON.readTree(text);
            if (!json.isObject()) throw Failure.rejected("not a down message: not an object");
            String type = json.path("type").stringValue("");
            return switch (type) {
                case "acknowledgement" ->
                    Optional.of(new Acknowledgement(
                            StoreId.of(json.required("store").stringValue()),
                            json.required("epoch").intValue(),
                            json.required("hubEpoch").longValue(),
                            json.required("landed").longValue(),
                            Sha256.parse(json.required("hash").stringValue())));
                case "gap" ->
                    Optional.of(new GapRequest(
                            StoreId.of(json.required("store").stringValue()),
                            json.required("epoch").intValue(),
                            json.required("hubEpoch").longValue(),
                            json.required("from").longValue()));
                case "announcement" ->
                    announcement(
                            json.required("stream").stringValue(),
                            json.required("version").longValue());
                case "command" ->
                    command(
                            json.required("id").stringValue(),
                            json.required("kind").stringValue());
                default -> unknown("type", type);
            };
        } catch (JacksonException | IllegalArgumentException e) {
            throw Failure.rejected("not a down message: " + e.getMessage());
        }
    }

    private static Optional<DownMessage> announcement(String stream, long version) {
        for (Stream known : Stream.values()) {
            if (known.wireName().equals(stream)) return Optional.of(new Announcement(known, version));
        }
        return unknown("stream", stream);
    }

    private static Optional<DownMessage> command(String id, String kind) {
        for (Command.Kind known : Command.Kind.values()) {
            if (known.name().equals(kind)) return Optional.of(new Command(UUID.fromString(id), known));
        }
        return unknown("command", kind);
    }

    private static Optional<DownMessage> unknown(String what, String name) {
        LOG.warn(
                "down message passed over, {} not known name={}",
                what,
                name.substring(0, Math.min(name.length(), 60)).replaceAll("[^A-Za-z0-9._-]", "?"));
        return Optional.empty();
    }
}
