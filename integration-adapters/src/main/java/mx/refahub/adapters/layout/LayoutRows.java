package mx.refahub.adapters.layout;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The open file. */
interface LayoutRows extends Closeable {
    /** A kind of row that the template does not have is passed over. */
    void write(String row, Map<String, Object> values);

    static LayoutRows late(Layout layout, Path file, Map<String, Object> whole) {
        return new Late(layout, file, whole);
    }

    /** A text that a spreadsheet would calculate gets an apostrophe. */
    static String neutral(String text) {
        return !text.isEmpty() && "=+@".indexOf(text.charAt(0)) >= 0
                        || text.startsWith("-") && !text.matches("-[0-9.]+")
                ? "'" + text
                : text;
    }

    /** Begins the file with the first row that is in it, and ends it. */
    final class Late implements LayoutRows {
        private final Layout layout;
        private final Path file;
        private final Map<String, Object> whole;
        private @Nullable LayoutRows open;

        Late(Layout layout, Path file, Map<String, Object> whole) {
            this.layout = layout;
            this.file = file;
            this.whole = whole;
        }

        @Override
        public void write(String row, Map<String, Object> values) {
            if (!layout.has(row)) return;
            LayoutRows into = open;
            if (into == null) {
                into = begun();
                open = into;
                into.write("start", whole);
            }
            into.write(row, values);
        }

        private LayoutRows begun() {
            try {
                if (layout.isPacked()) return new PackedRows(layout, file);
                return layout.format() == Layout.Format.XLSX
                        ? new BookRows(layout, file)
                        : new TextRows(layout, Files.newOutputStream(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            LayoutRows begun = open;
            if (begun == null) return;
            try (begun) {
                begun.write("end", whole);
            }
        }
    }
}
