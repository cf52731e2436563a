package mx.refahub.hub.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void values_are_words_without_case_and_accents_and_names_of_fields_are_not() {
        assertThat(Words.of(
                        "{\"description\":\"Balata CERÁMICA ñ\",\"part\" : \"23-11254\",\"total\":48900,\"ok\":true}"))
                .isEqualTo("balata ceramica n 23 11254 48900 true");
    }

    @Test
    void an_id_is_one_word_and_escapes_are_read() {
        assertThat(Words.of("{\"id\":\"0190AB12-1234-7abc-8def-0123456789ab\",\"t\":\"a\\u00f1o\\nse \\\"dijo\\\"\"}"))
                .isEqualTo("0190ab1212347abc8def0123456789ab ano se dijo");
        assertThat(Words.query("0190ab12-1234-7abc-8def-0123456789ab"))
                .isEqualTo("'0190ab1212347abc8def0123456789ab':*");
    }

    @Test
    void what_is_typed_becomes_all_words_the_last_as_a_beginning() {
        assertThat(Words.query("Cerámica  bal")).isEqualTo("'ceramica' & 'bal':*");
        assertThat(Words.query("' | & ! :*")).isEmpty();
        assertThat(Words.query("x".repeat(39) + "😀𝒜𝒜")).startsWith("'xxx");
    }

    @Test
    void what_is_no_json_and_what_breaks_off_is_read_as_far_as_it_goes() {
        assertThat(Words.of("no es json")).isEqualTo("no es json");
        assertThat(Words.of("{\"a\":\"se corta aqu")).isEqualTo("se corta aqu");
        assertThat(Words.of("{\"a\":\"x\\")).isEqualTo("x");
        assertThat(Words.of("")).isEmpty();
    }
}
