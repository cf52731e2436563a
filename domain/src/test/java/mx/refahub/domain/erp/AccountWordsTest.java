package mx.refahub.domain.erp;

import static org.assertj.core.api.Assertions.assertThat;

import mx.refahub.domain.sale.Tender;
import org.junit.jupiter.api.Test;

class AccountWordsTest {
    @Test
    void every_way_of_paying_has_a_word_of_its_own() {
        for (Tender.Kind kind : Tender.Kind.values())
            assertThat(AccountWords.kind(kind.name())).isNotEqualTo(kind.name());
        assertThat(AccountWords.kind("16%")).isEqualTo("16%");
    }
}
