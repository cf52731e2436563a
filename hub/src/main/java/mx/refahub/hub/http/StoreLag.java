package mx.refahub.hub.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import mx.refahub.domain.store.StoreId;

/** Documents that a store has written and the hub has not, as of its last heartbeat: one gauge per store. */
final class StoreLag {
    private final MeterRegistry meters;
    private final Map<StoreId, AtomicLong> lags = new ConcurrentHashMap<>();

    StoreLag(MeterRegistry meters) {
        this.meters = meters;
    }

    void note(StoreId store, long documents) {
        lags.computeIfAbsent(store, this::gauge).set(Math.max(0, documents));
    }

    private AtomicLong gauge(StoreId store) {
        AtomicLong value = new AtomicLong();
        Gauge unused = Gauge.builder("refahub.store.lag", value, AtomicLong::get)
                .description("documents still to come")
                .tag("store", store.toString())
                .register(meters);
        return value;
    }
}
