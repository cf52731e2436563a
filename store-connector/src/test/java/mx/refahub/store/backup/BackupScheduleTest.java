package mx.refahub.store.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import mx.refahub.domain.Failure;
import mx.refahub.store.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupScheduleTest {
    private final AtomicInteger told = new AtomicInteger();
    private TestStore store;
    private BackupSchedule schedule;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = TestStore.open(folder);
        schedule = schedule();
    }

    @AfterEach
    void close() {
        schedule.close();
        store.close();
    }

    private BackupSchedule schedule() {
        BackupSettings settings = new BackupSettings(Duration.ofHours(1), 24, 14, null, null);
        return new BackupSchedule(
                new Backups(store.folder, settings, store.clock, "test"), settings, store.clock, told::incrementAndGet);
    }

    @Test
    void one_is_due_each_hour_and_when_the_clock_was_set_back() {
        assertThat(schedule.due()).isTrue();
        assertThat(schedule.now().flaw()).isEmpty();
        assertThat(schedule.due()).isFalse();
        store.clock.advance(Duration.ofMinutes(59));
        assertThat(schedule.due()).isFalse();
        store.clock.advance(Duration.ofMinutes(1));
        assertThat(schedule.due()).isTrue();
        store.clock.advance(Duration.ofHours(-3));
        assertThat(schedule.due()).isTrue();
        assertThat(schedule().newest()).as("known after a restart").isEqualTo(schedule.newest());
    }

    @Test
    void one_that_is_asked_for_is_taken_at_once_on_its_own_thread() {
        schedule.start();
        schedule.ask();

        await().atMost(Duration.ofSeconds(60)).until(() -> schedule.newest().isPresent());
        assertThat(told.get()).isPositive();
    }

    @Test
    void a_failure_is_said_until_one_succeeds_and_so_is_a_long_time_without_any() throws IOException {
        Path inTheWay = Files.createFile(store.folder.resolve("backups"));
        assertThatThrownBy(schedule::now).isInstanceOf(Failure.class);
        assertThat(schedule.trouble()).isPresent();
        assertThat(told).hasValue(1);

        Files.delete(inTheWay);
        assertThat(schedule.now().flaw()).isEmpty();
        assertThat(schedule.trouble()).isEmpty();
        store.clock.advance(Duration.ofHours(4));
        assertThat(schedule.trouble()).isPresent();
    }
}
