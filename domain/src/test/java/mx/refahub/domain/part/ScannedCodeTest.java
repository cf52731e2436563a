package mx.refahub.domain.part;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ScannedCodeTest {
    /** The example of the GS1 General Specifications. */
    private static final String EAN = "9521101530001";

    @Test
    void a_plain_barcode_is_itself_first_and_the_same_number_in_its_other_lengths() {
        assertThat(ScannedCode.readings(" 0087295127971\t"))
                .containsExactly("0087295127971", "087295127971", "00087295127971");
        assertThat(ScannedCode.readings("087295127971")).contains("0087295127971");
        assertThat(ScannedCode.readings("00087295127971")).contains("0087295127971", "087295127971");
    }

    @Test
    void a_qr_code_or_data_matrix_with_more_in_it_says_the_same_barcode() {
        for (String text : List.of(
                "010" + EAN + "10LOTE-7",
                "010" + EAN + "17280101",
                "(01)0" + EAN + "(21)S-1",
                "]d2010" + EAN + "10ABC\u001d21XYZ",
                "]Q3\u001d010" + EAN,
                "https://id.gs1.org/01/0" + EAN + "/10/ABC?17=280101",
                "HTTP://marca.mx/piezas/01/0" + EAN,
                "]E0" + EAN)) assertThat(ScannedCode.readings(text)).as(text).contains(EAN);
    }

    @Test
    void the_number_of_a_box_stays_the_number_of_the_box() {
        assertThat(ScannedCode.readings("(01)19521101530008"))
                .contains("19521101530008")
                .doesNotContain(EAN);
    }

    @Test
    void what_only_looks_like_one_is_taken_as_it_is() {
        for (String text : List.of(
                "010" + EAN.substring(0, 12) + "9",
                "BKR6E-11",
                "0124976965",
                "01",
                "https://marca.mx/piezas/77",
                "C1-000123|ABCD-EFGH"))
            assertThat(ScannedCode.readings(text)).as(text).containsExactly(text);
        assertThat(ScannedCode.readings("  ")).isEmpty();
        assertThat(ScannedCode.readings("]E0")).containsExactly("]E0");
    }

    @Property
    void whatever_is_scanned_has_few_readings_and_is_the_first_itself(@ForAll String text) {
        List<String> readings = ScannedCode.readings(text);
        assertThat(readings).hasSizeLessThanOrEqualTo(6).doesNotHaveDuplicates();
        if (!text.isBlank()) assertThat(readings).first().isEqualTo(text.strip());
    }
}
