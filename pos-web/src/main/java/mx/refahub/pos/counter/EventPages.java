package mx.refahub.pos.counter;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Open pages that are told of news by server-sent events. Whoever has news never waits for a page: each page has a queue of its own, and one that does not
 * read loses the oldest.
 */
class EventPages implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(EventPages.class);
    /** The browser comes back by itself; a page that lost its right to look finds out then. */
    private static final Duration CONNECTION = Duration.ofMinutes(10);
    /** Proxies and browsers drop a connection that says nothing for long. */
    private static final Duration SILENCE = Duration.ofSeconds(15);

    private static final int WAITING = 64;
    private static final Event CLOSING = new Event("", () -> "");

    private final String name;
    private final Set<Page> pages = ConcurrentHashMap.newKeySet();
    private volatile boolean running;

    /** @param name of the threads and in the log */
    EventPages(String name) {
        this.name = name;
    }

    /** @param data made when it is sent, on the page's own thread */
    record Event(String name, Supplier<Object> data) {
        static Event of(String name, Object data) {
            return new Event(name, () -> data);
        }
    }

    private static final class Page {
        final BlockingQueue<Event> news = new LinkedBlockingQueue<>(WAITING);
        final SseEmitter emitter = new SseEmitter(CONNECTION.toMillis());
        volatile boolean gone;

        void tell(Event event) {
            while (!news.offer(event)) news.poll();
        }
    }

    /**
     * @param stillThere asked before each wait; false ends the page
     * @param subscribe is given where to tell news; what it returns is closed with the page
     */
    final SseEmitter open(BooleanSupplier stillThere, Function<Consumer<Event>, AutoCloseable> subscribe) {
        Page page = new Page();
        page.emitter.onCompletion(() -> page.gone = true);
        page.emitter.onTimeout(() -> page.gone = true);
        page.emitter.onError(failure -> page.gone = true);
        pages.add(page);
        Thread.ofVirtual().name(name).start(() -> follow(page, stillThere, subscribe));
        return page.emitter;
    }

    private void follow(Page page, BooleanSupplier stillThere, Function<Consumer<Event>, AutoCloseable> subscribe) {
        try (AutoCloseable _ = subscribe.apply(page::tell)) {
            page.emitter.send(SseEmitter.event().name("hello").data("{}").reconnectTime(2_000));
            while (running && !page.gone && stillThere.getAsBoolean()) {
                Event event = page.news.poll(SILENCE.toSeconds(), TimeUnit.SECONDS);
                if (event == null) page.emitter.send(SseEmitter.event().comment(""));
                else if (event.name().isEmpty()) page.gone = true;
                else
                    page.emitter.send(SseEmitter.event()
                            .name(event.name())
                            .data(event.data().get()));
            }
            page.emitter.complete();
        } catch (IOException | IllegalStateException e) {
            log.debug("page left pages={}", name);
            page.emitter.completeWithError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            page.emitter.complete();
        } catch (Exception e) {
            log.warn("events ended pages={}: {}", name, e.toString());
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
        pages.forEach(page -> page.tell(CLOSING));
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
