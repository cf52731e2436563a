package mx.refahub.hub.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mx.refahub.domain.Failure;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.document.Frame;
import mx.refahub.domain.document.FrameCodec;
import mx.refahub.domain.reconcile.Exchange;
import mx.refahub.domain.reconcile.Report;
import mx.refahub.domain.store.StoreId;
import mx.refahub.hub.reconcile.ReconcileDesk;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** A store compares what it has with what landed of it; it only ever sees its own. */
@RestController
final class ReconcileController {
    private static final int MOST_DAYS = 4_000;
    private static final int MOST_RANGES = 2_048;

    private final ReconcileDesk desk;
    private final Problems problems;

    ReconcileController(ReconcileDesk desk, Problems problems) {
        this.desk = desk;
        this.problems = problems;
    }

    @PostMapping("/api/hubs/reconciliation/cells")
    ResponseEntity<?> cells(
            @RequestBody Exchange.CellsCall call, @AuthenticationPrincipal Jwt token, HttpServletRequest request) {
        StoreId store = store(token);
        Optional<Long> landed = desk.landed(store);
        if (landed.isEmpty()) return problems.answer(request, Refusal.of("store-unknown"));
        if (call.days().size() > MOST_DAYS) return unreadable(request);
        List<Exchange.CellSummary> cells =
                desk.documents(store).cells(call.days(), call.first(), call.last()).entrySet().stream()
                        .map(cell -> new Exchange.CellSummary(cell.getKey(), cell.getValue()))
                        .toList();
        return ResponseEntity.ok(new Exchange.CellsAnswer(landed.get(), cells));
    }

    @PostMapping("/api/hubs/reconciliation/ranges")
    ResponseEntity<?> ranges(
            @RequestBody Exchange.RangesCall call, @AuthenticationPrincipal Jwt token, HttpServletRequest request) {
        if (call.ranges().size() > MOST_RANGES) return unreadable(request);
        return ResponseEntity.ok(
                new Exchange.SummariesAnswer(desk.documents(store(token)).summaries(call.ranges())));
    }

    @PostMapping("/api/hubs/reconciliation/marks")
    ResponseEntity<?> marks(
            @RequestBody Exchange.RangesCall call, @AuthenticationPrincipal Jwt token, HttpServletRequest request) {
        if (call.ranges().size() > MOST_RANGES) return unreadable(request);
        return ResponseEntity.ok(
                new Exchange.MarksAnswer(desk.documents(store(token)).marks(call.ranges())));
    }

    /** A frame, as it goes over the broker. */
    @PostMapping(path = "/api/hubs/reconciliation/documents", consumes = "application/octet-stream")
    ResponseEntity<?> documents(
            @RequestBody byte[] bytes, @AuthenticationPrincipal Jwt token, HttpServletRequest request) {
        Frame frame;
        try {
            frame = FrameCodec.decode(bytes);
        } catch (Failure e) {
            return unreadable(request);
        }
        return ResponseEntity.ok(desk.take(store(token), frame));
    }

    @PostMapping("/api/hubs/reconciliation/reports")
    ResponseEntity<?> report(@RequestBody Report report, @AuthenticationPrincipal Jwt token) {
        return ResponseEntity.ok(Map.of("id", desk.report(store(token), report)));
    }

    private ResponseEntity<?> unreadable(HttpServletRequest request) {
        return problems.answer(request, Refusal.of("request-unreadable"));
    }

    private static StoreId store(Jwt token) {
        return StoreId.of(String.valueOf(token.getSubject()));
    }
}
