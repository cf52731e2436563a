package mx.refahub.store.printing;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import mx.refahub.domain.device.Bars;
import mx.refahub.domain.device.PaperBarcode;
import mx.refahub.domain.store.Paper.Align;
import mx.refahub.domain.store.Paper.Line;

/**
 * What a receipt printer would do with a stream of bytes, as far as eyes can see it: text with its size, weight and place, QR codes, cuts, the drawer's pulse. Commands after
 * Epson's ESC/POS reference; those without a visible effect are skipped at their right length. Bytes may come in pieces of any size.
 */
final class EscPosDecoder {
    private static final int LF = 0x0A;
    private static final int HT = 0x09;
    private static final int DLE = 0x10;
    private static final int ESC = 0x1B;
    private static final int FS = 0x1C;
    private static final int GS = 0x1D;
    private static final int TAB_WIDTH = 8;
    /** A command that is longer than this is not one; a real logo is far smaller. */
    private static final int LONGEST_COMMAND = 1 << 20;

    private static final int LONGEST_LINE = 256;
    private static final int MOST_LINES = 2_000;

    /** From one cut to the next. */
    record Printed(List<Line> lines, boolean drawerKicked) {}

    /** What a program asks of the printer in between; answered in order, as the printer would. */
    interface Asked {
        /** {@code DLE EOT n} */
        void state(int n);

        /** {@code GS r n} */
        void sensor(int n);
    }

    private static final Asked NOBODY = new Asked() {
        @Override
        public void state(int n) {}

        @Override
        public void sensor(int n) {}
    };

    private final Consumer<Printed> sheets;
    private final Asked asked;
    private byte[] pending = new byte[512];
    private int have;
    private final List<Line> lines = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private boolean kicked;
    private Charset page;
    private Align align;
    private boolean bold;
    private int width;
    private int height;
    private boolean lineBold;
    private int lineWidth;
    private int lineHeight;
    private String qr = "";
    private String held = "";

    EscPosDecoder(Consumer<Printed> sheets) {
        this(sheets, NOBODY);
    }

    EscPosDecoder(Consumer<Printed> sheets, Asked asked) {
        this.sheets = sheets;
        this.asked = asked;
        this.page = page(0);
        this.align = Align.LEFT;
        reset();
    }

    void take(byte[] bytes, int length) {
        if (have + length > pending.length)
            pending = Arrays.copyOf(pending, Math.max(pending.length * 2, have + length));
        System.arraycopy(bytes, 0, pending, have, length);
        have += length;
        int at = 0;
        while (at < have) {
            int used = step(at);
            if (used == 0) break;
            at += used;
        }
        System.arraycopy(pending, at, pending, 0, have - at);
        have -= at;
        if (have > LONGEST_COMMAND) have = 0;
    }

    /** The connection has ended: what was not cut hangs out of the printer and is torn off. */
    void end() {
        have = 0;
        if (!text.isEmpty()) flushLine();
        if (!lines.stream().allMatch(Line::isBlank) || kicked) cut();
        lines.clear();
    }

    /** @return bytes used; 0 if the command is not whole yet */
    private int step(int at) {
        int first = at(at);
        return switch (first) {
            case ESC -> escape(at);
            case GS -> group(at);
            case FS -> field(at);
            case DLE -> dataLink(at);
            case LF -> {
                flushLine();
                yield 1;
            }
            case HT -> {
                text.append(" ".repeat(TAB_WIDTH - text.length() % TAB_WIDTH));
                yield 1;
            }
            default -> {
                if (first >= 0x20 && first != 0x7F) print(first);
                yield 1;
            }
        };
    }

    private int escape(int at) {
        if (have - at < 2) return 0;
        int command = at(at + 1);
        int a = have - at > 2 ? at(at + 2) : -1;
        return switch (command) {
            case '@' -> then(at, 2, this::reset);
            case '!' ->
                then(at, 3, () -> {
                    bold = (a & 0x08) != 0;
                    height = (a & 0x10) != 0 ? 2 : 1;
                    width = (a & 0x20) != 0 ? 2 : 1;
                });
            case 'E', 'G' -> then(at, 3, () -> bold = (a & 1) != 0);
            case 'a' -> then(at, 3, () -> align = align(a));
            case 't' -> then(at, 3, () -> page = page(a));
            case 'd' -> then(at, 3, () -> feed(a));
            case 'J' ->
                then(at, 3, () -> {
                    if (!text.isEmpty()) flushLine();
                });
            case 'p' -> then(at, 5, () -> kicked = true);
            case 'i', 'm' -> then(at, 2, this::cut);
            case '*' -> {
                if (have - at < 5) yield 0;
                int columns = at(at + 3) + 256 * at(at + 4);
                yield skip(at, 5 + columns * (a == 32 || a == 33 ? 3 : 1));
            }
            case 'D' -> {
                for (int i = at + 2; i < have; i++) if (at(i) == 0) yield i + 1 - at;
                yield 0;
            }
            case '&' -> {
                if (have - at < 5) yield 0;
                int rows = a;
                int from = at(at + 3);
                int to = at(at + 4);
                int i = at + 5;
                for (int c = from; c <= to; c++) {
                    if (i >= have) yield 0;
                    i += 1 + rows * at(i);
                }
                yield skip(at, i - at);
            }
            case '2', '<', 'L', 'S', 0x0C -> skip(at, 2);
            case '$', '\\', 'c' -> skip(at, 4);
            case 'W' -> skip(at, 10);
            default -> skip(at, 3);
        };
    }

    private int group(int at) {
        if (have - at < 2) return 0;
        int command = at(at + 1);
        int a = have - at > 2 ? at(at + 2) : -1;
        return switch (command) {
            case '!' ->
                then(at, 3, () -> {
                    width = (a >> 4 & 7) + 1;
                    height = (a & 7) + 1;
                });
            case 'V' -> {
                if (a < 0) yield 0;
                boolean withFeed = a == 65 || a == 66 || a == 97 || a == 98 || a == 103 || a == 104;
                yield then(at, withFeed ? 4 : 3, this::cut);
            }
            case '(' -> {
                if (have - at < 5) yield 0;
                int length = at(at + 3) + 256 * at(at + 4);
                yield then(at, 5 + length, () -> {
                    if (a == 'k') symbol(at + 5, length);
                    if (a == 'L') graphics(at + 5, length);
                });
            }
            case '8' -> {
                if (have - at < 7) yield 0;
                long length = at(at + 3) + 256L * at(at + 4) + 65_536L * at(at + 5) + 16_777_216L * at(at + 6);
                if (length > LONGEST_COMMAND) yield 1;
                yield then(at, (int) (7 + length), () -> {
                    if (a == 'L') graphics(at + 7, (int) length);
                });
            }
            case 'k' -> {
                if (a < 0) yield 0;
                if (a > 6) {
                    if (have - at < 4) yield 0;
                    int length = at(at + 3);
                    yield then(at, 4 + length, () -> barcode(a, at + 4, length));
                }
                for (int i = at + 3; i < have; i++)
                    if (at(i) == 0) {
                        barcode(a, at + 3, i - at - 3);
                        yield i + 1 - at;
                    }
                yield 0;
            }
            case 'v' -> {
                if (have - at < 8) yield 0;
                int rowBytes = at(at + 4) + 256 * at(at + 5);
                int rows = at(at + 6) + 256 * at(at + 7);
                long length = 8L + (long) rowBytes * rows;
                if (length > LONGEST_COMMAND) yield 1;
                yield then(at, (int) length, () -> picture(at + 8, rowBytes, rows));
            }
            case '*' -> {
                if (have - at < 4) yield 0;
                yield skip(at, 4 + a * at(at + 3) * 8);
            }
            case ':' -> skip(at, 2);
            // On a roll of labels: on to the next one.
            case 0x0C -> then(at, 2, this::cut);
            case 'L', 'W', '$', '\\', 'P' -> skip(at, 4);
            case 'r' -> then(at, 3, () -> asked.sensor(a));
            case '^' -> skip(at, 5);
            default -> skip(at, 3);
        };
    }

    private int field(int at) {
        if (have - at < 2) return 0;
        return switch (at(at + 1)) {
            case '.', '&' -> skip(at, 2);
            case 'S', 'p' -> skip(at, 4);
            case '2' -> skip(at, 76);
            case '(' -> have - at < 5 ? 0 : skip(at, 5 + at(at + 3) + 256 * at(at + 4));
            case 'q' -> {
                if (have - at < 3) yield 0;
                long i = at + 3L;
                for (int n = at(at + 2); n > 0 && i - at < LONGEST_COMMAND; n--) {
                    if (have - i < 4) yield 0;
                    int x = (int) i;
                    i += 4 + (at(x) + 256L * at(x + 1)) * (at(x + 2) + 256L * at(x + 3)) * 8;
                }
                yield skip(at, i - at);
            }
            default -> skip(at, 3);
        };
    }

    private int dataLink(int at) {
        if (have - at < 3) return 0;
        int command = at(at + 1);
        int a = at(at + 2);
        return switch (command) {
            case 0x04 -> then(at, a == 7 || a == 8 || a == 18 ? 4 : 3, () -> asked.state(a));
            case 0x05 -> skip(at, 3);
            case 0x14 ->
                switch (a) {
                    case 1 -> then(at, 5, () -> kicked = true);
                    case 8 -> skip(at, 10);
                    default -> skip(at, 5);
                };
            default -> 1;
        };
    }

    /** QR codes: cn 49; fn 80 stores the data, 81 prints it. */
    private void symbol(int at, int length) {
        if (length < 2 || at(at) != 49) return;
        int function = at(at + 1);
        if (function == 80 && length >= 3) qr = new String(pending, at + 3, length - 3, StandardCharsets.UTF_8);
        else if (function == 81 && !qr.isEmpty()) {
            if (!text.isEmpty()) flushLine();
            add(new Line("", align, false, 1, 1, qr));
        }
    }

    /** EAN-13 and Code 128 are drawn; of the others one sees what they stand for. */
    private void barcode(int system, int at, int length) {
        if (!text.isEmpty()) flushLine();
        String content = new String(pending, at, length, StandardCharsets.US_ASCII);
        if (system == 73 && content.startsWith("{") && content.length() > 2) content = content.substring(2);
        boolean known = system == 73 && PaperBarcode.fits(content) || system == 67 && content.matches("[0-9]{12,13}");
        List<Integer> bars = known ? bars(system, content) : List.of();
        add(new Line(content.replaceAll("\\p{Cntrl}", "?"), align, false, 1, 1, "", bars, ""));
    }

    private static List<Integer> bars(int system, String content) {
        try {
            return Bars.of(system == 67 ? new PaperBarcode.Ean13(content) : new PaperBarcode.Code128(content));
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    private void picture(int at, int rowBytes, int rows) {
        if (!text.isEmpty()) flushLine();
        if (rowBytes == 0 || rows == 0) return;
        add(new Line("", align, false, 1, 1, "", List.of(), Raster.picture(pending, at, rowBytes, rows)));
    }

    /** Function 112 puts a picture into the buffer, 50 prints it. */
    private void graphics(int at, int length) {
        if (length < 2) return;
        int function = at(at + 1);
        if (function == 112 && length > 10) {
            int rowBytes = (at(at + 6) + 256 * at(at + 7) + 7) / 8;
            int rows = at(at + 8) + 256 * at(at + 9);
            held = (long) rowBytes * rows <= length - 10L && rowBytes > 0 && rows > 0
                    ? Raster.picture(pending, at + 10, rowBytes, rows)
                    : "";
        } else if ((function == 50 || function == 2) && !held.isEmpty()) {
            if (!text.isEmpty()) flushLine();
            add(new Line("", align, false, 1, 1, "", List.of(), held));
            held = "";
        }
    }

    private void print(int b) {
        if (text.isEmpty()) {
            lineBold = bold;
            lineWidth = width;
            lineHeight = height;
        }
        text.append(new String(new byte[] {(byte) b}, page));
        if (text.length() >= LONGEST_LINE) flushLine();
    }

    private void flushLine() {
        String printed = text.toString().stripTrailing();
        boolean empty = printed.isEmpty();
        add(new Line(printed, align, !empty && lineBold, empty ? 1 : lineWidth, empty ? 1 : lineHeight, ""));
        text.setLength(0);
    }

    private void add(Line line) {
        if (lines.size() >= MOST_LINES) cut();
        lines.add(line);
    }

    private void feed(int n) {
        int blank = n;
        if (!text.isEmpty()) {
            flushLine();
            blank--;
        }
        for (int i = 0; i < blank; i++) flushLine();
    }

    private void cut() {
        if (!text.isEmpty()) flushLine();
        int last = lines.size();
        while (last > 0 && lines.get(last - 1).isBlank()) last--;
        sheets.accept(new Printed(List.copyOf(lines.subList(0, last)), kicked));
        lines.clear();
        kicked = false;
    }

    private void reset() {
        page = page(0);
        align = Align.LEFT;
        bold = false;
        width = 1;
        height = 1;
        text.setLength(0);
    }

    private int then(int at, int length, Runnable effect) {
        if (have - at < length) return 0;
        effect.run();
        return length;
    }

    /** What claims to be longer than any command is none: one byte of it is dropped. */
    private int skip(int at, long length) {
        if (length > LONGEST_COMMAND) return 1;
        return have - at < length ? 0 : (int) length;
    }

    private int at(int index) {
        return pending[index] & 0xFF;
    }

    private static Align align(int n) {
        return switch (n) {
            case 1, '1' -> Align.CENTER;
            case 2, '2' -> Align.RIGHT;
            default -> Align.LEFT;
        };
    }

    /** Character code tables as most printers number them. */
    private static Charset page(int table) {
        return Charset.forName(
                switch (table) {
                    case 2 -> "IBM850";
                    case 3 -> "IBM860";
                    case 4 -> "IBM863";
                    case 5 -> "IBM865";
                    case 16 -> "windows-1252";
                    case 17 -> "IBM866";
                    case 18 -> "IBM852";
                    case 19 -> "IBM00858";
                    default -> "IBM437";
                });
    }
}
