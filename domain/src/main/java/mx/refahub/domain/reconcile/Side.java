package mx.refahub.domain.reconcile;

import java.util.List;
import java.util.Map;

/** One end of a comparison. What it says of a range is of the moment in which it is asked. */
public interface Side {
    /** Every cell of these days in which this end has a document between these sequences. */
    Map<Cell, Summary> cells(List<Day> days, long first, long last);

    /** In the order of the ranges. */
    List<Summary> summaries(List<Range> ranges);

    /** The documents of each range, in the order of the ranges and of their sequences. */
    List<List<Mark>> marks(List<Range> ranges);
}
