package mx.refahub.routes;

import mx.refahub.routes.watch.RouteWatch;
import org.apache.camel.CamelContext;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.spring.boot.CamelContextConfiguration;

/** What holds for every context of ours. */
final class ContextSetup implements CamelContextConfiguration {
    private static final long STOPPED_ROUTE_MILLIS = 2_000;

    private final RouteWatch watch;

    ContextSetup(RouteWatch watch) {
        this.watch = watch;
    }

    @Override
    public void beforeApplicationStart(CamelContext context) {
        context.addRoutePolicyFactory(watch);
        context.setAllowUseOriginalMessage(true);
        // Who calls a route that is stopped is told so soon, and does not hold a thread for half a minute.
        context.getComponent("direct", DirectComponent.class).setTimeout(STOPPED_ROUTE_MILLIS);
        // Frames are arrays in memory anyway, 256 KiB at most but for a rare single document.
        context.setStreamCaching(false);
        // A long backlog is not worked off first: what is cut short is done again, once.
        context.getShutdownStrategy().setTimeout(5);
        context.getShutdownStrategy().setLogInflightExchangesOnTimeout(false);
    }

    @Override
    public void afterApplicationStart(CamelContext context) {}
}
