package mx.refahub.routes.watch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import mx.refahub.domain.MachineClock;
import mx.refahub.domain.hub.ActLog;
import mx.refahub.domain.hub.RouteMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.ServiceStatus;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.PropertyDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;
import org.jspecify.annotations.Nullable;

/**
 * Counts each route's exchanges, for the metrics ({@code refahub.route}, {@code refahub.route.failed}, {@code refahub.route.inflight}, all tagged with the
 * route) and for the console's map.
 */
public final class RouteWatch implements RoutePolicyFactory {
    private static final String STARTED_AT = "refahub.route.started-at.";
    private static final int FAILURE_LENGTH = 300;
    private static final int TROUBLES = 20;
    private static final Pattern LEADS_OUT = Pattern.compile("^(smtps?|imaps?|https?|s?ftps?|file|netty):");

    private final MeterRegistry meters;
    private final Map<String, Figures> figures = new ConcurrentHashMap<>();

    public RouteWatch(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode route) {
        return figures.computeIfAbsent(routeId, id -> new Figures(id, meters));
    }

    /** The map over this context, which has no broker of its own. */
    public RouteMap over(CamelContext context) {
        return over(context, Map::of, ActLog.NONE);
    }

    /** @param queues by name, what waits in them */
    public RouteMap over(CamelContext context, Supplier<Map<String, Long>> queues, ActLog log) {
        return new RouteControl(context, () -> routes(context), queues, log);
    }

    private List<RouteMap.Route> routes(CamelContext context) {
        List<RouteMap.Route> routes = new ArrayList<>();
        ModelCamelContext model = (ModelCamelContext) context;
        for (RouteDefinition definition : model.getRouteDefinitions()) {
            String id = definition.getRouteId();
            Figures own = figures.get(id);
            ServiceStatus status = context.getRouteController().getRouteStatus(id);
            routes.add(new RouteMap.Route(
                    id,
                    plain(definition.getInput().getEndpointUri()),
                    targets(definition),
                    status != null && status.isStarted(),
                    own == null ? 0 : own.total.sum(),
                    own == null ? 0 : own.failed.sum(),
                    own == null ? 0 : own.inFlight.get(),
                    own == null ? null : own.lastFailure,
                    own == null ? RouteMap.Pace.NONE : own.window.pace(),
                    outside(definition),
                    own == null ? List.of() : own.troubles()));
        }
        routes.sort(Comparator.comparing(RouteMap.Route::id));
        return routes;
    }

    private static List<String> targets(RouteDefinition definition) {
        Set<String> targets = new LinkedHashSet<>();
        for (ProcessorDefinition<?> node :
                ProcessorDefinitionHelper.filterTypeInOutputs(definition.getOutputs(), ProcessorDefinition.class)) {
            if (node instanceof EndpointRequiredDefinition target) targets.add(plain(target.getEndpointUri()));
            if (node instanceof ToDynamicDefinition tap) targets.add(plain(tap.getUri()));
        }
        return List.copyOf(targets);
    }

    /** What it declares, and endpoints that lead out of this house by themselves. */
    private static List<String> outside(RouteDefinition definition) {
        Set<String> outside = new LinkedHashSet<>();
        if (definition.getRouteProperties() != null)
            for (PropertyDefinition property : definition.getRouteProperties())
                if (RouteMap.OUTSIDE.equals(property.getKey()))
                    outside.addAll(List.of(property.getValue().split(",", -1)));
        String input = definition.getInput().getEndpointUri();
        if (LEADS_OUT.matcher(input).find()) outside.add(scheme(input));
        for (String target : targets(definition)) if (LEADS_OUT.matcher(target).find()) outside.add(scheme(target));
        return List.copyOf(outside);
    }

    private static String scheme(String uri) {
        return uri.substring(0, uri.indexOf(':'));
    }

    /** Without the options, which are nobody's business on a screen. */
    private static String plain(String uri) {
        int options = uri.indexOf('?');
        return (options < 0 ? uri : uri.substring(0, options)).replace("%23", "#");
    }

    private static final class Figures extends RoutePolicySupport {
        private final String startedAt;
        private final LongAdder total = new LongAdder();
        private final LongAdder failed = new LongAdder();
        private final AtomicInteger inFlight = new AtomicInteger();
        private final Timer timer;
        private final Counter failures;
        private final Window window = new Window(System::nanoTime);
        private final ArrayDeque<RouteMap.Trouble> troubles = new ArrayDeque<>();
        private volatile @Nullable String lastFailure;

        Figures(String routeId, MeterRegistry meters) {
            startedAt = STARTED_AT + routeId;
            timer = Timer.builder("refahub.route")
                    .description("exchanges and the time they took")
                    .tag("route", routeId)
                    .register(meters);
            failures = Counter.builder("refahub.route.failed")
                    .description("exchanges that failed, whether the failure was dealt with or not")
                    .tag("route", routeId)
                    .register(meters);
            Gauge.builder("refahub.route.inflight", inFlight, AtomicInteger::get)
                    .description("exchanges under way")
                    .tag("route", routeId)
                    .strongReference(true)
                    .register(meters);
        }

        @Override
        public void onExchangeBegin(org.apache.camel.Route route, Exchange exchange) {
            inFlight.incrementAndGet();
            exchange.setProperty(startedAt, System.nanoTime());
        }

        @Override
        public void onExchangeDone(org.apache.camel.Route route, Exchange exchange) {
            inFlight.decrementAndGet();
            total.increment();
            long took = exchange.removeProperty(startedAt) instanceof Long from ? System.nanoTime() - from : 0;
            timer.record(Duration.ofNanos(took));
            Throwable thrown = exchange.getException();
            if (thrown == null && route.getRouteId().equals(exchange.getProperty(Exchange.FAILURE_ROUTE_ID)))
                thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
            window.passed(took, thrown != null);
            if (thrown == null) return;
            failed.increment();
            failures.increment();
            String text = String.valueOf(thrown.getMessage());
            lastFailure = text.substring(0, Math.min(text.length(), FAILURE_LENGTH));
            keep(new RouteMap.Trouble(MachineClock.utc().instant(), lastFailure));
        }

        private void keep(RouteMap.Trouble trouble) {
            synchronized (troubles) {
                troubles.addFirst(trouble);
                if (troubles.size() > TROUBLES) troubles.removeLast();
            }
        }

        List<RouteMap.Trouble> troubles() {
            synchronized (troubles) {
                return List.copyOf(troubles);
            }
        }
    }
}
