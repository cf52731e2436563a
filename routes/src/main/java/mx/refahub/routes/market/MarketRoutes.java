package mx.refahub.routes.market;

import java.time.Duration;
import mx.refahub.routes.Channels;
import mx.refahub.routes.failure.Policies;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;

public final class MarketRoutes extends RouteBuilder {
    /** Of the notification; never from outside. */
    static final String KEY = "refahub_hint";

    private static final int PUBLISHED_A_SECOND = 10;
    private static final int CHANGED_A_SECOND = 2;
    private static final int SECOND = 1_000;

    private final Dealing dealing;
    private final HeardBefore heard;
    private final Duration every;
    private final Duration poll;

    /**
     * @param every how long an errand waits at most for its turn
     * @param poll how often each marketplace is asked what is new, for what its notifications did not tell
     */
    public MarketRoutes(Dealing dealing, HeardBefore heard, Duration every, Duration poll) {
        this.dealing = dealing;
        this.heard = heard;
        this.every = every;
        this.poll = poll;
    }

    @Override
    public void configure() {
        // @formatter:off
        from(Channels.MARKET_PUBLISH).routeId("market-publish").routeConfigurationId(Policies.ASK)
            .bean(dealing, "unpublished").id("market-publish.unpublished")
            .split(body()).stopOnException().id("market-publish.each")
                .throttle(PUBLISHED_A_SECOND).timePeriodMillis(SECOND).id("market-publish.slow")
                .enrich(Channels.MARKET_FILL).id("market-publish.enrich")
                .bean(dealing, "publish").id("market-publish.publish")
                .wireTap(Channels.MARKET_JOURNAL).id("market-publish.journal")
            .end();

        from(Channels.MARKET_FILL).routeId("market-fill").routeConfigurationId(Policies.ASK)
            .bean(dealing, "fill").id("market-fill.fill");

        from(Channels.MARKET_CHANGE).routeId("market-change").routeConfigurationId(Policies.ASK)
            .bean(dealing, "changed").id("market-change.changed")
            .split(body(), new GroupedBodyAggregationStrategy()).stopOnException().id("market-change.each")
                .bean(dealing, "sayable").id("market-change.sayable")
            .end()
            .throttle(CHANGED_A_SECOND).timePeriodMillis(SECOND).id("market-change.slow")
            .bean(dealing, "change").id("market-change.change")
            .split(body()).id("market-change.went")
                .wireTap(Channels.MARKET_JOURNAL).id("market-change.journal")
            .end();

        from(Channels.MARKET_LOOK).routeId("market-look").routeConfigurationId(Policies.ASK)
            .bean(dealing, "look").id("market-look.look");

        from(Channels.timer("market-poll", poll)).routeId("market-poll").routeConfigurationId(Policies.TICK)
            .bean(dealing, "sellers").id("market-poll.sellers")
            .split(body()).id("market-poll.each")
                .to(Channels.MARKET_LOOK).id("market-poll.look")
            .end()
            .to(Channels.MARKET_FETCH).id("market-poll.fetch");

        from(Channels.MARKET_HEAR).routeId("market-hear").routeConfigurationId(Policies.ASK)
            .idempotentConsumer(header(KEY), heard).eager(false).id("market-hear.once")
                .bean(dealing, "note").id("market-hear.note")
                .wireTap(Channels.MARKET_FETCH).id("market-hear.wake")
            .end();

        from(Channels.timer("market-prod", every)).routeId("market-prod").routeConfigurationId(Policies.TICK)
            .to(Channels.MARKET_FETCH).id("market-prod.fetch");

        from(Channels.MARKET_FETCH).routeId("market-fetch").routeConfigurationId(Policies.TICK)
            .to(Channels.MARKET_ERRANDS).id("market-fetch.errands");

        from(Channels.MARKET_ERRANDS).routeId("market-errands").routeConfigurationId(Policies.ASK)
            .bean(dealing, "errands").id("market-errands.due")
            .split(body()).id("market-errands.each")
                .to(Channels.MARKET_BRING).id("market-errands.bring")
            .end();

        from(Channels.MARKET_BRING).routeId("market-bring").routeConfigurationId(Policies.TICK)
            .bean(dealing, "fetch").id("market-bring.fetch")
            .wireTap(Channels.MARKET_JOURNAL).id("market-bring.journal");

        from(Channels.MARKET_JOURNAL).routeId("market-journal").routeConfigurationId(Policies.TICK)
            .bean(dealing, "journal").id("market-journal.write");
        // @formatter:on
    }
}
