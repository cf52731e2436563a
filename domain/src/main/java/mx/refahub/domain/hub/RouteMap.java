package mx.refahub.domain.hub;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.store.Person;
import org.jspecify.annotations.Nullable;

/** The running routes, for the console. Implemented in routes over the Camel context. */
public interface RouteMap {
    /** Of a route definition: comma-separated names of the outside systems that its steps speak to, where its endpoints do not say it. */
    String OUTSIDE = "refahub.outside";

    List<Route> routes();

    /** By name, what waits in the queues of the hub's broker. Empty if the broker is another's and does not tell. */
    Map<String, Long> queues();

    /**
     * Stopped until it is started again or the process starts anew; what is under way ends first. Audited. Refused with {@code route-unknown},
     * {@code route-not-moved}. The same again changes nothing.
     */
    Outcome<Route> stop(String route, Person by);

    Outcome<Route> start(String route, Person by);

    /**
     * @param total exchanges since start, of which {@code failed} failed
     * @param pace of the last minute
     * @param outside systems that it speaks to
     * @param troubles its latest failures, newest first, at most 20
     */
    record Route(
            String id,
            String from,
            List<String> to,
            boolean running,
            long total,
            long failed,
            long inFlight,
            @Nullable String lastFailure,
            Pace pace,
            List<String> outside,
            List<Trouble> troubles) {
        public Route {
            to = List.copyOf(to);
            outside = List.copyOf(outside);
            troubles = List.copyOf(troubles);
        }
    }

    /** @param meanMillis 0 when nothing passed; {@code p95Millis} is exact to an eighth */
    record Pace(double perSecond, long failed, double meanMillis, double p95Millis) {
        public static final Pace NONE = new Pace(0, 0, 0, 0);
    }

    record Trouble(Instant at, String reason) {}
}
