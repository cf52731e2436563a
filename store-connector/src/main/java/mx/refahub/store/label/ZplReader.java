package mx.refahub.store.label;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import mx.refahub.domain.device.Bars;
import mx.refahub.domain.device.LabelPicture;
import mx.refahub.domain.device.LabelPicture.Mark;
import mx.refahub.domain.device.PaperBarcode;

/** What a label printer makes of ZPL II, as far as eyes can see it. Bytes may come in pieces. */
final class ZplReader {
    private static final int LARGEST = 1 << 20;
    private static final int MOST_COPIES = 10_000;

    /** @param copies how many of it were asked for */
    record Printed(LabelPicture label, int copies) {}

    private final Consumer<Printed> labels;
    private final Consumer<String> asked;
    private final ByteArrayOutputStream order = new ByteArrayOutputStream();
    private final List<Mark> marks = new ArrayList<>();
    private int width;
    private int height;
    private int x;
    private int y;
    private int letter;
    private int block;
    private boolean blockRight;
    private int module;
    private int codeHeight;
    private char code;
    private boolean hex;
    private char hexSign;
    private int copies;

    /** @param asked called with each immediate question, {@code ~HS} */
    ZplReader(Consumer<Printed> labels, Consumer<String> asked) {
        this.labels = labels;
        this.asked = asked;
        begin();
    }

    void take(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            byte b = bytes[i];
            if (b == '^' || b == '~') flush();
            if (order.size() < LARGEST) order.write(b);
            // Immediate orders have no end but their length.
            if (order.size() == 3 && order.toString(StandardCharsets.ISO_8859_1).equals("~HS")) flush();
            if (order.size() == 3 && order.toString(StandardCharsets.ISO_8859_1).equals("^XZ")) flush();
        }
    }

    private void flush() {
        String whole = order.toString(StandardCharsets.UTF_8);
        order.reset();
        if (whole.length() < 3) return;
        String name = whole.substring(0, 3);
        String rest = whole.substring(3);
        if (name.startsWith("^A") && !name.equals("^A@")) {
            String[] sizes = whole.substring(2).split(",", -1);
            letter = number(sizes, 1, 24);
            return;
        }
        String[] values = rest.strip().split(",", -1);
        switch (name) {
            case "~HS" -> asked.accept(name);
            case "^XA" -> begin();
            case "^PW" -> width = number(values, 0, width);
            case "^LL" -> height = number(values, 0, height);
            case "^FO", "^FT" -> {
                x = number(values, 0, 0);
                y = number(values, 1, 0);
            }
            case "^FB" -> {
                block = number(values, 0, 0);
                blockRight = values.length > 3 && values[3].equals("R");
            }
            case "^BY" -> module = number(values, 0, 2);
            case "^BC", "^BE" -> {
                code = name.charAt(2);
                codeHeight = number(values, 1, 60);
            }
            case "^FH" -> {
                hex = true;
                hexSign = rest.isBlank() ? '_' : rest.charAt(0);
            }
            case "^FD" -> field(hex ? unhex(rest, hexSign) : rest);
            case "^FS" -> endField();
            case "^PQ" -> copies = Math.clamp(number(values, 0, 1), 1, MOST_COPIES);
            case "^XZ" -> {
                labels.accept(new Printed(new LabelPicture(width, height, marks), copies));
                begin();
            }
            default -> {}
        }
    }

    private void begin() {
        marks.clear();
        width = 400;
        height = 200;
        copies = 1;
        module = 2;
        endField();
    }

    private void endField() {
        x = 0;
        y = 0;
        letter = 24;
        block = 0;
        blockRight = false;
        code = 0;
        hex = false;
    }

    private void field(String text) {
        if (code == 0) {
            int long_ = text.codePointCount(0, text.length()) * letter / 2;
            int at = blockRight ? x + Math.max(0, block - long_) : x;
            marks.add(new Mark(at, y, letter, long_, text, List.of()));
            return;
        }
        try {
            PaperBarcode drawn = code == 'E'
                    ? new PaperBarcode.Ean13(text.strip())
                    : new PaperBarcode.Code128((text.startsWith(">:") ? text.substring(2) : text).replace(">0", ">"));
            marks.add(new Mark(x, y, codeHeight, LabelLayout.modules(drawn) * module, drawn.content(), Bars.of(drawn)));
        } catch (IllegalArgumentException e) {
            marks.add(new Mark(x, y, 24, 0, "?", List.of()));
        }
    }

    private static String unhex(String text, char sign) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            int high = bytes[i] == sign && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
            if (low < 0) out.write(bytes[i]);
            else {
                out.write(high * 16 + low);
                i += 2;
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static int number(String[] values, int at, int otherwise) {
        try {
            return at < values.length && !values[at].isBlank() ? Integer.parseInt(values[at].strip()) : otherwise;
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
