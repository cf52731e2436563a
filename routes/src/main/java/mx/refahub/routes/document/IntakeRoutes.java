package mx.refahub.routes.document;

import java.time.Duration;
import mx.refahub.domain.hub.RouteMap;
import mx.refahub.routes.Channels;
import mx.refahub.routes.failure.Policies;
import mx.refahub.routes.failure.Troubles;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;

/** The hub's end of a document's way up. */
public final class IntakeRoutes extends RouteBuilder {
    /** An acknowledgement that overtook a later one would replace it in the last-value queue. */
    private static final String ONE_AFTER_ANOTHER = "document-acknowledge";

    /** As the hub's bean of it is called. */
    private static final String DATABASE = "PostgreSQL";

    private final IntakeDesk desk;
    private final int consumers;
    private final Duration remindEvery;
    private final Duration applyEvery;

    public IntakeRoutes(IntakeDesk desk, int consumers, Duration remindEvery, Duration applyEvery) {
        this.desk = desk;
        this.consumers = consumers;
        this.remindEvery = remindEvery;
        this.applyEvery = applyEvery;
    }

    @Override
    public void configure() {
        getContext()
                .getExecutorServiceManager()
                .registerThreadPoolProfile(new ThreadPoolProfileBuilder(ONE_AFTER_ANOTHER)
                        .poolSize(1)
                        .maxPoolSize(1)
                        .maxQueueSize(1_000)
                        .rejectedPolicy(ThreadPoolRejectedPolicy.CallerRuns)
                        .build());

        // @formatter:off
        from(Channels.intake(consumers)).routeId("document-intake").routeConfigurationId(Policies.WAIT)
            .routeProperty(RouteMap.OUTSIDE, DATABASE)
            .removeHeaders("*", IntakeDesk.SENDER, Troubles.SENDER).id("document-intake.strip")
            .bean(desk, "open").id("document-intake.open")
            .choice().id("document-intake.sort")
                .when(body().isInstanceOf(Letter.Unreadable.class))
                    .bean(desk, "putAside").id("document-intake.aside")
                .otherwise()
                    .bean(desk, "land").id("document-intake.land")
                    .to(Channels.DOCUMENT_APPLY).id("document-intake.apply")
                    .wireTap(Channels.DOCUMENT_ACKNOWLEDGE).executorService(ONE_AFTER_ANOTHER)
                        .id("document-intake.acknowledge")
            .end();

        from(Channels.DOCUMENT_ACKNOWLEDGE).routeId("document-acknowledge").routeConfigurationId(Policies.TICK)
            .bean(desk, "address").id("document-acknowledge.address")
            .split(body()).id("document-acknowledge.each")
                .to(Channels.DOWN_SEND).id("document-acknowledge.send")
            .end();

        from(Channels.timer("document-remind", remindEvery)).routeId("document-remind").routeConfigurationId(Policies.TICK)
            .bean(desk, "reminders").id("document-remind.due")
            .to(Channels.DOCUMENT_ACKNOWLEDGE).id("document-remind.send");

        // One batch for each turn; a full one calls the next.
        from(Channels.DOCUMENT_APPLY).routeId("document-apply").routeConfigurationId(Policies.TICK)
            .routeProperty(RouteMap.OUTSIDE, DATABASE)
            .bean(desk, "apply").id("document-apply.ledgers")
            .filter().method(desk, "more").id("document-apply.any")
                .to(Channels.DOCUMENT_APPLY).id("document-apply.again")
            .end();

        from(Channels.timer("document-prod", applyEvery)).routeId("document-prod").routeConfigurationId(Policies.TICK)
            .to(Channels.DOCUMENT_APPLY).id("document-prod.wake");
        // @formatter:on
    }
}
