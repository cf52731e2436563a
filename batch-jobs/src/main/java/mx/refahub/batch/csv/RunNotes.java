package mx.refahub.batch.csv;

import org.springframework.jdbc.core.simple.JdbcClient;

/** What a run tells its administrator beyond Spring Batch's figures. */
public final class RunNotes {
    private final JdbcClient jdbc;

    public RunNotes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public void begin(long run, String startedBy) {
        jdbc.sql("""
                insert into job_run (run, started_by)
                values (:run, :by)
                on conflict (run) do nothing
                """).param("run", run).param("by", startedBy).update();
    }

    /** A sentence more. The same sentence twice is kept once. */
    public void add(long run, String sentence) {
        jdbc.sql("""
                update job_run
                set message = case when message = '' then :sentence else message || ' ' || :sentence end
                where run = :run
                and position(:sentence in message) = 0
                """).param("run", run).param("sentence", sentence).update();
    }

    public void total(long run, String step, long total) {
        jdbc.sql("""
                insert into job_run_total (run, step, total)
                values (:run, :step, :total)
                on conflict (run, step) do update set total = excluded.total
                """)
                .param("run", run)
                .param("step", step)
                .param("total", total)
                .update();
    }

    /** Rows rejected set-wise: what the select gives as line, field, value, reason. @return how many */
    public int reject(long run, String file, String select) {
        return jdbc.sql("""
                insert into import_reject (run, file, line, field, value, reason)
                select :run, :file, found.line, found.field, left(found.value, 200), found.reason
                from (%s) found
                on conflict (run, file, line) do nothing
                """.formatted(select))
                .param("run", run)
                .param("file", file)
                .update();
    }

    /** Takes rejected rows out of staging. */
    public void dropRejected(long run, FileFormat format) {
        jdbc.sql("""
                delete from %s staged
                using import_reject bad
                where staged.run = :run
                and bad.run = :run
                and bad.file = :file
                and bad.line = staged.line
                """.formatted(format.staging()))
                .param("run", run)
                .param("file", format.file())
                .update();
    }

    public void clear(long run, FileFormat format) {
        jdbc.sql("delete from %s where run = :run".formatted(format.staging()))
                .param("run", run)
                .update();
    }
}
