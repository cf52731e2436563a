package mx.refahub.domain.job;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mx.refahub.domain.Outcome;
import org.jspecify.annotations.Nullable;

/** Job control for the console and the command line. Implemented in batch-jobs over Spring Batch. */
public interface Jobs {
    List<Job> all();

    /** @param parameters typed, in the order of a form */
    record Job(String name, List<Parameter> parameters) {}

    record Parameter(String name, Kind kind, boolean required) {
        public enum Kind {
            TEXT,
            FLAG,
            FILE
        }
    }

    /**
     * Starts a run in the background and returns at once.
     *
     * <p>Refusals: {@code job-unknown}, {@code job-parameter-missing}, {@code job-parameter-unknown}, {@code job-already-running}.
     *
     * @param files by parameter name; the job takes them over and deletes them in the end
     * @param startedBy who, for the history
     */
    Outcome<Run> start(String job, Map<String, String> parameters, Map<String, Path> files, String startedBy);

    Optional<Run> run(long id);

    /** Newest first; of all jobs if the name is null. */
    List<Run> runs(@Nullable String job, int limit);

    /** Refusals: {@code run-unknown}, {@code run-not-running}. */
    Outcome<Run> stop(long id);

    /** Goes on from the chunk that failed. Refusals: {@code run-unknown}, {@code run-not-restartable}. */
    Outcome<Run> restart(long id);

    /** Rejected rows as CSV in the format that was fed in, with line, column and reason added in front; empty if none were. */
    Optional<Path> rejects(long id);

    /** @param message the job's own sentence about its result or its failure; may be empty */
    record Run(
            long id,
            String job,
            Status status,
            Instant startedAt,
            @Nullable Instant endedAt,
            String startedBy,
            List<Step> steps,
            long rejected,
            String message) {
        public Run {
            steps = List.copyOf(steps);
        }
    }

    /**
     * @param total rows expected; -1 while unknown
     * @param left estimated time left; null while unknown
     */
    record Step(
            String name,
            Status status,
            long read,
            long written,
            long skipped,
            long total,
            @Nullable Duration left) {}

    enum Status {
        RUNNING,
        STOPPING,
        STOPPED,
        FAILED,
        DONE;

        public boolean isFinal() {
            return this == STOPPED || this == FAILED || this == DONE;
        }
    }
}
