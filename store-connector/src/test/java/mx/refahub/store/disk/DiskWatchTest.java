package mx.refahub.store.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import mx.refahub.domain.store.StoreStatus.DiskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.util.unit.DataSize;

class DiskWatchTest {
    private static final long MB = 1024 * 1024;

    @TempDir
    Path data;

    private final AtomicLong free = new AtomicLong(10_000 * MB);

    private DiskWatch watch() {
        return new DiskWatch(
                data, settings(8), () -> free.get() + (Files.exists(data.resolve("ballast")) ? 0 : 8 * MB));
    }

    private static DiskSettings settings(long ballast) {
        return new DiskSettings(
                DataSize.ofGigabytes(2),
                DataSize.ofGigabytes(1),
                DataSize.ofMegabytes(500),
                DataSize.ofMegabytes(100),
                DataSize.ofMegabytes(ballast),
                Duration.ofSeconds(30));
    }

    @Test
    void what_selling_does_not_need_goes_first_and_comes_back_last() {
        DiskWatch watch = watch();
        List<Boolean> told = new ArrayList<>();
        watch.whenShort(told::add);
        watch.layBallast();
        List<DiskState> states = new ArrayList<>();
        for (long megabytes : new long[] {3_000, 1_900, 900, 400, 900, 1_900, 3_000}) {
            free.set(megabytes * MB);
            watch.look();
            states.add(watch.state());
        }

        assertThat(states)
                .containsExactly(
                        DiskState.AMPLE,
                        DiskState.LOW,
                        DiskState.SHORT,
                        DiskState.CRITICAL,
                        DiskState.SHORT,
                        DiskState.LOW,
                        DiskState.AMPLE);
        assertThat(told).containsExactly(false, true);
    }

    @Test
    void the_ballast_takes_real_room_and_is_given_back_last_of_all() throws IOException {
        DiskWatch watch = watch();
        watch.layBallast();
        Path ballast = data.resolve("ballast");
        assertThat(Files.size(ballast)).isEqualTo(8 * MB);

        free.set(120 * MB);
        watch.look();
        assertThat(ballast).exists();

        free.set(99 * MB);
        watch.look();
        assertThat(ballast).doesNotExist();
        assertThat(watch.freeBytes()).isEqualTo(107 * MB);

        watch.layBallast();
        assertThat(ballast).as("not while room is short").doesNotExist();
        free.set(10_000 * MB);
        watch.layBallast();
        assertThat(ballast).exists();
    }

    @Test
    void thresholds_that_rise_are_refused() {
        assertThatThrownBy(() -> new DiskSettings(
                        DataSize.ofMegabytes(1),
                        DataSize.ofMegabytes(2),
                        DataSize.ofMegabytes(1),
                        DataSize.ofMegabytes(1),
                        DataSize.ofMegabytes(1),
                        Duration.ofSeconds(30)))
                .hasMessageContaining("refahub.care.disk");
    }

    @Test
    void the_log_file_has_no_one_time_codes_and_stops_while_room_is_short() throws IOException {
        try (LogFile log = new LogFile(data)) {
            log.open();
            LoggerFactory.getLogger("till").info("setup code code=ABCD-EFGH expires=soon\nsecond line");
            log.room(false);
            LoggerFactory.getLogger("till").info("while short");
            log.room(true);
            LoggerFactory.getLogger("till").info("room again");
        }

        String text = Files.readString(data.resolve("logs/connector.log"));
        assertThat(text)
                .contains("setup code code=… expires=soon | second line", "room again")
                .doesNotContain("ABCD-EFGH", "while short");
    }

    @Test
    void what_others_could_read_is_tightened_at_the_start() throws IOException {
        Path open = Files.writeString(data.resolve("sales.db"), "x");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(OwnerOnly.tightenData(data)).containsExactlyInAnyOrder(data, open);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(open)))
                .isEqualTo("rw-------");
        assertThat(OwnerOnly.tightenData(data)).isEmpty();
    }
}
