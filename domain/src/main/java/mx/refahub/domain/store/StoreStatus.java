package mx.refahub.domain.store;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Consumer;
import mx.refahub.domain.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a store knows of itself, for the status line, {@code GET /api/status} and the heartbeat. */
public interface StoreStatus {
    Snapshot now();

    /** By whose clock the shop lives; Mexico City's until there is a branch. */
    ZoneId zone();

    /** Called on each change, from any thread; the returned handle ends it. */
    AutoCloseable subscribe(Consumer<Snapshot> listener);

    /**
     * @param linked the last heartbeat was answered
     * @param hubSeenAt when the hub last answered; null if never
     * @param acknowledged sequence up to which the hub has our documents
     * @param streams versions applied here
     * @param relay state of the supervised child process
     * @param halted why documents are no longer relayed; null when all is well
     * @param changedAt when a stream last brought something here; without those that never did
     * @param care disk, clock, backups
     * @param watch devices, a confirmed clock, the version gate
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
            Map<Stream, Instant> changedAt,
            RelayState relay,
            @Nullable String halted,
            PrinterState printer,
            String version,
            Care care,
            Watch watch) {
        public @Nullable Instant catalogueAt() {
            return changedAt.get(Stream.CATALOGUE);
        }

        public Snapshot(
                boolean registered,
                String storeName,
                boolean linked,
                @Nullable Instant hubSeenAt,
                long clockOffsetMillis,
                long outboxLast,
                long acknowledged,
                Map<Stream, Long> streams,
                Map<Stream, Instant> changedAt,
                RelayState relay,
                @Nullable String halted,
                PrinterState printer,
                String version,
                Care care) {
            this(
                    registered,
                    storeName,
                    linked,
                    hubSeenAt,
                    clockOffsetMillis,
                    outboxLast,
                    acknowledged,
                    streams,
                    changedAt,
                    relay,
                    halted,
                    printer,
                    version,
                    care,
                    Watch.NOTHING);
        }

        public Snapshot(
                boolean registered,
                String storeName,
                boolean linked,
                @Nullable Instant hubSeenAt,
                long clockOffsetMillis,
                long outboxLast,
                long acknowledged,
                Map<Stream, Long> streams,
                Map<Stream, Instant> changedAt,
                RelayState relay,
                @Nullable String halted,
                PrinterState printer,
                String version) {
            this(
                    registered,
                    storeName,
                    linked,
                    hubSeenAt,
                    clockOffsetMillis,
                    outboxLast,
                    acknowledged,
                    streams,
                    changedAt,
                    relay,
                    halted,
                    printer,
                    version,
                    Care.UNKNOWN);
        }
    }

    /**
     * What is watched beside that.
     *
     * @param devicesFailing devices that do not work
     * @param clockAccepted a manager has confirmed a clock that looks wrong
     * @param newer documents that wait at the hub because it is older than this store
     */
    record Watch(long devicesFailing, boolean clockAccepted, long newer) {
        public static final Watch NOTHING = new Watch(0, false, 0);
    }

    /**
     * How the store looks after itself.
     *
     * @param diskFreeBytes room beside the data folder; -1 before it was looked at
     * @param backupAt of the newest backup; null if there is none
     * @param backupTrouble why the last one failed or is overdue, for an operator; null when all is well
     * @param locked code of the reason why nothing may be written down now; null when selling is open
     */
    record Care(
            DiskState disk,
            long diskFreeBytes,
            ClockState clock,
            @Nullable Instant backupAt,
            @Nullable String backupTrouble,
            @Nullable String locked) {
        public static final Care UNKNOWN = new Care(DiskState.AMPLE, -1, ClockState.RIGHT, null, null, null);
    }

    enum DiskState {
        AMPLE,
        LOW,
        /** Nothing is kept that selling does not need. */
        SHORT,
        /** Documents may no longer leave; selling goes on. */
        CRITICAL
    }

    enum ClockState {
        RIGHT,
        /** Some minutes from the hub's. */
        OFF,
        /** So far that nothing may be dated by it. */
        WRONG
    }

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
