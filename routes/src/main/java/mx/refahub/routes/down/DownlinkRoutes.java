package mx.refahub.routes.down;

import mx.refahub.domain.delivery.Acknowledgement;
import mx.refahub.domain.delivery.DownMessage;
import mx.refahub.domain.delivery.GapRequest;
import mx.refahub.routes.Channels;
import mx.refahub.routes.failure.Policies;
import org.apache.camel.builder.PredicateBuilder;
import org.apache.camel.builder.RouteBuilder;

/** The store's end of the way down. */
public final class DownlinkRoutes extends RouteBuilder {
    private final String slug;
    private final Handover handover;

    public DownlinkRoutes(String slug, Handover handover) {
        this.slug = slug;
        this.handover = handover;
    }

    @Override
    public void configure() {
        // @formatter:off
        from(Channels.hubDown(slug)).routeId("hub-downlink").routeConfigurationId(Policies.WAIT)
            .removeHeaders("*").id("hub-downlink.strip")
            .bean(handover, "read").id("hub-downlink.read")
            .choice().id("hub-downlink.sort")
                .when(PredicateBuilder.or(
                        body().isInstanceOf(Acknowledgement.class), body().isInstanceOf(GapRequest.class)))
                    .to(Channels.DOCUMENT_HEED).id("hub-downlink.heed")
                .when(body().isInstanceOf(DownMessage.class))
                    .bean(handover, "pass").id("hub-downlink.pass")
            .end();
        // @formatter:on
    }
}
