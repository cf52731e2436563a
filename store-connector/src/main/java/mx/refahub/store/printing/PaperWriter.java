package mx.refahub.store.printing;

import com.github.anastaciocintra.escpos.EscPos;
import com.github.anastaciocintra.escpos.EscPosConst;
import com.github.anastaciocintra.escpos.Style;
import com.github.anastaciocintra.escpos.barcode.QRCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import mx.refahub.domain.store.Paper.Align;

/** Builds a receipt's bytes. Every text goes through the encoder; printer commands come from here alone. */
final class PaperWriter {
    private static final int DRAWER_ON_MS = 100;
    private static final int DRAWER_OFF_MS = 200;
    private static final int QR_SIZE = 6;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(2048);
    private final EscPos printer = new EscPos(bytes);
    private final PrintEncoder encoder;
    private final int columns;

    PaperWriter(PrinterSettings profile) {
        this.encoder = new PrintEncoder(profile.charset());
        this.columns = profile.columns();
        write(() -> {
            printer.initializePrinter();
            printer.setCharsetName(profile.codePage());
            printer.setPrinterCharacterTable(profile.codeTable());
        });
    }

    void kickDrawer() {
        write(() -> printer.pulsePin(EscPos.PinConnector.Pin_2, DRAWER_ON_MS, DRAWER_OFF_MS));
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
        put(style(Align.LEFT, false, false), paired(left, right, columns), columns);
    }

    void boldPair(String left, String right) {
        put(style(Align.LEFT, true, false), paired(left, right, columns), columns);
    }

    void bigPair(String left, String right) {
        boolean fits = encoder.clean(left).length() + encoder.clean(right).length() + 1 <= columns / 2;
        int width = fits ? columns / 2 : columns;
        put(style(Align.LEFT, true, fits), paired(left, right, width), width);
    }

    void rule() {
        line("-".repeat(columns));
    }

    void blank() {
        write(() -> printer.feed(1));
    }

    void qr(String content) {
        write(() -> printer.write(
                new QRCode()
                        .setSize(QR_SIZE)
                        .setJustification(EscPosConst.Justification.Center)
                        .setErrorCorrectionLevel(QRCode.QRErrorCorrectionLevel.QR_ECLEVEL_M_Default),
                encoder.clean(content)));
    }

    void cut() {
        write(() -> {
            printer.feed(4);
            printer.cut(EscPos.CutMode.PART);
        });
    }

    byte[] bytes() {
        write(printer::flush);
        return bytes.toByteArray();
    }

    private String paired(String left, String right, int width) {
        String figure = encoder.clean(right);
        String text = encoder.clean(left);
        int room = Math.max(0, width - figure.length() - 1);
        if (text.length() > room) text = text.substring(0, room);
        return text + " ".repeat(Math.max(1, width - text.length() - figure.length())) + figure;
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
