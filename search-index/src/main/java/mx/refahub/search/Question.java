package mx.refahub.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import mx.refahub.domain.part.PartNumber;
import mx.refahub.domain.search.PartQuery;
import mx.refahub.domain.search.Reason;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.jspecify.annotations.Nullable;

/**
 * What was typed, as Lucene queries. Each class of reasons has its own height of score, a multiple of {@link #STEP}, so that the class orders first
 * and what happens inside a class never lifts a hit out of it.
 */
final class Question {
    static final float STEP = 1_000f;
    private static final int SHORTEST_PREFIX = 2;
    private static final int SHORTEST_WORD_BEGINNING = 2;

    private final PartQuery asked;
    private final Vehicles vehicles;
    private final List<String> tokens;
    private final String normal;

    Question(PartQuery asked, Vehicles vehicles) {
        this.asked = asked;
        this.vehicles = vehicles;
        this.tokens = Text.tokens(asked.text());
        this.normal = PartNumber.normal(String.join("", tokens));
    }

    String normal() {
        return normal;
    }

    /** The height of a class; the words' own score comes on top of theirs. */
    static float height(Reason.Kind kind) {
        return (Reason.Kind.values().length - kind.ordinal()) * STEP;
    }

    /** The class that a score stands in. */
    static Reason.Kind classOf(float score) {
        int fromLast = Math.clamp((int) (score / STEP), 1, Reason.Kind.values().length);
        return Reason.Kind.values()[Reason.Kind.values().length - fromLast];
    }

    Query exactly() {
        if (tokens.isEmpty()) return filtered(at(Reason.Kind.FITS, new MatchAllDocsQuery()));
        List<Query> ways = new ArrayList<>();
        ways.add(at(Reason.Kind.EXACT, new TermQuery(new Term(Fields.PRINTED, Text.printed(asked.text())))));
        if (!normal.isEmpty()) {
            ways.add(at(Reason.Kind.WITHOUT_DASHES, new TermQuery(new Term(Fields.NORMAL, normal))));
            ways.add(at(Reason.Kind.INTERCHANGE, new TermQuery(new Term(Fields.OTHER, normal))));
            ways.add(at(Reason.Kind.REPLACES, new TermQuery(new Term(Fields.OLD, normal))));
        }
        if (normal.length() >= SHORTEST_PREFIX)
            ways.add(at(Reason.Kind.PREFIX, new PrefixQuery(new Term(Fields.NORMAL, normal))));
        ways.add(lifted(Reason.Kind.WORD, words(false)));
        return filtered(new DisjunctionMaxQuery(ways, 0f));
    }

    /** For when nothing matched: words that are much like the typed ones. */
    Query similarly() {
        return tokens.isEmpty()
                ? new MatchNoDocsQuery("nothing typed")
                : filtered(lifted(Reason.Kind.SIMILAR, words(true)));
    }

    Query fitsChosen() {
        return filtered(new MatchAllDocsQuery());
    }

    private static Query at(Reason.Kind kind, Query query) {
        return new BoostQuery(new ConstantScoreQuery(query), height(kind));
    }

    private static Query lifted(Reason.Kind kind, Query words) {
        return new BooleanQuery.Builder()
                .add(at(kind, new MatchAllDocsQuery()), Occur.MUST)
                .add(words, Occur.MUST)
                .build();
    }

    private Query filtered(Query query) {
        BooleanQuery.Builder all = new BooleanQuery.Builder().add(query, Occur.MUST);
        if (asked.hasVehicle()) all.add(vehicles.chosen(asked), Occur.FILTER);
        if (!asked.category().isEmpty())
            all.add(new TermQuery(new Term(Fields.CATEGORY, Text.fold(asked.category()))), Occur.FILTER);
        return all.build();
    }

    /** Every word must be met: in name, brand or category, as the beginning of a number, or together as the name of a vehicle. */
    private Query words(boolean similar) {
        Set<String> vehicle = vehicles.named(tokens.stream().map(Text::fold).toList());
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        BooleanQuery.Builder asWords = new BooleanQuery.Builder();
        boolean any = false;
        for (int i = 0; i < tokens.size(); i++) {
            Query word = word(tokens.get(i), i == tokens.size() - 1, similar);
            if (word == null) continue;
            if (vehicle.contains(Text.fold(tokens.get(i)))) asWords.add(word, Occur.MUST);
            else {
                all.add(word, Occur.MUST);
                any = true;
            }
        }
        if (!vehicle.isEmpty()) {
            Query fits = new ConstantScoreQuery(vehicles.said(vehicle));
            all.add(new DisjunctionMaxQuery(List.of(fits, asWords.build()), 0f), Occur.MUST);
            any = true;
        }
        return any ? all.build() : new MatchNoDocsQuery("only stop words");
    }

    private static @Nullable Query word(String token, boolean last, boolean similar) {
        List<Query> ways = new ArrayList<>();
        phrase(Fields.SPANISH, Text.SPANISH, token, 1f, ways);
        phrase(Fields.ENGLISH, Text.ENGLISH, token, 0.9f, ways);
        phrase(Fields.WORDS, Text.WORDS, token, 1f, ways);
        boolean stopWord = terms(Text.SPANISH, token).isEmpty();
        if (stopWord && !terms(Text.WORDS, token).isEmpty() && !last) return null;
        String bare = PartNumber.normal(token);
        if (bare.length() >= 3 && bare.chars().anyMatch(Character::isDigit)) {
            ways.add(constant(new PrefixQuery(new Term(Fields.NORMAL, bare)), 0.5f));
            ways.add(constant(new TermQuery(new Term(Fields.OTHER, bare)), 0.5f));
        }
        List<String> folded = terms(Text.WORDS, token);
        if (folded.size() == 1) {
            String word = folded.getFirst();
            if (last && word.length() >= SHORTEST_WORD_BEGINNING)
                ways.add(constant(new PrefixQuery(new Term(Fields.WORDS, word)), 0.4f));
            if (similar && word.length() >= 4)
                ways.add(new BoostQuery(
                        new FuzzyQuery(new Term(Fields.WORDS, word), word.length() >= 8 ? 2 : 1, 1, 50, true), 0.3f));
        }
        return ways.isEmpty() ? null : new DisjunctionMaxQuery(ways, 0f);
    }

    private static Query constant(Query query, float boost) {
        return new BoostQuery(new ConstantScoreQuery(query), boost);
    }

    private static void phrase(String field, Analyzer analyzer, String token, float boost, List<Query> ways) {
        List<String> terms = terms(analyzer, token);
        if (terms.isEmpty()) return;
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        terms.forEach(term -> all.add(new TermQuery(new Term(field, term)), Occur.MUST));
        ways.add(new BoostQuery(all.build(), boost));
    }

    private static List<String> terms(Analyzer analyzer, String token) {
        List<String> terms = new ArrayList<>();
        try (TokenStream stream = analyzer.tokenStream("", token)) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) terms.add(term.toString());
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException("a string does not fail", e);
        }
        return terms;
    }
}
