package mx.refahub.store.printing;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import mx.refahub.domain.device.CodePage;
import mx.refahub.domain.device.Device;
import mx.refahub.domain.device.DeviceKind;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code refahub.store.printer.*}. The receipt printer.
 *
 * @param host of a network printer; null for the built-in simulator
 * @param columns characters of the normal font in a line: 32 (58 mm), 42 or 48 (80 mm)
 * @param codePage Java's name of the code page
 * @param codeTable the printer's number of it (ESC t n): 19 is PC858 on Epson's and most others
 * @param connectTimeout until the printer takes the connection
 * @param writeTimeout until it has taken a receipt
 */
public record PrinterSettings(
        @Nullable String host,
        @DefaultValue("9100") int port,
        @DefaultValue("42") int columns,
        @DefaultValue("IBM00858") String codePage,
        @DefaultValue("19") int codeTable,
        @DefaultValue("3s") Duration connectTimeout,
        @DefaultValue("10s") Duration writeTimeout) {
    public static final String ID = "tickets";

    public PrinterSettings {
        if (host != null && host.isBlank()) host = null;
        if (port < 1 || port > 65_535)
            throw new IllegalArgumentException("refahub.store.printer.port is " + port + ", not 1 to 65535");
        if (columns < 24 || columns > 64)
            throw new IllegalArgumentException("refahub.store.printer.columns is " + columns + ", not 24 to 64");
        if (codeTable < 0 || codeTable > 255)
            throw new IllegalArgumentException("refahub.store.printer.code-table is " + codeTable + ", not 0 to 255");
        try {
            if (Charset.forName(codePage).newEncoder().maxBytesPerChar() > 1)
                throw new IllegalArgumentException(
                        "refahub.store.printer.code-page " + codePage + " has more than one byte for a character");
            String given = Charset.forName(codePage).name();
            codePage = CodePage.PAGES.stream()
                    .map(CodePage::charset)
                    .filter(page -> Charset.forName(page).name().equals(given))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "refahub.store.printer.code-page " + given + " is none of a receipt printer"));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new IllegalArgumentException("refahub.store.printer.code-page " + codePage + " is not known", e);
        }
        if (connectTimeout.toMillis() < 1 || writeTimeout.toMillis() < 1)
            throw new IllegalArgumentException("refahub.store.printer has a timeout that is not positive");
    }

    /** The receipt printer of the settings file, for the whole store. */
    public Device device() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("link", host == null ? "SIMULATED" : "NETWORK");
        if (host != null) settings.put("host", host);
        settings.put("port", Integer.toString(port));
        settings.put("paper", columns < 40 ? "58" : "80");
        settings.put("columns", Integer.toString(columns));
        settings.put("code-page", codePage);
        settings.put("code-table", Integer.toString(codeTable));
        settings.put("rank", "50");
        return new Device(ID, DeviceKind.RECEIPT_PRINTER, "Impresora de tickets", settings);
    }
}
