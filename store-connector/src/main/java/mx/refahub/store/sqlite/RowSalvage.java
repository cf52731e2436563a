package mx.refahub.store.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes what SQLite still reads of a damaged file over into another one of the same schema, row by row, from both ends of each table up to the damage. */
public final class RowSalvage implements AutoCloseable {
    private final Connection damaged;

    private RowSalvage(Connection damaged) {
        this.damaged = damaged;
    }

    /** Empty if not even the schema can be read. */
    public static Optional<RowSalvage> of(Path file) {
        try {
            Connection connection = SqliteFile.connect(file, SqliteFile.reading());
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select count(*) from sqlite_master")) {
                if (rows.next()) return Optional.of(new RowSalvage(connection));
            } catch (SQLException e) {
                connection.close();
            }
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    /** The one number that this statement gives; empty if it cannot be read. */
    public Optional<Long> number(String sql) {
        try (Statement statement = damaged.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? Optional.of(rows.getLong(1)) : Optional.empty();
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    public Optional<String> text(String sql) {
        try (Statement statement = damaged.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    /**
     * Rows that are in both are taken as they are in the damaged file, which is the later one. A row that breaks a rule of the table is left out.
     *
     * @param except tables that are not touched
     * @return how many rows were taken over
     */
    public long into(LooseFile target, Set<String> except) {
        return target.write(session -> {
            long taken = 0;
            for (String table : session.all("""
                    select name
                    from sqlite_master
                    where type = 'table' and name not like 'sqlite_%'
                    order by name
                    """, row -> row.text("name"))) {
                if (!except.contains(table)) taken += table(session, table);
            }
            return taken;
        });
    }

    private long table(Session target, String table) throws SQLException {
        List<String> columns = new ArrayList<>();
        for (String column : target.all("pragma table_info(\"" + table + "\")", row -> row.text("name")))
            if (has(table, column)) columns.add(column);
        if (columns.isEmpty()) return 0;
        String names = "\"" + String.join("\", \"", columns) + "\"";
        String insert = "insert or replace into \"" + table + "\" (" + names + ") values ("
                + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
        Taking taking = new Taking(target, insert, columns.size());
        boolean rowids = has(table, "rowid");
        String select = "select " + (rowids ? "rowid" : "0") + ", " + names + " from \"" + table + "\"";
        boolean whole = taking.all(damaged, select + (rowids ? " order by rowid" : ""));
        if (!whole && rowids) taking.all(damaged, select + " where rowid > " + taking.highest + " order by rowid desc");
        return taking.taken;
    }

    private boolean has(String table, String column) {
        try (PreparedStatement statement =
                damaged.prepareStatement("select \"" + column + "\" from \"" + table + "\" limit 0")) {
            return statement.getMetaData().getColumnCount() == 1
                    && !statement.getMetaData().getColumnName(1).equals("\"" + column + "\"");
        } catch (SQLException e) {
            return false;
        }
    }

    private static final class Taking {
        private final Session target;
        private final String insert;
        private final int columns;
        private long highest = Long.MIN_VALUE;
        private long taken;

        Taking(Session target, String insert, int columns) {
            this.target = target;
            this.insert = insert;
            this.columns = columns;
        }

        /** @return whether it came to the end */
        boolean all(Connection from, String select) {
            try (Statement statement = from.createStatement();
                    ResultSet rows = statement.executeQuery(select)) {
                while (rows.next()) {
                    @Nullable Object[] values = new @Nullable Object[columns];
                    for (int i = 0; i < columns; i++) values[i] = rows.getObject(i + 2);
                    long rowid = rows.getLong(1);
                    if (rowid > highest && !select.endsWith("desc")) highest = rowid;
                    take(values);
                }
                return true;
            } catch (SQLException e) {
                return false;
            }
        }

        private void take(@Nullable Object[] values) {
            try {
                target.update(insert, values);
                taken++;
            } catch (SQLException | IllegalArgumentException e) {
                // A row that the damage has made senseless; the documents say what was in it.
                return;
            }
        }
    }

    @Override
    public void close() {
        try {
            damaged.close();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot close a damaged file", e);
        }
    }
}
