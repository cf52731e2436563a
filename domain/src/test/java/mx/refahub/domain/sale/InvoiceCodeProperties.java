package mx.refahub.domain.sale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class InvoiceCodeProperties {
    @Property
    void a_code_typed_as_printed_or_carelessly_is_the_same_code(@ForAll long seed) {
        InvoiceCode code = InvoiceCode.random(new Random(seed));
        assertThat(new InvoiceCode(code.text())).isEqualTo(code);
        assertThat(new InvoiceCode(code.text()
                        .toLowerCase(Locale.ROOT)
                        .replace('-', ' ')
                        .replace('0', 'o')
                        .replace('1', 'l')))
                .isEqualTo(code);
    }

    @Property
    void one_wrong_character_is_noticed(
            @ForAll long seed, @ForAll @IntRange(max = 11) int at, @ForAll @IntRange(min = 1, max = 31) int shift) {
        String alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        StringBuilder typed =
                new StringBuilder(InvoiceCode.random(new Random(seed)).value());
        typed.setCharAt(at, alphabet.charAt((alphabet.indexOf(typed.charAt(at)) + shift) % alphabet.length()));
        assertThatThrownBy(() -> new InvoiceCode(typed.toString())).hasMessageContaining("mistyped");
    }
}
