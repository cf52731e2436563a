package mx.refahub.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.TwoPhaseIterator;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Parts that answer every word in one reading of a question: some by themselves, some by one vehicle that they fit. Their points add up. The words'
 * sets are cut with one another before a single part is looked at, and once only parts of more points count, the sets become smaller.
 */
final class WordsQuery extends Query {
    /** Looking through a part's vehicles, against the cost of a term. */
    private static final float COST_OF_FITTING = 20;

    private final List<BestWay> words;
    private final List<BestWay> optional;
    private final @Nullable Vehicle vehicle;
    private final PartSets.Lent sets;

    /**
     * What a vehicle answers.
     *
     * @param words each by some vehicle; their own points do not count
     * @param fits vehicles that answer all of them; null for a single word, where any does
     * @param points for all of it
     * @param named vehicles whose whole name was said
     * @param namedPoints on top, for those
     */
    record Vehicle(
            List<BestWay> words,
            @Nullable FitsQuery fits,
            float points,
            @Nullable FitsQuery named,
            float namedPoints) {}

    /**
     * @param words each must be answered by the part itself
     * @param optional brings a part up that has it
     */
    WordsQuery(List<BestWay> words, List<BestWay> optional, @Nullable Vehicle vehicle, PartSets.Lent sets) {
        this.words = List.copyOf(words);
        this.optional = List.copyOf(optional);
        this.vehicle = vehicle;
        this.sets = sets;
    }

    private List<BestWay> required() {
        if (vehicle == null) return words;
        List<BestWay> all = new ArrayList<>(words);
        all.addAll(vehicle.words);
        return all;
    }

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost) {
        return new Weight(this) {
            @Override
            public Explanation explain(LeafReaderContext leaf, int document) throws IOException {
                Scorer scorer = scorer(leaf);
                boolean found = scorer != null && scorer.iterator().advance(document) == document;
                return found
                        ? Explanation.match(scorer.score(), "it answers every word")
                        : Explanation.noMatch("a word is not answered");
            }

            @Override
            public @Nullable ScorerSupplier scorerSupplier(LeafReaderContext leaf) throws IOException {
                long fewest = Long.MAX_VALUE;
                for (BestWay word : required()) fewest = Math.min(fewest, word.cost(leaf));
                if (fewest == 0) return null;
                Answer answer = new Answer(leaf, boost, fewest);
                return answer.isEmpty() ? null : new DefaultScorerSupplier(answer);
            }

            @Override
            public boolean isCacheable(LeafReaderContext leaf) {
                return false;
            }
        };
    }

    /** From part to part in a set that may become smaller on the way. */
    private static final class Walk extends DocIdSetIterator {
        private final FixedBitSet parts;
        private final long cost;
        private int document = -1;

        private Walk(FixedBitSet parts, long cost) {
            this.parts = parts;
            this.cost = cost;
        }

        @Override
        public int docID() {
            return document;
        }

        @Override
        public int nextDoc() {
            return advance(document + 1);
        }

        @Override
        public int advance(int target) {
            return document = target >= parts.length() ? NO_MORE_DOCS : parts.nextSetBit(target);
        }

        @Override
        public long cost() {
            return cost;
        }
    }

    private final class Answer extends Scorer {
        private final LeafReaderContext leaf;
        private final float boost;
        private final List<BestWay.Levels> own = new ArrayList<>();
        private final List<BestWay.Levels> others = new ArrayList<>();
        private final List<BestWay.Levels> extra = new ArrayList<>();
        /** How many heights of each own word count. */
        private final int[] counting;

        private final FixedBitSet parts;
        private final Walk walk;
        private final FitsQuery.@Nullable Asked fits;
        private final FitsQuery.@Nullable Asked named;
        private final float most;

        private Answer(LeafReaderContext leaf, float boost, long cost) throws IOException {
            this.leaf = leaf;
            this.boost = boost;
            for (BestWay word : words) own.add(word.levels(leaf));
            for (BestWay word : optional) extra.add(word.levels(leaf));
            if (vehicle != null) for (BestWay word : vehicle.words) others.add(word.levels(leaf));
            this.counting = new int[own.size()];
            for (int i = 0; i < counting.length; i++) counting[i] = own.get(i).size();
            this.fits = vehicle == null || vehicle.fits == null ? null : vehicle.fits.asked(leaf);
            this.named = vehicle == null || vehicle.named == null ? null : vehicle.named.asked(leaf);
            float points = vehicle == null ? 0 : vehicle.points + (named == null ? 0 : vehicle.namedPoints);
            for (BestWay.Levels word : own) points += word.most();
            for (BestWay.Levels word : extra) points += word.most();
            this.most = points;
            this.parts = sets.empty(leaf);
            this.walk = new Walk(parts, cost);
            cut();
        }

        private void cut() {
            parts.clear();
            List<FixedBitSet> all = new ArrayList<>();
            for (int i = 0; i < counting.length; i++) {
                if (counting[i] == 0) return;
                all.add(own.get(i).union(counting[i], leaf, sets));
            }
            for (BestWay.Levels word : others) {
                if (word.size() == 0) return;
                all.add(word.union(word.size(), leaf, sets));
            }
            // What asks for nothing finds nothing.
            if (all.isEmpty()) return;
            parts.or(all.getFirst());
            for (FixedBitSet each : all.subList(1, all.size())) parts.and(each);
        }

        boolean isEmpty() {
            return parts.scanIsEmpty();
        }

        @Override
        public int docID() {
            return walk.docID();
        }

        @Override
        public float score() throws IOException {
            int document = walk.docID();
            float points = vehicle == null ? 0 : vehicle.points;
            for (int i = 0; i < own.size(); i++) points += own.get(i).of(document);
            for (int i = 0; i < extra.size(); i++) points += extra.get(i).of(document);
            if (vehicle != null && named != null && named.isFor(document)) points += vehicle.namedPoints;
            return boost * points;
        }

        @Override
        public DocIdSetIterator iterator() {
            TwoPhaseIterator asked = twoPhaseIterator();
            return asked == null ? walk : TwoPhaseIterator.asDocIdSetIterator(asked);
        }

        @Override
        public @Nullable TwoPhaseIterator twoPhaseIterator() {
            FitsQuery.Asked all = fits;
            if (all == null) return null;
            return new TwoPhaseIterator(walk) {
                @Override
                public boolean matches() throws IOException {
                    return all.isFor(walk.docID());
                }

                @Override
                public float matchCost() {
                    return COST_OF_FITTING;
                }
            };
        }

        @Override
        public float getMaxScore(int upTo) {
            return boost * most;
        }

        /** A word counts from that height on at which the part may still come to so many points with the best of the others. */
        @Override
        public void setMinCompetitiveScore(float least) {
            int[] before = counting.clone();
            for (int i = 0; i < counting.length; i++) {
                BestWay.Levels word = own.get(i);
                float needed = least / boost - (most - word.most());
                while (counting[i] > 0 && word.points(counting[i] - 1) < needed) counting[i]--;
            }
            if (least > boost * most) parts.clear();
            else if (!Arrays.equals(before, counting)) cut();
        }
    }

    @Override
    public void visit(QueryVisitor visitor) {
        visitor.visitLeaf(this);
    }

    @Override
    public String toString(String field) {
        return words + " " + optional + " " + vehicle;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WordsQuery query
                && words.equals(query.words)
                && optional.equals(query.optional)
                && Objects.equals(vehicle, query.vehicle);
    }

    @Override
    public int hashCode() {
        return Objects.hash(words, optional, vehicle);
    }
}
