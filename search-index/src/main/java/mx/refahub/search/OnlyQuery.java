package mx.refahub.search;

import java.io.IOException;
import java.util.Objects;
import java.util.function.Predicate;
import mx.refahub.domain.part.PartId;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.TwoPhaseIterator;
import org.apache.lucene.search.Weight;
import org.jspecify.annotations.Nullable;

/** Parts that somebody else knows about, such as those in stock. It asks only for parts that the other clauses beside it let through. */
final class OnlyQuery extends Query {
    /** Reading an id and looking it up, against the cost of a term. */
    private static final float COST = 40;

    private final Predicate<PartId> only;
    private final int most;

    OnlyQuery(Predicate<PartId> only) {
        this(only, Integer.MAX_VALUE);
    }

    private OnlyQuery(Predicate<PartId> only, int most) {
        this.only = only;
        this.most = most;
    }

    /** @param most after so many that were asked for, in the order of the index, none is let through */
    static OnlyQuery first(int most, Predicate<PartId> only) {
        return new OnlyQuery(only, most);
    }

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost) {
        return new ConstantScoreWeight(this, boost) {
            private int asked;

            @Override
            public ScorerSupplier scorerSupplier(LeafReaderContext context) throws IOException {
                BinaryDocValues ids = DocValues.getBinary(context.reader(), Fields.ID);
                TwoPhaseIterator matches = new TwoPhaseIterator(ids) {
                    @Override
                    public boolean matches() throws IOException {
                        if (asked == most) return false;
                        asked++;
                        return only.test(PartDocuments.id(ids.binaryValue()));
                    }

                    @Override
                    public float matchCost() {
                        return COST;
                    }
                };
                return new ScorerSupplier() {
                    @Override
                    public Scorer get(long leadCost) {
                        return new ConstantScoreScorer(score(), scoreMode, matches);
                    }

                    @Override
                    public long cost() {
                        return ids.cost();
                    }
                };
            }

            @Override
            public boolean isCacheable(LeafReaderContext context) {
                return false;
            }
        };
    }

    @Override
    public void visit(QueryVisitor visitor) {
        if (visitor.acceptField(Fields.ID)) visitor.visitLeaf(this);
    }

    @Override
    public String toString(String field) {
        return "only some parts";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OnlyQuery query && only.equals(query.only) && most == query.most;
    }

    @Override
    public int hashCode() {
        return Objects.hash(OnlyQuery.class, only, most);
    }
}
