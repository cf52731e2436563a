package mx.refahub.store.printing;

import com.github.anastaciocintra.escpos.EscPos;
import com.github.anastaciocintra.escpos.EscPosConst;
import com.github.anastaciocintra.escpos.Style;
import com.github.anastaciocintra.escpos.barcode.QRCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import mx.refahub.domain.device.Bars;
import mx.refahub.domain.device.CodePage;
import mx.refahub.domain.device.PaperBarcode;
import mx.refahub.domain.device.PrinterProfile;
import mx.refahub.domain.store.Paper.Align;
import mx.refahub.store.wire.PrintEncoder;

/** Builds a page's bytes for one printer. Every text goes through the encoder; printer commands come from here alone. */
final class PaperWriter {
    private static final byte ESC = 0x1B;
    private static final byte FS = 0x1C;
    private static final byte GS = 0x1D;
    private static final int BARCODE_HEIGHT = 80;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(2048);
    private final EscPos printer = new EscPos(bytes);
    private final PrinterProfile profile;
    private final int columns;
    private PrintEncoder encoder;

    PaperWriter(PrinterProfile profile) {
        this.profile = profile;
        this.encoder = new PrintEncoder(Charset.forName(profile.page().charset()));
        this.columns = profile.columns();
        write(printer::initializePrinter);
        // Clones that start in Chinese mode read every accented letter as half of a Chinese one.
        if (profile.chineseOff()) raw(FS, '.');
        page(profile.page());
    }

    /** What follows is written in this page. */
    void page(CodePage page) {
        encoder = new PrintEncoder(Charset.forName(page.charset()));
        write(() -> {
            printer.setCharsetName(page.charset());
            printer.setPrinterCharacterTable(page.table());
        });
    }

    int columns() {
        return columns;
    }

    void kickDrawer() {
        byte[] pulse = pulse(profile);
        write(() -> printer.write(pulse, 0, pulse.length));
    }

    /** Nothing where no drawer hangs from the printer. */
    static byte[] pulse(PrinterProfile profile) {
        int pin = switch (profile.drawer()) {
            case NONE -> -1;
            case PIN_2 -> 0;
            case PIN_5 -> 1;
        };
        // Counted in two milliseconds.
        return pin < 0
                ? new byte[0]
                : new byte[] {ESC, 'p', (byte) pin, (byte) (profile.pulseOn() / 2), (byte) (profile.pulseOff() / 2)};
    }

    /** One that a printer obeys even while it waits for paper (DLE DC4, counted in tenths of a second). */
    static byte[] pulseNow(PrinterProfile profile) {
        if (profile.drawer() == PrinterProfile.Drawer.NONE) return new byte[0];
        int pin = profile.drawer() == PrinterProfile.Drawer.PIN_5 ? 1 : 0;
        return new byte[] {0x10, 0x14, 1, (byte) pin, (byte) Math.clamp(profile.pulseOn() / 100, 1, 8)};
    }

    void picture(Raster picture) {
        byte[] head = {
            ESC,
            'a',
            1,
            GS,
            'v',
            '0',
            0,
            (byte) picture.rowBytes(),
            (byte) (picture.rowBytes() >> 8),
            (byte) picture.rows(),
            (byte) (picture.rows() >> 8)
        };
        write(() -> {
            printer.write(head, 0, head.length);
            printer.write(picture.dots(), 0, picture.dots().length);
        });
        raw(ESC, 'a', 0);
    }

    /** As wide as fits the paper, with its text below. */
    void barcode(PaperBarcode code) {
        byte[] content = code.content().getBytes(StandardCharsets.US_ASCII);
        int modules = Bars.of(code).stream().mapToInt(Integer::intValue).sum();
        int width = Math.clamp(profile.dots() / (modules + 20), 1, 3);
        raw(ESC, 'a', 1, GS, 'h', BARCODE_HEIGHT, GS, 'w', width, GS, 'H', 2);
        switch (code) {
            // Set B holds all of printable ASCII; a '{' stands for itself when it is doubled.
            case PaperBarcode.Code128(String text) -> {
                byte[] data = ("{B" + text.replace("{", "{{")).getBytes(StandardCharsets.US_ASCII);
                raw(GS, 'k', 73, data.length);
                write(() -> printer.write(data, 0, data.length));
            }
            case PaperBarcode.Ean13 _ -> {
                raw(GS, 'k', 67, content.length);
                write(() -> printer.write(content, 0, content.length));
            }
        }
        raw('\n', ESC, 'a', 0);
    }

    void line(String text) {
        put(style(Align.LEFT, false, false), text, columns);
    }

    void bold(String text) {
        put(style(Align.LEFT, true, false), text, columns);
    }

    void centered(String text) {
        put(style(Align.CENTER, false, false), text, columns);
    }

    /** Twice as wide and high where it fits, else bold. */
    void title(String text) {
        boolean fits = encoder.clean(text).length() <= columns / 2;
        put(style(Align.CENTER, true, fits), text, fits ? columns / 2 : columns);
    }

    /** Left text and right figure in one line; the text is cut, the figure never. */
    void pair(String left, String right) {
        putPaired(style(Align.LEFT, false, false), left, right, columns);
    }

    void boldPair(String left, String right) {
        putPaired(style(Align.LEFT, true, false), left, right, columns);
    }

    void bigPair(String left, String right) {
        boolean fits = encoder.clean(left).length() + encoder.clean(right).length() + 1 <= columns / 2;
        int width = fits ? columns / 2 : columns;
        putPaired(style(Align.LEFT, true, fits), left, right, width);
    }

    void rule() {
        line("-".repeat(columns));
    }

    void blank() {
        write(() -> printer.feed(1));
    }

    /** As large as the paper takes it, its modules never smaller than {@link QrSize#LEAST} dots. */
    void qr(String content) {
        String text = encoder.clean(content);
        int dots = QrSize.dots(text, profile.dots());
        write(() -> printer.write(
                new QRCode()
                        .setSize(dots)
                        .setJustification(EscPosConst.Justification.Center)
                        .setErrorCorrectionLevel(QRCode.QRErrorCorrectionLevel.QR_ECLEVEL_M_Default),
                text));
    }

    void cut() {
        write(() -> {
            printer.feed(4);
            switch (profile.cutter()) {
                case PARTIAL -> printer.cut(EscPos.CutMode.PART);
                case FULL -> printer.cut(EscPos.CutMode.FULL);
                case NONE -> {}
            }
        });
    }

    byte[] bytes() {
        write(printer::flush);
        return bytes.toByteArray();
    }

    private void putPaired(Style style, String left, String right, int width) {
        for (String line : paired(encoder.clean(left), encoder.clean(right), width))
            write(() -> printer.writeLF(style, line));
    }

    /** On one line where there is room; else the words run over several, what belongs to them stands at the right of the last. No word and no figure is cut. */
    static List<String> paired(String left, String right, int width) {
        int indent = Math.min(left.length() - left.stripLeading().length(), width / 2);
        String margin = " ".repeat(indent);
        List<String> lines = new ArrayList<>(wrapped(left.stripLeading(), width - indent).stream()
                .map(line -> margin + line)
                .toList());
        String last = lines.getLast();
        if (last.length() + 1 + right.length() <= width) {
            lines.removeLast();
            lines.add(last + " ".repeat(width - last.length() - right.length()) + right);
        } else {
            for (String line : wrapped(right, width)) lines.add(" ".repeat(width - line.length()) + line);
        }
        return lines;
    }

    private void put(Style style, String text, int width) {
        for (String line : wrapped(encoder.clean(text), width)) write(() -> printer.writeLF(style, line));
    }

    /** At words where there are any; a word longer than the paper is broken. */
    static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > width) {
            int at = rest.lastIndexOf(' ', width);
            if (at <= 0) at = width;
            lines.add(rest.substring(0, at));
            rest = rest.substring(at).stripLeading();
        }
        lines.add(rest);
        return lines;
    }

    private void raw(int... bytes) {
        byte[] order = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) order[i] = (byte) bytes[i];
        write(() -> printer.write(order, 0, order.length));
    }

    private static Style style(Align align, boolean bold, boolean big) {
        Style style = new Style().setBold(bold);
        style.setJustification(
                switch (align) {
                    case LEFT -> EscPosConst.Justification.Left_Default;
                    case CENTER -> EscPosConst.Justification.Center;
                    case RIGHT -> EscPosConst.Justification.Right;
                });
        if (big) style.setFontSize(Style.FontSize._2, Style.FontSize._2);
        return style;
    }

    @FunctionalInterface
    private interface Order {
        void give() throws IOException;
    }

    private static void write(Order order) {
        try {
            order.give();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail to be written", e);
        }
    }
}
