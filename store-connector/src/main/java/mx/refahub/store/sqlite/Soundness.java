package mx.refahub.store.sqlite;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import mx.refahub.domain.Failure;

/** Looks at a database as it lies on the disk, and copies it, without ever writing to it. */
public final class Soundness {
    private static final int BLOCK = 1 << 20;
    private static final int PAGES_AT = 28;
    private static final int PAGE_SIZE_AT = 16;
    private static final int LARGEST_PAGE = 65_536;

    private Soundness() {}

    public enum Depth {
        /** Every page, no indexes against their tables: what a start can afford. */
        QUICK("pragma quick_check(1)"),
        FULL("pragma integrity_check(1)");

        private final String pragma;

        Depth(String pragma) {
            this.pragma = pragma;
        }
    }

    /** What is wrong with a file that nobody has open, its log included; empty if it is sound. */
    public static Optional<String> atRest(Path file, Depth depth) {
        try {
            if (Files.size(file) == 0) return Optional.of("the file is empty");
        } catch (IOException e) {
            return Optional.of("the file cannot be read: " + e.getMessage());
        }
        Optional<String> wal = WalFile.of(file).damage();
        if (wal.isPresent()) return wal;
        readAhead(file);
        return trouble(file, depth);
    }

    /**
     * As {@link #atRest}, by what a file tells without being read through: its log, its head, its list of tables, and whether it was cut off. Takes milliseconds however
     * large it is.
     */
    public static Optional<String> atFirstSight(Path file) {
        try {
            if (Files.size(file) == 0) return Optional.of("the file is empty");
            Optional<String> wal = WalFile.of(file).damage();
            if (wal.isPresent()) return wal;
            if (isCutOff(file)) return Optional.of("the file is shorter than it says");
        } catch (IOException e) {
            return Optional.of("the file cannot be read: " + e.getMessage());
        }
        try (Connection connection = SqliteFile.connect(file, SqliteFile.reading());
                Statement statement = connection.createStatement();
                ResultSet tables = statement.executeQuery("select name, sql from sqlite_schema")) {
            while (tables.next()) tables.getString(2);
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Only where no log is left: until it is carried over, the file may well be shorter. Format: sqlite.org/fileformat2.html, 1.3. */
    private static boolean isCutOff(Path file) throws IOException {
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        if (Files.exists(log) && Files.size(log) > 0) return false;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer head = ByteBuffer.allocate(PAGES_AT + Integer.BYTES);
            while (head.hasRemaining()) if (channel.read(head) < 0) return true;
            int size = Short.toUnsignedInt(head.getShort(PAGE_SIZE_AT));
            long pages = Integer.toUnsignedLong(head.getInt(PAGES_AT));
            return pages * (size == 1 ? LARGEST_PAGE : size) > channel.size();
        }
    }

    /**
     * A check reads page by page in the order of its trees, which after a start of the machine costs a disk's answer each (a minute and more for 700 MB). Read from
     * its beginning to its end the same file is there in seconds, and the check finds it in the system's cache; a file that has no room there is left alone.
     */
    private static void readAhead(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() > memory() / 4) return;
            ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
            while (channel.read(block) >= 0) block.clear();
        } catch (IOException e) {
            // The check itself says what is wrong.
        }
    }

    private static long memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine
                ? machine.getTotalMemorySize()
                : 0;
    }

    /** What is wrong with a file that may be in use; empty if it is sound. */
    public static Optional<String> trouble(Path file, Depth depth) {
        try (Connection connection = SqliteFile.connect(file, SqliteFile.reading());
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(depth.pragma)) {
            if (!answer.next()) return Optional.of("the check did not answer");
            String first = String.valueOf(answer.getString(1));
            return first.equals("ok") ? Optional.empty() : Optional.of(first.replaceAll("\\s+", " "));
        } catch (SQLException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Copies one consistent state, beside whoever writes, into a file that is not there yet, and syncs it. The copy is a single file, without a WAL.
     *
     * @throws Failure if it cannot be copied; what was written of it is deleted
     */
    public static void copy(Path from, Path to) {
        if (Files.exists(to)) throw new IllegalArgumentException(to + " is there already");
        try {
            try (Connection connection = SqliteFile.connect(from, SqliteFile.reading());
                    var statement = connection.prepareStatement("vacuum into ?")) {
                statement.setString(1, to.toString());
                statement.execute();
            }
            sync(to);
        } catch (SQLException | IOException e) {
            try {
                Files.deleteIfExists(to);
            } catch (IOException left) {
                e.addSuppressed(left);
            }
            throw Failure.retryable("cannot copy " + from.getFileName() + ": " + e.getMessage(), e);
        }
    }

    /** A file or, where the system can, a folder's list of names. */
    public static void sync(Path path) throws IOException {
        boolean folder = Files.isDirectory(path);
        try (FileChannel channel =
                FileChannel.open(path, folder ? StandardOpenOption.READ : StandardOpenOption.WRITE)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows does not open folders; its file system keeps the order of renames by itself.
            if (!folder) throw e;
        }
    }
}
