package mx.refahub.domain.wire;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a store sends every 30 seconds, and the hub's answer.
 *
 * @param machine what tells this machine from others, hexadecimal; null from an older store
 * @param halted why relaying has stopped; null while it goes on
 */
public record Heartbeat(
        String type,
        Instant timestamp,
        String version,
        int epoch,
        long outboxLast,
        long relayed,
        long acknowledged,
        Map<String, Long> streams,
        long diskFreeBytes,
        String printer,
        @Nullable String machine,
        @Nullable String halted) {
    public static final String TYPE = "heartbeat";

    /**
     * @param standing why this machine may not sell as the store ({@code store-replaced}, {@code store-copied}, {@code store-behind-hub}), that its documents are not accepted ({@code store-forked}),
     *     or {@code granted} when a new life waits for it; null when all is well
     */
    public record Answer(
            Instant hubTime,
            long hubEpoch,
            long landed,
            Map<String, Long> streams,
            @Nullable String standing) {}
}
