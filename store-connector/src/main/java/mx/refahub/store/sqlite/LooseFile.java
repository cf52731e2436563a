package mx.refahub.store.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import mx.refahub.domain.Failure;
import org.sqlite.SQLiteConfig;

/**
 * A file that is being put together and that nobody else has open: one connection, no WAL, references unchecked until {@link #referencesWithoutTarget}. What is
 * lost of it when the process dies is made again.
 */
public final class LooseFile implements AutoCloseable {
    private final Path path;
    private final Session session;

    private LooseFile(Path path, Session session) {
        this.path = path;
        this.session = session;
    }

    /** Opens the file, or makes it. */
    public static LooseFile open(Path path) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.DELETE);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.enforceForeignKeys(false);
        config.setGetGeneratedKeys(false);
        try {
            Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path, config.toProperties());
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("commit");
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
            return new LooseFile(path, new Session(connection));
        } catch (SQLException e) {
            throw Failure.retryable("cannot open " + path + ": " + e.getMessage(), e);
        }
    }

    /** One transaction; what it throws rolls it back. */
    public <T> T write(SqliteFile.Work<T> work) {
        try {
            session.begin();
            try {
                T result = work.in(session);
                session.commit();
                return result;
            } catch (Throwable thrown) {
                try {
                    session.rollback();
                } catch (SQLException e) {
                    thrown.addSuppressed(e);
                }
                throw thrown;
            }
        } catch (SQLException e) {
            throw Failure.retryable("cannot write " + path.getFileName() + ": " + e.getMessage(), e);
        }
    }

    public void change(SqliteFile.Change change) {
        this.<Boolean>write(work -> {
            change.in(work);
            return true;
        });
    }

    /** Rows that name a row which is not there. */
    public long referencesWithoutTarget() {
        return write(work -> (long)
                work.all("pragma foreign_key_check", row -> row.text("table")).size());
    }

    @Override
    public void close() {
        session.close();
    }
}
