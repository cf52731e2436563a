package mx.refahub.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.search.Shelves;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.ScoreDoc;

/**
 * Puts what is in stock first among hits that are equally good: same class, same points. Works on the first hits only, so the order of the index decides
 * which those are; where nothing tells two hits apart, it stands.
 */
final class Ranking {
    /** What tells two equally good hits apart, the first of the list first. */
    enum By {
        /** In stock here. */
        STOCK_HERE,
        /** In stock at another branch. */
        STOCK_NEAR,
        /** Sold more often. */
        SALES,
        /** Leaves a larger share of its price. */
        MARGIN
    }

    private final List<By> order;

    Ranking(List<By> order) {
        this.order = List.copyOf(order);
    }

    /** Whether what is in stock here comes before all that is equally good. */
    boolean isByStockFirst() {
        return !order.isEmpty() && order.getFirst() == By.STOCK_HERE;
    }

    /** How many hits are to be looked at for a page that ends here. */
    int candidates(int pageEnd, int most) {
        return order.isEmpty() ? pageEnd : Math.max(pageEnd, most);
    }

    /**
     * How many of the first hits have to be looked at: those of the page, and those behind it that are as good as its last. The others stay behind
     * whatever is in stock.
     */
    static int concerned(ScoreDoc[] found, int pageEnd, int most) {
        int all = Math.min(most, found.length);
        int end = Math.min(pageEnd, all);
        while (end > 0 && end < all && Float.compare(found[end].score, found[end - 1].score) == 0) end++;
        return end;
    }

    private record Candidate(ScoreDoc found, Shelves.OnHand onHand, long sales, long margin) {}

    /**
     * @param found in the order of the index; its first hits are put in order
     * @param ids of the first hits
     */
    void order(ScoreDoc[] found, List<PartId> ids, Shelves.Look shelves, IndexReader reader) throws IOException {
        if (order.isEmpty() || ids.isEmpty()) return;
        Map<PartId, Shelves.OnHand> onHand = shelves.onHand(ids);
        if (onHand.isEmpty()) return;
        Map<Integer, Long> sales = values(By.SALES, Fields.POPULARITY, found, ids.size(), reader);
        Map<Integer, Long> margins = values(By.MARGIN, Fields.MARGIN, found, ids.size(), reader);
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++)
            candidates.add(new Candidate(
                    found[i],
                    onHand.getOrDefault(ids.get(i), NOWHERE),
                    sales.getOrDefault(found[i].doc, 0L),
                    margins.getOrDefault(found[i].doc, 0L)));
        // Stable: what is equal in all of this stays in the order of the index.
        candidates.sort(comparator());
        for (int i = 0; i < candidates.size(); i++) found[i] = candidates.get(i).found;
    }

    private static final Shelves.OnHand NOWHERE = new Shelves.OnHand(false, false);

    private Comparator<Candidate> comparator() {
        Comparator<Candidate> best = (a, b) -> Float.compare(b.found.score, a.found.score);
        for (By by : order)
            best = best.thenComparing(Comparator.comparingLong((Candidate each) -> value(by, each))
                    .reversed());
        return best;
    }

    private static long value(By by, Candidate candidate) {
        return switch (by) {
            case STOCK_HERE -> candidate.onHand.here() ? 1 : 0;
            case STOCK_NEAR -> candidate.onHand.near() ? 1 : 0;
            case SALES -> candidate.sales;
            case MARGIN -> candidate.margin;
        };
    }

    private Map<Integer, Long> values(By by, String field, ScoreDoc[] found, int count, IndexReader reader)
            throws IOException {
        if (!order.contains(by)) return Map.of();
        Map<Integer, Long> known = new HashMap<>();
        List<LeafReaderContext> leaves = reader.leaves();
        for (int i = 0; i < count; i++) {
            LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(found[i].doc, leaves));
            NumericDocValues values = DocValues.getNumeric(leaf.reader(), field);
            if (values.advanceExact(found[i].doc - leaf.docBase)) known.put(found[i].doc, values.longValue());
        }
        return known;
    }
}
