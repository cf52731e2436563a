package mx.refahub.adapters.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import mx.refahub.adapters.odoo.OdooSimulator.Effect;
import mx.refahub.adapters.odoo.OdooSimulator.Trouble;
import mx.refahub.domain.Failure;
import mx.refahub.domain.FailureKind;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.erp.AccountRole;
import mx.refahub.domain.erp.Delivery;
import mx.refahub.domain.erp.ErpCode;
import mx.refahub.domain.erp.ErpGateway;
import mx.refahub.domain.erp.JournalEntry;
import mx.refahub.domain.erp.Master;
import mx.refahub.domain.erp.Posting;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.outside.Connection;
import mx.refahub.domain.outside.Connections;
import mx.refahub.domain.part.Quantity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OdooGatewayTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 20);
    private OdooSimulator odoo = new OdooSimulator();
    private Connection connection = nowhere();
    private OdooGateway gateway = new OdooGateway(new FixedConnection(connection), Duration.ofMillis(1));

    private static Connection nowhere() {
        return FixedConnection.to(
                URI.create("http://localhost:1"),
                new OdooGateway(new Nobody()).kind(),
                OdooProtocol.AUTO,
                OdooSimulator.KEY,
                1);
    }

    private void connect(OdooProtocol protocol, int version) throws IOException {
        connect(protocol, version, OdooSimulator.KEY);
    }

    private void connect(OdooProtocol protocol, int version, String key) throws IOException {
        close();
        odoo = new OdooSimulator(version, InstantSource.system());
        connection = FixedConnection.to(odoo.start(0), gateway.kind(), protocol, key, 5);
        gateway = new OdooGateway(new FixedConnection(connection), Duration.ofMillis(1));
    }

    @AfterEach
    void close() {
        gateway.close();
        odoo.close();
    }

    // What each protocol and version does.

    @ParameterizedTest
    @CsvSource({"AUTO,19", "XML_RPC,18", "AUTO,17", "XML_RPC,14"})
    void entries_documents_payments_and_masters_arrive_over_every_protocol(OdooProtocol protocol, int version)
            throws IOException {
        connect(protocol, version);

        assertThat(gateway.put(List.of(
                        new Master.Part("NGK-BKR6E", "Bujía NGK BKR6E", "7501234567893", "H87", true),
                        new Master.Stock("NGK-BKR6E", "WH/Stock", Quantity.of(12)),
                        new Master.Price("NGK-BKR6E", "Public", Money.mxn(8_900)),
                        new Master.Price("NGK-BKR6E", "", Money.mxn(9_500)),
                        new Master.Customer("C-1", "TALLER EL GÜERO & HIJOS", "XIA190128J61", "", "", "76343"))))
                .allSatisfy(each -> assertThat(each).isInstanceOf(Delivery.Delivered.class));
        List<Delivery> delivered = gateway.deliver(List.of(
                entry("RH-CEN-20261120-1", 116_00),
                invoice("A-1", 2, 200_00, 0),
                payment("A-1-P1", "A-1", false, 232_00),
                credit("A-2", "A-1", 1, 100_00),
                payment("A-2-P1", "A-2", true, 116_00)));

        assertThat(delivered).allSatisfy(each -> assertThat(each).isInstanceOf(Delivery.Delivered.class));
        assertThat(posted()).containsExactlyInAnyOrder("RH-CEN-20261120-1", "A-1", "A-2");
        assertThat(effects("pay")).containsExactlyInAnyOrder("A-1-P1", "A-2-P1");
        assertThat(odoo.rows("account.move"))
                .extracting(each -> each.get("payment_state"))
                .containsExactly("not_paid", "paid", "paid");
        assertThat(odoo.rows("account.payment"))
                .extracting(each -> each.get("payment_type"))
                .containsExactly("inbound", "outbound");
        assertThat(odoo.rows("stock.quant").getFirst().get("quantity").toString())
                .startsWith("12");
        assertThat(odoo.rows("product.pricelist.item")
                        .getFirst()
                        .get("fixed_price")
                        .toString())
                .startsWith("89.0");
        assertThat(odoo.rows("res.partner").getLast()).containsEntry("name", "TALLER EL GÜERO & HIJOS");
    }

    @Test
    void an_entry_is_a_posted_move_whose_lines_are_those_of_the_entry() throws IOException {
        connect(OdooProtocol.AUTO, 19);
        odoo.make("account.analytic.account", Map.of("code", "CEN", "name", "Centro"));
        JournalEntry entry = new JournalEntry(
                UUID.randomUUID(),
                "RH-CEN-20261120-1",
                "CEN",
                "Centro",
                DAY,
                1,
                3,
                Money.mxn(116_00),
                List.of(
                        line(AccountRole.TENDER, "101.01.01", "", 116_00, 0),
                        line(AccountRole.SALES, "401.01.01", "CEN", 0, 100_00),
                        line(AccountRole.TAX, "208.01.01", "", 0, 16_00)));

        assertThat(gateway.deliver(List.of(new Posting.Entry(entry))))
                .containsExactly(new Delivery.Delivered("MISC/2026/00001", false));

        assertThat(odoo.rows("account.move").getFirst())
                .containsEntry("move_type", "entry")
                .containsEntry("state", "posted")
                .containsEntry("date", "2026-11-20")
                .containsEntry("ref", "RH-CEN-20261120-1");
        assertThat(odoo.rows("account.move.line"))
                .extracting(
                        each -> each.get("debit").toString(),
                        each -> each.get("credit").toString(),
                        each -> String.valueOf(each.get("analytic_distribution")))
                .containsExactly(
                        tuple("116.00", "0.00", "null"),
                        tuple("0.00", "100.00", "{1=100}"),
                        tuple("0.00", "16.00", "null"));
    }

    @Test
    void a_price_that_does_not_come_out_even_goes_as_one_piece() throws IOException {
        connect(OdooProtocol.AUTO, 19);
        odoo.make("product.product", Map.of("name", "Bujía", "default_code", "NGK-BKR6E", "type", "consu"));

        assertThat(gateway.deliver(List.of(invoice("A-1", 3, 100_00, 0), invoice("A-2", 3, 100_00, 10_00))))
                .allSatisfy(each -> assertThat(each).isInstanceOf(Delivery.Delivered.class));

        assertThat(odoo.rows("account.move.line"))
                .extracting(
                        each -> each.get("name"),
                        each -> each.get("quantity").toString(),
                        each -> each.get("price_unit").toString())
                .containsExactly(tuple("Bujía × 3", "1", "100.00"), tuple("Bujía", "3.000", "30.00"));
        assertThat(odoo.rows("account.move"))
                .extracting(each -> each.get("amount_total").toString())
                .containsExactly("116.00", "104.40");
    }

    // Once.

    @Test
    void what_is_given_again_is_found_and_not_booked_again() throws IOException {
        connect(OdooProtocol.AUTO, 19);
        List<Posting> postings = List.of(entry("R-1", 116_00), entry("R-2", 58_00));
        gateway.deliver(postings);

        assertThat(gateway.deliver(postings))
                .containsExactly(
                        new Delivery.Delivered("MISC/2026/00001", true),
                        new Delivery.Delivered("MISC/2026/00002", true));
        assertThat(posted()).containsExactly("R-1", "R-2");
        assertThat(odoo.rows("account.move")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "NO_ANSWER,create",
        "HALF_AN_ANSWER,create",
        "TWICE,create",
        "TOO_MANY,create",
        "BROKEN,create",
        "NO_ANSWER,action_post",
        "HALF_AN_ANSWER,action_post",
        "TWICE,action_post",
        "TOO_MANY,action_post",
        "BROKEN,action_post",
        "BROKEN,search_read",
        "HALF_AN_ANSWER,search_read"
    })
    void whatever_happens_to_a_request_each_reference_is_posted_once(Trouble trouble, String method)
            throws IOException {
        connect(OdooProtocol.AUTO, 19);
        odoo.misbehave(trouble, "account.move", method, 1);
        List<Posting> postings = List.of(entry("R-1", 116_00), entry("R-2", 58_00));

        List<Delivery> first = gateway.deliver(postings);
        List<Delivery> second = gateway.deliver(postings);

        assertThat(first).noneMatch(each -> each instanceof Delivery.Refused);
        assertThat(second).allMatch(each -> each instanceof Delivery.Delivered);
        assertThat(posted()).containsExactlyInAnyOrder("R-1", "R-2");
        assertThat(odoo.rows("account.move")).as("no draft stays behind").hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = Trouble.class,
            names = {"NO_ANSWER", "HALF_AN_ANSWER", "TWICE", "TOO_MANY", "BROKEN"})
    void whatever_happens_to_a_payment_it_stands_once(Trouble trouble) throws IOException {
        connect(OdooProtocol.AUTO, 19);
        odoo.make("product.product", Map.of("name", "Bujía", "default_code", "NGK-BKR6E", "type", "consu"));
        List<Posting> postings = List.of(invoice("A-1", 2, 200_00, 0), payment("A-1-P1", "A-1", false, 232_00));
        odoo.misbehave(trouble, "account.payment.register", "action_create_payments", 1);

        gateway.deliver(postings);

        assertThat(gateway.deliver(postings)).allMatch(each -> each instanceof Delivery.Delivered);
        assertThat(odoo.rows("account.payment").stream().filter(each -> !"canceled".equals(each.get("state"))))
                .hasSize(1);
        assertThat(odoo.rows("account.move").getFirst().get("amount_residual").toString())
                .startsWith("0");
    }

    @ParameterizedTest
    @EnumSource(
            value = Trouble.class,
            names = {"NO_ANSWER", "HALF_AN_ANSWER", "TWICE", "TOO_MANY", "BROKEN"})
    void an_invoice_of_a_supplier_is_posted_once_in_the_journal_of_purchases(Trouble trouble) throws IOException {
        connect(OdooProtocol.AUTO, 19);
        odoo.make("product.product", Map.of("name", "Bujía", "default_code", "NGK-BKR6E", "type", "consu"));
        long supplier = odoo.make("res.partner", Map.of("name", "Proveedor", "ref", "P-1"));
        assertThat(gateway.lacks(new ErpGateway.Wanted(
                        Set.of(),
                        Set.of(),
                        List.of(
                                new ErpCode(ErpCode.Kind.SUPPLIER, "P-1", "P-1"),
                                new ErpCode(ErpCode.Kind.PURCHASE_TAX, "16%", "16% C"),
                                new ErpCode(ErpCode.Kind.PURCHASE_TAX, "8%", "16%")))))
                .as("a tax of sales is none of purchases")
                .containsExactly(Refusal.of("erp-code-unknown", "16%"));
        List<Posting> postings = List.of(bill("F-1", false), bill("F-2", true));
        odoo.misbehave(trouble, "account.move", "create", 1);

        gateway.deliver(postings);

        assertThat(gateway.deliver(postings)).allMatch(each -> each instanceof Delivery.Delivered);
        assertThat(odoo.rows("account.move")).hasSize(2).allSatisfy(move -> {
            assertThat(move).containsEntry("state", "posted").containsEntry("partner_id", supplier);
            assertThat(move).containsEntry("invoice_origin", "A-77");
        });
        assertThat(odoo.rows("account.move"))
                .extracting(move -> move.get("move_type") + " " + move.get("name"))
                .containsExactlyInAnyOrder("in_invoice BILL/2026/00001", "in_refund RBILL/2026/00001");
    }

    private static Posting.Bill bill(String reference, boolean credit) {
        return new Posting.Bill(
                reference,
                DAY,
                credit,
                "P-1",
                "A-77",
                "CEN",
                "WH/Stock",
                List.of(new Posting.Line(
                        "NGK-BKR6E",
                        "Bujía",
                        Quantity.of(10),
                        Money.mxn(500_00),
                        Money.mxn(0),
                        "16% C",
                        Money.mxn(80_00))),
                Money.mxn(580_00));
    }

    @Test
    void a_request_that_arrives_when_nobody_waits_for_it_leaves_a_draft_and_no_second_posting() throws IOException {
        close();
        odoo = new OdooSimulator();
        gateway = new OdooGateway(
                new FixedConnection(
                        FixedConnection.to(odoo.start(0), gateway.kind(), OdooProtocol.AUTO, OdooSimulator.KEY, 1)),
                Duration.ofMillis(1));
        gateway.deliver(List.of(entry("R-0", 100_00)));
        odoo.slowness(Duration.ofMillis(1_150));
        odoo.misbehave(Trouble.SLOW, "account.move", "create", 1);

        assertThat(gateway.deliver(List.of(entry("R-1", 116_00))))
                .singleElement()
                .isInstanceOf(Delivery.Unreachable.class);
        assertThat(gateway.deliver(List.of(entry("R-1", 116_00))))
                .singleElement()
                .isInstanceOf(Delivery.Delivered.class);
        odoo.idle();
        assertThat(odoo.rows("account.move")).hasSize(3);
        assertThat(gateway.deliver(List.of(entry("R-1", 116_00))))
                .containsExactly(new Delivery.Delivered("MISC/2026/00002", true));

        assertThat(posted()).containsExactly("R-0", "R-1");
        assertThat(odoo.rows("account.move")).hasSize(2);
    }

    @Test
    void parts_and_customers_that_a_request_made_twice_stand_once() throws IOException {
        connect(OdooProtocol.AUTO, 19);
        odoo.misbehave(Trouble.TWICE, "*", "create", 10);

        assertThat(gateway.put(List.of(
                        new Master.Part("P-1", "Filtro", "", "", true),
                        new Master.Price("P-1", "Public", Money.mxn(100)),
                        new Master.Customer("C-1", "Taller", "", "", "", ""))))
                .allMatch(each -> each instanceof Delivery.Delivered);

        assertThat(odoo.rows("product.product")).hasSize(1);
        assertThat(odoo.rows("product.pricelist.item")).hasSize(1);
        assertThat(odoo.rows("res.partner")).hasSize(2);
    }

    // Refused.

    @Test
    void one_that_odoo_refuses_does_not_hold_the_others_and_leaves_nothing_behind() throws IOException {
        connect(OdooProtocol.AUTO, 19);
        odoo.make("product.product", Map.of("name", "Bujía", "default_code", "NGK-BKR6E", "type", "consu"));
        // The tax of the document is not what Odoo calculates.
        Posting.Invoice odd = new Posting.Invoice(
                "A-2",
                DAY,
                "PUBLICO",
                "CEN",
                "WH/Stock",
                List.of(new Posting.Line(
                        "NGK-BKR6E", "Bujía", Quantity.ONE, Money.mxn(100_00), Money.mxn(0), "16%", Money.mxn(15_99))),
                Money.mxn(115_99));
        Posting.Invoice strange = new Posting.Invoice(
                "A-3",
                DAY,
                "PUBLICO",
                "CEN",
                "WH/Stock",
                List.of(new Posting.Line(
                        "NO-HAY", "?", Quantity.ONE, Money.mxn(100_00), Money.mxn(0), "16%", Money.mxn(16_00))),
                Money.mxn(116_00));

        List<Delivery> outcomes =
                gateway.deliver(List.of(invoice("A-1", 1, 100_00, 0), odd, strange, payment("P", "A-9", false, 1_00)));

        assertThat(outcomes.getFirst()).isInstanceOf(Delivery.Delivered.class);
        assertThat(reason(outcomes.get(1))).contains("Odoo calcula un total de $116.00 y el documento es de $115.99");
        assertThat(reason(outcomes.get(2))).isEqualTo("No está en Odoo el producto NO-HAY.");
        assertThat(reason(outcomes.get(3))).contains("No está registrado en Odoo el documento A-9");
        assertThat(odoo.rows("account.move")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = OdooProtocol.class,
            names = {"JSON_2", "JSON_RPC", "XML_RPC"})
    void a_rule_of_odoo_is_told_in_its_words_and_its_tracebacks_to_nobody(OdooProtocol protocol) throws IOException {
        connect(protocol, 19);
        odoo.misbehave(Trouble.INVALID, "account.move", "action_post", 1);

        assertThat(reason(gateway.deliver(List.of(entry("R-1", 116_00))).getFirst()))
                .isEqualTo("The period is locked.");
        assertThat(odoo.rows("account.move"))
                .as("made anew when it is sent again")
                .isEmpty();
        assertThat(gateway.deliver(List.of(entry("R-1", 116_00)))).allMatch(each -> each instanceof Delivery.Delivered);

        odoo.make("product.product", Map.of("name", "otra", "barcode", "750", "default_code", "X", "type", "consu"));
        List<Delivery> parts = gateway.put(List.of(
                new Master.Part("P-1", "Filtro", "750", "", true), new Master.Part("P-2", "Bujía", "", "", true)));
        assertThat(reason(parts.getFirst()))
                .startsWith("Barcode(s) already assigned")
                .doesNotContain("Traceback");
        assertThat(parts.get(1)).isInstanceOf(Delivery.Delivered.class);
    }

    @Test
    void a_move_that_somebody_cancelled_in_odoo_is_not_booked_behind_his_back() throws IOException {
        connect(OdooProtocol.AUTO, 19);
        gateway.deliver(List.of(entry("R-1", 116_00)));
        odoo.press("account.move", "button_cancel", 1);

        assertThat(reason(gateway.deliver(List.of(entry("R-1", 116_00))).getFirst()))
                .contains("MISC/2026/00001", "cancelado");
        assertThat(odoo.rows("account.move")).hasSize(1);

        odoo.press("account.move", "button_draft", 1);
        assertThat(gateway.deliver(List.of(entry("R-1", 116_00))))
                .containsExactly(new Delivery.Delivered("MISC/2026/00001", false));
        assertThat(odoo.rows("account.move")).hasSize(1);
    }

    @Test
    void a_draft_of_before_gets_the_accounts_of_now() throws IOException {
        connect(OdooProtocol.AUTO, 19);
        odoo.misbehave(Trouble.NO_ANSWER, "account.move", "create", 1);
        gateway.deliver(List.of(entry("R-1", 116_00)));
        JournalEntry mapped = new JournalEntry(
                UUID.randomUUID(),
                "R-1",
                "CEN",
                "Centro",
                DAY,
                1,
                3,
                Money.mxn(116_00),
                List.of(
                        line(AccountRole.TENDER, "102.01.01", "", 116_00, 0),
                        line(AccountRole.SALES, "401.01.01", "", 0, 116_00)));

        gateway.deliver(List.of(new Posting.Entry(mapped)));

        assertThat(odoo.rows("account.move")).hasSize(1);
        assertThat(odoo.rows("account.move.line").getLast().get("account_id")).isEqualTo(9L);
        assertThat(posted()).containsExactly("R-1");
    }

    @ParameterizedTest
    @EnumSource(
            value = OdooProtocol.class,
            names = {"JSON_2", "JSON_RPC", "XML_RPC"})
    void with_a_key_that_is_no_longer_good_odoo_is_left_alone_until_the_connection_is_tried(OdooProtocol protocol)
            throws IOException {
        connect(protocol, 19);
        odoo.misbehave(Trouble.KEY_EXPIRED, "*", "*", 1);

        assertThat(gateway.deliver(List.of(entry("R-1", 116_00))).getFirst())
                .isInstanceOfSatisfying(Delivery.Unreachable.class, each -> {
                    assertThat(each.reason()).contains("no acepta la llave");
                    assertThat(each.after()).isEqualTo(Duration.ofMinutes(5));
                });
        int calls = odoo.calls().size();
        assertThat(gateway.resting())
                .hasValueSatisfying(each -> assertThat(each).contains("Conexiones"));
        assertThatThrownBy(() -> gateway.lacks(new ErpGateway.Wanted(Set.of("1"), Set.of(), List.of())))
                .isInstanceOfSatisfying(
                        Failure.class, each -> assertThat(each.kind()).isEqualTo(FailureKind.REJECTED));
        assertThat(gateway.deliver(List.of(entry("R-1", 116_00))))
                .allMatch(each -> each instanceof Delivery.Unreachable);
        assertThat(odoo.calls()).hasSize(calls);

        assertThat(gateway.probe(connection)).isInstanceOf(mx.refahub.domain.Outcome.Done.class);
        assertThat(gateway.resting()).isEmpty();
        assertThat(gateway.deliver(List.of(entry("R-1", 116_00)))).allMatch(each -> each instanceof Delivery.Delivered);
    }

    @Test
    void a_server_that_keeps_failing_is_left_alone() throws IOException {
        connect(OdooProtocol.AUTO, 19);
        gateway.deliver(List.of(entry("R-0", 1_00)));
        odoo.misbehave(Trouble.BROKEN, "*", "*", 1_000);
        for (int i = 0; i < 5; i++) gateway.deliver(List.of(entry("R-1", 116_00)));
        int asked = odoo.calls().size();

        Delivery left = gateway.deliver(List.of(entry("R-1", 116_00))).getFirst();

        assertThat(left)
                .isInstanceOfSatisfying(
                        Delivery.Unreachable.class,
                        each -> assertThat(each.reason()).contains("descansar"));
        assertThat(odoo.calls()).hasSize(asked);
    }

    @Test
    void a_server_that_is_not_there_is_unreachable() {
        assertThat(gateway.deliver(List.of(entry("R-1", 1_00))).getFirst())
                .isInstanceOfSatisfying(
                        Delivery.Unreachable.class,
                        each -> assertThat(each.reason())
                                .isEqualTo("No hay conexión con Odoo: nadie contesta en ese puerto"));
        assertThat(gateway.probe(nowhere()))
                .isEqualTo(Outcome.refused(
                        "outside-unreachable", "localhost", "No hay conexión con Odoo: nadie contesta en ese puerto"));
    }

    @Test
    void a_trial_of_a_server_that_asks_to_wait_says_so() throws IOException {
        connect(OdooProtocol.AUTO, 19);
        odoo.misbehave(Trouble.TOO_MANY, "*", "*", 100);

        assertThat(gateway.probe(connection))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo("outside-busy"));
    }

    @Test
    void a_connection_is_tried_and_says_what_it_is() throws IOException {
        for (String[] each : new String[][] {
            {"AUTO", "19", "Odoo 19"},
            {"JSON_2", "19", "Odoo 19+"},
            {"AUTO", "16", "Odoo 16"},
            {"XML_RPC", "14", "Odoo 14"}
        }) {
            connect(OdooProtocol.valueOf(each[0]), Integer.parseInt(each[1]));
            assertThat(gateway.probe(connection))
                    .isEqualTo(Outcome.done(each[2] + " · Refaccionaria Simulada SA de CV · MXN"));
        }
        for (OdooProtocol each : OdooProtocol.values()) {
            connect(each, 19, "otra");
            assertThat(gateway.probe(connection)).as("%s", each).isEqualTo(Outcome.refused("outside-signature"));
        }
    }

    @Test
    void what_odoo_lacks_is_named_before_anything_is_sent() throws IOException {
        connect(OdooProtocol.AUTO, 19);

        assertThat(gateway.lacks(new ErpGateway.Wanted(
                        Set.of("101.01.01", "999"),
                        Set.of("CEN"),
                        List.of(
                                new ErpCode(ErpCode.Kind.TAX, "16%", "16%"),
                                new ErpCode(ErpCode.Kind.TAX, "8%", "IEPS"),
                                new ErpCode(ErpCode.Kind.WAREHOUSE, "CEN", "WH/Stock"),
                                new ErpCode(ErpCode.Kind.TENDER, "CASH", "CSH1"),
                                new ErpCode(ErpCode.Kind.TENDER, "CARD", "BNK9"),
                                new ErpCode(ErpCode.Kind.CUSTOMER, "", "PUBLICO"),
                                new ErpCode(ErpCode.Kind.PRICE_LIST, "", "Mayoreo"),
                                new ErpCode(ErpCode.Kind.CORE_ITEM, "", "CASCO")))))
                .containsExactly(
                        Refusal.of("erp-account-unknown", "999"),
                        Refusal.of("erp-center-unknown", "CEN"),
                        Refusal.of("erp-code-unknown", "IEPS"),
                        Refusal.of("erp-code-unknown", "BNK9"),
                        Refusal.of("erp-code-unknown", "Mayoreo"),
                        Refusal.of("erp-code-unknown", "CASCO"));
    }

    // Masters.

    @Test
    void changes_come_in_pages_and_none_is_missed_though_all_bear_one_second() throws IOException {
        close();
        Ticking clock = new Ticking();
        odoo = new OdooSimulator(19, clock);
        gateway = new OdooGateway(
                new FixedConnection(
                        FixedConnection.to(odoo.start(0), gateway.kind(), OdooProtocol.AUTO, OdooSimulator.KEY, 5)),
                Duration.ofMillis(1));
        for (int i = 0; i < 25; i++)
            odoo.make("product.product", Map.of("name", "Parte " + i, "default_code", "P-" + i, "type", "consu"));
        odoo.make("product.product", Map.of("name", "sin clave", "type", "consu"));

        ErpGateway.Changes first = gateway.changedSince(Master.Kind.PARTS, Set.of(), "", 10);
        assertThat(first.more()).isTrue();
        // One that was read already and one that was not change between the pages.
        odoo.change("product.product", 1, Map.of("name", "Parte 0, otra"));
        odoo.change("product.product", 25, Map.of("sale_ok", false));
        List<Master> all = new ArrayList<>(first.masters());
        ErpGateway.Changes page = first;
        while (page.more()) {
            page = gateway.changedSince(Master.Kind.PARTS, Set.of(), page.cursor(), 10);
            all.addAll(page.masters());
        }
        assertThat(all.stream().map(Master::code).distinct()).hasSize(25);
        clock.rest(Duration.ofMinutes(10));
        odoo.change("product.product", 3, Map.of("name", "Parte 2, otra"));

        List<Master> later = new ArrayList<>();
        do {
            page = gateway.changedSince(Master.Kind.PARTS, Set.of(), page.cursor(), 10);
            later.addAll(page.masters());
        } while (page.more());

        assertThat(later)
                .contains(
                        new Master.Part("P-0", "Parte 0, otra", "", "", true),
                        new Master.Part("P-24", "Parte 24", "", "", false),
                        new Master.Part("P-2", "Parte 2, otra", "", "", true));
        clock.rest(Duration.ofMinutes(10));
        assertThat(gateway.changedSince(Master.Kind.PARTS, Set.of(), page.cursor(), 100)
                        .masters())
                .containsExactly(new Master.Part("P-2", "Parte 2, otra", "", "", true));
    }

    @Test
    void stock_prices_and_customers_come_in_with_our_codes() throws IOException {
        connect(OdooProtocol.XML_RPC, 18);
        gateway.put(List.of(
                new Master.Part("P-1", "Filtro", "", "", true),
                new Master.Stock("P-1", "WH/Stock", Quantity.of(new BigDecimal("2.5"))),
                new Master.Price("P-1", "Public", Money.mxn(123_45))));
        Map<String, Object> price = odoo.rows("product.pricelist.item").getFirst();
        for (Map<String, Object> not : List.<Map<String, Object>>of(
                Map.of("min_quantity", 10),
                Map.of("date_start", "2026-01-01 00:00:00"),
                Map.of("date_end", "2026-12-31 23:59:59"))) {
            Map<String, Object> other = new java.util.HashMap<>(price);
            other.remove("id");
            other.putAll(not);
            odoo.make("product.pricelist.item", other);
        }
        odoo.make("res.partner", Map.of("name", "Doña Ana", "customer_rank", 1, "vat", "AAAA010101AAA"));

        assertThat(gateway.changedSince(Master.Kind.STOCK, Set.of("WH/Stock"), "", 10)
                        .masters())
                .containsExactly(new Master.Stock("P-1", "WH/Stock", Quantity.of(new BigDecimal("2.5"))));
        assertThat(gateway.changedSince(Master.Kind.PRICES, Set.of(), "", 10).masters())
                .containsExactly(new Master.Price("P-1", "Public", Money.mxn(123_45)));
        assertThat(gateway.changedSince(Master.Kind.CUSTOMERS, Set.of(), "", 10).masters())
                .extracting(Master::code)
                .containsExactly("PUBLICO", "odoo:2");
        assertThat(gateway.put(List.of(new Master.Customer("C-9", "Ana", "AAAA010101AAA", "55", "", ""))))
                .containsExactly(new Delivery.Delivered("2", false));
        assertThat(odoo.rows("res.partner").getLast())
                .containsEntry("ref", "C-9")
                .containsEntry("phone", "55");
    }

    @ParameterizedTest
    @CsvSource({"AUTO, 19", "JSON_RPC, 16", "XML_RPC, 14"})
    void stock_of_a_place_is_what_odoo_shows_there_lots_and_shelves_together_and_what_is_used_up_is_zero(
            OdooProtocol protocol, int version) throws IOException {
        connect(protocol, version);
        List<Master.Part> parts = new ArrayList<>();
        for (int i = 0; i < 25; i++) parts.add(new Master.Part("P-" + i, "Parte " + i, "", "", true));
        gateway.put(parts);
        long shelf = odoo.make(
                "stock.location",
                Map.of("name", "A1", "complete_name", "WH/Stock/A1", "usage", "internal", "active", true));
        odoo.make(
                "stock.location",
                Map.of("name", "Stock", "complete_name", "WH/Stock2", "usage", "internal", "active", true));
        gateway.put(List.of(
                new Master.Stock("P-0", "WH/Stock", Quantity.of(4)),
                new Master.Stock("P-0", "WH/Stock2", Quantity.of(7)),
                new Master.Stock("P-1", "WH/Stock", Quantity.of(3))));
        odoo.lot(1, 5, new BigDecimal("1.5"));
        odoo.lot(1, shelf, new BigDecimal("2"));
        gateway.put(List.of(new Master.Stock("P-1", "WH/Stock", Quantity.of(0))));
        // Nothing that stock is kept of; of two with one code the older one is meant.
        odoo.make("product.product", Map.of("name", "Mano de obra", "default_code", "SERV", "type", "service"));
        Map<String, Object> twin =
                new java.util.HashMap<>(odoo.rows("product.product").getFirst());
        twin.keySet().removeAll(List.of("id", "write_date", "product_tmpl_id"));
        odoo.lot(odoo.make("product.product", twin), 5, new BigDecimal("99"));

        Set<String> places = Set.of("WH/Stock", "WH/Stock2");
        List<Master> seen = new ArrayList<>();
        int before = odoo.calls().size();
        ErpGateway.Changes page = new ErpGateway.Changes(List.of(), "", true);
        while (page.more()) {
            page = gateway.changedSince(Master.Kind.STOCK, places, page.cursor(), 10);
            seen.addAll(page.masters());
        }

        assertThat(seen)
                .hasSize(50)
                .contains(
                        new Master.Stock("P-0", "WH/Stock", Quantity.of(new BigDecimal("7.5"))),
                        new Master.Stock("P-0", "WH/Stock2", Quantity.of(7)),
                        new Master.Stock("P-1", "WH/Stock", Quantity.of(0)))
                .noneMatch(each -> each.code().equals("SERV"));
        assertThat(page.cursor()).as("the next time all of them anew").isEmpty();
        System.out.println("Odoo: stock of 26 products at 2 places, pages of 10: "
                + (odoo.calls().size() - before) + " calls");
        assertThat(odoo.calls().size() - before).isLessThanOrEqualTo(1 + 3 * 3);
        assertThat(gateway.changedSince(Master.Kind.STOCK, Set.of(), "", 10).masters())
                .as("no branch has a place there")
                .isEmpty();
        assertThatThrownBy(() -> gateway.changedSince(Master.Kind.STOCK, Set.of("WH/Otra"), "", 10))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("WH/Otra");
    }

    @Test
    void a_thousand_entries_cost_four_calls_a_hundred() throws IOException {
        connect(OdooProtocol.AUTO, 19);
        List<Posting> postings = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) postings.add(entry("R-" + i, 116_00));

        for (int i = 0; i < 1_000; i += gateway.batch()) gateway.deliver(postings.subList(i, i + gateway.batch()));

        assertThat(posted()).hasSize(1_000);
        System.out.println("Odoo: 1,000 entries, " + odoo.calls().size() + " calls ("
                + odoo.calls().size() / 1_000.0 + " for each)");
        assertThat(odoo.calls()).hasSizeLessThanOrEqualTo(10 * 4 + 2);
    }

    @Test
    void a_hundred_invoices_cost_seven_calls_and_a_payment_two() throws IOException {
        connect(OdooProtocol.AUTO, 19);
        odoo.make("product.product", Map.of("name", "Bujía", "default_code", "NGK-BKR6E", "type", "consu"));
        List<Posting> invoices = new ArrayList<>();
        List<Posting> payments = new ArrayList<>();
        for (int i = 0; i < gateway.batch(); i++) {
            invoices.add(invoice("A-" + i, 2, 200_00, 0));
            payments.add(payment("P-" + i, "A-" + i, false, 232_00));
        }
        gateway.lacks(new ErpGateway.Wanted(
                Set.of(),
                Set.of(),
                List.of(
                        new ErpCode(ErpCode.Kind.CUSTOMER, "", "PUBLICO"),
                        new ErpCode(ErpCode.Kind.TAX, "16%", "16%"))));
        int before = odoo.calls().size();

        assertThat(gateway.deliver(invoices)).allMatch(each -> each instanceof Delivery.Delivered);
        int between = odoo.calls().size();
        assertThat(gateway.deliver(payments)).allMatch(each -> each instanceof Delivery.Delivered);

        int forPayments = odoo.calls().size() - between;
        System.out.println(
                "Odoo: 100 invoices, " + (between - before) + " calls; 100 payments, " + forPayments + " calls");
        assertThat(between - before).isLessThanOrEqualTo(7);
        assertThat(forPayments).isLessThanOrEqualTo(2 * gateway.batch() + 4);
        assertThat(odoo.rows("account.move"))
                .allSatisfy(each -> assertThat(each).containsEntry("payment_state", "paid"));
    }

    private static final class Ticking implements InstantSource {
        private Instant now = Instant.parse("2026-11-20T10:00:00.123456Z");

        synchronized void rest(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public synchronized Instant instant() {
            return now;
        }
    }

    private static final class Nobody implements Connections {
        @Override
        public List<Connection> of(String kind) {
            return List.of();
        }

        @Override
        public Optional<Connection> find(UUID id) {
            return Optional.empty();
        }
    }

    private List<String> posted() {
        return effects("post");
    }

    private List<String> effects(String method) {
        return odoo.log().stream()
                .filter(each -> each.method().equals(method))
                .map(Effect::reference)
                .toList();
    }

    private static String reason(Delivery delivery) {
        assertThat(delivery).isInstanceOf(Delivery.Refused.class);
        return ((Delivery.Refused) delivery).reason();
    }

    private static Posting.Entry entry(String reference, long total) {
        return new Posting.Entry(new JournalEntry(
                UUID.randomUUID(),
                reference,
                "CEN",
                "Centro",
                DAY,
                1,
                3,
                Money.mxn(total),
                List.of(
                        line(AccountRole.TENDER, "101.01.01", "", total, 0),
                        line(AccountRole.SALES, "401.01.01", "", 0, total))));
    }

    private static JournalEntry.Line line(AccountRole role, String account, String center, long debit, long credit) {
        return new JournalEntry.Line(role, "", account, "", "", center, Money.mxn(debit), Money.mxn(credit));
    }

    private static Posting.Invoice invoice(String reference, int pieces, long net, long discount) {
        Posting.Line line = document(pieces, net, discount);
        return new Posting.Invoice(
                reference,
                DAY,
                "PUBLICO",
                "CEN",
                "WH/Stock",
                List.of(line),
                line.base().plus(line.taxAmount()));
    }

    private static Posting.CreditNote credit(String reference, String corrects, int pieces, long net) {
        Posting.Line line = document(pieces, net, 0);
        return new Posting.CreditNote(
                reference,
                DAY,
                corrects,
                "PUBLICO",
                "CEN",
                "WH/Stock",
                List.of(line),
                line.base().plus(line.taxAmount()));
    }

    private static Posting.Line document(int pieces, long net, long discount) {
        return new Posting.Line(
                "NGK-BKR6E",
                "Bujía",
                Quantity.of(pieces),
                Money.mxn(net),
                Money.mxn(discount),
                "16%",
                Money.mxn(net - discount).times(new BigDecimal("0.16")));
    }

    private static Posting.Payment payment(String reference, String document, boolean back, long amount) {
        return new Posting.Payment(
                reference, DAY, document, back, "PUBLICO", "CSH1", Posting.AccountKind.CASH, Money.mxn(amount));
    }
}
