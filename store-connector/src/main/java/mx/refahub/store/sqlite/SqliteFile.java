package mx.refahub.store.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import mx.refahub.domain.Failure;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * One SQLite file in WAL mode with {@code synchronous=FULL}: a commit that returned has been synced. One connection writes, a few others read, and a
 * thread of its own copies the WAL into the file, because a checkpoint inside a commit is what makes the slowest sales slow.
 */
public final class SqliteFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteFile.class);
    private static final int READERS = 4;
    private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(5);
    private static final long CHECKPOINT_FROM_BYTES = 1024 * 1024;

    private final Path path;
    private final ReentrantLock writing = new ReentrantLock();
    private final Session writer;
    private final Semaphore readerPermits = new Semaphore(READERS, true);
    private final BlockingQueue<Session> idleReaders = new LinkedBlockingQueue<>();
    private final Thread checkpoints;
    private volatile boolean closed;

    private SqliteFile(Path path, Session writer) {
        this.path = path;
        this.writer = writer;
        this.checkpoints = Thread.ofPlatform()
                .daemon()
                .name("checkpoint " + path.getFileName())
                .unstarted(this::checkpoint);
    }

    /** Work inside one transaction or one reader; what it throws rolls the transaction back. */
    @FunctionalInterface
    public interface Work<T> {
        T in(Session session) throws SQLException;
    }

    @FunctionalInterface
    public interface Change {
        void in(Session session) throws SQLException;
    }

    /** Opens the file, makes it if it is not there, and brings its schema up to date. */
    public static SqliteFile open(Path path, String migrations) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            SQLiteDataSource source = new SQLiteDataSource(writing());
            source.setUrl("jdbc:sqlite:" + path);
            Flyway.configure()
                    .dataSource(source)
                    .locations("classpath:" + migrations)
                    .load()
                    .migrate();
            SqliteFile file = new SqliteFile(path, new Session(connect(path, writing())));
            file.checkpoints.start();
            return file;
        } catch (IOException | SQLException e) {
            throw Failure.retryable("cannot open " + path + ": " + e.getMessage(), e);
        }
    }

    /** Commits, synced to the disk, before it returns. One at a time. */
    public <T> T write(Work<T> work) {
        writing.lock();
        try {
            writer.begin();
            T result;
            try {
                result = work.in(writer);
                writer.commit();
            } catch (Throwable thrown) {
                rollBack(thrown);
                throw thrown;
            }
            return result;
        } catch (SQLException e) {
            writer.forget();
            String message = "cannot write " + path.getFileName() + ": " + e.getMessage();
            throw isFull(e) ? Failure.noRoom(message, e) : Failure.retryable(message, e);
        } finally {
            writing.unlock();
        }
    }

    /** As {@link #write}, with nothing to answer. */
    public void change(Change change) {
        this.<Boolean>write(session -> {
            change.in(session);
            return true;
        });
    }

    /** Reads one consistent state, beside a writer that is at work. */
    public <T> T read(Work<T> work) {
        readerPermits.acquireUninterruptibly();
        try {
            Session reader = idleReaders.poll();
            if (reader == null) reader = new Session(connect(path, reading()));
            boolean sound = false;
            try {
                reader.beginReading();
                T result = work.in(reader);
                reader.commit();
                sound = true;
                return result;
            } finally {
                if (sound) idleReaders.add(reader);
                else reader.close();
            }
        } catch (SQLException e) {
            throw Failure.retryable("cannot read " + path.getFileName() + ": " + e.getMessage(), e);
        } finally {
            readerPermits.release();
        }
    }

    public Path path() {
        return path;
    }

    /** A connection that can only read; for the child process, and for readers here. */
    static Connection connect(Path path, SQLiteConfig config) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path, config.toProperties());
        try (var statement = connection.createStatement()) {
            statement.execute("pragma wal_autocheckpoint = 0");
            // The driver tries a transaction of its own after each statement while it believes in auto-commit, and
            // opens one after each commit while it
            // does not. Told that it is in one, and that one ended behind its back, it leaves them to us.
            connection.setAutoCommit(false);
            statement.execute("commit");
        }
        return connection;
    }

    static SQLiteConfig writing() {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setBusyTimeout((int) BUSY_TIMEOUT.toMillis());
        config.setPragma(SQLiteConfig.Pragma.JOURNAL_SIZE_LIMIT, "67108864");
        // Ids are minted, not asked for: saves a query after each insert.
        config.setGetGeneratedKeys(false);
        return config;
    }

    static SQLiteConfig reading() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout((int) BUSY_TIMEOUT.toMillis());
        config.setReadOnly(true);
        return config;
    }

    private void rollBack(Throwable cause) {
        if (isOfTheEngine(cause)) writer.forget();
        try {
            writer.rollback();
        } catch (SQLException e) {
            // After some errors the engine has rolled back by itself.
            writer.forget();
            cause.addSuppressed(e);
        }
    }

    private static boolean isFull(SQLException e) {
        return e instanceof SQLiteException of && of.getResultCode() == SQLiteErrorCode.SQLITE_FULL;
    }

    private static boolean isOfTheEngine(Throwable thrown) {
        for (Throwable each = thrown; each != null; each = each.getCause())
            if (each instanceof SQLException) return true;
        return false;
    }

    /** Passive: waits for nobody and holds nobody up; what a reader still needs is copied the next time. */
    private void checkpoint() {
        try (Connection connection = connect(path, writing());
                var statement = connection.createStatement()) {
            while (!closed) {
                LockSupport.parkNanos(CHECKPOINT_INTERVAL.toNanos());
                if (closed || walBytes() < CHECKPOINT_FROM_BYTES) continue;
                try {
                    statement.execute("pragma wal_checkpoint(passive)");
                } catch (SQLException e) {
                    LOG.warn("checkpoint failed file={} reason={}", path.getFileName(), e.getMessage());
                }
            }
        } catch (SQLException e) {
            LOG.error("checkpoints ended file={} reason={}", path.getFileName(), e.getMessage());
        }
    }

    private long walBytes() {
        try {
            return Files.size(path.resolveSibling(path.getFileName() + "-wal"));
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(checkpoints);
        try {
            checkpoints.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        readerPermits.acquireUninterruptibly(READERS);
        for (Session reader; (reader = idleReaders.poll()) != null; ) reader.close();
        writing.lock();
        try {
            writer.close();
        } finally {
            writing.unlock();
        }
    }
}
