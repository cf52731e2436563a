package mx.refahub.pos.console;

import java.util.List;
import java.util.function.BooleanSupplier;
import mx.refahub.domain.hub.OutsideSystem;
import mx.refahub.domain.hub.RouteMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The map of routes as it changes. Pages share one look per interval; nothing is looked at while none is open. */
final class RouteFeed extends PageFeed {
    private final RouteMap routes;
    private final List<OutsideSystem> outside;
    private final ConsoleSettings settings;
    private @Nullable Map last;
    private long lastNanos;

    RouteFeed(RouteMap routes, List<OutsideSystem> outside, ConsoleSettings settings) {
        super("console-routes", settings.liveInterval());
        this.routes = routes;
        this.outside = outside;
        this.settings = settings;
    }

    /** @param queues by name, what waits in them */
    record Map(List<RouteMap.Route> routes, java.util.Map<String, Long> queues, List<Outside> outside) {}

    record Outside(String name, OutsideSystem.State state) {}

    synchronized Map look() {
        long nanos = System.nanoTime();
        Map known = last;
        if (known != null && nanos - lastNanos < settings.liveInterval().toNanos()) return known;
        Map fresh = new Map(
                routes.routes(),
                routes.queues(),
                outside.stream()
                        .map(system -> new Outside(system.name(), system.state()))
                        .toList());
        last = fresh;
        lastNanos = nanos;
        return fresh;
    }

    /** What was just moved is shown at once. */
    synchronized void forget() {
        last = null;
    }

    SseEmitter open(BooleanSupplier stillThere) {
        return open(
                stillThere,
                emitter ->
                        emitter.send(SseEmitter.event().name("map").data(look()).reconnectTime(RECONNECT_MILLIS)));
    }
}
