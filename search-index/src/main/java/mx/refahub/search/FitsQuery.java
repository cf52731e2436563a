package mx.refahub.search;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedSetDocValues;
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

/**
 * Parts that fit one of some vehicles. It only looks at the parts that the other clauses beside it let through, so that a make with thousands of
 * vehicles costs no more than one with three; those clauses name the make, the model or the year by a term.
 */
final class FitsQuery extends Query {
    /** Looking through a part's vehicles, against the cost of a term: about ten of them. */
    private static final float COST = 20;

    private final List<BitSet> rows;

    /** @param rows of the vehicle table of each segment of the one reader that this is for */
    FitsQuery(List<BitSet> rows) {
        this.rows = rows;
    }

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost) {
        return new ConstantScoreWeight(this, boost) {
            @Override
            public @Nullable ScorerSupplier scorerSupplier(LeafReaderContext context) throws IOException {
                BitSet wanted = rows.get(context.ord);
                if (wanted.isEmpty()) return null;
                SortedSetDocValues fits = DocValues.getSortedSet(context.reader(), Fields.FITS);
                TwoPhaseIterator matches = new TwoPhaseIterator(fits) {
                    @Override
                    public boolean matches() throws IOException {
                        return fitsOne(fits, wanted);
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
                        return fits.cost();
                    }
                };
            }

            @Override
            public boolean isCacheable(LeafReaderContext context) {
                return false;
            }
        };
    }

    private static boolean fitsOne(SortedSetDocValues fits, BitSet wanted) throws IOException {
        for (int i = 0; i < fits.docValueCount(); i++) if (wanted.get((int) fits.nextOrd())) return true;
        return false;
    }

    /** For asking one part of a segment after the other, in ascending order. */
    Asked asked(LeafReaderContext leaf) throws IOException {
        return new Asked(DocValues.getSortedSet(leaf.reader(), Fields.FITS), rows.get(leaf.ord));
    }

    record Asked(SortedSetDocValues fits, BitSet wanted) {
        boolean isFor(int document) throws IOException {
            return fits.advanceExact(document) && fitsOne(fits, wanted);
        }
    }

    @Override
    public void visit(QueryVisitor visitor) {
        if (visitor.acceptField(Fields.FITS)) visitor.visitLeaf(this);
    }

    @Override
    public String toString(String field) {
        return "fits " + rows.stream().mapToInt(BitSet::cardinality).sum() + " vehicles";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FitsQuery query && rows.equals(query.rows);
    }

    @Override
    public int hashCode() {
        return Objects.hash(FitsQuery.class, rows);
    }
}
