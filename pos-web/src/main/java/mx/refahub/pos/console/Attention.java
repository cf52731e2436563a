package mx.refahub.pos.console;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import mx.refahub.domain.delivery.Landing;
import mx.refahub.domain.hub.RouteMap.Route;
import mx.refahub.domain.job.Jobs;
import mx.refahub.domain.message.DeadLetters;
import mx.refahub.domain.message.MessageDesk;
import org.jspecify.annotations.Nullable;

/**
 * One thing that needs a person. The sentences about cause and effect are the screen's, from message files, by kind.
 *
 * @param stop true for what stands still, false for what only gets worse
 * @param subject what it is about, as people call it: store, job or route
 * @param id of the store, run or route, to act on it
 * @param count documents, or seconds for a clock; 0 where it does not apply
 * @param since when it began; null if unknown
 * @param detail the words of whoever noticed; may be empty
 * @param frozen why a store is frozen; null where that is not the matter
 */
record Attention(
        Kind kind,
        boolean stop,
        String subject,
        String id,
        long count,
        @Nullable Instant since,
        String detail,
        Landing.@Nullable Freeze frozen) {

    /** Worst first. */
    enum Kind {
        STORE_FROZEN,
        STORE_CLAIMED,
        ROUTE_STOPPED,
        DEAD_LETTERS,
        JOB_FAILED,
        IMPORT_WAITING,
        UNREADABLE,
        DOCUMENTS_PARKED,
        STORE_SILENT,
        STORE_CLOCK,
        STORE_LAGGING;

        private static final Set<Kind> STANDS_STILL =
                EnumSet.of(STORE_FROZEN, STORE_CLAIMED, ROUTE_STOPPED, DEAD_LETTERS, JOB_FAILED);

        @JsonValue
        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        private Attention of(StoreRow store, long count, @Nullable Instant since, String detail) {
            return of(store.name(), store.id().toString(), count, since, detail);
        }

        private Attention of(String subject, String id, long count, @Nullable Instant since, String detail) {
            boolean stop = STANDS_STILL.contains(this);
            return new Attention(this, stop, subject, id, count, since, detail, null);
        }
    }

    private Attention because(Landing.@Nullable Freeze freeze) {
        return new Attention(kind, stop, subject, id, count, since, detail, freeze);
    }

    static List<Attention> ofStores(Collection<StoreRow> stores) {
        List<Attention> found = new ArrayList<>();
        for (StoreRow store : stores) {
            if (store.parked() > 0) found.add(Kind.DOCUMENTS_PARKED.of(store, store.parked(), null, ""));
            switch (store.state()) {
                case FROZEN ->
                    found.add(Kind.STORE_FROZEN
                            .of(store, store.lag(), store.lastDocumentAt(), "")
                            .because(store.frozen()));
                case CLAIMED -> found.add(Kind.STORE_CLAIMED.of(store, 0, null, ""));
                case SILENT -> found.add(Kind.STORE_SILENT.of(store, store.lag(), store.heartbeatAt(), ""));
                case LAGGING -> found.add(Kind.STORE_LAGGING.of(store, store.lag(), store.lastDocumentAt(), ""));
                case CLOCK ->
                    found.add(Kind.STORE_CLOCK.of(store, Math.abs(store.clockOffsetMillis()) / 1000, null, ""));
                case CUT_OFF, PARKED, NEW, FINE -> {}
            }
        }
        return found;
    }

    /** Jobs whose newest run failed or waits for a person. @param newestFirst as the port gives them */
    static List<Attention> ofRuns(List<Jobs.Run> newestFirst) {
        List<Attention> found = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Jobs.Run run : newestFirst)
            if (seen.add(run.job())) {
                String id = Long.toString(run.id());
                if (run.status() == Jobs.Status.FAILED)
                    found.add(Kind.JOB_FAILED.of(run.job(), id, 0, run.endedAt(), run.message()));
                if (run.status() == Jobs.Status.WAITING_FOR_APPROVAL)
                    found.add(Kind.IMPORT_WAITING.of(run.job(), id, 0, run.startedAt(), ""));
            }
        return found;
    }

    static List<Attention> ofRoutes(List<Route> routes) {
        return routes.stream()
                .filter(route -> !route.running())
                .map(route -> Kind.ROUTE_STOPPED.of(
                        route.id(), route.id(), 0, null, route.lastFailure() == null ? "" : route.lastFailure()))
                .toList();
    }

    /** Messages that no route could take, as one line. @param oldestFirst as the port gives them */
    static List<Attention> ofLetters(List<DeadLetters.Letter> oldestFirst) {
        if (oldestFirst.isEmpty()) return List.of();
        DeadLetters.Letter first = oldestFirst.getFirst();
        return List.of(Kind.DEAD_LETTERS.of(first.route(), first.id(), oldestFirst.size(), first.at(), ""));
    }

    /** What stores sent and nobody could read, as one line. @param newestFirst as the port gives them */
    static List<Attention> ofAsides(List<MessageDesk.Aside> newestFirst) {
        if (newestFirst.isEmpty()) return List.of();
        MessageDesk.Aside last = newestFirst.getFirst();
        return List.of(Kind.UNREADABLE.of("", last.id().toString(), newestFirst.size(), last.receivedAt(), ""));
    }

    static List<Attention> worstFirst(List<Attention> found) {
        return found.stream()
                .sorted(Comparator.comparing(Attention::kind).thenComparing(Attention::subject))
                .toList();
    }
}
