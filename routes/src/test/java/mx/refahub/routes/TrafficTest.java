package mx.refahub.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mx.refahub.domain.delivery.Acknowledgement;
import mx.refahub.domain.delivery.Announcement;
import mx.refahub.domain.delivery.BrokerAccounts.Account;
import mx.refahub.domain.delivery.Command;
import mx.refahub.domain.hub.RouteMap;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.stream.Stream;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Traffic really goes through the routes: under a steady stream of everything, each route's count rises and its effect is seen; while a route is stopped
 * neither moves; started again, what waited arrives.
 */
class TrafficTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration A_WHILE = Duration.ofMillis(250);
    private static final StoreId ID = new StoreId(new UUID(11, 1));

    @TempDir
    static Path dir;

    private static HubInTest hub;
    private static StoreInTest store;
    private static RouteMap storeMap;
    private static PaperOutbox outbox;
    private static final AtomicInteger COMMANDS = new AtomicInteger();
    private static final AtomicInteger NEWCOMERS = new AtomicInteger();
    private static ScheduledExecutorService traffic;
    private static volatile boolean quiet;

    @BeforeAll
    static void start() throws Exception {
        outbox = new PaperOutbox(ID, 1);
        hub = new HubInTest(dir.resolve("hub"), 0);
        hub.stores.with(new Account("user", ID, "centro"), "secret");
        hub.intake.knows(ID, 1, outbox.keys().getPublic());
        hub.start();
        StoreLink link =
                new StoreLink(ID, 1, "centro", hub.broker.address().url(), "user", "secret", dir.resolve("centro"));
        store = new StoreInTest(link, outbox, new KeptCursor()).start();
        storeMap = store.watch.over(store.context);
        traffic = Executors.newSingleThreadScheduledExecutor();
        traffic.scheduleWithFixedDelay(TrafficTest::somethingHappens, 0, 50, TimeUnit.MILLISECONDS);
    }

    @AfterAll
    static void stop() throws Exception {
        traffic.shutdownNow();
        store.close();
        hub.close();
    }

    private static void somethingHappens() {
        if (quiet) return;
        outbox.write(1);
        store.relay.wake();
        hub.versions.merge(Stream.PRICES, 1L, Long::sum);
    }

    @Test
    void guaranteed_delivery_through_the_relay() {
        stopped_and_started_again(
                store.context,
                "document-relay",
                () -> store.relay.state().relay().relayed());
    }

    @Test
    void the_transactional_client_at_the_intake() {
        stopped_and_started_again(
                hub.context, "document-intake", () -> hub.intake.landed(ID).size());
    }

    @Test
    void the_polling_consumer_that_applies() {
        stopped_and_started_again(hub.context, "document-apply", hub.batchesApplied::get);
    }

    @Test
    void the_tick_that_applies_when_no_landing_called() {
        RouteMap.Route prod = hub.route("document-prod");
        assertThat(prod.to()).containsExactly("seda:document-apply");
        stopped_and_started_again(hub.context, "document-prod", () -> count("document-prod"));
    }

    @Test
    void the_downlink_of_the_store() {
        stopped_and_started_again(
                store.context, "hub-downlink", () -> store.downLink.heard().size());
    }

    @Test
    void the_announcements_of_the_streams() {
        stopped_and_started_again(
                hub.context,
                "stream-announce",
                () -> store.downLink.heard(Announcement.class).size());
    }

    @Test
    void the_reminders() {
        stopped_and_started_again(hub.context, "document-remind", () -> count("document-remind"));
    }

    @Test
    void the_admission_of_new_stores() throws Exception {
        hub.context.getRouteController().stopRoute("store-admit");
        String slug = newcomer();
        await().during(A_WHILE).atMost(SOON).until(() -> !hub.broker.knows(slug));
        hub.context.getRouteController().startRoute("store-admit");
        await().atMost(SOON).until(() -> hub.broker.knows(slug));
    }

    @Test
    void a_command_goes_through_its_route_and_out_by_the_common_one() {
        long sent = count("command-send");
        long out = count("down-send");
        Command command = new Command(new UUID(12, COMMANDS.incrementAndGet()), Command.Kind.STATUS);
        hub.commands.send(ID, command);
        assertThat(count("command-send")).isEqualTo(sent + 1);
        assertThat(count("down-send")).isGreaterThan(out);
        await().atMost(SOON).until(() -> store.downLink.heard(Command.class).contains(command));
    }

    @Test
    void an_acknowledgement_goes_by_the_wire_tap_and_is_heeded_by_the_relay() {
        long acknowledged = count("document-acknowledge");
        long heeded = countAtStore("document-heed");
        long before = store.relay.state().relay().acknowledged();
        await().atMost(SOON)
                .until(() -> count("document-acknowledge") > acknowledged
                        && countAtStore("document-heed") > heeded
                        && store.relay.state().relay().acknowledged() > before);
        assertThat(store.downLink.heard(Acknowledgement.class)).isNotEmpty();
        assertThat(hub.route("document-intake").to()).contains("direct:document-acknowledge");
    }

    @Test
    void the_relay_was_woken_once_at_the_start() {
        assertThat(countAtStore("document-start")).isEqualTo(1);
    }

    @Test
    void the_figures_are_meters_too_and_nothing_failed() {
        assertThat(hub.meters
                        .get("refahub.route")
                        .tag("route", "document-intake")
                        .timer()
                        .count())
                .isPositive();
        assertThat(hub.meters
                        .get("refahub.route.inflight")
                        .tag("route", "document-intake")
                        .gauge()
                        .value())
                .isNotNegative();
        assertThat(hub.map.routes()).allSatisfy(route -> {
            assertThat(route.running()).as(route.id()).isTrue();
            assertThat(route.failed())
                    .as(route.id() + " " + route.lastFailure())
                    .isZero();
            assertThat(route.from()).doesNotContain("?");
        });
    }

    private interface Effect {
        long count();
    }

    private static void stopped_and_started_again(CamelContext context, String route, Effect effect) {
        RouteMap map = context == hub.context ? hub.map : storeMap;
        try {
            rises(map, route, effect);
            // A route whose queue never empties is only stopped by force, after the shutdown's time-out.
            quiet = true;
            context.getRouteController().stopRoute(route);
            quiet = false;
            assertThat(route(map, route).running()).isFalse();
            long counted = route(map, route).total();
            // What was on its way when the route stopped has arrived once nothing has for a while.
            long[] settled = {effect.count()};
            await().atMost(SOON).during(A_WHILE).until(() -> {
                boolean same = settled[0] == effect.count();
                settled[0] = effect.count();
                return same;
            });
            assertThat(route(map, route).total()).isEqualTo(counted);
            context.getRouteController().startRoute(route);
            rises(map, route, effect);
        } catch (Exception e) {
            throw new AssertionError(route, e);
        }
    }

    private static void rises(RouteMap map, String route, Effect effect) {
        long total = route(map, route).total();
        long seen = effect.count();
        await().atMost(SOON).until(() -> route(map, route).total() > total && effect.count() > seen);
    }

    private static RouteMap.Route route(RouteMap map, String id) {
        return map.routes().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static long count(String route) {
        return route(hub.map, route).total();
    }

    private static long countAtStore(String route) {
        return route(storeMap, route).total();
    }

    private static String newcomer() {
        int number = NEWCOMERS.incrementAndGet();
        String slug = "newcomer-" + number;
        hub.stores.with(new Account(slug, new StoreId(new UUID(13, number)), slug), "secret");
        return slug;
    }
}
