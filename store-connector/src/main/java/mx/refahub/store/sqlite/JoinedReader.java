package mx.refahub.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import mx.refahub.domain.Failure;

/**
 * Reads one file with another attached to it, so that one statement joins both. Beside the files' own readers and writers; it can write neither. Each
 * file is read in a consistent state of its own.
 */
public final class JoinedReader implements AutoCloseable {
    private static final int READERS = 4;

    private final SqliteFile file;
    private final SqliteFile attached;
    private final String name;
    private final Semaphore permits = new Semaphore(READERS, true);
    private final BlockingQueue<Session> idle = new LinkedBlockingQueue<>();

    /** @param name by which statements call the attached file */
    public JoinedReader(SqliteFile file, SqliteFile attached, String name) {
        if (!name.matches("[a-z]+")) throw new IllegalArgumentException("'" + name + "' is no name for a file");
        this.file = file;
        this.attached = attached;
        this.name = name;
    }

    public <T> T read(SqliteFile.Work<T> work) {
        permits.acquireUninterruptibly();
        try {
            Session reader = idle.poll();
            if (reader == null) reader = open();
            boolean sound = false;
            try {
                reader.beginReading();
                T result = work.in(reader);
                reader.commit();
                sound = true;
                return result;
            } finally {
                if (sound) idle.add(reader);
                else reader.close();
            }
        } catch (SQLException e) {
            throw Failure.retryable(
                    "cannot read " + file.path().getFileName() + " with "
                            + attached.path().getFileName() + ": " + e.getMessage(),
                    e);
        } finally {
            permits.release();
        }
    }

    private Session open() throws SQLException {
        Connection connection = SqliteFile.connect(file.path(), SqliteFile.reading());
        boolean opened = false;
        try (PreparedStatement attach = connection.prepareStatement("attach database ? as " + name)) {
            attach.setString(1, attached.path().toString());
            attach.execute();
            opened = true;
            return new Session(connection);
        } finally {
            if (!opened) connection.close();
        }
    }

    @Override
    public void close() {
        permits.acquireUninterruptibly(READERS);
        for (Session reader; (reader = idle.poll()) != null; ) reader.close();
    }
}
