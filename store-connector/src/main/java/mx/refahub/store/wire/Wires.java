package mx.refahub.store.wire;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import javax.print.PrintService;
import javax.print.PrintServiceLookup;
import mx.refahub.domain.device.Connection;
import mx.refahub.domain.device.Device;

/** Opens connections to devices. Failing to open is known to have sent nothing. */
public final class Wires implements AutoCloseable {
    private final Function<Device, InetSocketAddress> simulators;
    private final Duration connectLimit;
    private final Duration writeLimit;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("device watch").factory());

    /** @param simulators where the simulator of a device listens */
    public Wires(Function<Device, InetSocketAddress> simulators, Duration connectLimit, Duration writeLimit) {
        this.simulators = simulators;
        this.connectLimit = connectLimit;
        this.writeLimit = writeLimit;
    }

    public Wire open(Device device) throws IOException {
        return switch (device.connection()) {
            case Connection.Simulated _ -> SocketWire.open(simulators.apply(device), connectLimit, writeLimit, watch);
            case Connection.Network(String host, int port) ->
                SocketWire.open(new InetSocketAddress(host, port), connectLimit, writeLimit, watch);
            case Connection.Serial serial -> SerialWire.open(serial, writeLimit);
            case Connection.Queue(String name) -> QueueWire.open(name);
            case Connection.Node(String path) -> NodeWire.open(path, writeLimit, watch);
        };
    }

    public static List<String> serialPorts() {
        try {
            return Arrays.stream(SerialPort.getCommPorts())
                    .map(SerialPort::getSystemPortPath)
                    .sorted()
                    .toList();
        } catch (SerialPortInvalidPortException | LinkageError e) {
            return List.of();
        }
    }

    public static List<String> queues() {
        return Arrays.stream(PrintServiceLookup.lookupPrintServices(null, null))
                .map(PrintService::getName)
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }
}
