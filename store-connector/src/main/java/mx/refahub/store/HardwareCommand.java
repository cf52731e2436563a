package mx.refahub.store;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import mx.refahub.domain.device.Connection;
import mx.refahub.domain.device.Device;
import mx.refahub.domain.device.DeviceState;
import mx.refahub.store.device.DeviceProbe;
import mx.refahub.store.device.DeviceProbe.Probed;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code test-hardware}: looks at every device that is set up, and says one line for each. Beside a connector that is at work it only reads; the status is 0 if all
 * of them work, 1 if one does not, 2 if the question makes no sense.
 */
@Command(
        name = StoreConnectorApplication.TEST_HARDWARE,
        description = "Looks at every device and prints one line for each.",
        mixinStandardHelpOptions = true)
final class HardwareCommand implements Callable<Integer> {
    private final Map<String, Object> settings;
    private final PrintStream out;

    @Option(
            names = "--print",
            description = "also print the test strip on receipt printers, and a label on label printers")
    private boolean print;

    @Option(names = "--strip", description = "also print the strip of code pages on receipt printers")
    private boolean strip;

    @Parameters(paramLabel = "ID", description = "only these devices")
    private List<String> only = new ArrayList<>();

    private HardwareCommand(Map<String, Object> settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    /** @param settings that win over those of the files; empty but for tests */
    static int run(Map<String, Object> settings, PrintStream out, PrintStream err, String... arguments) {
        return new CommandLine(new HardwareCommand(settings, out))
                .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .execute(arguments);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(StoreSettings.class)
    static class Settings {}

    @Override
    public Integer call() {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Settings.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .properties(settings)
                .properties("spring.main.banner-mode=off", "logging.level.root=off")
                .run()) {
            StoreSettings store = context.getBean(StoreSettings.class);
            List<Device> file = new ArrayList<>();
            file.add(store.printer().device());
            file.addAll(store.peripherals().list());
            List<Device> devices = DeviceProbe.setUp(store.dataDir().resolve("sales.db"), file);
            List<Device> chosen = only.isEmpty()
                    ? devices
                    : devices.stream()
                            .filter(device -> only.contains(device.id()))
                            .toList();
            if (chosen.isEmpty()) {
                out.println("no such device; there are "
                        + devices.stream().map(Device::id).toList());
                return CommandLine.ExitCode.USAGE;
            }
            return probe(store, chosen);
        }
    }

    private int probe(StoreSettings store, List<Device> devices) {
        boolean all = true;
        try (DeviceProbe probe = new DeviceProbe(
                store.printer().connectTimeout(),
                store.printer().writeTimeout(),
                store.peripherals().answerTimeout(),
                Duration.ofSeconds(1))) {
            for (Device device : devices) {
                Probed probed = probe.probe(device, print, strip);
                all &= probed.state().works();
                out.println(line(device, probed));
            }
        }
        out.flush();
        return all ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    static String line(Device device, Probed probed) {
        DeviceState state = probed.state();
        String word = state.works() ? "ok  " : "FAIL";
        Optional<String> cause = Optional.of(state.cause()).filter(text -> !text.isEmpty());
        return String.format(
                        Locale.ROOT,
                        "%s %-20s %-16s %-28s %s %s",
                        word,
                        device.id(),
                        device.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        where(device.connection()),
                        cause.orElse("ready"),
                        probed.detail())
                .stripTrailing();
    }

    private static String where(Connection connection) {
        return switch (connection) {
            case Connection.Simulated _ -> "simulated";
            case Connection.Network(String host, int port) -> host + ":" + port;
            case Connection.Serial serial -> serial.port() + "@" + serial.baud();
            case Connection.Queue(String name) -> "queue " + name;
            case Connection.Node(String path) -> path;
        };
    }
}
