package mx.refahub.store;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import mx.refahub.domain.search.Shelves;
import mx.refahub.domain.store.StoreStatus;
import mx.refahub.domain.stream.Stream;
import mx.refahub.store.reference.AppliedStreams;
import mx.refahub.store.status.ConnectorHealth;
import mx.refahub.store.status.StatusBoard;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What an operator looks at. Who may is in the access table of the pages. */
@Configuration(proxyBeanMethods = false)
class EngineRoom {
    @Bean
    ConnectorHealth connectorHealthIndicator(StoreStatus status) {
        return new ConnectorHealth(status);
    }

    @Bean
    MeterBinder cardMeters(Shelves shelves) {
        return registry -> {
            FunctionCounter.builder(
                            "refahub.cards", shelves, each -> each.figures().hits())
                    .description("prices and stock for search, out of memory or read")
                    .tag("from", "memory")
                    .register(registry);
            FunctionCounter.builder(
                            "refahub.cards", shelves, each -> each.figures().misses())
                    .description("prices and stock for search, out of memory or read")
                    .tag("from", "database")
                    .register(registry);
        };
    }

    @Bean
    MeterBinder storeMeters(StatusBoard status, AppliedStreams streams) {
        return registry -> {
            Gauge.builder("refahub.store.outbox.last", status, StatusBoard::outboxLast)
                    .description("sequence of the last document written")
                    .register(registry);
            Gauge.builder("refahub.store.outbox.waiting", status, board -> {
                        StoreStatus.Snapshot now = board.now();
                        return now.outboxLast() - now.acknowledged();
                    })
                    .description("documents that the hub has not acknowledged")
                    .register(registry);
            Gauge.builder("refahub.store.linked", status, board -> board.now().linked() ? 1 : 0)
                    .description("whether the hub answered the last heartbeat")
                    .register(registry);
            for (Stream stream : Stream.values())
                Gauge.builder("refahub.store.stream.version", streams, applied -> applied.version(stream))
                        .description("version of the stream that is applied here")
                        .tag("stream", stream.wireName())
                        .register(registry);
        };
    }
}
