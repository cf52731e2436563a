package mx.refahub.domain.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OneTimeSecretTest {
    private final OneTimeSecret secret = OneTimeSecret.random(new Random(7));

    @Test
    void a_code_read_from_a_log_and_typed_carelessly_is_the_same_code() {
        String typed =
                " " + secret.text().toLowerCase(Locale.ROOT).replace('-', ' ').replace('0', 'o') + " ";

        assertThat(new OneTimeSecret(typed)).isEqualTo(secret);
        assertThat(new OneTimeSecret(typed).hash()).isEqualTo(secret.hash()).matches("[0-9a-f]{64}");
    }

    @Test
    void it_is_shown_in_groups_of_four() {
        assertThat(secret.text()).matches("([0-9A-Z]{4}-){6}[0-9A-Z]{2}");
    }

    @Test
    void another_text_is_no_code() {
        assertThatThrownBy(() -> new OneTimeSecret("1234")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        new OneTimeSecret(secret.text().replace(secret.text().charAt(0), 'U')))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void it_never_shows_itself_by_accident() {
        assertThat(secret.toString()).doesNotContain(secret.value());
    }
}
