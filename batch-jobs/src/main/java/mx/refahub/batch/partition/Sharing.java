package mx.refahub.batch.partition;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import mx.refahub.batch.intake.FileSlice;
import mx.refahub.batch.intake.FileSlices;
import mx.refahub.batch.intake.RowFormat;
import mx.refahub.batch.intake.StageFile;
import mx.refahub.batch.run.RunRefused;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.Failure;
import mx.refahub.domain.job.SliceOrder;
import mx.refahub.domain.job.SliceOrders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.partition.PartitionHandler;
import org.springframework.batch.core.partition.StepExecutionSplitter;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Lets others stage parts of a file: Spring Batch's partitioning, with orders over the broker and slices of the file as partitions. */
public final class Sharing {
    private static final Logger LOG = LoggerFactory.getLogger(Sharing.class);
    private static final long LOOK_MILLIS = 200;

    private final Workshop workshop;
    private final Optional<SliceOrders> orders;
    private final WorkSettings settings;
    private final String name;
    private final SliceTable slices;
    private final WorkerTable workers;
    private final JdbcClient jdbc;

    /** @param name of this process; without {@code orders} nothing is shared */
    public Sharing(Workshop workshop, Optional<SliceOrders> orders, WorkSettings settings, String name) {
        this.workshop = workshop;
        this.orders = orders;
        this.settings = settings;
        this.name = name;
        slices = new SliceTable(workshop.dataSource());
        workers = new WorkerTable(workshop.dataSource(), settings);
        jdbc = JdbcClient.create(workshop.dataSource());
    }

    /** A step that stages its file here, or with others if there are any and the file is worth it. */
    public Step staging(String step, RowFormat format) {
        Step alone = workshop.step(step, new StageFile(workshop, format));
        return orders.map(sent -> (Step) new SharedStep(step, format, alone, sent))
                .orElse(alone);
    }

    private final class SharedStep implements Step {
        private final String step;
        private final RowFormat format;
        private final Step alone;
        private final SliceOrders sent;

        SharedStep(String step, RowFormat format, Step alone, SliceOrders sent) {
            this.step = step;
            this.format = format;
            this.alone = alone;
            this.sent = sent;
        }

        @Override
        public String getName() {
            return step;
        }

        /** A run goes on as it was begun: its cursors are the slices' or the step's own. */
        @Override
        public void execute(StepExecution execution) throws JobInterruptedException {
            long run = Workshop.run(execution);
            Map<String, FileSlice> cut = new HashMap<>();
            List<String> known = slices.names(run, step);
            if (known.isEmpty()
                    && !execution.getExecutionContext().containsKey(StageFile.LINE)
                    && workers.hasOthers(name)) cut.putAll(cut(run));
            if (known.isEmpty() && cut.size() < 2) alone.execute(execution);
            else shared(execution, run, known, cut).execute(execution);
        }

        private Map<String, FileSlice> cut(long run) {
            try {
                List<FileSlice> found = FileSlices.of(
                        jdbc, run, format, workshop.folders(), settings.slice().toBytes());
                Map<String, FileSlice> named = new HashMap<>();
                for (int i = 0; i < found.size(); i++) named.put(Integer.toString(i + 1), found.get(i));
                return named;
            } catch (IOException e) {
                throw new IllegalStateException("file " + format.file() + " of run " + run + " cannot be cut", e);
            }
        }

        private Step shared(StepExecution execution, long run, List<String> known, Map<String, FileSlice> cut) {
            Map<String, ExecutionContext> contexts = new HashMap<>();
            for (String one : known) contexts.put(one.substring(step.length() + 1), new ExecutionContext());
            for (String one : cut.keySet()) contexts.put(one, new ExecutionContext());
            execution.getExecutionContext().putLong(Workshop.TOTAL, estimate(run));
            return workshop.partitioned(step, contexts, new Handler(run, step, format.file(), cut, sent));
        }

        private long estimate(long run) {
            try {
                return FileSlices.rows(run, format, workshop.folders());
            } catch (IOException e) {
                throw new IllegalStateException("file " + format.file() + " of run " + run, e);
            }
        }
    }

    /** Orders the slices and waits for them. It looks after each until it has ended: who holds one may die, and an order may be lost. */
    private final class Handler implements PartitionHandler {
        private final long run;
        private final String step;
        private final String file;
        private final Map<String, FileSlice> cut;
        private final SliceOrders sent;

        Handler(long run, String step, String file, Map<String, FileSlice> cut, SliceOrders sent) {
            this.run = run;
            this.step = step;
            this.file = file;
            this.cut = cut;
            this.sent = sent;
        }

        @Override
        public Collection<StepExecution> handle(StepExecutionSplitter splitter, StepExecution whole) throws Exception {
            Set<StepExecution> parts = splitter.split(whole, Math.max(cut.size(), 1));
            workshop.together(() -> {
                for (StepExecution part : parts)
                    if (!slices.askAgain(run, part)) slices.ask(run, step, file, bounds(part), part);
            });
            LOG.info("work shared run={} step={} slices={}", run, step, parts.size());
            for (StepExecution part : parts) send(whole, part.getId());
            boolean stopped = false;
            while (!slices.isEnded(run, step)) {
                if (whole.isTerminateOnly()) {
                    for (long idle : slices.stop(run, step)) workshop.stopped(whole.getJobExecutionId(), idle);
                    stopped = true;
                }
                for (long late : slices.overdue(run, step, settings.lease())) {
                    LOG.info("slice ordered again run={} step={} execution={}", run, step, late);
                    send(whole, late);
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
            }
            List<String> refusals = slices.refusals(run, step);
            if (!refusals.isEmpty() && !stopped) throw new RunRefused(refusals.getFirst());
            List<String> failures = slices.failures(run, step);
            if (!failures.isEmpty() && !stopped)
                throw new IllegalStateException(
                        "slices failed, their processes' logs say why: " + String.join(", ", failures));
            List<StepExecution> ended = new ArrayList<>();
            for (StepExecution part : parts) ended.add(workshop.stepExecution(whole.getJobExecutionId(), part.getId()));
            return ended;
        }

        private FileSlice bounds(StepExecution part) {
            FileSlice bounds = cut.get(part.getStepName().substring(step.length() + 1));
            if (bounds == null) throw new IllegalStateException("slice " + part.getStepName() + " was never cut");
            return bounds;
        }

        /** One that is not sent now is sent again when it is overdue. */
        private void send(StepExecution whole, long part) {
            try {
                sent.send(new SliceOrder(run, whole.getJobExecutionId(), part));
            } catch (Failure e) {
                LOG.warn("slice not ordered run={} step={} reason={}", run, step, e.getMessage());
            }
        }
    }
}
