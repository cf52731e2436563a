package mx.refahub.store.hublink;

import java.io.IOException;

/** The hub answered, and said no. Its message is the hub's own sentence. */
public final class HubRefusal extends IOException {
    private static final long serialVersionUID = 1L;
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
}
