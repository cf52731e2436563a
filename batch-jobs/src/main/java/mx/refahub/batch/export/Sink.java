package mx.refahub.batch.export;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Where the rows of one file go. */
interface Sink extends Closeable {
    void row(List<String> cells) throws IOException;
}
