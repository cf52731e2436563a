package mx.refahub.domain.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class NumbersTest {
    @Property
    void the_normal_form_of_a_normal_form_is_itself(@ForAll String text) {
        String normal = PartNumber.normal(text);
        assertThat(PartNumber.normal(normal)).isEqualTo(normal);
    }

    /** A syllable and a final consonant with a mark between them, and two that join in turn. */
    @Example
    void letters_that_a_mark_kept_apart_join_once_and_for_all() {
        String normal = PartNumber.normal("\uAC00-\u11AA");
        assertThat(normal).isEqualTo("\uAC03");
        assertThat(PartNumber.normal(normal)).isEqualTo(normal);
    }

    @Example
    void dashes_case_and_spaces_do_not_part_two_spellings() {
        assertThat(new PartNumber(" bkr6e-11 ").normal())
                .isEqualTo("BKR6E11")
                .isEqualTo(PartNumber.normal("BKR 6E/11"));
    }

    @Example
    void a_number_that_is_empty_too_long_or_has_control_characters_is_refused() {
        assertThatThrownBy(() -> new PartNumber("  ")).hasMessageContaining("empty");
        assertThatThrownBy(() -> new PartNumber("X".repeat(49))).hasMessageContaining("longer than 48");
        assertThatThrownBy(() -> new PartNumber("A\u0007B")).hasMessageContaining("control");
    }

    @Example
    void a_line_code_is_short_and_plain() {
        assertThat(new LineCode(" ng ").value()).isEqualTo("NG");
        assertThatThrownBy(() -> new LineCode("N-G")).hasMessageContaining("letters and digits");
        assertThatThrownBy(() -> new LineCode("ABCDEFGHI")).hasMessageContaining("longer than 8");
    }

    @Example
    void quantities_are_exact_thousandths() {
        assertThat(Quantity.of(new BigDecimal("1.5")).text()).isEqualTo("1.5");
        assertThat(Quantity.of(20).text()).isEqualTo("20");
        assertThatThrownBy(() -> Quantity.of(new BigDecimal("0.0001"))).isInstanceOf(ArithmeticException.class);
    }
}
