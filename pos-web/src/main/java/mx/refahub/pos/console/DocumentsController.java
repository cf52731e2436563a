package mx.refahub.pos.console;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.hub.StoreBoard;
import mx.refahub.domain.hub.StoreBoard.DocumentFilter;
import mx.refahub.domain.hub.StoreBoard.DocumentState;
import mx.refahub.domain.hub.StoreBoard.DocumentView;
import mx.refahub.domain.store.StoreId;
import mx.refahub.pos.web.ActRefused;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What stores have sent. */
@RestController
final class DocumentsController {
    private static final int MOST = 200;
    private final StoreBoard board;

    DocumentsController(StoreBoard board) {
        this.board = board;
    }

    /**
     * @param next to be given as {@code before} for the next page; null on the last
     * @param types that can be filtered by
     */
    record Documents(List<Row> documents, @Nullable UUID next, List<String> types) {}

    record Row(
            UUID id,
            UUID store,
            String storeName,
            int epoch,
            long sequence,
            String type,
            int schema,
            String key,
            String state,
            Instant occurredAt,
            Instant landedAt,
            @Nullable Instant appliedAt,
            @Nullable String parkedReason,
            boolean amended,
            String summary) {
        static Row of(DocumentView view) {
            return new Row(
                    view.id(),
                    view.store().value(),
                    view.storeName(),
                    view.epoch(),
                    view.sequence(),
                    view.type(),
                    view.schema(),
                    view.key(),
                    view.state().name().toLowerCase(Locale.ROOT),
                    view.occurredAt(),
                    view.landedAt(),
                    view.appliedAt(),
                    view.parkedReason(),
                    view.amended(),
                    view.summary());
        }
    }

    record Detail(
            Row document,
            String body,
            String hash,
            String previousHash,
            List<StoreBoard.Line> lines,
            List<StoreBoard.Paid> tenders) {
        static Detail of(StoreBoard.DocumentDetail detail) {
            return new Detail(
                    Row.of(detail.document()),
                    detail.body(),
                    detail.hash(),
                    detail.previousHash(),
                    detail.lines(),
                    detail.tenders());
        }
    }

    @GetMapping("/console/api/documents")
    Documents documents(
            @RequestParam(required = false) @Nullable UUID store,
            @RequestParam(defaultValue = "") String type,
            @RequestParam(defaultValue = "") String key,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant until,
            @RequestParam(required = false) @Nullable UUID before,
            @RequestParam(defaultValue = "50") int limit) {
        if (limit < 1 || limit > MOST) throw ActRefused.of("limit-out-of-range", Integer.toString(MOST));
        Optional<DocumentState> wanted = state(state);
        if (wanted.isEmpty() && !state.isEmpty()) throw ActRefused.of("state-unknown", state);
        List<DocumentView> found = ActRefused.unlessDone(board.documents(new DocumentFilter(
                store == null ? null : new StoreId(store),
                type,
                key,
                wanted.orElse(null),
                text,
                from,
                until,
                before,
                limit)));
        UUID next = found.size() < limit ? null : found.getLast().id();
        return new Documents(found.stream().map(Row::of).toList(), next, DocumentType.ALL);
    }

    @GetMapping("/console/api/documents/{id}")
    Detail document(@PathVariable UUID id) {
        return board.document(id).map(Detail::of).orElseThrow(() -> ActRefused.of("document-unknown"));
    }

    private static Optional<DocumentState> state(String name) {
        return Arrays.stream(DocumentState.values())
                .filter(state -> state.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst();
    }
}
