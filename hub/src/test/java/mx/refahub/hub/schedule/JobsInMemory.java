package mx.refahub.hub.schedule;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.job.Jobs;
import org.jspecify.annotations.Nullable;

/** Starts every run at once, and only tells of it; runs in turn are a matter of the real ones. */
final class JobsInMemory implements Jobs {
    final List<String> started = new CopyOnWriteArrayList<>();
    volatile boolean busy;
    /** Goes on while a run is being started. */
    volatile Runnable meanwhile = () -> {};

    @Override
    public List<Job> all() {
        return List.of(
                new Job("index-build", List.of()),
                new Job("view-refresh", List.of()),
                new Job("reconciliation", List.of()),
                new Job("stock-check", List.of()),
                new Job("rate-sync", List.of()),
                new Job(
                        "catalogue-export",
                        List.of(new Parameter("format", Parameter.Kind.CHOICE, false, List.of("csv", "xlsx"), "csv"))),
                new Job("catalogue-undo", List.of(new Parameter("of", Parameter.Kind.NUMBER, true))),
                new Job("catalogue-import", List.of(new Parameter("parts", Parameter.Kind.FILE, false))));
    }

    @Override
    public Outcome<Run> start(String job, Map<String, String> parameters, Map<String, Path> files, String startedBy) {
        meanwhile.run();
        if (busy) return Outcome.refused("job-already-running", job);
        started.add(job + " " + new TreeMap<>(parameters) + " " + startedBy);
        return Outcome.done(
                new Run(started.size(), job, Status.RUNNING, Instant.EPOCH, null, startedBy, List.of(), 0, ""));
    }

    @Override
    public Outcome<Run> startOnce(UUID cause, String job, Map<String, String> parameters, String startedBy) {
        return start(job, parameters, Map.of(), startedBy);
    }

    @Override
    public Optional<Run> run(long id) {
        return Optional.empty();
    }

    @Override
    public List<Run> runs(@Nullable String job, int limit) {
        return List.of();
    }

    @Override
    public Outcome<Run> stop(long id) {
        return unknown(id);
    }

    @Override
    public Outcome<Run> restart(long id) {
        return unknown(id);
    }

    @Override
    public Outcome<Run> abandon(long id, String who) {
        return unknown(id);
    }

    @Override
    public Optional<Details> details(long id) {
        return Optional.empty();
    }

    @Override
    public Optional<Preview> preview(long id) {
        return Optional.empty();
    }

    @Override
    public Outcome<Run> approve(long id, String who) {
        return unknown(id);
    }

    @Override
    public Outcome<Run> discard(long id, String who) {
        return unknown(id);
    }

    @Override
    public Outcome<Undo> undoable(long id) {
        return unknown(id);
    }

    @Override
    public Outcome<Run> undo(long id, String who) {
        return unknown(id);
    }

    @Override
    public List<RunFile> files(long id) {
        return List.of();
    }

    @Override
    public Optional<Path> file(long id, String name) {
        return Optional.empty();
    }

    @Override
    public Optional<Path> rejects(long id) {
        return Optional.empty();
    }

    private static <T> Outcome<T> unknown(long id) {
        return Outcome.refused("run-unknown", Long.toString(id));
    }
}
