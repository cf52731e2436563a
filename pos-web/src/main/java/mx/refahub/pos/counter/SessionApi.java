package mx.refahub.pos.counter;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.PinAccess;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.StoreStatus;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.SignIns;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Who stands at this browser. */
@RestController
@Tag(name = "session")
class SessionApi {
    private static final Logger log = LoggerFactory.getLogger(SessionApi.class);

    private final PinAccess access;
    private final StoreStatus status;
    private final SignIns signIns;
    private final PosSettings settings;

    SessionApi(PinAccess access, StoreStatus status, SignIns signIns, PosSettings settings) {
        this.access = access;
        this.status = status;
        this.signIns = signIns;
        this.settings = settings;
    }

    record Who(UUID id, String name, Role role) {}

    /**
     * @param person null while nobody has signed in
     * @param csrf to be sent as {@code X-CSRF-TOKEN} with every change
     * @param zone by whose clock the page tells times, such as {@code America/Tijuana}
     */
    record Session(@Nullable Who person, List<String> permissions, String csrf, String storeName, String zone) {}

    record PinTyped(
            @NotBlank @Size(max = 100) String user,
            @NotBlank @Size(max = 64) String pin) {
        /** Never shows the PIN. */
        @Override
        public String toString() {
            return "PinTyped[" + user + "]";
        }
    }

    record CodeTyped(
            @NotBlank @Size(max = 100) String user,
            @NotBlank @Size(max = 64) String code,
            @NotBlank @Size(max = 64) String pin) {
        /** Never shows the secrets. */
        @Override
        public String toString() {
            return "CodeTyped[" + user + "]";
        }
    }

    record People(List<PinAccess.Name> people) {}

    @GetMapping("/pos/api/session")
    @Operation(summary = "Who has signed in here, what they may do, and the token for changes")
    Session session(@AuthenticationPrincipal @Nullable Person who, HttpServletRequest request) {
        return session(who, SignIns.csrf(request));
    }

    @PostMapping("/pos/api/session")
    @Operation(summary = "Sign in with a PIN")
    Session signIn(@RequestBody @Valid PinTyped typed, HttpServletRequest request, HttpServletResponse response) {
        Person person = ActRefused.unlessDone(access.signIn(typed.user(), typed.pin()));
        return entered(person, request, response);
    }

    @PostMapping("/pos/api/session/redeem")
    @Operation(summary = "Sign in with a one-time code and choose a PIN")
    Session redeem(@RequestBody @Valid CodeTyped typed, HttpServletRequest request, HttpServletResponse response) {
        Person person = ActRefused.unlessDone(access.redeem(typed.user(), typed.code(), typed.pin()));
        return entered(person, request, response);
    }

    @DeleteMapping("/pos/api/session")
    @Operation(summary = "Sign out")
    Session signOut(HttpServletRequest request, HttpServletResponse response) {
        return session(null, signIns.leave(request, response));
    }

    @GetMapping("/pos/api/people")
    @Operation(summary = "Names to choose from on the sign-in screen")
    People people() {
        return new People(access.people());
    }

    private Session entered(Person person, HttpServletRequest request, HttpServletResponse response) {
        String csrf = signIns.enter(person, settings.sessionIdle(), request, response);
        log.info("signed in at the till user={} role={}", person.id(), person.role());
        return session(person, csrf);
    }

    private Session session(@Nullable Person who, String csrf) {
        return new Session(
                who == null ? null : new Who(who.id().value(), who.name(), who.role()),
                who == null ? List.of() : Permission.wireNames(who.role()),
                csrf,
                status.now().storeName(),
                status.zone().getId());
    }
}
