package mx.refahub.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A connection with its statements kept prepared: each statement is a constant of our code, so there are few and they are worth keeping. Ids and instants
 * are text (ISO 8601, UTC, always with milliseconds, so that they sort), amounts integers. Used by one thread at a time.
 */
public final class Session {
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    Session(Connection connection) {
        this.connection = connection;
    }

    /** Makes a value of a row. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(Row row) throws SQLException;
    }

    /** @return how many rows it changed */
    public int update(String sql, @Nullable Object... arguments) throws SQLException {
        PreparedStatement statement = bound(sql, arguments);
        return statement.executeUpdate();
    }

    /** An update that must change exactly one row. */
    public void updateOne(String sql, @Nullable Object... arguments) throws SQLException {
        int changed = update(sql, arguments);
        if (changed != 1) throw new IllegalStateException("changed " + changed + " rows instead of one: " + sql);
    }

    public <T> List<T> all(String sql, Reader<? extends T> reader, @Nullable Object... arguments) throws SQLException {
        List<T> found = new ArrayList<>();
        try (ResultSet rows = bound(sql, arguments).executeQuery()) {
            Row row = new Row(rows);
            while (rows.next()) found.add(reader.read(row));
        }
        return found;
    }

    /** The first row. */
    public <T> Optional<T> first(String sql, Reader<? extends T> reader, @Nullable Object... arguments)
            throws SQLException {
        try (ResultSet rows = bound(sql, arguments).executeQuery()) {
            return rows.next() ? Optional.of(reader.read(new Row(rows))) : Optional.empty();
        }
    }

    public boolean exists(String sql, @Nullable Object... arguments) throws SQLException {
        try (ResultSet rows = bound(sql, arguments).executeQuery()) {
            return rows.next();
        }
    }

    /** Collects updates of one statement; sent by {@link #executeBatch}. */
    public void addToBatch(String sql, @Nullable Object... arguments) throws SQLException {
        bound(sql, arguments).addBatch();
    }

    public void executeBatch(String sql) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement != null) statement.executeBatch();
    }

    void begin() throws SQLException {
        update("begin immediate");
    }

    void beginReading() throws SQLException {
        update("begin");
    }

    void commit() throws SQLException {
        update("commit");
    }

    void rollback() throws SQLException {
        update("rollback");
    }

    /** After an error of the engine (a full disk, a write that failed) the driver has ended some of the statements for good: all are made anew. */
    void forget() {
        for (PreparedStatement statement : prepared.values()) {
            try {
                statement.close();
            } catch (SQLException e) {
                // It had ended already.
                continue;
            }
        }
        prepared.clear();
    }

    void close() {
        try {
            for (PreparedStatement statement : prepared.values()) statement.close();
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot close a connection", e);
        }
    }

    private PreparedStatement bound(String sql, @Nullable Object... arguments) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        for (int i = 0; i < arguments.length; i++) bind(statement, i + 1, arguments[i]);
        return statement;
    }

    private static void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> statement.setNull(index, Types.NULL);
            case String text -> statement.setString(index, text);
            case Long number -> statement.setLong(index, number);
            case Integer number -> statement.setInt(index, number);
            case byte[] bytes -> statement.setBytes(index, bytes);
            case Boolean flag -> statement.setInt(index, flag ? 1 : 0);
            case UUID id -> statement.setString(index, id.toString());
            case Instant instant -> statement.setString(index, InstantText.of(instant));
            case LocalDate day -> statement.setString(index, day.toString());
            case Enum<?> constant -> statement.setString(index, constant.name());
            default -> throw new IllegalArgumentException("cannot bind a " + value.getClass());
        }
    }
}
