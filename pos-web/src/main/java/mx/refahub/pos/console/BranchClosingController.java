package mx.refahub.pos.console;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.stock.BranchClosing;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.StoreId;
import mx.refahub.pos.web.ActRefused;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Closing a branch for good, step by step. */
@RestController
final class BranchClosingController {
    private final BranchClosing closing;

    BranchClosingController(BranchClosing closing) {
        this.closing = closing;
    }

    record Left(String step, long count, List<String> examples) {}

    record State(
            UUID store,
            String code,
            String name,
            @Nullable Instant closedAt,
            @Nullable String closedBy,
            String reason,
            @Nullable Instant heardAt,
            boolean mayClose,
            List<Left> left) {
        static State of(BranchClosing.State state) {
            return new State(
                    state.store().value(),
                    state.code(),
                    state.name(),
                    state.closedAt(),
                    state.closedBy(),
                    state.reason(),
                    state.heardAt(),
                    state.mayClose(),
                    state.left().stream()
                            .map(left -> new Left(left.step().name(), left.count(), left.examples()))
                            .toList());
        }
    }

    @GetMapping("/console/api/stores/{id}/closing")
    State state(@PathVariable UUID id) {
        return State.of(ActRefused.unlessDone(closing.state(new StoreId(id))));
    }

    record Reason(@NotNull @Size(max = 200) String reason) {}

    @PostMapping("/console/api/stores/{id}/closing")
    State close(@PathVariable UUID id, @RequestBody @Valid Reason reason, @AuthenticationPrincipal Person who) {
        return State.of(ActRefused.unlessDone(closing.close(new StoreId(id), reason.reason(), who)));
    }

    @PostMapping("/console/api/stores/{id}/reopening")
    State reopen(@PathVariable UUID id, @RequestBody @Valid Reason reason, @AuthenticationPrincipal Person who) {
        return State.of(ActRefused.unlessDone(closing.reopen(new StoreId(id), reason.reason(), who)));
    }
}
