package mx.refahub.pos.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import mx.refahub.domain.hub.Sessions;
import mx.refahub.domain.store.Person;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Server-sent events for open pages. */
@RestController
final class EventsController {
    private final LiveFeed feed;

    private final Sessions sessions;

    EventsController(LiveFeed feed, Sessions sessions) {
        this.feed = feed;
        this.sessions = sessions;
    }

    @GetMapping(path = "/console/api/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<SseEmitter> events(@AuthenticationPrincipal Person person, HttpServletRequest request) {
        boolean withRuns = Permission.of(person.role()).contains(Permission.JOBS_READ);
        HttpSession session = request.getSession(false);
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                // A proxy in front must not collect what is meant for now.
                .header("X-Accel-Buffering", "no")
                .body(feed.open(person, withRuns, stillOpen(session, sessions)));
    }

    static BooleanSupplier stillOpen(@Nullable HttpSession session, Sessions sessions) {
        return () -> isOpen(session, sessions);
    }

    private static boolean isOpen(@Nullable HttpSession session, Sessions sessions) {
        if (session == null) return true;
        try {
            return !(session.getAttribute(SessionGuard.ID) instanceof UUID id) || sessions.lasts(id);
        } catch (IllegalStateException signedOut) {
            return false;
        }
    }
}
