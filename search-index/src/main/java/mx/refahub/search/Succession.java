package mx.refahub.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartNumber;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.jspecify.annotations.Nullable;

/**
 * Where an old number leads in more than one step: to the part that replaced the one that replaced it, and so on. Each step is told by a part of the
 * catalogue, so nothing but the index is needed, and a part that comes or goes in the middle is minded at once.
 */
final class Succession {
    private static final int MOST_STEPS = 8;
    private static final int MOST_PARTS = 50;
    private static final String THEN = " → ";

    private final IndexReader reader;
    private final Map<PartId, Step> later = new LinkedHashMap<>();

    /**
     * @param document that tells the step before: it replaces that one's number, or what was typed
     * @param before null for the first
     */
    private record Step(int document, @Nullable Step before) {}

    private Succession(IndexReader reader) {
        this.reader = reader;
    }

    /** @param normal an old number's letters and digits, also with its brand before them */
    static Succession of(IndexReader reader, String normal) throws IOException {
        Succession succession = new Succession(reader);
        if (!normal.isEmpty()) succession.follow(normal);
        return succession;
    }

    /** The parts that take more than one step, at most fifty; those of one step say the number themselves. */
    Set<PartId> later() {
        return later.keySet();
    }

    /**
     * By which numbers the part came, the oldest first; empty if it is not one of {@link #later}.
     *
     * @param normal what was typed
     */
    String way(PartId part, String normal) throws IOException {
        Step last = later.get(part);
        if (last == null) return "";
        List<String> way = new ArrayList<>();
        Step step = last.before;
        for (; step != null; step = step.before) {
            way.addFirst(printed(step.document));
            if (step.before == null)
                way.addFirst(PartDocuments.related(
                        reader.storedFields()
                                .document(step.document, Set.of(Fields.RELATED))
                                .getValues(Fields.RELATED),
                        true,
                        normal));
        }
        return String.join(THEN, way);
    }

    private void follow(String normal) throws IOException {
        Set<Integer> seen = new HashSet<>();
        List<Step> here = new ArrayList<>();
        for (int document : replacing(normal)) if (seen.add(document)) here.add(new Step(document, null));
        for (int i = 0; i < MOST_STEPS && !here.isEmpty(); i++) {
            List<Step> next = new ArrayList<>();
            for (Step step : here)
                for (int document : successors(step.document))
                    if (later.size() < MOST_PARTS && seen.add(document)) {
                        Step one = new Step(document, step);
                        later.put(id(document), one);
                        next.add(one);
                    }
            here = next;
        }
    }

    /** Parts that replace this one's number, of its brand: the same number of another brand is another part. */
    private List<Integer> successors(int document) throws IOException {
        String number = PartNumber.normal(value(document, Fields.NUMBER_ORDER));
        if (number.isEmpty()) return List.of();
        String brand = value(document, Fields.BRAND_NAME);
        List<Integer> successors = new ArrayList<>(replacing(PartDocuments.branded(brand, number)));
        for (int each : replacing(number))
            if (!successors.contains(each)
                    && Text.key(value(each, Fields.BRAND_NAME)).equals(Text.key(brand))) successors.add(each);
        return successors;
    }

    private List<Integer> replacing(String number) throws IOException {
        List<Integer> documents = new ArrayList<>();
        for (LeafReaderContext leaf : reader.leaves()) {
            PostingsEnum postings = leaf.reader().postings(new Term(Fields.REPLACES, number), PostingsEnum.NONE);
            if (postings == null) continue;
            Bits live = leaf.reader().getLiveDocs();
            for (int document = postings.nextDoc();
                    document != DocIdSetIterator.NO_MORE_DOCS && documents.size() < MOST_PARTS;
                    document = postings.nextDoc())
                if (live == null || live.get(document)) documents.add(leaf.docBase + document);
        }
        return documents;
    }

    private String printed(int document) throws IOException {
        return (value(document, Fields.BRAND_NAME) + ' ' + value(document, Fields.NUMBER_ORDER)).strip();
    }

    private PartId id(int document) throws IOException {
        LeafReaderContext leaf = leaf(document);
        BinaryDocValues ids = DocValues.getBinary(leaf.reader(), Fields.ID);
        if (!ids.advanceExact(document - leaf.docBase)) throw new IOException("a document without an id");
        return PartDocuments.id(ids.binaryValue());
    }

    private String value(int document, String field) throws IOException {
        LeafReaderContext leaf = leaf(document);
        LeafReader segment = leaf.reader();
        SortedDocValues values = DocValues.getSorted(segment, field);
        return values.advanceExact(document - leaf.docBase)
                ? values.lookupOrd(values.ordValue()).utf8ToString()
                : "";
    }

    private LeafReaderContext leaf(int document) {
        return reader.leaves().get(ReaderUtil.subIndex(document, reader.leaves()));
    }
}
