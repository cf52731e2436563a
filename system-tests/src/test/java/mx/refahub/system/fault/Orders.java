package mx.refahub.system.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import mx.refahub.domain.Failpoint;

/** What a program is told while it runs, by files that its environment names: where to die, and by how much its clock is wrong. */
final class Orders implements AutoCloseable {
    private final Path folder;

    private Orders(Path folder) {
        this.folder = folder;
    }

    static Orders inFolder(String program) throws IOException {
        Orders orders = new Orders(Files.createTempDirectory("refahub-orders-" + program + "-"));
        orders.clock(Duration.ZERO);
        return orders;
    }

    Map<String, String> environment() {
        return Map.of(
                "REFAHUB_FAILPOINTS_FILE", failpoints().toString(),
                "REFAHUB_FAILPOINT_SEED", "1",
                "REFAHUB_CLOCK_FILE", clockFile().toString());
    }

    /** @param pass strikes then, and at each later one */
    void arm(Failpoint point, int pass) throws IOException {
        Path half = folder.resolve("half");
        Files.writeString(half, point + "=1@" + pass);
        Files.move(half, failpoints(), StandardCopyOption.ATOMIC_MOVE);
    }

    void disarm() {
        try {
            Files.deleteIfExists(failpoints());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In place: the program has mapped this very file. */
    void clock(Duration ahead) {
        try {
            Files.write(
                    clockFile(),
                    ByteBuffer.allocate(Long.BYTES).putLong(ahead.toMillis()).array(),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path failpoints() {
        return folder.resolve("failpoints");
    }

    private Path clockFile() {
        return folder.resolve("clock");
    }

    @Override
    public void close() throws IOException {
        disarm();
        Files.deleteIfExists(clockFile());
        Files.deleteIfExists(folder);
    }
}
