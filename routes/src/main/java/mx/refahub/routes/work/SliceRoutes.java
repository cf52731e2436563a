package mx.refahub.routes.work;

import mx.refahub.routes.Channels;
import mx.refahub.routes.failure.Policies;
import org.apache.camel.builder.RouteBuilder;

/** Takes an order and confirms it when its slice has ended: the order of a process that dies goes to another. */
public final class SliceRoutes extends RouteBuilder {
    private final SliceDesk desk;

    public SliceRoutes(SliceDesk desk) {
        this.desk = desk;
    }

    @Override
    public void configure() {
        // @formatter:off
        from(Channels.work()).routeId("slice-do").routeConfigurationId(Policies.TICK)
            .bean(desk, "take").id("slice-do.take");
        // @formatter:on
    }
}
