package mx.refahub.pos.counter;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import mx.refahub.domain.device.Connection;
import mx.refahub.domain.device.Device;
import mx.refahub.domain.device.DeviceKind;
import mx.refahub.domain.device.DeviceState;
import mx.refahub.domain.device.DeviceTest;
import mx.refahub.domain.device.Devices;
import org.jspecify.annotations.Nullable;

/**
 * A device as the hardware page shows it.
 *
 * @param where the plug it hangs from, as a person would say it; empty for a simulator
 * @param cause what is the matter; empty when nothing is
 * @param at when that was found; null if never
 */
record DeviceView(
        String id,
        DeviceKind kind,
        String name,
        Map<String, String> settings,
        Devices.From from,
        boolean simulated,
        boolean drawer,
        String where,
        DeviceState.Condition condition,
        String cause,
        @Nullable Instant at) {
    static DeviceView of(Devices.Watched watched) {
        Device device = watched.device();
        return new DeviceView(
                device.id(),
                device.kind(),
                device.name(),
                new TreeMap<>(device.settings()),
                watched.from(),
                device.connection() instanceof Connection.Simulated,
                device.kind() == DeviceKind.RECEIPT_PRINTER
                        && !device.text("drawer").equals("NONE"),
                where(device.connection()),
                watched.state().condition(),
                watched.state().cause(),
                watched.at().equals(Instant.EPOCH) ? null : watched.at());
    }

    private static String where(Connection connection) {
        return switch (connection) {
            case Connection.Simulated _ -> "";
            case Connection.Network(String host, int port) -> host + ":" + port;
            case Connection.Serial serial -> serial.port() + " · " + serial.baud();
            case Connection.Queue(String name) -> name;
            case Connection.Node(String path) -> path;
        };
    }

    /** What a test came to. */
    record Tried(boolean passed, DeviceState.Condition condition, String cause, String done, String detail) {
        static Tried of(DeviceTest test) {
            return new Tried(
                    test.passed(), test.state().condition(), test.state().cause(), test.done(), test.detail());
        }
    }
}
