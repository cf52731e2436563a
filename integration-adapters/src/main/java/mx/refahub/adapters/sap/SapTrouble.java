package mx.refahub.adapters.sap;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A call that did not do. */
final class SapTrouble extends Exception {
    private static final long serialVersionUID = 1L;

    enum Kind {
        /** Nothing was answered, or not the whole; the Service Layer may have done it. */
        LOST,
        /** It said 'not now', or could not be reached: it has done nothing. */
        BUSY,
        /** It does not take user or key. */
        SIGNATURE,
        /** It said no. */
        REFUSED,
        /** What answers is no Service Layer. */
        STRANGE
    }

    private final Kind kind;
    private final int status;
    private final String code;
    private final @Nullable Duration after;

    SapTrouble(Kind kind, int status, String code, String reason, @Nullable Duration after) {
        super(reason, null, false, false);
        this.kind = kind;
        this.status = status;
        this.code = code;
        this.after = after;
    }

    SapTrouble(Kind kind, String reason) {
        this(kind, 0, "", reason, null);
    }

    Kind kind() {
        return kind;
    }

    int status() {
        return status;
    }

    /** The Service Layer's; empty where it gave none. */
    String code() {
        return code;
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    @Nullable
    Duration after() {
        return after;
    }

    boolean isPassing() {
        return kind == Kind.LOST || kind == Kind.BUSY;
    }
}
