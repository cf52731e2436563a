package mx.refahub.batch.index;

import java.io.IOException;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.search.IndexManifest;
import mx.refahub.domain.search.PartIndex;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Brings the index to the catalogue's version: from the newest snapshot with the parts that changed since, or from nothing. What changed is
 * told by the versions alone, so it does not matter whose run changed it, nor whether that run died behind its commit.
 */
public final class IndexStep implements Tasklet, StepExecutionListener {
    private static final Logger LOG = LoggerFactory.getLogger(IndexStep.class);

    private final Workshop workshop;
    private final PartIndex index;
    private final Builds builds;
    private final boolean fromNothing;
    private final JdbcClient jdbc;
    private final Popularity popularity;
    private @Nullable Work work;

    /** The index takes one build at a time; jobs wait here for each other. */
    public static final class Builds {
        private final Semaphore place = new Semaphore(1);

        void enter() throws InterruptedException {
            place.acquire();
        }

        void leave() {
            place.release();
        }
    }

    /** @param fromNothing a full rebuild even where an update would do */
    public IndexStep(Workshop workshop, PartIndex index, Builds builds, boolean fromNothing) {
        this.workshop = workshop;
        this.index = index;
        this.builds = builds;
        this.fromNothing = fromNothing;
        jdbc = JdbcClient.create(workshop.dataSource());
        popularity = new Popularity(workshop.dataSource(), workshop.clock());
    }

    private record Work(CataloguePartReader reader, PartIndex.Build build) {}

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) throws Exception {
        StepExecution step = contribution.getStepExecution();
        Work opened = work;
        if (opened == null) {
            return begin(step) ? RepeatStatus.CONTINUABLE : RepeatStatus.FINISHED;
        }
        long put = 0;
        long removed = 0;
        while (put + removed < workshop.chunk()) {
            CataloguePartReader.Entry entry = opened.reader.next();
            if (entry == null) break;
            contribution.incrementReadCount();
            if (entry.removed()) {
                opened.build.remove(entry.part().part().id());
                removed++;
            } else {
                opened.build.put(entry.part());
                put++;
            }
        }
        contribution.incrementWriteCount(put + removed);
        if (put + removed == workshop.chunk()) return RepeatStatus.CONTINUABLE;
        publish(step, opened);
        return RepeatStatus.FINISHED;
    }

    /** Whoever begins leaves its place once the step ends; whoever does not, at once. @return false if the index is at the catalogue's version already */
    private boolean begin(StepExecution step) throws IOException, SQLException, InterruptedException {
        builds.place.acquire();
        boolean begun = false;
        CataloguePartReader reader = null;
        try {
            Optional<IndexManifest> newest = index.newest();
            long catalogue = version("catalogue");
            if (!fromNothing && newest.isPresent() && newest.get().catalogueVersion() == catalogue) {
                tell(newest.get());
                return false;
            }
            // An index that is ahead belongs to a database that was put back from a backup.
            boolean update = !fromNothing && newest.isPresent() && newest.get().catalogueVersion() < catalogue;
            reader = new CataloguePartReader(
                    workshop.dataSource(), update ? newest.get().catalogueVersion() : -1);
            step.getExecutionContext().putLong(Workshop.TOTAL, reader.count());
            work = new Work(reader, update ? index.update() : index.rebuild());
            begun = true;
            return true;
        } finally {
            if (!begun) {
                builds.place.release();
                if (reader != null) reader.close();
            }
        }
    }

    private void publish(StepExecution step, Work done) throws IOException {
        IndexManifest manifest = done.build.publish(done.reader.catalogueVersion());
        popularity.published(done.reader.popularityAt());
        tell(manifest);
        workshop.runs()
                .note(
                        Workshop.run(step),
                        String.format(Locale.ROOT, "Índice de búsqueda: versión %,d.", manifest.version()));
        LOG.info(
                "index published run={} version={} catalogue={}",
                Workshop.run(step),
                manifest.version(),
                manifest.catalogueVersion());
    }

    private long version(String stream) {
        return jdbc.sql("""
                select version
                from stream_version
                where stream = :stream
                """).param("stream", stream).query(Long.class).single();
    }

    /** Raises the stream to the snapshot's version; never back. */
    private void tell(IndexManifest manifest) {
        int raised = jdbc.sql("""
                update stream_version
                set version = :version, published_at = :now
                where stream = 'index'
                and version < :version
                """)
                .param("version", manifest.version())
                .param("now", workshop.clock().instant().atOffset(ZoneOffset.UTC))
                .update();
        if (raised == 0 && version("index") > manifest.version())
            LOG.warn(
                    "the index is at version {} and the stores were told of {}: they wait until it is beyond that",
                    manifest.version(),
                    version("index"));
    }

    @Override
    public @Nullable ExitStatus afterStep(StepExecution step) {
        Work left = work;
        work = null;
        if (left == null) return null;
        try (PartIndex.Build build = left.build;
                CataloguePartReader reader = left.reader) {
            LOG.debug("index build closed run={} {} {}", Workshop.run(step), build, reader);
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("closing the index build", e);
        } finally {
            builds.place.release();
        }
        return null;
    }
}
