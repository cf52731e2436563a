package mx.refahub.store.sqlite;

import java.io.IOException;
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
        return wal.isPresent() ? wal : trouble(file, depth);
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
