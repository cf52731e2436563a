package mx.refahub.pos.console;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.hub.StoreHealth;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.StoreId;
import mx.refahub.pos.web.ActRefused;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** How a store is and was, what it answered to orders, and fresh secrets for it. */
@RestController
final class StoreHealthController {
    private static final int PAST = 60;
    private static final int ORDERS = 20;

    private final StoreHealth health;

    StoreHealthController(StoreHealth health) {
        this.health = health;
    }

    record Whole(StoreHealth.View now, List<StoreHealth.Beat> past, List<StoreHealth.Ordered> orders) {}

    record Asked(Instant askedAt) {}

    @GetMapping("/console/api/stores/{id}/health")
    Whole health(@PathVariable UUID id) {
        StoreId store = new StoreId(id);
        return new Whole(
                health.of(store).orElseThrow(() -> ActRefused.of("store-unknown")),
                health.past(store, PAST),
                health.orders(store, ORDERS));
    }

    /** At its next heartbeat the store fetches others; the present ones end ten minutes after that. */
    @PostMapping("/console/api/stores/{id}/secrets")
    Asked renew(@PathVariable UUID id, @AuthenticationPrincipal Person person) {
        return new Asked(ActRefused.unlessDone(health.renewSecrets(new StoreId(id), person)));
    }

    /** The support bundle that came with an answer. */
    @GetMapping("/console/api/stores/{id}/orders/{command}/file")
    ResponseEntity<byte[]> file(@PathVariable UUID id, @PathVariable UUID command) {
        byte[] bytes = health.attachment(new StoreId(id), command).orElseThrow(() -> ActRefused.of("not-found"));
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("application/zip"))
                .cacheControl(CacheControl.noStore())
                .header(
                        "Content-Disposition",
                        ContentDisposition.attachment()
                                .filename("refahub-soporte-" + command + ".zip")
                                .build()
                                .toString())
                .body(bytes);
    }
}
