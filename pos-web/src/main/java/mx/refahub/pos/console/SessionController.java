package mx.refahub.pos.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.hub.ConsoleAccess;
import mx.refahub.domain.store.Person;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The way in and out, the first administrator included. */
@RestController
final class SessionController {
    private static final Logger log = LoggerFactory.getLogger(SessionController.class);
    private final ConsoleAccess access;
    private final SessionDoor door;
    private final Problems problems;
    private final Clock clock;

    SessionController(ConsoleAccess access, SessionDoor door, Problems problems, Clock clock) {
        this.access = access;
        this.door = door;
        this.problems = problems;
        this.clock = clock;
    }

    record Setup(boolean needsSetup) {}

    record FirstAdministrator(
            @Nullable String code,
            @Nullable String email,
            @Nullable String name,
            @Nullable String password) {}

    record Credentials(@Nullable String email, @Nullable String password) {}

    record Redemption(
            @Nullable String email,
            @Nullable String code,
            @Nullable String password) {}

    /** @param may what this person may do, as {@link Permission} names it: the screen shows nothing else */
    record Session(
            boolean signedIn,
            boolean needsSetup,
            @Nullable String name,
            @Nullable String role,
            Set<Permission> may,
            Csrf csrf,
            Instant now) {}

    record Csrf(String header, String token) {}

    @GetMapping("/api/setup")
    Setup setup() {
        return new Setup(access.needsSetup());
    }

    @PostMapping("/api/setup")
    ResponseEntity<Object> setUp(
            @RequestBody FirstAdministrator first, HttpServletRequest request, HttpServletResponse response) {
        return enter(
                access.setUp(typed(first.code()), typed(first.email()), typed(first.name()), secret(first.password())),
                request,
                response);
    }

    @GetMapping("/console/api/session")
    Session session(@AuthenticationPrincipal @Nullable Object principal, HttpServletRequest request) {
        return view(principal instanceof Person person ? person : null, request);
    }

    @PostMapping("/console/api/session")
    ResponseEntity<Object> signIn(
            @RequestBody Credentials credentials, HttpServletRequest request, HttpServletResponse response) {
        return enter(access.signIn(typed(credentials.email()), secret(credentials.password())), request, response);
    }

    @PostMapping("/console/api/session/redeem")
    ResponseEntity<Object> redeem(
            @RequestBody Redemption redemption, HttpServletRequest request, HttpServletResponse response) {
        return enter(
                access.redeem(typed(redemption.email()), typed(redemption.code()), secret(redemption.password())),
                request,
                response);
    }

    @DeleteMapping("/console/api/session")
    ResponseEntity<Void> signOut(HttpServletRequest request) {
        door.leave(request);
        return ResponseEntity.noContent().build();
    }

    private ResponseEntity<Object> enter(
            Outcome<Person> outcome, HttpServletRequest request, HttpServletResponse response) {
        return outcome.fold(
                person -> {
                    if (Permission.of(person.role()).isEmpty()) return problems.refused("role-without-console");
                    door.enter(person, request, response);
                    log.info("console entered user={} role={}", person.id(), person.role());
                    return ResponseEntity.status(HttpStatus.OK).body(view(person, request));
                },
                problems::refused);
    }

    private Session view(@Nullable Person person, HttpServletRequest request) {
        CsrfToken token = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
        Csrf csrf = new Csrf(token.getHeaderName(), token.getToken());
        if (person == null) return new Session(false, access.needsSetup(), null, null, Set.of(), csrf, clock.instant());
        return new Session(
                true,
                false,
                person.name(),
                person.role().name().toLowerCase(Locale.ROOT),
                Permission.of(person.role()),
                csrf,
                clock.instant());
    }

    private static String typed(@Nullable String text) {
        return text == null ? "" : text.strip();
    }

    /** Blanks belong to a password. */
    private static String secret(@Nullable String text) {
        return text == null ? "" : text;
    }
}
