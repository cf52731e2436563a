package mx.refahub.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.search.TotalHits;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.Test;

class TopPartsTest {
    private static final int PARTS = 3_000;
    private static final Sort RANKED =
            new Sort(Stream.concat(Stream.of(SortField.FIELD_SCORE), Stream.of(LuceneSearch.LISTED.getSort()))
                    .toArray(SortField[]::new));

    @Test
    void the_first_ones_are_those_of_a_search_that_looks_at_every_part() throws IOException {
        Random random = new Random(5);
        try (Directory directory = new ByteBuffersDirectory()) {
            shelve(directory, random);
            try (DirectoryReader reader = DirectoryReader.open(directory)) {
                assertThat(reader.leaves()).hasSizeGreaterThan(5);
                IndexSearcher searcher = new IndexSearcher(reader);
                for (int turn = 0; turn < 200; turn++) {
                    Query query = query(random);
                    int size = 1 + random.nextInt(60);
                    int exactTotal = random.nextInt(1_500);
                    TopFieldDocs all =
                            searcher.search(query, new TopFieldCollectorManager(RANKED, size, Integer.MAX_VALUE));
                    TopFieldDocs top = TopParts.of(searcher, query, LuceneSearch.LISTED, size, exactTotal);
                    assertThat(named(searcher, top)).as(query.toString()).isEqualTo(named(searcher, all));
                    long total = top.totalHits.value();
                    if (top.totalHits.relation() == TotalHits.Relation.EQUAL_TO)
                        assertThat(total).isEqualTo(all.totalHits.value());
                    else assertThat(total).isBetween(exactTotal + 1L, all.totalHits.value());
                }
            }
        }
    }

    @Test
    void where_very_many_match_most_are_not_looked_at() throws IOException {
        try (Directory directory = new ByteBuffersDirectory()) {
            shelve(directory, new Random(5));
            try (DirectoryReader reader = DirectoryReader.open(directory)) {
                TopFieldDocs top =
                        TopParts.of(new IndexSearcher(reader), points("every", 3), LuceneSearch.LISTED, 10, 20);
                assertThat(top.totalHits.value()).isBetween(21L, 200L);
                assertThat(top.totalHits.relation()).isEqualTo(TotalHits.Relation.GREATER_THAN_OR_EQUAL_TO);
            }
        }
    }

    private static void shelve(Directory directory, Random random) throws IOException {
        IndexWriterConfig config = new IndexWriterConfig(new KeywordAnalyzer())
                .setIndexSort(LuceneSearch.LISTED)
                .setMergePolicy(NoMergePolicy.INSTANCE);
        try (IndexWriter writer = new IndexWriter(directory, config)) {
            for (int i = 0; i < PARTS; i++) {
                Document document = new Document();
                String line = "L" + random.nextInt(20);
                document.add(new SortedDocValuesField(Fields.LINE_ORDER, new BytesRef(line)));
                document.add(new SortedDocValuesField(Fields.NUMBER_ORDER, new BytesRef("" + i * 7 % PARTS)));
                document.add(new StringField(Fields.ID, "" + i, Field.Store.NO));
                document.add(new StringField(Fields.PLAIN, "every", Field.Store.NO));
                for (String word : List.of("often", "some", "few"))
                    if (random.nextInt(100) < (word.equals("often") ? 60 : word.equals("some") ? 15 : 1))
                        document.add(new StringField(Fields.PLAIN, word, Field.Store.NO));
                writer.addDocument(document);
                if (random.nextInt(300) == 0) writer.flush();
            }
            for (int i = 0; i < PARTS; i += 11) writer.deleteDocuments(new Term(Fields.ID, "" + i));
        }
    }

    private static Query query(Random random) {
        List<Query> ways = new ArrayList<>();
        for (String word : List.of("every", "often", "some", "few"))
            if (random.nextBoolean()) ways.add(points(word, 1 + random.nextInt(4)));
        if (ways.isEmpty()) ways.add(points("none", 1));
        return new DisjunctionMaxQuery(ways, 0f);
    }

    private static Query points(String word, float points) {
        return new BoostQuery(new ConstantScoreQuery(new TermQuery(new Term(Fields.PLAIN, word))), points);
    }

    private static List<String> named(IndexSearcher searcher, TopFieldDocs top) throws IOException {
        List<String> named = new ArrayList<>();
        for (ScoreDoc each : top.scoreDocs) {
            assertThat(each.doc).isLessThan(searcher.getIndexReader().maxDoc());
            named.add(each.doc + " " + ((FieldDoc) each).fields[0]);
        }
        return named;
    }
}
