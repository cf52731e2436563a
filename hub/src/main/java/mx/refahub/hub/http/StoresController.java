package mx.refahub.hub.http;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.stream.StreamVersions;
import mx.refahub.domain.wire.CommandAnswer;
import mx.refahub.domain.wire.Heartbeat;
import mx.refahub.hub.access.SigningKey;
import mx.refahub.hub.access.Tokens;
import mx.refahub.hub.registry.Application;
import mx.refahub.hub.registry.PostgresStoreHealth;
import mx.refahub.hub.registry.StoreRegistry;
import mx.refahub.hub.registry.StoreRegistry.Registered;
import mx.refahub.hub.registry.StoreSecrets;
import mx.refahub.hub.stream.StreamWriter;
import mx.refahub.routes.BrokerAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Registration, heartbeat and the streams down to the stores. */
@RestController
final class StoresController {
    private static final int BUFFER = 64 * 1024;
    private final StoreRegistry registry;
    private final StreamVersions versions;
    private final StreamWriter streams;
    private final SigningKey key;
    private final BrokerAddress broker;
    private final Problems problems;
    private final StoreLag lag;
    private final StoreSecrets secrets;
    private final PostgresStoreHealth health;
    private final Clock clock;

    StoresController(
            StoreRegistry registry,
            StoreSecrets secrets,
            PostgresStoreHealth health,
            StreamVersions versions,
            StreamWriter streams,
            SigningKey key,
            BrokerAddress broker,
            Problems problems,
            MeterRegistry meters,
            Clock clock) {
        this.registry = registry;
        this.secrets = secrets;
        this.health = health;
        this.versions = versions;
        this.streams = streams;
        this.key = key;
        this.broker = broker;
        this.problems = problems;
        this.lag = new StoreLag(meters);
        this.clock = clock;
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record RegisterCall(
            String name,
            String code,
            @Nullable String address,
            String postalCode,
            String taxRegion,
            String timeZone,
            String publicKey,
            String cashierUser,
            String cashierName,
            @Nullable Integer registers) {
        Application application() {
            return new Application(
                    name,
                    code,
                    address == null ? "" : address,
                    postalCode,
                    taxRegion,
                    timeZone,
                    publicKey,
                    cashierUser,
                    cashierName,
                    // A connector from before it was asked has one.
                    registers == null ? 1 : registers);
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record RegisterAnswer(
            UUID hubId,
            String slug,
            int epoch,
            long hubEpoch,
            int tunnelPort,
            String tunnelToken,
            String publicKey,
            String secret,
            Broker broker,
            List<StoreRegistry.Register> registers,
            Cashier cashier) {
        record Broker(String url, String user, String password) {}

        @JsonNaming(SnakeCaseStrategy.class)
        record Cashier(String user, String code, Instant codeExpiresAt) {}
    }

    @PostMapping({"/api/hubs/register/", "/api/hubs/register"})
    ResponseEntity<?> register(
            @RequestBody RegisterCall call, @AuthenticationPrincipal Jwt token, HttpServletRequest request) {
        boolean activated = Tokens.Kind.ACTIVATION.name().equals(token.getClaimAsString(Tokens.KIND));
        String activation = activated ? token.getClaimAsString("code") : null;
        return switch (registry.register(call.application(), String.valueOf(token.getSubject()), activation)) {
            case Outcome.Done<Registered>(Registered made) ->
                ResponseEntity.status(201).cacheControl(CacheControl.noStore()).body(answer(made));
            case Outcome.Refused<Registered>(Refusal refusal) -> problems.answer(request, refusal);
        };
    }

    private RegisterAnswer answer(Registered made) {
        return new RegisterAnswer(
                made.id().value(),
                made.slug(),
                made.epoch(),
                made.hubEpoch(),
                made.tunnelPort(),
                made.tunnelToken(),
                key.publicPem(),
                made.secret(),
                new RegisterAnswer.Broker(broker.url(), made.brokerUser(), made.brokerPassword()),
                made.registers(),
                new RegisterAnswer.Cashier(
                        made.cashierUser(),
                        made.cashierCode().code(),
                        made.cashierCode().expiresAt()));
    }

    @PostMapping({"/api/hubs/heartbeat/", "/api/hubs/heartbeat"})
    ResponseEntity<?> heartbeat(
            @RequestBody Heartbeat heartbeat, @AuthenticationPrincipal Jwt token, HttpServletRequest request) {
        StoreId store = store(token);
        Optional<StoreRegistry.Standing> standing = registry.heard(store, heartbeat);
        if (standing.isEmpty()) return problems.answer(request, Refusal.of("store-unknown"));
        long landed = standing.get().landed();
        lag.note(store, heartbeat.outboxLast() - landed);
        Map<String, Long> told = new TreeMap<>();
        versions.current().forEach((stream, version) -> told.put(stream.wireName(), version));
        return ResponseEntity.ok(new Heartbeat.Answer(
                clock.instant(),
                standing.get().hubEpoch(),
                landed,
                told,
                standing.get().refusal(),
                standing.get().renew(),
                standing.get().newer()));
    }

    /** Fresh ones in place of those that it signs in with; they count from the first sign-in with them. */
    @PostMapping("/api/hubs/secrets")
    ResponseEntity<?> secrets(@AuthenticationPrincipal Jwt token) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(secrets.fresh(store(token)));
    }

    /** What came of an order of the console. */
    @PostMapping("/api/hubs/commands/answers")
    ResponseEntity<?> answer(@RequestBody CommandAnswer answer, @AuthenticationPrincipal Jwt token) {
        health.answered(store(token), answer);
        return ResponseEntity.ok(Map.of("kept", true));
    }

    /** Written straight to the connection: a broken one ends without its trailer, and the store then drops what it got. */
    @GetMapping("/api/hubs/streams/{stream}")
    void stream(
            @PathVariable String stream,
            @RequestParam(defaultValue = "0") long since,
            @AuthenticationPrincipal Jwt token,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Optional<Stream> known = known(stream);
        if (known.isEmpty()) {
            problems.write(request, response, 404, Refusal.of("not-found"));
            return;
        }
        response.setHeader("Cache-Control", "no-store");
        if (!streams.hasNews(known.get(), since)) {
            response.setStatus(204);
            return;
        }
        response.setContentType("application/x-ndjson");
        response.setHeader("Content-Encoding", "gzip");
        try (OutputStream out = new GZIPOutputStream(response.getOutputStream(), BUFFER)) {
            streams.write(known.get(), store(token), since, out);
        }
    }

    private static Optional<Stream> known(String name) {
        for (Stream stream : Stream.values())
            if (stream.wireName().equals(name) && stream != Stream.INDEX) return Optional.of(stream);
        return Optional.empty();
    }

    private static StoreId store(Jwt token) {
        return StoreId.of(String.valueOf(token.getSubject()));
    }
}
