package mx.refahub.batch.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The name under which one process owns its runs. It stands in the folder of runs, which one process at a time can hold: whoever holds it knows that the one before,
 * of the same name, is dead, and may take its runs up at once. A process that cannot hold the folder has a name of its own that never comes again; its runs are found
 * by their lease.
 */
final class RunOwner implements AutoCloseable {
    private static final String FILE = "owner";
    private static final int SHOWN = 8;

    private final String name;
    private final @Nullable FileChannel held;

    private RunOwner(String name, @Nullable FileChannel held) {
        this.name = name;
        this.held = held;
    }

    /** @param prefix what people call this process */
    static RunOwner take(Path folder, String prefix) {
        try {
            Files.createDirectories(folder);
            FileChannel channel = FileChannel.open(
                    folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (isLocked(channel)) return new RunOwner(prefix + "-" + known(channel), channel);
            channel.close();
            return new RunOwner(prefix + "-" + fresh(), null);
        } catch (IOException e) {
            throw new UncheckedIOException("owner of runs in " + folder, e);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static String known(FileChannel channel) throws IOException {
        ByteBuffer kept = ByteBuffer.allocate(SHOWN);
        while (kept.hasRemaining() && channel.read(kept, kept.position()) >= 0) {}
        String id = new String(kept.array(), 0, kept.position(), StandardCharsets.US_ASCII);
        if (id.matches("[0-9a-f]{" + SHOWN + "}")) return id;
        String made = fresh();
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(made.getBytes(StandardCharsets.US_ASCII)), 0);
        channel.force(true);
        return made;
    }

    private static String fresh() {
        String random = UUID.randomUUID().toString();
        return random.substring(0, SHOWN);
    }

    String name() {
        return name;
    }

    /** The lock goes with the file; that of a killed process goes with the process. */
    @Override
    public void close() {
        if (held == null) return;
        try {
            held.close();
        } catch (IOException e) {
            throw new UncheckedIOException("owner of runs", e);
        }
    }
}
