package mx.refahub.pos.console;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import mx.refahub.domain.alert.Alerts;
import mx.refahub.domain.hub.StoreBoard;
import mx.refahub.domain.job.Jobs;
import mx.refahub.domain.store.Person;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells open pages what changed in stores and runs. Nothing is asked of the ports while no page is open; while any is, they share one look
 * per interval. Each page gets what is new to it, so a slow one misses steps in between and never the last state.
 */
final class LiveFeed implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(LiveFeed.class);
    /** The browser comes back by itself; a page that lost its right to look finds out then. */
    private static final Duration CONNECTION = Duration.ofMinutes(10);
    /** Proxies and browsers drop a connection that says nothing for long. */
    private static final Duration SILENCE = Duration.ofSeconds(15);

    private static final int RUNS = 30;

    private final StoreBoard board;
    private final Jobs jobs;
    private final Alerts alerts;
    private final Clock clock;
    private final ConsoleSettings settings;
    private volatile CountDownLatch closing = new CountDownLatch(1);
    private volatile boolean running;
    private @Nullable Look last;

    LiveFeed(StoreBoard board, Jobs jobs, Alerts alerts, Clock clock, ConsoleSettings settings) {
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
        SseEmitter emitter = new SseEmitter(CONNECTION.toMillis());
        AtomicBoolean gone = new AtomicBoolean();
        emitter.onCompletion(() -> gone.set(true));
        emitter.onTimeout(() -> gone.set(true));
        emitter.onError(failure -> gone.set(true));
        Thread.ofVirtual().name("console-events").start(() -> follow(emitter, who, withRuns, gone, stillThere));
        return emitter;
    }

    private void follow(
            SseEmitter emitter, Person who, boolean withRuns, AtomicBoolean gone, BooleanSupplier stillThere) {
        Map<Object, Object> seen = new HashMap<>();
        try {
            emitter.send(SseEmitter.event().name("hello").data("{}").reconnectTime(2_000));
            Instant spoken = clock.instant();
            do {
                boolean news = false;
                Look look = look();
                news |= send(emitter, "stores", look.stores(), StoreRow::id, seen);
                if (withRuns) news |= send(emitter, "runs", look.runs(), RunRow::id, seen);
                news |= send(emitter, "alerts", List.of(BellRow.of(alerts.bell(who))), BellRow::id, seen);
                Instant now = clock.instant();
                if (!news && Duration.between(spoken, now).compareTo(SILENCE) >= 0) {
                    emitter.send(SseEmitter.event().comment(""));
                    news = true;
                }
                if (news) spoken = now;
            } while (!gone.get()
                    && stillThere.getAsBoolean()
                    && !closing.await(settings.liveInterval().toMillis(), TimeUnit.MILLISECONDS));
            emitter.complete();
        } catch (IOException | IllegalStateException e) {
            log.debug("console page left");
            emitter.completeWithError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            emitter.complete();
        } catch (RuntimeException e) {
            log.warn("console events ended: {}", e.toString());
            emitter.completeWithError(e);
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

    @Override
    public void start() {
        closing = new CountDownLatch(1);
        running = true;
    }

    /** Before the web server stops, which would wait for the open pages. */
    @Override
    public void stop() {
        running = false;
        closing.countDown();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
