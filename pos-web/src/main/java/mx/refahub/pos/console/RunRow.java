package mx.refahub.pos.console;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import mx.refahub.domain.job.Jobs;
import org.jspecify.annotations.Nullable;

/**
 * A run as the screen shows it.
 *
 * @param may what the screen may offer now: {@code stop}, {@code approve}, {@code discard}, {@code restart}, {@code abandon},
 *     {@code rejects}
 */
record RunRow(
        long id,
        String job,
        String status,
        Instant startedAt,
        @Nullable Instant endedAt,
        String startedBy,
        List<StepRow> steps,
        long rejected,
        String message,
        List<String> may) {

    /**
     * @param percent of the rows expected; null while their number is unknown
     * @param secondsLeft estimated; null while unknown
     */
    record StepRow(
            String name,
            String status,
            long read,
            long written,
            long skipped,
            @Nullable Long total,
            @Nullable Integer percent,
            @Nullable Long secondsLeft) {}

    static RunRow of(Jobs.Run run) {
        return new RunRow(
                run.id(),
                run.job(),
                wireName(run.status()),
                run.startedAt(),
                run.endedAt(),
                run.startedBy(),
                run.steps().stream().map(RunRow::of).toList(),
                run.rejected(),
                run.message(),
                may(run));
    }

    private static StepRow of(Jobs.Step step) {
        boolean known = step.total() >= 0;
        Duration left = step.left();
        return new StepRow(
                step.name(),
                wireName(step.status()),
                step.read(),
                step.written(),
                step.skipped(),
                known ? step.total() : null,
                known ? percent(step) : null,
                left == null ? null : left.toSeconds());
    }

    private static int percent(Jobs.Step step) {
        if (step.status() == Jobs.Status.DONE) return 100;
        return step.total() == 0 ? 0 : (int) Math.min(99, step.read() * 100 / step.total());
    }

    private static List<String> may(Jobs.Run run) {
        List<String> rejects = run.rejected() > 0 ? List.of("rejects") : List.of();
        return switch (run.status()) {
            case RUNNING -> List.of("stop");
            case STOPPING -> List.of();
            case WAITING_FOR_APPROVAL ->
                rejects.isEmpty() ? List.of("approve", "discard") : List.of("approve", "discard", "rejects");
            case STOPPED, FAILED ->
                rejects.isEmpty() ? List.of("restart", "abandon") : List.of("restart", "abandon", "rejects");
            case DISCARDED, DONE -> rejects;
        };
    }

    private static String wireName(Jobs.Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
