package mx.refahub.hub.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.UUID;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.hub.ConsoleAccess;
import mx.refahub.domain.hub.CutOffs;
import mx.refahub.domain.hub.Sessions;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.StoreId;
import mx.refahub.hub.access.People;
import mx.refahub.hub.access.Tokens;
import mx.refahub.hub.registry.Lives;
import mx.refahub.hub.registry.StoreSecrets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Credentials in, token out. */
@RestController
final class AuthController {
    private final ConsoleAccess access;
    private final People people;
    private final StoreSecrets secrets;
    private final Tokens tokens;
    private final CutOffs cutOffs;
    private final Problems problems;
    private final Lives lives;
    private final Sessions sessions;
    private final IdSource ids;

    AuthController(
            ConsoleAccess access,
            People people,
            StoreSecrets secrets,
            Lives lives,
            Tokens tokens,
            CutOffs cutOffs,
            Sessions sessions,
            IdSource ids,
            Problems problems) {
        this.sessions = sessions;
        this.ids = ids;
        this.lives = lives;
        this.access = access;
        this.people = people;
        this.secrets = secrets;
        this.tokens = tokens;
        this.cutOffs = cutOffs;
        this.problems = problems;
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record Login(
            @Nullable String email,
            @Nullable String password,
            @Nullable String code,
            @Nullable String activationCode) {
        /** Never the secrets. */
        @Override
        public String toString() {
            return "Login";
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record StoreLogin(UUID hubId, String secret) {
        /** Never the secret. */
        @Override
        public String toString() {
            return "StoreLogin[" + hubId + "]";
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record Granted(String access, String tokenType, long expiresIn) {
        static Granted of(Tokens.Token token) {
            return new Granted(token.value(), "Bearer", token.life().toSeconds());
        }
    }

    @PostMapping({"/api/auth/login/", "/api/auth/login"})
    ResponseEntity<?> login(@RequestBody Login login, HttpServletRequest request) {
        String activation = login.activationCode();
        if (activation != null && !activation.isBlank())
            return people.activation(activation)
                    .<ResponseEntity<?>>map(hash -> granted(tokens.forActivation(hash)))
                    .orElseGet(() -> problems.answer(request, Refusal.of("code-wrong")));
        String email = login.email();
        String password = login.password();
        if (email == null || password == null) return problems.answer(request, Refusal.of("request-unreadable"));
        return switch (access.signIn(email, password, Objects.requireNonNullElse(login.code(), ""))) {
            case Outcome.Done<Person>(Person person) -> granted(session(person, request));
            case Outcome.Refused<Person>(Refusal refusal) -> problems.answer(request, refusal);
        };
    }

    private Tokens.Token session(Person person, HttpServletRequest request) {
        UUID id = ids.next();
        Tokens.Token token = tokens.forPerson(person, id);
        String device = Objects.requireNonNullElse(request.getHeader(HttpHeaders.USER_AGENT), "");
        sessions.begin(id, person, Sessions.Kind.TOKEN, request.getRemoteAddr(), device, token.life());
        return token;
    }

    @PostMapping({"/api/auth/store/", "/api/auth/store"})
    ResponseEntity<?> store(@RequestBody StoreLogin login, HttpServletRequest request) {
        StoreId store = new StoreId(login.hubId());
        OptionalInt epoch = secrets.signIn(store, login.secret());
        if (epoch.isEmpty())
            return problems.answer(
                    request, Refusal.of(lives.wasSecret(store, login.secret()) ? "store-replaced" : "store-unknown"));
        return cutOffs.of(store).isPresent()
                ? problems.answer(request, Refusal.of("store-cut-off"))
                : granted(tokens.forStore(store, epoch.getAsInt()));
    }

    private static ResponseEntity<?> granted(Tokens.Token token) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(Granted.of(token));
    }
}
