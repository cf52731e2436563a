package mx.refahub.domain.store;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** What the built-in printer simulator has printed, decoded from the very bytes that a printer would get. */
public interface Paper {
    /** Newest first. */
    List<Sheet> sheets(int limit);

    AutoCloseable subscribe(Consumer<Sheet> listener);

    /**
     * From one cut to the next.
     *
     * @param columns characters of the normal font in a line
     * @param drawerKicked whether the drawer pulse was in it
     */
    record Sheet(UUID id, Instant at, int columns, List<Line> lines, boolean drawerKicked) {}

    /**
     * One printed line, a QR code, a barcode or a picture, whichever is not empty.
     *
     * @param bars widths of a barcode's bars and gaps in turns, a bar first; {@code text} is what it stands for
     * @param image as a {@code data:} address
     */
    record Line(
            String text,
            Align align,
            boolean bold,
            int width,
            int height,
            String qr,
            List<Integer> bars,
            String image) {
        public Line {
            bars = List.copyOf(bars);
        }

        public Line(String text, Align align, boolean bold, int width, int height, String qr) {
            this(text, align, bold, width, height, qr, List.of(), "");
        }

        public boolean isBlank() {
            return text.isBlank() && qr.isEmpty() && image.isEmpty();
        }
    }

    enum Align {
        LEFT,
        CENTER,
        RIGHT
    }
}
