package mx.refahub.routes.work;

import mx.refahub.routes.Channels;
import mx.refahub.routes.failure.Policies;
import org.apache.camel.builder.RouteBuilder;

/** Sends orders. */
public final class OrderRoutes extends RouteBuilder {
    @Override
    public void configure() {
        // @formatter:off
        from(Channels.SLICE_ORDER).routeId("slice-order").routeConfigurationId(Policies.ASK)
            .to(Channels.workOrders()).id("slice-order.send");
        // @formatter:on
    }
}
