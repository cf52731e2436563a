package mx.refahub.pos.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.job.Jobs;
import org.jspecify.annotations.Nullable;

/** Runs jobs by the clock alone: how far a run has come is computed when someone asks. */
final class FakeJobs implements Jobs {
    private static final Duration STEP = Duration.ofSeconds(40);
    private static final long ROWS = 48_000;
    private final Clock clock;
    private final List<Job> jobs = new ArrayList<>();
    private final Map<Long, Run> runs = new ConcurrentSkipListMap<>();
    private final Map<Long, Path> rejects = new HashMap<>();
    final Map<Long, Preview> previews = new HashMap<>();
    final Map<Long, Undo> undos = new HashMap<>();
    final Map<Long, Map<RunFile, Path>> made = new HashMap<>();
    /** What the files of the last run contained, by parameter. */
    final Map<String, String> received = new HashMap<>();

    final Map<String, String> parameters = new HashMap<>();

    FakeJobs(Clock clock) {
        this.clock = clock;
    }

    void offer(Job job) {
        jobs.add(job);
    }

    void put(Run run) {
        runs.put(run.id(), run);
    }

    void put(long run, Path rejected) {
        rejects.put(run, rejected);
    }

    @Override
    public List<Job> all() {
        return List.copyOf(jobs);
    }

    @Override
    public Outcome<Run> startOnce(UUID cause, String name, Map<String, String> parameters, String startedBy) {
        return start(name, parameters, Map.of(), startedBy);
    }

    @Override
    public Outcome<Run> start(String name, Map<String, String> parameters, Map<String, Path> files, String startedBy) {
        Job job =
                jobs.stream().filter(one -> one.name().equals(name)).findFirst().orElse(null);
        if (job == null) return Outcome.refused("job-unknown", name);
        for (String given : parameters.keySet())
            if (job.parameters().stream().noneMatch(p -> p.name().equals(given)))
                return Outcome.refused("job-parameter-unknown", given);
        for (String given : files.keySet())
            if (job.parameters().stream()
                    .noneMatch(p -> p.kind() == Parameter.Kind.FILE && p.name().equals(given)))
                return Outcome.refused("job-parameter-unknown", given);
        for (Parameter parameter : job.parameters())
            if (parameter.required()
                    && !parameters.containsKey(parameter.name())
                    && !files.containsKey(parameter.name()))
                return Outcome.refused("job-parameter-missing", parameter.name());
        if (runs(name, 1).stream().anyMatch(run -> !run.status().isFinal()))
            return Outcome.refused("job-already-running", name);
        this.parameters.clear();
        this.parameters.putAll(parameters);
        received.clear();
        files.forEach((parameter, file) -> received.put(parameter, takeOver(file)));
        long id = runs.keySet().stream().mapToLong(Long::longValue).max().orElse(0) + 1;
        runs.put(id, new Run(id, name, Status.RUNNING, clock.instant(), null, startedBy, List.of(), 0, ""));
        return Outcome.done(now(runs.get(id)));
    }

    private static String takeOver(Path file) {
        try {
            String content = Files.readString(file);
            Files.delete(file);
            return content;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<Run> run(long id) {
        return Optional.ofNullable(runs.get(id)).map(this::now);
    }

    @Override
    public List<Run> runs(@Nullable String job, int limit) {
        return runs.values().stream()
                .filter(run -> job == null || run.job().equals(job))
                .sorted(Comparator.comparing(Run::id).reversed())
                .limit(limit)
                .map(this::now)
                .toList();
    }

    @Override
    public Outcome<Run> stop(long id) {
        Optional<Run> found = run(id);
        if (found.isEmpty()) return Outcome.refused("run-unknown", Long.toString(id));
        if (found.get().status().isFinal()) return Outcome.refused("run-not-running", Long.toString(id));
        runs.put(id, ended(found.get(), Status.STOPPED));
        return Outcome.done(runs.get(id));
    }

    @Override
    public Outcome<Run> restart(long id) {
        Optional<Run> found = run(id);
        if (found.isEmpty()) return Outcome.refused("run-unknown", Long.toString(id));
        Run run = found.get();
        if (run.status() != Status.STOPPED && run.status() != Status.FAILED)
            return Outcome.refused("run-not-restartable", Long.toString(id));
        runs.put(id, new Run(id, run.job(), Status.RUNNING, clock.instant(), null, run.startedBy(), List.of(), 0, ""));
        return run(id).<Outcome<Run>>map(Outcome::done).orElseThrow();
    }

    @Override
    public Optional<Preview> preview(long id) {
        return Optional.ofNullable(previews.get(id));
    }

    @Override
    public Outcome<Run> approve(long id, String who) {
        Optional<Run> found = run(id);
        if (found.isEmpty()) return Outcome.refused("run-unknown", Long.toString(id));
        if (found.get().status() != Status.WAITING_FOR_APPROVAL)
            return Outcome.refused("run-not-waiting", Long.toString(id));
        Run run = found.get();
        runs.put(id, new Run(id, run.job(), Status.RUNNING, clock.instant(), null, run.startedBy(), List.of(), 0, ""));
        return run(id).<Outcome<Run>>map(Outcome::done).orElseThrow();
    }

    @Override
    public Outcome<Run> discard(long id, String who) {
        Optional<Run> found = run(id);
        if (found.isEmpty()) return Outcome.refused("run-unknown", Long.toString(id));
        if (found.get().status() != Status.WAITING_FOR_APPROVAL)
            return Outcome.refused("run-not-waiting", Long.toString(id));
        runs.put(id, ended(found.get(), Status.DISCARDED));
        return Outcome.done(runs.get(id));
    }

    @Override
    public Outcome<Run> abandon(long id, String who) {
        Optional<Run> found = run(id);
        if (found.isEmpty()) return Outcome.refused("run-unknown", Long.toString(id));
        Status status = found.get().status();
        if (status != Status.FAILED && status != Status.STOPPED)
            return Outcome.refused("run-not-restartable", Long.toString(id));
        runs.put(id, ended(found.get(), Status.DISCARDED));
        return Outcome.done(runs.get(id));
    }

    @Override
    public Optional<Details> details(long id) {
        return run(id).map(run -> new Details(id, Map.of(), null, null, null, null, List.of()));
    }

    @Override
    public Outcome<Undo> undoable(long id) {
        if (run(id).isEmpty()) return Outcome.refused("run-unknown", Long.toString(id));
        Undo undo = undos.get(id);
        return undo == null ? Outcome.refused("run-not-undoable", Long.toString(id)) : Outcome.done(undo);
    }

    @Override
    public Outcome<Run> undo(long id, String who) {
        if (undoable(id) instanceof Outcome.Refused<Undo>(Refusal refusal)) return new Outcome.Refused<>(refusal);
        return start("catalogue-undo", Map.of("of", Long.toString(id)), Map.of(), who);
    }

    @Override
    public List<RunFile> files(long id) {
        return List.copyOf(made.getOrDefault(id, Map.of()).keySet());
    }

    @Override
    public Optional<Path> file(long id, String name) {
        return made.getOrDefault(id, Map.of()).entrySet().stream()
                .filter(file -> file.getKey().name().equals(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    @Override
    public Optional<Path> rejects(long id) {
        return Optional.ofNullable(rejects.get(id));
    }

    private Run ended(Run run, Status how) {
        List<Step> steps = run.steps().stream()
                .map(step -> step.status().isFinal()
                        ? step
                        : new Step(step.name(), how, step.read(), step.written(), step.skipped(), step.total(), null))
                .toList();
        return new Run(
                run.id(), run.job(), how, run.startedAt(), clock.instant(), run.startedBy(), steps, run.rejected(), "");
    }

    /** A run that still moves has two steps of {@link #STEP} each. */
    private Run now(Run run) {
        if (run.status() != Status.RUNNING) return run;
        Duration gone = Duration.between(run.startedAt(), clock.instant());
        List<Step> steps = List.of(step("stage", gone), step("publish", gone.minus(STEP)));
        boolean done = gone.compareTo(STEP.multipliedBy(2)) >= 0;
        Instant end = done ? run.startedAt().plus(STEP.multipliedBy(2)) : null;
        return new Run(
                run.id(),
                run.job(),
                done ? Status.DONE : Status.RUNNING,
                run.startedAt(),
                end,
                run.startedBy(),
                gone.compareTo(STEP) < 0 ? steps.subList(0, 1) : steps,
                run.rejected(),
                done ? ROWS + " rows" : "");
    }

    private static Step step(String name, Duration gone) {
        double part = Math.clamp((double) gone.toMillis() / STEP.toMillis(), 0, 1);
        long read = Math.round(ROWS * part);
        boolean done = part >= 1;
        return new Step(
                name,
                done ? Status.DONE : Status.RUNNING,
                read,
                read - read / 500,
                read / 500,
                ROWS,
                done ? null : STEP.minus(gone));
    }
}
