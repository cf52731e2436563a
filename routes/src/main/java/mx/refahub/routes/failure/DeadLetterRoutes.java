package mx.refahub.routes.failure;

import mx.refahub.routes.Channels;
import org.apache.camel.builder.RouteBuilder;

/** Keeps what could not be taken, with the reason on it, where a person finds it. */
public final class DeadLetterRoutes extends RouteBuilder {
    private final Troubles troubles;

    public DeadLetterRoutes(Troubles troubles) {
        this.troubles = troubles;
    }

    @Override
    public void configure() {
        // @formatter:off
        from(Channels.DEAD_LETTER).routeId("letter-bury").routeConfigurationId(Policies.CALLER)
            .bean(troubles, "note").id("letter-bury.note")
            .removeHeaders("*", Troubles.VALIDATED_USER, Troubles.DESTINATION).id("letter-bury.strip")
            .bean(troubles, "tag").id("letter-bury.tag")
            .to(Channels.dead()).id("letter-bury.keep");
        // @formatter:on
    }
}
