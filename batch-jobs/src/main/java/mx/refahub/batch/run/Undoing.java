package mx.refahub.batch.run;

import mx.refahub.domain.Outcome;
import mx.refahub.domain.job.Jobs.Undo;

/** What can be taken back of a run that there is. */
public interface Undoing {
    /** Job that takes a run back, and its parameter for the run. */
    String JOB = "catalogue-undo";

    String PARAMETER = "of";

    /** Refusals: {@code run-not-undoable}, {@code run-undo-overtaken}, {@code run-undo-mended}. */
    Outcome<Undo> check(long run);
}
