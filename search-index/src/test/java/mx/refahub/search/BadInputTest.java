package mx.refahub.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mx.refahub.domain.search.PartHits;
import mx.refahub.domain.search.PartQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadInputTest {
    private final Shelf shelf;

    BadInputTest(@TempDir Path folder) throws IOException {
        shelf = new Shelf(folder, Shelf.SYNONYMS_OF_PROGRAM);
        shelf.rebuild(1, Shelf.sample());
    }

    @AfterEach
    void close() throws IOException {
        shelf.close();
    }

    @Test
    void a_text_of_ten_thousand_characters_is_cut_and_answered() {
        for (String each : List.of("balata ", "x", "valata bujai ", "á-1/", "12v", "pastiyademotor", "ñ𝔄"))
            assertThat(shelf.search
                            .find(PartQuery.text(each.repeat(10_000 / each.length()), 20))
                            .total())
                    .as(each)
                    .isLessThanOrEqualTo(Shelf.sample().size());
        String words = IntStream.range(0, 2_000).mapToObj(i -> "palabra" + i).collect(Collectors.joining(" "));
        assertThat(shelf.search.find(PartQuery.text(words, 20)).understood().words())
                .hasSizeLessThanOrEqualTo(Text.MAX_TOKENS);
    }

    @Test
    void operators_and_pictures_ask_for_nothing_and_are_no_syntax() {
        for (String text : List.of(
                "*",
                "***",
                "AND OR NOT",
                "\"",
                "((",
                "[* TO *]",
                "~ ^ :",
                "-",
                "\\",
                "&&||",
                "🔧",
                "🔧🚗🔩",
                "\u0000\u0007",
                "\uFE0F\u200D",
                "%_;--"))
            assertThat(shelf.search.find(PartQuery.text(text, 20).withFacets()).hits())
                    .as(text)
                    .isEmpty();
        assertThat(shelf.found("balata 🔧 trasera")).containsExactly("WAG ZD914 WORD");
        assertThat(shelf.found("name_es:balata")).isEmpty();
    }

    @Test
    void pages_beyond_the_end_are_empty_and_pages_without_end_are_refused() {
        PartHits beyond = shelf.search.find(new PartQuery("balata", "", "", 0, "", "", 100, PartQuery.MAX_OFFSET));
        assertThat(beyond.hits()).isEmpty();
        assertThat(beyond.total()).isEqualTo(3);
        assertThat(beyond.understood().words()).containsExactly("balata");
        assertThatThrownBy(() -> new PartQuery("balata", "", "", 0, "", "", 20, PartQuery.MAX_OFFSET + 1))
                .hasMessageContaining("offset 1001");
        assertThatThrownBy(() -> PartQuery.text("balata", 101)).hasMessageContaining("limit 101");
        assertThatThrownBy(() -> PartQuery.text("balata", 0)).hasMessageContaining("limit 0");
    }

    @Test
    void choices_of_any_length_find_nothing_and_cost_nothing() {
        String endless = "q".repeat(100_000);
        Set<String> many = IntStream.range(0, 500).mapToObj(i -> endless + i).collect(Collectors.toSet());
        PartQuery query = new PartQuery(
                "balata", endless, endless, 2015, endless, endless, endless, endless, false, many, true, 20, 0);
        assertThat(query.make()).hasSize(PartQuery.MAX_TEXT);
        assertThat(query.lifted()).hasSizeLessThanOrEqualTo(PartQuery.MAX_LIFTED);
        assertThat(shelf.search.find(query).hits()).isEmpty();
    }
}
