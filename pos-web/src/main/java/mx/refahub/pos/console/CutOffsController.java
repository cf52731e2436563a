package mx.refahub.pos.console;

import java.time.Instant;
import java.util.UUID;
import mx.refahub.domain.hub.CutOffs;
import mx.refahub.domain.hub.StoreBoard;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.StoreId;
import mx.refahub.pos.web.ActRefused;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Takes a store's access away, and gives it back. */
@RestController
final class CutOffsController {
    private final CutOffs cutOffs;
    private final StoreBoard board;

    CutOffsController(CutOffs cutOffs, StoreBoard board) {
        this.cutOffs = cutOffs;
        this.board = board;
    }

    record Why(@Nullable String reason) {}

    /** @param at null: the store may come in */
    record CutOffView(
            boolean cutOff,
            @Nullable Instant at,
            @Nullable String by,
            @Nullable String reason) {
        static final CutOffView NONE = new CutOffView(false, null, null, null);

        static CutOffView of(CutOffs.CutOff cutOff) {
            return new CutOffView(true, cutOff.at(), cutOff.byName(), cutOff.reason());
        }
    }

    @GetMapping("/console/api/stores/{id}/cut-off")
    CutOffView now(@PathVariable UUID id) {
        if (board.store(new StoreId(id)).isEmpty()) throw ActRefused.of("store-unknown");
        return cutOffs.of(new StoreId(id)).map(CutOffView::of).orElse(CutOffView.NONE);
    }

    @PutMapping("/console/api/stores/{id}/cut-off")
    CutOffView cutOff(@PathVariable UUID id, @RequestBody Why why, @AuthenticationPrincipal Person person) {
        String reason = why.reason() == null ? "" : why.reason();
        return CutOffView.of(ActRefused.unlessDone(cutOffs.cutOff(new StoreId(id), reason, person)));
    }

    @DeleteMapping("/console/api/stores/{id}/cut-off")
    CutOffView letIn(@PathVariable UUID id, @AuthenticationPrincipal Person person) {
        ActRefused.unlessDone(cutOffs.letIn(new StoreId(id), person));
        return CutOffView.NONE;
    }
}
