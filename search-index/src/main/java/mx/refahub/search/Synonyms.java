package mx.refahub.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.lucene.index.Term;

/** The synonyms that a snapshot brings along, ready for its parts: what no part has in its name was left out when it was opened. */
final class Synonyms {
    private static final int SHORTEST_BEGINNING = 4;
    /** A short beginning may be that of many phrases. */
    private static final int MOST_BEGUN = 6;

    private final Node spanish = new Node();
    private final Node english = new Node();
    private final List<List<Phrase>> meant = new ArrayList<>();
    private final Set<String> words = new TreeSet<>();
    private Vocabulary.Words spelled = new Vocabulary.Words();

    /** A phrase, word by word, by stems. */
    private static final class Node {
        private final TreeMap<String, Node> next = new TreeMap<>();
        private final List<End> ends = new ArrayList<>();

        /** @param phrase as written: what it finds is the others of its line */
        private record End(int line, String phrase) {}
    }

    /**
     * What a synonym looks for.
     *
     * @param spanish stems that the Spanish name, or category, must have; empty if no part can
     * @param english the same of the English name
     * @param vehicle words that name a vehicle; empty if they do not
     */
    record Phrase(String text, List<String> spanish, List<String> english, List<String> vehicle) {}

    /**
     * A phrase among the typed words.
     *
     * @param from the first of its words
     * @param to one after the last
     * @param likeness of its words to what was typed, 1 if all were typed so
     * @param begun its last word is not finished
     */
    record Found(int from, int to, float likeness, boolean begun, List<Phrase> meant) {
        boolean isWholePhrase() {
            return to - from > 1 && likeness == 1 && !begun;
        }
    }

    /** A word as it may be looked up: as typed, or a similar one. */
    record Spelling(Set<String> spanish, Set<String> english, String plain, float likeness) {}

    static Synonyms of(SynonymFile file, Vocabulary parts) throws IOException {
        Synonyms synonyms = new Synonyms();
        Map<Term, Boolean> known = new HashMap<>();
        Stems stems = new Stems();
        for (SynonymFile.Line line : file.lines()) {
            List<Phrase> meant = new ArrayList<>();
            for (String phrase : line.meant()) {
                List<String> words = stems.asking(phrase);
                Phrase resolved = new Phrase(
                        phrase,
                        resolved(stems.spanish(words), List.of(Fields.NAME_ES, Fields.ABOUT_ES), parts, known),
                        resolved(stems.english(words), List.of(Fields.NAME_EN, Fields.ABOUT_EN), parts, known),
                        resolved(words, List.of(Fields.VEHICLE), parts, known));
                if (!resolved.spanish.isEmpty() || !resolved.english.isEmpty() || !resolved.vehicle.isEmpty())
                    meant.add(resolved);
            }
            int number = synonyms.meant.size();
            synonyms.meant.add(List.copyOf(meant));
            for (String phrase : line.typed()) {
                if (meant.stream().allMatch(each -> each.text.equals(phrase))) continue;
                List<String> words = stems.asking(phrase);
                synonyms.words.addAll(words);
                Node.End end = new Node.End(number, phrase);
                add(synonyms.spanish, stems.spanish(words), end);
                add(synonyms.english, stems.english(words), end);
            }
        }
        synonyms.spelled = Vocabulary.words(synonyms.words);
        return synonyms;
    }

    /** Words come again and again; each is looked at once. */
    private static final class Stems {
        private final Map<String, Boolean> asking = new HashMap<>();
        private final Map<String, Set<String>> spanish = new HashMap<>();
        private final Map<String, Set<String>> english = new HashMap<>();

        List<String> asking(String phrase) {
            return Text.words(phrase).stream()
                    .filter(word -> asking.computeIfAbsent(word, each -> !Text.asksNothing(each)))
                    .toList();
        }

        List<String> spanish(List<String> words) {
            return words.stream()
                    .flatMap(word -> spanish.computeIfAbsent(word, Text::spanish).stream())
                    .toList();
        }

        List<String> english(List<String> words) {
            return words.stream()
                    .flatMap(word -> english.computeIfAbsent(word, Text::english).stream())
                    .toList();
        }
    }

    private static List<String> resolved(
            List<String> terms, List<String> fields, Vocabulary parts, Map<Term, Boolean> known) throws IOException {
        for (String text : terms) {
            boolean inAny = false;
            for (String field : fields) {
                Term term = new Term(field, text);
                Boolean here = known.get(term);
                if (here == null) known.put(term, here = parts.has(term));
                inAny |= here;
            }
            if (!inAny) return List.of();
        }
        return List.copyOf(terms);
    }

    private static void add(Node root, List<String> stems, Node.End end) {
        Node node = root;
        for (String stem : stems) node = node.next.computeIfAbsent(stem, key -> new Node());
        node.ends.add(end);
    }

    /** Words of phrases that find something: a misspelt word may be one of them. */
    Vocabulary.Words words() {
        return spelled;
    }

    boolean knows(Spelling word) {
        return words.contains(word.plain) || any(spanish, word.spanish) || any(english, word.english);
    }

    private static boolean any(Node root, Set<String> stems) {
        return stems.stream().anyMatch(root.next::containsKey);
    }

    /**
     * Every phrase among the words.
     *
     * @param words each as typed, and as it may have been meant
     * @param lastIsBegun whether the last word may be unfinished
     */
    List<Found> in(List<List<Spelling>> words, boolean lastIsBegun) {
        Map<String, Found> found = new LinkedHashMap<>();
        for (int from = 0; from < words.size(); from++) {
            walk(spanish, Spelling::spanish, words, from, lastIsBegun, found);
            walk(english, Spelling::english, words, from, lastIsBegun, found);
        }
        return List.copyOf(found.values());
    }

    private record Step(Node node, float likeness) {}

    private void walk(
            Node root,
            Function<Spelling, Set<String>> stems,
            List<List<Spelling>> words,
            int from,
            boolean lastIsBegun,
            Map<String, Found> found) {
        List<Step> steps = List.of(new Step(root, 1));
        for (int to = from + 1; to <= words.size() && !steps.isEmpty(); to++) {
            List<Step> next = new ArrayList<>();
            boolean begun = lastIsBegun && to == words.size();
            for (Step step : steps)
                for (Spelling spelling : words.get(to - 1)) {
                    float likeness = Math.min(step.likeness, spelling.likeness);
                    for (String stem : stems.apply(spelling)) {
                        Node node = step.node.next.get(stem);
                        if (node == null) continue;
                        next.add(new Step(node, likeness));
                        for (Node.End end : node.ends) add(found, from, to, likeness, false, end);
                    }
                    if (begun && spelling.likeness == 1) begun(step, spelling.plain, from, to, found);
                }
            steps = next;
        }
    }

    private void begun(Step step, String beginning, int from, int to, Map<String, Found> found) {
        if (beginning.length() < (to - from > 1 ? SHORTEST_BEGINNING - 1 : SHORTEST_BEGINNING)) return;
        int taken = 0;
        for (Map.Entry<String, Node> each :
                step.node.next.tailMap(beginning, false).entrySet()) {
            if (!each.getKey().startsWith(beginning) || taken == MOST_BEGUN) break;
            for (Node.End end : each.getValue().ends) {
                add(found, from, to, step.likeness, true, end);
                taken++;
            }
        }
    }

    private void add(Map<String, Found> found, int from, int to, float likeness, boolean begun, Node.End end) {
        String key = from + " " + to + " " + end.line;
        Found before = found.get(key);
        if (before != null && (before.likeness >= likeness && !before.begun || begun)) return;
        List<Phrase> others = new ArrayList<>();
        Set<String> texts = new HashSet<>();
        for (Phrase phrase : meant.get(end.line))
            if ((begun || !phrase.text.equals(end.phrase)) && texts.add(phrase.text)) others.add(phrase);
        if (!others.isEmpty()) found.put(key, new Found(from, to, likeness, begun, others));
    }
}
