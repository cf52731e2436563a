package mx.refahub.batch.index;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import mx.refahub.domain.search.IndexManifest;
import mx.refahub.domain.search.PartIndex;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Brings the index to the catalogue's version behind changes that no job makes: parts mended by hand, and what sells how often, which it has counted
 * once a day. Woken after their commit; looks once by
 * itself at the start, for a process may die between the two. Many changes in a row are one update.
 */
public final class IndexFollower implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(IndexFollower.class);
    private static final Duration AGAIN = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofHours(1);

    private final DataSource dataSource;
    private final JdbcClient jdbc;
    private final Popularity popularity;
    private final PartIndex index;
    private final IndexStep.Builds builds;
    private final Clock clock;
    private final Semaphore wakes = new Semaphore(1);
    private final AtomicLong looks = new AtomicLong();
    private @Nullable Thread thread;

    public IndexFollower(DataSource dataSource, PartIndex index, IndexStep.Builds builds, Clock clock) {
        this.dataSource = dataSource;
        this.jdbc = JdbcClient.create(dataSource);
        this.index = index;
        this.builds = builds;
        this.clock = clock;
        this.popularity = new Popularity(dataSource, clock);
    }

    @Override
    public synchronized void start() {
        if (thread != null) return;
        thread = Thread.ofPlatform().daemon().name("index follower").start(this::follow);
    }

    /** Returns at once. */
    public void wake() {
        wakes.release();
    }

    /** How often it has found the index up to date, or brought it there. */
    public long looks() {
        return looks.get();
    }

    private void follow() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (wakes.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) wakes.drainPermits();
                while (!tried()) if (wakes.tryAcquire(AGAIN.toMillis(), TimeUnit.MILLISECONDS)) wakes.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return false if it has to be tried again */
    private boolean tried() throws InterruptedException {
        builds.enter();
        try {
            popularity.countIfDue();
            update();
            looks.incrementAndGet();
            return true;
        } catch (IOException | SQLException | RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) throw new InterruptedException();
            LOG.warn("index does not follow the catalogue yet, again in {} s", AGAIN.toSeconds(), e);
            return false;
        } finally {
            builds.leave();
        }
    }

    private void update() throws IOException, SQLException {
        long indexed = index.newest().map(IndexManifest::catalogueVersion).orElse(0L);
        long catalogue = catalogueVersion();
        boolean sellsOtherwise = indexed > 0 && popularity.isWaiting();
        if (indexed == catalogue && !sellsOtherwise) return;
        // An index that is ahead belongs to a database that was put back from a backup.
        boolean update = indexed > 0 && indexed <= catalogue;
        try (CataloguePartReader reader = new CataloguePartReader(dataSource, update ? indexed : -1);
                PartIndex.Build build = update ? index.update() : index.rebuild()) {
            for (CataloguePartReader.Entry entry = reader.next(); entry != null; entry = reader.next()) {
                if (entry.removed()) build.remove(entry.part().part().id());
                else build.put(entry.part());
            }
            IndexManifest manifest = build.publish(reader.catalogueVersion());
            popularity.published(reader.popularityAt());
            jdbc.sql("""
                    update stream_version
                    set version = :version, published_at = :now
                    where stream = 'index'
                    and version < :version
                    """)
                    .param("version", manifest.version())
                    .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                    .update();
            LOG.info("index published version={} catalogue={}", manifest.version(), manifest.catalogueVersion());
        }
    }

    private long catalogueVersion() {
        return jdbc.sql("""
                select version
                from stream_version
                where stream = 'catalogue'
                """).query(Long.class).single();
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

    @Override
    public synchronized void stop() {
        Thread running = thread;
        if (running == null) return;
        thread = null;
        running.interrupt();
        try {
            running.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
