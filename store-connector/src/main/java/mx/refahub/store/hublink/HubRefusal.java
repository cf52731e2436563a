package mx.refahub.store.hublink;

import java.io.IOException;

/** The hub answered, and said no. Its message is the hub's own sentence. */
public final class HubRefusal extends IOException {
    private static final long serialVersionUID = 1L;
    private final int status;

    HubRefusal(int status, String sentence) {
        super(sentence);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
