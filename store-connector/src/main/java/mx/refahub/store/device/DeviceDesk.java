package mx.refahub.store.device;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.device.CashDrawer;
import mx.refahub.domain.device.CustomerView;
import mx.refahub.domain.device.Device;
import mx.refahub.domain.device.DeviceKind;
import mx.refahub.domain.device.DeviceState;
import mx.refahub.domain.device.DeviceTest;
import mx.refahub.domain.device.Devices;
import mx.refahub.domain.device.Weight;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.store.display.CustomerDisplay;
import mx.refahub.store.display.CustomerScreens;
import mx.refahub.store.display.DisplaySimulator;
import mx.refahub.store.drawer.PrinterDrawer;
import mx.refahub.store.label.LabelSimulator;
import mx.refahub.store.printing.PrinterTalk;
import mx.refahub.store.scale.ScaleSimulator;
import mx.refahub.store.scale.Weighing;
import mx.refahub.store.scanner.ScannerSimulator;
import mx.refahub.store.scanner.SerialScanner;
import mx.refahub.store.wire.Simulator;
import mx.refahub.store.wire.Wires;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets devices up, keeps an eye on them, tries them, and hears what they say. */
public final class DeviceDesk implements Devices, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceDesk.class);
    private static final Duration LINE_BUSY = Duration.ofSeconds(5);
    private static final Duration SCALE_LOOK = Duration.ofMillis(600);

    private static final long MOST_GRAMS = 1_000_000;

    private final DeviceBook book;
    private final Wires wires;
    private final PrinterTalk talk;
    private final Weighing weighing;
    private final PrinterDrawer drawer;
    private final CustomerScreens screens;
    private final Simulators simulators;
    private final Supplier<String> storeName;
    private final Supplier<List<RegisterId>> registers;
    private final IdSource ids;
    private final Duration lookEvery;
    private final List<Consumer<News>> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, SerialScanner> scanners = new ConcurrentHashMap<>();
    private final Map<String, CustomerDisplay> displays = new ConcurrentHashMap<>();
    private final Semaphore lookNow = new Semaphore(0);
    private final Thread looking;
    private volatile boolean running;

    public DeviceDesk(
            DeviceBook book,
            Wires wires,
            PrinterTalk talk,
            PrinterDrawer drawer,
            CustomerScreens screens,
            Simulators simulators,
            Supplier<String> storeName,
            Supplier<List<RegisterId>> registers,
            IdSource ids,
            Duration lookEvery) {
        this.book = book;
        this.wires = wires;
        this.talk = talk;
        this.weighing = new Weighing(wires);
        this.drawer = drawer;
        this.screens = screens;
        this.simulators = simulators;
        this.storeName = storeName;
        this.registers = registers;
        this.ids = ids;
        this.lookEvery = lookEvery;
        this.looking = Thread.ofPlatform().daemon().name("devices").unstarted(this::watch);
        book.watch(watched -> tell(new News.Changed(watched)));
        simulators.onChange(device -> tell(new News.Simulated(device)));
        screens.follow((register, shown) -> displays.forEach((id, display) -> book.device(id)
                .filter(device -> device.register().map(register::equals).orElse(true))
                .ifPresent(device -> display.show(shown))));
    }

    /** From here on devices are listened to and looked after. */
    public void start() {
        running = true;
        book.all().forEach(watched -> attend(watched.device()));
        looking.start();
    }

    private void attend(Device device) {
        if (!running) return;
        switch (device.kind()) {
            case SCANNER ->
                scanners.computeIfAbsent(
                        device.id(),
                        id -> new SerialScanner(
                                device,
                                wires,
                                code -> tell(new News.Scanned(device.id(), device.register(), code)),
                                state -> book.found(device, state)));
            case CUSTOMER_DISPLAY -> {
                CustomerDisplay display = displays.computeIfAbsent(
                        device.id(),
                        id -> new CustomerDisplay(device, wires, storeName, state -> book.found(device, state)));
                display.show(device.register().map(screens::now).orElse(CustomerView.Shown.WELCOME));
            }
            case RECEIPT_PRINTER, LABEL_PRINTER, SCALE -> {}
        }
    }

    private void leave(String id) {
        SerialScanner scanner = scanners.remove(id);
        if (scanner != null) scanner.close();
        CustomerDisplay display = displays.remove(id);
        if (display != null) display.close();
        simulators.forget(id);
    }

    private void watch() {
        try {
            while (true) {
                lookAtAll();
                if (lookNow.tryAcquire(lookEvery.toMillis(), TimeUnit.MILLISECONDS)) lookNow.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One that is in use tells by itself how it is. */
    private void lookAtAll() {
        try {
            for (Watched watched : book.all()) look(watched.device());
        } catch (RuntimeException e) {
            LOG.error("devices cannot be looked at, tried again by itself", e);
        }
    }

    private void look(Device device) {
        Lock line = book.line(device);
        if (!line.tryLock()) return;
        try {
            switch (device.kind()) {
                case RECEIPT_PRINTER, LABEL_PRINTER -> talk.look(device);
                case SCALE -> weigh(device, true);
                case SCANNER, CUSTOMER_DISPLAY -> {}
            }
        } catch (RuntimeException e) {
            LOG.error("device cannot be looked at device={}", device.id(), e);
        } finally {
            line.unlock();
        }
    }

    private Optional<Weight> weigh(Device device, boolean quick) {
        try {
            Optional<Weight> weight = quick ? weighing.look(device, SCALE_LOOK) : weighing.read(device);
            book.found(device, weight.isPresent() ? DeviceState.READY : DeviceState.away("no-answer"));
            return weight;
        } catch (IOException e) {
            book.found(device, DeviceState.away("unreachable"));
            return Optional.empty();
        }
    }

    @Override
    public List<Watched> all() {
        return book.all();
    }

    @Override
    public Outcome<Watched> save(Device device, boolean isNew, Person who) {
        Optional<Device> before = book.device(device.id());
        if (isNew && before.isPresent()) return Outcome.refused("device-id-taken", device.id());
        if (!isNew && (before.isEmpty() || before.get().kind() != device.kind()))
            return Outcome.refused("device-unknown");
        book.save(device, who);
        leave(device.id());
        attend(device);
        lookSoon();
        return Outcome.done(book.watched(device.id()).orElseThrow());
    }

    @Override
    public Outcome<Boolean> remove(String id, Person who) {
        Watched watched = book.watched(id).orElse(null);
        if (watched == null) return Outcome.refused("device-unknown");
        if (watched.from() == From.FILE)
            return Outcome.refused("device-in-file", watched.device().name());
        book.remove(id, who);
        leave(id);
        book.device(id).ifPresent(this::attend);
        lookSoon();
        return Outcome.done(true);
    }

    private void lookSoon() {
        if (lookNow.availablePermits() == 0) lookNow.release();
    }

    @Override
    public Outcome<DeviceTest> test(String id, Person who) {
        return withLine(id, device -> {
            LOG.info("device tried device={} user={}", id, who.id());
            return Outcome.done(
                    switch (device.kind()) {
                        case RECEIPT_PRINTER -> new DeviceTest(talk.test(device), "printed", "");
                        case LABEL_PRINTER -> new DeviceTest(talk.test(device), "labelled", "");
                        case CUSTOMER_DISPLAY -> showTest(device);
                        case SCANNER -> new DeviceTest(state(device), "listening", "");
                        case SCALE -> weighTest(device);
                    });
        });
    }

    private DeviceTest showTest(Device device) {
        CustomerDisplay attended = displays.get(device.id());
        if (attended != null) return new DeviceTest(attended.test(), "shown", "");
        try (CustomerDisplay display =
                new CustomerDisplay(device, wires, storeName, state -> book.found(device, state))) {
            return new DeviceTest(display.test(), "shown", "");
        }
    }

    private DeviceTest weighTest(Device device) {
        Optional<Weight> weight = weigh(device, false);
        return weight.isEmpty()
                ? new DeviceTest(state(device), "nothing", "")
                : new DeviceTest(
                        switch (weight.get().range()) {
                            case OVER -> DeviceState.stopped("weight-over");
                            case BELOW_ZERO -> DeviceState.stopped("weight-below-zero");
                            case WITHIN ->
                                weight.get().resting() ? DeviceState.READY : DeviceState.attention("weight-moving");
                        },
                        "weighed",
                        weight.get().kilograms().value().toPlainString() + " kg");
    }

    private DeviceState state(Device device) {
        return book.watched(device.id()).map(Watched::state).orElse(DeviceState.UNKNOWN);
    }

    @Override
    public Outcome<DeviceTest> strip(String id, Person who) {
        return withLine(
                id,
                device -> device.kind() == DeviceKind.RECEIPT_PRINTER
                        ? Outcome.done(new DeviceTest(talk.strip(device), "printed", ""))
                        : Outcome.refused("device-without-strip", device.name()));
    }

    @Override
    public Outcome<DeviceTest> kick(String id, Person who) {
        Device device = book.device(id).orElse(null);
        if (device == null) return Outcome.refused("device-unknown");
        Optional<RegisterId> register =
                device.register().or(() -> registers.get().stream().findFirst());
        if (device.kind() != DeviceKind.RECEIPT_PRINTER || device.text("drawer").equals("NONE") || register.isEmpty())
            return Outcome.refused("drawer-missing");
        return switch (drawer.pulse(ids.next(), register.get(), device, CashDrawer.Reason.TEST, device.id(), who)) {
            case Outcome.Done<CashDrawer.Opening> _ -> Outcome.done(new DeviceTest(state(device), "kicked", ""));
            case Outcome.Refused<CashDrawer.Opening>(var refusal) -> new Outcome.Refused<>(refusal);
        };
    }

    /** Whoever speaks to a device holds its line; one that is in use for long is busy. */
    private <T> Outcome<T> withLine(String id, Function<Device, Outcome<T>> act) {
        Device device = book.device(id).orElse(null);
        if (device == null) return Outcome.refused("device-unknown");
        Lock line = book.line(device);
        try {
            if (!line.tryLock(LINE_BUSY.toMillis(), TimeUnit.MILLISECONDS))
                return Outcome.refused("device-busy", device.name());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.refused("device-busy", device.name());
        }
        try {
            return act.apply(device);
        } finally {
            line.unlock();
        }
    }

    @Override
    public Machine machine() {
        return new Machine(Wires.serialPorts(), Wires.queues());
    }

    @Override
    public Outcome<Weight> weigh(RegisterId register) {
        Device scale = book.group(DeviceKind.SCALE, Optional.of(register)).stream()
                .findFirst()
                .orElse(null);
        if (scale == null) return Outcome.refused("scale-missing");
        return withLine(scale.id(), device -> {
            Weight weight = weigh(device, false).orElse(null);
            if (weight == null) return Outcome.refused("scale-failing", device.name());
            return switch (weight.range()) {
                case OVER -> Outcome.refused("weight-over", device.name());
                case BELOW_ZERO -> Outcome.refused("weight-below-zero", device.name());
                case WITHIN ->
                    weight.resting() ? Outcome.done(weight) : Outcome.refused("weight-moving", device.name());
            };
        });
    }

    @Override
    public AutoCloseable subscribe(Consumer<News> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private void tell(News news) {
        for (Consumer<News> listener : listeners) {
            try {
                listener.accept(news);
            } catch (RuntimeException e) {
                LOG.warn("a listener of the devices failed", e);
            }
        }
    }

    @Override
    public Outcome<Simulation> simulation(String id) {
        Device device = book.device(id).orElse(null);
        if (device == null) return Outcome.refused("device-unknown");
        return simulators
                .of(device)
                .map(simulator -> Outcome.done(simulation(simulator)))
                .orElseGet(() -> Outcome.refused("device-not-simulated", device.name()));
    }

    private static Simulation simulation(Simulator simulator) {
        return new Simulation(
                simulator.trouble().name(),
                simulator.troubles().stream().map(Enum::name).toList(),
                simulator instanceof DisplaySimulator display ? display.lines() : List.of(),
                simulator instanceof LabelSimulator labels ? labels.labels() : List.of(),
                simulator instanceof ScaleSimulator scale ? scale.load().thousandths() : 0);
    }

    @Override
    public Outcome<Simulation> simulate(String id, Map<String, String> act) {
        Device device = book.device(id).orElse(null);
        if (device == null) return Outcome.refused("device-unknown");
        Simulator simulator = simulators.of(device).orElse(null);
        if (simulator == null) return Outcome.refused("device-not-simulated", device.name());
        String trouble = act.get("trouble");
        String weight = act.get("weight");
        String scan = act.get("scan");
        if (trouble != null) {
            Simulator.Trouble wanted = simulator.troubles().stream()
                    .filter(one -> one.name().equals(trouble))
                    .findFirst()
                    .orElse(null);
            if (wanted == null) return Outcome.refused("simulation-unknown");
            simulator.suffer(wanted);
            lookSoon();
        }
        if (weight != null && simulator instanceof ScaleSimulator scale) {
            try {
                Quantity load = Quantity.of(new BigDecimal(weight));
                if (Math.abs(load.thousandths()) > MOST_GRAMS) return Outcome.refused("simulation-unknown");
                scale.put(load);
            } catch (ArithmeticException | NumberFormatException e) {
                return Outcome.refused("simulation-unknown");
            }
        }
        if (scan != null && simulator instanceof ScannerSimulator scanner && !scanner.scan(scan))
            return Outcome.refused("device-busy", device.name());
        return Outcome.done(simulation(simulator));
    }

    @Override
    public void close() {
        running = false;
        looking.interrupt();
        new ArrayList<>(scanners.values()).forEach(SerialScanner::close);
        new ArrayList<>(displays.values()).forEach(CustomerDisplay::close);
        simulators.close();
        wires.close();
    }
}
