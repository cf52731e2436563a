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

    /** One printed line, or a QR code when {@code qr} is not empty. */
    record Line(String text, Align align, boolean bold, int width, int height, String qr) {}

    enum Align {
        LEFT,
        CENTER,
        RIGHT
    }
}
