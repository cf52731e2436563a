package mx.refahub.domain.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mx.refahub.domain.part.Interchange;
import mx.refahub.domain.part.PartNumber;
import mx.refahub.domain.search.IndexedPart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedCatalogueTest {
    private static final int SIZE = 6_000;
    private final GeneratedCatalogue catalogue = new GeneratedCatalogue(7, SIZE);

    @Test
    void the_same_seed_gives_the_same_catalogue_and_an_id_leads_back_to_its_part() {
        GeneratedCatalogue again = new GeneratedCatalogue(7, SIZE);
        for (int i = 0; i < SIZE; i += 97) {
            assertThat(again.part(i)).isEqualTo(catalogue.part(i));
            assertThat(catalogue.part(catalogue.part(i).part().id())).isEqualTo(catalogue.part(i));
        }
        assertThat(new GeneratedCatalogue(8, SIZE).part(0)).isNotEqualTo(catalogue.part(0));
    }

    @Test
    void no_two_parts_of_a_line_share_a_number_and_no_old_number_is_in_use() {
        Set<String> numbers = new HashSet<>();
        Set<String> old = new HashSet<>();
        for (IndexedPart each : catalogue) {
            String line = each.part().lineCode().value();
            assertThat(numbers.add(line + ' ' + each.part().number().normal())).isTrue();
            for (Interchange other : each.interchanges())
                if (other.kind() == Interchange.Kind.SUPERSEDES)
                    old.add(line + ' ' + other.otherNumber().normal());
        }
        assertThat(old).hasSizeGreaterThan(SIZE / 10).doesNotContainAnyElementsOf(numbers);
    }

    @Test
    void the_shapes_are_those_of_a_real_one() {
        double interchanges = 0;
        double fitments = 0;
        Map<String, Integer> brands = new HashMap<>();
        for (IndexedPart each : catalogue) {
            interchanges += each.interchanges().size();
            fitments += each.fitments().size();
            brands.merge(each.part().brand(), 1, Integer::sum);
        }
        assertThat(interchanges / SIZE).isBetween(2.3, 3.1);
        assertThat(fitments / SIZE).isBetween(8.0, 11.0);
        List<Integer> counts = brands.values().stream().sorted((a, b) -> b - a).toList();
        assertThat(counts.size()).as("brands").isGreaterThan(150);
        assertThat(counts.stream().limit(20).mapToInt(Integer::intValue).sum())
                .as("parts of the twenty brands with most")
                .isGreaterThan(SIZE * 35 / 100);
    }

    @Test
    void equivalents_name_each_others_numbers() {
        Map<String, IndexedPart> byNumber = new HashMap<>();
        for (IndexedPart each : catalogue)
            byNumber.put(each.part().brand() + each.part().number().value(), each);
        int checked = 0;
        for (IndexedPart each : catalogue) {
            for (Interchange other : each.interchanges()) {
                if (other.kind() != Interchange.Kind.EQUIVALENT) continue;
                IndexedPart equal =
                        byNumber.get(other.otherBrand() + other.otherNumber().value());
                assertThat(equal.fitments()).isEqualTo(each.fitments());
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(SIZE);
    }

    @Test
    void every_kind_of_question_is_asked_and_some_part_answers_it() {
        List<IndexedPart> parts = new ArrayList<>();
        catalogue.forEach(parts::add);
        Set<CounterQuestion.Kind> kinds = EnumSet.noneOf(CounterQuestion.Kind.class);
        for (CounterQuestion question : CounterQuestions.asked(catalogue, 1, 120)) {
            kinds.add(question.kind());
            assertThat(parts.stream().anyMatch(question.right()))
                    .as(question.kind() + " " + question.query())
                    .isTrue();
        }
        assertThat(kinds).containsExactlyInAnyOrder(CounterQuestion.Kind.values());
    }

    @Test
    void files_have_a_row_for_each_part_interchange_and_fitment(@TempDir Path folder) throws IOException {
        GeneratedCatalogue few = new GeneratedCatalogue(7, 500);
        CatalogueFiles.Written written = CatalogueFiles.write(few, folder);
        List<String> parts = Files.readAllLines(folder.resolve("parts.csv"));
        assertThat(parts).hasSize(501);
        assertThat(parts.get(1))
                .startsWith(few.part(0).part().lineCode() + ","
                        + few.part(0).part().number().value() + ",");
        int interchanges = 0;
        int fitments = 0;
        for (IndexedPart each : few) {
            interchanges += each.interchanges().size();
            fitments += each.fitments().size();
        }
        assertThat(Files.readAllLines(folder.resolve("interchange.csv"))).hasSize(interchanges + 1);
        assertThat(Files.readAllLines(folder.resolve("fitments.csv"))).hasSize(fitments + 1);
        assertThat(written.bytes()).isEqualTo(written.parts() + written.interchange() + written.fitments());
    }

    @Test
    void a_number_of_a_big_catalogue_is_still_a_number() {
        GeneratedCatalogue big = new GeneratedCatalogue(7, 20_000_000);
        assertThat(big.part(19_999_999).part().number().normal()).hasSizeBetween(5, PartNumber.MAX_LENGTH);
    }
}
