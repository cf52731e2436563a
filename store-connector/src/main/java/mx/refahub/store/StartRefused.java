package mx.refahub.store;

/** The connector cannot start here, and a person can mend it: the message is one line and says how. */
public final class StartRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartRefused(String message) {
        super(message);
    }
}
