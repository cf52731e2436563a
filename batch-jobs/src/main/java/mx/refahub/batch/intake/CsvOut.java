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
    private final Writer out;
    private final StringBuilder record = new StringBuilder();
    private long rows;

    public CsvOut(Path file, List<String> header) throws IOException {
        out = new BufferedWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8));
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
            RejectedRows.appendField(record, cells.get(i));
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
