package mx.refahub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mx.refahub.system.client.HubHands;
import mx.refahub.system.client.TillHands;

/** Both sides' books of some cash sessions, read beside their owners and laid side by side. */
final class Ledgers {
    private final Shop shop;
    private final long before;

    private Ledgers(Shop shop, long before) {
        this.shop = shop;
        this.before = before;
    }

    /** What is written from now on. */
    static Ledgers from(Shop shop) throws SQLException {
        return new Ledgers(shop, new Ledgers(shop, 0).lastAtStore());
    }

    static String customerWithCredit(Shop shop, String name, String phone) throws IOException, InterruptedException {
        TillHands till = shop.till();
        till.signIn(Shop.SUPERVISOR, Shop.SUPERVISOR_PIN);
        String id = UUID.randomUUID().toString();
        till.http()
                .post("/pos/api/customers", Map.of("id", id, "fields", Map.of("NAME", name, "PHONE", phone)))
                .orThrow();
        HubHands hub = shop.signedInHub();
        Shop.await(
                "the customer at the hub",
                () -> hub.http().get("/console/api/customers/" + id).isOk());
        hub.http()
                .post(
                        "/console/api/customers/" + id + "/line",
                        Map.of(
                                "limit",
                                900_000_000L,
                                "days",
                                30,
                                "held",
                                false,
                                "branchLimit",
                                900_000_000L,
                                "reason",
                                "cliente de la prueba"))
                .orThrow();
        shop.awaitStream("customers");
        return id;
    }

    static void dollarsAt(Shop shop, String pesos) throws IOException, InterruptedException {
        HubHands hub = shop.signedInHub();
        String today = hub.http()
                .get("/console/api/rates")
                .orThrow()
                .json()
                .path("today")
                .asString();
        hub.http()
                .put("/console/api/rates/" + today, Map.of("pesos", pesos, "meant", true))
                .orThrow();
        shop.awaitStream("settings");
    }

    void awaitApplied() throws SQLException {
        long last = lastAtStore();
        Shop.await(
                "all documents in the ledger",
                () -> atHub(
                                "select (select max(landed) from landing) || ' ' || (select count(*) from document_to_apply)")
                        .equals(List.of(last + " 0")));
    }

    /** To the centavo, and the hub's own check found nothing odd. */
    void assertSame(List<String> sessions, String customer) throws SQLException, IOException {
        assertThat(atHub("""
                        select f.what
                        from ledger_difference f
                        join document d on d.id = f.document_id
                        where d.sequence > %d
                        """.formatted(before))).isEmpty();
        String these = "('" + String.join("', '", sessions) + "')";
        for (String query : List.of("""
                select s.cash_session_id, s.folio_prefix, s.folio_number, s.total
                from sale s
                where s.cash_session_id in %s
                order by 1, 2, 3
                """, """
                select s.cash_session_id, t.kind, count(*), sum(t.amount), sum(t.received)
                from sale s
                join sale_tender t on t.sale_id = s.id
                where s.cash_session_id in %s
                group by 1, 2
                order by 1, 2
                """, """
                select s.cash_session_id, l.kind, count(*), sum(l.quantity), sum(l.net), sum(l.discount), sum(l.tax), sum(l.total)
                from sale s
                join sale_line l on l.sale_id = s.id
                where s.cash_session_id in %s
                group by 1, 2
                order by 1, 2
                """, """
                select z.cash_session_id, z.number, z.supersedes
                from cash_z z
                where z.cash_session_id in %s
                order by 1, 2
                """))
            assertThat(atHub(query.formatted(these))).as(query).isEqualTo(atStore(query.formatted(these)));
        String balance = "select balance from account_balance where customer_id = '" + customer + "'";
        assertThat(atHub(balance)).isEqualTo(atStore(balance));
        String moved = """
                select part_id, sum(quantity)
                from stock_movement
                where cause in (select id from sale where cash_session_id in %s)
                group by 1
                having sum(quantity) <> 0
                order by 1
                """.formatted(these);
        assertThat(atHub(moved)).isEqualTo(atStore(moved));
    }

    private long lastAtStore() throws SQLException {
        return Long.parseLong(atStore("select coalesce(max(seq), 0) from sqlite_sequence where name = 'outbox'")
                .getFirst());
    }

    List<String> atStore(String query) throws SQLException {
        try (Connection at = DriverManager.getConnection("jdbc:sqlite:file:"
                + shop.folder().resolve("store").resolve("sales.db") + "?mode=ro&busy_timeout=10000")) {
            return rows(at, query);
        }
    }

    List<String> atHub(String query) throws SQLException, IOException {
        String password = Files.readString(
                        shop.folder().resolve("hub").resolve("postgres.password"), StandardCharsets.US_ASCII)
                .strip();
        try (Connection at = DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + shop.databasePort() + "/refahub?user=refahub&password=" + password)) {
            return rows(at, query);
        }
    }

    /** Each row as one text, in the words of either database. */
    private static List<String> rows(Connection at, String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = at.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            ResultSetMetaData shape = found.getMetaData();
            while (found.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= shape.getColumnCount(); i++) cells.add(found.getString(i));
                rows.add(String.join(" ", cells));
            }
        }
        return rows;
    }
}
