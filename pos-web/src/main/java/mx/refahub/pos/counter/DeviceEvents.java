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
import mx.refahub.domain.device.CustomerView;
import mx.refahub.domain.device.Devices;
import mx.refahub.domain.store.RegisterId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** What devices say, to the pages that listen. A page that does not read loses the oldest; no device ever waits for a page. */
final class DeviceEvents implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(DeviceEvents.class);
    /** The browser comes back by itself; a page that lost its right to look finds out then. */
    private static final Duration CONNECTION = Duration.ofMinutes(10);

    private static final Duration SILENCE = Duration.ofSeconds(15);
    private static final int WAITING = 64;
    private static final Event CLOSING = new Event("", "");

    private final Devices devices;
    private final CustomerView customers;
    private final Set<Page> pages = ConcurrentHashMap.newKeySet();
    private volatile boolean running;

    DeviceEvents(Devices devices, CustomerView customers) {
        this.devices = devices;
        this.customers = customers;
    }

    private record Event(String name, Object data) {}

    /** @param register for whom it is; empty for all */
    record Scan(String device, String register, String code) {}

    record Simulated(String device) {}

    private static final class Page {
        final BlockingQueue<Event> news = new LinkedBlockingQueue<>(WAITING);
        final SseEmitter emitter = new SseEmitter(CONNECTION.toMillis());
        volatile boolean gone;

        void tell(Event event) {
            while (!news.offer(event)) news.poll();
        }
    }

    SseEmitter devices(BooleanSupplier stillThere) {
        return open(
                stillThere,
                tell -> devices.subscribe(news -> tell.accept(
                        switch (news) {
                            case Devices.News.Changed(Devices.Watched device) ->
                                new Event("device", DeviceView.of(device));
                            case Devices.News.Scanned(String device, var register, String code) ->
                                new Event(
                                        "scan",
                                        new Scan(
                                                device,
                                                register.map(RegisterId::toString)
                                                        .orElse(""),
                                                code));
                            case Devices.News.Simulated(String device) ->
                                new Event("simulation", new Simulated(device));
                        })));
    }

    SseEmitter display(RegisterId register, BooleanSupplier stillThere) {
        return open(stillThere, tell -> {
            AutoCloseable subscription = customers.subscribe(register, shown -> tell.accept(new Event("shown", shown)));
            tell.accept(new Event("shown", customers.now(register)));
            return subscription;
        });
    }

    private SseEmitter open(BooleanSupplier stillThere, Function<Consumer<Event>, AutoCloseable> subscribe) {
        Page page = new Page();
        page.emitter.onCompletion(() -> page.gone = true);
        page.emitter.onTimeout(() -> page.gone = true);
        page.emitter.onError(failure -> page.gone = true);
        pages.add(page);
        Thread.ofVirtual().name("device-events").start(() -> follow(page, stillThere, subscribe));
        return page.emitter;
    }

    private void follow(Page page, BooleanSupplier stillThere, Function<Consumer<Event>, AutoCloseable> subscribe) {
        try (AutoCloseable _ = subscribe.apply(page::tell)) {
            page.emitter.send(SseEmitter.event().name("hello").data("{}").reconnectTime(2_000));
            while (running && !page.gone && stillThere.getAsBoolean()) {
                Event event = page.news.poll(SILENCE.toSeconds(), TimeUnit.SECONDS);
                if (event == null) page.emitter.send(SseEmitter.event().comment(""));
                else if (event.name().isEmpty()) page.gone = true;
                else page.emitter.send(SseEmitter.event().name(event.name()).data(event.data()));
            }
            page.emitter.complete();
        } catch (IOException | IllegalStateException e) {
            log.debug("device page left");
            page.emitter.completeWithError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            page.emitter.complete();
        } catch (Exception e) {
            log.warn("device events ended: {}", e.toString());
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
