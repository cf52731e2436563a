package mx.refahub.routes.document;

import mx.refahub.routes.Channels;
import mx.refahub.routes.down.Handover;
import mx.refahub.routes.failure.Policies;
import org.apache.camel.builder.RouteBuilder;

/** The store's end of a document's way up. */
public final class RelayRoutes extends RouteBuilder {
    private final String slug;
    private final Relaying relaying;
    private final Frames frames;
    private final Handover handover;

    public RelayRoutes(String slug, Relaying relaying, Frames frames, Handover handover) {
        this.slug = slug;
        this.relaying = relaying;
        this.frames = frames;
        this.handover = handover;
    }

    @Override
    public void configure() {
        // @formatter:off
        from(Channels.once("document-start")).routeId("document-start").routeConfigurationId(Policies.WAIT)
            .to(Channels.DOCUMENT_RELAY).id("document-start.wake");

        // One frame for each turn; as long as there was one, there may be another.
        from(Channels.DOCUMENT_RELAY).routeId("document-relay").routeConfigurationId(Policies.WAIT)
            .bean(relaying, "pack").id("document-relay.pack")
            .filter(body().isNotNull()).id("document-relay.any")
                .bean(frames, "seal").id("document-relay.seal")
                .to(Channels.localUp(slug)).id("document-relay.send")
                .bean(relaying, "sent").id("document-relay.sent")
                .to(Channels.DOCUMENT_RELAY).id("document-relay.again")
            .end();

        from(Channels.DOCUMENT_HEED).routeId("document-heed").routeConfigurationId(Policies.CALLER)
            .bean(relaying, "heed").id("document-heed.relay")
            .to(Channels.DOCUMENT_RELAY).id("document-heed.wake")
            .filter(body().isNotNull()).id("document-heed.any")
                .bean(handover, "pass").id("document-heed.pass")
            .end();
        // @formatter:on
    }
}
