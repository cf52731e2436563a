package mx.refahub.domain;

import org.jspecify.annotations.Nullable;

/** A failure whose kind is known. Its message is for an operator: it says what happened and to which id. */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final FailureKind kind;

    public Failure(FailureKind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public static Failure retryable(String message, @Nullable Throwable cause) {
        return new Failure(FailureKind.RETRYABLE, message, cause);
    }

    public static Failure rejected(String message) {
        return new Failure(FailureKind.REJECTED, message, null);
    }

    public FailureKind kind() {
        return kind;
    }

    /** The kind of any throwable: its own if it is a {@link Failure} (or was caused by one), else {@code BUG}. */
    public static FailureKind kindOf(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof Failure failure) return failure.kind();
        }
        return FailureKind.BUG;
    }
}
