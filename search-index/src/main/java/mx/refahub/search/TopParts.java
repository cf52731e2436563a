package mx.refahub.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.FieldComparator;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.LeafFieldComparator;
import org.apache.lucene.search.Pruning;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.search.TotalHits;

/**
 * The best parts by points, then in the order of the list; all of those found are counted up to a limit. Each segment lies in the order of the list
 * already, so once the page is full of the highest points that there can be, the rest of the segment need not be looked at: a word that half the
 * catalogue has costs little more than one that a thousand parts have.
 */
final class TopParts implements CollectorManager<TopParts.Best, TopFieldDocs> {
    private final List<LeafReaderContext> leaves;
    private final Sort among;
    private final int size;
    private final int exactTotal;

    private TopParts(List<LeafReaderContext> leaves, Sort among, int size, int exactTotal) {
        this.leaves = leaves;
        this.among = among;
        this.size = size;
        this.exactTotal = exactTotal;
    }

    /**
     * @param among the order of parts with equal points, which is that of the index
     * @param exactTotal up to here the total is exact; then it is a lower bound
     */
    static TopFieldDocs of(IndexSearcher searcher, Query query, Sort among, int size, int exactTotal)
            throws IOException {
        return searcher.search(query, new TopParts(searcher.getIndexReader().leaves(), among, size, exactTotal));
    }

    @Override
    public Best newCollector() {
        return new Best(size, exactTotal);
    }

    /** One thread searches, so there is one collector. */
    @Override
    public TopFieldDocs reduce(Collection<Best> collectors) throws IOException {
        List<Found> all = new ArrayList<>();
        long total = 0;
        boolean exact = true;
        for (Best best : collectors) {
            best.endLeaf();
            all.addAll(best.kept);
            total += best.total;
            exact &= !best.skipping;
        }
        FieldDoc[] first = first(all);
        TotalHits.Relation relation = exact ? TotalHits.Relation.EQUAL_TO : TotalHits.Relation.GREATER_THAN_OR_EQUAL_TO;
        return new TopFieldDocs(new TotalHits(total, relation), first, among.getSort());
    }

    private record Found(int document, float points) {}

    private FieldDoc[] first(List<Found> all) throws IOException {
        if (all.size() > size) {
            float[] points = new float[all.size()];
            for (int i = 0; i < points.length; i++) points[i] = all.get(i).points;
            Arrays.sort(points);
            float least = points[points.length - size];
            all.removeIf(each -> each.points < least);
        }
        // Lucene's comparators want the documents in turn.
        all.sort((a, b) -> Integer.compare(a.document, b.document));
        SortField[] fields = among.getSort();
        List<FieldComparator<?>> comparators = new ArrayList<>();
        for (SortField field : fields) comparators.add(field.getComparator(Math.max(1, all.size()), Pruning.NONE));
        List<LeafFieldComparator> here = List.of();
        int leaf = -1;
        Integer[] slots = new Integer[all.size()];
        for (int slot = 0; slot < slots.length; slot++) {
            int document = all.get(slot).document;
            int at = ReaderUtil.subIndex(document, leaves);
            if (at != leaf) {
                leaf = at;
                List<LeafFieldComparator> next = new ArrayList<>();
                for (FieldComparator<?> comparator : comparators)
                    next.add(comparator.getLeafComparator(leaves.get(at)));
                here = next;
            }
            for (LeafFieldComparator comparator : here) comparator.copy(slot, document - leaves.get(at).docBase);
            slots[slot] = slot;
        }
        Arrays.sort(slots, (a, b) -> {
            int byPoints = Float.compare(all.get(b).points, all.get(a).points);
            if (byPoints != 0) return byPoints;
            for (int i = 0; i < fields.length; i++) {
                int by = comparators.get(i).compare(a, b);
                if (by != 0) return fields[i].getReverse() ? -by : by;
            }
            return Integer.compare(all.get(a).document, all.get(b).document);
        });
        FieldDoc[] first = new FieldDoc[Math.min(size, slots.length)];
        for (int i = 0; i < first.length; i++) {
            Found found = all.get(slots[i]);
            first[i] = new FieldDoc(found.document, found.points, new Object[] {found.points});
        }
        return first;
    }

    /** Keeps the best of each segment: a heap with the worst on top, the later document being worse among equals. */
    static final class Best implements Collector {
        private final int size;
        private final int exactTotal;
        private final List<Found> kept = new ArrayList<>();
        private final float[] points;
        private final int[] documents;
        private int filled;
        /** Below this the segments before have enough better ones. */
        private float least;

        private long total;
        private boolean skipping;

        private Best(int size, int exactTotal) {
            this.size = size;
            this.exactTotal = exactTotal;
            this.points = new float[size];
            this.documents = new int[size];
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.TOP_SCORES;
        }

        private void endLeaf() {
            for (int i = 0; i < filled; i++) kept.add(new Found(documents[i], points[i]));
            filled = 0;
            if (kept.size() < size) return;
            float[] all = new float[kept.size()];
            for (int i = 0; i < all.length; i++) all[i] = kept.get(i).points;
            Arrays.sort(all);
            least = all[all.length - size];
        }

        @Override
        public LeafCollector getLeafCollector(LeafReaderContext context) {
            endLeaf();
            int base = context.docBase;
            return new LeafCollector() {
                private Scorable scorer = NONE;
                private float told;

                @Override
                public void setScorer(Scorable scorer) throws IOException {
                    this.scorer = scorer;
                    tell();
                }

                @Override
                public void collect(int document) throws IOException {
                    total++;
                    float here = scorer.score();
                    if (filled < size) {
                        if (here >= least) {
                            add(base + document, here);
                            tell();
                        } else if (total == exactTotal + 1) tell();
                    } else {
                        if (here > points[0]) {
                            replace(base + document, here);
                            tell();
                        } else if (total == exactTotal + 1) tell();
                    }
                }

                /** Parts with as many points as the worst that is kept here come later in the list: only better ones count. */
                private void tell() throws IOException {
                    if (total <= exactTotal) return;
                    float worthwhile = filled < size ? least : Math.max(least, Math.nextUp(points[0]));
                    if (worthwhile <= told) return;
                    told = worthwhile;
                    skipping = true;
                    scorer.setMinCompetitiveScore(worthwhile);
                }
            };
        }

        private void add(int document, float here) {
            int at = filled++;
            while (at > 0) {
                int parent = (at - 1) >>> 1;
                if (!worse(here, document, parent)) break;
                move(parent, at);
                at = parent;
            }
            points[at] = here;
            documents[at] = document;
        }

        private void replace(int document, float here) {
            int at = 0;
            while (true) {
                int child = 2 * at + 1;
                if (child >= size) break;
                if (child + 1 < size && worse(points[child + 1], documents[child + 1], child)) child++;
                if (!worse(points[child], documents[child], here, document)) break;
                move(child, at);
                at = child;
            }
            points[at] = here;
            documents[at] = document;
        }

        private void move(int from, int to) {
            points[to] = points[from];
            documents[to] = documents[from];
        }

        private boolean worse(float here, int document, int than) {
            return worse(here, document, points[than], documents[than]);
        }

        private static boolean worse(float here, int document, float points, int other) {
            return here < points || (here == points && document > other);
        }
    }

    private static final Scorable NONE = new Scorable() {
        @Override
        public float score() {
            return 0;
        }
    };
}
