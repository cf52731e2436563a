package mx.refahub.batch.intake;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the inspection noted of a file, so that every later look at it reads it the same way, whatever is said of its supplier meanwhile. */
record FedFile(String file, String coding, List<String> header, Wording wording) {
    static List<FedFile> of(JdbcClient jdbc, long run) {
        return jdbc.sql("""
                select file, charset, header, wording
                from job_run_file
                where run_id = :run
                order by file
                """).param("run", run).query((row, n) -> read(row)).list();
    }

    static Optional<FedFile> of(JdbcClient jdbc, long run, String file) {
        return of(jdbc, run).stream().filter(fed -> fed.file().equals(file)).findFirst();
    }

    RowSource open(Path path, List<Column> columns) throws IOException {
        return RowSource.open(file, path, coding, columns, wording);
    }

    /** Some of its records; of a file that was cut. */
    RowSource open(Path path, List<Column> columns, FileSlice slice) throws IOException {
        return CsvSource.slice(file, path, Charset.forName(coding), columns, wording, slice);
    }

    private static FedFile read(ResultSet row) throws SQLException {
        return new FedFile(row.getString(1), row.getString(2), strings(row, 3), Wording.of(strings(row, 4)));
    }

    private static List<String> strings(ResultSet row, int column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }
}
