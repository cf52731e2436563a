package mx.refahub.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.StringHelper;
import org.jspecify.annotations.Nullable;

/**
 * The points of the best of several ways in which a part may answer a word, as a disjunction's maximum would give them. Each height of points is read
 * once into sets of bits, so that it costs the same few steps to ask a part whether it answers, however many ways there are and however many readings
 * of the question ask it. Lives as long as its question.
 */
final class BestWay extends Query {
    /** Up to here a part is looked up in the other lists; beyond, whole lists are cut with one another. */
    private static final int FEW = 512;

    private final List<BoostQuery> ways;
    private final PartSets.Lent sets;
    private final Map<LeafReaderContext, Levels> read = new IdentityHashMap<>();
    private final Map<LeafReaderContext, Long> costs = new IdentityHashMap<>();

    /** @param ways terms, beginnings, and what holds some of them together, each with its points */
    BestWay(List<BoostQuery> ways, PartSets.Lent sets) {
        this.ways = ways.stream()
                .sorted(Comparator.comparing(BoostQuery::getBoost).reversed())
                .toList();
        this.sets = sets;
    }

    /** The parts that a way leads to by segment, the heights in descending order. */
    record Levels(List<Level> levels, FixedBitSet[] unions) {
        int size() {
            return levels.size();
        }

        float points(int level) {
            return levels.get(level).points;
        }

        float most() {
            return levels.isEmpty() ? 0 : levels.getFirst().points;
        }

        /**
         * Parts that one of the ways of these heights leads to.
         *
         * @param first how many heights count, not none
         */
        FixedBitSet union(int first, LeafReaderContext leaf, PartSets.Lent sets) {
            FixedBitSet union = unions[first - 1];
            if (union != null) return union;
            Level top = levels.getFirst();
            if (first == 1 && top.parts.size() == 1) union = top.parts.getFirst();
            else {
                union = sets.empty(leaf);
                for (Level level : levels.subList(0, first)) for (FixedBitSet parts : level.parts) union.or(parts);
            }
            unions[first - 1] = union;
            return union;
        }

        /** Its points, 0 if no way leads to it. */
        float of(int document) {
            int level = of(document, levels.size());
            return level == levels.size() ? 0 : levels.get(level).points;
        }

        /** @return the number of heights counted if none has it */
        private int of(int document, int first) {
            for (int i = 0; i < first; i++) if (levels.get(i).has(document)) return i;
            return first;
        }
    }

    record Level(float points, List<FixedBitSet> parts) {
        boolean has(int document) {
            for (int i = 0; i < parts.size(); i++) if (parts.get(i).get(document)) return true;
            return false;
        }
    }

    Levels levels(LeafReaderContext leaf) throws IOException {
        Levels before = read.get(leaf);
        if (before != null) return before;
        List<Level> levels = new ArrayList<>();
        for (int from = 0, to; from < ways.size(); from = to) {
            float points = ways.get(from).getBoost();
            for (to = from + 1; to < ways.size() && ways.get(to).getBoost() == points; ) to++;
            List<FixedBitSet> parts = new ArrayList<>();
            FixedBitSet own = null;
            for (BoostQuery way : ways.subList(from, to)) {
                Query query = bare(way);
                FixedBitSet kept = query instanceof TermQuery term ? common(term.getTerm(), leaf) : null;
                if (kept != null) {
                    parts.add(kept);
                    continue;
                }
                if (cost(query, leaf) == 0) continue;
                if (own == null) parts.add(own = sets.empty(leaf));
                into(own, query, leaf);
            }
            if (!parts.isEmpty()) levels.add(new Level(points, parts));
        }
        Levels all = new Levels(levels, new FixedBitSet[levels.size()]);
        read.put(leaf, all);
        return all;
    }

    private static Query bare(Query query) {
        return switch (query) {
            case BoostQuery boost -> bare(boost.getQuery());
            case ConstantScoreQuery constant -> bare(constant.getQuery());
            default -> query;
        };
    }

    /** Parts at most, counted anew for each term: for choosing which clause leads. */
    private long cost(Query query, LeafReaderContext leaf) throws IOException {
        return switch (bare(query)) {
            case TermQuery term -> sets.count(leaf, term.getTerm());
            case PrefixQuery beginning -> cost(beginning, leaf);
            case BooleanQuery several -> cost(several, leaf);
            case MatchNoDocsQuery none -> 0;
            case Query other -> throw new IllegalArgumentException("no way for a word: " + other);
        };
    }

    private long cost(PrefixQuery beginning, LeafReaderContext leaf) throws IOException {
        long all = 0;
        TermsEnum terms = begins(beginning.getPrefix(), leaf);
        if (terms == null) return 0;
        for (BytesRef term = terms.term(); isOf(term, beginning); term = terms.next()) all += terms.docFreq();
        return all;
    }

    private long cost(BooleanQuery several, LeafReaderContext leaf) throws IOException {
        boolean together = isTogether(several);
        long all = together ? Long.MAX_VALUE : 0;
        for (BooleanClause clause : several.clauses()) {
            long one = cost(clause.query(), leaf);
            all = together ? Math.min(all, one) : all + one;
        }
        return several.clauses().isEmpty() ? 0 : all;
    }

    private static boolean isTogether(BooleanQuery several) {
        return !several.clauses().isEmpty() && several.clauses().getFirst().isRequired();
    }

    private static @Nullable TermsEnum begins(Term beginning, LeafReaderContext leaf) throws IOException {
        Terms terms = leaf.reader().terms(beginning.field());
        TermsEnum each = terms == null ? null : terms.iterator();
        return each == null || each.seekCeil(beginning.bytes()) == TermsEnum.SeekStatus.END ? null : each;
    }

    private static boolean isOf(@Nullable BytesRef term, PrefixQuery beginning) {
        return term != null
                && StringHelper.startsWith(term, beginning.getPrefix().bytes());
    }

    /** Null for a term that is not common. */
    private @Nullable FixedBitSet common(Term term, LeafReaderContext leaf) throws IOException {
        if (!PartSets.isCommon(leaf, sets.count(leaf, term))) return null;
        return sets.common(leaf, term);
    }

    private void into(FixedBitSet parts, Query query, LeafReaderContext leaf) throws IOException {
        switch (bare(query)) {
            case TermQuery term -> term(parts, term, leaf);
            case PrefixQuery beginning -> beginning(parts, beginning, leaf);
            case BooleanQuery several -> {
                if (isTogether(several)) together(parts, several, leaf);
                else for (BooleanClause clause : several.clauses()) into(parts, clause.query(), leaf);
            }
            default -> {}
        }
    }

    private void term(FixedBitSet parts, TermQuery term, LeafReaderContext leaf) throws IOException {
        FixedBitSet kept = common(term.getTerm(), leaf);
        if (kept != null) parts.or(kept);
        else PartSets.all(parts, leaf.reader().postings(term.getTerm(), PostingsEnum.NONE));
    }

    private void beginning(FixedBitSet parts, PrefixQuery beginning, LeafReaderContext leaf) throws IOException {
        Term prefix = beginning.getPrefix();
        TermsEnum terms = begins(prefix, leaf);
        if (terms == null) return;
        PostingsEnum list = null;
        for (BytesRef term = terms.term(); isOf(term, beginning); term = terms.next()) {
            FixedBitSet kept = PartSets.isCommon(leaf, terms.docFreq())
                    ? common(new Term(prefix.field(), BytesRef.deepCopyOf(term)), leaf)
                    : null;
            if (kept != null) parts.or(kept);
            else PartSets.all(parts, list = terms.postings(list, PostingsEnum.NONE));
        }
    }

    private void together(FixedBitSet parts, BooleanQuery several, LeafReaderContext leaf) throws IOException {
        record Part(Query query, long cost) {}
        List<Part> each = new ArrayList<>();
        for (BooleanClause clause : several.clauses())
            each.add(new Part(bare(clause.query()), cost(clause.query(), leaf)));
        each.sort(Comparator.comparingLong(Part::cost));
        Part fewest = each.getFirst();
        if (fewest.cost == 0) return;
        if (fewest.cost <= FEW && each.stream().allMatch(one -> one.query instanceof TermQuery)) {
            lookedUp(parts, each.stream().map(one -> (TermQuery) one.query).toList(), leaf);
            return;
        }
        FixedBitSet all = sets.empty(leaf);
        into(all, fewest.query, leaf);
        for (Part one : each.subList(1, each.size())) {
            FixedBitSet kept = one.query instanceof TermQuery term ? common(term.getTerm(), leaf) : null;
            if (kept == null) {
                kept = sets.empty(leaf);
                into(kept, one.query, leaf);
            }
            all.and(kept);
        }
        parts.or(all);
    }

    /** The parts of the first term that the others have too. */
    private void lookedUp(FixedBitSet parts, List<TermQuery> terms, LeafReaderContext leaf) throws IOException {
        LeafReader reader = leaf.reader();
        PostingsEnum first = reader.postings(terms.getFirst().getTerm(), PostingsEnum.NONE);
        List<PostingsEnum> others = new ArrayList<>();
        for (TermQuery term : terms.subList(1, terms.size())) {
            PostingsEnum other = reader.postings(term.getTerm(), PostingsEnum.NONE);
            if (other == null) return;
            others.add(other);
        }
        if (first == null) return;
        for (int document = first.nextDoc(); document != DocIdSetIterator.NO_MORE_DOCS; document = first.nextDoc()) {
            boolean all = true;
            for (int i = 0; i < others.size() && all; i++) {
                PostingsEnum other = others.get(i);
                int there = other.docID() < document ? other.advance(document) : other.docID();
                all = there == document;
            }
            if (all) parts.set(document);
        }
    }

    /** Parts at most in a segment. */
    long cost(LeafReaderContext leaf) throws IOException {
        Long before = costs.get(leaf);
        if (before != null) return before;
        long cost = 0;
        for (BoostQuery way : ways) cost += cost(way, leaf);
        costs.put(leaf, Math.min(cost, leaf.reader().maxDoc()));
        return Math.min(cost, leaf.reader().maxDoc());
    }

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost) {
        return new WordsQuery(List.of(this), List.of(), null, sets).createWeight(searcher, mode, boost);
    }

    @Override
    public void visit(QueryVisitor visitor) {
        visitor.visitLeaf(this);
    }

    @Override
    public String toString(String field) {
        return "best of " + ways;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BestWay way && ways.equals(way.ways);
    }

    @Override
    public int hashCode() {
        return ways.hashCode();
    }
}
