package mx.refahub.domain.reconcile;

import java.util.ArrayList;
import java.util.List;

/**
 * The documents of a cell whose sequences lie between two, both included. A store never gives a sequence twice, whichever its epoch.
 */
public record Range(Cell cell, long first, long last) {
    public Range {
        if (first < 1 || last < first) throw new IllegalArgumentException("range from " + first + " to " + last);
    }

    /** @return at most so many ranges that together are this one */
    List<Range> parts(int most) {
        List<Range> parts = new ArrayList<>();
        long width = last - first + 1;
        long step = Math.max(1, Math.ceilDiv(width, most));
        for (long from = first; from <= last; from += step)
            parts.add(new Range(cell, from, Math.min(last, from + step - 1)));
        return parts;
    }
}
