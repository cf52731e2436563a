package mx.refahub.search;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.search.Facets;
import mx.refahub.domain.search.PartQuery;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Counts the parts of each brand, category and position, and those in stock, among those that match all but the choice of these four: so that each is
 * counted under the other three choices, in one pass and without looking at a name more than once a segment.
 */
final class FacetCounter extends SimpleCollector {
    private final Map<String, Long> brands = new HashMap<>();
    private final Map<String, Long> categories = new HashMap<>();
    private final Map<String, Long> positions = new HashMap<>();
    private final Predicate<String> brandChosen;
    private final Predicate<String> categoryChosen;
    private final Predicate<String> positionChosen;
    private final @Nullable Predicate<PartId> stocked;
    private final boolean stockedChosen;
    private long stockedCount;
    private @Nullable Segment here;

    /** @param stocked null where nobody knows what is in stock */
    FacetCounter(PartQuery asked, @Nullable Predicate<PartId> stocked) {
        this.stocked = stocked;
        stockedChosen = asked.stocked() && stocked != null;
        brandChosen = name(asked.brand());
        positionChosen = name(asked.position());
        String category = asked.category().isEmpty() ? "" : PartDocuments.categoryKey(asked.category());
        categoryChosen = name -> {
            if (asked.category().isEmpty()) return true;
            String key = PartDocuments.categoryKey(name);
            return key.equals(category) || key.startsWith(category + "/");
        };
    }

    private static Predicate<String> name(String chosen) {
        String key = PartDocuments.nameKey(chosen);
        return name -> chosen.isEmpty() || PartDocuments.nameKey(name).equals(key);
    }

    /** One segment's names, by their ordinals. */
    private static final class Segment {
        private final SortedDocValues brand;
        private final SortedDocValues category;
        private final SortedSetDocValues position;
        private final BinaryDocValues id;
        private final FixedBitSet brandsChosen;
        private final FixedBitSet categoriesChosen;
        private final FixedBitSet positionsChosen;
        private final int[] brandCounts;
        private final int[] categoryCounts;
        private final int[] positionCounts;

        Segment(LeafReaderContext context, FacetCounter counter) throws IOException {
            brand = DocValues.getSorted(context.reader(), Fields.BRAND_NAME);
            category = DocValues.getSorted(context.reader(), Fields.CATEGORY_NAME);
            position = DocValues.getSortedSet(context.reader(), Fields.POSITION);
            id = DocValues.getBinary(context.reader(), Fields.ID);
            brandCounts = new int[brand.getValueCount()];
            categoryCounts = new int[category.getValueCount()];
            positionCounts = new int[(int) position.getValueCount()];
            brandsChosen = chosen(brandCounts.length, brand::lookupOrd, counter.brandChosen);
            categoriesChosen = chosen(categoryCounts.length, category::lookupOrd, counter.categoryChosen);
            positionsChosen = chosen(positionCounts.length, position::lookupOrd, counter.positionChosen);
        }

        @FunctionalInterface
        private interface Name {
            BytesRef of(int ordinal) throws IOException;
        }

        private static FixedBitSet chosen(int count, Name names, Predicate<String> chosen) throws IOException {
            FixedBitSet bits = new FixedBitSet(Math.max(1, count));
            for (int i = 0; i < count; i++) if (chosen.test(names.of(i).utf8ToString())) bits.set(i);
            return bits;
        }
    }

    @Override
    protected void doSetNextReader(LeafReaderContext context) throws IOException {
        takeOver();
        here = new Segment(context, this);
    }

    @Override
    public void collect(int document) throws IOException {
        Segment segment = here;
        if (segment == null) return;
        int brand = segment.brand.advanceExact(document) ? segment.brand.ordValue() : -1;
        int category = segment.category.advanceExact(document) ? segment.category.ordValue() : -1;
        boolean anyPosition = segment.position.advanceExact(document);
        boolean brandChosen = brand < 0 ? this.brandChosen.test("") : segment.brandsChosen.get(brand);
        boolean categoryChosen = category < 0 ? this.categoryChosen.test("") : segment.categoriesChosen.get(category);
        boolean positionChosen = this.positionChosen.test("");
        boolean inStock = stocked != null
                && segment.id.advanceExact(document)
                && stocked.test(PartDocuments.id(segment.id.binaryValue()));
        boolean stockAnswers = inStock || !stockedChosen;
        boolean countPositions = brandChosen && categoryChosen && stockAnswers;
        for (int i = 0; anyPosition && i < segment.position.docValueCount(); i++) {
            int each = (int) segment.position.nextOrd();
            positionChosen |= segment.positionsChosen.get(each);
            if (countPositions) segment.positionCounts[each]++;
        }
        if (inStock && brandChosen && categoryChosen && positionChosen) stockedCount++;
        if (!stockAnswers || !positionChosen) return;
        if (brand >= 0 && categoryChosen) segment.brandCounts[brand]++;
        if (category >= 0 && brandChosen) segment.categoryCounts[category]++;
    }

    private void takeOver() throws IOException {
        Segment segment = here;
        if (segment == null) return;
        add(segment.brandCounts, segment.brand::lookupOrd, brands);
        add(segment.categoryCounts, segment.category::lookupOrd, categories);
        add(segment.positionCounts, segment.position::lookupOrd, positions);
        here = null;
    }

    private static void add(int[] counts, Segment.Name names, Map<String, Long> total) throws IOException {
        for (int i = 0; i < counts.length; i++)
            if (counts[i] > 0) total.merge(names.of(i).utf8ToString(), (long) counts[i], Long::sum);
    }

    Facets facets() throws IOException {
        takeOver();
        return new Facets(
                most(brands), most(categories), most(positions), stocked == null ? null : (Long) stockedCount);
    }

    private static List<Facets.Count> most(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(each -> new Facets.Count(each.getKey(), each.getValue()))
                .sorted(Comparator.comparingLong(Facets.Count::parts).reversed().thenComparing(Facets.Count::value))
                .limit(Facets.MOST)
                .toList();
    }

    @Override
    public ScoreMode scoreMode() {
        return ScoreMode.COMPLETE_NO_SCORES;
    }
}
