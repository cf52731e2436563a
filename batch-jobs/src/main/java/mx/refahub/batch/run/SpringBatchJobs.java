package mx.refahub.batch.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.job.JobRules;
import mx.refahub.domain.job.JobRules.Terms;
import mx.refahub.domain.job.Jobs;
import mx.refahub.domain.job.RuleTrail;
import mx.refahub.domain.notice.Audience;
import mx.refahub.domain.notice.Language;
import mx.refahub.domain.notice.NoticeEvent;
import mx.refahub.domain.notice.Telling;
import mx.refahub.domain.store.Role;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobExecutionAlreadyRunningException;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.launch.JobRestartException;
import org.springframework.batch.core.launch.support.TaskExecutorJobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Jobs over Spring Batch. Runs that a dead process left behind are recovered when this one starts. */
public final class SpringBatchJobs implements Jobs, SmartLifecycle {
    private static final int MOST_RESTARTS = 5;
    private static final Duration SOON = Duration.ofMillis(100);

    /** In the console. */
    private static final String LINK = "/console/jobs";

    private static final Logger LOG = LoggerFactory.getLogger(SpringBatchJobs.class);
    private static final int MAX_LISTED = 500;
    /** How often a lease is renewed within its length. */
    private static final int TURNS = 4;

    private final Map<String, JobDefinition> definitions = new LinkedHashMap<>();
    private final JobRepository repository;
    private final JobOperator operator;
    private final RunTable runs;
    private final RunFolders folders;
    private final LiveRuns live;
    private final Rejects rejects;
    private final PreviewTable previews;
    private final Undoing undoing;
    private final JdbcClient jdbc;
    private final TransactionTemplate together;
    private final Clock clock;
    private final IdSource ids;
    private final Optional<Telling> telling;
    private final Policy policy;
    private final RuleTable ruleTable;
    private final RuleDesk rules;
    private final ExecutorService executor;
    private final ScheduledExecutorService pulse = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("job-lease").factory());
    private volatile @Nullable RunOwner owner;
    /** Runs that are being started here or that a thread of this process works on; how often, since the end of one try may overlap the start of the next. */
    private final Map<Long, Integer> active = new ConcurrentHashMap<>();
    /** Starts whose run may be seen already while its number is not known here. */
    private final AtomicInteger opening = new AtomicInteger();

    private Set<Long> endedBefore = Set.of();
    private volatile boolean running;

    /**
     * @param owner what people call this process
     * @param keepFailed how long the files of a failed run are kept for its restart
     * @param stopWait how long a shutdown waits for running steps to reach their next commit
     * @param lease after how long without a word from its process a run counts as left behind
     */
    public record Policy(String owner, Duration keepFailed, Duration stopWait, Duration lease) {
        public Policy(String owner, Duration keepFailed, Duration stopWait) {
            this(owner, keepFailed, stopWait, Duration.ofMinutes(1));
        }
    }

    /** Nobody is told. */
    public SpringBatchJobs(
            Workshop workshop,
            List<JobDefinition> jobs,
            Rejects rejects,
            Undoing undoing,
            IdSource ids,
            Policy policy) {
        this(workshop, jobs, rejects, undoing, ids, Optional.empty(), RuleTrail.NONE, policy);
    }

    public SpringBatchJobs(
            Workshop workshop,
            List<JobDefinition> jobs,
            Rejects rejects,
            Undoing undoing,
            IdSource ids,
            Optional<Telling> telling,
            RuleTrail trail,
            Policy policy) {
        this.telling = telling;
        this.repository = workshop.repository();
        this.runs = workshop.runs();
        this.folders = workshop.folders();
        this.live = workshop.live();
        this.clock = workshop.clock();
        this.rejects = rejects;
        this.undoing = undoing;
        previews = new PreviewTable(workshop.dataSource());
        jdbc = JdbcClient.create(workshop.dataSource());
        together = new TransactionTemplate(workshop.transactions());
        this.ids = ids;
        this.policy = policy;
        for (JobDefinition job : jobs) definitions.put(job.name(), job);
        ruleTable = new RuleTable(workshop.dataSource(), clock);
        rules = new RuleDesk(ruleTable, definitions, together, trail);
        operator = operator(repository, jobs);
        // One run of a job at a time, so there is never more to do than there are jobs.
        executor = Executors.newFixedThreadPool(
                jobs.size(), Thread.ofPlatform().name("job-", 1).factory());
    }

    private static JobOperator operator(JobRepository repository, List<JobDefinition> jobs) {
        try {
            MapJobRegistry registry = new MapJobRegistry();
            for (JobDefinition job : jobs) registry.register(job.job());
            TaskExecutorJobOperator operator = new TaskExecutorJobOperator();
            operator.setJobRepository(repository);
            operator.setJobRegistry(registry);
            operator.setTaskExecutor(new SyncTaskExecutor());
            operator.afterPropertiesSet();
            return operator;
        } catch (Exception e) {
            throw new IllegalStateException("job operator", e);
        }
    }

    @Override
    public List<Job> all() {
        return definitions.values().stream()
                .map(d -> new Job(d.name(), d.parameters()))
                .toList();
    }

    @Override
    public Outcome<Run> start(String job, Map<String, String> parameters, Map<String, Path> files, String startedBy) {
        return start(ids.next(), job, parameters, files, startedBy);
    }

    @Override
    public Outcome<Run> startOnce(UUID cause, String job, Map<String, String> parameters, String startedBy) {
        OptionalLong begun = runs.begunBy(cause);
        if (begun.isPresent()) return Outcome.done(run(begun.getAsLong()).orElseThrow());
        try {
            return start(cause, job, parameters, Map.of(), startedBy);
        } catch (DuplicateKeyException e) {
            // Another process had the same cause at the same moment.
            return Outcome.done(run(runs.begunBy(cause).orElseThrow(() -> e)).orElseThrow());
        }
    }

    private Outcome<Run> start(
            UUID cause, String job, Map<String, String> parameters, Map<String, Path> files, String startedBy) {
        JobDefinition definition = definitions.get(job);
        if (definition == null) return Outcome.refused("job-unknown", job);
        Optional<Refusal> refusal = definition.check(parameters, files.keySet());
        if (refusal.isPresent()) return new Outcome.Refused<>(refusal.get());
        OptionalLong opened = open(job, cause, startedBy);
        if (opened.isEmpty())
            return Outcome.refused(runs.hasWaiting(job) ? "job-waits-for-approval" : "job-already-running", job);
        long run = opened.getAsLong();
        try {
            prepareAndBegin(run, definition, parameters, files, startedBy);
        } finally {
            leave(run);
        }
        return Outcome.done(run(run).orElseThrow());
    }

    /** Counts as active here before anybody can think that it was left behind; its caller ends that. */
    private OptionalLong open(String job, UUID cause, String startedBy) {
        opening.incrementAndGet();
        try {
            OptionalLong opened = runs.open(job, cause, lease(job), startedBy);
            opened.ifPresent(this::enter);
            return opened;
        } finally {
            opening.decrementAndGet();
        }
    }

    private void prepareAndBegin(
            long run, JobDefinition definition, Map<String, String> parameters, Map<String, Path> files, String who) {
        JobParameters batchParameters = batchParameters(run, parameters);
        runs.keepParameters(run, parameters);
        try {
            folders.sweep(clock.instant().minus(policy.keepFailed()));
            folders.take(run, files);
        } catch (IOException e) {
            close(
                    run,
                    definition.name(),
                    RunTable.State.FAILED,
                    "No se pudieron guardar los archivos: " + e.getMessage(),
                    false);
            throw new UncheckedIOException("files of run " + run, e);
        }
        LOG.info("run started run={} job={} files={} by={}", run, definition.name(), files.keySet(), who);
        begin(run, definition.name(), () -> operator.start(definition.job(), batchParameters));
    }

    private static JobParameters batchParameters(long run, Map<String, String> parameters) {
        JobParametersBuilder builder = new JobParametersBuilder().addLong(LiveRuns.RUN, run);
        parameters.forEach((name, value) -> builder.addString(name, value, false));
        return builder.toJobParameters();
    }

    private interface Launch {
        JobExecution go() throws Exception;
    }

    private void execute(long run, String job, Launch launch) {
        try {
            ScopedValue.where(RunTransactions.RUN, run).run(() -> goOn(run, job, launch));
        } catch (RuntimeException e) {
            LOG.error("end of the run could not be written down, done later run={} job={}", run, job, e);
        } finally {
            leave(run);
        }
        look();
    }

    private void begin(long run, String job, Launch launch) {
        enter(run);
        boolean begun = false;
        try {
            executor.execute(() -> execute(run, job, launch));
            begun = true;
        } finally {
            if (!begun) leave(run);
        }
    }

    /** Takes a run up that was not running. @return false if it is not to be */
    private boolean resume(long run, JobDefinition definition, BooleanSupplier reopen) {
        enter(run);
        try {
            if (!reopen.getAsBoolean()) return false;
            begin(run, definition.name(), () -> relaunch(run, definition));
            return true;
        } finally {
            leave(run);
        }
    }

    private void enter(long run) {
        active.merge(run, 1, Integer::sum);
    }

    private void leave(long run) {
        active.computeIfPresent(run, (id, times) -> times == 1 ? null : times - 1);
    }

    private void goOn(long run, String job, Launch launch) {
        RunTable.State state = RunTable.State.FAILED;
        String failure;
        boolean again = true;
        try {
            JobExecution execution = launch.go();
            state = state(execution.getStatus());
            if (state == RunTable.State.STOPPED && runs.awaitsApproval(run)) {
                runs.await(run);
                LOG.info("run waits for approval run={} job={}", run, job);
                return;
            }
            Optional<RunRefused> refused = refused(execution);
            again = refused.map(RunRefused::again).orElse(true);
            failure = state == RunTable.State.FAILED ? failure(run, execution, refused) : "";
            if (state == RunTable.State.DONE) folders.drop(run);
            else if (runs.isTimedOut(run)) {
                state = RunTable.State.FAILED;
                failure =
                        "Pasó de su límite de tiempo (" + words(rules.terms(job).timeout())
                                + ") y se detuvo; lo publicado hasta ahí vale, y puede reanudarse donde quedó.";
            }
        } catch (Exception | Error e) {
            LOG.error("run broke run={} job={}", run, job, e);
            failure = "El trabajo no pudo correr: " + e.getMessage();
        }
        if (close(run, job, state, failure, again))
            LOG.info("run ended run={} job={} state={} rejected={}", run, job, state, rejects.count(run));
        else LOG.warn("run was taken for dead and goes on elsewhere, if at all run={} job={}", run, job);
    }

    /** @param again whether the same could end well another time */
    private boolean close(long run, String job, RunTable.State state, String failure, boolean again) {
        String owner = lease().owner();
        if (state == RunTable.State.DONE) return runs.done(run, owner);
        Terms terms = rules.terms(job);
        int tried = runs.retries(run);
        boolean retry = state == RunTable.State.FAILED && again && tried < terms.retries();
        if (retry)
            return runs.close(
                    run,
                    owner,
                    state,
                    failure + " Se reanuda por sí solo en " + words(terms.retryAfter()) + " (" + (tried + 1) + " de "
                            + terms.retries() + ").",
                    terms.retryAfter());
        String last = state == RunTable.State.FAILED && tried > 0
                ? failure + " Ya se reanudó sola " + (tried == 1 ? "una vez." : tried + " veces.")
                : failure;
        if (state == RunTable.State.FAILED
                && telling.isPresent()
                && !terms.told().isEmpty())
            try {
                return Boolean.TRUE.equals(together.execute(status -> {
                    if (!runs.close(run, owner, state, last, null)) return false;
                    tell(telling.get(), run, job, last, terms.told());
                    return true;
                }));
            } catch (RuntimeException e) {
                // A letter that cannot be written must not keep the run open.
                LOG.error("nobody could be told of the failed run run={} job={}", run, job, e);
            }
        return runs.close(run, owner, state, last, null);
    }

    private static void tell(Telling telling, long run, String job, String failure, List<String> told) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        List<String> addresses = new ArrayList<>();
        for (String one : told)
            if (one.contains("@")) addresses.add(one);
            else roles.add(Role.valueOf(one));
        telling.tell(
                NoticeEvent.JOB_FAILED,
                new Audience(roles, List.of(), addresses),
                Language.ES,
                null,
                Map.of("job", job, "run", Long.toString(run), "reason", failure, "link", LINK));
    }

    private static String words(@Nullable Duration time) {
        if (time == null) return "sin límite";
        long seconds = time.toSeconds();
        if (seconds % 3600 == 0) return seconds / 3600 + " h";
        return seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
    }

    private static RunTable.State state(BatchStatus status) {
        return switch (status) {
            case COMPLETED -> RunTable.State.DONE;
            case STOPPED, STOPPING -> RunTable.State.STOPPED;
            case STARTING, STARTED, FAILED, ABANDONED, UNKNOWN -> RunTable.State.FAILED;
        };
    }

    private static Optional<RunRefused> refused(JobExecution execution) {
        for (Throwable thrown : execution.getAllFailureExceptions())
            for (Throwable t = thrown; t != null; t = t.getCause())
                if (t instanceof RunRefused refused) return Optional.of(refused);
        return Optional.empty();
    }

    private static String failure(long run, JobExecution execution, Optional<RunRefused> refused) {
        String step = "";
        for (StepExecution s : execution.getStepExecutions())
            if (s.getStatus() == BatchStatus.FAILED) step = s.getStepName();
        if (refused.isPresent()) {
            LOG.info(
                    "run refused run={} step={} why=\"{}\"",
                    run,
                    step,
                    refused.get().sentence());
            return refused.get().sentence();
        }
        for (Throwable thrown : execution.getAllFailureExceptions())
            LOG.error("run failed run={} step={}", run, step, thrown);
        return "El paso marcado abajo falló por un error interno o de un sistema de fuera; el detalle está en la bitácora"
                + " del hub. Se puede reanudar.";
    }

    @Override
    public Optional<Run> run(long id) {
        return runs.find(id).map(row -> runs(List.of(row)).getFirst());
    }

    @Override
    public List<Run> runs(@Nullable String job, int limit) {
        return runs(runs.newest(job, Math.clamp(limit, 1, MAX_LISTED)));
    }

    private List<Run> runs(List<RunTable.RunRow> rows) {
        Map<Long, RunProgress> progress = new LinkedHashMap<>();
        for (RunTable.RunRow row : rows)
            progress.put(
                    row.id(),
                    new RunProgress(clock.instant(), live.find(row.id()).orElse(null)));
        for (RunTable.StepRow step : runs.steps(List.copyOf(progress.keySet()))) {
            RunProgress of = progress.get(step.run());
            if (of != null) of.add(step);
        }
        List<Run> result = new ArrayList<>();
        for (RunTable.RunRow row : rows) {
            RunProgress of = progress.get(row.id());
            if (of != null) result.add(run(row, of));
        }
        return result;
    }

    private Run run(RunTable.RunRow row, RunProgress progress) {
        return new Run(
                row.id(),
                row.job(),
                status(row.state(), progress.isStopping()),
                row.startedAt(),
                row.endedAt(),
                row.startedBy(),
                progress.steps(),
                rejects.count(row.id()),
                row.message());
    }

    private static Status status(RunTable.State state, boolean stopping) {
        return switch (state) {
            case RUNNING -> stopping ? Status.STOPPING : Status.RUNNING;
            case WAITING -> Status.WAITING_FOR_APPROVAL;
            case STOPPED -> Status.STOPPED;
            case FAILED -> Status.FAILED;
            case DISCARDED -> Status.DISCARDED;
            case DONE -> Status.DONE;
        };
    }

    @Override
    public Outcome<Run> stop(long id) {
        Optional<RunTable.RunRow> found = runs.find(id);
        if (found.isEmpty()) return Outcome.refused("run-unknown", Long.toString(id));
        if (found.get().state() != RunTable.State.RUNNING) return Outcome.refused("run-not-running", Long.toString(id));
        live.stop(id);
        LOG.info("run stopping run={}", id);
        return Outcome.done(run(id).orElseThrow());
    }

    @Override
    public Outcome<Run> restart(long id) {
        Optional<RunTable.RunRow> found = runs.find(id);
        if (found.isEmpty()) return Outcome.refused("run-unknown", Long.toString(id));
        RunTable.RunRow row = found.get();
        JobDefinition definition = definitions.get(row.job());
        boolean ended = row.state() == RunTable.State.FAILED || row.state() == RunTable.State.STOPPED;
        // A newer run has taken the staging tables over, and its data must not be followed by older data.
        if (definition == null || !ended || runs.hasNewer(row) || definition.needsFile() && !folders.hasFiles(id))
            return Outcome.refused("run-not-restartable", Long.toString(id));
        if (!resume(id, definition, () -> runs.reopen(id, lease(row.job()), 0)))
            return Outcome.refused("job-already-running", row.job());
        LOG.info("run restarted run={} job={}", id, row.job());
        return Outcome.done(run(id).orElseThrow());
    }

    private JobExecution relaunch(long run, JobDefinition definition) throws Exception {
        for (int tries = 1; ; tries++) {
            try {
                return restarted(run, definition);
            } catch (JobRestartException e) {
                // Batch says the same of whatever went wrong; what it was stands behind it.
                Exception cause = e.getCause() instanceof Exception behind ? behind : e;
                boolean stillOpen =
                        cause instanceof JobExecutionAlreadyRunningException || cause instanceof JobRestartException;
                if (!stillOpen || tries == MOST_RESTARTS) throw cause;
                // A process that was taken for dead has woken up and written down its own end in between.
                LockSupport.parkNanos(tries * SOON.toNanos());
            }
        }
    }

    private JobExecution restarted(long run, JobDefinition definition) throws Exception {
        JobInstance instance = repository.getJobInstance(definition.name(), batchParameters(run, Map.of()));
        List<JobExecution> executions = instance == null ? List.of() : repository.getJobExecutions(instance);
        JobExecution last = executions.stream()
                .max(Comparator.comparingLong(JobExecution::getId))
                .orElse(null);
        if (last == null) {
            // It broke off between the two: Batch takes an instance without an execution for one that is being started,
            // for ever.
            if (instance != null) repository.deleteJobInstance(instance);
            return operator.start(definition.job(), batchParameters(run, runs.parameters(run)));
        }
        // Its end was the one thing that could not be written down.
        if (last.getStatus() == BatchStatus.COMPLETED) return last;
        for (JobExecution one : executions) mend(one);
        return operator.restart(last);
    }

    /**
     * Batch starts nothing again of which it thinks that any execution is running, or of which it could not write down how it ended. The lease says that nobody runs it, and
     * a step's work and its state are one transaction: what stands in the database is how far it came.
     */
    private void mend(JobExecution execution) {
        LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), ZoneId.systemDefault());
        for (StepExecution step : execution.getStepExecutions())
            if (isLeftOpen(step.getStatus())) {
                step.setStatus(BatchStatus.FAILED);
                step.setEndTime(now);
                repository.update(step);
            }
        if (!isLeftOpen(execution.getStatus())) return;
        execution.setStatus(BatchStatus.FAILED);
        execution.setEndTime(now);
        repository.update(execution);
    }

    private static boolean isLeftOpen(BatchStatus status) {
        return switch (status) {
            case STARTING, STARTED, STOPPING, UNKNOWN -> true;
            case COMPLETED, STOPPED, FAILED, ABANDONED -> false;
        };
    }

    private @Nullable JobExecution lastExecution(long run, String job) {
        JobInstance instance = repository.getJobInstance(job, batchParameters(run, Map.of()));
        return instance == null ? null : repository.getLastJobExecution(instance);
    }

    @Override
    public Optional<Preview> preview(long id) {
        return previews.find(id);
    }

    @Override
    public Outcome<Run> approve(long id, String who) {
        Optional<RunTable.RunRow> found = runs.find(id);
        if (found.isEmpty()) return Outcome.refused("run-unknown", Long.toString(id));
        JobDefinition definition = definitions.get(found.get().job());
        if (definition == null || !resume(id, definition, () -> runs.approve(id, who, lease(definition.name()))))
            return Outcome.refused("run-not-waiting", Long.toString(id));
        LOG.info("run approved run={} job={} by={}", id, definition.name(), who);
        return Outcome.done(run(id).orElseThrow());
    }

    @Override
    public Outcome<Run> discard(long id, String who) {
        Optional<RunTable.RunRow> found = runs.find(id);
        if (found.isEmpty()) return Outcome.refused("run-unknown", Long.toString(id));
        JobDefinition definition = definitions.get(found.get().job());
        boolean discarded = Boolean.TRUE.equals(together.execute(status -> {
            if (definition == null || !runs.discard(id)) return false;
            for (String table : definition.staging())
                jdbc.sql("delete from " + table + " where run_id = :run")
                        .param("run", id)
                        .update();
            runs.note(id, "Se descartó sin publicar nada; lo decidió " + who + ".");
            return true;
        }));
        if (!discarded) return Outcome.refused("run-not-waiting", Long.toString(id));
        try {
            folders.drop(id);
        } catch (IOException e) {
            LOG.warn("files of the discarded run {} are left for the next sweep", id, e);
        }
        LOG.info("run discarded run={} by={}", id, who);
        return Outcome.done(run(id).orElseThrow());
    }

    @Override
    public Outcome<Run> abandon(long id, String who) {
        Optional<RunTable.RunRow> found = runs.find(id);
        if (found.isEmpty()) return Outcome.refused("run-unknown", Long.toString(id));
        JobDefinition definition = definitions.get(found.get().job());
        boolean abandoned = Boolean.TRUE.equals(together.execute(status -> {
            if (!runs.abandon(id)) return false;
            if (definition != null)
                for (String table : definition.staging())
                    jdbc.sql("delete from " + table + " where run_id = :run")
                            .param("run", id)
                            .update();
            runs.note(id, "Se abandonó y ya no se reanuda; lo que hubiera publicado se queda. Lo decidió " + who + ".");
            return true;
        }));
        if (!abandoned) return Outcome.refused("run-not-restartable", Long.toString(id));
        try {
            folders.drop(id);
        } catch (IOException e) {
            LOG.warn("files of the abandoned run {} are left for the next sweep", id, e);
        }
        LOG.info("run abandoned run={} by={}", id, who);
        return Outcome.done(run(id).orElseThrow());
    }

    @Override
    public Optional<Details> details(long id) {
        return runs.decisions(id)
                .map(decided -> new Details(
                        id,
                        runs.parameters(id),
                        decided.askedAt(),
                        decided.approvedAt(),
                        decided.approvedBy(),
                        decided.undoneBy(),
                        RunLog.of(runs.log(id), live.find(id).orElse(null))));
    }

    @Override
    public Outcome<Undo> undoable(long id) {
        if (runs.find(id).isEmpty()) return Outcome.refused("run-unknown", Long.toString(id));
        return undoing.check(id);
    }

    @Override
    public Outcome<Run> undo(long id, String who) {
        return switch (undoable(id)) {
            case Outcome.Refused<Undo>(Refusal refusal) -> new Outcome.Refused<>(refusal);
            case Outcome.Done<Undo> done ->
                start(Undoing.JOB, Map.of(Undoing.PARAMETER, Long.toString(id)), Map.of(), who);
        };
    }

    @Override
    public List<RunFile> files(long id) {
        try {
            return folders.made(id);
        } catch (IOException e) {
            throw new UncheckedIOException("files of run " + id, e);
        }
    }

    @Override
    public Optional<Path> file(long id, String name) {
        return files(id).stream().anyMatch(file -> file.name().equals(name))
                ? Optional.of(folders.made(id, name))
                : Optional.empty();
    }

    @Override
    public Optional<Path> rejects(long id) {
        try {
            return rejects.export(id, folders.downloads());
        } catch (IOException e) {
            throw new UncheckedIOException("rejected rows of run " + id, e);
        }
    }

    @Override
    public void start() {
        RunOwner taken = RunOwner.take(folders.root(), policy.owner());
        owner = taken;
        for (RunTable.RunRow row : runs.leftRunning(taken.name())) recover(row);
        running = true;
        long turn = Math.max(policy.lease().toMillis() / TURNS, 1);
        // Ends with the process; what goes wrong in it is told by itself.
        var unused = pulse.scheduleWithFixedDelay(this::turnOrWait, 0, turn, TimeUnit.MILLISECONDS);
    }

    private void turnOrWait() {
        try {
            turn();
        } catch (RuntimeException e) {
            LOG.warn("jobs could not be looked after, tried again soon", e);
        }
    }

    /** What is done by the clock, a few times within a lease: says that this process lives, and takes up what others have left. */
    public void turn() {
        Lease lease = lease();
        Set<Long> had = live.runs();
        List<Long> ours = runs.renew(lease);
        // Another has taken it for dead: its next commit would fail.
        for (Long run : had) if (!ours.contains(run)) live.stop(run);
        for (RunTable.RunRow row : runs.takeLapsed(lease)) recover(row);
        recoverEnded(ours);
        for (RunTable.Late late : runs.late(lease.owner())) endLate(late);
        for (Long run : runs.toRetry()) retry(run);
        follow();
    }

    /** Runs of this process that have ended while the database was away, so that nobody could write it down. */
    private synchronized void recoverEnded(List<Long> ours) {
        // Asked before who is active: what was opened before ours were read is among these by then.
        if (opening.get() > 0) return;
        Set<Long> ended = new HashSet<>(ours);
        ended.removeAll(active.keySet());
        for (Long run : ended) if (endedBefore.contains(run)) runs.find(run).ifPresent(this::recover);
        endedBefore = ended;
    }

    /** Asked first, which ends it at its next commit; if it is still there a turn later, what it waits for in the database is ended too. */
    private void endLate(RunTable.Late late) {
        live.stop(late.run());
        if (late.isTold()) {
            if (runs.cancelStatements(late.run()) > 0) LOG.warn("statement of a late run ended run={}", late.run());
        } else LOG.warn("run has taken too long and is stopped run={}", late.run());
    }

    private void retry(long id) {
        Optional<RunTable.RunRow> found = runs.find(id);
        if (found.isEmpty()) return;
        RunTable.RunRow row = found.get();
        JobDefinition definition = definitions.get(row.job());
        // Another process may know the job, or have its files.
        if (definition == null || definition.needsFile() && !folders.hasFiles(id)) return;
        if (runs.hasNewer(row)) {
            runs.giveUpRetry(id);
            return;
        }
        if (resume(id, definition, () -> runs.reopen(id, lease(row.job()), runs.retries(id) + 1)))
            LOG.info("run taken up again by itself run={} job={}", id, row.job());
    }

    /** Starts what follows what has ended. A start has the end as its cause, so that it happens once, whoever dies between the two. */
    private void follow() {
        Map<UUID, List<RuleTable.Waiting>> waiting = new LinkedHashMap<>();
        for (RuleTable.Waiting one : ruleTable.waiting())
            waiting.computeIfAbsent(one.after(), id -> new ArrayList<>()).add(one);
        waiting.forEach((after, ends) -> {
            RuleTable.Waiting newest = ends.getFirst();
            if (!definitions.containsKey(newest.job())) return;
            List<Long> ended = ends.stream().map(RuleTable.Waiting::run).toList();
            Outcome<Run> outcome = startOnce(
                    following(after, newest.run()),
                    newest.job(),
                    ruleTable.parameters(after),
                    "después de la corrida " + newest.run());
            switch (outcome) {
                case Outcome.Done<Run>(Run run) -> {
                    ruleTable.followed(after, ended, run.id(), null);
                    LOG.info("run started run={} job={} after={}", run.id(), run.job(), ended);
                }
                case Outcome.Refused<Run>(Refusal refusal) -> {
                    // It runs, or waits for a person: its turn comes when that is over.
                    if (refusal.code().equals("job-already-running")
                            || refusal.code().equals("job-waits-for-approval")) return;
                    ruleTable.followed(after, ended, null, refusal.code());
                    LOG.warn("run not started job={} after={} why={}", newest.job(), ended, refusal.code());
                }
            }
        });
    }

    static UUID following(UUID after, long run) {
        return UUID.nameUUIDFromBytes((after + " " + run).getBytes(StandardCharsets.US_ASCII));
    }

    /** Soon, instead of at the next turn. */
    private void look() {
        if (running)
            try {
                pulse.execute(this::turnOrWait);
            } catch (RejectedExecutionException e) {
                LOG.debug("process ends, what follows is for the next one");
            }
    }

    private Lease lease() {
        RunOwner taken = owner;
        if (taken == null) throw new IllegalStateException("jobs are not started");
        return new Lease(taken.name(), policy.lease(), null);
    }

    private Lease lease(String job) {
        Lease lease = lease();
        return new Lease(lease.owner(), lease.length(), rules.terms(job).timeout());
    }

    /** What holds of these jobs. */
    public JobRules rules() {
        return rules;
    }

    private void recover(RunTable.RunRow row) {
        JobExecution last = lastExecution(row.id(), row.job());
        if (last != null && last.getStatus() == BatchStatus.COMPLETED) {
            runs.done(row.id(), lease().owner());
            LOG.info("run was done before the process died run={} job={}", row.id(), row.job());
            return;
        }
        if (last != null && last.isRunning()) {
            // A restart inherits the context, and Batch recovers nothing that bears its own mark of an earlier
            // recovery.
            last.getExecutionContext().remove("batch.recovered");
            JobExecution recovered = operator.recover(last);
            if (recovered.isRunning()) throw new IllegalStateException("run " + row.id() + " was not recovered");
        }
        close(
                row.id(),
                row.job(),
                RunTable.State.FAILED,
                "El proceso se detuvo a la mitad de esta corrida; reanúdala y seguirá donde quedó.",
                true);
        LOG.warn(
                "run recovered run={} job={} startedAt={}: its process died in the middle; it can be restarted",
                row.id(),
                row.job(),
                row.startedAt());
    }

    @Override
    public void stop() {
        running = false;
        RunOwner taken = owner;
        if (taken == null) return;
        for (RunTable.RunRow row : runs.leftRunning(taken.name())) live.stop(row.id());
        executor.shutdown();
        try {
            if (!executor.awaitTermination(policy.stopWait().toMillis(), TimeUnit.MILLISECONDS))
                LOG.warn("jobs did not stop in {}; they will be recovered at the next start", policy.stopWait());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            // Whoever still runs is alive until now.
            pulse.shutdownNow();
            taken.close();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the web server, so that no request meets a run that is not recovered yet. */
    @Override
    public int getPhase() {
        return 0;
    }
}
