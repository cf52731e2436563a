package mx.refahub.store.display;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import mx.refahub.domain.device.CustomerView.Line;
import mx.refahub.domain.device.CustomerView.Mode;
import mx.refahub.domain.device.CustomerView.Shown;
import mx.refahub.domain.device.Device;
import mx.refahub.domain.device.DeviceKind;
import mx.refahub.domain.device.DeviceState;
import mx.refahub.store.wire.Simulator.Trouble;
import mx.refahub.store.wire.Wires;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CustomerDisplayTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @ParameterizedTest
    @ValueSource(strings = {"ESC_POS", "CD5220", "PLAIN"})
    void the_newest_stands_in_two_lines_of_twenty_whatever_the_commands(String commands) {
        Device device = new Device("pantalla", DeviceKind.CUSTOMER_DISPLAY, "Pantalla", Map.of("commands", commands));
        List<DeviceState> states = new CopyOnWriteArrayList<>();
        try (DisplaySimulator glass = new DisplaySimulator(Charset.forName("IBM00858"), () -> {});
                Wires wires = new Wires(x -> glass.address(), Duration.ofSeconds(2), Duration.ofSeconds(2));
                CustomerDisplay display =
                        new CustomerDisplay(device, wires, () -> "El Güero", states::add, Duration.ofMillis(50))) {
            display.show(Shown.WELCOME);
            await().atMost(PATIENCE).until(() -> glass.lines().getFirst().contains("El Güero"));

            display.show(new Shown(
                    Mode.TICKET,
                    List.of(
                            new Line("Bujía", "1", "$58.00"),
                            new Line("Balata delantera cerámica\u001B@", "2", "$978.00")),
                    "$1,036.00",
                    ""));
            await().atMost(PATIENCE).until(() -> glass.lines().getLast().contains("$1,036.00"));
            assertThat(glass.lines()).containsExactly("2 Balata del $978.00", "TOTAL      $1,036.00");

            glass.suffer(Trouble.OFF);
            display.show(new Shown(Mode.THANKS, List.of(), "$1,036.00", "$64.00"));
            await().atMost(PATIENCE).until(() -> states.contains(DeviceState.away("unreachable")));
            glass.suffer(Trouble.NONE);
            await().atMost(PATIENCE).until(() -> glass.lines().getLast().contains("CAMBIO"));
            assertThat(glass.lines()).containsExactly("TOTAL      $1,036.00", "CAMBIO        $64.00");
        }
    }
}
