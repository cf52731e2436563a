package mx.refahub.store.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class PrintEncoderTest {
    private static final List<String> PAGES =
            List.of("IBM00858", "IBM437", "IBM850", "IBM852", "windows-1252", "US-ASCII", "ISO-8859-15");

    @Property
    void no_text_yields_a_control_byte(@ForAll @StringLength(max = 200) String text) {
        for (String page : PAGES) {
            for (byte b : new PrintEncoder(Charset.forName(page)).encode(text)) {
                assertThat(b & 0xFF).as(page).isGreaterThanOrEqualTo(0x20).isNotEqualTo(0x7F);
            }
        }
    }

    @Property
    void every_character_of_unicode_is_harmless(@ForAll @net.jqwik.api.constraints.IntRange(max = 0x10FFFF) int c) {
        no_text_yields_a_control_byte(Character.toString(c));
    }

    @Test
    void every_character_below_the_supplementary_planes_is_harmless() {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c <= 0xFFFF; c++) all.append((char) c).append('x');
        no_text_yields_a_control_byte(all.toString());
    }

    @Test
    void spanish_stands_as_it_is_and_one_character_is_one_column() {
        PrintEncoder encoder = new PrintEncoder(Charset.forName("IBM00858"));

        assertThat(encoder.clean("Balata cerámica Ñuñoa ¡ya! €")).isEqualTo("Balata cerámica Ñuñoa ¡ya! €");
        assertThat(encoder.encode("cerámica")).hasSize(8);
    }

    @Test
    void letters_with_loose_accents_are_joined_and_what_the_page_lacks_becomes_a_question_mark() {
        PrintEncoder encoder = new PrintEncoder(Charset.forName("IBM00858"));

        assertThat(encoder.clean("cera\u0301mica")).isEqualTo("cerámica");
        assertThat(encoder.clean("汽车 🚗")).isEqualTo("?? ?");
        assertThat(encoder.clean("−$85.00 – “Güero”…")).isEqualTo("-$85.00 - \"Güero\"...");
    }

    @Test
    void orders_hidden_in_a_name_are_gone() {
        PrintEncoder encoder = new PrintEncoder(Charset.forName("IBM00858"));

        assertThat(encoder.clean("Filtro\u001Bp\u0000\u0019\u00FA")).isEqualTo("Filtropú");
        assertThat(encoder.clean("a\u202Eb\u200Bc\nd\te")).isEqualTo("abc d e");
    }
}
