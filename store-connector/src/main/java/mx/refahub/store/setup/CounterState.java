package mx.refahub.store.setup;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mx.refahub.store.sqlite.Session;
import mx.refahub.store.sqlite.SqliteFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What lies on the counter and has no document yet: tickets in hand and parked with what a card paid for them, the stations without a drawer, counts under way, pages that wait for a printer. It goes to the hub
 * whenever it has changed, and to the machine that takes this one's place. Rows travel as they are; a column or a table that the other side does not know is left out.
 */
final class CounterState {
    static final int SCHEMA = 1;

    private static final String OPEN_TICKET = "select id from ticket where finished_at is null and dropped_at is null";
    private static final String OPEN_COUNT =
            "select id from stock_count where closed_at is null and abandoned_at is null";

    /**
     * @param open which rows of it lie on the counter
     * @param fits whether a row that comes back still belongs there; {@code back} is the row
     */
    private record Part(String table, String open, String fits) {}

    private static final List<Part> PARTS = List.of(
            new Part("register", "id in (select id from station)", "1 = 1"),
            new Part("station", "1 = 1", "exists (select 1 from register where id = back ->> 'id')"),
            new Part("ticket", "id in (" + OPEN_TICKET + ")", """
                    exists (select 1 from register where id = back ->> 'register_id')
                    and not exists (select 1 from sale where id = back ->> 'id')
                    and not exists (select 1 from promise where ticket_id = back ->> 'id' and kind <> 'QUOTE')
                    """),
            new Part("note", "ticket_id in (" + OPEN_TICKET + ")", "back ->> 'ticket_id' in (" + OPEN_TICKET + ")"),
            new Part(
                    "note_hold", "ticket_id in (" + OPEN_TICKET + ")", "back ->> 'ticket_id' in (" + OPEN_TICKET + ")"),
            new Part(
                    "ticket_kit",
                    "ticket_id in (" + OPEN_TICKET + ")",
                    "back ->> 'ticket_id' in (" + OPEN_TICKET + ")"),
            // A state of an older version has no kits: what stood in one cannot come back alone.
            new Part(
                    "ticket_line",
                    "ticket_id in (" + OPEN_TICKET + ")",
                    "back ->> 'ticket_id' in (" + OPEN_TICKET + """
                    )
                    and (back ->> 'kit_id' is null or exists (select 1 from ticket_kit where id = back ->> 'kit_id'))
                    """),
            new Part(
                    "proven_ticket",
                    "id in (select return_sale from ticket_line where ticket_id in (" + OPEN_TICKET + "))",
                    "not exists (select 1 from sale where id = back ->> 'id')"),
            new Part(
                    "ticket_act",
                    "ticket_id in (" + OPEN_TICKET + ")",
                    "back ->> 'ticket_id' in (" + OPEN_TICKET + ")"),
            new Part(
                    "card_charge",
                    "ticket_id in (" + OPEN_TICKET + ")",
                    "back ->> 'ticket_id' in (" + OPEN_TICKET + ")"),
            new Part(
                    "lender_order",
                    "ticket_id in (" + OPEN_TICKET + ")",
                    "back ->> 'ticket_id' in (" + OPEN_TICKET + ")"),
            new Part(
                    "stock_count",
                    "id in (" + OPEN_COUNT + ")",
                    "not exists (select 1 from stock_document where id = back ->> 'id')"),
            new Part(
                    "stock_count_line",
                    "count_id in (" + OPEN_COUNT + ")",
                    "back ->> 'count_id' in (" + OPEN_COUNT + ")"),
            new Part(
                    "stock_count_entry",
                    "count_id in (" + OPEN_COUNT + ")",
                    "back ->> 'count_id' in (" + OPEN_COUNT + ")"),
            new Part("print_page", "printed_at is null and given_up_at is null", "1 = 1"));

    private final JsonMapper json;

    CounterState(JsonMapper json) {
        this.json = json;
    }

    /** As JSON; the same rows give the same text. */
    String read(SqliteFile sales) {
        return sales.read(session -> {
            StringBuilder text = new StringBuilder("{\"schema\":" + SCHEMA + ",\"rows\":{");
            String between = "";
            for (Part part : PARTS) {
                text.append(between).append('"').append(part.table).append("\":[");
                text.append(String.join(",", rows(session, part)));
                text.append(']');
                between = ",";
            }
            return text.append("}}").toString();
        });
    }

    private static List<String> rows(Session session, Part part) throws SQLException {
        List<String> columns = columns(session, part.table);
        if (columns.isEmpty()) return List.of();
        List<String> pairs = new ArrayList<>();
        for (String column : columns) pairs.add("'" + column + "', \"" + column + "\"");
        String row = "json_object(" + String.join(", ", pairs) + ")";
        return session.all(
                "select " + row + " as row from \"" + part.table + "\" where " + part.open + " order by 1",
                each -> each.text("row"));
    }

    private static List<String> columns(Session session, String table) throws SQLException {
        return session.all("select name from pragma_table_info(?)", row -> row.text("name"), table);
    }

    /**
     * Inside the transaction that makes this machine the store, after its books are there: what has become a document since is not brought back.
     *
     * @return rows by table
     */
    Map<String, Integer> write(Session session, String text) throws SQLException {
        JsonNode all = json.readTree(text).path("rows");
        Map<String, Integer> written = new TreeMap<>();
        for (Part part : PARTS) {
            List<String> columns = columns(session, part.table);
            for (JsonNode row : all.path(part.table)) {
                List<String> here = columns.stream().filter(row::has).toList();
                if (here.isEmpty()) continue;
                List<String> values =
                        here.stream().map(column -> "back ->> '" + column + "'").toList();
                int one = session.update(
                        "insert or ignore into \"" + part.table + "\" (\"" + String.join("\", \"", here) + "\") select "
                                + String.join(", ", values) + " from (select ? as back) where " + part.fits,
                        row.toString());
                if (one > 0) written.merge(part.table, one, Integer::sum);
            }
        }
        // Nobody knows what came out of the other machine's printer: marked, as any that was perhaps printed.
        session.update("update print_page set started_at = coalesce(started_at, queued_at) where printed_at is null");
        return written;
    }
}
