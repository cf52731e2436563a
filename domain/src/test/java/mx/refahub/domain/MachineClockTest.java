package mx.refahub.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineClockTest {
    @Test
    void a_file_sets_the_clock_while_the_process_runs_and_without_one_it_is_the_machines(@TempDir Path folder)
            throws IOException {
        assertThat(MachineClock.of(null)).isEqualTo(Clock.systemUTC());
        Path file = folder.resolve("clock");
        set(file, Duration.ZERO);
        Clock clock = MachineClock.of(file.toString());
        assertThat(ahead(clock)).isBetween(Duration.ofSeconds(-2), Duration.ofSeconds(2));
        set(file, Duration.ofDays(-400));
        assertThat(ahead(clock))
                .isBetween(
                        Duration.ofDays(-400).minusSeconds(2),
                        Duration.ofDays(-400).plusSeconds(2));
    }

    private static Duration ahead(Clock clock) {
        return Duration.between(Instant.now(), clock.instant());
    }

    /** In place: a new file would be another than the one that is mapped. */
    private static void set(Path file, Duration ahead) throws IOException {
        Files.write(
                file,
                ByteBuffer.allocate(Long.BYTES).putLong(ahead.toMillis()).array(),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
    }
}
