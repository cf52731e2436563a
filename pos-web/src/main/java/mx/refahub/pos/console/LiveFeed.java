package mx.refahub.pos.console;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import mx.refahub.domain.alert.Alerts;
import mx.refahub.domain.hub.StoreBoard;
import mx.refahub.domain.job.Jobs;
import mx.refahub.domain.store.Person;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells open pages what changed in stores and runs. Nothing is asked of the ports while no page is open; while any is, they share one look
 * per interval. Each page gets what is new to it, so a slow one misses steps in between and never the last state.
 */
final class LiveFeed extends PageFeed {
    /** Proxies and browsers drop a connection that says nothing for long. */
    private static final Duration SILENCE = Duration.ofSeconds(15);

    private static final int RUNS = 30;

    private final StoreBoard board;
    private final Jobs jobs;
    private final Alerts alerts;
    private final Clock clock;
    private final ConsoleSettings settings;
    private @Nullable Look last;

    LiveFeed(StoreBoard board, Jobs jobs, Alerts alerts, Clock clock, ConsoleSettings settings) {
        super("console-events", settings.liveInterval());
        this.board = board;
        this.jobs = jobs;
        this.alerts = alerts;
        this.clock = clock;
        this.settings = settings;
    }

    private record Look(long nanos, List<StoreRow> stores, List<RunRow> runs) {}

    /** What the bell shows to one person; the id is the same for all, so that a page keeps one. */
    private record BellRow(String id, int count, @Nullable Instant newest) {
        static BellRow of(Alerts.Bell bell) {
            return new BellRow("bell", bell.count(), bell.newest());
        }
    }

    /**
     * @param who for whom the bell rings
     * @param withRuns whether this person may see jobs
     * @param stillThere whether the session that asked is still open
     */
    SseEmitter open(Person who, boolean withRuns, BooleanSupplier stillThere) {
        return open(stillThere, new Page(who, withRuns));
    }

    /** What one page has been told. */
    private final class Page implements Turn {
        private final Person who;
        private final boolean withRuns;
        private final Map<Object, Object> seen = new HashMap<>();
        private @Nullable Instant spoken;

        Page(Person who, boolean withRuns) {
            this.who = who;
            this.withRuns = withRuns;
        }

        @Override
        public void send(SseEmitter emitter) throws IOException {
            Instant last = spoken;
            if (last == null) {
                emitter.send(SseEmitter.event().name("hello").data("{}").reconnectTime(RECONNECT_MILLIS));
                last = clock.instant();
                spoken = last;
            }
            boolean news = false;
            Look look = look();
            news |= LiveFeed.send(emitter, "stores", look.stores(), StoreRow::id, seen);
            if (withRuns) news |= LiveFeed.send(emitter, "runs", look.runs(), RunRow::id, seen);
            news |= LiveFeed.send(emitter, "alerts", List.of(BellRow.of(alerts.bell(who))), BellRow::id, seen);
            Instant now = clock.instant();
            if (!news && Duration.between(last, now).compareTo(SILENCE) >= 0) {
                emitter.send(SseEmitter.event().comment(""));
                news = true;
            }
            if (news) spoken = now;
        }
    }

    private static <T> boolean send(
            SseEmitter emitter, String event, List<T> rows, Function<T, Object> id, Map<Object, Object> seen)
            throws IOException {
        List<T> changed = rows.stream()
                .filter(row -> !row.equals(seen.put(id.apply(row), row)))
                .toList();
        if (changed.isEmpty()) return false;
        emitter.send(SseEmitter.event().name(event).data(changed));
        return true;
    }

    private synchronized Look look() {
        Look known = last;
        long nanos = System.nanoTime();
        if (known != null && nanos - known.nanos() < settings.liveInterval().toNanos()) return known;
        Instant now = clock.instant();
        Look fresh = new Look(
                nanos,
                board.stores().stream()
                        .map(store -> StoreRow.of(store, now, settings))
                        .toList(),
                jobs.runs(null, RUNS).stream().map(RunRow::of).toList());
        last = fresh;
        return fresh;
    }
}
