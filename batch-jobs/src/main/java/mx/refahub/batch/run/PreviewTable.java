package mx.refahub.batch.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import mx.refahub.domain.job.Jobs.Change;
import mx.refahub.domain.job.Jobs.Example;
import mx.refahub.domain.job.Jobs.Preview;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what the step {@code preview} of a run has left. */
final class PreviewTable {
    private final JdbcClient jdbc;

    PreviewTable(DataSource dataSource) {
        jdbc = JdbcClient.create(dataSource);
    }

    Optional<Preview> find(long run) {
        Map<Change.Kind, Long> counts = new LinkedHashMap<>();
        jdbc.sql("""
                select kind, rows
                from job_run_preview
                where run_id = :run
                """)
                .param("run", run)
                .query((row, n) -> counts.put(Change.Kind.valueOf(row.getString(1)), row.getLong(2)))
                .list();
        if (counts.isEmpty()) return Optional.empty();
        Map<Change.Kind, List<Example>> examples = new LinkedHashMap<>();
        jdbc.sql("""
                select kind, part, field, before, after
                from job_run_preview_example
                where run_id = :run
                order by kind, place
                """)
                .param("run", run)
                .query((row, n) -> examples.computeIfAbsent(
                                Change.Kind.valueOf(row.getString(1)), kind -> new ArrayList<>())
                        .add(new Example(row.getString(2), row.getString(3), row.getString(4), row.getString(5))))
                .list();
        List<Change> changes = new ArrayList<>();
        for (Change.Kind kind : Change.Kind.values()) {
            long count = counts.getOrDefault(kind, 0L);
            if (count > 0) changes.add(new Change(kind, count, examples.getOrDefault(kind, List.of())));
        }
        return Optional.of(new Preview(run, changes));
    }
}
