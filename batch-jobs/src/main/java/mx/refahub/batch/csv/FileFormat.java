package mx.refahub.batch.csv;

import java.util.List;

/**
 * A kind of file and the table its rows are staged in.
 *
 * @param file name of the job's parameter, and of the file in the rejects
 * @param staging table whose first columns are run and line
 * @param columns of the staging table after run and line, in the order in which {@code row} writes them
 */
public record FileFormat(
        String file, String staging, List<String> columns, List<String> required, List<String> optional, Row row) {
    /** Writes one row's values, or rejects it. */
    public interface Row {
        void write(Values values, CopyLine line);
    }

    List<String> unknown(List<String> header) {
        return header.stream()
                .filter(name -> !required.contains(name) && !optional.contains(name))
                .toList();
    }
}
