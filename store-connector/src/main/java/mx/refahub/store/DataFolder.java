package mx.refahub.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import mx.refahub.store.disk.OwnerOnly;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connector's folder, taken by one process at a time: two writers would sell under the same folios. */
final class DataFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);

    private final Path path;
    private final FileChannel channel;

    private DataFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    static DataFolder take(Path path) {
        try {
            Files.createDirectories(path);
            FileChannel channel = FileChannel.open(
                    path.resolve("connector.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(channel) != null) return new DataFolder(path, channel);
            channel.close();
            throw new StartRefused(
                    "another store connector works in " + path.toAbsolutePath().normalize()
                            + ": stop it, or give this one its own folder with --refahub.store.data-dir=FOLDER");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use the folder " + path, e);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** Customers' names and amounts are in it: nobody but the connector's own account reads it. */
    void tighten() {
        try {
            for (Path open : OwnerOnly.tightenData(path))
                LOG.warn("others could read it, now only the connector's account can path={}", open);
        } catch (IOException e) {
            throw new StartRefused(path + " belongs to another account: run chown -R on it for the account that runs "
                    + "the connector, and start again (" + e.getMessage() + ")");
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
