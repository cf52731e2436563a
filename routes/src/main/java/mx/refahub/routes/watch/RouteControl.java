package mx.refahub.routes.watch;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.hub.ActLog;
import mx.refahub.domain.hub.RouteMap;
import mx.refahub.domain.store.Person;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The map, and the levers on it. */
final class RouteControl implements RouteMap {
    private static final Logger LOG = LoggerFactory.getLogger(RouteControl.class);
    /** What is under way may take this long before it is cut short; it is then done again. */
    private static final long PATIENCE_SECONDS = 10;

    private final CamelContext context;
    private final Supplier<List<Route>> routes;
    private final Supplier<Map<String, Long>> queues;
    private final ActLog log;

    RouteControl(CamelContext context, Supplier<List<Route>> routes, Supplier<Map<String, Long>> queues, ActLog log) {
        this.context = context;
        this.routes = routes;
        this.queues = queues;
        this.log = log;
    }

    @Override
    public List<Route> routes() {
        return routes.get();
    }

    @Override
    public Map<String, Long> queues() {
        return queues.get();
    }

    @Override
    public Outcome<Route> stop(String route, Person by) {
        return move(route, by, false);
    }

    @Override
    public Outcome<Route> start(String route, Person by) {
        return move(route, by, true);
    }

    /** One at a time: two people at one lever come one after another. */
    private synchronized Outcome<Route> move(String id, Person by, boolean start) {
        ServiceStatus status = context.getRouteController().getRouteStatus(id);
        if (status == null) return Outcome.refused("route-unknown");
        if (status.isStarted() != start) {
            log.acts(by, start ? "route-started" : "route-stopped", id);
            try {
                if (start) context.getRouteController().startRoute(id);
                else context.getRouteController().stopRoute(id, PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (Exception e) {
                LOG.warn("route was not moved route={} start={} reason={}", id, start, e.toString());
                return Outcome.refused("route-not-moved", id);
            }
            LOG.info("route moved by a person route={} running={} by={}", id, start, by.id());
        }
        Optional<Route> now =
                routes().stream().filter(route -> route.id().equals(id)).findFirst();
        return now.<Outcome<Route>>map(Outcome::done).orElseGet(() -> Outcome.refused("route-unknown"));
    }
}
