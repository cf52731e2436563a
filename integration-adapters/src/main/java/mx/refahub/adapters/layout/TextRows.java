package mx.refahub.adapters.layout;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.CodingErrorAction;
import java.util.List;
import java.util.Map;

/** Text, CSV or XML. */
final class TextRows implements LayoutRows {
    private final Layout layout;
    private final Writer out;

    TextRows(Layout layout, OutputStream file) {
        this.layout = layout;
        // A letter that the system's charset lacks becomes a question mark, as it would on its own screens.
        out = new BufferedWriter(new OutputStreamWriter(
                file,
                layout.charset()
                        .newEncoder()
                        .onUnmappableCharacter(CodingErrorAction.REPLACE)
                        .onMalformedInput(CodingErrorAction.REPLACE)));
    }

    @Override
    public void write(String row, Map<String, Object> values) {
        try {
            for (List<String> cells : layout.rows(row, values)) {
                out.write(
                        layout.format() == Layout.Format.CSV
                                ? String.join(
                                        ",", cells.stream().map(TextRows::field).toList())
                                : cells.getFirst());
                out.write("\r\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Begun again without a new writer: what was written stands in the stream. */
    void flush() throws IOException {
        out.flush();
    }

    private static String field(String text) {
        String safe = LayoutRows.neutral(text);
        if (safe.chars().noneMatch(c -> c == ',' || c == '"')) return safe;
        return '"' + safe.replace("\"", "\"\"") + '"';
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
