package mx.refahub.domain.store;

import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import mx.refahub.domain.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a store knows of itself, for the status line, {@code GET /api/status} and the heartbeat. */
public interface StoreStatus {
    Snapshot now();

    /** Called on each change, from any thread; the returned handle ends it. */
    AutoCloseable subscribe(Consumer<Snapshot> listener);

    /**
     * @param linked the last heartbeat was answered
     * @param hubSeenAt when the hub last answered; null if never
     * @param acknowledged sequence up to which the hub has our documents
     * @param streams versions applied here
     * @param relay state of the supervised child process
     * @param halted why documents are no longer relayed; null when all is well
     * @param catalogueAt when the catalogue was last brought up to date; null if never
     */
    record Snapshot(
            boolean registered,
            String storeName,
            boolean linked,
            @Nullable Instant hubSeenAt,
            long clockOffsetMillis,
            long outboxLast,
            long acknowledged,
            Map<Stream, Long> streams,
            @Nullable Instant catalogueAt,
            RelayState relay,
            @Nullable String halted,
            PrinterState printer,
            String version) {}

    enum RelayState {
        STARTING,
        RUNNING,
        DOWN
    }

    enum PrinterState {
        READY,
        /** The last job could not be printed; jobs wait. */
        FAILING,
        /** The built-in simulator: paper on screen. */
        SIMULATED
    }
}
