package mx.refahub.store.relay;

import java.util.List;
import mx.refahub.domain.delivery.Relay;
import mx.refahub.domain.wire.Heartbeat.RouteFigures;
import org.jspecify.annotations.Nullable;

/**
 * One line of the child's standard output, as JSON. {@code type} says which fields are there: {@code ready} none; {@code down} the message as it came from
 * the hub; {@code halted} cause and sequence; {@code state} the next two; {@code routes} the figures of its routes.
 *
 * @param message JSON text of {@code routes.down.DownMessageJson}
 */
record ChildLine(
        String type,
        @Nullable String message,
        Relay.@Nullable Cause cause,
        @Nullable Long sequence,
        @Nullable Long relayed,
        @Nullable Boolean linked,
        @Nullable List<RouteFigures> routes) {
    static final String READY = "ready";
    static final String DOWN = "down";
    static final String HALTED = "halted";
    static final String STATE = "state";
    static final String ROUTES = "routes";

    static ChildLine ready() {
        return new ChildLine(READY, null, null, null, null, null, null);
    }

    static ChildLine down(String message) {
        return new ChildLine(DOWN, message, null, null, null, null, null);
    }

    static ChildLine halted(Relay.Cause cause, long sequence) {
        return new ChildLine(HALTED, null, cause, sequence, null, null, null);
    }

    static ChildLine state(long relayed, boolean linked) {
        return new ChildLine(STATE, null, null, null, relayed, linked, null);
    }

    static ChildLine routes(List<RouteFigures> routes) {
        return new ChildLine(ROUTES, null, null, null, null, null, routes);
    }
}
