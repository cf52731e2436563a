package mx.refahub.domain.reconcile;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a store asks the hub and what it answers, as they travel. */
public final class Exchange {
    private Exchange() {}

    public record CellsCall(List<Day> days, long first, long last) {
        public CellsCall {
            days = List.copyOf(days);
        }
    }

    public record CellSummary(Cell cell, Summary summary) {}

    /** @param landed sequence up to which the hub says it has the store's documents */
    public record CellsAnswer(long landed, List<CellSummary> cells) {
        public Map<Cell, Summary> asMap() {
            return cells.stream().collect(Collectors.toMap(CellSummary::cell, CellSummary::summary));
        }
    }

    public record RangesCall(List<Range> ranges) {
        public RangesCall {
            ranges = List.copyOf(ranges);
        }
    }

    public record SummariesAnswer(List<Summary> summaries) {}

    public record MarksAnswer(List<List<Mark>> marks) {}

    /**
     * What became of documents that were sent beside the relay.
     *
     * @param stored the hub had lost them
     * @param mended the hub's copy was damaged
     * @param kept what the hub has stays, theirs lies beside it for a person to look at
     * @param refused not this store's, not authentic, or not in a place where one is missing
     */
    public record Taken(int stored, int mended, int kept, int refused) {
        public static final Taken NONE = new Taken(0, 0, 0, 0);

        public Taken plus(Taken other) {
            return new Taken(stored + other.stored, mended + other.mended, kept + other.kept, refused + other.refused);
        }
    }
}
