package mx.refahub.search;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import mx.refahub.domain.search.PartQuery;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.SortedSetDocValues;

/**
 * What a new snapshot is asked before it serves, so that its first customers wait for nothing that the later ones do not: numbers, beginnings, words, a slip
 * of the finger and vehicles, of the parts that are asked for most, which lie first in each segment.
 */
final class WarmUp {
    private static final int PARTS = 40;
    private static final int LIMIT = 20;
    private static final int BEGINNING = 4;

    /** Between two questions it is looked at. At the start of the program somebody waits for it. */
    static final Duration AT_START = Duration.ofMillis(400);

    /** Another snapshot serves meanwhile. */
    static final Duration AT_SWAP = Duration.ofSeconds(2);

    private WarmUp() {}

    static List<PartQuery> questions(OpenSnapshot snapshot) throws IOException {
        List<LeafReaderContext> leaves = new ArrayList<>(snapshot.reader().leaves());
        leaves.sort(Comparator.comparingInt(
                        (LeafReaderContext leaf) -> leaf.reader().maxDoc())
                .reversed());
        List<PartQuery> questions = new ArrayList<>();
        int left = PARTS;
        for (LeafReaderContext leaf : leaves) {
            if (left == 0) break;
            int parts = Math.min(left, leaf.reader().maxDoc());
            of(leaf.reader(), snapshot.vehicles().table(leaf.reader()), parts, questions);
            left -= parts;
        }
        return questions;
    }

    private static void of(LeafReader reader, VehicleTable table, int parts, List<PartQuery> questions)
            throws IOException {
        SortedDocValues numbers = DocValues.getSorted(reader, Fields.NUMBER_ORDER);
        SortedDocValues categories = DocValues.getSorted(reader, Fields.CATEGORY_NAME);
        SortedSetDocValues fits = DocValues.getSortedSet(reader, Fields.FITS);
        for (int part = 0; part < parts; part++) {
            if (numbers.advanceExact(part)) {
                String number = numbers.lookupOrd(numbers.ordValue()).utf8ToString();
                questions.add(PartQuery.text(number, LIMIT));
                if (number.length() > BEGINNING) questions.add(PartQuery.text(number.substring(0, BEGINNING), LIMIT));
            }
            String words = categories.advanceExact(part) ? words(categories) : "";
            Vehicle vehicle = fits.advanceExact(part) ? table.vehicle((int) fits.nextOrd()) : null;
            if (!words.isEmpty()) {
                questions.add(PartQuery.text(words, LIMIT));
                questions.add(PartQuery.text(slipped(words), LIMIT));
            }
            if (vehicle == null) continue;
            questions.add(PartQuery.text((words + ' ' + vehicle.model() + ' ' + vehicle.from()).strip(), LIMIT));
            questions.add(new PartQuery("", vehicle.make(), vehicle.model(), vehicle.from(), "", "", LIMIT, 0));
        }
    }

    /** The last step of the path, which is what a part of it is called. */
    private static String words(SortedDocValues categories) throws IOException {
        String path = categories.lookupOrd(categories.ordValue()).utf8ToString();
        return path.substring(path.lastIndexOf('/') + 1).strip();
    }

    /** Two letters swapped. */
    private static String slipped(String words) {
        if (words.length() < BEGINNING) return words;
        return words.substring(0, 2) + words.charAt(3) + words.charAt(2) + words.substring(BEGINNING);
    }
}
