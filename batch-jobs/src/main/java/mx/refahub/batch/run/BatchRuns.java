package mx.refahub.batch.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mx.refahub.batch.csv.RunNotes;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.job.Jobs;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.context.SmartLifecycle;

/** Jobs over Spring Batch. At start it recovers runs whose process died: they can then be gone on with. */
public final class BatchRuns implements Jobs, SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(BatchRuns.class);
    private static final String RUN = "run";

    private final Map<String, JobSpec> specs = new LinkedHashMap<>();
    private final JobOperator operator;
    private final JobRepository repository;
    private final JobTable table;
    private final RunNotes notes;
    private final IdSource ids;
    private final Path folder;
    private final Rejects rejects;
    private volatile boolean started;

    BatchRuns(
            List<JobSpec> specs,
            JobOperator operator,
            JobRepository repository,
            JobTable table,
            RunNotes notes,
            IdSource ids,
            Path folder,
            Rejects rejects) {
        specs.forEach(spec -> this.specs.put(spec.job().getName(), spec));
        this.operator = operator;
        this.repository = repository;
        this.table = table;
        this.notes = notes;
        this.ids = ids;
        this.folder = folder;
        this.rejects = rejects;
    }

    @Override
    public List<Job> all() {
        return specs.values().stream().map(JobSpec::described).toList();
    }

    @Override
    public synchronized Outcome<Run> start(
            String job, Map<String, String> parameters, Map<String, Path> files, String startedBy) {
        JobSpec spec = specs.get(job);
        if (spec == null) return refuse(files, "job-unknown", job);
        Set<String> known =
                Set.copyOf(spec.files().stream().map(file -> file.file()).toList());
        for (String name : parameters.keySet()) return refuse(files, "job-parameter-unknown", name);
        for (String name : files.keySet())
            if (!known.contains(name)) return refuse(files, "job-parameter-unknown", name);
        if (!known.isEmpty() && (files.isEmpty() || spec.allRequired() && files.size() < known.size()))
            return refuse(
                    files, "job-parameter-missing", spec.files().getFirst().file());
        if (table.isRunning(job)) return refuse(files, "job-already-running", job);
        try {
            return Outcome.done(launch(spec, files, startedBy));
        } catch (IOException e) {
            throw new UncheckedIOException("files of a run cannot be kept in " + folder, e);
        } catch (JobExecutionException e) {
            throw new IllegalStateException("job " + job + " cannot be started", e);
        }
    }

    private Run launch(JobSpec spec, Map<String, Path> files, String startedBy)
            throws IOException, JobExecutionException {
        String id = ids.next().toString();
        Path home = folder.resolve(id);
        Files.createDirectories(home);
        JobParametersBuilder parameters = new JobParametersBuilder().addString(RUN, id);
        for (Map.Entry<String, Path> file : files.entrySet()) {
            Path kept = home.resolve(file.getKey() + ".csv");
            Files.move(file.getValue(), kept, StandardCopyOption.REPLACE_EXISTING);
            parameters.addString(file.getKey(), kept.toAbsolutePath().toString(), false);
        }
        JobExecution execution = operator.start(spec.job(), parameters.toJobParameters());
        long run = execution.getJobInstanceId();
        notes.begin(run, startedBy);
        log.info("run started job={} run={} by={}", spec.job().getName(), run, startedBy);
        return table.run(run).orElseThrow(() -> new IllegalStateException("run " + run + " is not in the tables"));
    }

    private static Outcome<Run> refuse(Map<String, Path> files, String code, String argument) {
        files.values().forEach(BatchRuns::drop);
        return Outcome.refused(code, argument);
    }

    private static void drop(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.warn("uploaded file cannot be deleted file={} cause={}", file, e.toString());
        }
    }

    @Override
    public Optional<Run> run(long id) {
        return table.run(id);
    }

    @Override
    public List<Run> runs(@Nullable String job, int limit) {
        return table.runs(job, Math.clamp(limit, 1, 200));
    }

    @Override
    public Outcome<Run> stop(long id) {
        Optional<Run> run = table.run(id);
        if (run.isEmpty()) return Outcome.refused("run-unknown", Long.toString(id));
        if (run.get().status() != Status.RUNNING) return Outcome.refused("run-not-running", Long.toString(id));
        try {
            operator.stop(execution(id));
        } catch (JobExecutionException e) {
            return Outcome.refused("run-not-running", Long.toString(id));
        }
        return Outcome.done(table.run(id).orElse(run.get()));
    }

    @Override
    public synchronized Outcome<Run> restart(long id) {
        Optional<Run> run = table.run(id);
        if (run.isEmpty()) return Outcome.refused("run-unknown", Long.toString(id));
        boolean ended = run.get().status() == Status.FAILED || run.get().status() == Status.STOPPED;
        if (!ended || table.isRunning(run.get().job()))
            return Outcome.refused("run-not-restartable", Long.toString(id));
        try {
            operator.restart(execution(id));
        } catch (JobExecutionException e) {
            return Outcome.refused("run-not-restartable", Long.toString(id));
        }
        log.info("run goes on job={} run={}", run.get().job(), id);
        return Outcome.done(table.run(id).orElse(run.get()));
    }

    private JobExecution execution(long run) {
        long newest = table.newestExecution(run).orElseThrow();
        JobExecution execution = repository.getJobExecution(newest);
        if (execution == null) throw new IllegalStateException("execution " + newest + " is not in the tables");
        return execution;
    }

    @Override
    public Optional<Path> rejects(long id) {
        Optional<Run> run = table.run(id);
        if (run.isEmpty() || run.get().rejected() == 0) return Optional.empty();
        try {
            return rejects.file(id, table.parameters(id));
        } catch (IOException e) {
            throw new UncheckedIOException("rejects of run " + id + " cannot be written", e);
        }
    }

    @Override
    public void start() {
        for (JobSpec spec : specs.values()) {
            for (JobExecution execution :
                    repository.findRunningJobExecutions(spec.job().getName())) {
                operator.recover(execution);
                log.warn(
                        "run recovered, its process had died; it can be gone on with job={} run={}",
                        spec.job().getName(),
                        execution.getJobInstanceId());
            }
        }
        started = true;
    }

    @Override
    public void stop() {
        started = false;
    }

    @Override
    public boolean isRunning() {
        return started;
    }
}
