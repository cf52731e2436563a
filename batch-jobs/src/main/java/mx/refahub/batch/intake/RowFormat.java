package mx.refahub.batch.intake;

import java.util.List;
import mx.refahub.batch.run.RunFolders;

/** A kind of file: its columns, and how one of its rows becomes a line of COPY. Stateless. */
public interface RowFormat {
    /** The file's name among the job's parameters. */
    String file();

    /** In the order that a row's cells are asked by. */
    List<Column> columns();

    /** The same for a file that was made of a standard's, which tells less and says what it could not tell. */
    default RowFormat translated() {
        return this;
    }

    /** Of the two, the one that reads this run's file. */
    default RowFormat in(long run, RunFolders folders) {
        return folders.isTranslated(run, file()) ? translated() : this;
    }

    /** The table that its rows wait in. */
    String table();

    /** A COPY statement from standard input in text format; {@code run_id} and {@code line} are its first two columns. */
    String copy();

    /** Checks the row, telling it of every problem, and writes its values after run and line. */
    void stage(Row row, CopyLines out);
}
