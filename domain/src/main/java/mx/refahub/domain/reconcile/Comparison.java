package mx.refahub.domain.reconcile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds every document of which two ends do not say the same. Cells are compared first; of those that differ, ranges, each a quarter of the one before, all of a level in one question; a
 * range of few documents is listed. What is exchanged grows with the number of differences and the logarithm of the number of documents.
 */
public final class Comparison {
    /** A range is cut in so many. */
    static final int FAN = 4;
    /** A range of so many documents is listed. */
    static final int LISTED = 8;
    /** Questions are asked with at most so many ranges. */
    static final int MOST_RANGES = 512;
    /** Beyond so many differences something bigger is wrong, and a list of them helps nobody. */
    public static final int MOST_FINDINGS = 2_000;

    private final Side store;
    private final Side hub;
    private long exchanged;

    public Comparison(Side store, Side hub) {
        this.store = store;
        this.hub = hub;
    }

    public record Compared(Cell cell, Summary store, Summary hub) {
        public boolean equal() {
            return store.equals(hub);
        }
    }

    /**
     * @param cells all that either end has a document of, by day and type
     * @param findings by cell and sequence
     * @param more whether there were too many to find all
     * @param exchanged lines that the hub was asked for
     */
    public record Result(List<Compared> cells, List<Finding> findings, boolean more, long exchanged) {
        public boolean equal() {
            return findings.isEmpty();
        }
    }

    /** @param last the last sequence that both ends should have */
    public Result run(List<Day> days, long first, long last) {
        if (last < first) return new Result(List.of(), List.of(), false, 0);
        List<Compared> cells = cells(days, first, last);
        List<Finding> findings = new ArrayList<>();
        List<Range> differing = cells.stream()
                .filter(cell -> !cell.equal())
                .map(cell -> new Range(cell.cell(), first, last))
                .toList();
        // Depth first in bounded groups: however much differs, little is held at a time.
        List<Range> open = new ArrayList<>(differing.reversed());
        while (!open.isEmpty() && findings.size() < MOST_FINDINGS) {
            List<Range> group = new ArrayList<>();
            while (!open.isEmpty() && group.size() < MOST_RANGES / FAN) group.add(open.removeLast());
            open.addAll(narrowed(group, findings).reversed());
        }
        boolean more = !open.isEmpty();
        return new Result(cells, List.copyOf(findings), more, exchanged);
    }

    private List<Compared> cells(List<Day> days, long first, long last) {
        Map<Cell, Summary> own = store.cells(days, first, last);
        Map<Cell, Summary> other = hub.cells(days, first, last);
        exchanged += other.size();
        Map<Cell, Boolean> all = new LinkedHashMap<>();
        own.keySet().forEach(cell -> all.put(cell, true));
        other.keySet().forEach(cell -> all.put(cell, true));
        return all.keySet().stream()
                .sorted(java.util.Comparator.comparing((Cell cell) -> cell.day().date())
                        .thenComparing(Cell::type))
                .map(cell -> new Compared(
                        cell, own.getOrDefault(cell, Summary.NONE), other.getOrDefault(cell, Summary.NONE)))
                .toList();
    }

    /** Lists the small ones and cuts the others. @return what still differs */
    private List<Range> narrowed(List<Range> group, List<Finding> findings) {
        List<Range> parts =
                group.stream().flatMap(range -> range.parts(FAN).stream()).toList();
        List<Summary> own = store.summaries(parts);
        List<Summary> other = hub.summaries(parts);
        exchanged += parts.size();
        List<Range> small = new ArrayList<>();
        List<Range> large = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            if (own.get(i).equals(other.get(i))) continue;
            long most = Math.max(own.get(i).count(), other.get(i).count());
            boolean single = parts.get(i).first() == parts.get(i).last();
            (most <= LISTED || single ? small : large).add(parts.get(i));
        }
        if (!small.isEmpty()) list(small, findings);
        return large;
    }

    private void list(List<Range> ranges, List<Finding> findings) {
        List<List<Mark>> own = store.marks(ranges);
        List<List<Mark>> other = hub.marks(ranges);
        for (int i = 0; i < ranges.size(); i++) {
            exchanged += other.get(i).size();
            Map<Long, Mark> mine = bySequence(own.get(i));
            Map<Long, Mark> theirs = bySequence(other.get(i));
            TreeSet<Long> sequences = new TreeSet<>(mine.keySet());
            sequences.addAll(theirs.keySet());
            for (long sequence : sequences) {
                Optional<Finding> finding =
                        Finding.of(ranges.get(i).cell(), sequence, mine.get(sequence), theirs.get(sequence));
                finding.ifPresent(findings::add);
            }
        }
    }

    private static Map<Long, Mark> bySequence(List<Mark> marks) {
        Map<Long, Mark> map = new TreeMap<>();
        marks.forEach(mark -> map.put(mark.sequence(), mark));
        return map;
    }
}
