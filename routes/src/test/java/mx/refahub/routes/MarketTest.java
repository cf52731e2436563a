package mx.refahub.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import mx.refahub.domain.Failure;
import mx.refahub.domain.market.Hint.Subject;
import mx.refahub.domain.market.MarketCounter.Errand;
import mx.refahub.domain.market.MarketCounter.Went;
import mx.refahub.routes.failure.HubPolicies;
import mx.refahub.routes.failure.Troubles;
import mx.refahub.routes.market.Dealing;
import mx.refahub.routes.market.HeardBefore;
import mx.refahub.routes.market.MarketMotion;
import mx.refahub.routes.market.MarketRoutes;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The routes to the marketplaces over a counter in memory. */
class MarketTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration A_WHILE = Duration.ofMillis(250);
    private static final PaperMarket COUNTER = new PaperMarket();
    private static DefaultCamelContext context;
    private static MarketMotion motion;

    @BeforeAll
    static void start() throws Exception {
        context = new DefaultCamelContext();
        context.addRoutesConfigurations(new HubPolicies(new Troubles()));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(Channels.DEAD_LETTER).routeId("letter-bury").to("mock:dead");
            }
        });
        context.addRoutes(new MarketRoutes(
                new Dealing(COUNTER), new HeardBefore(COUNTER), Duration.ofMillis(100), Duration.ofMillis(100)));
        context.getComponent("direct", DirectComponent.class).setTimeout(100);
        context.start();
        motion = new MarketMotion(context.createProducerTemplate());
    }

    @AfterAll
    static void stop() throws Exception {
        context.stop();
    }

    @Test
    void each_listing_is_filled_in_and_published_by_itself() {
        COUNTER.unpublished.addAll(List.of(COUNTER.piece("A1"), COUNTER.piece("A2")));
        assertThat(motion.publish(COUNTER.connection)).isEqualTo(2);
        assertThat(COUNTER.published).containsSubsequence("A1", "A2");
        assertThat(motion.publish(COUNTER.connection)).isZero();
        await().atMost(SOON)
                .until(() -> COUNTER.journal.stream().map(Went::key).toList().containsAll(List.of("A1", "A2")));
    }

    @Test
    void changes_go_out_together() {
        IntStream.range(0, 53).forEach(n -> COUNTER.changed.add(COUNTER.piece("C" + n)));
        assertThat(motion.change(COUNTER.connection)).isEqualTo(53);
        assertThat(COUNTER.batches).containsExactly(53);
        assertThat(motion.change(COUNTER.connection)).isZero();
        await().atMost(SOON)
                .until(() -> COUNTER.journal.stream()
                                .filter(each -> each.what().equals("CHANGE"))
                                .count()
                        == 53);
    }

    @Test
    void no_more_is_published_in_a_second_than_is_allowed() {
        IntStream.range(0, 11).forEach(n -> COUNTER.unpublished.add(COUNTER.piece("S" + n)));
        long before = System.nanoTime();
        motion.publish(COUNTER.connection);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(200));
        assertThat(COUNTER.published).contains("S0", "S10");
    }

    @Test
    void a_notification_that_comes_twice_is_noted_once_and_what_it_names_is_fetched() {
        Errand errand = new Errand(COUNTER.connection, Subject.ORDER, "2000001");
        motion.hint("k1", errand);
        motion.hint("k1", errand);
        assertThat(COUNTER.noted.stream().filter(errand::equals)).hasSize(1);
        await().atMost(SOON).until(() -> COUNTER.fetched.contains(errand));
    }

    @Test
    void a_notification_that_could_not_be_noted_is_not_taken_for_heard() {
        Errand errand = new Errand(COUNTER.connection, Subject.ORDER, "2000002");
        COUNTER.noteFails = true;
        assertThatThrownBy(() -> motion.hint("k2", errand)).isInstanceOf(Failure.class);
        COUNTER.noteFails = false;
        motion.hint("k2", errand);
        assertThat(COUNTER.noted).contains(errand);
    }

    @Test
    void what_fails_holds_up_nothing_that_comes_after_it() {
        Errand fine = new Errand(COUNTER.connection, Subject.ORDER, "2000003");
        COUNTER.due.addAll(List.of(new Errand(COUNTER.connection, Subject.ORDER, "broken"), fine));
        motion.fetch();
        await().atMost(SOON).until(() -> COUNTER.fetched.contains(fine));
    }

    @Test
    void every_marketplace_is_asked_again_and_again_and_not_while_the_route_is_stopped() throws Exception {
        await().atMost(SOON).until(() -> COUNTER.looks.size() > 1);
        context.getRouteController().stopRoute("market-poll");
        int looks = COUNTER.looks.size();
        await().during(A_WHILE).atMost(SOON).until(() -> COUNTER.looks.size() == looks);
        context.getRouteController().startRoute("market-poll");
        await().atMost(SOON).until(() -> COUNTER.looks.size() > looks);
    }

    @Test
    void what_no_notification_told_of_is_fetched_at_the_next_tick() {
        Errand errand = new Errand(COUNTER.connection, Subject.QUESTION, "2000004");
        COUNTER.due.add(errand);
        await().atMost(SOON).until(() -> COUNTER.fetched.contains(errand));
    }

    @Test
    void a_stopped_route_stops_its_traffic() throws Exception {
        context.getRouteController().stopRoute("market-publish");
        assertThatThrownBy(() -> motion.publish(COUNTER.connection)).isInstanceOf(RuntimeException.class);
        context.getRouteController().startRoute("market-publish");
        assertThat(motion.publish(COUNTER.connection)).isZero();
    }
}
