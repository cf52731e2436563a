package mx.refahub.adapters.layout;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** A workbook of one sheet. */
final class BookRows implements LayoutRows {
    private static final int FLUSH = 500;

    private final Layout layout;
    private final OutputStream out;
    private final Workbook book;
    private final Worksheet sheet;
    private int row;

    BookRows(Layout layout, Path file) throws IOException {
        this.layout = layout;
        out = new BufferedOutputStream(Files.newOutputStream(file));
        book = new Workbook(out, "RefaHub", "1.0");
        sheet = book.newWorksheet("Polizas");
    }

    @Override
    public void write(String kind, Map<String, Object> values) {
        List<List<String>> filled = layout.rows(kind, values);
        for (int i = 0; i < filled.size(); i++) {
            List<String> cells = filled.get(i);
            for (int c = 0; c < cells.size(); c++) {
                String cell = cells.get(c).strip();
                if (cell.isEmpty()) continue;
                if (layout.isNumber(kind, i, c)) sheet.value(row, c, new BigDecimal(cell));
                else sheet.inlineString(row, c, LayoutRows.neutral(cell));
            }
            if (++row % FLUSH == 0) flush();
        }
    }

    private void flush() {
        try {
            sheet.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        try (OutputStream closing = out) {
            book.finish();
            closing.flush();
        }
    }
}
