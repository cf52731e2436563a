package mx.refahub.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.FixedBitSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WordsQueryTest {
    private static final int DOCUMENTS = 3_000;
    private static final int TERMS = 40;

    private final Random random = new Random(7);
    private final ByteBuffersDirectory directory = new ByteBuffersDirectory();
    private final PartSets sets = new PartSets(1 << 20);
    private DirectoryReader reader;

    @BeforeEach
    void fill() throws IOException {
        IndexWriterConfig config = new IndexWriterConfig(new KeywordAnalyzer())
                .setMaxBufferedDocs(700)
                .setMergePolicy(NoMergePolicy.INSTANCE);
        try (IndexWriter writer = new IndexWriter(directory, config)) {
            for (int i = 0; i < DOCUMENTS; i++) {
                Document document = new Document();
                document.add(new StringField("id", Integer.toString(i), Field.Store.NO));
                for (int t = 0; t < TERMS; t++)
                    if (random.nextInt(1 + t * t) == 0) document.add(new StringField("t", term(t), Field.Store.NO));
                writer.addDocument(document);
            }
            for (int i = 0; i < 100; i++) writer.deleteDocuments(new Term("id", Integer.toString(i * 29)));
        }
        reader = DirectoryReader.open(directory);
    }

    @AfterEach
    void close() throws IOException {
        reader.close();
        directory.close();
    }

    private static String term(int t) {
        return (t % 2 == 0 ? "a" : "b") + t;
    }

    @Test
    void it_finds_what_lucenes_own_queries_find_with_the_same_points_in_the_same_order() throws IOException {
        assertThat(reader.leaves()).hasSizeGreaterThan(3);
        IndexSearcher searcher = new IndexSearcher(reader);
        searcher.setQueryCache(null);
        int found = 0;
        for (int round = 0; round < 300; round++) {
            List<List<BoostQuery>> words = words(1 + random.nextInt(3));
            List<List<BoostQuery>> optional = words(random.nextInt(2));
            List<List<BoostQuery>> vehicle = words(random.nextInt(2));
            BooleanQuery.Builder plain = new BooleanQuery.Builder();
            for (List<BoostQuery> word : words) plain.add(new DisjunctionMaxQuery(word, 0), Occur.MUST);
            for (List<BoostQuery> word : optional) plain.add(new DisjunctionMaxQuery(word, 0), Occur.SHOULD);
            for (List<BoostQuery> word : vehicle)
                plain.add(new BoostQuery(new ConstantScoreQuery(new DisjunctionMaxQuery(word, 0)), 11), Occur.MUST);
            try (PartSets.Lent lent = sets.lend()) {
                WordsQuery ours = new WordsQuery(
                        ways(words, lent),
                        ways(optional, lent),
                        vehicle.isEmpty()
                                ? null
                                : new WordsQuery.Vehicle(ways(vehicle, lent), null, 11 * vehicle.size(), null, 0),
                        lent);
                int size = 1 + random.nextInt(40);
                TopDocs expected =
                        searcher.search(plain.build(), new TopScoreDocCollectorManager(size, null, Integer.MAX_VALUE));
                TopDocs whole = searcher.search(ours, new TopScoreDocCollectorManager(size, null, Integer.MAX_VALUE));
                TopDocs skipping = searcher.search(ours, new TopScoreDocCollectorManager(size, null, 5));
                assertThat(rows(whole)).isEqualTo(rows(expected));
                assertThat(whole.totalHits.value()).isEqualTo(expected.totalHits.value());
                assertThat(rows(skipping)).isEqualTo(rows(expected));
                found += expected.scoreDocs.length;
            }
        }
        assertThat(found).isGreaterThan(1_000);
    }

    @Test
    void a_set_that_is_being_read_stays_as_it_is_though_others_took_its_place_and_is_filled_anew_afterwards()
            throws IOException {
        LeafReaderContext leaf = reader.leaves().getFirst();
        PartSets few = new PartSets(300);
        few.sizes(List.of(leaf.reader().maxDoc()));
        FixedBitSet first;
        try (PartSets.Lent reading = few.lend()) {
            first = reading.common(leaf, new Term("t", term(0)));
            everyTerm(few, leaf);
            assertThat(first).isEqualTo(of(leaf, term(0)));
        }
        everyTerm(few, leaf);
        assertThat(first).isNotEqualTo(of(leaf, term(0)));
        try (PartSets.Lent lent = few.lend()) {
            lent.empty(leaf).set(3);
        }
        try (PartSets.Lent lent = few.lend()) {
            assertThat(lent.empty(leaf).scanIsEmpty()).isTrue();
        }
    }

    private static void everyTerm(PartSets sets, LeafReaderContext leaf) throws IOException {
        for (int t = 0; t < TERMS; t++)
            try (PartSets.Lent lent = sets.lend()) {
                FixedBitSet parts = lent.common(leaf, new Term("t", term(t)));
                assertThat(parts).isEqualTo(of(leaf, term(t)));
                assertThat(lent.common(leaf, new Term("t", term(t)))).isSameAs(parts);
            }
    }

    private static FixedBitSet of(LeafReaderContext leaf, String term) throws IOException {
        FixedBitSet parts = new FixedBitSet(leaf.reader().maxDoc());
        PartSets.all(parts, leaf.reader().postings(new Term("t", term), PostingsEnum.NONE));
        return parts;
    }

    private static List<BestWay> ways(List<List<BoostQuery>> words, PartSets.Lent lent) {
        return words.stream().map(word -> new BestWay(word, lent)).toList();
    }

    private static List<String> rows(TopDocs top) {
        List<String> rows = new ArrayList<>();
        for (ScoreDoc each : top.scoreDocs) rows.add(each.doc + " " + each.score);
        return rows;
    }

    private List<List<BoostQuery>> words(int howMany) {
        List<List<BoostQuery>> words = new ArrayList<>();
        for (int i = 0; i < howMany; i++) {
            List<BoostQuery> ways = new ArrayList<>();
            for (int w = random.nextInt(5); w >= 0; w--)
                ways.add(new BoostQuery(new ConstantScoreQuery(way(2)), 1 + random.nextInt(80) / 8f));
            words.add(ways);
        }
        return words;
    }

    private Query way(int depth) {
        int kind = random.nextInt(depth == 0 ? 1 : 6);
        if (kind == 1) return new PrefixQuery(new Term("t", random.nextBoolean() ? "a1" : "b3"));
        if (kind > 3) {
            BooleanQuery.Builder several = new BooleanQuery.Builder();
            Occur occur = kind == 4 ? Occur.FILTER : Occur.SHOULD;
            for (int i = 0; i < 2; i++) several.add(way(depth - 1), occur);
            return several.build();
        }
        return new TermQuery(new Term("t", term(random.nextInt(TERMS + 2))));
    }
}
