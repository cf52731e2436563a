package mx.refahub.routes;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import mx.refahub.domain.delivery.RelayCursor;
import mx.refahub.domain.document.Outbox;
import mx.refahub.routes.broker.LinkWatch;
import mx.refahub.routes.broker.StoreBroker;
import mx.refahub.routes.document.Relaying;
import mx.refahub.routes.down.Handover;
import mx.refahub.routes.watch.RouteWatch;
import org.apache.camel.impl.DefaultCamelContext;
import org.springframework.jms.connection.CachingConnectionFactory;

/** A store's child process over a real broker, wired by the door's own methods without Spring. */
public final class StoreInTest implements AutoCloseable {
    public final HeardDownLink downLink = new HeardDownLink();
    public final DefaultCamelContext context = new DefaultCamelContext();
    public final RouteWatch watch = new RouteWatch(new SimpleMeterRegistry());
    public final StoreBroker broker;
    public final Relaying relaying;
    public final DocumentRelay relay;
    private final CachingConnectionFactory sending;
    private final LinkWatch link;

    public StoreInTest(StoreLink settings, Outbox outbox, RelayCursor cursor) throws Exception {
        StoreRoutes door = new StoreRoutes();
        broker = new StoreBroker(settings, Clock.systemUTC(), reason -> {});
        broker.start();
        sending = door.localSending(broker);
        link = door.linkWatch(settings);
        context.addComponent(Channels.LOCAL, door.local(broker, sending));
        context.addComponent(Channels.HUB, door.hub(link));
        door.contextSetup(watch).beforeApplicationStart(context);
        relaying = door.relaying(broker, settings, outbox, cursor, downLink);
        Handover handover = door.handover(downLink);
        context.addRoutesConfigurations(door.storePolicies());
        context.addRoutes(door.relayRoutes(settings, relaying, handover));
        context.addRoutes(door.downlinkRoutes(settings, handover));
        relay = door.documentRelay(context, relaying, link);
    }

    public StoreInTest start() {
        context.start();
        return this;
    }

    @Override
    public void close() throws Exception {
        context.close();
        sending.destroy();
        link.close();
        broker.close();
    }
}
