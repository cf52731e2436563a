package mx.refahub.store.device;

import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import mx.refahub.domain.device.Connection;
import mx.refahub.domain.device.Device;
import mx.refahub.store.display.DisplaySimulator;
import mx.refahub.store.label.LabelSimulator;
import mx.refahub.store.printing.PaperTray;
import mx.refahub.store.printing.PrinterSimulator;
import mx.refahub.store.scale.ScaleSimulator;
import mx.refahub.store.scanner.ScannerSimulator;
import mx.refahub.store.wire.Simulator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One simulator for each device that is set up to be one, made when it is first spoken to. */
public final class Simulators implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Simulators.class);

    private final PaperTray tray;
    private final Map<String, Simulator> byDevice = new ConcurrentHashMap<>();
    private volatile Consumer<String> changed = device -> {};

    public Simulators(PaperTray tray) {
        this.tray = tray;
    }

    void onChange(Consumer<String> listener) {
        changed = listener;
    }

    public InetSocketAddress address(Device device) {
        return byDevice.computeIfAbsent(device.id(), id -> make(device)).address();
    }

    Optional<Simulator> of(Device device) {
        if (!(device.connection() instanceof Connection.Simulated)) return Optional.empty();
        return Optional.of(byDevice.computeIfAbsent(device.id(), id -> make(device)));
    }

    /** It was set up anew, or taken away. */
    void forget(String device) {
        Simulator gone = byDevice.remove(device);
        if (gone != null) gone.close();
    }

    private Simulator make(Device device) {
        Runnable tell = () -> changed.accept(device.id());
        Simulator made = switch (device.kind()) {
            case RECEIPT_PRINTER -> new PrinterSimulator(tray, device.number("columns"));
            case LABEL_PRINTER ->
                device.text("language").equals("ZPL")
                        ? new LabelSimulator(tell)
                        : new PrinterSimulator(
                                tray, Math.max(8, device.number("label-width") * device.number("dots") / 12));
            case CUSTOMER_DISPLAY ->
                new DisplaySimulator(Charset.forName(device.codePage().charset()), tell);
            case SCANNER -> new ScannerSimulator();
            case SCALE -> new ScaleSimulator(device.text("protocol"));
        };
        LOG.info(
                "device is simulated device={} port={}",
                device.id(),
                made.address().getPort());
        return made;
    }

    @Override
    public void close() {
        byDevice.values().forEach(Simulator::close);
    }
}
