package mx.refahub.store.display;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import mx.refahub.domain.device.CodePage;
import mx.refahub.domain.device.CustomerView;
import mx.refahub.domain.device.Device;
import mx.refahub.store.wire.PrintEncoder;

/** What a customer sees, in two lines of twenty, and the commands that put it there. */
final class DisplayLayout {
    static final int COLUMNS = 20;
    private static final int ESC = 0x1B;
    private static final int US = 0x1F;
    private static final int CLEAR = 0x0C;
    private static final int CR = 0x0D;

    private final PrintEncoder encoder;
    private final String commands;
    private final CodePage page;

    DisplayLayout(Device device) {
        this.page = device.codePage();
        this.encoder = new PrintEncoder(Charset.forName(page.charset()));
        this.commands = device.text("commands");
    }

    byte[] of(CustomerView.Shown shown, String storeName) {
        return switch (shown.mode()) {
            case WELCOME -> put(center(storeName), center("Bienvenido"));
            case TICKET -> {
                if (shown.lines().isEmpty()) yield put(center(storeName), pair("TOTAL", shown.total()));
                CustomerView.Line last = shown.lines().getLast();
                String item = last.quantity().equals("1") ? last.name() : last.quantity() + " " + last.name();
                yield put(pair(item, last.amount()), pair("TOTAL", shown.total()));
            }
            case THANKS ->
                shown.change().isEmpty()
                        ? put(pair("TOTAL", shown.total()), center("Gracias"))
                        : put(pair("TOTAL", shown.total()), pair("CAMBIO", shown.change()));
        };
    }

    byte[] test() {
        return put("12345678901234567890", CodePage.PROOF);
    }

    /** Left text and right figure; the text is cut, the figure never. */
    private String pair(String left, String right) {
        String figure = encoder.clean(right);
        String text = encoder.clean(left);
        int room = Math.max(0, COLUMNS - figure.length() - 1);
        if (text.length() > room) text = text.substring(0, room);
        return text + " ".repeat(Math.max(1, COLUMNS - text.length() - figure.length())) + figure;
    }

    private String center(String text) {
        String clean = encoder.clean(text);
        return clean.length() >= COLUMNS ? clean : " ".repeat((COLUMNS - clean.length()) / 2) + clean;
    }

    private byte[] put(String upper, String lower) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        switch (commands) {
            case "CD5220" -> {
                orders(out, ESC, '@');
                orders(out, ESC, 'Q', 'A');
                out.writeBytes(line(upper));
                orders(out, CR, ESC, 'Q', 'B');
                out.writeBytes(line(lower));
                orders(out, CR);
            }
            case "PLAIN" -> {
                orders(out, CLEAR);
                out.writeBytes(line(upper));
                out.writeBytes(line(lower));
            }
            default -> {
                orders(out, ESC, '@', ESC, 't', page.table(), CLEAR);
                orders(out, US, '$', 1, 1);
                out.writeBytes(line(upper));
                orders(out, US, '$', 1, 2);
                out.writeBytes(line(lower));
            }
        }
        return out.toByteArray();
    }

    /** Exactly twenty columns: what stood there before is overwritten, and nothing runs on into the other line. */
    private byte[] line(String text) {
        byte[] encoded = encoder.encode(text);
        byte[] line = " ".repeat(COLUMNS).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(encoded, 0, line, 0, Math.min(COLUMNS, encoded.length));
        return line;
    }

    private static void orders(ByteArrayOutputStream out, int... bytes) {
        for (int b : bytes) out.write(b);
    }
}
