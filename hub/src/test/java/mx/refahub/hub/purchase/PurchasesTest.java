package mx.refahub.hub.purchase;

import static mx.refahub.hub.TestShop.frame;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.delivery.Intake;
import mx.refahub.domain.delivery.Ledgers;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.notice.MailDesk;
import mx.refahub.domain.notice.MailServer;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.purchase.OrderMail;
import mx.refahub.domain.purchase.PurchaseOrder;
import mx.refahub.domain.purchase.PurchaseOrder.Act;
import mx.refahub.domain.purchase.PurchaseOrder.State;
import mx.refahub.domain.purchase.PurchaseOrders;
import mx.refahub.domain.purchase.Supplier;
import mx.refahub.domain.purchase.SupplierInvoices;
import mx.refahub.domain.purchase.Suppliers;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.UserId;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.OrderRow;
import mx.refahub.domain.wire.StockBody;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import mx.refahub.hub.stream.StreamWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class PurchasesTest {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final Person ANA = new Person(new UserId(UUID.randomUUID()), "Ana Torres", Role.ADMIN);
    private static final Person BETO = new Person(new UserId(UUID.randomUUID()), "Beto Ruiz", Role.ACCOUNTANT);
    private static final String RFC = "GODE561231GR8";

    private final Suppliers suppliers = TestHub.bean(Suppliers.class);
    private final PurchaseOrders orders = TestHub.bean(PurchaseOrders.class);
    private final SupplierInvoices invoices = TestHub.bean(SupplierInvoices.class);
    private final Intake intake = TestHub.bean(Intake.class);
    private final Ledgers ledgers = TestHub.bean(Ledgers.class);
    private final TestShop shop = TestShop.open();
    private final UUID plug = part();
    private final UUID filter = part();
    private final UUID supplier = supplier("");

    private static <T> T done(Outcome<T> outcome) {
        return outcome.fold(value -> value, refusal -> {
            throw new AssertionError(refusal);
        });
    }

    private static String refusal(Outcome<?> outcome) {
        return outcome.fold(value -> "done", refusal -> refusal.code());
    }

    private static UUID part() {
        UUID id = UUID.randomUUID();
        TestHub.sql().sql("""
                    insert into part (id, line_code, part_number, normal_number, brand, name_es, name_en, category, unit, tax_class, core, sat_code,
                        sat_unit, tax_object, created_at, catalogue_version)
                    values (:id, 'NGK', :number, :number, 'NGK', 'Bujía', '', '', 'PZA', 'GENERAL', 0, '', '', '02', now(), 0)
                    """).param("id", id).param("number", id.toString()).update();
        return id;
    }

    private UUID supplier(String rfc) {
        UUID id = UUID.randomUUID();
        done(suppliers.keep(
                id,
                new Supplier.Form(
                        id.toString().substring(0, 8),
                        "Bujías del Norte",
                        rfc,
                        "a@b.example",
                        "MXN",
                        "30",
                        "5",
                        "",
                        ""),
                ANA));
        return id;
    }

    private PurchaseOrder draft(long plugs, String cost) {
        return done(orders.keep(
                new PurchaseOrders.Draft(
                        UUID.randomUUID(),
                        supplier,
                        shop.id.value(),
                        BigDecimal.ONE,
                        null,
                        "",
                        List.of(
                                new PurchaseOrders.Wanted(
                                        UUID.randomUUID(),
                                        new PartId(plug),
                                        Quantity.of(plugs),
                                        new BigDecimal(cost),
                                        "bj-7",
                                        ""),
                                new PurchaseOrders.Wanted(
                                        UUID.randomUUID(),
                                        new PartId(filter),
                                        Quantity.of(2),
                                        new BigDecimal("50"),
                                        "",
                                        ""))),
                ANA));
    }

    private PurchaseOrder sent(long plugs, String cost) {
        PurchaseOrder order = draft(plugs, cost);
        done(orders.act(order.id(), Act.APPROVE, "", ANA));
        return done(orders.act(order.id(), Act.SEND, "", ANA));
    }

    private PurchaseOrder now(PurchaseOrder order) {
        return orders.one(order.id()).orElseThrow();
    }

    private Document receipt(@Nullable UUID order, String number, UUID part, long pieces, String cost) {
        return receipt(new StockBody.OrderBody(order, number), part, pieces, cost, null);
    }

    private Document receipt(
            StockBody.OrderBody order, UUID part, long pieces, String cost, StockBody.@Nullable LandedBody landed) {
        return receipt(order, part, pieces, cost, landed, null);
    }

    private Document receipt(
            StockBody.OrderBody order,
            UUID part,
            long pieces,
            String cost,
            StockBody.@Nullable LandedBody landed,
            StockBody.@Nullable SurplusBody surplus) {
        UUID id = UUID.randomUUID();
        StockBody body = new StockBody(
                id,
                shop.id.value(),
                "RECEIPT",
                "",
                TestHub.CLOCK.instant(),
                shop.cashier(),
                "Rita",
                null,
                "Bujías del Norte",
                "F-1",
                "",
                "",
                "MXN",
                "1",
                false,
                List.of(new StockBody.LineBody(
                        UUID.randomUUID(),
                        part,
                        "NGK",
                        "BKR6E",
                        "Bujía",
                        "PZA",
                        "A-1",
                        pieces * 1000,
                        cost,
                        pieces * 100,
                        0,
                        0,
                        0,
                        null,
                        null,
                        null)),
                order,
                landed,
                surplus);
        return shop.writeRaw(
                id.toString(), DocumentType.STOCK_RECEIPT, DocumentType.STOCK_SCHEMA, JSON.writeValueAsString(body));
    }

    private void arrive(List<Document> documents) {
        intake.land(shop.id, frame(documents));
        while (ledgers.apply().more()) {
            // to the end
        }
    }

    private List<String> differences(PurchaseOrder order) {
        return orders.differences(order.id(), false, 100).stream()
                .map(one -> one.what().name())
                .sorted()
                .toList();
    }

    @Test
    void an_order_goes_from_draft_to_sent_by_guarded_steps_and_a_step_done_already_changes_nothing() {
        PurchaseOrder order = draft(10, "38.50");
        assertThat(order.number()).matches("OC-\\d{6}");
        assertThat(order.total().minor()).isEqualTo(48_500);
        assertThat(order.lines().getFirst().theirNumber()).isEqualTo("BJ-7");
        assertThat(refusal(orders.act(order.id(), Act.SEND, "", ANA))).isEqualTo("order-state");

        done(orders.act(order.id(), Act.APPROVE, "", BETO));
        PurchaseOrder again = done(orders.act(order.id(), Act.APPROVE, "", ANA));
        assertThat(again.life().approvedBy()).isEqualTo("Beto Ruiz");
        done(orders.act(order.id(), Act.BACK_TO_DRAFT, "", ANA));
        assertThat(now(order).state()).isEqualTo(State.DRAFT);
        done(orders.act(order.id(), Act.APPROVE, "", ANA));
        done(orders.act(order.id(), Act.SEND, "", ANA));
        assertThat(now(order).state()).isEqualTo(State.SENT);
        assertThat(refusal(orders.act(order.id(), Act.CANCEL, " ", ANA))).isEqualTo("reason-missing");
        assertThat(done(orders.act(order.id(), Act.CANCEL, "Cerró la fábrica", ANA))
                        .state())
                .isEqualTo(State.CANCELLED);
        assertThat(refusal(orders.act(order.id(), Act.SEND, "", ANA))).isEqualTo("order-state");
    }

    @Test
    void nobody_approves_more_than_the_limit_of_the_role() {
        PurchaseOrder order = draft(2_000, "38.50");

        assertThat(refusal(orders.act(order.id(), Act.APPROVE, "", BETO))).isEqualTo("order-limit");
        Person rita = new Person(new UserId(UUID.randomUUID()), "Rita", Role.WAREHOUSE);
        assertThat(refusal(orders.act(order.id(), Act.APPROVE, "", rita))).isEqualTo("order-limit");
        assertThat(now(order).state()).isEqualTo(State.DRAFT);
        assertThat(done(orders.act(order.id(), Act.APPROVE, "", ANA)).state()).isEqualTo(State.APPROVED);
    }

    @Test
    void receipts_move_the_order_by_themselves_in_any_order_and_twice_counts_once() throws Exception {
        PurchaseOrder order = sent(10, "38.50");
        List<Document> documents = new ArrayList<>(List.of(
                receipt(order.id(), order.number(), plug, 4, "38.50"),
                receipt(null, order.number(), filter, 2, "50"),
                receipt(order.id(), order.number(), plug, 6, "38.50")));
        arrive(documents.subList(0, 1));
        assertThat(now(order).state()).isEqualTo(State.PARTLY_RECEIVED);
        assertThat(told(order).lines().getFirst().received()).isEqualTo(4_000);

        arrive(documents);
        arrive(documents);

        PurchaseOrder whole = now(order);
        assertThat(whole.state()).isEqualTo(State.RECEIVED);
        assertThat(whole.lines()).extracting(line -> line.received().text()).containsExactly("10", "2");
        assertThat(differences(order)).isEmpty();
        assertThat(orders.receipts(order.id())).hasSize(3);
        assertThat(told(order).done()).isTrue();
        assertThat(suppliers.one(supplier).orElseThrow().orders()).isEqualTo(1);
    }

    private OrderRow told(PurchaseOrder order) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TestHub.bean(StreamWriter.class).write(Stream.ORDERS, shop.id, 1, out);
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains(order.id().toString()))
                .map(line -> JSON.readValue(line, OrderRow.class))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void what_comes_otherwise_than_ordered_is_on_the_shelf_and_flagged_with_its_reason() {
        PurchaseOrder order = sent(10, "38.50");
        UUID other = part();
        arrive(List.of(
                receipt(order.id(), order.number(), plug, 12, "40"),
                receipt(order.id(), order.number(), other, 1, "5"),
                receipt(UUID.randomUUID(), "OC-999999", plug, 1, "5")));

        assertThat(differences(order)).containsExactly("COST", "MORE", "NOT_ORDERED");
        assertThat(TestHub.sql()
                        .sql("select on_hand from stock_on_hand where part_id = ?")
                        .param(plug)
                        .query(Long.class)
                        .single())
                .isEqualTo(13_000);
        PurchaseOrders.Difference more = orders.differences(order.id(), false, 10).stream()
                .filter(one -> one.what() == PurchaseOrders.What.MORE)
                .findFirst()
                .orElseThrow();
        assertThat(more.found()).isEqualByComparingTo("12");
        assertThat(more.keptBy()).as("the branch did not know the order").isEmpty();
        done(orders.settle(more.id(), "Se quedan, el proveedor factura doce", ANA));
        assertThat(differences(order)).containsExactly("COST", "NOT_ORDERED");

        done(orders.act(order.id(), Act.CLOSE, "El filtro ya no se fabrica", ANA));
        arrive(List.of(receipt(order.id(), order.number(), filter, 1, "50")));
        assertThat(now(order).state()).isEqualTo(State.CLOSED);
        assertThat(differences(order)).contains("ORDER_ENDED");
    }

    @Test
    void who_kept_what_came_beyond_an_order_stands_beside_the_difference_until_it_is_settled() {
        PurchaseOrder order = sent(10, "38.50");
        StockBody.SurplusBody kept = new StockBody.SurplusBody(UUID.randomUUID(), "Lucía Prado", "dos de regalo");
        arrive(List.of(receipt(new StockBody.OrderBody(order.id(), order.number()), plug, 12, "38.50", null, kept)));

        assertThat(orders.differences(order.id(), false, 10)).singleElement().satisfies(difference -> {
            assertThat(difference.what()).isEqualTo(PurchaseOrders.What.MORE);
            assertThat(difference.keptBy()).isEqualTo("Lucía Prado");
            assertThat(difference.keptWhy()).isEqualTo("dos de regalo");
        });
    }

    /** Whatever the order in which receipts come: what the order has received is their sum. */
    @Test
    void goods_that_went_back_to_their_supplier_are_listed_at_what_they_were_worth() {
        UUID id = UUID.randomUUID();
        StockBody body = new StockBody(
                id,
                shop.id.value(),
                "ADJUSTMENT",
                "",
                TestHub.CLOCK.instant(),
                shop.cashier(),
                "Rita",
                null,
                "Bujías del Norte",
                "DEV-12",
                "TO_SUPPLIER",
                "vinieron rotas",
                "MXN",
                "1",
                false,
                List.of(new StockBody.LineBody(
                        UUID.randomUUID(),
                        plug,
                        "NGK",
                        "BKR6E",
                        "Bujía",
                        "PZA",
                        "A-1",
                        -2_000,
                        "",
                        -7_700,
                        0,
                        0,
                        0,
                        null,
                        null,
                        null)),
                null,
                null);
        arrive(List.of(shop.writeRaw(
                id.toString(),
                DocumentType.STOCK_ADJUSTMENT,
                DocumentType.STOCK_SCHEMA,
                JSON.writeValueAsString(body))));

        assertThat(orders.givenBack(100).stream().filter(one -> one.id().equals(id)))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.supplier()).isEqualTo("Bujías del Norte");
                    assertThat(one.reference()).isEqualTo("DEV-12");
                    assertThat(one.note()).isEqualTo("vinieron rotas");
                    assertThat(one.lines()).isOne();
                    assertThat(one.value()).isEqualTo(Money.mxn(7_700));
                });
    }

    @Test
    void random_receipts_add_up_to_what_the_order_has_received() {
        Random random = new Random(11);
        PurchaseOrder order = sent(30, "38.50");
        List<Document> documents = new ArrayList<>();
        long sum = 0;
        for (int i = 0; i < 12; i++) {
            long pieces = 1 + random.nextInt(4);
            sum += pieces;
            documents.add(receipt(random.nextBoolean() ? order.id() : null, order.number(), plug, pieces, "38.50"));
        }
        for (Document document : documents) arrive(List.of(document));
        // Each again, in any order.
        Collections.shuffle(documents, random);
        for (Document document : documents) arrive(List.of(document));

        assertThat(now(order).lines().getFirst().received()).isEqualTo(Quantity.of(sum));
    }

    @Test
    void an_invoice_is_taken_once_and_stands_beside_its_order_and_what_came() {
        UUID issuer = suppliers.list(true).stream()
                .filter(one -> one.supplier().rfc().equals(RFC))
                .map(one -> one.supplier().id())
                .findFirst()
                .orElseGet(() -> supplier(RFC));
        done(suppliers.map(issuer, "BJ-7", new PartId(plug), "38.50", "", ANA));
        PurchaseOrder order = done(orders.keep(
                new PurchaseOrders.Draft(
                        UUID.randomUUID(),
                        issuer,
                        shop.id.value(),
                        BigDecimal.ONE,
                        null,
                        "",
                        List.of(new PurchaseOrders.Wanted(
                                UUID.randomUUID(),
                                new PartId(plug),
                                Quantity.of(10),
                                new BigDecimal("38.50"),
                                "",
                                ""))),
                ANA));
        assertThat(order.lines().getFirst().theirNumber()).isEqualTo("BJ-7");
        done(orders.act(order.id(), Act.APPROVE, "", ANA));
        done(orders.act(order.id(), Act.SEND, "", ANA));
        arrive(List.of(receipt(order.id(), order.number(), plug, 8, "38.50")));
        String ours =
                TestHub.sql().sql("select rfc from company").query(String.class).single();
        byte[] xml = cfdi(UUID.randomUUID(), ours);

        SupplierInvoices.Intake first = done(invoices.take(xml, ANA));
        SupplierInvoices.Intake second = done(invoices.take(xml, ANA));

        assertThat(first.fresh()).isTrue();
        assertThat(second.fresh()).isFalse();
        assertThat(second.taken().id()).isEqualTo(first.taken().id());
        assertThat(first.taken().order()).isEqualTo(order.id());
        assertThat(first.taken().invoice().problems()).contains("certificate-unreadable");
        UUID invoice = first.taken().id();
        assertThat(invoices.compare(invoice))
                .extracting(SupplierInvoices.Compared::verdict)
                .containsExactly(SupplierInvoices.Verdict.MORE_THAN_RECEIVED, SupplierInvoices.Verdict.UNMAPPED);
        done(invoices.map(invoice, "FL-1", new PartId(filter), ANA));
        assertThat(invoices.compare(invoice))
                .extracting(SupplierInvoices.Compared::verdict)
                .contains(SupplierInvoices.Verdict.NOT_ORDERED);
        arrive(List.of(receipt(order.id(), order.number(), plug, 2, "38.50")));
        assertThat(invoices.compare(invoice))
                .extracting(SupplierInvoices.Compared::verdict)
                .contains(SupplierInvoices.Verdict.SAME);
        assertThat(done(invoices.settle(invoice, BETO)).settledBy()).isEqualTo("Beto Ruiz");
        assertThat(refusal(invoices.tie(invoice, order.id(), ANA))).isEqualTo("invoice-settled");
        assertThat(refusal(invoices.take(cfdi(UUID.randomUUID(), "XAXX010101000"), ANA)))
                .isEqualTo("invoice-not-ours");
    }

    private UUID issuer() {
        return suppliers.list(true).stream()
                .filter(one -> one.supplier().rfc().equals(RFC))
                .map(one -> one.supplier().id())
                .findFirst()
                .orElseGet(() -> supplier(RFC));
    }

    @Test
    void the_goods_of_an_invoice_without_an_order_are_expected_at_the_branch_until_they_come() throws Exception {
        UUID issuer = issuer();
        String ours =
                TestHub.sql().sql("select rfc from company").query(String.class).single();
        TestHub.sql()
                .sql("delete from supplier_part where supplier_id = ?")
                .param(issuer)
                .update();
        SupplierInvoices.Taken taken =
                done(invoices.take(cfdi(UUID.randomUUID(), ours), ANA)).taken();
        UUID invoice = taken.id();
        assertThat(taken.order()).isNull();
        assertThat(refusal(invoices.expect(invoice, shop.id.value(), ANA))).isEqualTo("invoice-unmapped");
        done(invoices.map(invoice, "BJ-7", new PartId(plug), ANA));
        assertThat(refusal(invoices.expect(invoice, null, ANA))).isEqualTo("branch-unknown");

        SupplierInvoices.Taken expected = done(invoices.expect(invoice, shop.id.value(), ANA));
        assertThat(done(invoices.expect(invoice, shop.id.value(), ANA)).order()).isEqualTo(expected.order());

        PurchaseOrder order = orders.one(expected.order()).orElseThrow();
        assertThat(order.state()).isEqualTo(State.SENT);
        OrderRow.ExpectedRow told = told(order).expected().getFirst();
        assertThat(told.reference()).isEqualTo("A 77");
        assertThat(told.lines()).containsExactly(new OrderRow.ExpectedLine(plug, 10_000, "38.5"));

        StockBody.OrderBody named = new StockBody.OrderBody(order.id(), order.number(), invoice);
        arrive(List.of(receipt(
                named, plug, 8, "38.50", new StockBody.LandedBody(10_000, 0, 5_050, "VALUE", List.of(15_050L)))));
        assertThat(told(order).expected()).isEmpty();
        assertThat(orders.receipts(order.id()).getFirst().landed().minor()).isEqualTo(15_050);
        assertThat(orders.differences(order.id(), false, 10)).singleElement().satisfies(difference -> {
            assertThat(difference.what()).isEqualTo(PurchaseOrders.What.INVOICED);
            assertThat(difference.expected()).isEqualByComparingTo("10");
            assertThat(difference.found()).isEqualByComparingTo("8");
        });
        arrive(List.of(receipt(named, plug, 2, "38.50", null)));
        assertThat(differences(order)).isEmpty();
        assertThat(invoices.compare(invoice))
                .filteredOn(line -> line.part() != null)
                .extracting(SupplierInvoices.Compared::verdict)
                .containsExactly(SupplierInvoices.Verdict.SAME);
    }

    @Test
    void a_number_told_once_holds_for_all_open_invoices_and_finds_their_order() {
        UUID issuer = issuer();
        String ours =
                TestHub.sql().sql("select rfc from company").query(String.class).single();
        TestHub.sql()
                .sql("delete from supplier_part where supplier_id = ?")
                .param(issuer)
                .update();
        UUID first =
                done(invoices.take(cfdi(UUID.randomUUID(), ours), ANA)).taken().id();
        UUID second =
                done(invoices.take(cfdi(UUID.randomUUID(), ours), ANA)).taken().id();
        PurchaseOrder order = done(orders.keep(
                new PurchaseOrders.Draft(
                        UUID.randomUUID(),
                        issuer,
                        shop.id.value(),
                        BigDecimal.ONE,
                        null,
                        "",
                        List.of(new PurchaseOrders.Wanted(
                                UUID.randomUUID(),
                                new PartId(filter),
                                Quantity.of(2),
                                new BigDecimal("50"),
                                "nuevo-1",
                                ""))),
                ANA));
        done(orders.act(order.id(), Act.APPROVE, "", ANA));
        done(orders.act(order.id(), Act.SEND, "", ANA));
        assertThat(suppliers.parts(issuer, 10)).singleElement().satisfies(known -> {
            assertThat(known.theirNumber()).isEqualTo("NUEVO-1");
            assertThat(known.cost()).isEqualByComparingTo("50");
        });

        SupplierInvoices.Taken mapped = done(invoices.map(first, "FL-1", new PartId(filter), ANA));

        assertThat(mapped.order()).isEqualTo(order.id());
        assertThat(suppliers.parts(issuer, 10))
                .filteredOn(known -> known.theirNumber().equals("FL-1"))
                .singleElement()
                .satisfies(known -> assertThat(known.cost()).isEqualByComparingTo("50"));
        assertThat(invoices.one(second).orElseThrow().order()).isEqualTo(order.id());
        assertThat(invoices.compare(second))
                .filteredOn(line -> line.verdict() == SupplierInvoices.Verdict.UNMAPPED)
                .extracting(SupplierInvoices.Compared::theirNumber)
                .containsExactly("BJ-7");
    }

    @Test
    void the_folder_takes_what_it_can_and_lays_the_rest_aside_with_its_reason(@TempDir Path folder) throws IOException {
        String ours =
                TestHub.sql().sql("select rfc from company").query(String.class).single();
        Files.write(folder.resolve("a.xml"), cfdi(UUID.randomUUID(), ours));
        Files.writeString(folder.resolve("b.xml"), "no es una factura");
        for (String file : new String[] {"a.xml", "b.xml"})
            Files.setLastModifiedTime(folder.resolve(file), FileTime.from(Instant.EPOCH));
        InvoiceFolder sweeper = new InvoiceFolder(folder, invoices, TestHub.CLOCK);

        assertThat(sweeper.sweep()).isEqualTo(2);

        assertThat(folder.resolve("taken/a.xml")).exists();
        assertThat(folder.resolve("refused/b.xml.txt")).content().startsWith("No es un CFDI 4.0");
        assertThat(sweeper.sweep()).isZero();
    }

    private static byte[] cfdi(UUID fiscalId, String receiver) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <cfdi:Comprobante xmlns:cfdi="http://www.sat.gob.mx/cfd/4" Version="4.0" Serie="A" Folio="77" Fecha="%s" Sello="" NoCertificado=""
                    Certificado="" SubTotal="435.00" Moneda="MXN" Total="504.60" TipoDeComprobante="I" Exportacion="01" LugarExpedicion="72000">
                  <cfdi:Emisor Rfc="%s" Nombre="Bujías del Norte" RegimenFiscal="601"/>
                  <cfdi:Receptor Rfc="%s" Nombre="X" DomicilioFiscalReceptor="72000" RegimenFiscalReceptor="601" UsoCFDI="G01"/>
                  <cfdi:Conceptos>
                    <cfdi:Concepto ClaveProdServ="25171702" NoIdentificacion="bj-7" Cantidad="10" ClaveUnidad="H87" Descripcion="Bujía" ValorUnitario="38.50" Importe="385.00" ObjetoImp="02"/>
                    <cfdi:Concepto ClaveProdServ="25171702" NoIdentificacion="FL-1" Cantidad="1" ClaveUnidad="H87" Descripcion="Filtro" ValorUnitario="50.00" Importe="50.00" ObjetoImp="02"/>
                  </cfdi:Conceptos>
                  <cfdi:Complemento><tfd:TimbreFiscalDigital xmlns:tfd="http://www.sat.gob.mx/TimbreFiscalDigital" Version="1.1" UUID="%s" SelloCFD=""/></cfdi:Complemento>
                </cfdi:Comprobante>
                """.formatted(
                        LocalDateTime.ofInstant(TestHub.CLOCK.instant(), ZoneOffset.UTC)
                                .minusDays(2)
                                .truncatedTo(ChronoUnit.SECONDS),
                        RFC,
                        receiver,
                        fiscalId)
                .strip()
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void an_order_whose_answer_was_lost_is_mailed_once_and_a_second_letter_is_told() {
        MailDesk desk = TestHub.bean(MailDesk.class);
        OrderMail mail = TestHub.bean(OrderMail.class);
        account(desk, true);
        try {
            PurchaseOrder order = draft(10, "75");
            done(orders.act(order.id(), Act.APPROVE, "", ANA));
            UUID letter = UUID.randomUUID();
            OrderMail.Mailed first = done(mail.send(order.id(), letter, "Ventas@b.example", "Va la orden", ANA));
            assertThat(first.now()).isTrue();
            assertThat(first.order().state()).isEqualTo(State.SENT);

            OrderMail.Mailed repeated = done(mail.send(order.id(), letter, "ventas@b.example", "Va la orden", ANA));
            assertThat(repeated.now()).isFalse();
            assertThat(repeated.order().state()).isEqualTo(State.SENT);
            assertThat(refusal(mail.send(order.id(), letter, "ventas@b.example", "Otra cosa", ANA)))
                    .isEqualTo("mail-differs");
            assertThat(mail.letters(order.id())).hasSize(1);
            assertThat(attachments(order.id())).isEqualTo(2);

            OrderMail.Mailed second =
                    done(mail.send(order.id(), UUID.randomUUID(), "ventas@b.example", "Va la orden", ANA));
            assertThat(second.now()).isTrue();
            assertThat(second.earlier()).isEqualTo(1);
            assertThat(mail.letters(order.id())).hasSize(2);

            // Closed since: the page that never heard still learns that its letter was written; no new one is.
            done(orders.act(order.id(), Act.CLOSE, "ya no", ANA));
            assertThat(done(mail.send(order.id(), letter, "ventas@b.example", "Va la orden", ANA))
                            .now())
                    .isFalse();
            assertThat(refusal(mail.send(order.id(), UUID.randomUUID(), "ventas@b.example", "", ANA)))
                    .isEqualTo("order-state");
            assertThat(mail.letters(order.id())).hasSize(2);
        } finally {
            account(desk, false);
        }
    }

    @Test
    void who_ordered_hears_of_the_goods_that_came() {
        MailDesk desk = TestHub.bean(MailDesk.class);
        UUID buyer = UUID.randomUUID();
        String name = "Compras " + buyer;
        TestHub.sql()
                .sql(
                        "insert into person (id, username, name, role, created_at) values (:id, :mail, :name, 'ADMIN', now())")
                .param("id", buyer)
                .param("mail", buyer + "@refahub.example")
                .param("name", name)
                .update();
        account(desk, true);
        try {
            PurchaseOrder order = draft(10, "75");
            TestHub.sql()
                    .sql("update purchase_order set created_by = :name where id = :id")
                    .param("name", name)
                    .param("id", order.id())
                    .update();
            done(orders.act(order.id(), Act.APPROVE, "", ANA));
            done(orders.act(order.id(), Act.SEND, "", ANA));
            Document receipt = receipt(order.id(), order.number(), plug, 4, "75");
            arrive(List.of(receipt));
            arrive(List.of(receipt));
            assertThat(TestHub.sql()
                            .sql("select subject || ' ' || body from letter where recipient = :mail")
                            .param("mail", buyer + "@refahub.example")
                            .query(String.class)
                            .list())
                    .singleElement()
                    .satisfies(text -> assertThat(text)
                            .contains(order.number(), "BKR6E: 4", "/console/purchasing/orders/" + order.id()));
            assertThat(TestHub.bean(OrderMail.class).letters(order.id()))
                    .as("none to the supplier")
                    .isEmpty();
        } finally {
            account(desk, false);
        }
    }

    private static void account(MailDesk desk, boolean enabled) {
        done(desk.keep(
                new MailDesk.Account(
                        enabled,
                        "smtp.example",
                        587,
                        MailServer.Security.STARTTLS,
                        "refahub",
                        false,
                        "compras@refahub.example",
                        "Refacciones",
                        "https://centro.example/"),
                "contraseña larga",
                ANA));
    }

    private static int attachments(UUID order) {
        return TestHub.sql()
                .sql(
                        "select count(*) from letter_attachment a join letter l on l.id = a.letter_id where l.about = :order")
                .param("order", order)
                .query(Integer.class)
                .single();
    }
}
