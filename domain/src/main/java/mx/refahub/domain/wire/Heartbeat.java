package mx.refahub.domain.wire;

import java.time.Instant;
import java.util.Map;

/** What a store sends every 30 seconds, and the hub's answer. */
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
        String printer) {
    public static final String TYPE = "heartbeat";

    public record Answer(Instant hubTime, long hubEpoch, long landed, Map<String, Long> streams) {}
}
