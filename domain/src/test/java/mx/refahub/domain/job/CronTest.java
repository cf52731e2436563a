package mx.refahub.domain.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {
    @Test
    void a_line_says_its_minutes_hours_and_days() {
        Cron cron = new Cron("  */15  8-10 * jan,7 mon-fri ");
        assertThat(cron.text()).isEqualTo("*/15 8-10 * JAN,7 MON-FRI");
        assertThat(cron.minutes()).containsExactly(0, 15, 30, 45);
        assertThat(cron.hours()).containsExactly(8, 9, 10);
        assertThat(cron.monthDays()).hasSize(31);
        assertThat(cron.months()).containsExactly(1, 7);
        assertThat(cron.weekDays()).containsExactly(1, 2, 3, 4, 5);
        assertThat(new Cron("0 3 * * 0").weekDays())
                .isEqualTo(new Cron("0 3 * * 7").weekDays())
                .containsExactly(7);
        assertThat(new Cron("5/20 3 * * *").minutes()).containsExactly(5, 25, 45);
        assertThat(new Cron("0 3 L * *").isLastDay()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "* * * *",
                "* * * * * *",
                "60 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "* * * 13 *",
                "* * * * 8",
                "a * * * *",
                "1,,2 * * * *",
                "5-1 * * * *",
                "*/0 * * * *",
                "1/2/3 * * * *",
                "1-2-3 * * * *",
                "-1 * * * *",
                "* * 1 * 1",
                "* * L * MON",
                "* * L,3 * *",
                "99999999999 * * * *"
            })
    void what_is_no_line_is_refused(String text) {
        assertThatThrownBy(() -> new Cron(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
