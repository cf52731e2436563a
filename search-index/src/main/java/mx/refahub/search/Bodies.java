package mx.refahub.search;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.jspecify.annotations.Nullable;

/**
 * What the trade calls the bodies of vehicles, in two languages. A fitment may name one ({@code Pickup doble cabina}), several with a semicolon between
 * them, or none, which is any; a body in words that are not here is shown, and answers nothing but itself being left open.
 */
final class Bodies {
    /** In which respect two bodies may differ. */
    private enum Respect {
        KIND,
        CAB,
        DOORS
    }

    private enum Trait {
        SEDAN(Respect.KIND),
        HATCHBACK(Respect.KIND),
        COUPE(Respect.KIND),
        CONVERTIBLE(Respect.KIND),
        WAGON(Respect.KIND),
        SUV(Respect.KIND),
        PICKUP(Respect.KIND),
        VAN(Respect.KIND),
        MINIVAN(Respect.KIND),
        SINGLE_CAB(Respect.CAB),
        EXTENDED_CAB(Respect.CAB),
        CREW_CAB(Respect.CAB),
        TWO_DOORS(Respect.DOORS),
        THREE_DOORS(Respect.DOORS),
        FOUR_DOORS(Respect.DOORS),
        FIVE_DOORS(Respect.DOORS);

        private final Respect respect;

        Trait(Respect respect) {
            this.respect = respect;
        }

        /** Among the words that name vehicles; no word that anybody types. */
        private Term term() {
            return new Term(Fields.VEHICLE, "=" + name());
        }
    }

    /**
     * A body as it is said.
     *
     * @param words folded, without those that ask for nothing
     * @param traits of each respect that it speaks of, any of these
     */
    record Phrase(List<String> words, Map<Respect, Set<Trait>> traits) {}

    /** Longest a phrase. */
    static final int MOST_WORDS = 3;

    /** A phrase of one word that is not finished. */
    private static final int SHORTEST_BEGINNING = 3;

    private static final Map<List<String>, Phrase> PHRASES = phrases();
    private static final Set<String> WORDS = words();

    enum Answer {
        NO,
        /** It names no body, or nothing that speaks against this one. */
        OPEN,
        NAMED
    }

    private Bodies() {}

    private static Map<List<String>, Phrase> phrases() {
        Map<List<String>, Phrase> all = new LinkedHashMap<>();
        add(all, EnumSet.of(Trait.SEDAN), "sedan");
        add(all, EnumSet.of(Trait.HATCHBACK), "hatchback", "hatch back", "hatch");
        add(all, EnumSet.of(Trait.COUPE), "coupe", "cupe");
        add(all, EnumSet.of(Trait.CONVERTIBLE), "convertible", "cabriolet", "cabrio", "descapotable");
        add(all, EnumSet.of(Trait.WAGON), "wagon", "station wagon", "guayin", "sportwagen", "variant");
        add(all, EnumSet.of(Trait.WAGON, Trait.SUV), "vagoneta");
        add(all, EnumSet.of(Trait.SUV), "suv", "sport utility", "crossover");
        add(all, EnumSet.of(Trait.PICKUP), "pickup", "pick up", "troca", "camioneta de carga");
        add(all, EnumSet.of(Trait.PICKUP, Trait.SUV, Trait.VAN, Trait.MINIVAN, Trait.WAGON), "camioneta");
        add(all, EnumSet.of(Trait.VAN, Trait.MINIVAN), "van", "furgon", "furgoneta");
        add(all, EnumSet.of(Trait.MINIVAN), "minivan", "mini van", "mini passenger van");
        add(
                all,
                EnumSet.of(Trait.SINGLE_CAB, Trait.PICKUP),
                "cabina sencilla",
                "cabina regular",
                "cabina simple",
                "regular cab",
                "single cab",
                "standard cab");
        add(
                all,
                EnumSet.of(Trait.EXTENDED_CAB, Trait.PICKUP),
                "cabina y media",
                "cabina extendida",
                "extended cab",
                "king cab",
                "super cab");
        add(
                all,
                EnumSet.of(Trait.CREW_CAB, Trait.PICKUP),
                "doble cabina",
                "cabina doble",
                "crew cab",
                "double cab",
                "quad cab");
        List<Trait> doors = List.of(Trait.TWO_DOORS, Trait.THREE_DOORS, Trait.FOUR_DOORS, Trait.FIVE_DOORS);
        for (int i = 0; i < doors.size(); i++)
            for (String word : List.of("puertas", "ptas", "doors", "door", "dr"))
                add(all, EnumSet.of(doors.get(i)), (i + 2) + " " + word, (i + 2) + word);
        return all;
    }

    private static void add(Map<List<String>, Phrase> all, Set<Trait> traits, String... said) {
        Map<Respect, Set<Trait>> byRespect = new EnumMap<>(Respect.class);
        for (Trait trait : traits)
            byRespect
                    .computeIfAbsent(trait.respect, each -> EnumSet.noneOf(Trait.class))
                    .add(trait);
        for (String each : said) {
            Phrase phrase = new Phrase(Text.asking(each), byRespect);
            all.put(phrase.words, phrase);
        }
    }

    private static Set<String> words() {
        Set<String> words = new HashSet<>();
        for (List<String> phrase : PHRASES.keySet()) words.addAll(phrase);
        return Set.copyOf(words);
    }

    /** Whether it is a word of some phrase. */
    static boolean mayBe(String word) {
        return WORDS.contains(word);
    }

    /** The phrase that these words are in their order. */
    static @Nullable Phrase said(List<String> words) {
        return PHRASES.get(words);
    }

    /** Phrases that begin with these words, the last of which is not finished. */
    static List<Phrase> begun(List<String> words) {
        String last = words.getLast();
        if (last.length() < SHORTEST_BEGINNING) return List.of();
        List<String> before = words.subList(0, words.size() - 1);
        return PHRASES.values().stream()
                .filter(phrase -> phrase.words.size() == words.size()
                        && phrase.words.subList(0, before.size()).equals(before)
                        && phrase.words.getLast().length() > last.length()
                        && phrase.words.getLast().startsWith(last))
                .toList();
    }

    /** The bodies of a fitment, each by itself. */
    private static Stream<String> each(String body) {
        return Stream.of(body.split(";")).map(String::strip).filter(one -> !one.isEmpty());
    }

    private static Map<Respect, Set<Trait>> traits(String body) {
        List<String> words = Text.asking(body);
        Map<Respect, Set<Trait>> traits = new EnumMap<>(Respect.class);
        int at = 0;
        while (at < words.size()) {
            int length = Math.min(MOST_WORDS, words.size() - at);
            Phrase here = said(words.subList(at, at + length));
            while (here == null && --length > 0) here = said(words.subList(at, at + length));
            if (here != null)
                here.traits.forEach(
                        (respect, some) -> traits.computeIfAbsent(respect, none -> EnumSet.noneOf(Trait.class))
                                .addAll(some));
            at += Math.max(1, length);
        }
        return traits;
    }

    /** How a fitment's body answers what was said. */
    static Answer answer(String body, Phrase said) {
        Answer best = body.isEmpty() ? Answer.OPEN : Answer.NO;
        for (String one : each(body).toList()) {
            Answer here = answer(traits(one), said);
            if (here.compareTo(best) > 0) best = here;
        }
        return best;
    }

    private static Answer answer(Map<Respect, Set<Trait>> traits, Phrase said) {
        Answer answer = Answer.NAMED;
        for (Map.Entry<Respect, Set<Trait>> asked : said.traits.entrySet()) {
            Set<Trait> has = traits.getOrDefault(asked.getKey(), Set.of());
            if (has.isEmpty()) answer = Answer.OPEN;
            else if (asked.getValue().stream().noneMatch(has::contains)) return Answer.NO;
        }
        return answer;
    }

    /** Of a fitment's bodies the one that answers best; empty if none names what was said. */
    static String naming(String body, Phrase said) {
        return each(body)
                .filter(one -> answer(one, said) == Answer.NAMED)
                .findFirst()
                .orElse("");
    }

    /** What a part is found by that fits such a body, beside the words of its vehicles. */
    static Set<String> terms(String body) {
        Set<String> terms = new HashSet<>();
        each(body)
                .forEach(one -> traits(one)
                        .values()
                        .forEach(some ->
                                some.forEach(trait -> terms.add(trait.term().text()))));
        return terms;
    }

    /** Parts of which some fitment names the body. */
    static Query parts(Phrase said) {
        List<Query> all = new ArrayList<>();
        for (Set<Trait> some : said.traits.values()) {
            List<Query> any = new ArrayList<>();
            for (Trait trait : some) any.add(new TermQuery(trait.term()));
            all.add(any.size() == 1 ? any.getFirst() : Question.any(any));
        }
        return Question.filters(all);
    }
}
