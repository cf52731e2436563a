package mx.refahub.pos.console;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Events for open pages, turn by turn: each page on a thread of its own until it leaves, its session ends, or the process stops. */
abstract class PageFeed implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(PageFeed.class);
    /** The browser comes back by itself; a page that lost its right to look finds out then. */
    private static final Duration CONNECTION = Duration.ofMinutes(10);

    static final long RECONNECT_MILLIS = 2_000;

    private final String name;
    private final Duration interval;
    private volatile CountDownLatch closing = new CountDownLatch(1);
    private volatile boolean running;

    /** @param interval between two turns */
    PageFeed(String name, Duration interval) {
        this.name = name;
        this.interval = interval;
    }

    /** What one page is told at one turn. */
    @FunctionalInterface
    interface Turn {
        void send(SseEmitter emitter) throws IOException;
    }

    /** @param stillThere whether the session that asked is still open */
    final SseEmitter open(BooleanSupplier stillThere, Turn turn) {
        SseEmitter emitter = new SseEmitter(CONNECTION.toMillis());
        AtomicBoolean gone = new AtomicBoolean();
        emitter.onCompletion(() -> gone.set(true));
        emitter.onTimeout(() -> gone.set(true));
        emitter.onError(failure -> gone.set(true));
        Thread.ofVirtual().name(name).start(() -> follow(emitter, gone, stillThere, turn));
        return emitter;
    }

    private void follow(SseEmitter emitter, AtomicBoolean gone, BooleanSupplier stillThere, Turn turn) {
        try {
            do {
                turn.send(emitter);
            } while (!gone.get()
                    && stillThere.getAsBoolean()
                    && !closing.await(interval.toMillis(), TimeUnit.MILLISECONDS));
            emitter.complete();
        } catch (IOException | IllegalStateException e) {
            log.debug("page left feed={}", name);
            emitter.completeWithError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            emitter.complete();
        } catch (RuntimeException e) {
            log.warn("events ended feed={} reason={}", name, e.toString());
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
