package mx.refahub.domain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * The clock of this machine as a process sees it. For the fault rounds alone it can be wrong: the environment variable {@code REFAHUB_CLOCK_FILE} names a file of eight bytes, a
 * big-endian number of milliseconds by which this process's clock is ahead, and whoever writes it sets the clock while the process runs.
 */
public final class MachineClock extends Clock {
    private static final VarHandle MILLIS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final Clock right;
    private final ByteBuffer ahead;

    private MachineClock(Clock right, ByteBuffer ahead) {
        this.right = right;
        this.ahead = ahead;
    }

    /** In UTC; the system's own unless the environment names a file. */
    public static Clock utc() {
        return of(System.getenv("REFAHUB_CLOCK_FILE"));
    }

    static Clock of(@Nullable String file) {
        if (file == null || file.isBlank()) return Clock.systemUTC();
        try (FileChannel channel = FileChannel.open(Path.of(file), StandardOpenOption.READ)) {
            return new MachineClock(Clock.systemUTC(), channel.map(FileChannel.MapMode.READ_ONLY, 0, Long.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException("REFAHUB_CLOCK_FILE", e);
        }
    }

    @Override
    public Instant instant() {
        return right.instant().plusMillis((long) MILLIS.getVolatile(ahead, 0));
    }

    @Override
    public ZoneId getZone() {
        return right.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? this : new MachineClock(right.withZone(zone), ahead);
    }
}
