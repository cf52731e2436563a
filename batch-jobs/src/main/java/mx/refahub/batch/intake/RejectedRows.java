package mx.refahub.batch.intake;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import mx.refahub.batch.run.Rejects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;

/**
 * What was rejected in a run, and how it goes back to the person: as a file in the form that was fed in with line, column and reason in
 * front, which may be mended and fed again as it is. Cells that a spreadsheet would take for a formula get an apostrophe in front,
 * and lose it again when fed.
 */
public final class RejectedRows implements Rejects {
    private final DataSource dataSource;
    private final JdbcClient jdbc;

    public RejectedRows(DataSource dataSource) {
        this.dataSource = dataSource;
        jdbc = JdbcClient.create(dataSource);
    }

    static final String COPY = """
        copy job_run_reject (run_id, file, line, column_name, value, reason, original)
        from stdin
        """;

    static void write(CopyLines out, long run, String file, Row row) {
        String original = storable(row.original());
        for (Row.Problem problem : row.problems()) {
            out.begin();
            out.number(run)
                    .text(file)
                    .number(row.line())
                    .text(problem.column())
                    .text(storable(problem.value()))
                    .text(problem.reason())
                    .text(original);
            out.end();
        }
    }

    /** PostgreSQL's text has no place for U+0000. */
    private static String storable(String text) {
        return text.replace('\u0000', '\u2400');
    }

    /** How many rows, not how many reasons. */
    @Override
    public long count(long run) {
        return jdbc.sql("""
                select count(*)
                from (
                    select distinct file, line
                    from job_run_reject
                    where run_id = :run)
                """).param("run", run).query(Long.class).single();
    }

    /** Rows that were rejected by a check over the whole file have no original yet: they are looked up in it. */
    public void findOriginals(long run, RowFormat format, Path path) throws IOException {
        List<Long> lines = jdbc.sql("""
                select distinct line
                from job_run_reject
                where run_id = :run
                and file = :file
                and original is null
                order by line
                """)
                .param("run", run)
                .param("file", format.file())
                .query((row, n) -> row.getLong(1))
                .list();
        if (lines.isEmpty()) return;
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try (RowSource source =
                        FedFile.of(jdbc, run, format.file()).orElseThrow().open(path, format.columns());
                PreparedStatement update = connection.prepareStatement("""
                    update job_run_reject
                    set original = ?
                    where run_id = ?
                    and file = ?
                    and line = ?
                    and original is null
                    """)) {
            int next = 0;
            for (Row row = source.next(); row != null && next < lines.size(); row = source.next()) {
                if (row.line() != lines.get(next)) continue;
                update.setString(1, storable(row.original()));
                update.setLong(2, run);
                update.setString(3, format.file());
                update.setLong(4, row.line());
                update.addBatch();
                if (++next % 1000 == 0) update.executeBatch();
            }
            update.executeBatch();
        } catch (SQLException e) {
            throw new IllegalStateException("originals of rejected rows of run " + run, e);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    /** One CSV, or a ZIP of them if rows of more than one file were rejected. Empty if none were. */
    @Override
    public Optional<Path> export(long run, Path folder) throws IOException {
        List<FedFile> files = new ArrayList<>();
        for (FedFile fed : FedFile.of(jdbc, run)) if (hasRejects(run, fed.file())) files.add(fed);
        if (files.isEmpty()) return Optional.empty();
        Files.createDirectories(folder);
        String name = files.size() == 1 ? name(run, files.getFirst()) : "rechazos-" + run + ".zip";
        Path fresh = Files.createTempFile(folder, "rechazos", ".tmp");
        try (var out = Files.newOutputStream(fresh)) {
            if (files.size() == 1) {
                Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
                export(run, files.getFirst(), writer);
                writer.flush();
            } else {
                ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
                for (FedFile fed : files) {
                    zip.putNextEntry(new ZipEntry(name(run, fed)));
                    Writer writer = new OutputStreamWriter(zip, StandardCharsets.UTF_8);
                    export(run, fed, writer);
                    writer.flush();
                    zip.closeEntry();
                }
                zip.finish();
            }
        }
        return Optional.of(Files.move(fresh, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING));
    }

    private static String name(long run, FedFile fed) {
        return "rechazos-" + run + "-" + fed.file() + ".csv";
    }

    private boolean hasRejects(long run, String file) {
        return jdbc.sql("""
                select exists (
                    select
                    from job_run_reject
                    where run_id = :run
                    and file = :file)
                """)
                .param("run", run)
                .param("file", file)
                .query(Boolean.class)
                .single();
    }

    private static final String LINES = """
        select line, string_agg(distinct nullif(column_name, ''), ', '), string_agg(
            concat_ws(' ', nullif(column_name, ''), '«' || nullif(value, '') || '»') || ': ' || reason, ' '), max(original)
        from job_run_reject
        where run_id = ?
        and file = ?
        group by line
        order by line
        """;

    private void export(long run, FedFile fed, Writer out) throws IOException {
        out.write('\uFEFF');
        List<String> header = new ArrayList<>(Header.FEEDBACK);
        header.addAll(fed.header());
        out.write(record(header));
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            boolean automatic = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try (PreparedStatement select = connection.prepareStatement(LINES)) {
                select.setFetchSize(1000);
                select.setLong(1, run);
                select.setString(2, fed.file());
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        List<String> fields = new ArrayList<>();
                        fields.add(Long.toString(rows.getLong(1)));
                        fields.add(neutral(text(rows, 2)));
                        fields.add(neutral(text(rows, 3)));
                        for (String field : split(text(rows, 4))) fields.add(neutral(field));
                        out.write(record(fields));
                    }
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(automatic);
            }
        } catch (SQLException e) {
            throw new IOException("rejected rows of run " + run, e);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    private static String text(ResultSet rows, int column) throws SQLException {
        String value = rows.getString(column);
        return value == null ? "" : value;
    }

    private static List<String> split(String original) {
        return CsvReader.builder().ofSingleCsvRecord(original).getFields();
    }

    private static String record(List<String> fields) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < fields.size(); i++) {
            if (i > 0) out.append(',');
            appendField(out, fields.get(i));
        }
        return out.append("\r\n").toString();
    }

    static void appendField(StringBuilder out, String field) {
        boolean quoted = false;
        for (int i = 0; i < field.length() && !quoted; i++) {
            char c = field.charAt(i);
            quoted = c == ',' || c == '"' || c == '\n' || c == '\r';
        }
        if (quoted) out.append('"').append(field.replace("\"", "\"\"")).append('"');
        else out.append(field);
    }

    static String neutral(String field) {
        return field.isEmpty() || "=+-@\t\r'".indexOf(field.charAt(0)) < 0 ? field : "'" + field;
    }

    static String withoutApostrophe(String field) {
        return field.startsWith("'") ? field.substring(1) : field;
    }
}
