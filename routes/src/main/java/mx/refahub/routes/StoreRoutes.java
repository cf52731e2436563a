package mx.refahub.routes;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import mx.refahub.domain.delivery.DownLink;
import mx.refahub.domain.delivery.RelayCursor;
import mx.refahub.domain.document.Outbox;
import mx.refahub.routes.broker.JmsComponents;
import mx.refahub.routes.broker.LinkWatch;
import mx.refahub.routes.broker.StoreBroker;
import mx.refahub.routes.document.Frames;
import mx.refahub.routes.document.JournalCheck;
import mx.refahub.routes.document.RelayRoutes;
import mx.refahub.routes.document.RelayWake;
import mx.refahub.routes.document.Relaying;
import mx.refahub.routes.down.DownlinkRoutes;
import mx.refahub.routes.down.Handover;
import mx.refahub.routes.failure.StorePolicies;
import mx.refahub.routes.failure.Troubles;
import mx.refahub.routes.watch.RouteWatch;
import org.apache.camel.CamelContext;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jms.connection.CachingConnectionFactory;

/** The door of the store's child process: its broker with the bridge, the relay and the downlink. */
@Configuration(proxyBeanMethods = false)
public class StoreRoutes {
    /** As a process that was killed, so that its parent starts it anew. */
    private static final int CANNOT_GO_ON = 75;

    @Bean(initMethod = "start", destroyMethod = "close")
    StoreBroker storeBroker(StoreLink link, Clock clock, ObjectProvider<BrokerTrouble> trouble) {
        return new StoreBroker(link, clock, trouble.getIfUnique(() -> StoreRoutes::halt));
    }

    @Bean(destroyMethod = "destroy")
    CachingConnectionFactory localSending(StoreBroker broker) {
        return JmsComponents.caching(broker.connections());
    }

    @Bean(Channels.LOCAL)
    JmsComponent local(StoreBroker broker, CachingConnectionFactory localSending) {
        return JmsComponents.over(broker.connections(), localSending);
    }

    @Bean(destroyMethod = "close")
    LinkWatch linkWatch(StoreLink link) {
        return StoreBroker.hubConnections(link);
    }

    @Bean(Channels.HUB)
    JmsComponent hub(LinkWatch linkWatch) {
        return JmsComponents.listeningTo(linkWatch);
    }

    @Bean
    Relaying relaying(StoreBroker broker, StoreLink link, Outbox outbox, RelayCursor cursor, DownLink downLink) {
        Relaying relaying = new Relaying(link, outbox, cursor, downLink);
        if (broker.found() == StoreBroker.Journal.EMPTY
                || !new JournalCheck(broker.connections(), link).isWhole(relaying.relay(), broker.leftBehind()))
            relaying.journalReplaced();
        broker.openBridge();
        return relaying;
    }

    @Bean
    DocumentRelay documentRelay(CamelContext context, Relaying relaying, LinkWatch linkWatch) {
        return new RelayWake(context.createProducerTemplate(), relaying, linkWatch::linked);
    }

    @Bean
    RouteWatch routeWatch(ObjectProvider<MeterRegistry> meters) {
        return new RouteWatch(meters.getIfUnique(SimpleMeterRegistry::new));
    }

    @Bean
    CamelContextConfiguration contextSetup(RouteWatch watch) {
        return new ContextSetup(watch);
    }

    @Bean
    Handover handover(DownLink downLink) {
        return new Handover(downLink);
    }

    @Bean
    StorePolicies storePolicies() {
        return new StorePolicies(new Troubles());
    }

    @Bean
    RelayRoutes relayRoutes(StoreLink link, Relaying relaying, Handover handover) {
        return new RelayRoutes(link.slug(), relaying, new Frames(), handover);
    }

    @Bean
    DownlinkRoutes downlinkRoutes(StoreLink link, Handover handover) {
        return new DownlinkRoutes(link.slug(), handover);
    }

    private static void halt(String reason) {
        LoggerFactory.getLogger(StoreRoutes.class).error("process ends, the broker cannot go on reason={}", reason);
        Runtime.getRuntime().halt(CANNOT_GO_ON);
    }
}
