package mx.refahub.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailpointTest {
    @Test
    void an_armed_point_strikes_from_its_pass_on_and_others_never() {
        Failpoint.Armed armed = Objects.requireNonNull(Failpoint.Armed.parse("C12_LANDED_NOT_CONFIRMED=1@3", "1"));
        assertThat(armed.strikes(Failpoint.C12_LANDED_NOT_CONFIRMED)).isFalse();
        assertThat(armed.strikes(Failpoint.C12_LANDED_NOT_CONFIRMED)).isFalse();
        assertThat(armed.strikes(Failpoint.C12_LANDED_NOT_CONFIRMED)).isTrue();
        assertThat(armed.strikes(Failpoint.C2_COMMITTED_NOT_ANSWERED)).isFalse();
    }

    @Test
    void a_seed_makes_the_dice_repeatable() {
        assertThat(rolls()).isEqualTo(rolls()).contains(0, 1);
    }

    @Test
    void a_misspelt_point_is_an_error_and_not_a_test_that_never_strikes() {
        assertThatThrownBy(() -> Failpoint.Armed.parse("C99=1", null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Failpoint.Armed.parse("C3_PRINTING", null)).hasMessageContaining("NAME=p");
        assertThat(Failpoint.Armed.parse(" ", null)).isNull();
    }

    @Test
    void a_file_arms_a_point_while_the_process_runs_and_counts_from_then(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("armed");
        Failpoint.Order order = Objects.requireNonNull(Failpoint.Order.of(file.toString(), "1"));
        assertThat(order.armed()).as("no file").isNull();
        Files.writeString(file, "C3_PRINTING=1@2");
        assertThat(Objects.requireNonNull(order.armed()).strikes(Failpoint.C3_PRINTING))
                .isFalse();
        assertThat(Objects.requireNonNull(order.armed()).strikes(Failpoint.C3_PRINTING))
                .isTrue();
        Files.writeString(file, "");
        assertThat(order.armed()).as("disarmed").isNull();
        assertThat(Failpoint.Order.of(null, null)).isNull();
    }

    private static int[] rolls() {
        Failpoint.Armed armed = Objects.requireNonNull(Failpoint.Armed.parse("C3_PRINTING=0.5", "42"));
        return IntStream.range(0, 50)
                .map(i -> armed.strikes(Failpoint.C3_PRINTING) ? 1 : 0)
                .toArray();
    }
}
