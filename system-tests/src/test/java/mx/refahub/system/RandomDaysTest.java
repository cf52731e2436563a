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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * Seeded days at a till, by the calls that the page makes: everything that a day may bring, in any order. Documents of some days come late, all at once,
 * and some come twice. Then the hub's ledgers are the store's to the centavo. {@code -Ddays=200} for more than ten, {@code -Ddays.seed=…} for a day that
 * failed.
 */
@ExtendWith(OneShop.class)
class RandomDaysTest {
    private static final int DAYS = Integer.getInteger("days", 10);
    private static final long SEED = Long.getLong("days.seed", 20_260_302L);

    private final Shop shop;

    RandomDaysTest(Shop shop) {
        this.shop = shop;
    }

    @Test
    void after_any_days_the_hubs_ledgers_are_the_stores_to_the_centavo()
            throws IOException, InterruptedException, SQLException {
        String customer = customerWithCredit();
        dollars();
        long before = lastAtStore();
        List<String> sessions = new ArrayList<>();
        boolean away = false;
        for (int day = 0; day < DAYS; day++) {
            if (day % 10 == 6) {
                shop.hubProcess().kill();
                away = true;
            }
            TillHands till = shop.till();
            till.signIn(Shop.SUPERVISOR, Shop.SUPERVISOR_PIN);
            RandomDay one = new RandomDay(till, SEED + day, customer);
            sessions.add(one.open());
            one.morning();
            // What was sent and not acknowledged is sent again.
            if (day % 10 == 3) {
                shop.storeProcess().kill();
                shop.startStore(Map.of());
                till = shop.till();
                till.signIn(Shop.SUPERVISOR, Shop.SUPERVISOR_PIN);
                one = one.goesOnWith(till);
            }
            one.afternoon();
            one.close();
            if (day % 10 == 8) {
                shop.startHub(Map.of());
                away = false;
            }
        }
        if (away) shop.startHub(Map.of());
        long last = lastAtStore();
        Shop.await(
                "all documents in the ledger",
                () -> atHub(
                                "select (select max(landed) from landing) || ' ' || (select count(*) from document_to_apply)")
                        .equals(List.of(last + " 0")));
        compare(sessions, before, customer);
    }

    private void compare(List<String> sessions, long before, String customer) throws SQLException, IOException {
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
        assertThat(atHub("select count(*) from cash_z where cash_session_id in " + these))
                .containsExactly(Integer.toString(DAYS));
        String balance = "select balance from account_balance where customer_id = '" + customer + "'";
        assertThat(atHub(balance)).isEqualTo(atStore(balance));
        String moved =
                "select part_id, sum(quantity) from stock_movement where cause in (select %s from sale where cash_session_id in "
                        + these + ") group by 1 having sum(quantity) <> 0 order by 1";
        assertThat(atHub(moved.formatted("id"))).isEqualTo(atStore(moved.formatted("id")));
    }

    private String customerWithCredit() throws IOException, InterruptedException {
        TillHands till = shop.till();
        till.signIn(Shop.SUPERVISOR, Shop.SUPERVISOR_PIN);
        String id = UUID.randomUUID().toString();
        till.http()
                .post(
                        "/pos/api/customers",
                        Map.of("id", id, "fields", Map.of("NAME", "Flotilla de los días", "PHONE", "2225550199")))
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
                                "días al azar"))
                .orThrow();
        shop.awaitStream("customers");
        return id;
    }

    private void dollars() throws IOException, InterruptedException {
        HubHands hub = shop.signedInHub();
        String today = hub.http()
                .get("/console/api/rates")
                .orThrow()
                .json()
                .path("today")
                .asString();
        hub.http()
                .put("/console/api/rates/" + today, Map.of("pesos", RandomDay.RATE))
                .orThrow();
        shop.awaitStream("settings");
    }

    private long lastAtStore() throws SQLException {
        return Long.parseLong(atStore("select coalesce(max(seq), 0) from sqlite_sequence where name = 'outbox'")
                .getFirst());
    }

    private List<String> atStore(String query) throws SQLException {
        try (Connection at = DriverManager.getConnection("jdbc:sqlite:file:"
                + shop.folder().resolve("store").resolve("sales.db") + "?mode=ro&busy_timeout=10000")) {
            return rows(at, query);
        }
    }

    private List<String> atHub(String query) throws SQLException, IOException {
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

    /** One day. The same seed makes the same choices. */
    private static final class RandomDay {
        static final String RATE = "17.50";
        private static final List<String> PARTS =
                List.of("FRI 7974-D1045", "ALT 23-11254", "NG BKR6E-11", "NG BKR5E-11");
        private static final int HALF_A_DAY = 8;

        private final TillHands till;
        private final java.util.Random random;
        private final String customer;
        private String register = "";
        private String session = "";
        private final List<JsonNode> sold = new ArrayList<>();

        RandomDay(TillHands till, long seed, String customer) {
            this(till, new java.util.Random(seed), customer);
        }

        private RandomDay(TillHands till, java.util.Random random, String customer) {
            this.till = till;
            this.random = random;
            this.customer = customer;
        }

        RandomDay goesOnWith(TillHands other) {
            RandomDay same = new RandomDay(other, random, customer);
            same.register = register;
            same.session = session;
            same.sold.addAll(sold);
            return same;
        }

        String open() throws IOException, InterruptedException {
            JsonNode registers =
                    till.http().get("/pos/api/registers").orThrow().json().path("registers");
            register = registers.get(registers.size() - 1).path("id").asString();
            // One that another test left open goes on.
            session = till.http()
                    .post(
                            "/pos/api/registers/" + register + "/sessions",
                            Map.of("id", UUID.randomUUID().toString(), "openingFloat", random.nextInt(10) * 10_000))
                    .orThrow()
                    .json()
                    .path("id")
                    .asString();
            return session;
        }

        void morning() throws IOException, InterruptedException {
            for (int i = 0; i < HALF_A_DAY; i++) act();
        }

        void afternoon() throws IOException, InterruptedException {
            till.http().get("/pos/api/cash/sessions/" + session + "/x").orThrow();
            for (int i = 0; i < HALF_A_DAY; i++) act();
        }

        private void act() throws IOException, InterruptedException {
            switch (random.nextInt(10)) {
                case 0 -> move("MORE_FLOAT", 1 + random.nextInt(50_000));
                case 1 -> move(random.nextBoolean() ? "PETTY_CASH" : "SAFE", 1 + random.nextInt(2_000));
                case 2 -> bringBack();
                case 3 -> changesTheirMind();
                default -> sell();
            }
        }

        private void move(String reason, long centavos) throws IOException, InterruptedException {
            till.http()
                    .post(
                            "/pos/api/cash/sessions/" + session + "/movements",
                            Map.of(
                                    "act",
                                    UUID.randomUUID().toString(),
                                    "reason",
                                    reason,
                                    "currency",
                                    "MXN",
                                    "amount",
                                    centavos / 100 + "." + String.format("%02d", centavos % 100),
                                    "note",
                                    "al azar",
                                    "reference",
                                    "R-" + random.nextInt(1_000)))
                    .orThrow();
        }

        private JsonNode typed(String ticket, int lines) throws IOException, InterruptedException {
            JsonNode now = null;
            for (int i = 0; i < lines; i++)
                now = till.add(
                        ticket,
                        UUID.randomUUID(),
                        PARTS.get(random.nextInt(PARTS.size())),
                        Integer.toString(1 + random.nextInt(3)));
            return now;
        }

        private void sell() throws IOException, InterruptedException {
            String ticket = till.emptyTicket(register);
            JsonNode now = typed(ticket, 1 + random.nextInt(4));
            if (random.nextInt(4) == 0)
                now = till.http()
                        .put(
                                "/pos/api/tickets/" + ticket + "/discount",
                                Map.of("percent", 1 + random.nextInt(20), "reason", "cliente frecuente"))
                        .orThrow()
                        .json();
            long total = now.path("totals").path("total").path("minor").asLong();
            List<Map<String, Object>> offers = new ArrayList<>();
            switch (random.nextInt(5)) {
                case 0 -> offers.add(offer("CASH", total + random.nextInt(3) * 5_000));
                case 1 -> offers.add(offer("CREDIT_CARD", total));
                case 2 -> {
                    till.http()
                            .put("/pos/api/tickets/" + ticket + "/customer", Map.of("customer", customer))
                            .orThrow();
                    now = till.http()
                            .get("/pos/api/tickets/" + ticket)
                            .orThrow()
                            .json();
                    total = now.path("totals").path("total").path("minor").asLong();
                    offers.add(offer("ON_ACCOUNT", total));
                }
                case 3 -> offers.add(offer("CASH_USD", total * 10 / 175 + 1 + random.nextInt(500)));
                default -> {
                    long card = 1 + random.nextLong(total - 1);
                    offers.add(offer(random.nextBoolean() ? "DEBIT_CARD" : "TRANSFER", card));
                    offers.add(offer("CASH", total - card + random.nextInt(2) * 2_000));
                }
            }
            sold.add(pay(ticket, total, offers));
        }

        private static Map<String, Object> offer(String kind, long given) {
            return Map.of(
                    "kind",
                    kind,
                    "given",
                    given,
                    "reference",
                    kind.matches("CREDIT_CARD|DEBIT_CARD|TRANSFER") ? "A1" : "");
        }

        private JsonNode pay(String ticket, long total, List<Map<String, Object>> offers)
                throws IOException, InterruptedException {
            Map<String, Object> payment = Map.of("total", total, "offers", offers);
            JsonNode sale = till.http()
                    .post("/pos/api/tickets/" + ticket + "/payment", payment)
                    .orThrow()
                    .json();
            // An impatient page asks twice.
            if (random.nextInt(4) == 0)
                till.http()
                        .post("/pos/api/tickets/" + ticket + "/payment", payment)
                        .orThrow();
            return sale;
        }

        /** One piece of a line of today, core deposits too, beside something new or not. */
        private void bringBack() throws IOException, InterruptedException {
            if (sold.isEmpty()) return;
            JsonNode sale = sold.remove(random.nextInt(sold.size()));
            if (sale.path("buyer").isObject()) return;
            List<JsonNode> lines = new ArrayList<>();
            sale.path("lines").forEach(line -> {
                if (line.path("kind").asString().matches("PART|CORE_DEPOSIT")) lines.add(line);
            });
            String ticket = till.emptyTicket(register);
            JsonNode now = till.http()
                    .post(
                            "/pos/api/tickets/" + ticket + "/returns",
                            Map.of(
                                    "act", UUID.randomUUID().toString(),
                                    "sale", sale.path("id").asString(),
                                    "line",
                                            lines.get(random.nextInt(lines.size()))
                                                    .path("id")
                                                    .asString(),
                                    "quantity", 1,
                                    "reason", random.nextBoolean() ? "WRONG_PART" : "DEFECTIVE"))
                    .orThrow()
                    .json();
            if (random.nextBoolean()) now = typed(ticket, 1);
            long total = now.path("totals").path("total").path("minor").asLong();
            if (total == 0) now = typed(ticket, 1);
            total = now.path("totals").path("total").path("minor").asLong();
            pay(ticket, total, List.of(offer("CASH", Math.abs(total))));
        }

        /** A ticket is typed and taken off again. */
        private void changesTheirMind() throws IOException, InterruptedException {
            typed(till.emptyTicket(register), 2);
            till.emptyTicket(register);
        }

        /** Counted blind, whatever lies there, then closed with a reason for what differs. */
        void close() throws IOException, InterruptedException {
            String at = "/pos/api/cash/sessions/" + session;
            JsonNode counted = till.http()
                    .post(
                            at + "/count",
                            Map.of(
                                    "act", UUID.randomUUID().toString(),
                                    "pieces",
                                            List.of(Map.of(
                                                    "currency",
                                                    "MXN",
                                                    "form",
                                                    "BILL",
                                                    "value",
                                                    50_000,
                                                    "count",
                                                    Integer.toString(random.nextInt(20)))),
                                    "vouchers", List.of()))
                    .orThrow()
                    .json();
            List<Map<String, String>> reasons = new ArrayList<>();
            counted.path("tenders").forEach(row -> {
                if (row.path("needsReason").asBoolean())
                    reasons.add(Map.of(
                            "tender", row.path("tender").asString(),
                            "currency", row.path("currency").asString(),
                            "reason", "Día al azar"));
            });
            till.http()
                    .post(at + "/z", Map.of("act", UUID.randomUUID().toString(), "reasons", reasons))
                    .orThrow();
            JsonNode journal = till.http().get(at + "/journal").orThrow().json();
            assertThat(journal.path("sound").asBoolean()).as(journal.toString()).isTrue();
        }
    }
}
