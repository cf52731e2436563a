package mx.refahub.pos.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import mx.refahub.domain.search.PartSearch;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "status")
class StatusApi {
    private final StatusSource source;
    private final PartSearch search;
    private final Messages messages;
    private final Clock clock;

    StatusApi(StatusSource source, PartSearch search, Messages messages, Clock clock) {
        this.source = source;
        this.search = search;
        this.messages = messages;
        this.clock = clock;
    }

    record Trouble(String code, String text) {}

    /** @param status {@code up}, {@code degraded} with the reasons, or {@code down} */
    record Health(String status, List<Trouble> troubles, long indexVersion, Instant time) {}

    @GetMapping("/api/v1/health")
    @Operation(summary = "Whether this process is well; degraded is not up")
    ResponseEntity<Health> health(Locale locale) {
        List<Trouble> troubles = source.troubles().stream()
                .map(code -> new Trouble(code, messages.text(locale, "health." + code)))
                .toList();
        boolean down = source.isDown();
        String state = down ? "down" : troubles.isEmpty() ? "up" : "degraded";
        return ResponseEntity.status(down ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.OK)
                .body(new Health(state, troubles, search.version().index(), clock.instant()));
    }

    @GetMapping("/api/status")
    @Operation(summary = "Liveness and versions of this process")
    Object status() {
        return source.status();
    }
}
