package mx.refahub.system.fault;

import mx.refahub.domain.Failpoint;
import org.jspecify.annotations.Nullable;

/** What may go wrong in a round. */
enum Fault {
    STORE_KILLED,
    HUB_KILLED,
    RELAY_KILLED,
    DATABASE_KILLED,
    DATABASE_BACKEND_KILLED,
    /** It gives up by itself, as with a full disk: its clients are told, and its file with the process id goes. */
    DATABASE_GIVES_UP,
    STORE_FROZEN,
    HUB_FROZEN,
    RELAY_FROZEN,
    UPLINK_HOLE,
    UPLINK_RESET,
    UPLINK_SLOW,
    UPLINK_LOSSY,
    UPLINK_CUT,
    HTTP_HOLE,
    HTTP_RESET,
    HTTP_SLOW,
    HTTP_LOSSY,
    HTTP_CUT,
    NETWORK_HOLE,
    NETWORK_LOSSY,
    LOCAL_JOURNAL_DELETED,
    LOCAL_JOURNAL_CORRUPTED,
    HUB_JOURNAL_DELETED,
    /** The relay knows nothing any more and sends all it has: a flood of duplicates. */
    CURSOR_LOST,
    /** A document that cannot be applied, in the middle of others; mended by a person afterwards. */
    POISON,
    BACKLOG,
    /** Frames of another store that come twice, overlapping and in any order, between those of this one. */
    SHUFFLED,
    /** No file of the till and its child takes a byte more. */
    STORE_DISK_FULL,
    /** The same of the hub, its broker and its PostgreSQL. */
    HUB_DISK_FULL,
    STORE_CLOCK_BACK,
    STORE_CLOCK_AHEAD,
    /** Back by more than a year: nothing may be dated by it. */
    STORE_CLOCK_WRONG,
    HUB_CLOCK_AHEAD,
    AT_C1(Failpoint.C1_INSIDE_STORE_TRANSACTION),
    AT_C2(Failpoint.C2_COMMITTED_NOT_ANSWERED),
    AT_C3(Failpoint.C3_PRINTING),
    AT_C4(Failpoint.C4_RELAY_READ_NOT_SENT),
    AT_C6(Failpoint.C6_SENT_CURSOR_NOT_MOVED),
    AT_C11(Failpoint.C11_INTAKE_DATABASE_OPEN),
    AT_C12(Failpoint.C12_LANDED_NOT_CONFIRMED),
    AT_C13(Failpoint.C13_ACKNOWLEDGEMENT_NOT_SENT),
    AT_C14(Failpoint.C14_ACKNOWLEDGEMENT_NOT_SAVED),
    AT_C15(Failpoint.C15_LANDED_NOT_APPLIED),
    AT_C19(Failpoint.C19_BACKING_UP),
    AT_STREAM_RECEIVED(Failpoint.STREAM_RECEIVED_NOT_APPLIED);

    private static final String CLOCK_WRONG = "clock-wrong";

    private final @Nullable Failpoint point;

    Fault() {
        this(null);
    }

    Fault(@Nullable Failpoint point) {
        this.point = point;
    }

    @Nullable
    Failpoint point() {
        return point;
    }

    /** Whether the till itself is what is hit: then nobody expects a quick answer from it. */
    boolean hitsTheTill() {
        return switch (this) {
            case STORE_KILLED,
                    STORE_FROZEN,
                    LOCAL_JOURNAL_DELETED,
                    LOCAL_JOURNAL_CORRUPTED,
                    CURSOR_LOST,
                    AT_C1,
                    AT_C2,
                    AT_C3,
                    AT_C4,
                    AT_C6,
                    AT_C14,
                    AT_C19,
                    AT_STREAM_RECEIVED,
                    STORE_DISK_FULL,
                    STORE_CLOCK_BACK,
                    STORE_CLOCK_AHEAD,
                    STORE_CLOCK_WRONG -> true;
            default -> false;
        };
    }

    /** Whether documents stop going up for as long as it lasts, so that somebody has to be told. */
    boolean takesRedundancy() {
        return switch (this) {
            case STORE_KILLED,
                    STORE_FROZEN,
                    HUB_KILLED,
                    HUB_FROZEN,
                    BACKLOG,
                    UPLINK_HOLE,
                    UPLINK_RESET,
                    HTTP_HOLE,
                    HTTP_RESET,
                    NETWORK_HOLE -> true;
            default -> false;
        };
    }

    boolean harmsTheLocalJournal() {
        return this == LOCAL_JOURNAL_DELETED || this == LOCAL_JOURNAL_CORRUPTED || this == STORE_DISK_FULL;
    }

    boolean isSeenAtTheHub() {
        return this == STORE_KILLED || this == STORE_FROZEN;
    }

    /** Whether an answer that is no sale is what this fault must or may lead to. */
    boolean excuses(String refusal) {
        return switch (this) {
            // Nothing can be written: an error, and nothing done by halves.
            case STORE_DISK_FULL -> refusal.contains("HTTP 5");
            // A session of hours ago is over.
            case STORE_CLOCK_BACK, STORE_CLOCK_AHEAD -> refusal.contains("HTTP 401");
            case STORE_CLOCK_WRONG -> refusal.contains("HTTP 401") || refusal.contains(CLOCK_WRONG);
            default -> false;
        };
    }

    /** What somebody must have been refused with while it lasted; null: nothing. */
    @Nullable
    String mustRefuse() {
        return switch (this) {
            case STORE_DISK_FULL -> "HTTP 5";
            case STORE_CLOCK_WRONG -> CLOCK_WRONG;
            default -> null;
        };
    }
}
