package mx.refahub.store;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.EnumSet;
import java.util.List;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.StoreStatus;
import mx.refahub.domain.stream.Stream;
import mx.refahub.pos.web.AccessRow;
import mx.refahub.pos.web.AccessTable;
import mx.refahub.store.reference.AppliedStreams;
import mx.refahub.store.status.ConnectorHealth;
import mx.refahub.store.status.StatusBoard;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** What an operator looks at: health, figures, and who may. */
@Configuration(proxyBeanMethods = false)
class EngineRoom {
    @Bean
    ConnectorHealth connectorHealthIndicator(StoreStatus status) {
        return new ConnectorHealth(status);
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

    @Bean
    AccessTable engineRoomAccess() {
        return () ->
                List.of(AccessRow.roles(HttpMethod.GET, "/actuator/metrics/**", EnumSet.of(Role.ADMIN, Role.MANAGER)));
    }
}
