package mx.refahub.batch.run;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mx.refahub.batch.csv.CsvFile;
import mx.refahub.batch.csv.Staging;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes the rejected rows of a run's files as they stood there. Several files come one after the other, each with its header. */
final class Rejects {
    private static final int MOST = 200_000;
    private final JdbcClient jdbc;

    Rejects(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Reject(String file, long line, String field, String reason) {}

    Optional<Path> file(long run, Map<String, String> parameters) throws IOException {
        Map<String, Map<Long, Reject>> byFile = new HashMap<>();
        jdbc.sql("""
                select file, line, field, reason
                from import_reject
                where run = :run
                order by file, line
                limit :most
                """)
                .param("run", run)
                .param("most", MOST)
                .query((row, n) -> new Reject(row.getString(1), row.getLong(2), row.getString(3), row.getString(4)))
                .list()
                .forEach(reject -> byFile.computeIfAbsent(reject.file(), file -> new HashMap<>())
                        .put(reject.line(), reject));
        Path target = Files.createTempFile("rejects-" + run + "-", ".csv");
        try (CsvWriter writer = CsvWriter.builder().build(target, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, Map<Long, Reject>> entry : byFile.entrySet()) {
                String source = parameters.get(entry.getKey());
                if (source != null && Files.exists(Path.of(source)))
                    write(CsvFile.open(Path.of(source)), entry.getValue(), writer);
            }
        }
        return Optional.of(target);
    }

    private static void write(CsvFile file, Map<Long, Reject> rejects, CsvWriter writer) throws IOException {
        writer.writeRecord(Staging.rejectHeader(file));
        try (CsvReader<CsvRecord> records = file.read()) {
            for (CsvRecord record : records) {
                Reject reject = rejects.get(record.getStartingLineNumber());
                if (reject == null) continue;
                List<String> out =
                        new ArrayList<>(List.of(Long.toString(reject.line()), reject.field(), reject.reason()));
                out.addAll(record.getFields());
                writer.writeRecord(out);
            }
        }
    }
}
