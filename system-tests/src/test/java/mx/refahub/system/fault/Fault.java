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
    HTTP_LOSSY,
    NETWORK_HOLE,
    LOCAL_JOURNAL_DELETED,
    LOCAL_JOURNAL_CORRUPTED,
    HUB_JOURNAL_DELETED,
    /** The relay knows nothing any more and sends all it has: a flood of duplicates. */
    CURSOR_LOST,
    /** A document that cannot be applied, in the middle of others; mended by a person afterwards. */
    POISON,
    BACKLOG,
    AT_C1(Failpoint.C1_INSIDE_STORE_TRANSACTION),
    AT_C2(Failpoint.C2_COMMITTED_NOT_ANSWERED),
    AT_C3(Failpoint.C3_PRINTING),
    AT_C4(Failpoint.C4_RELAY_READ_NOT_SENT),
    AT_C6(Failpoint.C6_SENT_CURSOR_NOT_MOVED),
    AT_C11(Failpoint.C11_INTAKE_DATABASE_OPEN),
    AT_C12(Failpoint.C12_LANDED_NOT_CONFIRMED),
    AT_C13(Failpoint.C13_ACKNOWLEDGEMENT_NOT_SENT),
    AT_C14(Failpoint.C14_ACKNOWLEDGEMENT_NOT_SAVED),
    AT_C15(Failpoint.C15_LANDED_NOT_APPLIED);

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
                    AT_C14 -> true;
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
        return this == LOCAL_JOURNAL_DELETED || this == LOCAL_JOURNAL_CORRUPTED;
    }

    boolean isSeenAtTheHub() {
        return this == STORE_KILLED || this == STORE_FROZEN;
    }
}
