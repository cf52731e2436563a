package mx.refahub.routes.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import mx.refahub.domain.hub.RouteMap.Pace;
import org.junit.jupiter.api.Test;

class WindowTest {
    private final AtomicLong now = new AtomicLong(-7);
    private final Window window = new Window(now::get);

    @Test
    void the_last_minute_is_counted_and_what_is_older_forgotten() {
        for (int second = 0; second < 60; second++) {
            for (int i = 0; i < 10; i++) window.passed(TimeUnit.MILLISECONDS.toNanos(i == 0 ? 100 : 10), i == 0);
            now.addAndGet(TimeUnit.SECONDS.toNanos(1));
        }
        Pace pace = window.pace();
        assertThat(pace.perSecond()).isCloseTo(10, within(1.0));
        assertThat(pace.meanMillis()).isCloseTo(19, within(0.1));
        assertThat(pace.p95Millis()).isBetween(100.0, 115.0);
        assertThat(pace.failed()).isBetween(55L, 60L);

        now.addAndGet(TimeUnit.SECONDS.toNanos(70));
        assertThat(window.pace()).isEqualTo(Pace.NONE);
    }

    @Test
    void times_of_any_length_are_taken() {
        window.passed(0, false);
        window.passed(Long.MAX_VALUE / 4, false);
        assertThat(window.pace().p95Millis()).isGreaterThan(1_000_000);
    }
}
