package mx.refahub.pos.console;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import mx.refahub.domain.delivery.Landing;
import mx.refahub.domain.hub.StoreBoard.StoreView;
import org.jspecify.annotations.Nullable;

/**
 * A store as the screen shows it.
 *
 * @param lag documents still to come
 * @param streams versions that it has applied, by wire name
 */
record StoreRow(
        UUID id,
        String slug,
        String code,
        String name,
        StoreState state,
        Instant registeredAt,
        @Nullable Instant heartbeatAt,
        long clockOffsetMillis,
        String version,
        long outboxLast,
        long landed,
        long applied,
        long waiting,
        long parked,
        long lag,
        @Nullable Instant lastDocumentAt,
        Landing.@Nullable Freeze frozen,
        Map<String, Long> streams) {

    static StoreRow of(StoreView store, Instant now, ConsoleSettings settings) {
        Map<String, Long> streams = new TreeMap<>();
        store.streams().forEach((stream, version) -> streams.put(stream.wireName(), version));
        return new StoreRow(
                store.id().value(),
                store.slug(),
                store.code(),
                store.name(),
                StoreState.of(store, now, settings),
                store.registeredAt(),
                store.heartbeatAt(),
                store.clockOffsetMillis(),
                store.version(),
                store.outboxLast(),
                store.landed(),
                store.applied(),
                store.waiting(),
                store.parked(),
                StoreState.lag(store),
                store.lastDocumentAt(),
                store.frozen(),
                streams);
    }
}
