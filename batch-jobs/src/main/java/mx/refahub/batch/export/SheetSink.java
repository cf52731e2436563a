package mx.refahub.batch.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/** Workbooks of one sheet, every cell as text, written row by row; the next one begins where a sheet is full. */
final class SheetSink implements Sink {
    /** A sheet of Excel ends here (ECMA-376's maker's limit). */
    private static final int MOST_ROWS = 1_048_576;

    private static final int FLUSH = 1_000;

    private final Path folder;
    private final String file;
    private final List<String> header;
    private int books;
    private int row;
    private @Nullable OutputStream out;
    private @Nullable Workbook book;
    private @Nullable Worksheet sheet;

    SheetSink(Path folder, String file, List<String> header) throws IOException {
        this.folder = folder;
        this.file = file;
        this.header = header;
        begin();
    }

    private Worksheet begin() throws IOException {
        finish();
        books++;
        Path path = folder.resolve(books == 1 ? file + ".xlsx" : file + "-" + books + ".xlsx");
        OutputStream opened = new BufferedOutputStream(Files.newOutputStream(path));
        out = opened;
        Workbook fresh = new Workbook(opened, "RefaHub", "1.0");
        book = fresh;
        Worksheet begun = fresh.newWorksheet(file);
        sheet = begun;
        row = 0;
        write(begun, header);
        return begun;
    }

    @Override
    public void row(List<String> cells) throws IOException {
        Worksheet into = sheet;
        if (into == null || row == MOST_ROWS) into = begin();
        write(into, cells);
    }

    private void write(Worksheet into, List<String> cells) throws IOException {
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            // Shared texts would be kept in memory to the end.
            if (!cell.isEmpty()) into.inlineString(row, i, cell);
        }
        if (++row % FLUSH == 0) into.flush();
    }

    private void finish() throws IOException {
        try (OutputStream closing = out) {
            Workbook ready = book;
            if (ready != null && closing != null) ready.finish();
        } finally {
            out = null;
            book = null;
            sheet = null;
        }
    }

    @Override
    public void close() throws IOException {
        finish();
    }
}
