package mx.refahub.domain.job;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import org.jspecify.annotations.Nullable;

/** Job control for the console and the command line. Implemented in batch-jobs over Spring Batch. */
public interface Jobs {
    List<Job> all();

    /** @param parameters typed, in the order of a form */
    record Job(String name, List<Parameter> parameters) {}

    /**
     * @param choices what may be given, for the kinds that are a choice; empty for the others
     * @param preset what a form begins with, and what holds where nothing is given; may be empty
     */
    record Parameter(String name, Kind kind, boolean required, List<String> choices, String preset) {
        public enum Kind {
            TEXT,
            FLAG,
            FILE,
            /** A whole number above zero. */
            NUMBER,
            /** One of the choices. */
            CHOICE,
            /** Any of the choices, separated by commas; none means all. */
            CHOICES;

            boolean isChoice() {
                return this == CHOICE || this == CHOICES;
            }
        }

        public Parameter {
            choices = List.copyOf(choices);
            if (kind.isChoice() == choices.isEmpty())
                throw new IllegalArgumentException("choices of " + name + ", which is " + kind);
        }

        public Parameter(String name, Kind kind, boolean required) {
            this(name, kind, required, List.of(), "");
        }

        private boolean isChoice(String text) {
            return choices.stream().anyMatch(text::equalsIgnoreCase);
        }

        /** Whether a text may be given for it; of a choice's letters the case is of no account. */
        public boolean takes(String text) {
            return switch (kind) {
                case TEXT, FLAG -> true;
                case FILE -> false;
                case NUMBER -> text.matches("[1-9][0-9]{0,17}");
                case CHOICE -> isChoice(text);
                case CHOICES -> List.of(text.split(",", -1)).stream().allMatch(this::isChoice);
            };
        }
    }

    /**
     * Starts a run in the background and returns at once.
     *
     * <p>Refusals: {@code job-unknown}, {@code job-parameter-missing}, {@code job-parameter-unknown}, {@code job-parameter-wrong},
     * {@code job-already-running}, {@code job-waits-for-approval}.
     *
     * @param files by parameter name; the job takes them over and deletes them in the end
     * @param startedBy who, for the history
     */
    Outcome<Run> start(String job, Map<String, String> parameters, Map<String, Path> files, String startedBy);

    /**
     * Starts a run of its parameters alone, once for each cause: the same cause again answers the run that it began, whatever has become of that. Refused as
     * {@link #start(String, Map, Map, String)}.
     */
    Outcome<Run> startOnce(UUID cause, String job, Map<String, String> parameters, String startedBy);

    Optional<Run> run(long id);

    /** Newest first; of all jobs if the name is null. */
    List<Run> runs(@Nullable String job, int limit);

    /** Refusals: {@code run-unknown}, {@code run-not-running}. */
    Outcome<Run> stop(long id);

    /** Goes on from the chunk that failed. Refusals: {@code run-unknown}, {@code run-not-restartable}. */
    Outcome<Run> restart(long id);

    /** Gives a run up that stopped or failed: it cannot go on any more. What it had published stays. Refusals: {@code run-unknown}, {@code run-not-restartable}. */
    Outcome<Run> abandon(long id, String who);

    /** What is told of a run besides its state; empty if there is none. */
    Optional<Details> details(long id);

    /**
     * What a run would change in the catalogue, as it stood when the run was checked; empty if none was asked for. Publishing compares anew,
     * so what others change meanwhile is not lost.
     */
    Optional<Preview> preview(long id);

    /** Publishes what waits. Refusals: {@code run-unknown}, {@code run-not-waiting}. */
    Outcome<Run> approve(long id, String who);

    /** Throws away what waits; nothing is changed. Refusals: {@code run-unknown}, {@code run-not-waiting}. */
    Outcome<Run> discard(long id, String who);

    /**
     * What taking this run back would restore.
     *
     * <p>Refusals: {@code run-unknown}; {@code run-not-undoable}: it changed nothing, or is taken back already, or too many runs have come
     * since; {@code run-undo-overtaken}: a later run, the second argument, touched the same parts.
     */
    Outcome<Undo> undoable(long id);

    /** Starts the run that takes this one back. Refusals as of {@link #undoable} and {@link #start}. */
    Outcome<Run> undo(long id, String who);

    /** Files that a run has made for download, by name; none after a while. */
    List<RunFile> files(long id);

    Optional<Path> file(long id, String name);

    record RunFile(String name, long bytes) {}

    /** @param changes in the order of a screen, none with a count of zero */
    record Preview(long run, List<Change> changes) {
        public Preview {
            changes = List.copyOf(changes);
        }
    }

    /** @param examples a few, by part; several of one part that changes in several fields */
    record Change(Kind kind, long count, List<Example> examples) {
        public enum Kind {
            PART_NEW,
            PART_CHANGED,
            PART_RESTORED,
            PART_REMOVED,
            PRICE_NEW,
            PRICE_CHANGED,
            PRICE_REMOVED,
            BARCODE_ADDED,
            BARCODE_CHANGED,
            BARCODE_REMOVED,
            INTERCHANGE_ADDED,
            INTERCHANGE_REMOVED,
            FITMENT_ADDED,
            FITMENT_CHANGED,
            FITMENT_REMOVED,
            RELATION_ADDED,
            RELATION_CHANGED,
            RELATION_REMOVED,
            STOCK_OPENED,
            SUPPLIER_NEW,
            CUSTOMER_NEW,
            BALANCE_OPENED,
            CORES_LYING,
            CORES_HELD,
            CORES_OWED,
            RUN_REMOVED,
            BODY_REMOVED,
            EVIDENCE_REMOVED,
            COPY_REMOVED
        }

        public Change {
            examples = List.copyOf(examples);
        }
    }

    /**
     * @param part line code and number
     * @param field column of the file; empty where the row as a whole comes or goes
     * @param before as text; empty if there was nothing
     */
    record Example(String part, String field, String before, String after) {}

    /**
     * @param partsRemoved the run made them; they leave the catalogue again
     * @param rowsRestored barcodes, interchanges, fitments and relations put back, taken out or changed back
     */
    record Undo(long run, long partsRemoved, long partsRestored, long pricesRestored, long rowsRestored) {}

    /** Rejected rows as CSV in the format that was fed in, with line, column and reason added in front; empty if none were. */
    Optional<Path> rejects(long id);

    /**
     * @param parameters that it was started with, files left out
     * @param approvedBy who said yes; null if nobody was asked, or nobody has answered yet
     * @param undoneBy the run that took this one back; null if none has
     * @param log what happened, in order
     */
    record Details(
            long run,
            Map<String, String> parameters,
            @Nullable Instant approvalAskedAt,
            @Nullable Instant approvedAt,
            @Nullable String approvedBy,
            @Nullable Long undoneBy,
            List<LogLine> log) {
        public Details {
            parameters = Map.copyOf(parameters);
            log = List.copyOf(log);
        }
    }

    /** A step of a run each time that it was begun. @param endedAt null while it goes on, or if its process died */
    record LogLine(
            Instant startedAt,
            @Nullable Instant endedAt,
            String step,
            Status status,
            long read,
            long written,
            long skipped) {}

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
        /** Checked, and nothing published until a person says so. */
        WAITING_FOR_APPROVAL,
        STOPPED,
        FAILED,
        /** Ended without publishing, because a person said so. */
        DISCARDED,
        DONE;

        public boolean isFinal() {
            return this == STOPPED || this == FAILED || this == DISCARDED || this == DONE;
        }
    }
}
