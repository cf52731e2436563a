package mx.refahub.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import mx.refahub.domain.device.Connection;
import mx.refahub.domain.device.Device;
import mx.refahub.domain.device.DeviceKind;
import mx.refahub.domain.device.DeviceState;
import mx.refahub.store.command.Answer;
import mx.refahub.store.device.DeviceProbe;
import mx.refahub.store.device.DeviceProbe.Probed;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** {@code test-hardware}: looks at every device that is set up, and says one line for each. Beside a connector that is at work it only reads. */
final class HardwareCommand {
    private HardwareCommand() {}

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(StoreSettings.class)
    static class Settings {}

    /**
     * Status: 0 if all of them work, 2 if one does not, 64 if none is called so.
     *
     * @param dataDir wins over the settings
     * @param print the test strip on receipt printers, a label on label printers
     * @param strip the strip of code pages on receipt printers
     * @param only ids; none: all of them
     */
    static Answer test(@Nullable Path dataDir, boolean print, boolean strip, List<String> only) {
        return test(dataDir == null ? List.of() : List.of("--refahub.store.data-dir=" + dataDir), print, strip, only);
    }

    /** @param settings as the command line has them */
    static Answer test(List<String> settings, boolean print, boolean strip, List<String> only) {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Settings.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .properties("spring.main.banner-mode=off", "logging.level.root=off")
                .run(settings.toArray(String[]::new))) {
            StoreSettings store = context.getBean(StoreSettings.class);
            List<Device> file = new ArrayList<>();
            file.add(store.printer().device());
            file.addAll(store.peripherals().list());
            List<Device> devices = DeviceProbe.setUp(store.dataDir().resolve("sales.db"), file);
            List<String> ids = devices.stream().map(Device::id).toList();
            List<String> unknown = only.stream().filter(id -> !ids.contains(id)).toList();
            if (!unknown.isEmpty())
                return new Answer(
                        Answer.USAGE,
                        List.of("no hay aparato " + String.join(", ", unknown) + "; hay: " + String.join(", ", ids)));
            return probe(
                    store,
                    devices.stream()
                            .filter(device -> only.isEmpty() || only.contains(device.id()))
                            .toList(),
                    print,
                    strip);
        }
    }

    private static Answer probe(StoreSettings store, List<Device> devices, boolean print, boolean strip) {
        boolean all = true;
        List<String> lines = new ArrayList<>();
        try (DeviceProbe probe = new DeviceProbe(
                store.printer().connectTimeout(),
                store.printer().writeTimeout(),
                store.peripherals().answerTimeout(),
                Duration.ofSeconds(1))) {
            for (Device device : devices) {
                Probed probed = probe.probe(device, print, strip);
                all &= probed.state().works();
                lines.add(line(device, probed.state(), probed.detail()));
            }
        }
        return new Answer(all ? Answer.DONE : Answer.NOT_RIGHT, lines);
    }

    /** @param detail a figure, such as the weight; may be empty */
    static String line(Device device, DeviceState state, String detail) {
        return String.format(
                        Locale.ROOT,
                        "%s  %-20s %-22s %-28s %s %s",
                        state.works() ? "bien " : "FALLA",
                        device.id(),
                        kind(device.kind()),
                        where(device.connection()),
                        said(state.cause()),
                        detail)
                .stripTrailing();
    }

    private static String kind(DeviceKind kind) {
        return switch (kind) {
            case RECEIPT_PRINTER -> "impresora de tickets";
            case LABEL_PRINTER -> "impresora de etiquetas";
            case CUSTOMER_DISPLAY -> "pantalla del cliente";
            case SCANNER -> "lector";
            case SCALE -> "báscula";
        };
    }

    private static String where(Connection connection) {
        return switch (connection) {
            case Connection.Simulated _ -> "simulada";
            case Connection.Network(String host, int port) -> host + ":" + port;
            case Connection.Serial serial -> serial.port() + "@" + serial.baud();
            case Connection.Queue(String name) -> "cola " + name;
            case Connection.Node(String path) -> path;
        };
    }

    /** The causes of {@link mx.refahub.domain.device.DeviceState}, for a screen without the till's words. */
    private static String said(String cause) {
        return switch (cause) {
            case "" -> "lista";
            case "not-asked" -> "solo escucha: pásale un código en la caja";
            case "paper-near-end" -> "se acaba el papel: ten un rollo a la mano";
            case "paper-out" -> "sin papel: ponle un rollo";
            case "cover-open" -> "tapa abierta: ciérrala";
            case "cutter" -> "cortador atorado: apágala, libera la cuchilla y enciéndela";
            case "offline" -> "fuera de línea: pulsa su botón de línea";
            case "paused" -> "en pausa: pulsa su botón";
            case "ribbon-out" -> "sin cinta: ponle una";
            case "unreachable", "unplugged" -> "no contesta: revisa que esté encendida y conectada";
            case "broke-off" -> "se cortó a medio imprimir: revisa el cable y prueba otra vez";
            case "no-answer" -> "no dice nada entendible: revisa el protocolo y la velocidad en Dispositivos";
            default -> cause + ": revisa el aparato";
        };
    }
}
