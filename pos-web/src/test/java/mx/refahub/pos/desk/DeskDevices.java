package mx.refahub.pos.desk;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.device.Bars;
import mx.refahub.domain.device.CashDrawer;
import mx.refahub.domain.device.CustomerView;
import mx.refahub.domain.device.Device;
import mx.refahub.domain.device.DeviceKind;
import mx.refahub.domain.device.DeviceState;
import mx.refahub.domain.device.DeviceTest;
import mx.refahub.domain.device.Devices;
import mx.refahub.domain.device.Label;
import mx.refahub.domain.device.LabelPicture;
import mx.refahub.domain.device.Labels;
import mx.refahub.domain.device.PaperBarcode;
import mx.refahub.domain.device.Weight;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;

/** A counter's devices in memory: enough to look at their page with. */
final class DeskDevices implements Devices, CashDrawer, Labels, CustomerView {
    private final Clock clock;
    private final Map<String, Device> devices = new LinkedHashMap<>();
    private final Map<String, DeviceState> states = new ConcurrentHashMap<>();
    private final Map<RegisterId, Shown> shown = new ConcurrentHashMap<>();
    private final List<Consumer<Shown>> windows = new CopyOnWriteArrayList<>();
    private final List<Consumer<News>> listeners = new CopyOnWriteArrayList<>();
    private final Deque<Opening> openings = new ArrayDeque<>();
    private final List<LabelPicture> labels = new ArrayList<>();
    private String trouble = "NONE";
    private int waiting;

    DeskDevices(Clock clock) {
        this.clock = clock;
        put(new Device("tickets", DeviceKind.RECEIPT_PRINTER, "Impresora de tickets", Map.of()));
        put(new Device(
                "cocina",
                DeviceKind.RECEIPT_PRINTER,
                "Impresora de almacén",
                Map.of("link", "NETWORK", "host", "192.0.2.50", "rank", "2")));
        put(new Device("etiquetas", DeviceKind.LABEL_PRINTER, "Etiquetas", Map.of()));
        put(new Device("pantalla", DeviceKind.CUSTOMER_DISPLAY, "Pantalla", Map.of()));
        put(new Device("lector", DeviceKind.SCANNER, "Lector de mostrador", Map.of()));
        put(new Device("bascula", DeviceKind.SCALE, "Báscula", Map.of()));
        states.put("cocina", DeviceState.stopped("paper-out"));
        states.put("bascula", DeviceState.away("unreachable"));
        labels.add(new LabelPicture(
                400,
                200,
                List.of(
                        new LabelPicture.Mark(16, 8, 44, 260, "FRI 7974-D1045", List.of()),
                        new LabelPicture.Mark(
                                16, 92, 60, 300, "7501234567017", Bars.of(PaperBarcode.of("7501234567017"))))));
    }

    private void put(Device device) {
        devices.put(device.id(), device);
        states.put(device.id(), DeviceState.READY);
    }

    private Watched watched(Device device) {
        return new Watched(
                device,
                device.id().equals("tickets") ? From.FILE : From.PERSON,
                states.getOrDefault(device.id(), DeviceState.UNKNOWN),
                clock.instant());
    }

    @Override
    public synchronized List<Watched> all() {
        return devices.values().stream().map(this::watched).toList();
    }

    @Override
    public synchronized Outcome<Watched> save(Device device, boolean isNew, Person who) {
        if (isNew && devices.containsKey(device.id())) return Outcome.refused("device-id-taken", device.id());
        put(device);
        return Outcome.done(watched(device));
    }

    @Override
    public synchronized Outcome<Boolean> remove(String id, Person who) {
        if (!devices.containsKey(id)) return Outcome.refused("device-unknown");
        if (id.equals("tickets")) return Outcome.refused("device-in-file", "tickets");
        devices.remove(id);
        return Outcome.done(true);
    }

    @Override
    public Outcome<DeviceTest> test(String id, Person who) {
        Device device = devices.get(id);
        if (device == null) return Outcome.refused("device-unknown");
        DeviceState state = states.getOrDefault(id, DeviceState.READY);
        return Outcome.done(
                switch (device.kind()) {
                    case RECEIPT_PRINTER -> new DeviceTest(state, "printed", "");
                    case LABEL_PRINTER -> new DeviceTest(state, "labelled", "");
                    case CUSTOMER_DISPLAY -> new DeviceTest(state, "shown", "");
                    case SCANNER -> new DeviceTest(state, "listening", "");
                    case SCALE -> new DeviceTest(state, "weighed", "1.250 kg");
                });
    }

    @Override
    public Outcome<DeviceTest> strip(String id, Person who) {
        return test(id, who);
    }

    @Override
    public Outcome<DeviceTest> kick(String id, Person who) {
        return devices.containsKey(id)
                ? Outcome.done(new DeviceTest(DeviceState.READY, "kicked", ""))
                : Outcome.refused("device-unknown");
    }

    @Override
    public Machine machine() {
        return new Machine(List.of("/dev/ttyUSB0"), List.of("Zebra"));
    }

    @Override
    public Outcome<Weight> weigh(RegisterId register) {
        return register.equals(DeskStore.CAJA_1)
                ? Outcome.done(new Weight(new Quantity(1250), true, Weight.Range.WITHIN))
                : Outcome.refused("scale-missing");
    }

    void scan(String code) {
        listeners.forEach(listener -> listener.accept(new News.Scanned("lector", Optional.empty(), code)));
    }

    @Override
    public AutoCloseable subscribe(Consumer<News> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public Outcome<Simulation> simulation(String id) {
        if (!devices.containsKey(id)) return Outcome.refused("device-unknown");
        return Outcome.done(new Simulation(
                trouble,
                List.of("NONE", "OFF", "PAPER_OUT"),
                List.of("Balata delan $489.00", "TOTAL        $489.00"),
                labels,
                1250));
    }

    @Override
    public Outcome<Simulation> simulate(String id, Map<String, String> act) {
        trouble = act.getOrDefault("trouble", trouble);
        if (act.containsKey("scan")) scan(act.get("scan"));
        return simulation(id);
    }

    @Override
    public void byRule(RegisterId register, Reason reason, String cause, Person who) {}

    @Override
    public synchronized Outcome<Opening> byHand(UUID act, RegisterId register, String why, Person who) {
        if (why.isBlank()) return Outcome.refused("drawer-why-missing");
        if (!register.equals(DeskStore.CAJA_1)) return Outcome.refused("drawer-missing");
        Opening opening = new Opening(act, register, clock.instant(), Reason.BY_HAND, why, who.name(), "tickets");
        openings.addFirst(opening);
        return Outcome.done(opening);
    }

    @Override
    public synchronized List<Opening> latest(RegisterId register, int limit) {
        return openings.stream()
                .filter(opening -> opening.register().equals(register))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Outcome<Integer> print(Label label, int copies, Person who) {
        waiting += copies;
        return Outcome.done(waiting);
    }

    @Override
    public void show(RegisterId register, Shown now) {
        shown.put(register, now);
        windows.forEach(window -> window.accept(now));
    }

    @Override
    public Shown now(RegisterId register) {
        return shown.getOrDefault(register, Shown.WELCOME);
    }

    @Override
    public AutoCloseable subscribe(RegisterId register, Consumer<Shown> listener) {
        windows.add(listener);
        return () -> windows.remove(listener);
    }
}
