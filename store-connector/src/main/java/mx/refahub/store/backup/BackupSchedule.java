package mx.refahub.store.backup;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes backups in their time, on a thread of its own; says when one failed or is overdue. */
public final class BackupSchedule implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackupSchedule.class);
    private static final Duration LOOK = Duration.ofMinutes(1);
    /** So many intervals without one are worth an alarm even if nothing failed. */
    private static final int OVERDUE = 3;

    private final Backups backups;
    private final BackupSettings settings;
    private final Clock clock;
    private final Runnable changed;
    private final Semaphore asked = new Semaphore(0);
    private final Thread thread;
    private volatile @Nullable Instant newest;
    private volatile @Nullable String failure;
    private volatile Instant since;

    /** @param changed called after each try */
    public BackupSchedule(Backups backups, BackupSettings settings, Clock clock, Runnable changed) {
        this.backups = backups;
        this.settings = settings;
        this.clock = clock;
        this.changed = changed;
        this.since = clock.instant();
        this.newest = backups.newest().map(Backup::at).orElse(null);
        this.thread = Thread.ofPlatform().daemon().name("backups").unstarted(this::run);
    }

    public void start() {
        since = clock.instant();
        thread.start();
    }

    /** One is taken soon, whether due or not. Returns at once. */
    public void ask() {
        if (asked.availablePermits() == 0) asked.release();
    }

    /** One now. */
    public Backup now() {
        try {
            Backup backup = backups.take();
            newest = backup.at();
            failure = backups.leftOut().orElse(null);
            return backup;
        } catch (RuntimeException e) {
            failure = String.valueOf(e.getMessage());
            throw e;
        } finally {
            changed.run();
        }
    }

    public Optional<Instant> newest() {
        return Optional.ofNullable(newest);
    }

    /** Why the last one failed, or that none has come for long. */
    public Optional<String> trouble() {
        String failed = failure;
        if (failed != null) return Optional.of(failed);
        Instant last = newest;
        Instant from = last == null || last.isBefore(since) ? since : last;
        Duration age = Duration.between(from, clock.instant());
        return age.compareTo(settings.every().multipliedBy(OVERDUE)) > 0
                ? Optional.of("no backup since " + (last == null ? "the start" : last))
                : Optional.empty();
    }

    boolean due() {
        Instant last = newest;
        if (last == null) return true;
        Instant now = clock.instant();
        // A clock that was set back must not keep backups away until it has caught up.
        return !now.isBefore(last.plus(settings.every())) || now.isBefore(last.minus(settings.every()));
    }

    private void run() {
        try {
            while (true) {
                boolean wanted = asked.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                if (wanted) asked.drainPermits();
                if (wanted || due()) attempt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt() {
        try {
            Backup taken = now();
            LOG.debug("backup {}", taken);
        } catch (RuntimeException e) {
            LOG.error("backup failed reason={}", e.getMessage());
        }
    }

    /** One under way is given up: it is not a backup until it is whole. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
