package mx.refahub.domain.device;

import java.util.ArrayList;
import java.util.List;

/** Everything that can be set, by kind of device. */
final class DeviceFields {
    private DeviceFields() {}

    static List<DeviceField> of(DeviceKind kind) {
        List<DeviceField> fields = new ArrayList<>();
        fields.add(
                kind.prints()
                        ? DeviceField.choice("link", "SIMULATED", "NETWORK", "SERIAL", "QUEUE", "NODE")
                        : DeviceField.choice("link", "SIMULATED", "SERIAL", "NETWORK"));
        fields.add(DeviceField.text("host", "").when("NETWORK"));
        fields.add(DeviceField.number("port", kind.prints() ? 9100 : 4001, 1, 65_535)
                .when("NETWORK"));
        fields.add(DeviceField.text("serial-port", "").when("SERIAL"));
        fields.add(DeviceField.choice("baud", "9600", "1200", "2400", "4800", "19200", "38400", "57600", "115200")
                .when("SERIAL"));
        fields.add(DeviceField.choice("data-bits", "8", "7").when("SERIAL"));
        fields.add(DeviceField.choice("parity", "NONE", "EVEN", "ODD").when("SERIAL"));
        fields.add(DeviceField.choice("stop-bits", "1", "2").when("SERIAL"));
        if (kind.prints()) {
            fields.add(DeviceField.text("queue", "").when("QUEUE"));
            fields.add(DeviceField.text("node", "").when("NODE"));
        }
        fields.add(DeviceField.text("register", ""));
        fields.add(DeviceField.number("rank", 1, 1, 99));
        switch (kind) {
            case RECEIPT_PRINTER -> {
                fields.add(DeviceField.choice("paper", "80", "58"));
                fields.add(DeviceField.number("columns", 42, 24, 64));
                codePage(fields);
                fields.add(DeviceField.flag("chinese-off", true));
                fields.add(DeviceField.choice("cutter", "PARTIAL", "FULL", "NONE"));
                fields.add(DeviceField.choice("drawer", "PIN_2", "PIN_5", "NONE"));
                fields.add(DeviceField.number("pulse-on", 100, 2, 510));
                fields.add(DeviceField.number("pulse-off", 200, 2, 510));
            }
            case LABEL_PRINTER -> {
                fields.add(DeviceField.choice("language", "ZPL", "ESC_POS"));
                fields.add(DeviceField.number("label-width", 50, 20, 110));
                fields.add(DeviceField.number("label-height", 25, 10, 200));
                fields.add(DeviceField.choice("dots", "8", "12"));
                codePage(fields);
            }
            case CUSTOMER_DISPLAY -> {
                fields.add(DeviceField.choice("commands", "ESC_POS", "CD5220", "PLAIN"));
                codePage(fields);
            }
            case SCANNER -> fields.add(DeviceField.text("prefix", ""));
            case SCALE -> {
                fields.add(DeviceField.choice(
                        "protocol", "TORREY", "TOLEDO_8217", "TOLEDO_PRIX", "TOLEDO_CONTINUOUS", "CAS", "PLAIN"));
                fields.add(DeviceField.number("settle", 1500, 100, 10_000));
            }
        }
        return List.copyOf(fields);
    }

    private static void codePage(List<DeviceField> fields) {
        fields.add(DeviceField.choice(
                "code-page",
                CodePage.PAGES.stream().map(CodePage::charset).distinct().toArray(String[]::new)));
        fields.add(DeviceField.number("code-table", CodePage.PAGES.getFirst().table(), 0, 255));
    }
}
