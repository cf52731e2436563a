package mx.refahub.store.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import mx.refahub.domain.device.Device;
import mx.refahub.domain.device.DeviceKind;
import mx.refahub.domain.device.Weight;
import mx.refahub.domain.device.Weight.Range;
import mx.refahub.domain.part.Quantity;
import mx.refahub.store.wire.Pty;
import mx.refahub.store.wire.Simulator.Trouble;
import mx.refahub.store.wire.Wires;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WeighingTest {
    private static final Duration SHORT = Duration.ofMillis(200);

    @ParameterizedTest
    @EnumSource(ScaleProtocol.class)
    void a_load_is_weighed_when_it_rests_and_known_to_move_until_then(ScaleProtocol protocol) throws IOException {
        Device scale = new Device("bascula", DeviceKind.SCALE, "Báscula", Map.of("protocol", protocol.name()));
        try (ScaleSimulator simulator = new ScaleSimulator(protocol.name());
                Wires wires = new Wires(device -> simulator.address(), Duration.ofSeconds(2), Duration.ofSeconds(2))) {
            Weighing weighing = new Weighing(wires);
            simulator.put(new Quantity(2_150));
            assertThat(weighing.read(scale)).contains(new Weight(new Quantity(2_150), true, Range.WITHIN));

            simulator.suffer(Trouble.MOVING);
            assertThat(weighing.read(scale, SHORT).map(Weight::resting)).contains(false);
            simulator.suffer(Trouble.NOISE);
            assertThat(weighing.read(scale, SHORT)).isEmpty();
            simulator.suffer(Trouble.OFF);
            assertThatThrownBy(() -> weighing.read(scale, SHORT)).isInstanceOf(IOException.class);
            simulator.suffer(Trouble.NONE);
            assertThat(weighing.read(scale)).isPresent();
        }
    }

    @Test
    void a_scale_on_a_serial_cable_is_read_as_the_simulated_one() throws IOException {
        try (Pty cable = Pty.open();
                Wires wires = new Wires(
                        device -> {
                            throw new AssertionError("not simulated");
                        },
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(2))) {
            Device scale = new Device(
                    "bascula",
                    DeviceKind.SCALE,
                    "Báscula",
                    Map.of("protocol", "TOLEDO_8217", "link", "SERIAL", "serial-port", cable.port()));
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    if (cable.hear(1)[0] == 'W') cable.say("\u000201.250\r".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });

            assertThat(new Weighing(wires).read(scale)).contains(new Weight(new Quantity(1_250), true, Range.WITHIN));
        }
    }
}
