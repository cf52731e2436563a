package mx.refahub.batch.intake;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a file, one after the other. Rows are lent: the next one overwrites the one before. */
interface RowSource extends Closeable {
    /** What stands in place of a charset for a workbook, whose parts say their own. */
    String WORKBOOK = "xlsx";

    Header header();

    /** The next row that is not blank; null at the end. */
    @Nullable
    Row next() throws IOException;

    /** Goes on behind this line. */
    void skipThrough(long line) throws IOException;

    /** @param coding as the inspection found it: {@link #WORKBOOK} or the name of a charset */
    static RowSource open(String file, Path path, String coding, List<Column> columns, Wording wording)
            throws IOException {
        return coding.equals(WORKBOOK)
                ? new SheetSource(file, path, columns, wording)
                : new CsvSource(file, path, Charset.forName(coding), columns, wording);
    }
}
