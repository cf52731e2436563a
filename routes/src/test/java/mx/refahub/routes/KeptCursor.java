package mx.refahub.routes;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import mx.refahub.domain.delivery.Relay;
import mx.refahub.domain.delivery.RelayCursor;

/** A cursor file in memory; lives on when the store's process does not. */
public final class KeptCursor implements RelayCursor {
    private final Map<Integer, Relay> byEpoch = new ConcurrentHashMap<>();

    @Override
    public Relay load(int epoch) {
        return byEpoch.getOrDefault(epoch, Relay.FRESH);
    }

    @Override
    public void save(int epoch, Relay relay) {
        byEpoch.put(epoch, relay);
    }
}
