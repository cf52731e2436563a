package mx.refahub.store.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The row under the cursor, by column name. The getters without {@code OrNull} are for columns that are never null. */
public final class Row {
    private final ResultSet rows;

    Row(ResultSet rows) {
        this.rows = rows;
    }

    public String text(String column) throws SQLException {
        return present(rows.getString(column), column);
    }

    public @Nullable String textOrNull(String column) throws SQLException {
        return rows.getString(column);
    }

    public long number(String column) throws SQLException {
        return rows.getLong(column);
    }

    public int small(String column) throws SQLException {
        return rows.getInt(column);
    }

    public boolean flag(String column) throws SQLException {
        return rows.getInt(column) != 0;
    }

    public byte[] bytes(String column) throws SQLException {
        return present(rows.getBytes(column), column);
    }

    public UUID id(String column) throws SQLException {
        return UUID.fromString(text(column));
    }

    public Instant instant(String column) throws SQLException {
        return InstantText.parse(text(column));
    }

    public @Nullable Instant instantOrNull(String column) throws SQLException {
        String text = rows.getString(column);
        return text == null ? null : InstantText.parse(text);
    }

    public boolean isNull(String column) throws SQLException {
        return rows.getString(column) == null;
    }

    private static <T> T present(@Nullable T value, String column) {
        if (value == null) throw new IllegalStateException("column " + column + " is null");
        return value;
    }
}
