package mx.refahub.store.label;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import mx.refahub.domain.device.Bars;
import mx.refahub.domain.device.Device;
import mx.refahub.domain.device.Label;
import mx.refahub.domain.device.PaperBarcode;
import mx.refahub.store.wire.PrintEncoder;

/** Where each word of a label stands, in the language of the printer that takes it. */
public final class LabelLayout {
    private static final int ESC = 0x1B;
    private static final int FS = 0x1C;
    private static final int GS = 0x1D;

    /** In dots: smaller letters are not read from a shelf. */
    private static final int SMALLEST = 16;

    private static final String MORE = "...";
    private static final int FF = 0x0C;

    private LabelLayout() {}

    public static byte[] of(Label label, Device device, int copies) {
        return device.text("language").equals("ZPL") ? zpl(label, device, copies) : escPos(label, device, copies);
    }

    /** What a person sees who tries the printer. */
    public static byte[] test(Device device) {
        Label label = new Label(
                Label.Design.SHELF,
                "REF",
                "PRUEBA-1",
                "Etiqueta de prueba áéíóú ñÑ ¿€",
                "7504865001989",
                "$1,234.50",
                "A-01");
        return of(label, device, 1);
    }

    /** One thing on the label: words in letters of this height, or a code. In tenths of its height, so that it fits whatever size. */
    private sealed interface Mark {
        int top();

        int height();

        record Words(String text, int top, int height, boolean right) implements Mark {}

        record Code(PaperBarcode code, int top, int height) implements Mark {}
    }

    private static List<Mark> marks(Label label) {
        String number = (label.lineCode() + " " + label.number()).strip();
        List<Mark> marks = new ArrayList<>();
        PaperBarcode code = PaperBarcode.fits(label.barcode()) ? PaperBarcode.of(label.barcode()) : null;
        switch (label.design()) {
            case BIN -> {
                marks.add(new Mark.Words(label.location().isBlank() ? number : label.location(), 4, 34, false));
                marks.add(new Mark.Words(number, 42, 20, false));
                if (code != null) marks.add(new Mark.Code(code, 66, 30));
            }
            case PART -> {
                marks.add(new Mark.Words(number, 4, 22, false));
                marks.add(new Mark.Words(label.name(), 28, 14, false));
                if (code != null) marks.add(new Mark.Code(code, 46, 34));
                marks.add(new Mark.Words(label.location(), 86, 12, true));
            }
            case SHELF -> {
                marks.add(new Mark.Words(label.name(), 4, 14, false));
                marks.add(new Mark.Words(number, 20, 14, false));
                marks.add(new Mark.Words(label.price(), 36, 26, true));
                if (code != null) marks.add(new Mark.Code(code, 66, 22));
            }
        }
        return marks;
    }

    private static byte[] zpl(Label label, Device device, int copies) {
        int dots = device.number("dots");
        int width = device.number("label-width") * dots;
        int height = device.number("label-height") * dots;
        int margin = 2 * dots;
        StringBuilder out = new StringBuilder();
        out.append("^XA^CI28^LH0,0^PW")
                .append(width)
                .append("^LL")
                .append(height)
                .append('\n');
        for (Mark mark : marks(label)) {
            int y = mark.top() * height / 100;
            int h = Math.max(12, mark.height() * height / 100);
            switch (mark) {
                case Mark.Words(String text, int _, int _, boolean right) -> {
                    String said = clean(text);
                    if (said.isEmpty()) continue;
                    // Font 0 is about half as wide as high: letters that would run off the label are made smaller.
                    int room = width - 2 * margin;
                    // What would run off even in the smallest is cut behind a word: a printer writes it over the line's
                    // end.
                    said = within(said, room * 2 / SMALLEST);
                    int fitting = Math.min(h, room * 2 / said.codePointCount(0, said.length()));
                    out.append(String.format(
                            Locale.ROOT,
                            "^FO%d,%d^A0N,%d,%d^FB%d,1,0,%s^FH_^FD%s^FS\n",
                            margin,
                            y,
                            fitting,
                            fitting,
                            room,
                            right ? "R" : "L",
                            data(said)));
                }
                case Mark.Code(PaperBarcode code, int _, int _) -> {
                    int modules = modules(code);
                    int module = Math.clamp((width - 2 * margin) / Math.max(1, modules), 1, 4);
                    out.append(String.format(Locale.ROOT, "^FO%d,%d^BY%d", margin, y, module));
                    switch (code) {
                        case PaperBarcode.Code128(String content) ->
                            // In ZPL '>' is the way to Code 128's special characters; '>0' is the sign itself.
                            out.append(String.format(
                                    Locale.ROOT, "^BCN,%d,N,N,N^FH_^FD>:%s^FS\n", h, data(content.replace(">", ">0"))));
                        case PaperBarcode.Ean13(String content) ->
                            out.append(
                                    String.format(Locale.ROOT, "^BEN,%d,N,N^FD%s^FS\n", h, content.substring(0, 12)));
                    }
                }
            }
        }
        out.append("^PQ").append(copies).append("^XZ\n");
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** As much as has room, whole words where there are some, and that there was more. */
    static String within(String text, int room) {
        if (text.codePointCount(0, text.length()) <= room) return text;
        String kept = text.substring(0, text.offsetByCodePoints(0, Math.max(1, room - MORE.length())));
        int word = kept.lastIndexOf(' ');
        return (word > kept.length() / 2 ? kept.substring(0, word) : kept).strip() + MORE;
    }

    static int modules(PaperBarcode code) {
        return Bars.of(code).stream().mapToInt(Integer::intValue).sum();
    }

    /** No control or format character, composed letters. */
    private static String clean(String text) {
        StringBuilder kept = new StringBuilder();
        Normalizer.normalize(text, Normalizer.Form.NFC).codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> {}
                case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                    kept.append(' ');
                default -> kept.appendCodePoint(c);
            }
        });
        return kept.toString().strip();
    }

    /** For a field after {@code ^FH_}: what begins an order, or an escape, goes by its number. */
    static String data(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '^' || c == '~' || c == '_' || c == '\\') out.append(String.format(Locale.ROOT, "_%02X", (int) c));
            else out.append(c);
        }
        return out.toString();
    }

    /** A roll of labels in a receipt printer: lines and a feed to the next gap. */
    private static byte[] escPos(Label label, Device device, int copies) {
        PrintEncoder encoder =
                new PrintEncoder(Charset.forName(device.codePage().charset()));
        ByteArrayOutputStream one = new ByteArrayOutputStream();
        int columns = Math.max(8, device.number("label-width") * device.number("dots") / 12);
        for (Mark mark : marks(label)) {
            switch (mark) {
                case Mark.Words(String text, int _, int height, boolean right) -> {
                    String said = encoder.clean(text).strip();
                    if (said.isEmpty()) continue;
                    boolean big = height >= 20 && said.length() <= columns / 2;
                    // Font A is 12 dots wide, font B 9.
                    boolean small = said.length() > columns;
                    int room = small ? columns * 12 / 9 : big ? columns / 2 : columns;
                    orders(one, ESC, 'a', right ? 2 : 0, ESC, 'M', small ? 1 : 0, GS, '!', big ? 0x11 : 0);
                    one.writeBytes(encoder.encode(within(said, room)));
                    one.write('\n');
                }
                case Mark.Code(PaperBarcode code, int _, int _) -> {
                    int module = Math.clamp(columns * 12 / (modules(code) + 20), 1, 3);
                    orders(one, ESC, 'a', 0, GS, 'h', 60, GS, 'w', module, GS, 'H', 0);
                    String content = code instanceof PaperBarcode.Code128(String text)
                            ? "{B" + text.replace("{", "{{")
                            : code.content();
                    orders(one, GS, 'k', code instanceof PaperBarcode.Ean13 ? 67 : 73, content.length());
                    one.writeBytes(content.getBytes(StandardCharsets.US_ASCII));
                    one.write('\n');
                }
            }
        }
        orders(one, GS, FF);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        orders(all, ESC, '@', FS, '.', ESC, 't', device.codePage().table());
        for (int i = 0; i < copies; i++) all.writeBytes(one.toByteArray());
        return all.toByteArray();
    }

    private static void orders(ByteArrayOutputStream out, int... bytes) {
        for (int b : bytes) out.write(b);
    }
}
