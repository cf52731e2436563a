package mx.refahub.routes.command;

import mx.refahub.routes.Channels;
import mx.refahub.routes.failure.Policies;
import org.apache.camel.builder.RouteBuilder;

public final class CommandRoutes extends RouteBuilder {
    @Override
    public void configure() {
        // @formatter:off
        from(Channels.COMMAND_SEND).routeId("command-send").routeConfigurationId(Policies.ASK)
            .to(Channels.DOWN_SEND).id("command-send.send");
        // @formatter:on
    }
}
