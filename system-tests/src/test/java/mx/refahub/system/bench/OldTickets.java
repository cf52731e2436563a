package mx.refahub.system.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Fills a store's closed {@code sales.db} with years of tickets: copies, by statements over sets, of all rows that the tickets of one closed cash session left,
 * as old ones lie there once their documents are pruned (their bodies in {@code document_kept}). A copy's ids are the original's with a number of its own in the
 * first eight digits; its documents have numbers below zero, so nothing of it is sent.
 */
final class OldTickets implements AutoCloseable {
    /** Copies of tickets between those that were there. */
    private static final int FIRST_FOLIO = 1_000_000;

    private static final int FIRST_Z = 100_000;
    private final Connection at;

    OldTickets(Path file) throws SQLException {
        at = DriverManager.getConnection("jdbc:sqlite:" + file);
        run("pragma foreign_keys = off");
        run("pragma synchronous = off");
        run("pragma cache_size = -200000");
    }

    /**
     * @param session whose tickets are copied
     * @param open the drawer that is open now: it gets the last day's tickets
     * @param aDay tickets of a day, which is a cash session with its Z
     */
    void fill(String session, String open, int tickets, int aDay) throws SQLException {
        at.setAutoCommit(false);
        run("""
                create temp table original as
                select row_number() over (order by folio_number) - 1 as k, id
                from sale
                where cash_session_id = '%s'
                """.formatted(session));
        run("""
                create temp table copy as
                with recursive n (i) as (select 1 union all select i + 1 from n where i < %1$d)
                select n.i, printf('%%08x', n.i) as p, original.id as old, printf('%%08x', n.i) || substr(original.id, 9) as id,
                       printf('%%08x', 268435456 + (n.i - 1) / %2$d) || substr('%3$s', 9) as session,
                       date('now', ((n.i - 1) / %2$d - %1$d / %2$d - 1) || ' days') as day,
                       strftime('%%Y-%%m-%%dT%%H:%%M:%%S.000Z', date('now', ((n.i - 1) / %2$d - %1$d / %2$d - 1) || ' days'), '+15 hours',
                                (((n.i - 1) %% %2$d) * (36000 / %2$d)) || ' seconds') as at
                from n
                join original on original.k = n.i %% (select count(*) from original)
                """.formatted(tickets, aDay, session));
        run("create index temp.copy_by_old on copy (old)");
        run("""
                create temp table day as
                select session, day, min(i) as first, (min(i) - 1) / %d as s, min(at) as at, max(at) as until
                from copy
                group by session, day
                """.formatted(aDay));
        days(session);
        sales();
        run(
                "update sale set cash_session_id = '%s', business_day = date('now') where document_sequence between %d and %d"
                        .formatted(open, -tickets, aDay - tickets - 1));
        at.commit();
        at.setAutoCommit(true);
        run("pragma wal_checkpoint(truncate)");
    }

    private void days(String session) throws SQLException {
        String of = "day join \"%s\" x on x.%s = '" + session + "'";
        copy(
                "cash_session",
                of.formatted("cash_session", "id"),
                Map.of(
                        "id",
                        "day.session",
                        "opened_at",
                        "day.at",
                        "counted_at",
                        "day.until",
                        "closed_at",
                        "day.until"));
        copy(
                "cash_z",
                of.formatted("cash_z", "cash_session_id"),
                Map.of(
                        "id", "printf('%08x', 268435456 + day.s) || substr(x.id, 9)",
                        "cash_session_id", "day.session",
                        "number", FIRST_Z + " + day.s",
                        "closed_at", "day.until",
                        "document_sequence", "-10000000 - day.s"));
        copy(
                "cash_count",
                of.formatted("cash_count", "cash_session_id"),
                Map.of(
                        "id", "printf('%08x', 268435456 + day.s) || substr(x.id, 9)",
                        "cash_session_id", "day.session",
                        "at", "day.until"));
        run("""
                insert into document_kept (sequence, body)
                select -10000000 - day.s, x.body
                from day, cash_z z
                join outbox x on x.sequence = z.document_sequence
                where z.cash_session_id = '%s'
                """.formatted(session));
        // What the sales left comes with them.
        copy(
                "cash_journal",
                of.formatted("cash_journal", "cash_session_id") + " and x.kind not in ('SALE', 'CHANGE')",
                Map.of("cash_session_id", "day.session", "sequence", "900000000 + x.sequence", "at", "day.at"));
    }

    private void sales() throws SQLException {
        String own = "printf('%08x', copy.i) || substr(x.id, 9)";
        copy(
                "sale",
                "copy join sale x on x.id = copy.old",
                Map.of(
                        "id", "copy.id",
                        "cash_session_id", "copy.session",
                        "folio_number", FIRST_FOLIO + " + copy.i",
                        "invoice_code", "printf('%012d', copy.i)",
                        "sold_at", "copy.at",
                        "business_day", "copy.day",
                        "document_sequence", "-copy.i"));
        run("""
                insert into document_kept (sequence, body)
                select -copy.i, cast(json_set(cast(x.body as text), '$.id', copy.id, '$.folioNumber', %d + copy.i, '$.soldAt', copy.at,
                                              '$.businessDay', copy.day, '$.cashSession', copy.session) as blob)
                from copy
                join sale on sale.id = copy.old
                join outbox x on x.sequence = sale.document_sequence
                """.formatted(FIRST_FOLIO));
        copy(
                "sale_line",
                "copy join sale_line x on x.sale_id = copy.old",
                Map.of(
                        "id", own,
                        "sale_id", "copy.id",
                        "return_line",
                                "case when x.return_line is not null then printf('%08x', copy.i) || substr(x.return_line, 9) end"));
        copy("sale_tender", "copy join sale_tender x on x.sale_id = copy.old", Map.of("id", own, "sale_id", "copy.id"));
        copy(
                "stock_movement",
                "copy join stock_movement x on x.cause = copy.old",
                Map.of("id", own, "cause", "copy.id", "at", "copy.at"));
        copy(
                "ticket",
                "copy join ticket x on x.id = copy.old",
                Map.of("id", "copy.id", "opened_at", "copy.at", "finished_at", "copy.at"));
        copy(
                "ticket_line",
                "copy join ticket_line x on x.ticket_id = copy.old",
                Map.of(
                        "id", own,
                        "ticket_id", "copy.id",
                        "core_line_id", "printf('%08x', copy.i) || substr(x.core_line_id, 9)"));
        copy("ticket_act", "copy join ticket_act x on x.ticket_id = copy.old", Map.of("ticket_id", "copy.id"));
        copy(
                "print_job",
                "copy join print_job x on x.sale_id = copy.old",
                Map.of(
                        "id", own,
                        "sale_id", "copy.id",
                        "queued_at", "copy.at",
                        "started_at", "copy.at",
                        "printed_at", "copy.at"));
        copy(
                "drawer_opening",
                "copy join drawer_opening x on x.cause = copy.old",
                Map.of("id", own, "cause", "copy.id", "at", "copy.at"));
        copy(
                "cash_journal",
                "copy join cash_journal x on x.cause = copy.old",
                Map.of(
                        "cash_session_id", "copy.session",
                        "sequence", "copy.i * 100 + x.sequence % 100",
                        "cause", "copy.id",
                        "at", "copy.at"));
        copy(
                "account_entry",
                "copy join account_entry x on x.id = copy.old",
                Map.of("id", "copy.id", "at", "copy.at", "day", "copy.day"));
        // What is owed stays as it is: it is read from the documents, and the copies share those of the originals.
    }

    /** Every column as it is but those named. A column that this schema has not is left out. */
    private void copy(String table, String from, Map<String, String> changed) throws SQLException {
        List<String> columns = new ArrayList<>();
        List<String> values = new ArrayList<>();
        try (Statement statement = at.createStatement();
                ResultSet found = statement.executeQuery("select name from pragma_table_info('" + table + "')")) {
            while (found.next()) {
                columns.add(found.getString(1));
                values.add(changed.getOrDefault(found.getString(1), "x." + found.getString(1)));
            }
        }
        run("insert into " + table + " (" + String.join(", ", columns) + ") select " + String.join(", ", values)
                + " from " + from);
    }

    long count(String table) throws SQLException {
        try (Statement statement = at.createStatement();
                ResultSet found = statement.executeQuery("select count(*) from " + table)) {
            return found.getLong(1);
        }
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = at.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new SQLException(sql + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws SQLException {
        at.close();
    }
}
