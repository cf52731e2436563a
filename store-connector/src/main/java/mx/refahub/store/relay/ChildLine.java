package mx.refahub.store.relay;

import mx.refahub.domain.delivery.Relay;
import org.jspecify.annotations.Nullable;

/**
 * One line of the child's standard output, as JSON. {@code type} says which fields are there: {@code ready} none; {@code down} the message as it came from
 * the hub; {@code halted} cause and sequence; {@code state} the rest.
 *
 * @param message JSON text of {@code routes.down.DownMessageJson}
 */
record ChildLine(
        String type,
        @Nullable String message,
        Relay.@Nullable Cause cause,
        @Nullable Long sequence,
        @Nullable Long relayed,
        @Nullable Boolean linked) {
    static final String READY = "ready";
    static final String DOWN = "down";
    static final String HALTED = "halted";
    static final String STATE = "state";

    static ChildLine ready() {
        return new ChildLine(READY, null, null, null, null, null);
    }

    static ChildLine down(String message) {
        return new ChildLine(DOWN, message, null, null, null, null);
    }

    static ChildLine halted(Relay.Cause cause, long sequence) {
        return new ChildLine(HALTED, null, cause, sequence, null, null);
    }

    static ChildLine state(long relayed, boolean linked) {
        return new ChildLine(STATE, null, null, null, relayed, linked);
    }
}
