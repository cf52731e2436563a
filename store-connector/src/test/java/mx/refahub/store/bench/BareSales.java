package mx.refahub.store.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import mx.refahub.store.sqlite.SqliteFile;
import org.sqlite.SQLiteConfig;

/** The least that a sale can cost: the till's statements with rows of the same shape, prepared once, values at hand, nothing computed. */
final class BareSales implements AutoCloseable {
    private static final String REGISTER = UUID.randomUUID().toString();
    private static final String SESSION = UUID.randomUUID().toString();
    private static final String PERSON = UUID.randomUUID().toString();
    private static final String AT = "2026-03-02T16:00:00.000Z";
    /** As long as the till's own, part for part. */
    private static final int PART_JSON_CHARACTERS = 370;

    private final SqliteFile schema;
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private final Random random = new Random(1);
    private final byte[] body;
    /** All but the last line, which is the deposit of the last part. */
    private final String[] parts;

    private final byte[] hash = new byte[32];
    private final byte[] signature = new byte[64];
    private long folio;
    private long journalled;
    private long sequence;

    /** @param bodyBytes as many as the till's own document has */
    BareSales(Path folder, int lines, int bodyBytes) throws SQLException {
        parts = Stream.generate(BareSales::part).limit(lines - 1).toArray(String[]::new);
        body = new byte[bodyBytes];
        // Schema, WAL and the checkpoints in the background, as the till has them.
        schema = SqliteFile.open(folder.resolve("sales.db"), "db/store/sales");
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setGetGeneratedKeys(false);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("sales.db"), config.toProperties());
        try (var statement = connection.createStatement()) {
            statement.execute("pragma wal_autocheckpoint = 0");
        }
        connection.setAutoCommit(false);
        random.nextBytes(body);
        random.nextBytes(hash);
        random.nextBytes(signature);
        run("insert into register (id, name, prefix) values (?, ?, ?)", REGISTER, "Caja 1", "C1");
        run(
                "insert into cash_session (id, register_id, opened_by, opened_by_name, opened_at, opening_float) values (?, ?, ?, ?, ?, ?)",
                SESSION,
                REGISTER,
                PERSON,
                "Marta",
                AT,
                50_000L);
        connection.commit();
    }

    /** @return nanoseconds of the charging transaction; the ticket is there before */
    long sell() throws SQLException {
        String ticket = id();
        String[] lines = Stream.generate(this::id).limit(parts.length + 1).toArray(String[]::new);
        run("insert into ticket (id, register_id, opened_at) values (?, ?, ?)", ticket, REGISTER, AT);
        for (int i = 0; i < parts.length; i++)
            run(
                    """
                    insert into ticket_line (id, ticket_id, position, part_id, quantity, price, list_price, price_includes_tax, core,
                                             core_line_id, part_json, salesperson, salesperson_name)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    lines[i],
                    ticket,
                    (long) i,
                    parts[i],
                    2_000L,
                    8_900L,
                    8_900L,
                    1L,
                    i == parts.length - 1 ? 60_000L : 0L,
                    lines[parts.length],
                    "x".repeat(PART_JSON_CHARACTERS),
                    PERSON,
                    "Marta");
        connection.commit();
        String[] ids = {id(), id(), id(), id()};

        long start = System.nanoTime();
        read("select id, register_id, finished_at from ticket where id = ?", ticket);
        read("select id from cash_session where register_id = ? and closed_at is null", REGISTER);
        read("""
                select id, quantity, price, list_price, price_includes_tax, core, core_line_id, part_json, salesperson, salesperson_name
                from ticket_line
                where ticket_id = ?
                order by position
                """, ticket);
        read("select sequence, hash, occurred_at from outbox order by sequence desc limit 1");
        read(
                "update register set next_folio = next_folio + 1 where id = ? returning prefix, next_folio - 1 as folio",
                REGISTER);
        run("""
                insert into outbox (sequence, id, epoch, key, type, schema, occurred_at, after, previous_hash, hash, signature, body)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, ++sequence, ids[0], 1L, ticket, "sale", 1L, AT, "", hash, hash, signature, body);
        run("""
                insert into sale (id, register_id, cash_session_id, folio_prefix, folio_number, invoice_code, sold_at, business_day, total,
                                  request_hash, document_sequence)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, ticket, REGISTER, SESSION, "C1", ++folio, ids[1], AT, "2026-03-02", 1_000L, ids[0] + ids[1], sequence);
        for (int i = 0; i < lines.length; i++) {
            String part = parts[Math.min(i, parts.length - 1)];
            run(
                    """
                    insert into sale_line (id, sale_id, position, kind, part_id, quantity, net, discount, base, tax, total)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    lines[i],
                    ticket,
                    (long) i,
                    i == parts.length ? "CORE_DEPOSIT" : "PART",
                    part,
                    2_000L,
                    1L,
                    0L,
                    1L,
                    1L,
                    2L);
            if (i == parts.length) continue;
            run(
                    "insert into stock_movement (id, part_id, kind, quantity, cause, at, bin, value, variance) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    lines[i],
                    part,
                    "SALE",
                    -2_000L,
                    ticket,
                    AT,
                    "",
                    0L,
                    0L);
            run("""
                    insert into stock_balance (part_id, moved, value, last_cost)
                    values (?, ?, ?, ?)
                    on conflict (part_id) do update
                    set moved = moved + excluded.moved, value = value + excluded.value, last_cost = excluded.last_cost
                    """, part, -2_000L, 0L, 0L);
            run("""
                    insert into stock_bin (part_id, bin, moved)
                    values (?, ?, ?)
                    on conflict (part_id, bin) do update set moved = moved + excluded.moved
                    """, part, "", -2_000L);
        }
        run(
                "insert into sale_tender (id, sale_id, position, kind, amount, received, reference) values (?, ?, ?, ?, ?, ?, ?)",
                ids[2],
                ticket,
                1L,
                "CASH",
                1_000L,
                2_000L,
                "");
        journal("SALE", 2_000L, ticket);
        journal("CHANGE", -1_000L, ticket);
        run(
                "insert into core_owed (line_id, sale_id, quantity, deposit, sold_on) values (?, ?, ?, ?, ?)",
                lines[parts.length],
                ticket,
                2_000L,
                60_000L,
                "2026-03-02");
        run(
                "insert into print_job (id, sale_id, reprint, kick_drawer, queued_at) values (?, ?, ?, ?, ?)",
                ids[3],
                ticket,
                0L,
                1L,
                AT);
        run("update ticket set finished_at = ? where id = ? and finished_at is null", AT, ticket);
        connection.commit();
        return System.nanoTime() - start;
    }

    private void journal(String kind, long amount, String ticket) throws SQLException {
        run(
                """
                insert into cash_journal (cash_session_id, sequence, at, kind, tender, currency, amount, by_id, by_name, cause, detail,
                                          previous_hash, hash)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                SESSION,
                ++journalled,
                AT,
                kind,
                "CASH",
                "MXN",
                amount,
                SESSION,
                "Marta",
                ticket,
                "C1-000001",
                hash,
                hash);
    }

    private static String part() {
        return UUID.randomUUID().toString();
    }

    private String id() {
        return new UUID(System.currentTimeMillis() << 16 | 0x7000L | sequence & 0xFFF, random.nextLong()).toString();
    }

    private void run(String sql, Object... values) throws SQLException {
        bound(sql, values).executeUpdate();
    }

    private void read(String sql, Object... values) throws SQLException {
        try (ResultSet rows = bound(sql, values).executeQuery()) {
            while (rows.next()) {
                for (int column = 1; column <= 3 && column <= rows.getMetaData().getColumnCount(); column++)
                    rows.getString(column);
            }
        }
    }

    private PreparedStatement bound(String sql, Object... values) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (int i = 0; i < values.length; i++) {
            switch (values[i]) {
                case String text -> statement.setString(i + 1, text);
                case Long number -> statement.setLong(i + 1, number);
                case byte[] bytes -> statement.setBytes(i + 1, bytes);
                default ->
                    throw new IllegalArgumentException(values[i].getClass().getName());
            }
        }
        return statement;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
        schema.close();
    }
}
