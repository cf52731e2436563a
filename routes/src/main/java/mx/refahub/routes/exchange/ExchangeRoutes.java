package mx.refahub.routes.exchange;

import mx.refahub.routes.Channels;
import mx.refahub.routes.failure.Policies;
import org.apache.camel.builder.RouteBuilder;

public final class ExchangeRoutes extends RouteBuilder {
    private static final int SECOND = 1_000;

    private final ExchangeDesk desk;
    private final ExchangeSettings settings;

    public ExchangeRoutes(ExchangeDesk desk, ExchangeSettings settings) {
        this.desk = desk;
        this.settings = settings;
    }

    @Override
    public void configure() {
        // @formatter:off
        from(Channels.timer("delivery-prod", settings.every())).routeId("delivery-prod").routeConfigurationId(Policies.TICK)
            .bean(desk, "due").id("delivery-prod.due")
            .split(body()).id("delivery-prod.targets")
                .to(Channels.DELIVERY_SEND).id("delivery-prod.send")
            .end();

        from(Channels.DELIVERY_SEND).routeId("delivery-send").routeConfigurationId(Policies.ASK)
            .bean(desk, "claim").id("delivery-send.claim")
            .split(body(), new Totals()).id("delivery-send.claims")
                .to(Channels.DELIVERY_DELIVER).id("delivery-send.deliver")
            .end()
            .bean(desk, "total").id("delivery-send.total");

        from(Channels.DELIVERY_DELIVER).routeId("delivery-deliver").routeConfigurationId(Policies.PARK)
            .idempotentConsumer(body(), new OpenClaims(desk.claims())).id("delivery-deliver.once")
                .throttle(settings.callsPerSecond()).timePeriodMillis(SECOND).id("delivery-deliver.throttle")
                .enrich(Channels.DELIVERY_LOAD).id("delivery-deliver.load")
                .bean(desk, "deliver").id("delivery-deliver.erp")
                .bean(desk, "settle").id("delivery-deliver.settle")
                .wireTap(Channels.DELIVERY_JOURNAL).id("delivery-deliver.journal")
            .end();

        from(Channels.DELIVERY_LOAD).routeId("delivery-load").routeConfigurationId(Policies.CALLER)
            .bean(desk, "load").id("delivery-load.postings");

        from(Channels.DELIVERY_JOURNAL).routeId("delivery-journal").routeConfigurationId(Policies.TICK)
            .bean(desk, "journal").id("delivery-journal.write");
        // @formatter:on
    }
}
