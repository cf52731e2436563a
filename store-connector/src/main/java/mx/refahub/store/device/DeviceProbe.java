package mx.refahub.store.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import mx.refahub.domain.device.Device;
import mx.refahub.domain.device.DeviceKind;
import mx.refahub.domain.device.DeviceState;
import mx.refahub.domain.device.Weight;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.store.printing.PaperTray;
import mx.refahub.store.printing.PrinterTalk;
import mx.refahub.store.printing.Printers;
import mx.refahub.store.scale.Weighing;
import mx.refahub.store.wire.Wire;
import mx.refahub.store.wire.Wires;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Looks at devices without a connector: one after the other, once. */
public final class DeviceProbe implements Printers, AutoCloseable {
    private static final TypeReference<Map<String, String>> SETTINGS = new TypeReference<>() {};

    private final Simulators simulators = new Simulators(new PaperTray(UUID::randomUUID, Clock.systemUTC()));
    private final Wires wires;
    private final PrinterTalk talk;
    private final Duration listen;
    private final Lock line = new ReentrantLock();

    /** @param listen how long a scale is listened to */
    public DeviceProbe(Duration connectLimit, Duration writeLimit, Duration patience, Duration listen) {
        this.wires = new Wires(simulators::address, connectLimit, writeLimit);
        this.talk = new PrinterTalk(wires, this, patience, writeLimit);
        this.listen = listen;
    }

    /** @param detail a figure, such as the weight; may be empty */
    public record Probed(DeviceState state, String detail) {}

    /**
     * The devices of the settings file, and over them what people set up in this store; a store that has none yet has those of the file. Only reads, so that a connector may be at work
     * beside it.
     */
    public static List<Device> setUp(Path sales, List<Device> file) {
        Map<String, Device> devices = new LinkedHashMap<>();
        file.forEach(device -> devices.put(device.id(), device));
        if (Files.isReadable(sales)) {
            JsonMapper json = JsonMapper.builder().build();
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:file:" + sales + "?mode=ro");
                    Statement statement = connection.createStatement();
                    ResultSet rows =
                            statement.executeQuery("select id, kind, name, settings from device order by id")) {
                while (rows.next()) {
                    Device device = new Device(
                            rows.getString("id"),
                            DeviceKind.valueOf(rows.getString("kind")),
                            rows.getString("name"),
                            json.readValue(rows.getString("settings"), SETTINGS));
                    devices.put(device.id(), device);
                }
            } catch (SQLException | JacksonException | IllegalArgumentException e) {
                throw new IllegalStateException("cannot read the devices of " + sales + ": " + e.getMessage(), e);
            }
        }
        List<Device> all = new ArrayList<>(devices.values());
        all.sort(Comparator.comparing(Device::kind).thenComparing(Device::rank).thenComparing(Device::id));
        return all;
    }

    public Probed probe(Device device, boolean print, boolean strip) {
        return switch (device.kind()) {
            case RECEIPT_PRINTER -> {
                DeviceState state = strip ? talk.strip(device) : print ? talk.test(device) : talk.look(device);
                yield new Probed(state, strip || print ? "(se imprimió)" : "");
            }
            case LABEL_PRINTER ->
                new Probed(print ? talk.test(device) : talk.look(device), print ? "(se imprimió)" : "");
            case SCALE -> weigh(device);
            case CUSTOMER_DISPLAY, SCANNER -> new Probed(opens(device), "");
        };
    }

    private Probed weigh(Device device) {
        try {
            Optional<Weight> weight = new Weighing(wires).look(device, listen);
            return weight.map(found -> new Probed(
                            DeviceState.READY, found.kilograms().value().toPlainString() + " kg"))
                    .orElseGet(() -> new Probed(DeviceState.away("no-answer"), ""));
        } catch (IOException e) {
            return new Probed(DeviceState.away("unreachable"), "");
        }
    }

    private DeviceState opens(Device device) {
        try (Wire wire = wires.open(device)) {
            return wire.talksBack() ? DeviceState.READY : DeviceState.UNKNOWN;
        } catch (IOException e) {
            return DeviceState.away("unreachable");
        }
    }

    @Override
    public List<Device> group(DeviceKind kind, Optional<RegisterId> register) {
        return List.of();
    }

    @Override
    public Lock line(Device device) {
        return line;
    }

    @Override
    public void found(Device device, DeviceState state) {
        // The answer says it.
    }

    @Override
    public void close() {
        simulators.close();
        wires.close();
    }
}
