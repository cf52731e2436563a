package mx.refahub.store;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Precautions;
import mx.refahub.domain.store.StoreStatus;
import mx.refahub.store.backup.BackupSchedule;
import mx.refahub.store.backup.RestoredStore;
import mx.refahub.store.clock.ClockWatch;
import mx.refahub.store.disk.DiskWatch;
import mx.refahub.store.identity.Standing;
import mx.refahub.store.outbox.Pruning;
import mx.refahub.store.status.StatusBoard;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at disk, clock and backups at regular times and says on the board what it sees; prunes once an hour. No till waits for it. */
final class Caretaker implements Precautions, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Caretaker.class);
    /** Work that can wait is left until the start is over. */
    private static final Duration SETTLED = Duration.ofMinutes(10);

    private static final Duration HOUSEWORK = Duration.ofHours(1);

    private final DiskWatch disk;
    private final ClockWatch clock;
    private final RestoredStore restored;
    private final Standing standing;
    private final BackupSchedule backups;
    private final Pruning pruning;
    private final StatusBoard board;
    private final LongSupplier devicesFailing;
    private final Duration every;
    private final Semaphore news = new Semaphore(0);
    private final Thread thread;

    Caretaker(
            DiskWatch disk,
            ClockWatch clock,
            RestoredStore restored,
            Standing standing,
            BackupSchedule backups,
            Pruning pruning,
            StatusBoard board,
            LongSupplier devicesFailing,
            Duration every) {
        this.disk = disk;
        this.clock = clock;
        this.restored = restored;
        this.standing = standing;
        this.backups = backups;
        this.pruning = pruning;
        this.board = board;
        this.devicesFailing = devicesFailing;
        this.every = every;
        this.thread = Thread.ofPlatform().daemon().name("care").unstarted(this::run);
    }

    void start() {
        backups.start();
        thread.start();
    }

    /** Something has changed that the board should show. Returns at once. */
    void look() {
        if (news.availablePermits() == 0) news.release();
    }

    @Override
    public Optional<Refusal> refusal() {
        Optional<Refusal> shut = standing.refusal();
        if (shut.isPresent()) return shut;
        Optional<Refusal> locked = restored.refusal();
        return locked.isPresent() ? locked : clock.refusal();
    }

    @Override
    public Outcome<String> acceptClock(Person who, String reason) {
        Outcome<String> outcome = clock.accept(who, reason);
        look();
        return outcome;
    }

    private void run() {
        long nextHousework = System.nanoTime() + SETTLED.toNanos();
        try {
            while (true) {
                once();
                if (System.nanoTime() - nextHousework > 0) {
                    nextHousework = System.nanoTime() + HOUSEWORK.toNanos();
                    housework();
                }
                if (news.tryAcquire(every.toMillis(), TimeUnit.MILLISECONDS)) news.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void once() {
        try {
            disk.look();
            board.care(new StoreStatus.Care(
                    disk.state(),
                    disk.freeBytes(),
                    clock.state(),
                    backups.newest().orElse(null),
                    backups.trouble().orElse(null),
                    refusal().map(Refusal::code).orElse(null)));
            board.watched(devicesFailing.getAsLong(), clock.accepted());
        } catch (RuntimeException e) {
            LOG.error("the store could not look after itself", e);
        }
    }

    private void housework() {
        try {
            disk.layBallast();
            pruning.run();
        } catch (RuntimeException e) {
            LOG.error("housework failed, next try in an hour", e);
        }
    }

    @Override
    public void close() {
        backups.close();
        thread.interrupt();
        try {
            thread.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
