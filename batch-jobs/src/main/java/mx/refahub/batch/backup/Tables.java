package mx.refahub.batch.backup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The tables of a schema as a copy knows them. Every name is one of this house's: small letters, digits and underscores. */
final class Tables {
    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    private final Connection connection;

    Tables(Connection connection) {
        this.connection = connection;
    }

    record Table(String name, List<String> columns) {
        Table {
            columns = List.copyOf(columns);
            named(name);
            columns.forEach(Tables::named);
        }
    }

    record Sequence(String name, long last, boolean called) {
        Sequence {
            named(name);
        }
    }

    /** Order of rows is of no account in it. */
    record Sum(long rows, String sum) {}

    record ForeignKey(String table, String name, String definition) {}

    static String named(String name) {
        if (!NAME.matcher(name).matches()) throw new IllegalArgumentException("'" + name + "' is no name of a table");
        return name;
    }

    /** Text of rows and of copies is the same whoever asks. */
    void speakPlainly() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local timezone = 'UTC'");
            statement.execute("set local datestyle = 'ISO, YMD'");
            statement.execute("set local intervalstyle = 'postgres'");
            statement.execute("set local bytea_output = 'hex'");
            statement.execute("set local extra_float_digits = 1");
        }
    }

    String schemaVersion() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select version
                        from flyway_schema_history
                        where success
                        and version is not null
                        order by installed_rank desc
                        limit 1
                        """)) {
            if (!rows.next()) throw new SQLException("this database has no version");
            return rows.getString(1);
        }
    }

    /** Without what a running hub makes anew: staging, and what Quartz's processes tell each other. */
    List<Table> tables() throws SQLException {
        List<Table> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select c.relname, array_agg(a.attname::text order by a.attnum)
                        from pg_class c
                        join pg_attribute a on a.attrelid = c.oid
                        where c.relnamespace = current_schema()::regnamespace
                        and c.relkind in ('r', 'p')
                        and not c.relispartition
                        and c.relpersistence = 'p'
                        and c.relname not in ('flyway_schema_history', 'qrtz_fired_triggers', 'qrtz_scheduler_state', 'qrtz_locks')
                        and a.attnum > 0
                        and not a.attisdropped
                        and a.attgenerated = ''
                        group by c.relname
                        order by c.relname
                        """)) {
            while (rows.next())
                tables.add(new Table(
                        rows.getString(1), List.of((String[]) rows.getArray(2).getArray())));
        }
        return tables;
    }

    List<Sequence> sequences() throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select relname
                        from pg_class
                        where relnamespace = current_schema()::regnamespace
                        and relkind = 'S'
                        order by relname
                        """)) {
            while (rows.next()) names.add(named(rows.getString(1)));
        }
        List<Sequence> sequences = new ArrayList<>();
        for (String name : names)
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select last_value, is_called from " + name)) {
                row.next();
                sequences.add(new Sequence(name, row.getLong(1), row.getBoolean(2)));
            }
        return sequences;
    }

    void set(Sequence sequence) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select setval(?::regclass, ?, ?)")) {
            statement.setString(1, sequence.name());
            statement.setLong(2, sequence.last());
            statement.setBoolean(3, sequence.called());
            statement.execute();
        }
    }

    Sum sum(String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text from " + named(table)
                                + " t")) {
            row.next();
            return new Sum(row.getLong(1), row.getString(2));
        }
    }

    /** Of whole tables; those of their parts come with them. */
    List<ForeignKey> foreignKeys() throws SQLException {
        List<ForeignKey> keys = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select c.relname, k.conname, pg_get_constraintdef(k.oid)
                        from pg_constraint k
                        join pg_class c on c.oid = k.conrelid
                        where k.contype = 'f'
                        and k.conparentid = 0
                        and c.relnamespace = current_schema()::regnamespace
                        and c.relpersistence = 'p'
                        order by c.relname, k.conname
                        """)) {
            while (rows.next()) keys.add(new ForeignKey(rows.getString(1), rows.getString(2), rows.getString(3)));
        }
        return keys;
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
