package mx.refahub.routes.down;

import mx.refahub.routes.Channels;
import mx.refahub.routes.failure.Policies;
import org.apache.camel.builder.RouteBuilder;

/** The hub's end of the way down: durable when it returns. */
public final class DownRoutes extends RouteBuilder {
    private final PostOffice postOffice;

    public DownRoutes(PostOffice postOffice) {
        this.postOffice = postOffice;
    }

    @Override
    public void configure() {
        // @formatter:off
        from(Channels.DOWN_SEND).routeId("down-send").routeConfigurationId(Policies.CALLER)
            .bean(postOffice, "write").id("down-send.write")
            .to(Channels.hubDownAny()).id("down-send.queue");
        // @formatter:on
    }
}
