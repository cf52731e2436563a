package mx.refahub.pos.console;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.hub.Sessions;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The own sessions, and for an administrator everybody's. */
@RestController
@Tag(name = "session")
final class SessionsController {
    private final Sessions sessions;

    SessionsController(Sessions sessions) {
        this.sessions = sessions;
    }

    /** @param here the one that asks */
    record Row(
            UUID id,
            String name,
            String user,
            String kind,
            String address,
            String device,
            Instant begunAt,
            Instant seenAt,
            Instant expiresAt,
            boolean here) {}

    record All(List<Row> sessions) {}

    @GetMapping("/console/api/sessions")
    @Operation(summary = "Where the person who asks has signed in")
    All own(@AuthenticationPrincipal Person who, HttpServletRequest request) {
        return rows(sessions.all(who.id()), here(request));
    }

    @GetMapping("/console/api/all-sessions")
    @Operation(summary = "Everybody who has signed in")
    All everybodys(HttpServletRequest request) {
        return rows(sessions.all(null), here(request));
    }

    @DeleteMapping("/console/api/sessions/{id}")
    @Operation(summary = "End one: its next call is refused")
    All end(@PathVariable UUID id, @AuthenticationPrincipal Person who, HttpServletRequest request) {
        ActRefused.unlessDone(sessions.end(id, who));
        return own(who, request);
    }

    @PostMapping("/console/api/sessions/end-others")
    @Operation(summary = "End all of the own ones but this")
    All endOthers(@AuthenticationPrincipal Person who, HttpServletRequest request) {
        UUID here = here(request);
        sessions.endOthers(who, here == null ? new UUID(0, 0) : here);
        return own(who, request);
    }

    private static @Nullable UUID here(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session != null && session.getAttribute(SessionGuard.ID) instanceof UUID id ? id : null;
    }

    private static All rows(List<Sessions.Session> found, @Nullable UUID here) {
        return new All(found.stream()
                .map(one -> new Row(
                        one.id(),
                        one.name(),
                        one.user(),
                        one.kind().name(),
                        one.address(),
                        one.device(),
                        one.begunAt(),
                        one.seenAt(),
                        one.expiresAt(),
                        one.id().equals(here)))
                .toList());
    }
}
