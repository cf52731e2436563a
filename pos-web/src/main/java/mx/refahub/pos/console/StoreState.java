package mx.refahub.pos.console;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import mx.refahub.domain.hub.StoreBoard.StoreView;

/** A store in one word, the worst that is true of it first. */
enum StoreState {
    /** Nothing is accepted of it any more. */
    FROZEN,
    /** A person took its access away; whatever it does alone is not accepted. */
    CUT_OFF,
    /** No heartbeat for too long. It goes on selling; its documents wait there. */
    SILENT,
    /** One of its machines may not go on until somebody lets it. */
    CLAIMED,
    /** Documents arrived that could not be applied. */
    PARKED,
    /** Its clock is wrong. */
    CLOCK,
    /** Many documents are still to come. */
    LAGGING,
    /** Registered, and never heard of since. */
    NEW,
    FINE;

    static StoreState of(StoreView store, Instant now, ConsoleSettings settings) {
        if (store.frozen() != null) return FROZEN;
        if (store.cutOff()) return CUT_OFF;
        Instant heartbeat = store.heartbeatAt();
        if (heartbeat != null && Duration.between(heartbeat, now).compareTo(settings.storeSilentAfter()) > 0)
            return SILENT;
        if (store.claimed()) return CLAIMED;
        if (store.parked() > 0) return PARKED;
        if (heartbeat == null) return NEW;
        if (Math.abs(store.clockOffsetMillis()) > settings.storeClockOff().toMillis()) return CLOCK;
        if (lag(store) > settings.storeLagAfter()) return LAGGING;
        return FINE;
    }

    /** Documents that the store has written and that have not landed. */
    static long lag(StoreView store) {
        return Math.max(0, store.outboxLast() - store.landed());
    }

    @JsonValue
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
