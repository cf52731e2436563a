package mx.refahub.batch.intake;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mx.refahub.batch.run.RunRefused;
import org.jspecify.annotations.Nullable;

/** The records of a file after RFC 4180, with its own {@linkplain Separator separator}. */
final class CsvSource implements RowSource {
    private static final int BUFFER = 1 << 16;
    private static final int MAX_FIELD = 1 << 20;

    private final String file;
    private final CsvReader<Row> reader;
    private final CloseableIterator<Row> rows;
    private final Records records = new Records();
    private final Header header;
    private final char separator;

    /**
     * @param file name for the sentences
     * @throws RunRefused if there is no header row
     */
    CsvSource(String file, Path path, Charset charset, List<Column> columns, Wording wording) throws IOException {
        this.file = file;
        separator = Separator.of(path);
        reader = reader(withoutMark(Files.newInputStream(path)), charset);
        rows = reader.iterator();
        if (!hasNext()) {
            close();
            throw new RunRefused("El archivo «" + file + "» no se importó: está vacío.");
        }
        Row names = rows.next();
        header = new Header(names.fields(), wording);
        records.row = new Row(columns, header);
    }

    /** Some of its records. */
    private CsvSource(String file, Path path, Charset charset, List<Column> columns, CsvSource whole, FileSlice slice)
            throws IOException {
        this.file = file;
        header = whole.header;
        separator = whole.separator;
        records.before = slice.firstLine() - 1;
        records.row = new Row(columns, header);
        reader = reader(new SliceInput(path, slice), charset);
        rows = reader.iterator();
    }

    /** Some of the records of a file; the header is read where it stands. */
    static CsvSource slice(
            String file, Path path, Charset charset, List<Column> columns, Wording wording, FileSlice slice)
            throws IOException {
        try (CsvSource whole = new CsvSource(file, path, charset, columns, wording)) {
            return new CsvSource(file, path, charset, columns, whole, slice);
        }
    }

    private CsvReader<Row> reader(InputStream bytes, Charset charset) {
        return CsvReader.builder()
                .fieldSeparator(separator)
                .maxBufferSize(MAX_FIELD)
                .skipEmptyLines(true)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(false)
                .allowUnclosedQuote(false)
                .build(records, new InputStreamReader(bytes, charset));
    }

    private static InputStream withoutMark(InputStream bytes) throws IOException {
        PushbackInputStream in = new PushbackInputStream(bytes, BUFFER);
        byte[] head = in.readNBytes(3);
        if (!isUtf8Mark(head)) in.unread(head);
        return in;
    }

    static boolean isUtf8Mark(byte[] head) {
        return head.length >= 3 && head[0] == (byte) 0xEF && head[1] == (byte) 0xBB && head[2] == (byte) 0xBF;
    }

    @Override
    public Header header() {
        return header;
    }

    @Override
    public @Nullable Row next() {
        while (hasNext()) {
            Row row = rows.next();
            if (!row.isBlank()) return row;
        }
        return null;
    }

    @Override
    public void skipThrough(long line) {
        while (records.line <= line && hasNext()) {
            if (records.line > line) return;
            rows.next();
        }
    }

    private boolean hasNext() {
        try {
            return rows.hasNext();
        } catch (CsvParseException e) {
            if (isTooLong(e))
                throw new RunRefused(
                        "El archivo «" + file + "» no se importó: el renglón " + records.line
                                + " es más largo que cualquier renglón de verdad; revisa que las comillas cierren y que sea un CSV.");
            throw new RunRefused("El archivo «" + file + "» no se importó: las comillas del renglón " + records.line
                    + " no cierran o están fuera de lugar.");
        }
    }

    /** The parser says of its own bound in words only. */
    private static boolean isTooLong(CsvParseException e) {
        for (Throwable t = e; t != null; t = t.getCause())
            if (t instanceof Row.TooLong || String.valueOf(t.getMessage()).contains("buffer")) return true;
        return false;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private static final class Records extends AbstractBaseCsvCallbackHandler<Row> {
        private Row row = new Row(List.of(), new Header(new ArrayList<>()));
        private long before;
        private long line = 1;

        @Override
        protected void handleBegin(long startingLineNumber) {
            line = before + startingLineNumber;
            row.begin(line);
        }

        @Override
        protected void handleField(int fieldIdx, char[] buf, int offset, int len, boolean quoted) {
            row.field(len == 0 ? "" : new String(buf, offset, len));
        }

        @Override
        protected Row buildRecord() {
            return row;
        }
    }
}
