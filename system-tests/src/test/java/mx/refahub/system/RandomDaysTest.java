package mx.refahub.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
        String customer = Ledgers.customerWithCredit(shop, "Flotilla de los días", "2225550199");
        Ledgers.dollarsAt(shop, RandomDay.RATE);
        Ledgers ledgers = Ledgers.from(shop);
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
        ledgers.awaitApplied();
        ledgers.assertSame(sessions, customer);
        assertThat(ledgers.atHub("select count(*) from cash_z where cash_session_id in " + "('"
                        + String.join("', '", sessions) + "')"))
                .containsExactly(Integer.toString(DAYS));
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
            till.closeDrawer(session, random.nextInt(20), "Día al azar");
            JsonNode journal = till.http()
                    .get("/pos/api/cash/sessions/" + session + "/journal")
                    .orThrow()
                    .json();
            assertThat(journal.path("sound").asBoolean()).as(journal.toString()).isTrue();
        }
    }
}
