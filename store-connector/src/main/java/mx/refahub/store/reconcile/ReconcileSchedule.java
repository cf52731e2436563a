package mx.refahub.store.reconcile;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import mx.refahub.domain.Failure;
import mx.refahub.domain.reconcile.Report;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reconciles in the shop's quiet hours, later in the day where a night was missed, and when it is asked to. One thread; no till waits for it. */
public final class ReconcileSchedule implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReconcileSchedule.class);
    private static final int QUIET_FROM = 2;
    private static final int QUIET_UNTIL = 6;
    /** A machine that is off at night reconciles in the day. */
    private static final Duration OVERDUE = Duration.ofHours(30);

    private static final Duration LOOK = Duration.ofMinutes(10);

    private final Reconciliation reconciliation;
    private final Reconciled reconciled;
    private final Supplier<ZoneId> zone;
    private final Clock clock;
    private final Semaphore asked = new Semaphore(0);
    private final AtomicReference<Report.@Nullable Cause> order = new AtomicReference<>();
    private final Thread thread;
    private String said = "";

    public ReconcileSchedule(Reconciliation reconciliation, Reconciled reconciled, Supplier<ZoneId> zone, Clock clock) {
        this.reconciliation = reconciliation;
        this.reconciled = reconciled;
        this.zone = zone;
        this.clock = clock;
        this.thread = Thread.ofPlatform().daemon().name("reconciliation").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Soon, on the schedule's own thread. Returns at once. */
    public void ask(Report.Cause cause) {
        order.set(cause);
        asked.release();
    }

    /** Whether it is time, by the shop's clock: once in each night, and at once when the last time is too long ago. */
    static boolean due(Instant now, Optional<Instant> last, ZoneId zone) {
        if (last.isEmpty()) return true;
        if (!now.isBefore(last.get().plus(OVERDUE))) return true;
        ZonedDateTime here = now.atZone(zone);
        ZonedDateTime night = here.withHour(QUIET_FROM).truncatedTo(java.time.temporal.ChronoUnit.HOURS);
        return here.getHour() >= QUIET_FROM
                && here.getHour() < QUIET_UNTIL
                && last.get().isBefore(night.toInstant());
    }

    private void run() {
        try {
            while (true) {
                if (asked.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) asked.drainPermits();
                Report.Cause cause = order.getAndSet(null);
                if (cause == null && isNight()) cause = Report.Cause.NIGHT;
                if (cause != null) once(cause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isNight() {
        try {
            return due(clock.instant(), reconciled.last().map(Reconciled.Standing::at), zone.get());
        } catch (RuntimeException e) {
            LOG.error("the last reconciliation cannot be read, tried again by itself", e);
            return false;
        }
    }

    private void once(Report.Cause cause) {
        try {
            reconciliation.run(cause);
            said = "";
        } catch (Failure e) {
            // Weeks without a network are one line.
            String reason = String.valueOf(e.getMessage());
            if (!reason.equals(said))
                LOG.info("not reconciled, tried again by itself cause={} reason={}", cause, reason);
            said = reason;
        } catch (RuntimeException e) {
            LOG.error("reconciliation failed cause={}", cause, e);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
