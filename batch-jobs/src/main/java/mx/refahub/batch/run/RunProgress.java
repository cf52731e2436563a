package mx.refahub.batch.run;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mx.refahub.domain.job.Jobs;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.step.StepExecution;

/** The steps of one run over all its executions: figures add up, the last execution's state counts. */
final class RunProgress {
    private final Instant now;
    private final @Nullable JobExecution live;
    private final Map<String, Counted> steps = new LinkedHashMap<>();

    RunProgress(Instant now, @Nullable JobExecution live) {
        this.now = now;
        this.live = live;
    }

    private static final class Counted {
        private long read;
        private long written;
        private long skipped;
        private long total = -1;
        private Jobs.Status status = Jobs.Status.RUNNING;
        private long readNow;
        /** By the slices of its last execution. */
        private long sliced;

        private long slicedBy = -1;
        private @Nullable LocalDateTime startedAt;
    }

    boolean isStopping() {
        return live != null && live.getStatus() == BatchStatus.STOPPING;
    }

    void add(RunTable.StepRow row) {
        if (isSlice(row.name())) {
            addSlice(row);
            return;
        }
        if (live != null && live.getId() == row.execution()) return;
        add(
                row.name(),
                BatchStatus.valueOf(row.status()),
                row.read(),
                row.written(),
                row.skipped(),
                row.startedAt(),
                PlainContext.read(row.context()).get(Workshop.TOTAL));
    }

    /** Batch's name of a part of a partitioned step: the step's, a colon and the part's. */
    private static boolean isSlice(String name) {
        return name.indexOf(':') >= 0;
    }

    /** Slices are counted where they are done; this process knows of them what is written down. */
    private void addSlice(RunTable.StepRow row) {
        Counted step = steps.computeIfAbsent(row.name().substring(0, row.name().indexOf(':')), n -> new Counted());
        step.read += row.read();
        step.written += row.written();
        step.skipped += row.skipped();
        step.sliced = step.slicedBy == row.execution() ? step.sliced + row.read() : row.read();
        step.slicedBy = row.execution();
    }

    private void add(
            String name,
            BatchStatus status,
            long read,
            long written,
            long skipped,
            @Nullable LocalDateTime startedAt,
            @Nullable Object total) {
        Counted step = steps.computeIfAbsent(name, n -> new Counted());
        step.read += read;
        step.written += written;
        step.skipped += skipped;
        step.readNow = read;
        step.startedAt = startedAt;
        step.status = status(status);
        if (total instanceof Long known) step.total = known;
    }

    List<Jobs.Step> steps() {
        if (live != null)
            for (StepExecution s : live.getStepExecutions())
                if (!isSlice(s.getStepName()))
                    add(
                            s.getStepName(),
                            s.getStatus(),
                            s.getReadCount(),
                            s.getWriteCount(),
                            s.getSkipCount(),
                            s.getStartTime(),
                            s.getExecutionContext().get(Workshop.TOTAL));
        List<Jobs.Step> result = new ArrayList<>();
        steps.forEach((name, step) -> result.add(
                new Jobs.Step(name, step.status, step.read, step.written, step.skipped, total(step), left(step))));
        return result;
    }

    /** What is done has no more to come, whatever was guessed before. */
    private static long total(Counted step) {
        return step.status == Jobs.Status.DONE ? step.read : step.total < 0 ? -1 : Math.max(step.total, step.read);
    }

    private @Nullable Duration left(Counted step) {
        if (step.status != Jobs.Status.RUNNING
                || step.startedAt == null
                || step.readNow + step.sliced == 0
                || step.total < 0) return null;
        // Batch keeps local times of its own process.
        Instant since = step.startedAt.atZone(ZoneId.systemDefault()).toInstant();
        long millis = Math.max(Duration.between(since, now).toMillis(), 1);
        return Duration.ofMillis(
                (long) ((double) millis / (step.readNow + step.sliced) * Math.max(step.total - step.read, 0)));
    }

    static Jobs.Status status(BatchStatus status) {
        return switch (status) {
            case STARTING, STARTED -> Jobs.Status.RUNNING;
            case STOPPING -> Jobs.Status.STOPPING;
            case STOPPED -> Jobs.Status.STOPPED;
            case COMPLETED -> Jobs.Status.DONE;
            case FAILED, ABANDONED, UNKNOWN -> Jobs.Status.FAILED;
        };
    }
}
