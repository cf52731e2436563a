package mx.refahub.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MisspellingTest {
    private static float distance(String typed, String word) {
        return Misspelling.distance(typed, word, 3);
    }

    @Test
    void what_happens_easily_is_closer_than_what_does_not() {
        assertThat(distance("balata", "balata")).isZero();
        assertThat(distance("valata", "balata")).as("sounds alike").isLessThan(distance("malata", "balata"));
        assertThat(distance("bakata", "balata")).as("a key beside").isLessThan(distance("bapata", "bazata"));
        assertThat(distance("blaata", "balata")).as("swapped").isLessThan(1);
        assertThat(distance("ballata", "balata")).as("doubled").isLessThan(distance("barlata", "balata"));
        assertThat(distance("orquilla", "horquilla")).as("silent").isLessThan(0.5f);
        assertThat(distance("horqilla", "horquilla")).as("silent").isLessThan(0.5f);
    }

    @Test
    void it_is_the_same_in_both_directions_and_gives_up_beyond_the_limit() {
        assertThat(distance("amortigador", "amortiguador")).isEqualTo(distance("amortiguador", "amortigador"));
        assertThat(Misspelling.distance("balata", "termostato", 2)).isGreaterThan(2);
    }
}
