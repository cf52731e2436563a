package mx.refahub.pos.counter;

import java.time.Clock;
import java.util.function.BooleanSupplier;
import mx.refahub.domain.search.PartSearch;
import mx.refahub.domain.store.Paper;
import mx.refahub.domain.store.StoreStatus;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Tells open tills of status and paper as they change. */
final class LiveEvents extends EventPages {
    private final StoreStatus status;
    private final Paper paper;
    private final PartSearch search;
    private final Clock clock;

    LiveEvents(StoreStatus status, Paper paper, PartSearch search, Clock clock) {
        super("till-events");
        this.status = status;
        this.paper = paper;
        this.search = search;
        this.clock = clock;
    }

    SseEmitter open(boolean withPaper, BooleanSupplier stillThere) {
        return open(stillThere, tell -> {
            AutoCloseable ofStatus = status.subscribe(snapshot -> tell.accept(event(snapshot)));
            AutoCloseable ofPaper =
                    withPaper ? paper.subscribe(sheet -> tell.accept(Event.of("paper", sheet))) : () -> {};
            tell.accept(event(status.now()));
            return () -> {
                try (ofStatus;
                        ofPaper) {}
            };
        });
    }

    private Event event(StoreStatus.Snapshot snapshot) {
        return new Event(
                "status", () -> StatusView.of(snapshot, search.version().index(), clock.instant()));
    }
}
