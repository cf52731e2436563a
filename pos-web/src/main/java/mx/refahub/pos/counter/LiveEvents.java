package mx.refahub.pos.counter;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import mx.refahub.domain.search.PartSearch;
import mx.refahub.domain.store.Paper;
import mx.refahub.domain.store.StoreStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells open pages of status and paper as they change. Whoever changed something never waits for a page: each page has a queue of its own, and
 * one that does not read loses the oldest.
 */
final class LiveEvents implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(LiveEvents.class);
    /** The browser comes back by itself; a page that lost its right to look finds out then. */
    private static final Duration CONNECTION = Duration.ofMinutes(10);
    /** Proxies and browsers drop a connection that says nothing for long. */
    private static final Duration SILENCE = Duration.ofSeconds(15);

    private static final int WAITING = 64;

    private final StoreStatus status;
    private final Paper paper;
    private final PartSearch search;
    private final Clock clock;
    private final Set<Page> pages = ConcurrentHashMap.newKeySet();
    private volatile boolean running;

    LiveEvents(StoreStatus status, Paper paper, PartSearch search, Clock clock) {
        this.status = status;
        this.paper = paper;
        this.search = search;
        this.clock = clock;
    }

    private sealed interface News {
        record Status(StoreStatus.Snapshot snapshot) implements News {}

        record Printed(Paper.Sheet sheet) implements News {}

        record Closing() implements News {}
    }

    private static final class Page {
        final BlockingQueue<News> news = new LinkedBlockingQueue<>(WAITING);
        final SseEmitter emitter = new SseEmitter(CONNECTION.toMillis());
        volatile boolean gone;

        void tell(News item) {
            while (!news.offer(item)) news.poll();
        }
    }

    SseEmitter open(boolean withPaper, BooleanSupplier stillThere) {
        Page page = new Page();
        page.emitter.onCompletion(() -> page.gone = true);
        page.emitter.onTimeout(() -> page.gone = true);
        page.emitter.onError(failure -> page.gone = true);
        pages.add(page);
        Thread.ofVirtual().name("till-events").start(() -> follow(page, withPaper, stillThere));
        return page.emitter;
    }

    private void follow(Page page, boolean withPaper, BooleanSupplier stillThere) {
        try (AutoCloseable _ = status.subscribe(snapshot -> page.tell(new News.Status(snapshot)));
                AutoCloseable _ = withPaper ? paper.subscribe(sheet -> page.tell(new News.Printed(sheet))) : () -> {}) {
            page.emitter.send(SseEmitter.event().name("hello").data("{}").reconnectTime(2_000));
            page.tell(new News.Status(status.now()));
            while (running && !page.gone && stillThere.getAsBoolean()) {
                News item = page.news.poll(SILENCE.toSeconds(), TimeUnit.SECONDS);
                switch (item) {
                    case null -> page.emitter.send(SseEmitter.event().comment(""));
                    case News.Status(StoreStatus.Snapshot snapshot) ->
                        page.emitter.send(SseEmitter.event()
                                .name("status")
                                .data(StatusView.of(snapshot, search.version().index(), clock.instant())));
                    case News.Printed(Paper.Sheet sheet) ->
                        page.emitter.send(SseEmitter.event().name("paper").data(sheet));
                    case News.Closing() -> page.gone = true;
                }
            }
            page.emitter.complete();
        } catch (IOException | IllegalStateException e) {
            log.debug("till page left");
            page.emitter.completeWithError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            page.emitter.complete();
        } catch (Exception e) {
            log.warn("till events ended: {}", e.toString());
            page.emitter.completeWithError(e);
        } finally {
            pages.remove(page);
        }
    }

    @Override
    public void start() {
        running = true;
    }

    /** Before the web server stops, which would wait for the open pages. */
    @Override
    public void stop() {
        running = false;
        pages.forEach(page -> page.tell(new News.Closing()));
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
