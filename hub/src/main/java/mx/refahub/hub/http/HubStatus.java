package mx.refahub.hub.http;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mx.refahub.domain.search.PartSearch;
import mx.refahub.domain.search.Shelves;
import mx.refahub.domain.stream.StreamVersions;
import mx.refahub.pos.web.StatusSource;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/** What the hub says of itself to anyone who asks: well or not, and which versions; nothing about the shops. */
@Component
final class HubStatus implements StatusSource {
    private final HealthEndpoint health;
    private final StreamVersions versions;
    private final PartSearch search;
    private final Shelves shelves;
    private final String version;

    HubStatus(HealthEndpoint health, StreamVersions versions, PartSearch search, Shelves shelves) {
        this.health = health;
        this.versions = versions;
        this.search = search;
        this.shelves = shelves;
        String built = HubStatus.class.getPackage().getImplementationVersion();
        this.version = built == null ? "dev" : built;
    }

    /** @param cards how often prices came out of memory */
    record View(
            String process,
            String status,
            String version,
            long indexVersion,
            Map<String, Long> streams,
            Shelves.Figures cards) {}

    @Override
    public View status() {
        Status now = now();
        Map<String, Long> streams = new TreeMap<>();
        if (!now.equals(Status.DOWN)) versions.current().forEach((stream, at) -> streams.put(stream.wireName(), at));
        return new View("hub", now.getCode(), version, search.version().index(), streams, shelves.figures());
    }

    @Override
    public List<String> troubles() {
        Status now = now();
        if (now.equals(Status.UP)) return List.of();
        return List.of(now.equals(Status.DOWN) ? "hub-down" : "hub-degraded");
    }

    @Override
    public boolean isDown() {
        return now().equals(Status.DOWN);
    }

    private Status now() {
        return health.health().getStatus();
    }
}
