package mx.refahub.pos.console;

import java.util.List;
import mx.refahub.domain.hub.RouteMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The running routes. Rates are the page's: it looks every few seconds and knows the difference. */
@RestController
final class RoutesController {
    private final RouteMap routes;

    RoutesController(RouteMap routes) {
        this.routes = routes;
    }

    record Routes(List<RouteMap.Route> routes) {}

    @GetMapping("/console/api/routes")
    Routes routes() {
        return new Routes(routes.routes());
    }
}
