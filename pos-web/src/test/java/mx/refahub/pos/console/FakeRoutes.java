package mx.refahub.pos.console;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.hub.RouteMap;
import mx.refahub.domain.store.Person;

/** One route that can be stopped and started. */
final class FakeRoutes implements RouteMap {
    private static final String INTAKE = "document-intake";
    private final AtomicBoolean running = new AtomicBoolean(true);

    @Override
    public List<Route> routes() {
        return List.of(new Route(
                INTAKE,
                "hub:queue:up",
                List.of("direct:acknowledge"),
                running.get(),
                12,
                0,
                0,
                null,
                new Pace(1.5, 0, 4, 9),
                List.of("PostgreSQL"),
                List.of()));
    }

    @Override
    public Map<String, Long> queues() {
        return Map.of("refahub.intake", 3L);
    }

    @Override
    public Outcome<Route> stop(String route, Person by) {
        return move(route, false);
    }

    @Override
    public Outcome<Route> start(String route, Person by) {
        return move(route, true);
    }

    private Outcome<Route> move(String route, boolean now) {
        if (!route.equals(INTAKE)) return Outcome.refused("route-unknown");
        running.set(now);
        return Outcome.done(routes().getFirst());
    }
}
