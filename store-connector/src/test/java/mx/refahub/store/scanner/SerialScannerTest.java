package mx.refahub.store.scanner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import mx.refahub.domain.device.Device;
import mx.refahub.domain.device.DeviceKind;
import mx.refahub.domain.device.DeviceState;
import mx.refahub.store.wire.Pty;
import mx.refahub.store.wire.Simulator.Trouble;
import mx.refahub.store.wire.Wires;
import org.junit.jupiter.api.Test;

class SerialScannerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration AGAIN = Duration.ofMillis(50);
    private final List<String> codes = new CopyOnWriteArrayList<>();
    private final List<DeviceState> states = new CopyOnWriteArrayList<>();

    @Test
    void codes_come_without_their_prefix_and_a_scanner_that_went_comes_back_by_itself() {
        Device device = new Device("lector", DeviceKind.SCANNER, "Lector", Map.of("prefix", "]C1"));
        try (ScannerSimulator scanner = new ScannerSimulator();
                Wires wires = new Wires(x -> scanner.address(), Duration.ofSeconds(2), Duration.ofSeconds(2));
                SerialScanner listening = new SerialScanner(device, wires, codes::add, states::add, AGAIN)) {
            await().atMost(PATIENCE).until(() -> scanner.scan("]C17504865001989"));
            await().atMost(PATIENCE).until(() -> codes.contains("7504865001989"));

            scanner.suffer(Trouble.OFF);
            await().atMost(PATIENCE).until(() -> states.contains(DeviceState.away("unplugged")));
            assertThat(scanner.scan("lost")).isFalse();
            scanner.suffer(Trouble.NONE);
            await().atMost(PATIENCE).until(() -> scanner.scan("BKR6E-11"));

            await().atMost(PATIENCE).until(() -> codes.contains("BKR6E-11"));
            assertThat(states).startsWith(DeviceState.READY).endsWith(DeviceState.READY);
            assertThat(listening).isNotNull();
        }
    }

    @Test
    void a_scanner_on_a_serial_cable_is_heard_and_its_unplugging_noticed() throws IOException {
        try (Pty cable = Pty.open();
                Wires wires = new Wires(
                        x -> {
                            throw new AssertionError("not simulated");
                        },
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(2))) {
            Device device = new Device(
                    "lector",
                    DeviceKind.SCANNER,
                    "Lector",
                    Map.of("link", "SERIAL", "serial-port", cable.port(), "baud", "115200"));
            try (SerialScanner listening = new SerialScanner(device, wires, codes::add, states::add, AGAIN)) {
                await().atMost(PATIENCE).until(() -> states.contains(DeviceState.READY));
                cable.say("7501234567017\r".getBytes(StandardCharsets.US_ASCII));
                await().atMost(PATIENCE).until(() -> codes.contains("7501234567017"));
                cable.unplug();
                await().atMost(PATIENCE).until(() -> states.contains(DeviceState.away("unplugged")));
                assertThat(listening).isNotNull();
            }
        }
    }
}
