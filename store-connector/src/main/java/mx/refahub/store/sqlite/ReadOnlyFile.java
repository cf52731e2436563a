package mx.refahub.store.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import mx.refahub.domain.Failure;

/** Another process's file, read through one connection that cannot write. */
public final class ReadOnlyFile implements AutoCloseable {
    private final Path path;
    private final Session session;

    private ReadOnlyFile(Path path, Session session) {
        this.path = path;
        this.session = session;
    }

    public static ReadOnlyFile open(Path path) {
        try {
            return new ReadOnlyFile(path, new Session(SqliteFile.connect(path, SqliteFile.reading())));
        } catch (SQLException e) {
            throw Failure.retryable("cannot open " + path + ": " + e.getMessage(), e);
        }
    }

    public synchronized <T> T read(SqliteFile.Work<T> work) {
        try {
            session.beginReading();
            try {
                return work.in(session);
            } finally {
                session.commit();
            }
        } catch (SQLException e) {
            throw Failure.retryable("cannot read " + path.getFileName() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() {
        session.close();
    }
}
