package mx.refahub.batch.partition;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import mx.refahub.batch.intake.FileSlice;
import mx.refahub.batch.intake.RowFormat;
import mx.refahub.batch.intake.StageFile;
import mx.refahub.batch.run.RunRefused;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.job.SliceOrder;
import mx.refahub.domain.job.SliceWork;
import mx.refahub.domain.job.Workplace;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.context.SmartLifecycle;

/**
 * Stages slices in this process. What it holds is its own by a row in the database, checked again in the transaction of each chunk: who has lost a slice
 * cannot commit to it any more, so a slice may be taken from a process that only seems to be dead.
 */
public final class SliceWorker implements SliceWork, SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(SliceWorker.class);
    /** How often a slice may break before its work begins or after it ends; what breaks more often is no accident. */
    private static final int MOST_ATTEMPTS = 5;

    private final Workshop workshop;
    private final Map<String, RowFormat> formats;
    private final WorkSettings settings;
    private final Workplace place;
    private final SliceTable slices;
    private final WorkerTable workers;
    /** By Batch's number: it knows one step of a number in a process, so the same slice is never begun twice here. */
    private final Map<Long, StepExecution> going = new ConcurrentHashMap<>();

    private final Set<Long> taken = ConcurrentHashMap.newKeySet();
    /** What is worked on here, and nothing else: only that is kept by the beat. */
    private final Set<Long> held = ConcurrentHashMap.newKeySet();

    private @Nullable ScheduledExecutorService beats;
    private volatile boolean running;

    public SliceWorker(
            Workshop workshop, List<RowFormat> formats, WorkSettings settings, Workplace place, WorkerTable workers) {
        this.workshop = workshop;
        this.formats = formats.stream().collect(Collectors.toUnmodifiableMap(RowFormat::file, Function.identity()));
        this.settings = settings;
        this.place = place;
        this.workers = workers;
        slices = new SliceTable(workshop.dataSource());
    }

    /** The slice was taken away: nothing of this chunk stays. */
    private static final class Overtaken extends RuntimeException {
        private static final long serialVersionUID = 1;

        Overtaken(String name) {
            super("slice " + name + " is another's by now, or nobody's any more");
        }
    }

    @Override
    public void take(SliceOrder order, boolean again) {
        if (!taken.add(order.step())) return;
        try {
            takeOnce(order, again);
        } finally {
            taken.remove(order.step());
        }
    }

    private void takeOnce(SliceOrder order, boolean again) {
        Optional<SliceTable.Held> got =
                running ? slices.take(order, place.name(), again, settings.lease()) : Optional.empty();
        if (got.isEmpty()) {
            LOG.debug("slice not taken run={} step={} again={}", order.run(), order.step(), again);
            return;
        }
        SliceTable.Held one = got.get();
        held.add(order.step());
        try {
            work(order, one);
        } catch (RuntimeException e) {
            // The order is done with: whoever ordered the slice looks after it.
            LOG.error("slice broke off run={} slice={} attempt={}", order.run(), one.name(), one.attempt(), e);
            letGo(order, one);
        } catch (Error e) {
            letGo(order, one);
            throw e;
        } finally {
            held.remove(order.step());
        }
    }

    private void work(SliceOrder order, SliceTable.Held held) {
        StepExecution execution = workshop.stepExecution(order.execution(), order.step());
        LOG.info(
                "slice taken run={} slice={} by={} attempt={} after={}",
                order.run(),
                held.name(),
                held.worker(),
                held.attempt(),
                held.reached());
        if (execution.getStatus() != BatchStatus.COMPLETED) stage(execution, held);
        settle(order, execution, held);
    }

    /** For another, or for this one later. If not even that can be said, its time runs out. */
    private void letGo(SliceOrder order, SliceTable.Held held) {
        try {
            if (held.attempt() < MOST_ATTEMPTS) slices.letGo(held);
            else slices.end(held, "", true);
        } catch (RuntimeException e) {
            LOG.warn(
                    "slice could not be let go, its time runs out run={} slice={} reason={}",
                    order.run(),
                    held.name(),
                    e.getMessage());
        }
    }

    private void stage(StepExecution execution, SliceTable.Held held) {
        RowFormat format = formats.get(held.file());
        if (format == null) throw new IllegalStateException("no format of file " + held.file());
        // A try that failed for its process's own reasons is none of this one's.
        execution.setExitStatus(ExitStatus.EXECUTING);
        going.put(execution.getId(), execution);
        try {
            workshop.step(held.step(), new StageFile(workshop, format, hold(held)))
                    .execute(execution);
        } catch (JobInterruptedException e) {
            throw new IllegalStateException("slice " + held.name() + " was interrupted", e);
        } finally {
            going.remove(execution.getId());
        }
    }

    private StageFile.Hold hold(SliceTable.Held held) {
        return new StageFile.Hold() {
            @Override
            public FileSlice slice() {
                return held.slice();
            }

            @Override
            public long reached() {
                return held.reached();
            }

            @Override
            public boolean reach(long line) {
                boolean stopping =
                        slices.reach(held, line, settings.lease()).orElseThrow(() -> new Overtaken(held.name()));
                return running && !stopping;
            }
        };
    }

    private void settle(SliceOrder order, StepExecution execution, SliceTable.Held held) {
        String refusal = "";
        boolean failed = false;
        for (Throwable failure : execution.getFailureExceptions()) {
            for (Throwable t = failure; t != null; t = t.getCause()) {
                if (t instanceof Overtaken) {
                    LOG.warn("slice lost run={} slice={} by={}", order.run(), held.name(), held.worker());
                    return;
                }
                if (t instanceof RunRefused refused) refusal = refused.sentence();
            }
            if (refusal.isEmpty()) {
                LOG.error("slice failed run={} slice={}", order.run(), held.name(), failure);
                failed = true;
            }
        }
        boolean handedBack = execution.getStatus() == BatchStatus.STOPPED && !running;
        if (handedBack) slices.release(held);
        else if (!slices.end(held, refusal, failed)) LOG.warn("slice lost run={} slice={}", order.run(), held.name());
        LOG.info(
                "slice ended run={} slice={} by={} status={} read={} written={} rejected={}",
                order.run(),
                held.name(),
                held.worker(),
                handedBack ? "HANDED_BACK" : execution.getStatus(),
                execution.getReadCount(),
                execution.getWriteCount(),
                execution.getSkipCount());
    }

    @Override
    public synchronized void start() {
        workers.begin(place);
        running = true;
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("worker-beat").factory());
        beats = started;
        ScheduledFuture<?> unused = started.scheduleWithFixedDelay(
                this::beat, settings.beat().toMillis(), settings.beat().toMillis(), TimeUnit.MILLISECONDS);
        LOG.info("worker ready name={} host={}", place.name(), place.host());
    }

    private void beat() {
        try {
            workers.beat(place);
            slices.keep(place.name(), Set.copyOf(held), settings.lease());
        } catch (RuntimeException e) {
            LOG.warn("worker cannot say that it is here name={} reason={}", place.name(), e.getMessage());
        }
    }

    /** What goes on ends at its next commit and is handed back. */
    @Override
    public synchronized void stop() {
        running = false;
        for (StepExecution execution : going.values()) execution.setTerminateOnly();
        if (beats != null) beats.shutdownNow();
        try {
            workers.end(place);
        } catch (RuntimeException e) {
            LOG.warn("worker cannot say that it goes name={} reason={}", place.name(), e.getMessage());
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the routes that bring orders; told of the end before they are. */
    @Override
    public int getPhase() {
        return 1;
    }
}
