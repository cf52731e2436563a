package mx.refahub.domain.wire;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import mx.refahub.domain.store.Capability;
import org.jspecify.annotations.Nullable;

/**
 * What a store sends every 30 seconds, and the hub's answer.
 *
 * @param machine what tells this machine from others, hexadecimal; null from an older store
 * @param halted why relaying has stopped; null while it goes on
 * @param health how the store is; null from an older store
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
        @Nullable String halted,
        @Nullable Health health) {
    public static final String TYPE = "heartbeat";

    /**
     * @param level the worst of the capabilities
     * @param clockOffsetMillis how far the hub's clock is ahead of the store's, as the store measured it
     * @param backupAt when the newest backup was made; null if there is none
     * @param routes of the store's child process, at most {@link #MOST_ROUTES}; null from an older store, or while it does not run
     */
    public record Health(
            String level,
            List<Capability> capabilities,
            long clockOffsetMillis,
            long devicesFailing,
            @Nullable Instant backupAt,
            @Nullable List<RouteFigures> routes) {
        /** From a store that tells nothing of its routes. */
        public Health(
                String level,
                List<Capability> capabilities,
                long clockOffsetMillis,
                long devicesFailing,
                @Nullable Instant backupAt) {
            this(level, capabilities, clockOffsetMillis, devicesFailing, backupAt, null);
        }
    }

    public static final int MOST_ROUTES = 20;

    /** Of the last minute. @param trouble its latest failure; null if there was none */
    public record RouteFigures(
            String route,
            boolean running,
            double perSecond,
            double meanMillis,
            double p95Millis,
            long failed,
            @Nullable String trouble) {}

    /**
     * @param standing why this machine may not sell as the store ({@code store-replaced}, {@code store-copied}, {@code store-behind-hub}), that its documents are not accepted ({@code store-forked}),
     *     or {@code granted} when a new life waits for it; null when all is well
     * @param renew fresh secrets are to be fetched; null from an older hub
     * @param newer documents of the store that wait at the hub because it is older than the store; null from an older hub
     */
    public record Answer(
            Instant hubTime,
            long hubEpoch,
            long landed,
            Map<String, Long> streams,
            @Nullable String standing,
            @Nullable Boolean renew,
            @Nullable Long newer) {}
}
