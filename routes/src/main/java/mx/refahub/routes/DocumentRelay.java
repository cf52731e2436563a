package mx.refahub.routes;

import java.util.Optional;
import mx.refahub.domain.delivery.Relay;

/** The store's relay as its process sees it. */
public interface DocumentRelay {
    /** Something was committed to the outbox. Returns at once; calls while one is pending count as one. */
    void wake();

    State state();

    /**
     * @param relay the cursor
     * @param linked whether the store's connection to the hub's broker stands
     * @param halted why relaying has stopped for good, until a person has acted; empty while it goes on
     */
    record State(Relay relay, boolean linked, Optional<Relay.Cause> halted) {}
}
