package mx.refahub.batch.index;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import mx.refahub.domain.search.IndexManifest;
import mx.refahub.domain.search.PartIndex;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Brings the index up to the catalogue's version and raises the index stream. What was changed since the newest snapshot is found by version, so a
 * run that died is simply run again; nothing changed means nothing is published.
 */
public final class IndexRefresh {
    private final DataSource dataSource;
    private final JdbcClient jdbc;
    private final PartIndex index;
    private final Clock clock;

    public IndexRefresh(DataSource dataSource, JdbcClient jdbc, PartIndex index, Clock clock) {
        this.dataSource = dataSource;
        this.jdbc = jdbc;
        this.index = index;
        this.clock = clock;
    }

    /** Updates from the newest snapshot, or builds whole if there is none. */
    public Step step(String name, JobRepository repository) {
        return step(name, repository, false);
    }

    /** Builds whole. */
    public Step rebuildStep(String name, JobRepository repository) {
        return step(name, repository, true);
    }

    // The index's own publication is atomic; a transaction around it would only hold a connection for as long as it
    // takes.
    private Step step(String name, JobRepository repository, boolean whole) {
        return new StepBuilder(name, repository)
                .tasklet(
                        (contribution, context) -> {
                            refresh(whole, contribution);
                            return RepeatStatus.FINISHED;
                        },
                        new ResourcelessTransactionManager())
                .build();
    }

    private void refresh(boolean whole, StepContribution contribution) throws IOException, SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            long catalogue = catalogueVersion(connection);
            long since = index.newest().map(IndexManifest::catalogueVersion).orElse(0L);
            boolean none = index.newest().isEmpty();
            if (whole || none || since != catalogue) {
                boolean fromNothing = whole || none || since > catalogue;
                try (PartIndex.Build build = fromNothing ? index.rebuild() : index.update();
                        PartFeed feed = new PartFeed(connection, fromNothing ? -1 : since)) {
                    feed.forEach(build, contribution::incrementWriteCount);
                    build.publish(catalogue);
                }
            }
            connection.rollback();
        }
        announce();
    }

    private static long catalogueVersion(Connection connection) throws SQLException {
        try (ResultSet row = connection
                .createStatement()
                .executeQuery("select version from stream_version where stream = 'catalogue'")) {
            if (!row.next()) throw new IllegalStateException("the catalogue stream has no row");
            return row.getLong(1);
        }
    }

    private void announce() {
        List<IndexManifest> newest = index.newest().stream().toList();
        for (IndexManifest manifest : newest) {
            jdbc.sql("""
                    update stream_version
                    set version = :version, published_at = :now
                    where stream = 'index'
                    and version <> :version
                    """)
                    .param("version", manifest.version())
                    .param("now", Timestamp.from(clock.instant()))
                    .update();
        }
    }
}
