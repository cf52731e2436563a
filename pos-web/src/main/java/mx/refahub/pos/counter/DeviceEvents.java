package mx.refahub.pos.counter;

import java.util.function.BooleanSupplier;
import mx.refahub.domain.device.CustomerView;
import mx.refahub.domain.device.Devices;
import mx.refahub.domain.store.RegisterId;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** What devices say, to the pages that listen. */
final class DeviceEvents extends EventPages {
    private final Devices devices;
    private final CustomerView customers;

    DeviceEvents(Devices devices, CustomerView customers) {
        super("device-events");
        this.devices = devices;
        this.customers = customers;
    }

    /** @param register for whom it is; empty for all */
    record Scan(String device, String register, String code) {}

    record Simulated(String device) {}

    SseEmitter devices(BooleanSupplier stillThere) {
        return open(stillThere, tell -> devices.subscribe(news -> tell.accept(event(news))));
    }

    private static Event event(Devices.News news) {
        return switch (news) {
            case Devices.News.Changed(Devices.Watched device) -> Event.of("device", DeviceView.of(device));
            case Devices.News.Scanned(String device, var register, String code) ->
                Event.of(
                        "scan",
                        new Scan(device, register.map(RegisterId::toString).orElse(""), code));
            case Devices.News.Simulated(String device) -> Event.of("simulation", new Simulated(device));
        };
    }

    SseEmitter display(RegisterId register, BooleanSupplier stillThere) {
        return open(stillThere, tell -> {
            AutoCloseable subscription = customers.subscribe(register, shown -> tell.accept(Event.of("shown", shown)));
            tell.accept(Event.of("shown", customers.now(register)));
            return subscription;
        });
    }
}
