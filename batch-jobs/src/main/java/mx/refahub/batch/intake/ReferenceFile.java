package mx.refahub.batch.intake;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import mx.refahub.batch.run.RunRefused;

/** A file that is looked things up in and not imported: one bad row refuses it. */
public final class ReferenceFile {
    private ReferenceFile() {}

    /** @throws RunRefused if it cannot be read, or one of its rows is wrong, or has more rows than that */
    public static void read(String file, Path path, List<Column> columns, int mostRows, Consumer<Row> taken)
            throws IOException {
        FileInspection found = FileInspection.of(file, path, columns, Wording.OURS);
        try (RowSource rows = RowSource.open(file, path, found.coding(), columns, Wording.OURS)) {
            int count = 0;
            for (Row row = rows.next(); row != null; row = rows.next()) {
                row.checkWidth();
                if (!row.isRejected()) taken.accept(row);
                if (row.isRejected()) {
                    Row.Problem problem = row.problems().getFirst();
                    throw new RunRefused("El archivo «" + file + "» no se puede usar: renglón " + row.line()
                            + ", columna «" + problem.column() + "»: " + problem.reason());
                }
                if (++count > mostRows)
                    throw new RunRefused(
                            "El archivo «" + file + "» no se puede usar: tiene más de " + mostRows + " renglones.");
            }
        }
    }
}
