package mx.refahub.store.hublink;

import java.io.IOException;

/** The hub answered, and said no. Its message is the hub's own sentence. */
public final class HubRefusal extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int TOO_MANY_REQUESTS = 429;
    private final int status;
    private final String code;

    HubRefusal(int status, String code, String sentence) {
        super(sentence);
        this.code = code;
        this.status = status;
    }

    /** The hub's code of the refusal; empty where it gave none. */
    public String code() {
        return code;
    }

    public int status() {
        return status;
    }

    /** A no. Else the hub is only not able to say yes right now: it is starting, overloaded or at fault. */
    public boolean isFinal() {
        return status < 500 && status != TOO_MANY_REQUESTS;
    }
}
