package mx.refahub.store.printing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import mx.refahub.domain.device.Device;
import mx.refahub.domain.device.DeviceKind;
import mx.refahub.domain.device.DeviceState;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.store.TestStore;
import mx.refahub.store.label.LabelSimulator;
import mx.refahub.store.sale.SaleRows;
import mx.refahub.store.sale.TicketProofs;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.status.StatusBoard;
import mx.refahub.store.wire.Simulator;
import mx.refahub.store.wire.Simulator.Trouble;
import mx.refahub.store.wire.Wires;

/** Printers on a workbench: simulators over sockets, and a book of who was found how. */
final class Bench implements Printers, DrawerPulses, AutoCloseable {
    private final PaperTray tray;
    private final Map<String, Simulator> simulators = new ConcurrentHashMap<>();
    private final Map<String, DeviceState> states = new ConcurrentHashMap<>();
    private final Map<String, Lock> lines = new ConcurrentHashMap<>();
    final List<String> kicks = new CopyOnWriteArrayList<>();
    final Wires wires = new Wires(this::address, Duration.ofSeconds(2), Duration.ofSeconds(5));
    final PrinterTalk talk = new PrinterTalk(wires, this, Duration.ofMillis(150), Duration.ofSeconds(5));
    private List<Device> devices = List.of();

    Bench(PaperTray tray) {
        this.tray = tray;
    }

    void printers(Device... all) {
        devices = List.of(all);
    }

    Simulator simulator(Device device) {
        return simulators.computeIfAbsent(
                device.id(),
                id -> device.kind() == DeviceKind.LABEL_PRINTER
                        ? new LabelSimulator(() -> {})
                        : new PrinterSimulator(tray, device.number("columns")));
    }

    private InetSocketAddress address(Device device) {
        return simulator(device).address();
    }

    /** Well when it is asked, and without paper once something is printed. */
    void runsOutWhenPrinting(Device device) {
        simulators.put(device.id(), new Simulator() {
            private final PrinterSimulator inner = new PrinterSimulator(tray, device.number("columns"));
            private boolean ranOut;

            @Override
            public List<Trouble> troubles() {
                return List.of(Trouble.values());
            }

            @Override
            protected void suffering() {
                inner.suffer(trouble());
            }

            @Override
            protected void serve(InputStream in, OutputStream out) throws IOException {
                inner.serve(
                        new InputStream() {
                            @Override
                            public int read() throws IOException {
                                return in.read();
                            }

                            @Override
                            public int read(byte[] into, int from, int length) throws IOException {
                                int n = in.read(into, from, length);
                                if (n > 10 && !ranOut) {
                                    ranOut = true;
                                    inner.suffer(Trouble.PAPER_OUT);
                                }
                                return n;
                            }
                        },
                        out);
            }
        });
    }

    Spool spool(TestStore store, StatusBoard status) {
        return new Spool(
                store.sales,
                store.branches,
                id -> store.sales
                        .read(session -> store.saleRows.stored(session, id))
                        .map(SaleRows.Stored::sale),
                sale -> TicketProofs.signed(sale, store.identities.current()),
                this,
                talk,
                this,
                new ReceiptLook(null, store.policies::of),
                store.json,
                status,
                store.ids,
                store.clock);
    }

    PrintQueue queue(TestStore store) {
        return new PrintQueue(store.sales, store.json, this, store.ids, store.clock, () -> {});
    }

    DeviceState state(String device) {
        return states.getOrDefault(device, DeviceState.UNKNOWN);
    }

    @Override
    public List<Device> group(DeviceKind kind, Optional<RegisterId> register) {
        return devices.stream()
                .filter(device -> device.kind() == kind)
                .sorted(Comparator.comparing(Device::rank))
                .toList();
    }

    @Override
    public Lock line(Device device) {
        return lines.computeIfAbsent(device.id(), id -> new ReentrantLock());
    }

    @Override
    public void found(Device device, DeviceState state) {
        states.put(device.id(), state);
    }

    @Override
    public boolean opensFor(Sale sale) {
        return true;
    }

    @Override
    public void write(Session session, UUID id, Sale sale, String device) throws SQLException {
        kicks.add(device);
    }

    @Override
    public void close() {
        simulators.values().forEach(Simulator::close);
        wires.close();
    }
}
