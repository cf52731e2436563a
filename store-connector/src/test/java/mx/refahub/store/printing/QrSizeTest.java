package mx.refahub.store.printing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import mx.refahub.domain.sale.TicketProof;
import org.junit.jupiter.api.Test;

class QrSizeTest {
    private static final int NARROW = 384;
    private static final int WIDE = 576;

    @Test
    void the_fullest_code_of_a_ticket_is_printable_on_58_mm_paper() {
        String fullest = "A".repeat(TicketProof.MOST_CHARACTERS);

        assertThat(QrSize.modules(fullest)).isEqualTo(117);
        assertThat(QrSize.dots(fullest, NARROW)).isGreaterThanOrEqualTo(QrSize.LEAST);
        assertThat(QrSize.modules(fullest) * QrSize.dots(fullest, NARROW)).isLessThanOrEqualTo(NARROW);
        assertThat(QrSize.dots(fullest, WIDE)).isEqualTo(4);
    }

    @Test
    void every_shorter_code_fits_and_none_is_smaller() {
        for (int length = 1; length <= TicketProof.MOST_CHARACTERS; length += 13) {
            String text = "7".repeat(length);
            for (int paper : new int[] {NARROW, WIDE}) {
                assertThat(QrSize.dots(text, paper)).isBetween(QrSize.LEAST, 6);
                assertThat(QrSize.modules(text) * QrSize.dots(text, paper)).isLessThanOrEqualTo(paper);
            }
        }
    }

    @Test
    void small_letters_take_more_room_and_too_much_is_refused() {
        assertThat(QrSize.modules("C1-000001|7K3M9QXA0C4T")).isEqualTo(25);
        assertThat(QrSize.modules("RC1|x")).isEqualTo(21);
        assertThatThrownBy(() -> QrSize.modules("A".repeat(1_452))).isInstanceOf(IllegalArgumentException.class);
    }
}
