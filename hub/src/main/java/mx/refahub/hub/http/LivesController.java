package mx.refahub.hub.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.Frame;
import mx.refahub.domain.document.FrameCodec;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.wire.StoreTaken;
import mx.refahub.hub.access.SigningKey;
import mx.refahub.hub.reconcile.ReconcileDesk;
import mx.refahub.hub.registry.Lives;
import mx.refahub.hub.registry.Lives.Granted;
import mx.refahub.routes.BrokerAddress;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A machine becomes a store, and gets back what the hub has of it. */
@RestController
final class LivesController {
    /** Before every id. */
    private static final String FIRST = "00000000-0000-0000-0000-000000000000";

    /** Asked before it is read. */
    static final long LONGEST_COUNTER = 4 * 1024 * 1024;

    private final Lives lives;
    private final ReconcileDesk desk;
    private final SigningKey key;
    private final BrokerAddress broker;
    private final Problems problems;

    LivesController(Lives lives, ReconcileDesk desk, SigningKey key, BrokerAddress broker, Problems problems) {
        this.lives = lives;
        this.desk = desk;
        this.key = key;
        this.broker = broker;
        this.problems = problems;
    }

    /** The code, or the secret with the console's consent, stands for a sign-in. */
    @PostMapping("/api/hubs/lives")
    ResponseEntity<?> take(@RequestBody StoreTaken.Call call, HttpServletRequest request) {
        return switch (lives.take(call)) {
            case Outcome.Done<Granted>(Granted granted) ->
                ResponseEntity.status(201).cacheControl(CacheControl.noStore()).body(answer(granted));
            case Outcome.Refused<Granted>(Refusal refusal) -> problems.answer(request, refusal);
        };
    }

    private StoreTaken.Answer answer(Granted granted) {
        return new StoreTaken.Answer(
                granted.store().value(),
                granted.slug(),
                granted.epoch(),
                granted.base(),
                granted.cause().name(),
                granted.landed(),
                granted.historyFrom(),
                granted.hubEpoch(),
                granted.tunnelPort(),
                granted.tunnelToken(),
                key.publicPem(),
                granted.secret(),
                broker.url(),
                granted.brokerUser(),
                granted.brokerPassword(),
                granted.registers(),
                granted.lives());
    }

    @PostMapping("/api/hubs/lives/taken")
    ResponseEntity<?> taken(@RequestBody StoreTaken.Done done, @AuthenticationPrincipal Jwt token) {
        lives.taken(store(token), done);
        return ResponseEntity.ok(Map.of("taken", true));
    }

    /** The store's own documents after this sequence, as a frame; 204 when there are no more. */
    @GetMapping(path = "/api/hubs/lives/documents")
    ResponseEntity<byte[]> documents(
            @RequestParam long after,
            @RequestParam(defaultValue = "500") int most,
            @AuthenticationPrincipal Jwt token) {
        List<Document> documents = desk.after(store(token), after, Math.clamp(most, 1, Frame.MAX_DOCUMENTS));
        if (documents.isEmpty()) return ResponseEntity.noContent().build();
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .body(FrameCodec.encode(new Frame(0, documents)));
    }

    @GetMapping("/api/hubs/lives/stock")
    StoreTaken.CarriedPage stock(
            @RequestParam long before,
            @RequestParam(defaultValue = "0") long offset,
            @AuthenticationPrincipal Jwt token) {
        return lives.carried(store(token), before, offset);
    }

    @GetMapping("/api/hubs/lives/accounts")
    StoreTaken.CarriedEntries accounts(
            @RequestParam long before,
            @RequestParam(defaultValue = FIRST) UUID after,
            @AuthenticationPrincipal Jwt token) {
        return lives.entries(store(token), before, after);
    }

    @GetMapping("/api/hubs/lives/credits")
    StoreTaken.CarriedCredits credits(
            @RequestParam long before,
            @RequestParam(defaultValue = FIRST) UUID after,
            @AuthenticationPrincipal Jwt token) {
        return lives.credits(store(token), before, after);
    }

    /** What lies on the counter, as the store writes it: kept as it is, given to the machine that takes its place. */
    @PostMapping(path = "/api/hubs/counter", consumes = "application/octet-stream")
    ResponseEntity<?> keepCounter(@RequestBody byte[] content, @AuthenticationPrincipal Jwt token) {
        lives.keepCounter(store(token), content);
        return ResponseEntity.ok(Map.of("kept", content.length));
    }

    @GetMapping("/api/hubs/lives/counter")
    ResponseEntity<byte[]> counter(@AuthenticationPrincipal Jwt token) {
        return lives.counter(store(token))
                .map(content -> ResponseEntity.ok()
                        .cacheControl(CacheControl.noStore())
                        .contentType(MediaType.APPLICATION_OCTET_STREAM)
                        .body(content))
                .orElseGet(() -> ResponseEntity.noContent().build());
    }

    @PostMapping("/api/hubs/lives/known")
    ResponseEntity<?> known(
            @RequestBody StoreTaken.KnownCall call, @AuthenticationPrincipal Jwt token, HttpServletRequest request) {
        if (call.documents().size() > Frame.MAX_DOCUMENTS)
            return problems.answer(request, Refusal.of("request-unreadable"));
        return ResponseEntity.ok(lives.known(store(token), call));
    }

    private static StoreId store(Jwt token) {
        return StoreId.of(String.valueOf(token.getSubject()));
    }
}
