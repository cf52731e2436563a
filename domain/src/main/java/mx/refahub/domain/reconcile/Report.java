package mx.refahub.domain.reconcile;

import java.time.Instant;
import java.util.List;

/**
 * What a store found out, as it tells the hub.
 *
 * @param documents compared
 * @param sentAgain documents that the hub had lost and has again
 * @param mended documents that were damaged at the hub and are whole again
 * @param incomplete whether there were too many differences to name all
 */
public record Report(
        Cause cause,
        Instant at,
        long first,
        long last,
        long documents,
        List<Comparison.Compared> cells,
        List<Finding> findings,
        long exchanged,
        long sentAgain,
        long mended,
        boolean incomplete) {
    public enum Cause {
        NIGHT,
        CONSOLE,
        COMMAND,
        START
    }

    public Report {
        cells = List.copyOf(cells);
        findings = List.copyOf(findings);
    }
}
