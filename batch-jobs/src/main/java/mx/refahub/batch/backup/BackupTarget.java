package mx.refahub.batch.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** Where sealed copies are kept. What is listed is whole: a copy of which a part was written is none. */
interface BackupTarget {
    /** For a person. */
    String name();

    /** Takes the place of one of the same name once it is committed. */
    Sink write(String name) throws IOException;

    /** By name, which begins with its time. */
    List<String> list() throws IOException;

    InputStream read(String name) throws IOException;

    /** None is there afterwards; that there was none is no error. */
    void delete(String name) throws IOException;

    /** Takes away what writers that died have left. */
    void sweep() throws IOException;

    /** Closed without a commit nothing is kept. */
    abstract class Sink extends OutputStream {
        abstract void commit() throws IOException;

        @Override
        public abstract void close() throws IOException;
    }
}
