package mx.refahub.adapters.sap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import mx.refahub.adapters.sap.SapSimulator.Effect;
import mx.refahub.adapters.sap.SapSimulator.Fault;
import mx.refahub.domain.Failure;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.erp.AccountRole;
import mx.refahub.domain.erp.Delivery;
import mx.refahub.domain.erp.Delivery.Delivered;
import mx.refahub.domain.erp.Delivery.Refused;
import mx.refahub.domain.erp.Delivery.Unreachable;
import mx.refahub.domain.erp.ErpCode;
import mx.refahub.domain.erp.ErpGateway.Changes;
import mx.refahub.domain.erp.ErpGateway.Wanted;
import mx.refahub.domain.erp.JournalEntry;
import mx.refahub.domain.erp.Master;
import mx.refahub.domain.erp.Posting;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.outside.Connection;
import mx.refahub.domain.outside.Connections;
import mx.refahub.domain.part.Quantity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Over HTTP, against the simulator and what SAP published. */
class SapGatewayTest {
    private static final LocalDate DAY = LocalDate.of(2026, 4, 1);
    private final SapSimulator sap = new SapSimulator();
    private SapGateway gateway;
    private URI address;

    @BeforeEach
    void start() throws IOException {
        address = sap.start(0);
        Connection connection = connection(SapSimulator.PASSWORD, "2");
        gateway = new SapGateway(connections(List.of(connection)));
    }

    private Connection connection(String password) {
        return connection(password, "30");
    }

    private Connection connection(String password, String patience) {
        return new Connection(
                new UUID(1, 1),
                SapGateway.KIND,
                "SAP",
                address,
                new TreeMap<>(Map.of(
                        "company",
                        SapSimulator.COMPANY,
                        "user",
                        SapSimulator.USER,
                        "batch",
                        "20",
                        "patience",
                        patience)),
                Map.of("password", password));
    }

    private static Connections connections(List<Connection> now) {
        return new Connections() {
            @Override
            public List<Connection> of(String kind) {
                return kind.equals("sap") ? List.copyOf(now) : List.of();
            }

            @Override
            public Optional<Connection> find(UUID id) {
                return Optional.of(now.getFirst());
            }
        };
    }

    @AfterEach
    void stop() {
        gateway.close();
        sap.close();
    }

    private static Posting entry(String reference) {
        return entry(reference, "101.01");
    }

    private static Posting entry(String reference, String account) {
        return new Posting.Entry(new JournalEntry(
                UUID.nameUUIDFromBytes(reference.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                reference,
                "CEN",
                "Centro",
                DAY,
                1,
                3,
                Money.mxn(11_600),
                List.of(
                        new JournalEntry.Line(
                                AccountRole.TENDER,
                                "CASH",
                                account,
                                "Caja",
                                "",
                                "CC1",
                                Money.mxn(11_600),
                                Money.mxn(0)),
                        new JournalEntry.Line(
                                AccountRole.SALES, "16%", "401.01", "Ventas", "", "", Money.mxn(0), Money.mxn(10_000)),
                        new JournalEntry.Line(
                                AccountRole.TAX, "16%", "208.01", "IVA", "", "", Money.mxn(0), Money.mxn(1_600)))));
    }

    private List<Posting> entries(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(each -> entry("RH-" + each))
                .toList();
    }

    private static void assertOneEffectEach(SapSimulator sap, int count) {
        assertThat(sap.effects())
                .extracting(Effect::reference)
                .doesNotHaveDuplicates()
                .hasSize(count);
    }

    @Test
    void entries_are_booked_in_one_question_and_one_batch_and_told_again_are_found() {
        List<Delivery> first = gateway.deliver(entries(20));
        assertThat(first)
                .hasSize(20)
                .allSatisfy(each -> assertThat(each).isInstanceOfSatisfying(Delivered.class, done -> {
                    assertThat(done.outsideId()).matches("JournalEntries/\\d+");
                    assertThat(done.found()).isFalse();
                }));
        assertThat(sap.calls()).hasSize(3).last().isEqualTo("POST $batch");
        List<Delivery> second = gateway.deliver(entries(21));
        assertThat(second.subList(0, 20))
                .allSatisfy(each -> assertThat(((Delivered) each).found()).isTrue());
        assertThat(((Delivered) second.get(0)).outsideId()).isEqualTo(((Delivered) first.get(0)).outsideId());
        assertOneEffectEach(sap, 21);
        JsonNode body = sap.rows("JournalEntries").getFirst();
        assertThat(body.path("Reference").asString()).isEqualTo("RH-1");
        assertThat(body.path("ReferenceDate").asString()).isEqualTo("2026-04-01");
        assertThat(body.path("JournalEntryLines").get(0).path("Debit").decimalValue())
                .isEqualByComparingTo("116");
        assertThat(body.path("JournalEntryLines").get(0).path("CostingCode").asString())
                .isEqualTo("CC1");
    }

    @Test
    void one_that_sap_refuses_says_why_and_takes_no_other_with_it() {
        sap.lacks("999");
        List<Delivery> outcomes = gateway.deliver(List.of(entry("A"), entry("B", "999"), entry("C")));
        assertThat(outcomes.get(0)).isInstanceOf(Delivered.class);
        assertThat(outcomes.get(1)).isEqualTo(new Refused("-5002", "Invalid account code '999'"));
        assertThat(outcomes.get(2)).isInstanceOf(Delivered.class);
        assertThat(sap.effects()).extracting(Effect::reference).containsExactly("A", "C");
    }

    @Test
    void a_reply_that_is_lost_is_asked_for_and_booked_once() {
        gateway.deliver(entries(1));
        int booked = 1;
        for (Fault fault :
                List.of(Fault.HALF, Fault.CUT, Fault.BROKEN_AFTER, Fault.GATEWAY_AFTER, Fault.AWAY_AFTER, Fault.SLOW)) {
            sap.slowness(Duration.ofMillis(2_300));
            List<Posting> some = List.of(entry(fault + "-1"), entry(fault + "-2"), entry(fault + "-3"));
            // The question goes well, the batch does not.
            sap.misbehaveLater(1, fault);
            assertThat(gateway.deliver(some))
                    .as(fault.name())
                    .allSatisfy(each -> assertThat(each).isInstanceOf(Unreachable.class));
            assertThat(gateway.deliver(some))
                    .as(fault.name())
                    .allSatisfy(each -> assertThat(each)
                            .isInstanceOfSatisfying(
                                    Delivered.class,
                                    done -> assertThat(done.found()).isTrue()));
            booked += 3;
            assertOneEffectEach(sap, booked);
        }
    }

    @Test
    @Timeout(20)
    void an_answer_that_begins_and_never_ends_holds_nobody_up() {
        gateway.deliver(entries(1));
        sap.slowness(Duration.ofMinutes(1));
        sap.misbehaveLater(1, Fault.STUCK);
        assertThat(gateway.deliver(List.of(entry("stuck"))))
                .containsExactly(new Unreachable("no contestó en 2 s", null));
        assertThat(gateway.deliver(List.of(entry("stuck"))).getFirst())
                .isInstanceOfSatisfying(
                        Delivered.class, done -> assertThat(done.found()).isTrue());
        assertOneEffectEach(sap, 2);
    }

    @Test
    void what_asks_is_tried_again_at_once_and_a_session_that_ended_is_begun_anew_once() {
        gateway.deliver(entries(1));
        assertThat(sap.logins()).isEqualTo(1);
        sap.misbehave(Fault.EXPIRED);
        assertThat(gateway.deliver(List.of(entry("after"))))
                .allSatisfy(each -> assertThat(each).isInstanceOf(Delivered.class));
        assertThat(sap.logins()).isEqualTo(2);
        sap.misbehave(Fault.BUSY);
        assertThat(gateway.deliver(List.of(entry("busy"))))
                .allSatisfy(each -> assertThat(each).isInstanceOf(Delivered.class));
        sap.misbehave(Fault.GATEWAY_AFTER);
        assertThat(gateway.deliver(List.of(entry("proxy"))).getFirst()).isInstanceOf(Delivered.class);
        sap.misbehave(Fault.BUSY_LONG);
        assertThat(gateway.deliver(List.of(entry("later"))))
                .containsExactly(new Unreachable("pide esperar (HTTP 429)", Duration.ofHours(1)));
        sap.misbehave(Fault.BROKEN);
        assertThat(gateway.deliver(List.of(entry("broken"))).getFirst()).isInstanceOf(Unreachable.class);
        assertThat(gateway.deliver(List.of(entry("broken"))).getFirst()).isInstanceOf(Delivered.class);
        assertOneEffectEach(sap, 5);
    }

    @Test
    void one_that_fails_again_and_again_is_left_alone_for_a_while() {
        for (int i = 0; i < 8; i++) {
            sap.misbehave(Fault.BROKEN);
            gateway.deliver(List.of(entry("x")));
        }
        int calls = sap.calls().size();
        assertThat(gateway.deliver(List.of(entry("x"))).getFirst())
                .isInstanceOfSatisfying(
                        Unreachable.class, each -> assertThat(each.after()).isEqualTo(Duration.ofSeconds(30)));
        assertThat(sap.calls()).hasSize(calls);
    }

    private static Posting.Line line(String item, long base, long tax) {
        return new Posting.Line(
                item, "Balata", Quantity.of(2), Money.mxn(base + 1_000), Money.mxn(1_000), "B16", Money.mxn(tax));
    }

    @Test
    void documents_go_with_their_payments_whatever_their_order() {
        Posting.Invoice invoice = new Posting.Invoice(
                "RH-CEN-T1", DAY, "C0001", "CEN", "01", List.of(line("BKR6E", 10_000, 1_600)), Money.mxn(11_600));
        Posting.CreditNote note = new Posting.CreditNote(
                "RH-CEN-T2-N",
                DAY,
                "RH-CEN-T1",
                "C0001",
                "CEN",
                "01",
                List.of(line("BKR6E", 5_000, 800)),
                Money.mxn(5_800));
        Posting.Payment cash = new Posting.Payment(
                "RH-CEN-T1-P1",
                DAY,
                "RH-CEN-T1",
                false,
                "C0001",
                "101.01",
                Posting.AccountKind.CASH,
                Money.mxn(11_600));
        Posting.Payment back = new Posting.Payment(
                "RH-CEN-T2-P1",
                DAY,
                "RH-CEN-T2-N",
                true,
                "C0001",
                "102.01",
                Posting.AccountKind.BANK,
                Money.mxn(5_800));
        Posting.Payment lost = new Posting.Payment(
                "RH-CEN-T9-P1", DAY, "RH-CEN-T9", false, "C0001", "101.01", Posting.AccountKind.CASH, Money.mxn(1));
        List<Posting> all = List.of(cash, back, invoice, note, lost);
        List<Delivery> outcomes = gateway.deliver(all);
        assertThat(outcomes.subList(0, 4)).allSatisfy(each -> assertThat(each).isInstanceOf(Delivered.class));
        assertThat(outcomes.get(4)).isEqualTo(new Refused("", "El documento RH-CEN-T9 no está en SAP."));
        assertThat(gateway.deliver(all).subList(0, 4))
                .allSatisfy(each -> assertThat(((Delivered) each).found()).isTrue());
        assertOneEffectEach(sap, 4);
        assertThat(sap.rows("Invoices")
                        .getFirst()
                        .path("DocumentLines")
                        .get(0)
                        .path("LineTotal")
                        .decimalValue())
                .isEqualByComparingTo("100");
        assertThat(sap.rows("IncomingPayments")
                        .getFirst()
                        .path("PaymentInvoices")
                        .get(0)
                        .path("DocEntry"))
                .isEqualTo(sap.rows("Invoices").getFirst().path("DocEntry"));
    }

    @Test
    void what_sap_does_not_have_is_told_before_anything_is_sent() {
        sap.lacks("999", "X9", "B8");
        assertThat(gateway.lacks(new Wanted(
                        Set.of("101.01", "999"),
                        Set.of("CC1", "X9"),
                        List.of(
                                new ErpCode(ErpCode.Kind.TAX, "16%", "B16"),
                                new ErpCode(ErpCode.Kind.TAX, "8%", "B8")))))
                .containsExactlyInAnyOrder(
                        Refusal.of("erp-account-unknown", "999"),
                        Refusal.of("erp-center-unknown", "X9"),
                        Refusal.of("erp-code-unknown", "B8"));
        assertThat(sap.effects()).isEmpty();
    }

    @Test
    void a_trial_says_who_is_there_or_what_is_wrong() throws IOException {
        assertThat(gateway.probe(connection(SapSimulator.PASSWORD)))
                .isEqualTo(Outcome.done("Refaccionaria Demo, SAP Business One 1000290"));
        assertThat(gateway.probe(connection("wrong"))).isEqualTo(Outcome.refused("outside-signature"));
        sap.misbehave(SapSimulator.Fault.BUSY_LONG);
        assertThat(gateway.probe(connection(SapSimulator.PASSWORD))).isEqualTo(Outcome.refused("outside-busy", "3600"));
        sap.close();
        assertThat(gateway.probe(connection(SapSimulator.PASSWORD)))
                .isEqualTo(Outcome.refused("outside-unreachable", "127.0.0.1", "nadie contesta en ese puerto"));
        assertThatThrownBy(() -> gateway.changedSince(Master.Kind.CUSTOMERS, Set.of(), "", 10))
                .isInstanceOf(Failure.class);
    }

    @Test
    void a_refused_sign_in_is_not_tried_again_until_the_connection_changes() {
        List<Connection> now = new ArrayList<>(List.of(connection("wrong")));
        try (SapGateway other = new SapGateway(connections(now))) {
            for (int claim = 0; claim < 5; claim++)
                assertThat(other.deliver(entries(1)).getFirst())
                        .isInstanceOfSatisfying(
                                Unreachable.class,
                                each -> assertThat(each.after()).isEqualTo(Duration.ofHours(1)));
            assertThatThrownBy(() -> other.lacks(new Wanted(Set.of("1"), Set.of(), List.of())))
                    .isInstanceOf(Failure.class);
            assertThat(sap.calls()).containsExactly("POST Login");
            assertThat(other.probe(now.getFirst())).isEqualTo(Outcome.refused("outside-signature"));
            other.deliver(entries(1));
            assertThat(sap.calls()).hasSize(2);
            now.set(0, connection(SapSimulator.PASSWORD));
            assertThat(other.deliver(entries(1)).getFirst()).isInstanceOf(Delivered.class);
        }
    }

    @Test
    void a_refused_sign_in_is_forgotten_when_a_trial_works() {
        List<Connection> now = List.of(connection("mended at SAP"));
        try (SapGateway other = new SapGateway(connections(now))) {
            other.deliver(entries(1));
            sap.password("mended at SAP");
            assertThat(other.deliver(entries(1)).getFirst()).isInstanceOf(Unreachable.class);
            other.probe(now.getFirst());
            assertThat(other.deliver(entries(1)).getFirst()).isInstanceOf(Delivered.class);
        }
    }

    @Test
    void masters_are_created_once_then_changed_and_customers_come_in_page_by_page() {
        List<Master> masters = List.of(
                new Master.Part("NGK-BKR6E", "Bujía", "7501", "H87", true),
                new Master.Customer("C9", "Taller O'Hara", "XAXX010101000", "", "", ""));
        assertThat(gateway.put(masters)).allSatisfy(each -> assertThat(each).isInstanceOf(Delivered.class));
        assertThat(gateway.put(masters)).allSatisfy(each -> assertThat(each).isInstanceOf(Delivered.class));
        assertThat(gateway.put(List.of(
                        new Master.Price("NGK-BKR6E", "1", Money.mxn(4_550)),
                        new Master.Price("NADIE", "1", Money.mxn(1)),
                        new Master.Stock("NGK-BKR6E", "01", Quantity.of(7)))))
                .extracting(each -> each instanceof Delivered)
                .containsExactly(true, false, true);
        assertThat(sap.rows("Items")).hasSize(1);
        assertThat(sap.rows("Items")
                        .getFirst()
                        .path("ItemPrices")
                        .get(0)
                        .path("Price")
                        .decimalValue())
                .isEqualByComparingTo("45.5");

        for (int i = 10; i < 55; i++) {
            sap.today(i < 40 ? "2026-11-20" : "2026-11-21");
            sap.add("BusinessPartners", Map.of("CardCode", "C" + i, "CardName", "N" + i, "CardType", "cCustomer"));
        }
        List<String> seen = new ArrayList<>();
        String cursor = "2026-11-20";
        Changes page;
        do {
            page = gateway.changedSince(Master.Kind.CUSTOMERS, Set.of(), cursor, 30);
            page.masters().forEach(each -> seen.add(each.code()));
            cursor = page.cursor();
        } while (page.more());
        assertThat(seen).doesNotHaveDuplicates().hasSize(46).contains("C10", "C54", "C9");
        assertThat(cursor).isEqualTo("2026-11-21");
        assertThat(gateway.changedSince(Master.Kind.CUSTOMERS, Set.of(), cursor, 30)
                        .masters())
                .hasSize(16);
    }

    @Test
    void parts_are_read_by_the_day_of_their_change_and_stock_and_prices_of_all_items_page_by_page() {
        for (int i = 10; i < 55; i++) {
            sap.add(
                    "Items",
                    Map.of("ItemCode", "NGK-" + i, "ItemName", "Bujía " + i, "ItemType", "itItems", "Valid", "tYES"));
            sap.put(
                    "Items",
                    "NGK-" + i,
                    "ItemWarehouseInfoCollection",
                    List.of(
                            Map.of("WarehouseCode", "01", "InStock", i + 0.5),
                            Map.of("WarehouseCode", "02", "InStock", 0)));
            sap.put(
                    "Items",
                    "NGK-" + i,
                    "ItemPrices",
                    List.of(
                            Map.of("PriceList", 1, "Price", i, "Currency", "MXN"),
                            Map.of("PriceList", 2, "Price", 1, "Currency", "USD")));
        }

        assertThat(all(Master.Kind.PARTS)).hasSize(45).contains(new Master.Part("NGK-54", "Bujía 54", "", "", true));
        assertThat(all(Master.Kind.STOCK))
                .hasSize(90)
                .contains(new Master.Stock("NGK-10", "01", Quantity.of(new BigDecimal("10.5"))));
        assertThat(all(Master.Kind.PRICES)).hasSize(45).contains(new Master.Price("NGK-33", "1", Money.mxn(33_00)));
    }

    private List<Master> all(Master.Kind kind) {
        List<Master> seen = new ArrayList<>();
        String cursor = "";
        Changes page;
        do {
            page = gateway.changedSince(kind, Set.of(), cursor, 20);
            seen.addAll(page.masters());
            cursor = page.cursor();
        } while (page.more());
        assertThat(seen).doesNotHaveDuplicates();
        return seen;
    }

    @Test
    void paths_and_fields_are_those_of_saps_own_requests() throws IOException {
        String shared = System.getenv("REFAHUB_SHARED_DATA");
        Path file = (shared == null ? Path.of("..", "..", "shared", "data") : Path.of(shared))
                .resolve("erp/sap-b1/SAP Business One.postman_collection.json");
        if (!Files.isRegularFile(file)) System.out.println("ORACLES NOT RUN: 1 (no requests at " + file + ")");
        assumeTrue(Files.isRegularFile(file), "ORACLES NOT RUN: 1");
        Map<String, Set<String>> theirs = new TreeMap<>();
        for (JsonNode request : SapSession.JSON.readTree(Files.readString(file)).findValues("request")) {
            String url = request.path("url").path("raw").asString("");
            String body = request.path("body").path("raw").asString("");
            if (request.path("method").asString("").equals("POST"))
                theirs.put(
                        url.replaceFirst("^.*/b1s/v1/", ""),
                        Set.copyOf(SapSession.JSON.readTree(body).propertyNames()));
        }
        assertThat(theirs.get("Login")).containsExactlyInAnyOrder("CompanyDB", "UserName", "Password");
        assertThat(SapBodies.part(new Master.Part("i001", "Item1", "", "H87", true), true)
                        .keySet())
                .containsAll(theirs.get("Items"));
        assertThat(SapBodies.customer(new Master.Customer("c001", "c001", "", "", "", ""), true)
                        .keySet())
                .containsAll(theirs.get("BusinessPartners"));
        Map<String, Object> invoice = new SapBodies("")
                .invoice(new Posting.Invoice(
                        "R", DAY, "C20000", "CEN", "", List.of(line("A00001", 10_000, 1_600)), Money.mxn(11_600)));
        assertThat(invoice.keySet()).containsAll(theirs.get("Orders"));
    }
}
