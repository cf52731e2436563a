package mx.refahub.domain;

import org.jspecify.annotations.Nullable;

/** A failure whose kind is known. Its message is for an operator: it says what happened and to which id. */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final FailureKind kind;
    private final boolean noRoom;

    public Failure(FailureKind kind, String message, @Nullable Throwable cause) {
        this(kind, message, cause, false);
    }

    private Failure(FailureKind kind, String message, @Nullable Throwable cause, boolean noRoom) {
        super(message, cause);
        this.kind = kind;
        this.noRoom = noRoom;
    }

    public static Failure retryable(String message, @Nullable Throwable cause) {
        return new Failure(FailureKind.RETRYABLE, message, cause);
    }

    /** Retryable too, but not before a person has made room on the disk. */
    public static Failure noRoom(String message, @Nullable Throwable cause) {
        return new Failure(FailureKind.RETRYABLE, message, cause, true);
    }

    public static Failure rejected(String message) {
        return new Failure(FailureKind.REJECTED, message, null);
    }

    public FailureKind kind() {
        return kind;
    }

    public boolean isNoRoom() {
        return noRoom;
    }

    /** The kind of any throwable: its own if it is a {@link Failure} (or was caused by one), else {@code BUG}. */
    public static FailureKind kindOf(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof Failure failure) return failure.kind();
        }
        return FailureKind.BUG;
    }
}
