package mx.refahub.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import mx.refahub.domain.part.Fitment;
import mx.refahub.domain.part.PartNumber;
import mx.refahub.domain.search.PartQuery;
import mx.refahub.domain.search.Reason;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * What was typed, as Lucene queries. Each class of reasons has its own height of score, so that the class orders first; the words' points stay below
 * the lowest height. Points are given by field and not by frequency, so that they tell the same for the same parts in any snapshot.
 */
final class Question {
    private static final float HEIGHT = 1_000f;
    /** From the lowest height up. What lies below it is {@code WORD}, or {@code SIMILAR} in its own search. */
    private static final List<Reason.Kind> LADDER = List.of(
            Reason.Kind.WORD,
            Reason.Kind.PREFIX,
            Reason.Kind.REPLACES,
            Reason.Kind.INTERCHANGE,
            Reason.Kind.WITHOUT_DASHES,
            Reason.Kind.EXACT);

    private static final int SHORTEST_BEGINNING = 2;
    private static final int SHORTEST_NUMBER = 3;
    /** Lucene refuses more than 1,024; what is above is left out, the readings that hold most words together first. */
    private static final int MAX_CLAUSES = 800;

    private static final float POINTS_WHOLE_WORD = 9;
    private static final float POINTS_NAME = 8;
    private static final float POINTS_BRAND = 7;
    private static final float POINTS_VEHICLE = 6;
    private static final float POINTS_BEGINNING = 5;
    private static final float POINTS_ABOUT = 4;
    private static final float POINTS_VEHICLE_BEGINNING = 3;

    private final PartQuery asked;
    private final Vehicles vehicles;
    private final List<Word> words;
    private final String normal;
    private int clauses;

    /**
     * A typed word.
     *
     * @param bit for the sets of words that a vehicle answers
     * @param beginningBit for the vehicles whose name only begins with it; 0 unless it is the last word
     * @param similar much like it, for a search that found nothing
     */
    private record Word(
            int bit,
            int beginningBit,
            Set<String> spanish,
            Set<String> english,
            Set<String> plain,
            String joined,
            List<List<String>> vehicle,
            int year,
            String number,
            List<SimilarWords.Match> similar) {}

    Question(PartQuery asked, Vehicles vehicles) {
        this.asked = asked;
        this.vehicles = vehicles;
        this.words = words(Text.tokens(asked.text()));
        this.normal = PartNumber.normal(asked.text());
    }

    private static List<Word> words(List<String> tokens) {
        List<Word> words = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            String token = tokens.get(i);
            Set<String> plain = Text.plain(token);
            Set<String> spanish = Text.spanish(token);
            Set<String> english = Text.english(token);
            // Words such as 'de', 'para', 'with' ask for nothing.
            if (spanish.isEmpty() || english.isEmpty()) continue;
            boolean last = i == tokens.size() - 1;
            List<List<String>> vehicle = new ArrayList<>();
            String joined = Text.vehicleJoined(token);
            List<String> parts = Text.vehicleParts(token);
            if (!joined.isEmpty()) vehicle.add(List.of(joined));
            if (parts.size() > 1) vehicle.add(parts);
            words.add(new Word(
                    1 << words.size(),
                    last && token.length() >= SHORTEST_BEGINNING ? 1 << Text.MAX_TOKENS : 0,
                    spanish,
                    english,
                    plain,
                    Text.joined(token),
                    vehicle,
                    year(token),
                    PartNumber.normal(token),
                    List.of()));
        }
        return words;
    }

    private static int year(String token) {
        if (token.length() != 4 || !token.chars().allMatch(c -> c >= '0' && c <= '9')) return 0;
        int year = Integer.parseInt(token);
        return year >= Fitment.FIRST_YEAR && year <= Fitment.LAST_YEAR ? year : 0;
    }

    String normal() {
        return normal;
    }

    boolean hasText() {
        return !asked.text().isEmpty();
    }

    static Reason.Kind kind(float score) {
        return LADDER.get(Math.clamp((int) (score / HEIGHT), 0, LADDER.size() - 1));
    }

    /** Parts that have the chosen category and fit the chosen vehicle. */
    Query chosen() {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        if (asked.hasVehicle()) all.add(vehicles.chosen(asked), Occur.FILTER);
        if (!asked.category().isEmpty()) all.add(category(asked), Occur.FILTER);
        BooleanQuery chosen = all.build();
        return chosen.clauses().isEmpty() ? MatchAllDocsQuery.INSTANCE : chosen;
    }

    static Query category(PartQuery asked) {
        return new TermQuery(new Term(Fields.CATEGORY, PartDocuments.categoryKey(asked.category())));
    }

    Query typed() {
        List<Query> ways = new ArrayList<>();
        ways.add(at(Reason.Kind.EXACT, new TermQuery(new Term(Fields.PRINTED, Text.printed(asked.text())))));
        if (!normal.isEmpty()) {
            ways.add(at(Reason.Kind.WITHOUT_DASHES, new TermQuery(new Term(Fields.NUMBER, normal))));
            ways.add(at(Reason.Kind.INTERCHANGE, new TermQuery(new Term(Fields.INTERCHANGE, normal))));
            ways.add(at(Reason.Kind.REPLACES, new TermQuery(new Term(Fields.REPLACES, normal))));
        }
        Query beginning = beginning(normal);
        if (beginning != null) ways.add(at(Reason.Kind.PREFIX, beginning));
        Query byWords = byWords(words);
        if (byWords != null) ways.add(byWords);
        return within(new DisjunctionMaxQuery(ways, 0f));
    }

    private Query within(Query query) {
        return new BooleanQuery.Builder()
                .add(query, Occur.MUST)
                .add(chosen(), Occur.FILTER)
                .build();
    }

    private static Query at(Reason.Kind kind, Query query) {
        return points(query, LADDER.indexOf(kind) * HEIGHT);
    }

    private static Query points(Query query, float points) {
        return new BoostQuery(new ConstantScoreQuery(query), points);
    }

    private static @Nullable Query beginning(String normal) {
        int length = normal.codePointCount(0, normal.length());
        if (length < PartDocuments.SHORTEST_HEAD) return null;
        return length <= PartDocuments.LONGEST_HEAD
                ? new TermQuery(new Term(Fields.HEAD, normal))
                : new PrefixQuery(new Term(Fields.NUMBER, normal));
    }

    /**
     * Every word must be answered: by the part's own words, or, all that are not, by one and the same vehicle that it fits. So
     * {@code balata jetta 2015} is a pad of a Jetta of that year, and not one of a Jetta 2008 that fits a Golf 2015 too.
     */
    private @Nullable Query byWords(List<Word> words) {
        if (words.isEmpty()) return null;
        clauses = 0;
        List<Query> own = words.stream().map(this::ownWords).toList();
        int each = clauses;
        List<Query> readings = new ArrayList<>();
        readings.add(all(own));
        for (Map.Entry<Integer, TreeSet<BytesRef>> reading : readings(words)) {
            if (each * (readings.size() + 1) > MAX_CLAUSES) break;
            readings.add(reading(reading.getKey(), reading.getValue(), words, own));
        }
        return new DisjunctionMaxQuery(readings, 0f);
    }

    /** The sets of words that vehicles answer, the largest first. */
    private List<Map.Entry<Integer, TreeSet<BytesRef>>> readings(List<Word> words) {
        TreeMap<Integer, TreeSet<BytesRef>> said = new TreeMap<>();
        int alone = 0;
        for (Map.Entry<Integer, TreeSet<BytesRef>> each :
                vehicles.said(sayings(words)).entrySet()) {
            int bits = whole(each.getKey(), words);
            alone |= bits;
            if (Integer.bitCount(bits) > 1)
                said.computeIfAbsent(bits, b -> new TreeSet<>()).addAll(each.getValue());
        }
        for (int bit = Integer.highestOneBit(alone); bit != 0; bit >>= 1)
            if ((alone & bit) != 0) said.put(bit, new TreeSet<>());
        List<Map.Entry<Integer, TreeSet<BytesRef>>> readings = new ArrayList<>(said.entrySet());
        readings.sort(Map.Entry.<Integer, TreeSet<BytesRef>>comparingByKey(
                        (a, b) -> Integer.compare(Integer.bitCount(b), Integer.bitCount(a)))
                .thenComparing(Map.Entry.comparingByKey()));
        return readings;
    }

    /** A vehicle that has the whole last word does not also have its beginning. */
    private static int whole(int bits, List<Word> words) {
        Word last = words.getLast();
        return (bits & last.bit) != 0 ? bits & ~last.beginningBit : bits;
    }

    private static List<Vehicles.Saying> sayings(List<Word> words) {
        List<Vehicles.Saying> sayings = new ArrayList<>();
        for (Word word : words) {
            List<List<String>> readings = new ArrayList<>(word.vehicle);
            for (SimilarWords.Match match : word.similar)
                if (match.field().equals(Fields.VEHICLE)) readings.add(List.of(match.word()));
            sayings.add(new Vehicles.Saying(word.bit, readings, false, word.year));
            if (word.beginningBit != 0) sayings.add(new Vehicles.Saying(word.beginningBit, word.vehicle, true, 0));
        }
        return sayings;
    }

    private Query reading(int bits, TreeSet<BytesRef> terms, List<Word> words, List<Query> own) {
        List<Query> all = new ArrayList<>();
        float points = 0;
        @Nullable Query alone = null;
        for (int i = 0; i < words.size(); i++) {
            Word word = words.get(i);
            if ((bits & word.bit) != 0) {
                points += POINTS_VEHICLE;
                alone = vehicleAlone(word, false);
            } else if ((bits & word.beginningBit) != 0) {
                points += POINTS_VEHICLE_BEGINNING;
                alone = vehicleAlone(word, true);
            } else all.add(own.get(i));
        }
        boolean together = Integer.bitCount(bits) > 1;
        all.add(points(together || alone == null ? Vehicles.terms(terms) : alone, points));
        return all(all);
    }

    private static Query vehicleAlone(Word word, boolean beginning) {
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        for (List<String> parts : word.vehicle) {
            List<Query> each = new ArrayList<>();
            for (int i = 0; i < parts.size(); i++) {
                Term term = new Term(Fields.VEHICLE, parts.get(i));
                each.add(beginning && i == parts.size() - 1 ? new PrefixQuery(term) : new TermQuery(term));
            }
            any.add(all(each), Occur.SHOULD);
        }
        for (SimilarWords.Match match : word.similar)
            if (match.field().equals(Fields.VEHICLE))
                any.add(new TermQuery(new Term(Fields.VEHICLE, match.word())), Occur.SHOULD);
        if (word.year != 0 && !beginning)
            any.add(new TermQuery(new Term(Fields.YEAR, Integer.toString(word.year))), Occur.SHOULD);
        return any.build();
    }

    /** The word among the part's own: its name, category, brand, and numbers. */
    private Query ownWords(Word word) {
        List<Query> ways = new ArrayList<>();
        all(Fields.PLAIN, word.plain, POINTS_WHOLE_WORD, ways);
        if (!word.joined.isEmpty() && !word.plain.equals(Set.of(word.joined)))
            all(Fields.PLAIN, Set.of(word.joined), POINTS_WHOLE_WORD, ways);
        all(Fields.NAME_ES, word.spanish, POINTS_NAME, ways);
        all(Fields.NAME_EN, word.english, POINTS_NAME, ways);
        all(Fields.BRAND, word.plain, POINTS_BRAND, ways);
        all(Fields.ABOUT_ES, word.spanish, POINTS_ABOUT, ways);
        all(Fields.ABOUT_EN, word.english, POINTS_ABOUT, ways);
        if (word.number.length() >= SHORTEST_NUMBER && word.number.chars().anyMatch(Character::isDigit)) {
            all(Fields.NUMBER, Set.of(word.number), POINTS_WHOLE_WORD, ways);
            all(Fields.INTERCHANGE, Set.of(word.number), POINTS_NAME, ways);
            Query beginning = beginning(word.number);
            if (word.beginningBit != 0 && beginning != null) ways.add(points(beginning, POINTS_BEGINNING));
        }
        if (word.beginningBit != 0 && word.plain.size() == 1) {
            String plain = word.plain.iterator().next();
            ways.add(points(new PrefixQuery(new Term(Fields.PLAIN, plain)), POINTS_BEGINNING));
            ways.add(points(new PrefixQuery(new Term(Fields.BRAND, plain)), POINTS_BEGINNING));
        }
        for (SimilarWords.Match match : word.similar)
            if (!match.field().equals(Fields.VEHICLE))
                ways.add(points(
                        new TermQuery(new Term(match.field(), match.word())), POINTS_BEGINNING * match.likeness()));
        clauses += ways.size();
        return new DisjunctionMaxQuery(ways, 0f);
    }

    private void all(String field, Set<String> terms, float points, List<Query> ways) {
        if (terms.isEmpty()) return;
        clauses += terms.size();
        List<Query> each = new ArrayList<>();
        for (String term : terms) each.add(new TermQuery(new Term(field, term)));
        ways.add(points(all(each), points));
    }

    private static Query all(List<Query> queries) {
        if (queries.size() == 1) return queries.getFirst();
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        queries.forEach(query -> all.add(query, Occur.MUST));
        return all.build();
    }

    /** For when nothing was found: the same with words much like the typed ones; null if there are none. */
    @Nullable
    Similarly similarly(IndexReader reader) throws IOException {
        List<Word> widened = new ArrayList<>();
        Set<String> found = new LinkedHashSet<>();
        for (Word word : words) {
            List<SimilarWords.Match> similar = new ArrayList<>();
            if (word.plain.size() == 1 && word.year == 0)
                similar.addAll(SimilarWords.of(reader, word.plain.iterator().next()));
            for (SimilarWords.Match match : similar) found.add(match.word());
            widened.add(new Word(
                    word.bit,
                    word.beginningBit,
                    word.spanish,
                    word.english,
                    word.plain,
                    word.joined,
                    word.vehicle,
                    word.year,
                    word.number,
                    similar));
        }
        if (found.isEmpty()) return null;
        Query query = byWords(widened);
        return query == null
                ? null
                : new Similarly(
                        within(query), widened.stream().map(Word::similar).toList());
    }

    /** @param matches for each typed word, the closest first */
    record Similarly(Query query, List<List<SimilarWords.Match>> matches) {}

    /** What was typed, as it may name a vehicle. */
    List<Vehicles.Saying> sayings() {
        return sayings(words);
    }
}
