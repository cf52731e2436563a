package mx.refahub.store.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import mx.refahub.domain.generator.CounterQuestion;
import mx.refahub.domain.generator.CounterQuestions;
import mx.refahub.domain.generator.GeneratedCatalogue;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.search.IndexedPart;
import mx.refahub.domain.search.PartHits;
import mx.refahub.domain.search.PartIndex;
import mx.refahub.domain.search.PartSearch;
import mx.refahub.domain.search.Shelves;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.PartRow;
import mx.refahub.search.HubSearch;
import mx.refahub.store.TestStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** How often a counter's questions find prices in memory: the figure of docs/search.md. Written to {@code target/card-memory.txt}. */
class CardMemoryTest {
    private static final int PARTS = 1_000;
    private static final int QUESTIONS = 400;
    /** A neighbour sold something: prices are remembered all the same. */
    private static final int STOCK_STREAM_EVERY = 100;

    @Test
    void a_counters_questions_mostly_find_their_cards_in_memory_at_one_statement_each(@TempDir Path folder)
            throws IOException {
        GeneratedCatalogue catalogue = new GeneratedCatalogue(7, PARTS);
        try (TestStore store = TestStore.open(folder.resolve("store"));
                AnnotationConfigApplicationContext hub = new AnnotationConfigApplicationContext()) {
            hub.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "test",
                            Map.of(
                                    "refahub.search.directory",
                                    folder.resolve("index").toString())));
            hub.register(HubSearch.class);
            hub.refresh();
            fill(catalogue, store, hub.getBean(PartIndex.class));
            PartSearch search = hub.getBean(PartSearch.class);
            PartId sold = catalogue.part(0).part().id();

            long answered = 0;
            List<CounterQuestion> questions = CounterQuestions.asked(catalogue, 3, QUESTIONS);
            for (int i = 0; i < questions.size(); i++) {
                if (i % STOCK_STREAM_EVERY == STOCK_STREAM_EVERY - 1) store.openingStock(sold, i * 1_000L);
                Shelves.Look look = store.catalogue.look();
                PartHits found = search.find(questions.get(i).query(), look);
                if (found.hits().isEmpty()) continue;
                answered++;
                assertThat(look.cards(
                                found.hits().stream().map(PartHits.Hit::part).toList()))
                        .hasSameSizeAs(found.hits());
            }

            Shelves.Figures figures = store.catalogue.figures();
            assertThat(figures.statements()).as("one for each page").isEqualTo(answered);
            double rate = 100.0 * figures.hits() / (figures.hits() + figures.misses());
            Files.writeString(
                    Path.of("target", "card-memory.txt"),
                    String.format(
                            Locale.ROOT,
                            "%,d parts, %,d questions, stock stream every %d: %.1f %% of %,d cards out of memory%n",
                            PARTS,
                            QUESTIONS,
                            STOCK_STREAM_EVERY,
                            rate,
                            figures.hits() + figures.misses()));
            assertThat(rate).isGreaterThan(30);
        }
    }

    private static void fill(GeneratedCatalogue catalogue, TestStore store, PartIndex index) throws IOException {
        List<PartRow> rows = new ArrayList<>();
        try (PartIndex.Build build = index.rebuild()) {
            for (IndexedPart part : catalogue) {
                build.put(part);
                rows.add(TestStore.row(part.part().id(), "N" + rows.size(), "GENERAL", "02", 0));
            }
            build.publish(1);
        }
        store.publish(Stream.CATALOGUE, rows);
    }
}
