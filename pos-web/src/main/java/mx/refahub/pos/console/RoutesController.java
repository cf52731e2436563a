package mx.refahub.pos.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.hub.RouteMap;
import mx.refahub.domain.hub.Sessions;
import mx.refahub.domain.hub.StoreHealth;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.wire.Heartbeat;
import mx.refahub.pos.web.ActRefused;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The running routes with what surrounds them, and their levers. */
@RestController
final class RoutesController {
    private final RouteMap routes;
    private final RouteFeed feed;
    private final StoreHealth stores;
    private final Sessions sessions;

    RoutesController(RouteMap routes, RouteFeed feed, StoreHealth stores, Sessions sessions) {
        this.routes = routes;
        this.feed = feed;
        this.stores = stores;
        this.sessions = sessions;
    }

    @GetMapping("/console/api/routes")
    RouteFeed.Map map() {
        return feed.look();
    }

    /** The same, again and again while the page is open. */
    @GetMapping(path = "/console/api/routes/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<SseEmitter> events(HttpServletRequest request) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .header("X-Accel-Buffering", "no")
                .body(feed.open(EventsController.stillOpen(request.getSession(false), sessions)));
    }

    record OfStore(List<Heartbeat.RouteFigures> routes) {}

    /** A store's own, as its last heartbeat told them. */
    @GetMapping("/console/api/stores/{id}/routes")
    OfStore ofStore(@PathVariable UUID id) {
        return new OfStore(stores.routes(new StoreId(id)));
    }

    @PostMapping("/console/api/routes/{id}/stop")
    RouteMap.Route stop(@PathVariable String id, @AuthenticationPrincipal Person person) {
        return moved(ActRefused.unlessDone(routes.stop(id, person)));
    }

    @PostMapping("/console/api/routes/{id}/start")
    RouteMap.Route start(@PathVariable String id, @AuthenticationPrincipal Person person) {
        return moved(ActRefused.unlessDone(routes.start(id, person)));
    }

    private RouteMap.Route moved(RouteMap.Route route) {
        feed.forget();
        return route;
    }
}
