package mx.refahub.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import mx.refahub.domain.search.IndexedPart;
import mx.refahub.domain.search.PartHits;
import mx.refahub.domain.search.PartIndex;
import mx.refahub.domain.search.PartQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SameOrderTest {
    private static final int STEPS = 6;
    private static final long SEED = 20_261_121;

    /** Parts come in any order and some twice; others come and go, with words and vehicles of their own that must leave no trace. */
    @Test
    void an_index_answers_the_same_however_it_came_about_and_wherever_it_is(@TempDir Path folder) throws IOException {
        Map<String, IndexedPart> catalogue = SampleCatalogue.parts();
        List<IndexedPart> parts = new ArrayList<>(catalogue.values());
        Collections.shuffle(parts, new Random(SEED));
        try (Shelf rebuilt = new Shelf(folder.resolve("rebuilt"), Shelf.SYNONYMS_OF_PROGRAM);
                Shelf updated = new Shelf(folder.resolve("updated"), Shelf.SYNONYMS_OF_PROGRAM);
                Shelf store = new Shelf(folder.resolve("store"))) {
            rebuilt.rebuild(1, List.copyOf(catalogue.values()));
            IndexedPart gone = Shelf.part(
                    "GON",
                    "E-1",
                    "Valata",
                    "Valata sapata bujai alternadro fitro filro pastilla acumulador motor de arranque",
                    "Brakepad",
                    "Amortigador",
                    Shelf.fits("Bujia", "Balata", 1990, 2020, "9.9"));
            for (int step = 0; step < STEPS; step++) {
                List<IndexedPart> some = parts.subList(parts.size() * step / STEPS, parts.size() * (step + 1) / STEPS);
                try (PartIndex.Build build = step == 0 ? updated.index.rebuild() : updated.index.update()) {
                    for (IndexedPart part : some) build.put(part);
                    build.put(parts.getFirst());
                    if (step == 1) build.put(gone);
                    if (step == STEPS - 1) build.remove(gone.part().id());
                    build.publish(step + 1);
                }
                if (step == 2) SynonymTest.fetch(updated, store);
            }
            SynonymTest.fetch(updated, store);
            int number = 0;
            for (Relevance query : Relevance.queries(catalogue)) {
                PartQuery asked = PartQuery.text(query.query(), 20);
                if (number++ % 10 == 0) asked = asked.withFacets();
                PartHits expected = rebuilt.search.find(asked);
                same(updated.search.find(asked), expected, query.query());
                same(store.search.find(asked), expected, query.query());
            }
        }
    }

    private static void same(PartHits hits, PartHits expected, String query) {
        assertThat(hits.hits()).as(query).isEqualTo(expected.hits());
        assertThat(hits.understood()).as(query).isEqualTo(expected.understood());
        assertThat(hits.nearest()).as(query).isEqualTo(expected.nearest());
        assertThat(hits.facets()).as(query).isEqualTo(expected.facets());
    }
}
