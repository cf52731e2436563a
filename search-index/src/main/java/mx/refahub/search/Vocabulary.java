package mx.refahub.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** The words of an open snapshot, to find those that a misspelt one may have meant. Words that only removed parts have are not among them. */
final class Vocabulary {
    private static final List<String> FIELDS = List.of(Fields.PLAIN, Fields.BRAND, Fields.VEHICLE);
    private static final int SHORTEST = 4;
    private static final int LONGEST = 24;
    private static final int TWO_SLIPS_FROM = 7;
    private static final float ONE_SLIP = 1f;
    private static final float TWO_SLIPS = 2f;
    /** Candidates that are further than this from the closest are only looked at when that one leads nowhere. */
    private static final float ABOUT_AS_CLOSE = 0.6f;

    private static final int MOST_CLOSE = 5;
    private static final int MOST = 12;

    private final List<LeafReaderContext> leaves;
    private final Map<String, Words> bySegment;

    /** @param likeness 0 to 1, the closer the higher */
    record Match(String word, float likeness) {}

    /** A segment's words that a person may misspell: of letters only. It never changes, nor do they. */
    static final class Words {
        private final Map<Integer, List<Entry>> byLength = new TreeMap<>();

        private record Entry(String word, int letters, int fields) {}
    }

    private Vocabulary(List<LeafReaderContext> leaves, Map<String, Words> bySegment) {
        this.leaves = leaves;
        this.bySegment = bySegment;
    }

    /** Segments that the snapshot before had too bring their words along. */
    static Vocabulary of(DirectoryReader reader, @Nullable Vocabulary before) throws IOException {
        Map<String, Words> bySegment = new HashMap<>();
        for (LeafReaderContext context : reader.leaves()) {
            String id = Segments.id(context.reader());
            Words words = before == null ? null : before.bySegment.get(id);
            bySegment.put(id, words == null ? words(context.reader()) : words);
        }
        return new Vocabulary(reader.leaves(), bySegment);
    }

    /** Those of another list. */
    static Words words(Iterable<String> list) {
        Map<String, Integer> fields = new TreeMap<>();
        for (String word : list) if (isWord(word)) fields.put(word, 0);
        return words(fields);
    }

    private static Words words(LeafReader reader) throws IOException {
        Map<String, Integer> fields = new TreeMap<>();
        for (int i = 0; i < FIELDS.size(); i++) {
            Terms terms = reader.terms(FIELDS.get(i));
            if (terms == null) continue;
            TermsEnum each = terms.iterator();
            for (BytesRef term = each.next(); term != null; term = each.next())
                if (isWord(term)) fields.merge(term.utf8ToString(), 1 << i, (a, b) -> a | b);
        }
        return words(fields);
    }

    private static Words words(Map<String, Integer> fields) {
        Words words = new Words();
        fields.forEach((word, in) -> words.byLength
                .computeIfAbsent(word.length(), length -> new ArrayList<>())
                .add(new Words.Entry(word, letters(word), in)));
        return words;
    }

    private static boolean isWord(BytesRef term) {
        if (term.length < SHORTEST || term.length > LONGEST) return false;
        for (int i = 0; i < term.length; i++) {
            byte b = term.bytes[term.offset + i];
            if (b < 'a' || b > 'z') return false;
        }
        return true;
    }

    static boolean isWord(String word) {
        return isWord(new BytesRef(word));
    }

    private static int letters(String word) {
        int letters = 0;
        for (int i = 0; i < word.length(); i++) letters |= 1 << (word.charAt(i) - 'a');
        return letters;
    }

    /**
     * Words much like the typed one, the closest first; none for short words and for what has digits in it, where a letter makes another part.
     *
     * @param also words of the synonyms, which the parts need not have
     * @param wide also those that are clearly further away than the closest
     */
    List<Match> like(String typed, Words also, boolean wide) throws IOException {
        if (!isWord(typed)) return List.of();
        float limit = typed.length() >= TWO_SLIPS_FROM ? TWO_SLIPS : ONE_SLIP;
        Map<String, Float> distances = new TreeMap<>();
        for (LeafReaderContext leaf : leaves) {
            Words words = bySegment.get(Segments.id(leaf.reader()));
            if (words != null) like(typed, words, leaf.reader(), limit, distances);
        }
        // What parts have sets the measure: a synonym that happens to be closer does not push it out.
        float closestOfParts = closest(typed, distances);
        like(typed, also, null, limit, distances);
        distances.remove(typed);
        if (distances.isEmpty()) return List.of();
        float closest = closestOfParts < Float.MAX_VALUE ? closestOfParts : closest(typed, distances);
        return distances.entrySet().stream()
                .filter(each -> wide || each.getValue() <= closest + ABOUT_AS_CLOSE)
                .sorted(Comparator.comparing(Map.Entry<String, Float>::getValue).thenComparing(Map.Entry::getKey))
                .limit(wide ? MOST : MOST_CLOSE)
                .map(each -> new Match(each.getKey(), 1 - each.getValue() / (limit + 1)))
                .toList();
    }

    private static float closest(String typed, Map<String, Float> distances) {
        float closest = Float.MAX_VALUE;
        for (Map.Entry<String, Float> each : distances.entrySet())
            if (!each.getKey().equals(typed)) closest = Math.min(closest, each.getValue());
        return closest;
    }

    /** @param reader to see whether a part still has the word; null where that does not matter */
    private static void like(
            String typed, Words words, @Nullable LeafReader reader, float limit, Map<String, Float> distances)
            throws IOException {
        int letters = letters(typed);
        for (int length = typed.length() - 2; length <= typed.length() + 2; length++)
            for (Words.Entry entry : words.byLength.getOrDefault(length, List.of())) {
                if (tooManyOthers(letters, entry.letters) || distances.containsKey(entry.word)) continue;
                float distance = Misspelling.distance(typed, entry.word, limit);
                if (distance <= limit && (reader == null || alive(reader, entry))) distances.put(entry.word, distance);
            }
    }

    /** Two slips change four letters of the set at most. */
    private static boolean tooManyOthers(int some, int others) {
        return Integer.bitCount(some ^ others) > 4;
    }

    /** Whether a part that was not removed has it: so that an index answers the same however it came about. */
    boolean has(Term term) throws IOException {
        for (LeafReaderContext leaf : leaves) if (has(leaf.reader(), term)) return true;
        return false;
    }

    private static boolean has(LeafReader reader, Term term) throws IOException {
        Bits live = reader.getLiveDocs();
        if (live == null) return reader.docFreq(term) > 0;
        PostingsEnum parts = reader.postings(term, PostingsEnum.NONE);
        if (parts == null) return false;
        for (int part = parts.nextDoc(); part != PostingsEnum.NO_MORE_DOCS; part = parts.nextDoc())
            if (live.get(part)) return true;
        return false;
    }

    private static boolean alive(LeafReader reader, Words.Entry entry) throws IOException {
        if (reader.getLiveDocs() == null) return true;
        for (int i = 0; i < FIELDS.size(); i++)
            if ((entry.fields & 1 << i) != 0 && has(reader, new Term(FIELDS.get(i), entry.word))) return true;
        return false;
    }
}
