package mx.refahub.domain.device;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import mx.refahub.domain.store.RegisterId;

/**
 * A device as it was set up. Devices of a kind that name the same register, or none, stand in for each other by rank.
 *
 * @param id short name, never changed: {@code tickets}, {@code bascula-2}
 * @param settings by the names of {@link #fields}; what is not said gets its preset, what is unknown or cannot be is refused with a {@link DeviceFieldWrong}
 */
public record Device(String id, DeviceKind kind, String name, Map<String, String> settings) {
    private static final Pattern ID = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9.:_-]{0,251}[A-Za-z0-9])?");
    /** No path that could lead out of the devices. */
    private static final Pattern NODE =
            Pattern.compile("/dev/[A-Za-z0-9_/.-]+|(?:\\\\\\\\\\.\\\\)?(?:LPT|COM)\\d{1,3}");

    private static final Pattern SERIAL = Pattern.compile("/dev/[A-Za-z0-9_/.-]+|(?:\\\\\\\\\\.\\\\)?COM\\d{1,3}");

    public Device {
        if (!ID.matcher(id).matches()) throw new DeviceFieldWrong("id", id);
        name = name.strip();
        if (name.isEmpty() || name.length() > 60 || name.chars().anyMatch(Character::isISOControl))
            throw new DeviceFieldWrong("name", name);
        Map<String, String> checked = new LinkedHashMap<>();
        for (DeviceField field : DeviceFields.of(kind))
            checked.put(field.name(), field.checked(settings.getOrDefault(field.name(), field.preset())));
        TreeSet<String> unknown = new TreeSet<>(settings.keySet());
        unknown.removeAll(checked.keySet());
        if (!unknown.isEmpty()) throw new DeviceFieldWrong(unknown.first(), settings.getOrDefault(unknown.first(), ""));
        settings = Map.copyOf(checked);
        switch (connection(settings)) {
            case Connection.Simulated _ -> {}
            case Connection.Network(String host, int _) -> demand(HOST, "host", host);
            case Connection.Serial serial -> demand(SERIAL, "serial-port", serial.port());
            case Connection.Queue(String queue) -> {
                if (queue.isEmpty()) throw new DeviceFieldWrong("queue", queue);
            }
            case Connection.Node(String path) -> demand(NODE, "node", path);
        }
        register(settings);
    }

    /** What can be set of such a device, in the order in which a person is asked. */
    public static List<DeviceField> fields(DeviceKind kind) {
        return DeviceFields.of(kind);
    }

    public Connection connection() {
        return connection(settings);
    }

    /** The register that it serves; empty for the whole store. */
    public Optional<RegisterId> register() {
        return register(settings);
    }

    public int rank() {
        return number("rank");
    }

    public PrinterProfile printer() {
        if (kind != DeviceKind.RECEIPT_PRINTER) throw new IllegalStateException(id + " is no receipt printer");
        return new PrinterProfile(
                number("paper"),
                number("columns"),
                codePage(),
                flag("chinese-off"),
                PrinterProfile.Cutter.valueOf(text("cutter")),
                PrinterProfile.Drawer.valueOf(text("drawer")),
                number("pulse-on"),
                number("pulse-off"));
    }

    public CodePage codePage() {
        return new CodePage(text("code-page"), number("code-table"));
    }

    public String text(String field) {
        String value = settings.get(field);
        if (value == null) throw new IllegalStateException("a " + kind + " has no " + field);
        return value;
    }

    public int number(String field) {
        return Integer.parseInt(text(field));
    }

    public boolean flag(String field) {
        return text(field).equals("true");
    }

    /** The same with some settings changed. */
    public Device with(Map<String, String> changes) {
        Map<String, String> all = new TreeMap<>(settings);
        all.putAll(changes);
        return new Device(id, kind, name, all);
    }

    private static void demand(Pattern pattern, String field, String value) {
        if (!pattern.matcher(value).matches() || value.contains("..")) throw new DeviceFieldWrong(field, value);
    }

    private static Optional<RegisterId> register(Map<String, String> settings) {
        String text = settings.getOrDefault("register", "");
        if (text.isEmpty()) return Optional.empty();
        try {
            return Optional.of(new RegisterId(UUID.fromString(text.toLowerCase(Locale.ROOT))));
        } catch (IllegalArgumentException e) {
            throw new DeviceFieldWrong("register", text);
        }
    }

    private static Connection connection(Map<String, String> settings) {
        return switch (settings.getOrDefault("link", "")) {
            case "NETWORK" -> new Connection.Network(value(settings, "host"), integer(settings, "port"));
            case "SERIAL" ->
                new Connection.Serial(
                        value(settings, "serial-port"),
                        integer(settings, "baud"),
                        integer(settings, "data-bits"),
                        Connection.Parity.valueOf(value(settings, "parity")),
                        integer(settings, "stop-bits"));
            case "QUEUE" -> new Connection.Queue(value(settings, "queue"));
            case "NODE" -> new Connection.Node(value(settings, "node"));
            default -> new Connection.Simulated();
        };
    }

    private static String value(Map<String, String> settings, String field) {
        return settings.getOrDefault(field, "");
    }

    private static int integer(Map<String, String> settings, String field) {
        return Integer.parseInt(value(settings, field));
    }
}
