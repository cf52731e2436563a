package mx.refahub.pos.counter;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mx.refahub.domain.search.Shelves;
import mx.refahub.domain.store.Capability;
import mx.refahub.domain.store.StoreStatus;
import mx.refahub.domain.store.StoreStatus.PrinterState;
import mx.refahub.domain.store.StoreStatus.RelayState;
import org.jspecify.annotations.Nullable;

/**
 * What the store says of itself, to the status line and to {@code GET /api/status}.
 *
 * @param waiting documents that the hub has not confirmed yet
 * @param cards how often prices came out of memory; only where somebody asks for the status, not in the status line
 * @param board what the store can do and how well, worst of it {@code level}
 * @param now by this store's clock, so that a page can say how long ago something was
 */
record StatusView(
        String process,
        boolean registered,
        String storeName,
        boolean linked,
        @Nullable Instant hubSeenAt,
        long clockOffsetMillis,
        long outboxLast,
        long acknowledged,
        long waiting,
        Map<String, Long> streams,
        @Nullable Instant catalogueAt,
        Map<String, Instant> changedAt,
        long indexVersion,
        RelayState relay,
        @Nullable String halted,
        PrinterState printer,
        String version,
        CareView care,
        Shelves.@Nullable Figures cards,
        Capability.Level level,
        List<Capability> board,
        Instant now) {
    /** As {@link StoreStatus.Care}, without what only an operator should read. */
    record CareView(
            StoreStatus.DiskState disk,
            long diskFreeBytes,
            StoreStatus.ClockState clock,
            @Nullable Instant backupAt,
            boolean backupFailing,
            @Nullable String locked) {
        static CareView of(StoreStatus.Care care) {
            return new CareView(
                    care.disk(),
                    care.diskFreeBytes(),
                    care.clock(),
                    care.backupAt(),
                    care.backupTrouble() != null,
                    care.locked());
        }
    }

    static StatusView of(StoreStatus.Snapshot store, long indexVersion, Instant now) {
        Map<String, Long> streams = new TreeMap<>();
        store.streams().forEach((stream, version) -> streams.put(stream.wireName(), version));
        Map<String, Instant> changedAt = new TreeMap<>();
        store.changedAt().forEach((stream, at) -> changedAt.put(stream.wireName(), at));
        List<Capability> board = Capability.of(store);
        return new StatusView(
                "store",
                store.registered(),
                store.storeName(),
                store.linked(),
                store.hubSeenAt(),
                store.clockOffsetMillis(),
                store.outboxLast(),
                store.acknowledged(),
                Math.max(0, store.outboxLast() - store.acknowledged()),
                streams,
                store.catalogueAt(),
                changedAt,
                indexVersion,
                store.relay(),
                store.halted(),
                store.printer(),
                store.version(),
                CareView.of(store.care()),
                null,
                Capability.worst(board),
                board,
                now);
    }

    StatusView with(Shelves.Figures cards) {
        return new StatusView(
                process,
                registered,
                storeName,
                linked,
                hubSeenAt,
                clockOffsetMillis,
                outboxLast,
                acknowledged,
                waiting,
                streams,
                catalogueAt,
                changedAt,
                indexVersion,
                relay,
                halted,
                printer,
                version,
                care,
                cards,
                level,
                board,
                now);
    }
}
