package mx.refahub.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.search.IndexedPart;
import mx.refahub.domain.search.PartHits;
import mx.refahub.domain.search.PartQuery;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How good the answers are, by class of query; see {@link Relevance}. The table and the tuning queries that went wrong are in {@code
 * target/relevance.txt}; what was reached is in {@code target/relevance-thresholds.csv}, to be taken over as the new thresholds when it is better.
 */
class RelevanceTest {
    private static Map<String, IndexedPart> catalogue;
    private static Shelf shelf;

    @BeforeAll
    static void index(@TempDir Path folder) throws IOException {
        catalogue = SampleCatalogue.parts();
        shelf = new Shelf(folder, Shelf.SYNONYMS_OF_PROGRAM);
        shelf.rebuild(1, List.copyOf(catalogue.values()));
    }

    @AfterAll
    static void close() throws IOException {
        shelf.close();
    }

    private static final class Score {
        private int queries;
        private int first;
        private int five;
        private int clean;

        void add(Relevance query, List<PartId> hits) {
            queries++;
            if (query.first(hits)) first++;
            if (query.five(hits)) five++;
            if (query.clean(hits)) clean++;
        }

        int percent(int count) {
            return 100 * count / queries;
        }

        String threshold(String name) {
            return name + ',' + percent(first) + ',' + percent(five) + ',' + percent(clean);
        }

        String row(String name) {
            return String.format(
                    Locale.ROOT,
                    "%-32s %4d %5d%% %5d%% %5d%%",
                    name,
                    queries,
                    percent(first),
                    percent(five),
                    percent(clean));
        }
    }

    @Test
    void the_right_part_is_on_top_as_often_as_it_has_been() throws IOException {
        Map<String, Score> scores = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        for (Relevance query : Relevance.queries(catalogue)) {
            List<PartId> hits = shelf.search.find(PartQuery.text(query.query(), 20)).hits().stream()
                    .map(PartHits.Hit::part)
                    .toList();
            scores.computeIfAbsent(query.set() + "," + query.kind(), key -> new Score())
                    .add(query, hits);
            scores.computeIfAbsent(query.set() + ",all", key -> new Score()).add(query, hits);
            if (query.set().equals("tuning") && !query.clean(hits))
                wrong.add((query.first(hits) ? "  clean " : query.five(hits) ? "  first " : "  five  ") + query.kind()
                        + ": " + query.query() + " -> " + names(hits));
        }
        StringBuilder table = new StringBuilder("\nclass                               n  first   five  clean\n");
        scores.forEach((name, score) -> table.append(score.row(name)).append('\n'));
        System.out.println(table);
        // Of the held-out queries only the counts.
        Files.writeString(Path.of("target", "relevance.txt"), table + String.join("\n", wrong) + '\n');
        StringBuilder reached = new StringBuilder("set,class,first,five,clean\n");
        scores.forEach((name, score) -> reached.append(score.threshold(name)).append('\n'));
        Files.writeString(Path.of("target", "relevance-thresholds.csv"), reached);
        List<String> lower = new ArrayList<>();
        for (List<String> row : SampleCatalogue.rows(Relevance.thresholds())) {
            Score score = scores.get(row.get(0) + "," + row.get(1));
            assertThat(score).as("queries of " + row).isNotNull();
            int first = Integer.parseInt(row.get(2));
            int five = Integer.parseInt(row.get(3));
            int clean = Integer.parseInt(row.get(4));
            if (score.percent(score.first) < first
                    || score.percent(score.five) < five
                    || score.percent(score.clean) < clean)
                lower.add(score.row(row.get(0) + "," + row.get(1)) + "  is below " + row);
        }
        assertThat(lower).as("what got worse; see target/relevance.txt").isEmpty();
        assertThat(scores.keySet())
                .as("every class has its threshold")
                .hasSameSizeAs(SampleCatalogue.rows(Relevance.thresholds()));
    }

    private static List<String> names(List<PartId> hits) {
        return hits.stream()
                .limit(3)
                .map(hit -> catalogue.values().stream()
                        .filter(part -> part.part().id().equals(hit))
                        .map(part -> part.part().lineCode() + " " + part.part().number() + " "
                                + part.part().nameEs())
                        .findFirst()
                        .orElse("?"))
                .toList();
    }
}
