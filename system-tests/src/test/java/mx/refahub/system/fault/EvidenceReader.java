package mx.refahub.system.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mx.refahub.system.Shop;

/** Reads both databases beside the programs that own them, and changes nothing but what a fault needs. */
final class EvidenceReader {
    private final Path salesFile;
    private final String hubUrl;
    private final Path passwordFile;

    EvidenceReader(Shop shop) {
        this.salesFile = shop.folder().resolve("store").resolve("sales.db");
        this.hubUrl = "jdbc:postgresql://127.0.0.1:" + shop.databasePort()
                + "/refahub?user=refahub&connectTimeout=3&socketTimeout=20";
        this.passwordFile = shop.folder().resolve("hub").resolve("postgres.password");
    }

    private interface Rows<T> {
        T of(ResultSet row) throws SQLException;
    }

    private static <T> List<T> list(Connection at, String sql, Rows<T> rows) throws SQLException {
        List<T> found = new ArrayList<>();
        try (Statement statement = at.createStatement();
                ResultSet each = statement.executeQuery(sql)) {
            while (each.next()) found.add(rows.of(each));
        }
        return found;
    }

    private static Map<String, Long> sums(Connection at, String sql) throws SQLException {
        Map<String, Long> sums = new TreeMap<>();
        list(at, sql, row -> sums.put(row.getString(1), row.getLong(2)));
        return sums;
    }

    private Connection store() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:file:" + salesFile + "?mode=ro");
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma busy_timeout = 10000");
        }
        return connection;
    }

    Connection hub() throws SQLException, IOException {
        return DriverManager.getConnection(hubUrl
                + "&password="
                + Files.readString(passwordFile, StandardCharsets.US_ASCII).strip());
    }

    long lastAtStore() throws SQLException {
        try (Connection store = store()) {
            return list(store, "select coalesce(max(sequence), 0) from outbox", row -> row.getLong(1))
                    .getFirst();
        }
    }

    /** Documents that the hub does not have yet, or has not applied yet. A parked one counts until somebody mends it. */
    long missingAtHub() throws SQLException, IOException {
        long last = lastAtStore();
        try (Connection hub = hub()) {
            return list(hub, """
                select
                    (select landed from landing where store_id = (select id from store where code = 'CENTRO')),
                    (select count(*) from document_to_apply)
                """, row -> last - row.getLong(1) + row.getLong(2)).getFirst();
        }
    }

    void atHub(String... commands) throws SQLException, IOException {
        try (Connection hub = hub();
                Statement statement = hub.createStatement()) {
            for (String command : commands) statement.execute(command);
        }
    }

    /** @return how many documents of this store have landed, are applied, and stand in the ledger of lost sales */
    List<Long> ofAnother(java.util.UUID store) throws SQLException, IOException {
        try (Connection hub = hub();
                var asked = hub.prepareStatement("""
                select
                    (select landed from landing where store_id = s.id),
                    (select count(*) from document d join document_applied a on a.id = d.id where d.store_id = s.id),
                    (select count(*) from lost_sale l where l.store_id = s.id)
                from store s
                where s.id = ?
                """)) {
            asked.setObject(1, store);
            try (ResultSet row = asked.executeQuery()) {
                row.next();
                return List.of(row.getLong(1), row.getLong(2), row.getLong(3));
            }
        }
    }

    /** Of the hub's own PostgreSQL; the first line of its file. */
    long postmaster(Path hubFolder) throws IOException {
        return Long.parseLong(Files.readAllLines(hubFolder.resolve("postgres").resolve("postmaster.pid"))
                .getFirst()
                .strip());
    }

    /** A process of PostgreSQL that serves the hub. */
    long backend() throws SQLException, IOException {
        try (Connection hub = hub()) {
            return list(
                            hub,
                            "select pid from pg_stat_activity where application_name = 'refahub-hub' limit 1",
                            row -> row.getLong(1))
                    .getFirst();
        }
    }

    Evidence.Side storeSide() throws SQLException {
        try (Connection store = store()) {
            store.setAutoCommit(false);
            List<Evidence.Document> documents = list(store, """
                select epoch, sequence, id, key, hash, previous_hash
                from outbox
                order by sequence
                """, row -> document(row, null));
            List<String> troubles = list(store, """
                select 'document acknowledged that is not there: ' || a.sequence
                from acknowledged a
                where a.sequence > (select coalesce(max(sequence), 0) from outbox)
                """, row -> row.getString(1));
            return new Evidence.Side(
                    list(store, """
                        select s.id, s.folio_prefix, s.folio_number, s.cash_session_id, s.total,
                            (select coalesce(sum(total), 0) from sale_line l where l.sale_id = s.id),
                            (select coalesce(sum(amount), 0) from sale_tender t where t.sale_id = s.id)
                        from sale s
                        order by s.folio_prefix, s.folio_number
                        """, EvidenceReader::sale),
                    documents,
                    sums(store, """
                        select cash_session_id, sum(amount)
                        from cash_journal
                        where kind = 'SALE'
                        group by cash_session_id
                        """),
                    sums(store, """
                        select s.cash_session_id, sum(t.received)
                        from sale s
                        join sale_tender t on t.sale_id = s.id
                        group by s.cash_session_id
                        """),
                    sums(store, """
                        select part_id, sum(quantity)
                        from stock_movement
                        group by part_id
                        having sum(quantity) <> 0
                        """),
                    sums(store, """
                        select part_id, moved
                        from stock_balance
                        where moved <> 0
                        """),
                    list(store, """
                        select 'receipt', sale_id
                        from print_job
                        where reprint = 0
                        and printed_at is not null
                        union all
                        select 'drawer', cause
                        from drawer_opening
                        where reason = 'CASH_SALE'
                        """, row -> new Evidence.Effect(row.getString(1), row.getString(2))),
                    troubles,
                    documents.isEmpty() ? 0 : documents.getLast().sequence(),
                    documents.isEmpty() ? "" : documents.getLast().hash(),
                    list(store, "pragma integrity_check", row -> row.getString(1))
                            .getFirst());
        }
    }

    Evidence.Side hubSide() throws SQLException, IOException {
        try (Connection hub = hub()) {
            hub.setAutoCommit(false);
            hub.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            List<String> troubles = list(hub, """
                select 'difference: ' || what from ledger_difference
                union all
                select 'frozen: ' || frozen_cause || ' ' || frozen_sequence from landing where frozen_at is not null
                union all
                select 'to apply: ' || q.sequence || coalesce(', parked: ' || q.parked_reason, '') from document_to_apply q
                union all
                select 'beyond a gap: ' || sequence from document_waiting
                union all
                select 'put aside: ' || why from document_aside
                union all
                select 'chain of ' || store_id || ' broken before ' || sequence
                from (
                    select store_id, sequence, previous_hash,
                        lag(sequence) over w as sequence_before, lag(hash) over w as hash_before
                    from document
                    window w as (partition by store_id, epoch order by sequence)
                ) each
                where sequence_before is not null
                and (sequence <> sequence_before + 1 or previous_hash <> hash_before)
                """, row -> row.getString(1));
            return new Evidence.Side(
                    list(hub, """
                        select s.id, s.folio_prefix, s.folio_number, s.cash_session_id, s.total,
                            (select coalesce(sum(total), 0) from sale_line l where l.sale_id = s.id),
                            (select coalesce(sum(amount), 0) from sale_tender t where t.sale_id = s.id)
                        from sale s
                        where s.store_id = (select id from store where code = 'CENTRO')
                        order by s.folio_prefix, s.folio_number
                        """, EvidenceReader::sale),
                    list(
                            hub,
                            """
                            select d.epoch, d.sequence, d.id, d.key, d.hash, d.previous_hash, a.applied_at
                            from document d
                            left join document_applied a on a.id = d.id
                            where d.store_id = (select id from store where code = 'CENTRO')
                            order by d.epoch, d.sequence
                            """,
                            row -> document(
                                    row,
                                    row.getTimestamp(7) == null
                                            ? null
                                            : row.getTimestamp(7).toInstant())),
                    sums(hub, """
                        select s.cash_session_id, sum(t.received)
                        from sale s
                        join sale_tender t on t.sale_id = s.id
                        group by s.cash_session_id
                        """),
                    sums(hub, """
                        select s.cash_session_id, sum(t.received)
                        from sale s
                        join sale_tender t on t.sale_id = s.id
                        join cash_session c on c.id = s.cash_session_id
                        group by s.cash_session_id
                        """),
                    sums(hub, """
                        select m.part_id, sum(m.quantity)
                        from stock_movement m
                        where m.cause in (select id from sale)
                        group by m.part_id
                        having sum(m.quantity) <> 0
                        """),
                    sums(hub, """
                        select part_id, on_hand - opening
                        from stock_on_hand
                        where on_hand <> opening
                        """),
                    List.of(),
                    troubles,
                    list(hub, """
                        select landed
                        from landing
                        where store_id = (select id from store where code = 'CENTRO')
                        """, row -> row.getLong(1)).getFirst(),
                    list(hub, """
                        select hash
                        from landing
                        where store_id = (select id from store where code = 'CENTRO')
                        """, row -> hex(row.getBytes(1))).getFirst(),
                    "ok");
        }
    }

    private static Evidence.Sale sale(ResultSet row) throws SQLException {
        return new Evidence.Sale(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                row.getString(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7));
    }

    private static Evidence.Document document(ResultSet row, @org.jspecify.annotations.Nullable Instant appliedAt)
            throws SQLException {
        return new Evidence.Document(
                row.getLong(1),
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                hex(row.getBytes(5)),
                hex(row.getBytes(6)),
                appliedAt);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
