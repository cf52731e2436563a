package mx.refahub.domain.hub;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The running routes, for the console. Implemented in routes over the Camel context. */
public interface RouteMap {
    List<Route> routes();

    /** @param total exchanges since start, of which {@code failed} failed */
    record Route(
            String id,
            String from,
            List<String> to,
            boolean running,
            long total,
            long failed,
            long inFlight,
            @Nullable String lastFailure) {}
}
