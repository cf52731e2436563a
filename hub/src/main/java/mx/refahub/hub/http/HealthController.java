package mx.refahub.hub.http;

import java.util.Map;
import java.util.TreeMap;
import mx.refahub.domain.search.PartSearch;
import mx.refahub.domain.stream.StreamVersions;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Alive or not, and which versions: no secrets, nothing about the shops. */
@RestController
final class HealthController {
    private final HealthEndpoint health;
    private final StreamVersions versions;
    private final PartSearch search;
    private final String version;

    HealthController(HealthEndpoint health, StreamVersions versions, PartSearch search) {
        this.health = health;
        this.versions = versions;
        this.search = search;
        String built = HealthController.class.getPackage().getImplementationVersion();
        this.version = built == null ? "dev" : built;
    }

    record Health(String status, String version) {}

    record HubStatus(String process, String status, String version, long indexVersion, Map<String, Long> streams) {}

    @GetMapping("/api/v1/health")
    ResponseEntity<Health> health() {
        Status status = status();
        return ResponseEntity.status(code(status)).body(new Health(status.getCode(), version));
    }

    @GetMapping("/api/status")
    ResponseEntity<HubStatus> present() {
        Status status = status();
        Map<String, Long> streams = new TreeMap<>();
        if (!status.equals(Status.DOWN)) versions.current().forEach((stream, at) -> streams.put(stream.wireName(), at));
        return ResponseEntity.status(code(status))
                .body(new HubStatus(
                        "hub", status.getCode(), version, search.version().index(), streams));
    }

    private Status status() {
        return health.health().getStatus();
    }

    private static int code(Status status) {
        return status.equals(Status.DOWN) || status.equals(Status.OUT_OF_SERVICE) ? 503 : 200;
    }
}
