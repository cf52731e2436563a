package mx.refahub.pos.console;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.hub.ConsoleAccess;
import mx.refahub.domain.hub.Sessions;
import mx.refahub.domain.store.Person;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.SignIns;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The way in and out, the first administrator included. */
@RestController
@Tag(name = "session")
final class SessionController {
    private static final Logger log = LoggerFactory.getLogger(SessionController.class);
    private final ConsoleAccess access;
    private final SignIns signIns;
    private final ConsoleSettings settings;
    private final Sessions sessions;
    private final IdSource ids;
    private final Clock clock;

    SessionController(
            ConsoleAccess access,
            SignIns signIns,
            ConsoleSettings settings,
            Sessions sessions,
            IdSource ids,
            Clock clock) {
        this.sessions = sessions;
        this.ids = ids;
        this.access = access;
        this.signIns = signIns;
        this.settings = settings;
        this.clock = clock;
    }

    record Setup(boolean needsSetup) {}

    record FirstAdministrator(
            @NotBlank @Size(max = 64) String code,
            @NotBlank @Size(max = 254) String email,
            @NotBlank @Size(max = 100) String name,
            @NotBlank @Size(max = 200) String password) {
        /** Never shows the secrets. */
        @Override
        public String toString() {
            return "FirstAdministrator";
        }
    }

    record Credentials(
            @NotBlank @Size(max = 254) String email,
            @NotBlank @Size(max = 200) String password,
            @Nullable @Size(max = 64) String factor) {
        /** Never shows the secrets. */
        @Override
        public String toString() {
            return "Credentials";
        }
    }

    record Redemption(
            @NotBlank @Size(max = 254) String email,
            @NotBlank @Size(max = 64) String code,
            @NotBlank @Size(max = 200) String password) {
        /** Never shows the secrets. */
        @Override
        public String toString() {
            return "Redemption";
        }
    }

    /**
     * @param may what this person may do, as {@link Permission} names it: the screen shows nothing else
     * @param csrf to be sent as {@code X-CSRF-TOKEN} with every change
     */
    record Session(
            boolean signedIn,
            boolean needsSetup,
            @Nullable String name,
            @Nullable String role,
            Set<Permission> may,
            String csrf,
            Instant now) {}

    @GetMapping("/api/setup")
    @Operation(summary = "Whether this hub still waits for its first administrator")
    Setup setup() {
        return new Setup(access.needsSetup());
    }

    @PostMapping("/api/setup")
    @Operation(summary = "Make the first administrator, with the one-time code of the log")
    Session setUp(
            @RequestBody @Valid FirstAdministrator first, HttpServletRequest request, HttpServletResponse response) {
        return enter(
                ActRefused.unlessDone(access.setUp(
                        first.code().strip(),
                        first.email().strip(),
                        first.name().strip(),
                        first.password())),
                request,
                response);
    }

    @GetMapping("/console/api/session")
    @Operation(summary = "Who has signed in here, what they may do, and the token for changes")
    Session session(@AuthenticationPrincipal @Nullable Person who, HttpServletRequest request) {
        return view(who, SignIns.csrf(request));
    }

    @PostMapping("/console/api/session")
    @Operation(summary = "Sign in with e-mail and password")
    Session signIn(@RequestBody @Valid Credentials typed, HttpServletRequest request, HttpServletResponse response) {
        String factor = typed.factor() == null ? "" : typed.factor().strip();
        return enter(
                ActRefused.unlessDone(access.signIn(typed.email().strip(), typed.password(), factor)),
                request,
                response);
    }

    @PostMapping("/console/api/session/redeem")
    @Operation(summary = "Sign in with a one-time code and choose a password")
    Session redeem(@RequestBody @Valid Redemption typed, HttpServletRequest request, HttpServletResponse response) {
        return enter(
                ActRefused.unlessDone(
                        access.redeem(typed.email().strip(), typed.code().strip(), typed.password())),
                request,
                response);
    }

    @DeleteMapping("/console/api/session")
    @Operation(summary = "Sign out")
    Session signOut(
            @AuthenticationPrincipal @Nullable Person who, HttpServletRequest request, HttpServletResponse response) {
        HttpSession session = request.getSession(false);
        if (who != null && session != null && session.getAttribute(SessionGuard.ID) instanceof UUID id) {
            // Ended here in any case; a row that says so already says the same.
            var unused = sessions.end(id, who);
        }
        return view(null, signIns.leave(request, response));
    }

    private Session enter(Person person, HttpServletRequest request, HttpServletResponse response) {
        if (Permission.of(person.role()).isEmpty()) throw ActRefused.of("role-without-console");
        UUID id = ids.next();
        String device = Objects.requireNonNullElse(request.getHeader(HttpHeaders.USER_AGENT), "");
        sessions.begin(id, person, Sessions.Kind.CONSOLE, request.getRemoteAddr(), device, settings.sessionIdle());
        // Nobody is in before it is written down who.
        request.getSession().setAttribute(SessionGuard.ID, id);
        String csrf = signIns.enter(person, settings.sessionIdle(), request, response);
        log.info("console entered user={} role={}", person.id(), person.role());
        return view(person, csrf);
    }

    private Session view(@Nullable Person person, String csrf) {
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
}
