package mx.refahub.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartNumber;
import mx.refahub.domain.search.PartQuery;
import mx.refahub.domain.search.Reason;
import mx.refahub.domain.search.Understood;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.jspecify.annotations.Nullable;

/**
 * What was typed, as Lucene queries. Each class of reasons has its own height of score, so that the class orders first; the words' points stay below
 * the lowest height. Points are given by field and not by frequency, so that they tell the same for the same parts in any snapshot; they are eighths,
 * which add up to the same in any order.
 */
final class Question implements AutoCloseable {
    private static final float HEIGHT = 1_000f;
    /** From the lowest height up. What lies below it is {@code WORD}, or {@code SIMILAR} in its own search. */
    private static final List<Reason.Kind> LADDER = List.of(
            Reason.Kind.WORD,
            Reason.Kind.PREFIX,
            Reason.Kind.REPLACES,
            Reason.Kind.INTERCHANGE,
            Reason.Kind.WITHOUT_DASHES,
            Reason.Kind.EXACT);

    private static final int SHORTEST_NUMBER = 3;
    /** Lucene refuses more than 1,024; what is above is left out, the readings that hold most words together first. */
    private static final int MAX_CLAUSES = 900;
    /** Of a single word, beyond what the word itself needs. */
    private static final int MAX_SYNONYMS = 24;

    private static final int SHORTEST_PIECE = 3;
    private static final int MAX_PIECES = 3;
    /** {@code de}, {@code para} between two pieces. */
    private static final int LONGEST_HYPHEN = 4;

    private static final int MAX_SPLITS = 4;

    /** It names a vehicle, and vehicles are what a counter is asked for. */
    private static final float POINTS_VEHICLE = 11;
    /** It is what the part is, not only a word of its name. */
    private static final float POINTS_LEAD = 10;

    private static final float POINTS_WHOLE_WORD = 9;
    private static final float POINTS_NAME = 8;
    private static final float POINTS_BRAND = 7;
    /** The synonym of a phrase of several words: each of them gets these, a bit less than if it had been met itself. */
    private static final float POINTS_PHRASE_LEAD = 8.5f;

    private static final float POINTS_PHRASE = 7.5f;
    private static final float POINTS_SYNONYM_LEAD = 7;
    private static final float POINTS_SYNONYM = 6;
    /** It may name a vehicle, but the words around it say something else: <i>spark</i> before <i>plug</i>. */
    private static final float POINTS_PERHAPS_VEHICLE = 6;

    private static final float POINTS_LEAD_BEGINNING = 6;
    private static final float POINTS_BEGINNING = 5;
    private static final float POINTS_ABOUT = 4;
    private static final float POINTS_VEHICLE_BEGINNING = 3;
    /** A body that the vehicle leaves open: less than if the part itself had the word. */
    private static final float POINTS_OPEN_BODY = 3;
    /** The model's whole name was said. */
    private static final float POINTS_WHOLE_MODEL = 1;
    /** Of what is joined or split otherwise than typed, a share of the points. */
    private static final float RESPELLED = 0.9f;
    /** A word met, where not all are: more than all points within a word. */
    private static final float POINTS_WORD_MET = 50;

    private final PartQuery asked;
    private final OpenSnapshot snapshot;
    private final PartSets.Lent sets;
    private final List<TypedWord> words;
    private final String normal;
    private @Nullable Succession succession;
    private final Map<Term, Boolean> known = new HashMap<>();
    private final Map<TypedWord, List<List<String>>> vehicleReadings = new IdentityHashMap<>();
    private final Map<TypedWord, List<Vehicles.BodySaying>> bodies = new IdentityHashMap<>();
    private final Map<TypedWord, Map<Boolean, BestWay>> alone = new IdentityHashMap<>();

    Question(PartQuery asked, OpenSnapshot snapshot) {
        this.asked = asked;
        this.snapshot = snapshot;
        this.sets = snapshot.sets().lend();
        Set<String> lifted = new HashSet<>();
        for (String each : asked.lifted()) for (String token : Text.tokens(each)) lifted.add(Text.key(token));
        this.words = TypedWord.of(asked.text(), lifted);
        this.normal = PartNumber.normal(asked.text());
    }

    /** Its queries are of no use afterwards. */
    @Override
    public void close() {
        sets.close();
    }

    String normal() {
        return normal;
    }

    /** By which numbers a part came that replaces the typed one in more than one step; else empty. */
    String succeeded(PartId part) throws IOException {
        return succession == null ? "" : succession.way(part, normal);
    }

    boolean hasText() {
        return !asked.text().isEmpty();
    }

    static Reason.Kind kind(float score) {
        return LADDER.get(Math.clamp((int) (score / HEIGHT), 0, LADDER.size() - 1));
    }

    /** The words as they were read. */
    List<String> read() {
        return words.stream()
                .filter(word -> !word.optional())
                .map(word -> word.typed().text())
                .toList();
    }

    // What was chosen

    /** Parts that fit the chosen vehicle and have the chosen category, brand and position. */
    Query chosen() {
        List<Query> all = new ArrayList<>();
        if (asked.hasVehicle()) all.add(snapshot.vehicles().chosen(asked));
        if (!asked.category().isEmpty()) all.add(category(asked));
        if (!asked.brand().isEmpty()) all.add(brand(asked));
        if (!asked.position().isEmpty()) all.add(position(asked));
        return all.isEmpty() ? MatchAllDocsQuery.INSTANCE : filters(all);
    }

    /** The same without what facets are counted by. */
    Query chosenVehicle() {
        return asked.hasVehicle() ? snapshot.vehicles().chosen(asked) : MatchAllDocsQuery.INSTANCE;
    }

    static Query category(PartQuery asked) {
        return new TermQuery(new Term(Fields.CATEGORY, PartDocuments.categoryKey(asked.category())));
    }

    static Query brand(PartQuery asked) {
        return new TermQuery(new Term(Fields.BRAND_NAME, PartDocuments.nameKey(asked.brand())));
    }

    static Query position(PartQuery asked) {
        return new TermQuery(new Term(Fields.POSITION, PartDocuments.nameKey(asked.position())));
    }

    // What was typed

    /**
     * A way of reading what was typed.
     *
     * @param vehicles what its words say of vehicles, but for those that stand in a phrase
     * @param guessed with words that were not typed
     */
    record Attempt(List<TypedWord> words, Query query, Vehicles.Ear vehicles, boolean guessed) {}

    /** The words as queries. */
    private record ByWords(@Nullable Query query, Vehicles.Ear vehicles) {}

    Attempt asTyped() throws IOException {
        List<Query> ways = new ArrayList<>();
        ways.add(at(Reason.Kind.EXACT, new TermQuery(new Term(Fields.PRINTED, Text.printed(asked.text())))));
        if (!normal.isEmpty()) {
            ways.add(at(Reason.Kind.WITHOUT_DASHES, new TermQuery(new Term(Fields.NUMBER, normal))));
            ways.add(at(Reason.Kind.INTERCHANGE, new TermQuery(new Term(Fields.INTERCHANGE, normal))));
            ways.add(at(Reason.Kind.REPLACES, new TermQuery(new Term(Fields.REPLACES, normal))));
            succession = Succession.of(snapshot.reader(), normal);
            for (PartId later : succession.later())
                ways.add(at(Reason.Kind.REPLACES, new TermQuery(PartDocuments.key(later))));
        }
        Query beginning = beginning(normal);
        if (beginning != null) ways.add(at(Reason.Kind.PREFIX, beginning));
        ByWords byWords = byWords(words);
        if (byWords.query != null) ways.add(byWords.query);
        return new Attempt(words, new DisjunctionMaxQuery(ways, 0f), byWords.vehicles, false);
    }

    /**
     * For when nothing was found: the same with words much like the typed ones. Numbers are never guessed.
     *
     * @param wide also for words that do exist, and with words that are further away
     * @return null if no word is like another
     */
    @Nullable
    Attempt similarly(boolean wide) throws IOException {
        List<TypedWord> widened = new ArrayList<>();
        boolean found = false;
        for (TypedWord word : words) {
            List<TypedWord.Form> similar = new ArrayList<>();
            List<List<String>> pieces = new ArrayList<>();
            String plain = word.typed().text();
            boolean guess = !word.optional() && !word.hasDigit() && (wide || !exists(word));
            if (guess) {
                for (Vocabulary.Match match :
                        snapshot.vocabulary().like(plain, snapshot.synonyms().words(), wide))
                    similar.add(TypedWord.Form.of(match.word(), match.likeness()));
                if (Vocabulary.isWord(plain)) split(plain, new ArrayList<>(), pieces);
            }
            found |= !similar.isEmpty() || !pieces.isEmpty();
            widened.add(word.guessed(similar, pieces));
        }
        if (!found) return null;
        ByWords byWords = byWords(widened);
        return byWords.query == null ? null : new Attempt(widened, byWords.query, byWords.vehicles, true);
    }

    /** Whether it means something as it is typed. */
    private boolean exists(TypedWord word) throws IOException {
        TypedWord.Form typed = word.typed();
        for (String plain : typed.plain())
            if (known(Fields.PLAIN, plain)
                    || known(Fields.BRAND, plain)
                    || known(Fields.VEHICLE, plain)
                    || Bodies.mayBe(plain)) return true;
        for (String stem : typed.spanish()) if (known(Fields.NAME_ES, stem)) return true;
        for (String stem : typed.english()) if (known(Fields.NAME_EN, stem)) return true;
        if (snapshot.synonyms().knows(typed.spelling())) return true;
        return known(Fields.NUMBER, typed.number())
                || known(Fields.INTERCHANGE, typed.number())
                || known(Fields.REPLACES, typed.number());
    }

    private boolean known(String field, String text) throws IOException {
        if (text.isEmpty()) return false;
        Term term = new Term(field, text);
        Boolean here = known.get(term);
        if (here == null) known.put(term, here = snapshot.vocabulary().has(term));
        return here;
    }

    /**
     * Parts that meet at least half of the words; those that meet most come first. Null for less than two words.
     *
     * @param closest the words with what they may have been meant to be
     */
    @Nullable
    Query nearest(List<TypedWord> closest) throws IOException {
        List<TypedWord> asking =
                closest.stream().filter(word -> !word.optional()).toList();
        if (asking.size() < 2) return null;
        Own own = own(closest);
        BooleanQuery.Builder most = new BooleanQuery.Builder();
        for (int i = 0; i < closest.size(); i++) {
            TypedWord word = closest.get(i);
            if (word.optional()) continue;
            List<Query> ways = new ArrayList<>(List.of(own.queries.get(i)));
            Query vehicle = vehicleAlone(word, false);
            ways.add(points(vehicle, POINTS_VEHICLE));
            most.add(
                    new BooleanQuery.Builder()
                            .add(points(any(ways), POINTS_WORD_MET), Occur.MUST)
                            .add(new DisjunctionMaxQuery(ways, 0f), Occur.SHOULD)
                            .build(),
                    Occur.SHOULD);
        }
        most.setMinimumNumberShouldMatch((asking.size() + 1) / 2);
        return most.build();
    }

    static Query any(List<Query> queries) {
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        queries.forEach(query -> any.add(query, Occur.SHOULD));
        return any.build();
    }

    private static Query at(Reason.Kind kind, Query query) {
        return points(query, LADDER.indexOf(kind) * HEIGHT);
    }

    private static BoostQuery points(Query query, float points) {
        return new BoostQuery(new ConstantScoreQuery(query), points);
    }

    /** In eighths. */
    private static float share(float points, float likeness) {
        return likeness == 1 ? points : Math.max(1, Math.round(points * likeness * 8)) / 8f;
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
    private ByWords byWords(List<TypedWord> words) throws IOException {
        if (words.isEmpty()) return new ByWords(null, snapshot.vehicles().listen(List.of(), List.of()));
        Own own = own(words);
        List<Vehicles.Saying> sayings = sayings(words);
        List<Vehicles.BodySaying> bodySayings = bodySayings(words);
        Vehicles.Ear ear = snapshot.vehicles().listen(sayings, bodySayings);
        List<Query> readings = new ArrayList<>();
        List<BestWay> needed = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) if (!words.get(i).optional()) needed.add(own.queries.get(i));
        readings.add(new WordsQuery(needed, own.optional, null, sets));
        Vehicles.Said said = snapshot.vehicles().said(ear);
        int clauses = own.clauses(0);
        for (Reading reading : readings(said, words)) {
            clauses += own.clauses(reading.bits) + 4 * words.size();
            if (clauses > MAX_CLAUSES) break;
            readings.add(reading(reading, said, words, own));
        }
        int phrased = own.phrased();
        Vehicles.Ear vehicles = phrased == 0
                ? ear
                : snapshot.vehicles()
                        .listen(
                                sayings.stream()
                                        .filter(saying -> (saying.bit() & phrased) == 0)
                                        .toList(),
                                bodySayings.stream()
                                        .filter(saying -> (saying.bits() & phrased) == 0)
                                        .toList());
        return new ByWords(new DisjunctionMaxQuery(readings, 0f), vehicles);
    }

    // Words that a vehicle answers

    /**
     * Words that are the vehicle's to answer.
     *
     * @param rows of the vehicles that do; null for a single word, which needs no vehicle to hold it together with another
     */
    private record Reading(int bits, Vehicles.@Nullable Rows rows) {}

    /** The largest sets of words first. */
    private static List<Reading> readings(Vehicles.Said said, List<TypedWord> words) {
        Map<Integer, Vehicles.Rows> together = new HashMap<>();
        int alone = whole(said.alone(), words);
        said.together().forEach((key, rows) -> {
            int bits = whole(key, words);
            if (Integer.bitCount(bits) < 2) return;
            Vehicles.Rows before = together.putIfAbsent(bits, rows);
            if (before != null) before.add(rows);
        });
        List<Reading> readings = new ArrayList<>();
        together.forEach((bits, rows) -> readings.add(new Reading(bits, rows)));
        // The last word whole and its beginning are two readings: one vehicle may have this, another that.
        int singles = alone | (said.alone() & words.getLast().beginningBit());
        for (int bit = Integer.highestOneBit(singles); bit != 0; bit >>= 1)
            if ((singles & bit) != 0) readings.add(new Reading(bit, null));
        readings.sort(Comparator.<Reading>comparingInt(reading -> -Integer.bitCount(reading.bits))
                .thenComparingInt(Reading::bits));
        return readings;
    }

    /** A vehicle that has the whole last word does not also have its beginning. */
    private static int whole(int bits, List<TypedWord> words) {
        TypedWord last = words.getLast();
        return (bits & last.bit()) != 0 ? bits & ~last.beginningBit() : bits;
    }

    /** What was typed, as it may name a vehicle. */
    private List<Vehicles.Saying> sayings(List<TypedWord> words) {
        List<Vehicles.Saying> sayings = new ArrayList<>();
        for (TypedWord word : words) {
            if (word.optional() || word.lifted()) continue;
            List<List<String>> readings = vehicleReadings(word);
            sayings.add(new Vehicles.Saying(word.bit(), readings, false, word.year(), word.shortYear()));
            if (word.beginningBit() != 0)
                sayings.add(
                        new Vehicles.Saying(word.beginningBit(), word.typed().vehicle(), true, 0, false));
        }
        return sayings;
    }

    /** Words that are what a body is called, the longest phrases first. */
    private List<Vehicles.BodySaying> bodySayings(List<TypedWord> words) {
        List<Vehicles.BodySaying> sayings = new ArrayList<>();
        int open = Vehicles.FIRST_OPEN;
        for (int from = 0; from < words.size(); from++) {
            int to = Math.min(words.size(), from + Bodies.MOST_WORDS);
            List<Vehicles.BodySaying> here = bodySayings(words.subList(from, to), open, to == words.size());
            while (here.isEmpty() && --to > from) here = bodySayings(words.subList(from, to), open, to == words.size());
            if (here.isEmpty()) continue;
            open <<= 1;
            sayings.addAll(here);
            for (TypedWord word : words.subList(from, to)) bodies.put(word, here);
            from = to - 1;
        }
        return sayings;
    }

    private static List<Vehicles.BodySaying> bodySayings(List<TypedWord> words, int open, boolean last) {
        List<String> said = new ArrayList<>();
        int bits = 0;
        for (TypedWord word : words) {
            if (word.optional() || word.lifted()) return List.of();
            said.addAll(word.forms().stream()
                    .filter(form -> form.plain().stream().allMatch(Bodies::mayBe))
                    .findFirst()
                    .orElse(word.typed())
                    .plain());
            bits |= word.bit();
        }
        if (said.isEmpty() || said.size() > Bodies.MOST_WORDS) return List.of();
        String typed = String.join(" ", words.stream().map(TypedWord::token).toList());
        Bodies.Phrase phrase = Bodies.said(said);
        if (phrase != null) return List.of(new Vehicles.BodySaying(bits, open, phrase, false, typed));
        int beginning = words.getLast().beginningBit();
        if (!last || beginning == 0) return List.of();
        int begun = bits & ~words.getLast().bit() | beginning;
        return Bodies.begun(said).stream()
                .map(each -> new Vehicles.BodySaying(begun, 0, each, true, typed))
                .toList();
    }

    private List<List<String>> vehicleReadings(TypedWord word) {
        List<List<String>> before = vehicleReadings.get(word);
        if (before != null) return before;
        Set<List<String>> readings = new LinkedHashSet<>();
        for (TypedWord.Form form : word.forms()) readings.addAll(form.vehicle());
        for (Synonyms.Found found : snapshot.synonyms().in(List.of(word.spellings()), false))
            for (Synonyms.Phrase phrase : found.meant())
                if (!phrase.vehicle().isEmpty()) readings.add(phrase.vehicle());
        List<List<String>> all = List.copyOf(readings);
        vehicleReadings.put(word, all);
        return all;
    }

    private Query reading(Reading reading, Vehicles.Said said, List<TypedWord> words, Own own) {
        List<BestWay> parts = new ArrayList<>();
        List<BestWay> optional = new ArrayList<>(own.optional);
        List<BestWay> vehicle = new ArrayList<>();
        List<BestWay> engines = new ArrayList<>();
        float points = 0;
        for (int i = 0; i < words.size(); i++) {
            TypedWord word = words.get(i);
            if (word.optional()) continue;
            boolean whole = (reading.bits & word.bit()) != 0;
            if (!whole && (reading.bits & word.beginningBit()) == 0) {
                parts.add(own.queries.get(i));
                continue;
            }
            if (!whole) points += POINTS_VEHICLE_BEGINNING;
            else if (isOpen(word, reading)) points += POINTS_OPEN_BODY;
            else points += own.inPhrase.get(i) ? POINTS_PERHAPS_VEHICLE : POINTS_VEHICLE;
            int mayBeOpen = said.engines() | said.bodies();
            boolean engine = (reading.bits & (word.bit() | word.beginningBit()) & mayBeOpen) != 0;
            (reading.rows == null || !engine ? vehicle : engines).add(vehicleAlone(word, !whole));
        }
        // Nothing but an engine or a body was said: only those that name it, or all that is open for any would be
        // found.
        if (parts.isEmpty() && vehicle.isEmpty()) vehicle = engines;
        if (reading.rows != null) {
            boolean named = reading.rows.named().stream().anyMatch(rows -> !rows.isEmpty());
            return new WordsQuery(
                    parts,
                    optional,
                    new WordsQuery.Vehicle(
                            vehicle,
                            new FitsQuery(reading.rows.all()),
                            points,
                            named ? new FitsQuery(reading.rows.named()) : null,
                            POINTS_WHOLE_MODEL),
                    sets);
        }
        if (!said.named().isEmpty() && said.named().size() <= Text.MAX_TOKENS) {
            List<BoostQuery> models = new ArrayList<>();
            for (String model : said.named())
                models.add(points(new TermQuery(new Term(Fields.MODEL, model)), POINTS_WHOLE_MODEL));
            optional.add(new BestWay(models, sets));
        }
        return new WordsQuery(parts, optional, new WordsQuery.Vehicle(vehicle, null, points, null, 0), sets);
    }

    /** Whether the reading's vehicles answer the word only because they leave the body open. */
    private boolean isOpen(TypedWord word, Reading reading) {
        for (Vehicles.BodySaying body : bodies.getOrDefault(word, List.of()))
            if ((reading.bits & body.open()) != 0) return true;
        return false;
    }

    /** For each part that fits a vehicle of which the word may be said, the points of one that does. */
    private BestWay vehicleAlone(TypedWord word, boolean beginning) {
        return alone.computeIfAbsent(word, each -> new HashMap<>()).computeIfAbsent(beginning, each -> {
            List<BoostQuery> ways = new ArrayList<>();
            if (word.lifted()) return new BestWay(ways, sets);
            for (List<String> parts : beginning ? word.typed().vehicle() : vehicleReadings(word)) {
                List<Query> terms = new ArrayList<>();
                for (int i = 0; i < parts.size(); i++) {
                    Term term = new Term(Fields.VEHICLE, parts.get(i));
                    terms.add(beginning && i == parts.size() - 1 ? new PrefixQuery(term) : new TermQuery(term));
                }
                ways.add(points(filters(terms), 1));
            }
            for (Vehicles.BodySaying body : bodies.getOrDefault(word, List.of()))
                if (body.begun() == beginning) ways.add(points(Bodies.parts(body.phrase()), 1));
            if (word.year() != 0 && !beginning)
                ways.add(points(new TermQuery(new Term(Fields.YEAR, Integer.toString(word.year()))), 1));
            return new BestWay(ways, sets);
        });
    }

    // Words that the part itself answers

    /**
     * For each word, how a part answers it by its own words.
     *
     * @param counts clauses of each
     * @param inPhrase words that stand in a phrase that is known as a whole, such as <i>spark plug</i>
     * @param optional what brings a part up but is not asked for
     */
    private record Own(List<BestWay> queries, List<Integer> counts, List<Boolean> inPhrase, List<BestWay> optional) {
        /** Bits of words that stand in a phrase. */
        int phrased() {
            int bits = 0;
            for (int i = 0; i < inPhrase.size(); i++) if (inPhrase.get(i)) bits |= 1 << i;
            return bits;
        }

        /** @param answered bits of words that need none of this */
        int clauses(int answered) {
            int clauses = 0;
            for (int i = 0; i < counts.size(); i++) if ((answered & 1 << i) == 0) clauses += counts.get(i);
            return clauses;
        }
    }

    private Own own(List<TypedWord> words) throws IOException {
        List<List<BoostQuery>> ways = new ArrayList<>();
        List<Boolean> inPhrase = new ArrayList<>();
        List<BestWay> optional = new ArrayList<>();
        for (TypedWord word : words) {
            inPhrase.add(false);
            ways.add(new ArrayList<>());
            if (word.optional())
                optional.add(new BestWay(List.of(points(begins(Fields.PLAIN, word), POINTS_BEGINNING)), sets));
            else ways.getLast().addAll(ownWays(word));
        }
        synonyms(words, ways, inPhrase);
        joined(words, ways);
        for (int i = 0; i < words.size(); i++) pieces(words.get(i), ways.get(i));
        List<BestWay> queries = new ArrayList<>();
        List<Integer> counts = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            queries.add(new BestWay(ways.get(i), sets));
            counts.add(leaves(ways.get(i)));
        }
        return new Own(queries, counts, inPhrase, optional);
    }

    private static int leaves(List<? extends Query> queries) {
        int leaves = 0;
        for (Query query : queries) {
            if (query instanceof BoostQuery boost) leaves += leaves(List.of(boost.getQuery()));
            else if (query instanceof ConstantScoreQuery constant) leaves += leaves(List.of(constant.getQuery()));
            else if (query instanceof BooleanQuery each)
                leaves += leaves(
                        each.clauses().stream().map(clause -> clause.query()).toList());
            else leaves++;
        }
        return leaves;
    }

    private static Query begins(String field, TypedWord word) {
        return new PrefixQuery(new Term(field, word.typed().text()));
    }

    private List<BoostQuery> ownWays(TypedWord word) throws IOException {
        List<BoostQuery> ways = new ArrayList<>();
        for (TypedWord.Form form : word.forms()) ways(form, ways);
        TypedWord.Form typed = word.typed();
        if (typed.number().length() >= SHORTEST_NUMBER && typed.number().chars().anyMatch(Character::isDigit)) {
            all(Fields.NUMBER, Set.of(typed.number()), POINTS_WHOLE_WORD, ways);
            all(Fields.INTERCHANGE, Set.of(typed.number()), POINTS_NAME, ways);
            all(Fields.REPLACES, Set.of(typed.number()), POINTS_NAME, ways);
            Query beginning = beginning(typed.number());
            if (word.beginningBit() != 0 && beginning != null) ways.add(points(beginning, POINTS_BEGINNING));
        }
        if (word.beginningBit() != 0 && typed.plain().size() == 1) {
            ways.add(points(begins(Fields.LEAD_ES, word), POINTS_LEAD_BEGINNING));
            ways.add(points(begins(Fields.PLAIN, word), POINTS_BEGINNING));
            ways.add(points(begins(Fields.BRAND, word), POINTS_BEGINNING));
        }
        return ways;
    }

    private void ways(TypedWord.Form form, List<BoostQuery> ways) throws IOException {
        float likeness = form.likeness();
        all(Fields.LEAD_ES, form.spanish(), share(POINTS_LEAD, likeness), ways);
        all(Fields.LEAD_EN, form.english(), share(POINTS_LEAD, likeness), ways);
        all(Fields.PLAIN, form.plain(), share(POINTS_WHOLE_WORD, likeness), ways);
        if (!form.joined().isEmpty() && !form.plain().equals(Set.of(form.joined())))
            all(Fields.PLAIN, Set.of(form.joined()), share(POINTS_WHOLE_WORD, likeness), ways);
        all(Fields.NAME_ES, form.spanish(), share(POINTS_NAME, likeness), ways);
        all(Fields.NAME_EN, form.english(), share(POINTS_NAME, likeness), ways);
        all(Fields.BRAND, form.plain(), share(POINTS_BRAND, likeness), ways);
        all(Fields.ABOUT_ES, form.spanish(), share(POINTS_ABOUT, likeness), ways);
        all(Fields.ABOUT_EN, form.english(), share(POINTS_ABOUT, likeness), ways);
    }

    /** Nothing where a term is in no part: that way leads nowhere, and costs. */
    private void all(String field, Set<String> terms, float points, List<BoostQuery> ways) throws IOException {
        if (terms.isEmpty()) return;
        List<Query> each = new ArrayList<>();
        for (String term : terms) {
            if (!known(field, term)) return;
            each.add(new TermQuery(new Term(field, term)));
        }
        ways.add(points(filters(each), points));
    }

    /** Each word of a phrase that has synonyms is answered by any of them, whole. */
    private void synonyms(List<TypedWord> words, List<List<BoostQuery>> ways, List<Boolean> inPhrase)
            throws IOException {
        List<List<Synonyms.Spelling>> spellings =
                words.stream().map(TypedWord::spellings).toList();
        boolean begun = words.getLast().beginningBit() != 0;
        for (Synonyms.Found found : snapshot.synonyms().in(spellings, begun)) {
            if (found.isWholePhrase()) for (int i = found.from(); i < found.to(); i++) inPhrase.set(i, true);
            List<BoostQuery> meant = new ArrayList<>();
            float likeness = found.begun() ? RESPELLED * found.likeness() : found.likeness();
            for (Synonyms.Phrase phrase : found.meant())
                if (meant.size() < MAX_SYNONYMS) meant(phrase, found.to() - found.from() > 1, likeness, meant);
            for (int i = found.from(); i < found.to(); i++)
                if (!words.get(i).optional()) ways.get(i).addAll(meant);
        }
    }

    private void meant(Synonyms.Phrase phrase, boolean manyTyped, float likeness, List<BoostQuery> ways)
            throws IOException {
        List<String> es = phrase.spanish();
        List<String> en = phrase.english();
        if (!es.isEmpty()) meant(Fields.LEAD_ES, Fields.NAME_ES, Fields.ABOUT_ES, es, 0, manyTyped, likeness, ways);
        if (!en.isEmpty())
            meant(Fields.LEAD_EN, Fields.NAME_EN, Fields.ABOUT_EN, en, en.size() - 1, manyTyped, likeness, ways);
    }

    /** What the phrase is about must be in the name; its other words may be in the category: <i>disco</i> of <i>Frenos</i>. */
    private void meant(
            String leadField,
            String nameField,
            String aboutField,
            List<String> stems,
            int leadAt,
            boolean manyTyped,
            float likeness,
            List<BoostQuery> ways)
            throws IOException {
        List<Query> others = new ArrayList<>();
        String lead = stems.get(leadAt);
        if (!known(nameField, lead)) return;
        for (int i = 0; i < stems.size(); i++) {
            if (i == leadAt) continue;
            boolean inName = known(nameField, stems.get(i));
            boolean inAbout = known(aboutField, stems.get(i));
            if (!inName && !inAbout) return;
            Query name = new TermQuery(new Term(nameField, stems.get(i)));
            Query about = new TermQuery(new Term(aboutField, stems.get(i)));
            others.add(inName && inAbout ? any(List.of(name, about)) : inName ? name : about);
        }
        List<Query> name = new ArrayList<>(others);
        name.add(new TermQuery(new Term(nameField, lead)));
        ways.add(points(filters(name), share(manyTyped ? POINTS_PHRASE : POINTS_SYNONYM, likeness)));
        if (!known(leadField, lead)) return;
        List<Query> leading = new ArrayList<>(others);
        leading.add(new TermQuery(new Term(leadField, lead)));
        ways.add(points(filters(leading), share(manyTyped ? POINTS_PHRASE_LEAD : POINTS_SYNONYM_LEAD, likeness)));
    }

    /** {@code limpia para brisas}: neighbours that are one word in the catalogue. */
    private void joined(List<TypedWord> words, List<List<BoostQuery>> ways) throws IOException {
        List<String> tokens = Text.tokens(asked.text());
        int[] wordOf = wordsOf(tokens, words);
        for (int from = 0; from < tokens.size(); from++) {
            StringBuilder joined = new StringBuilder(Text.joined(tokens.get(from)));
            for (int to = from + 1; to < Math.min(tokens.size(), from + MAX_PIECES); to++) {
                joined.append(Text.joined(tokens.get(to)));
                List<BoostQuery> one = new ArrayList<>();
                respelled(joined.toString(), to == tokens.size() - 1, one);
                if (one.isEmpty()) continue;
                for (int i = from; i <= to; i++)
                    if (wordOf[i] >= 0) ways.get(wordOf[i]).addAll(one);
            }
        }
    }

    /** For each token its word; -1 for those that ask for nothing. */
    private static int[] wordsOf(List<String> tokens, List<TypedWord> words) {
        int[] wordOf = new int[tokens.size()];
        int next = 0;
        for (int i = 0; i < tokens.size(); i++) {
            boolean here = next < words.size()
                    && words.get(next).token().equals(tokens.get(i))
                    && (!words.get(next).optional() || i == tokens.size() - 1);
            wordOf[i] = here ? next++ : -1;
        }
        return wordOf;
    }

    private void respelled(String word, boolean last, List<BoostQuery> ways) throws IOException {
        if (word.length() > Text.MAX_TOKEN_LENGTH) return;
        boolean hasDigit = word.chars().anyMatch(Character::isDigit);
        all(Fields.PLAIN, Set.of(word), share(POINTS_WHOLE_WORD, RESPELLED), ways);
        if (hasDigit) return;
        all(Fields.LEAD_ES, Text.spanish(word), share(POINTS_LEAD, RESPELLED), ways);
        all(Fields.NAME_ES, Text.spanish(word), share(POINTS_NAME, RESPELLED), ways);
        all(Fields.NAME_EN, Text.english(word), share(POINTS_NAME, RESPELLED), ways);
        if (ways.isEmpty() && last && word.length() >= 2 * SHORTEST_PIECE && !word.isEmpty())
            ways.add(points(new PrefixQuery(new Term(Fields.PLAIN, word)), share(POINTS_BEGINNING, RESPELLED)));
    }

    /** Of a word that falls into others, {@code portafusible}, {@code 12v}, all of these. */
    private void pieces(TypedWord word, List<BoostQuery> ways) throws IOException {
        String plain = word.typed().text();
        for (List<String> pieces : word.pieces()) pieces(pieces, ways);
        boolean digitsMeetLetters =
                word.hasDigit() && !word.optional() && word.typed().plain().size() == 1;
        if (digitsMeetLetters && !known(Fields.PLAIN, plain) && !known(Fields.VEHICLE, plain)) {
            List<String> pieces = Text.piecesOfDigits(plain);
            if (pieces.size() > 1 && pieces.size() <= MAX_PIECES) pieces(pieces, ways);
        }
    }

    private void pieces(List<String> pieces, List<BoostQuery> ways) throws IOException {
        List<Query> all = new ArrayList<>();
        for (String piece : pieces) {
            Query here = piece(piece);
            if (here.equals(NOTHING)) return;
            all.add(here);
        }
        ways.add(points(filters(all), share(POINTS_NAME, RESPELLED)));
    }

    private static final Query NOTHING = MatchNoDocsQuery.INSTANCE;

    /** Whole or by its stem. */
    private Query piece(String word) throws IOException {
        List<Query> ways = new ArrayList<>();
        if (known(Fields.PLAIN, word)) ways.add(new TermQuery(new Term(Fields.PLAIN, word)));
        for (String stem : Text.spanish(word))
            if (known(Fields.NAME_ES, stem)) ways.add(new TermQuery(new Term(Fields.NAME_ES, stem)));
        for (String stem : Text.english(word))
            if (known(Fields.NAME_EN, stem)) ways.add(new TermQuery(new Term(Fields.NAME_EN, stem)));
        return ways.isEmpty() ? NOTHING : ways.size() == 1 ? ways.getFirst() : any(ways);
    }

    /** Each way in which the word falls into up to three words that parts have, held together by a <i>de</i> or not. */
    private void split(String rest, List<String> pieces, List<List<String>> ways) throws IOException {
        if (ways.size() == MAX_SPLITS) return;
        if (!pieces.isEmpty() && isPiece(rest)) {
            List<String> all = new ArrayList<>(pieces);
            all.add(rest);
            all.removeIf(Text::asksNothing);
            if (all.size() > 1) ways.add(List.copyOf(all));
        }
        if (pieces.size() == MAX_PIECES - 1) return;
        for (int at = 2; at <= rest.length() - SHORTEST_PIECE; at++) {
            String piece = rest.substring(0, at);
            boolean holds = !pieces.isEmpty() && at <= LONGEST_HYPHEN && Text.asksNothing(piece);
            if (!holds && !isPiece(piece)) continue;
            List<String> more = new ArrayList<>(pieces);
            more.add(piece);
            split(rest.substring(at), more, ways);
        }
    }

    private boolean isPiece(String word) throws IOException {
        return word.length() >= SHORTEST_PIECE
                && !Text.asksNothing(word)
                && !piece(word).equals(NOTHING);
    }

    static Query filters(List<Query> queries) {
        if (queries.size() == 1) return queries.getFirst();
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        queries.forEach(query -> all.add(query, Occur.FILTER));
        return all.build();
    }

    // What was understood

    /** Each way in which a part may meet the word, for telling of one part whether it does. */
    List<Query> ways(TypedWord word) throws IOException {
        List<Query> ways = new ArrayList<>(own(List.of(word)).queries);
        ways.add(vehicleAlone(word, false));
        return ways;
    }

    /** The terms of the vehicle that was named; neighbours that name the same are one. */
    static List<Understood.VehicleTerm> understood(List<TypedWord> words, List<Vehicles.Heading> headings) {
        List<Understood.VehicleTerm> terms = new ArrayList<>();
        int before = -2;
        for (int i = 0; i < words.size(); i++) {
            TypedWord word = words.get(i);
            for (Vehicles.Heading heading : headings) {
                if ((heading.bit() & (word.bit() | word.beginningBit())) == 0) continue;
                String value = heading.value().isEmpty() ? word.token() : heading.value();
                Understood.VehicleTerm last = terms.isEmpty() ? null : terms.getLast();
                if (last != null
                        && before == i - 1
                        && last.kind() == heading.kind()
                        && last.value().equals(value))
                    terms.set(
                            terms.size() - 1,
                            new Understood.VehicleTerm(heading.kind(), last.typed() + ' ' + word.token(), value));
                else terms.add(new Understood.VehicleTerm(heading.kind(), word.token(), value));
                before = i;
                break;
            }
        }
        return terms;
    }

    /** What was tried in place of words that led nowhere; another number of the same word is nothing else. */
    static List<Understood.Tried> tried(List<TypedWord> words) {
        List<Understood.Tried> tried = new ArrayList<>();
        for (TypedWord word : words) {
            List<String> instead = word.forms().stream()
                    .skip(1)
                    .filter(form -> !form.spanish().equals(word.typed().spanish()))
                    .map(TypedWord.Form::text)
                    .toList();
            if (!instead.isEmpty()) tried.add(new Understood.Tried(word.token(), instead));
        }
        return tried;
    }
}
