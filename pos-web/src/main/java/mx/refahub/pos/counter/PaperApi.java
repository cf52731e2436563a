package mx.refahub.pos.counter;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import mx.refahub.domain.store.Paper;
import mx.refahub.domain.store.Person;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** What the simulated printer has printed, and what happens while a page is open. */
@RestController
@Tag(name = "live")
class PaperApi {
    private final Paper paper;
    private final LiveEvents events;
    private final PosSettings settings;

    PaperApi(Paper paper, LiveEvents events, PosSettings settings) {
        this.paper = paper;
        this.events = events;
        this.settings = settings;
    }

    record Sheets(List<Paper.Sheet> sheets) {}

    @GetMapping("/pos/api/paper")
    @Operation(summary = "Sheets of the simulated printer, newest first")
    Sheets sheets() {
        return new Sheets(paper.sheets(settings.paperKept()));
    }

    @GetMapping(path = "/pos/api/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(summary = "Server-sent events: 'status' and, for who may see devices, 'paper'")
    SseEmitter events(@AuthenticationPrincipal Person who, HttpServletRequest request) {
        boolean withPaper = Permission.of(who.role()).contains(Permission.DEVICES_SEE);
        return events.open(withPaper, new SessionAlive(request.getSession(false)));
    }
}
