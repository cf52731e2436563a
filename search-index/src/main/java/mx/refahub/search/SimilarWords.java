package mx.refahub.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.search.FuzzyTermsEnum;
import org.apache.lucene.util.BytesRef;

/** Words of the index that differ from a typed one by a letter or two, added, lost, wrong or swapped. */
final class SimilarWords {
    private static final List<String> FIELDS = List.of(Fields.PLAIN, Fields.BRAND, Fields.VEHICLE);
    private static final int SHORTEST = 4;
    private static final int TWO_EDITS_FROM = 7;
    private static final int MAX_LOOKED_AT = 1_000;
    private static final int MAX_PER_FIELD = 12;

    private SimilarWords() {}

    /** @param likeness 0 to 1, the closer the higher */
    record Match(String field, String word, float likeness) {}

    /** The closest first; none for short words and for numbers, where a letter makes another part. */
    static List<Match> of(IndexReader reader, String word) throws IOException {
        int length = word.codePointCount(0, word.length());
        List<Match> all = new ArrayList<>();
        if (length < SHORTEST || word.codePoints().anyMatch(Character::isDigit)) return all;
        for (String field : FIELDS) {
            List<Match> here = new ArrayList<>();
            likeness(reader, new Term(field, word), length >= TWO_EDITS_FROM ? 2 : 1)
                    .forEach((similar, likeness) -> here.add(new Match(field, similar, likeness)));
            here.sort(CLOSEST);
            all.addAll(here.subList(0, Math.min(MAX_PER_FIELD, here.size())));
        }
        all.sort(CLOSEST);
        return all;
    }

    private static final Comparator<Match> CLOSEST = Comparator.comparing(Match::likeness)
            .reversed()
            .thenComparing(Match::word)
            .thenComparing(Match::field);

    private static Map<String, Float> likeness(IndexReader reader, Term term, int edits) throws IOException {
        Map<String, Float> likeness = new HashMap<>();
        for (LeafReaderContext leaf : reader.leaves()) {
            Terms terms = leaf.reader().terms(term.field());
            if (terms == null) continue;
            FuzzyTermsEnum near = new FuzzyTermsEnum(terms, term, edits, 0, true);
            int looked = 0;
            for (BytesRef each = near.next(); each != null && looked < MAX_LOOKED_AT; each = near.next(), looked++)
                likeness.put(each.utf8ToString(), near.getBoost());
        }
        return likeness;
    }
}
