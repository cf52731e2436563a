package mx.refahub.routes.mail;

import java.time.Duration;
import mx.refahub.domain.notice.Inbox;
import mx.refahub.routes.Channels;
import mx.refahub.routes.failure.Policies;
import org.apache.camel.builder.RouteBuilder;

/** Suppliers' letters, one by one: one that cannot be taken now is there at the next look. */
public final class InvoiceMailRoutes extends RouteBuilder {
    private final Inbox inbox;
    private final Duration every;

    InvoiceMailRoutes(Inbox inbox, Duration every) {
        this.inbox = inbox;
        this.every = every;
    }

    @Override
    public void configure() {
        // @formatter:off
        from(Channels.timer("invoice-fetch", every)).routeId("invoice-fetch").routeConfigurationId(Policies.TICK)
            .bean(inbox, "waiting").id("invoice-fetch.waiting")
            .split(body()).id("invoice-fetch.each")
                .to(Channels.INVOICE_TAKE).id("invoice-fetch.hand")
            .end();

        from(Channels.INVOICE_TAKE).routeId("invoice-take").routeConfigurationId(Policies.TICK)
            .bean(inbox, "take").id("invoice-take.take");
        // @formatter:on
    }
}
