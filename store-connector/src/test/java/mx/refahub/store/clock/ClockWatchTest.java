package mx.refahub.store.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.StoreStatus.ClockState;
import mx.refahub.domain.store.UserId;
import mx.refahub.store.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store's clock stands at 2 March 2026, 10:00 in Mexico City. */
class ClockWatchTest {
    private static final Person BOSS = new Person(new UserId(new UUID(1, 7)), "Rosa", Role.MANAGER);

    private final AtomicLong nanos = new AtomicLong();
    private TestStore store;
    private ClockWatch watch;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = TestStore.open(folder);
        watch = watch();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private ClockWatch watch() {
        return new ClockWatch(
                store.sales,
                store.clock,
                nanos::get,
                new ClockSettings(Duration.ofMinutes(2), Duration.ofDays(1), Duration.ofDays(366)),
                Instant.parse("2026-01-01T00:00:00Z"),
                () -> ZoneId.of("America/Mexico_City"));
    }

    private String refused() {
        return watch.refusal().map(Refusal::code).orElse("open");
    }

    @Test
    void some_minutes_from_the_hub_are_shown_and_a_day_is_too_much() {
        watch.hubSaid(119_000);
        assertThat(watch.state()).isEqualTo(ClockState.RIGHT);
        watch.hubSaid(-121_000);
        assertThat(watch.state()).isEqualTo(ClockState.OFF);
        assertThat(refused()).isEqualTo("open");

        watch.hubSaid(Duration.ofHours(25).toMillis());
        assertThat(watch.state()).isEqualTo(ClockState.WRONG);
        assertThat(watch.refusal()).contains(Refusal.of("clock-wrong", "02/03/2026 10:00", "03/03/2026 11:00"));
    }

    @Test
    void a_clock_set_wrong_after_the_hub_answered_is_caught_before_it_answers_again() {
        watch.hubSaid(0);
        store.clock.advance(Duration.ofDays(-3_650));
        assertThat(refused()).isEqualTo("clock-wrong");
        store.clock.advance(Duration.ofDays(3_650));
        assertThat(refused()).isEqualTo("open");

        nanos.addAndGet(Duration.ofDays(30).toNanos());
        store.clock.advance(Duration.ofDays(30));
        assertThat(refused()).as("a month went by for both").isEqualTo("open");
    }

    @Test
    void a_machine_that_slept_over_a_long_weekend_sells_before_the_hub_answers_again() {
        watch.hubSaid(0);
        store.clock.advance(Duration.ofDays(4));
        assertThat(refused()).isEqualTo("open");
        assertThat(watch.state()).isEqualTo(ClockState.RIGHT);

        watch.hubSaid(Duration.ofDays(-4).toMillis());
        assertThat(refused()).as("the hub says that it did not sleep").isEqualTo("clock-wrong");
        store.clock.advance(Duration.ofDays(-4));
        assertThat(refused()).as("set right").isEqualTo("open");
    }

    @Test
    void without_a_hub_the_newest_document_and_the_program_tell() {
        store.openCashSession(TestStore.C1);
        store.clock.advance(Duration.ofHours(-3));
        assertThat(refused()).as("set back a little").isEqualTo("open");
        store.clock.advance(Duration.ofDays(-2));
        assertThat(refused()).as("before the newest document").isEqualTo("clock-wrong");
        store.clock.advance(Duration.ofDays(62));
        assertThat(refused()).as("two months without a sale").isEqualTo("open");
        store.clock.advance(Duration.ofDays(400));
        assertThat(refused()).as("a year later, with nobody to ask").isEqualTo("clock-wrong");
        store.clock.advance(Duration.ofDays(-5_000));
        assertThat(watch.refusal().orElseThrow().arguments().getLast())
                .as("the battery is empty, the program is newer than 2012")
                .isEqualTo("31/12/2025 18:00");
    }

    @Test
    void a_manager_may_say_that_it_is_right_and_why_and_that_is_kept() {
        store.openCashSession(TestStore.C1);
        store.clock.advance(Duration.ofDays(500));
        assertThat(TestStore.refusal(watch.accept(TestStore.MARTA, "cerramos un año")))
                .isEqualTo("not-manager");
        assertThat(TestStore.refusal(watch.accept(BOSS, "  "))).isEqualTo("clock-reason-missing");
        assertThat(TestStore.refusal(watch.accept(BOSS, "a\u0000b"))).isEqualTo("clock-reason-missing");
        assertThat(store.count("clock_acceptance")).isZero();

        assertThat(TestStore.done(watch.accept(BOSS, "cerramos un año por obra")))
                .isEqualTo("15/07/2027 10:00");

        assertThat(refused()).isEqualTo("open");
        assertThat(TestStore.refusal(watch.accept(BOSS, "otra vez"))).isEqualTo("clock-not-wrong");
        assertThat(store.count("clock_acceptance")).isEqualTo(1);
        watch = watch();
        assertThat(refused()).as("after a restart too").isEqualTo("open");
        store.clock.advance(Duration.ofDays(2));
        assertThat(refused()).as("good for a day").isEqualTo("clock-wrong");
    }

    @Test
    void settings_without_sense_are_refused() {
        assertThatThrownBy(() -> new ClockSettings(Duration.ZERO, Duration.ofDays(1), Duration.ofDays(366)))
                .hasMessageContaining("refahub.care.clock.banner");
        assertThatThrownBy(() -> new ClockSettings(Duration.ofDays(2), Duration.ofDays(1), Duration.ofDays(366)))
                .hasMessageContaining("refahub.care.clock.tolerance");
        assertThatThrownBy(() -> new ClockSettings(Duration.ofMinutes(2), Duration.ofDays(1), Duration.ofDays(3)))
                .hasMessageContaining("refahub.care.clock.longest");
    }
}
