package mx.refahub.pos.console;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import mx.refahub.domain.hub.OutsideSystem;
import mx.refahub.domain.hub.RouteMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The map of routes as it changes. Pages share one look per interval; nothing is looked at while none is open. */
final class RouteFeed implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(RouteFeed.class);
    private static final Duration CONNECTION = Duration.ofMinutes(10);

    private final RouteMap routes;
    private final List<OutsideSystem> outside;
    private final ConsoleSettings settings;
    private volatile CountDownLatch closing = new CountDownLatch(1);
    private volatile boolean running;
    private @Nullable Map last;
    private long lastNanos;

    RouteFeed(RouteMap routes, List<OutsideSystem> outside, ConsoleSettings settings) {
        this.routes = routes;
        this.outside = outside;
        this.settings = settings;
    }

    /** @param queues by name, what waits in them */
    record Map(List<RouteMap.Route> routes, java.util.Map<String, Long> queues, List<Outside> outside) {}

    record Outside(String name, OutsideSystem.State state) {}

    synchronized Map look() {
        long nanos = System.nanoTime();
        Map known = last;
        if (known != null && nanos - lastNanos < settings.liveInterval().toNanos()) return known;
        Map fresh = new Map(
                routes.routes(),
                routes.queues(),
                outside.stream()
                        .map(system -> new Outside(system.name(), system.state()))
                        .toList());
        last = fresh;
        lastNanos = nanos;
        return fresh;
    }

    /** What was just moved is shown at once. */
    synchronized void forget() {
        last = null;
    }

    SseEmitter open(BooleanSupplier stillThere) {
        SseEmitter emitter = new SseEmitter(CONNECTION.toMillis());
        AtomicBoolean gone = new AtomicBoolean();
        emitter.onCompletion(() -> gone.set(true));
        emitter.onTimeout(() -> gone.set(true));
        emitter.onError(failure -> gone.set(true));
        Thread.ofVirtual().name("console-routes").start(() -> follow(emitter, gone, stillThere));
        return emitter;
    }

    private void follow(SseEmitter emitter, AtomicBoolean gone, BooleanSupplier stillThere) {
        try {
            do {
                emitter.send(SseEmitter.event().name("map").data(look()).reconnectTime(2_000));
            } while (!gone.get()
                    && stillThere.getAsBoolean()
                    && !closing.await(settings.liveInterval().toMillis(), TimeUnit.MILLISECONDS));
            emitter.complete();
        } catch (IOException | IllegalStateException e) {
            log.debug("routes page left");
            emitter.completeWithError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            emitter.complete();
        } catch (RuntimeException e) {
            log.warn("events of routes ended: {}", e.toString());
            emitter.completeWithError(e);
        }
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
