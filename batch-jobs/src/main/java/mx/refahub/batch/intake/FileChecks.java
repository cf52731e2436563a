package mx.refahub.batch.intake;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs checks over all staged rows of a run. Each is one statement that takes bad rows out of staging and into the rejects. */
public final class FileChecks {
    private final JdbcClient jdbc;
    private final long run;
    private long rejected;

    public FileChecks(JdbcClient jdbc, long run) {
        this.jdbc = jdbc;
        this.run = run;
    }

    /**
     * @param sql with the parameter {@code :run}; inserts into the rejects what it deletes from staging, one row each
     * @return how many it rejected
     */
    public int reject(String sql) {
        int rows = jdbc.sql(sql).param("run", run).update();
        rejected += rows;
        return rows;
    }

    public long rejected() {
        return rejected;
    }
}
