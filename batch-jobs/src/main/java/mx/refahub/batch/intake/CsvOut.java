package mx.refahub.batch.intake;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes a CSV as this module reads it: RFC 4180, UTF-8, a header row first. */
public final class CsvOut implements Closeable {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Writer out;
    private final boolean shown;
    private final StringBuilder record = new StringBuilder();
    private long rows;

    public CsvOut(Path file, List<String> header) throws IOException {
        this(file, header, false);
    }

    /** For people's eyes: with the mark that spreadsheets know UTF-8 by, and an apostrophe before what they would calculate. */
    public static CsvOut shown(Path file, List<String> header) throws IOException {
        return new CsvOut(file, header, true);
    }

    private CsvOut(Path file, List<String> header, boolean shown) throws IOException {
        this.shown = shown;
        out = new BufferedWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8));
        if (shown) out.append(BYTE_ORDER_MARK);
        write(header);
    }

    public void row(String... cells) throws IOException {
        write(List.of(cells));
        rows++;
    }

    private void write(List<String> cells) throws IOException {
        record.setLength(0);
        for (int i = 0; i < cells.size(); i++) {
            if (i > 0) record.append(',');
            String cell = cells.get(i);
            RejectedRows.appendField(record, shown ? RejectedRows.neutral(cell) : cell);
        }
        out.append(record.append("\r\n"));
    }

    /** Without the header. */
    public long rows() {
        return rows;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
