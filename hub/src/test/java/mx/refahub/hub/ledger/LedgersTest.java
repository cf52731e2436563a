package mx.refahub.hub.ledger;

import static mx.refahub.hub.TestShop.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.StreamSupport;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.delivery.Intake;
import mx.refahub.domain.delivery.Ledgers;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.fiscal.InvoiceRequest;
import mx.refahub.domain.sale.InvoiceCode;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.stream.StreamVersions;
import mx.refahub.domain.wire.SaleBody;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class LedgersTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private final Intake intake = TestHub.bean(Intake.class);
    private final Ledgers ledgers = TestHub.bean(Ledgers.class);
    private final TestShop shop = TestShop.open();

    @Test
    void a_sale_stands_in_the_ledger_to_the_centavo_with_its_folio() {
        Sale sale = shop.cashSaleOf(UUID.randomUUID(), 2);
        Document document = shop.sale(sale);

        land(document);
        applyAll();

        Map<String, Object> row = TestHub.sql()
                .sql("select * from sale where document_id = ?")
                .param(document.id())
                .query()
                .singleRow();
        assertThat(row)
                .containsEntry("id", sale.id())
                .containsEntry("folio_prefix", sale.folio().prefix())
                .containsEntry("folio_number", sale.folio().number())
                .containsEntry("total", sale.totals().total().minor())
                .containsEntry("tax", sale.totals().tax().minor())
                .containsEntry("cores", 60_000L)
                .containsEntry("issuer_rfc", "EKU9003173C9")
                .containsEntry("invoice_code", sale.invoiceCode().value());
        assertThat(number("select count(*) from sale_line where sale_id = ?", sale.id()))
                .isEqualTo(3);
        assertThat(number("select sum(total)::bigint from sale_line where sale_id = ?", sale.id()))
                .isEqualTo(sale.totals().total().minor());
        assertThat(number("select sum(amount)::bigint from sale_tender where sale_id = ?", sale.id()))
                .isEqualTo(sale.totals().total().minor());
        assertThat(number("select count(*) from ledger_difference where document_id = ?", document.id()))
                .isZero();
        assertThat(state(document)).isEqualTo("applied");
    }

    @Test
    void stock_goes_out_with_the_sale_below_zero_if_need_be_and_the_stream_tells_of_it() {
        UUID part = UUID.randomUUID();
        long before = stockVersion();

        land(shop.sale(shop.cashSaleOf(part, 2)), shop.sale(shop.cashSaleOf(part, 3)));
        applyAll();

        assertThat(number("select on_hand from stock_on_hand where part_id = ?", part))
                .isEqualTo(-5_000);
        assertThat(number("select count(*) from stock_movement where part_id = ?", part))
                .isEqualTo(2);
        assertThat(stockVersion()).isGreaterThan(before);
        assertThat(number("select stock_version from stock_on_hand where part_id = ?", part))
                .isGreaterThan(before);
    }

    @Test
    void a_core_deposit_moves_no_stock() {
        Sale sale = shop.cashSaleOf(UUID.randomUUID(), 1);
        land(shop.sale(sale));
        applyAll();

        assertThat(number("select count(*) from stock_movement where cause = ?", sale.id()))
                .isEqualTo(2);
    }

    @Test
    void a_returned_line_goes_back_to_stock_and_one_returned_twice_is_flagged() {
        UUID part = UUID.randomUUID();
        Sale sale = shop.cashSaleOf(part, 2);
        SaleBody sold = SaleBody.of(sale);
        Document first = shop.sale(sale);
        Document second = shop.writeRaw(
                "return:1", DocumentType.SALE, 2, refund(sold, part).toString());
        Document third = shop.writeRaw(
                "return:2", DocumentType.SALE, 2, refund(sold, part).toString());

        land(first, second);
        applyAll();

        assertThat(number("select on_hand from stock_on_hand where part_id = ?", part))
                .isZero();
        assertThat(number("select count(*) from stock_movement where part_id = ? and kind = 'RETURN'", part))
                .isEqualTo(1);
        assertThat(number("select count(*) from ledger_difference where document_id = ?", second.id()))
                .isZero();

        land(third);
        applyAll();

        assertThat(state(third)).isEqualTo("applied");
        assertThat(TestHub.sql()
                        .sql("select what from ledger_difference where document_id = ?")
                        .param(third.id())
                        .query(String.class)
                        .list())
                .anySatisfy(what -> assertThat(what).contains("4000 came back of 2000 sold"));
    }

    /** The part's line of this sale, brought back whole. */
    private static ObjectNode refund(SaleBody sold, UUID part) {
        ObjectNode json = (ObjectNode) JSON.readTree(JSON.writeValueAsString(sold));
        ObjectNode line =
                (ObjectNode) StreamSupport.stream(json.withArray("lines").spliterator(), false)
                        .filter(each -> each.path("part").asString().equals(part.toString())
                                && each.path("kind").asString().equals("PART"))
                        .findFirst()
                        .orElseThrow()
                        .deepCopy();
        String soldLine = line.path("id").asString();
        line.put("id", UUID.randomUUID().toString()).put("kind", "RETURN");
        for (String field : List.of("quantity", "net", "discount", "base", "tax", "total"))
            line.put(field, -line.path(field).asLong());
        line.put("returnSale", json.path("id").asString())
                .put("returnLine", soldLine)
                .put("returnFolio", "C1-000001")
                .put("returnReason", "WRONG_PART");
        json.withArray("lines").removeAll().add(line);
        ((ObjectNode) json.path("totals"))
                .put("net", line.path("net").asLong())
                .put("discount", 0)
                .put("tax", line.path("tax").asLong())
                .put("cores", 0)
                .put("total", line.path("total").asLong())
                .put("savings", 0);
        ObjectNode tender = (ObjectNode) json.withArray("tenders").get(0);
        tender.put("id", UUID.randomUUID().toString())
                .put("amount", line.path("total").asLong())
                .put("received", line.path("total").asLong());
        json.withArray("tenders").removeAll().add(tender);
        json.put("id", UUID.randomUUID().toString())
                .put(
                        "folioNumber",
                        json.path("folioNumber").asLong() + 1_000_000 + Math.floorMod(soldLine.hashCode(), 1000))
                .put("invoiceCode", InvoiceCode.random(new Random()).value());
        return json;
    }

    @Test
    void a_wish_for_an_invoice_follows_its_sale_and_waits_with_its_deadline() {
        Sale sale = shop.cashSaleOf(UUID.randomUUID(), 1);
        ObjectNode wish = JSON.createObjectNode()
                .put("id", UUID.randomUUID().toString())
                .put("store", shop.id.value().toString())
                .put("sale", sale.id().toString())
                .put("rfc", "EKU9003173C9")
                .put("name", "ESCUELA KEMPER URGATE")
                .put("postalCode", "42501")
                .put("regime", "601")
                .put("use", "G03")
                .put("email", "")
                .put("requestedAt", sale.soldAt().plusSeconds(30).toString())
                .put("requestedBy", UUID.randomUUID().toString())
                .put("requestedByName", "Marta");
        Document sold = shop.sale(sale);
        Document asked = shop.writeRaw(sale.id().toString(), DocumentType.INVOICE_REQUESTED, 1, wish.toString());
        wish.put("id", UUID.randomUUID().toString())
                .put("sale", UUID.randomUUID().toString());
        Document lost = shop.writeRaw("wish:2", DocumentType.INVOICE_REQUESTED, 1, wish.toString());

        land(sold, asked, lost);
        applyAll();

        assertThat(state(asked)).isEqualTo("applied");
        assertThat(state(lost)).startsWith("parked: sale ");
        assertThat(TestHub.sql()
                        .sql("select deadline::text from invoice_request where document_id = ?")
                        .param(asked.id())
                        .query(String.class)
                        .single())
                .isEqualTo(InvoiceRequest.deadline(sale.businessDay()).toString());
        assertThat(number("select count(*) from ledger_difference where document_id = ?", asked.id()))
                .isZero();
    }

    @Test
    void a_sale_of_schema_1_is_read_with_what_it_has() {
        Sale sale = shop.cashSaleOf(UUID.randomUUID(), 1);
        ObjectNode json = (ObjectNode) JSON.readTree(JSON.writeValueAsString(SaleBody.of(sale)));
        json.withArray("lines")
                .forEach(line -> ((ObjectNode) line)
                        .remove(List.of(
                                "note",
                                "grantReason",
                                "grantedBy",
                                "grantedByName",
                                "returnSale",
                                "returnLine",
                                "returnFolio",
                                "returnReason")));
        Document document = shop.writeRaw("sale:" + sale.id(), DocumentType.SALE, 1, json.toString());

        land(document);
        applyAll();

        assertThat(state(document)).isEqualTo("applied");
        assertThat(TestHub.bean(SaleArchive.class).sale(sale.id())).contains(sale);
    }

    @Test
    void a_ticket_that_sells_one_part_on_two_lines_takes_both_from_stock() {
        UUID part = UUID.randomUUID();
        SaleBody body = SaleBody.of(shop.cashSaleOf(part, 1));
        ObjectNode json = (ObjectNode) JSON.readTree(JSON.writeValueAsString(body));
        json.withArray("lines").forEach(line -> ((ObjectNode) line).put("part", part.toString()));

        land(shop.writeRaw("sale:" + body.id(), DocumentType.SALE, 1, json.toString()));
        applyAll();

        assertThat(number("select on_hand from stock_on_hand where part_id = ?", part))
                .isEqualTo(-2_000);
    }

    @Test
    void figures_that_do_not_add_up_are_flagged_and_kept_as_they_came() {
        SaleBody body = SaleBody.of(shop.cashSaleOf(UUID.randomUUID(), 1));
        ObjectNode json = (ObjectNode) JSON.readTree(JSON.writeValueAsString(body));
        ((ObjectNode) json.get("totals")).put("total", 1);
        Document document = shop.writeRaw("sale:" + body.id(), DocumentType.SALE, 1, json.toString());

        land(document);
        applyAll();

        assertThat(number("select total from sale where id = ?", body.id())).isEqualTo(1);
        assertThat(differences(document)).anyMatch(what -> what.startsWith("tenders come to "));
        assertThat(state(document)).isEqualTo("applied");
    }

    @Test
    void a_folio_that_came_twice_is_flagged_and_its_money_counts() {
        Sale first = shop.cashSaleOf(UUID.randomUUID(), 1);
        Document firstDocument = shop.sale(first);
        SaleBody second = SaleBody.of(shop.cashSaleOf(UUID.randomUUID(), 1));
        ObjectNode json = (ObjectNode) JSON.readTree(JSON.writeValueAsString(second));
        json.put("folioNumber", first.folio().number());
        json.put("invoiceCode", first.invoiceCode().value());
        Document document = shop.writeRaw("sale:" + second.id(), DocumentType.SALE, 1, json.toString());

        land(firstDocument, document);
        applyAll();

        assertThat(differences(document)).hasSize(2).allMatch(what -> what.endsWith("came twice"));
        assertThat(number("select count(*) from sale where store_id = ?", shop.id.value()))
                .isEqualTo(2);
    }

    @Test
    void the_same_sale_in_another_document_is_parked_not_doubled() {
        Sale sale = shop.cashSaleOf(UUID.randomUUID(), 1);
        Document first = shop.sale(sale);
        Document again = shop.sale(sale);

        land(first, again);
        applyAll();

        assertThat(state(first)).isEqualTo("applied");
        assertThat(state(again)).startsWith("parked: sale " + sale.id() + " stands in the ledger already");
        assertThat(number("select count(*) from sale_line where sale_id = ?", sale.id()))
                .isEqualTo(3);
    }

    @Test
    void one_that_cannot_be_applied_holds_back_later_ones_of_its_key_only() {
        Document good = shop.cashSale(UUID.randomUUID());
        Document bad = shop.writeRaw("customer:1", "customer-praised", 1, "{}");
        Document behind = shop.writeRaw("customer:1", DocumentType.SALE, 1, saleJson());
        Document other = shop.cashSale(UUID.randomUUID());

        land(good, bad, behind, other);
        applyAll();

        assertThat(state(good)).isEqualTo("applied");
        assertThat(state(bad))
                .isEqualTo(
                        "parked: este hub no conoce documentos de tipo 'customer-praised': actualízalo; después se intenta otra vez por sí solo");
        assertThat(state(behind)).isEqualTo("landed");
        assertThat(state(other)).isEqualTo("applied");
    }

    @Test
    void documents_of_one_key_are_applied_in_order() {
        UUID user = shop.cashier();
        land(
                shop.pinChosen(user, "$argon2id$first"),
                shop.pinChosen(user, "$argon2id$second"),
                shop.pinChosen(user, "$argon2id$third"));
        applyAll();

        assertThat(TestHub.sql()
                        .sql("select pin_hash from person where id = ?")
                        .param(user)
                        .query(String.class)
                        .single())
                .isEqualTo("$argon2id$third");
    }

    @Test
    void a_document_waits_for_those_it_names_and_goes_on_when_they_are_applied() {
        Sale refunded = shop.cashSaleOf(UUID.randomUUID(), 1);
        TestShop elsewhere = TestShop.open();
        Document needed = elsewhere.sale(elsewhere.cashSaleOf(UUID.randomUUID(), 1));
        Document waiting = shop.sale(refunded, needed.id());

        land(waiting);
        Ledgers.Progress first = ledgers.apply();
        String meanwhile = state(waiting);
        intake.land(elsewhere.id, frame(needed));
        applyAll();

        assertThat(first.waiting()).isEqualTo(1);
        assertThat(meanwhile).isEqualTo("waiting");
        assertThat(state(needed)).isEqualTo("applied");
        assertThat(state(waiting)).isEqualTo("applied");
    }

    @Test
    void what_waits_holds_back_its_key_but_is_not_looked_at_again_and_again() {
        Document waiting = shop.writeRaw("sale:a", DocumentType.SALE, 1, saleJson(), UUID.randomUUID());
        Document behind = shop.writeRaw("sale:a", DocumentType.SALE, 1, saleJson());

        land(waiting, behind);
        applyAll();
        Ledgers.Progress idle = ledgers.apply();

        assertThat(state(waiting)).isEqualTo("waiting");
        assertThat(state(behind)).isEqualTo("landed");
        assertThat(idle).isEqualTo(new Ledgers.Progress(0, 0, 0, false));
    }

    @Test
    void bodies_that_are_not_what_their_type_says_are_parked_with_the_place_and_without_the_content() {
        Document noJson = shop.writeRaw("sale:1", DocumentType.SALE, 1, "{ secreto");
        Document missing = shop.writeRaw("sale:2", DocumentType.SALE, 1, "{\"id\":\"" + UUID.randomUUID() + "\"}");
        Document wrongType = shop.writeRaw(
                "sale:3", DocumentType.SALE, 1, saleJson().replace("\"lines\":[", "\"lines\":[\"secreto\","));
        Document noLines = shop.writeRaw(
                "sale:4", DocumentType.SALE, 1, saleJson().replaceAll("\"lines\":\\[.*?\\]", "\"lines\":[]"));
        Document nul = shop.writeRaw("sale:5", DocumentType.SALE, 1, saleJson().replace("cerámica", "\\u0000"));

        land(noJson, missing, wrongType, noLines, nul);
        applyAll();

        assertThat(List.of(state(noJson), state(missing), state(wrongType)))
                .allMatch(state -> state.startsWith("parked: body is not readable as SaleBody"))
                .noneMatch(state -> state.contains("secreto"));
        assertThat(state(noLines)).isEqualTo("parked: a sale without lines");
        assertThat(state(nul)).startsWith("parked: la base de datos no admite su contenido");
    }

    @Test
    void unknown_fields_are_no_hindrance_a_newer_schema_is() {
        Document more = shop.writeRaw(
                "sale:1", DocumentType.SALE, 1, saleJson().replaceFirst("\\{", "{\"invented\":{\"later\":1},"));
        Document newer = shop.writeRaw("sale:2", DocumentType.SALE, DocumentType.SALE_SCHEMA + 1, saleJson());

        land(more, newer);
        applyAll();

        assertThat(state(more)).isEqualTo("applied");
        assertThat(state(newer))
                .startsWith("parked: el esquema " + (DocumentType.SALE_SCHEMA + 1)
                        + " de 'sale' es más nuevo que este hub");
    }

    @Test
    void what_the_version_gate_held_is_applied_by_the_first_program_that_reads_it_and_nothing_else_is_tried_again() {
        String type = DocumentType.SALE;
        Document newer = shop.writeRaw("sale:1", type, DocumentType.SALE_SCHEMA + 1, saleJson());
        Document behind = shop.writeRaw("sale:1", type, DocumentType.SALE_SCHEMA, saleJson());
        Document unknown = shop.writeRaw("other:1", "thing-of-tomorrow", 1, "{}");
        Document bad = shop.writeRaw("sale:2", type, 1, "no json");
        land(newer, behind, unknown, bad);
        applyAll();
        applyAll();
        assertThat(state(newer)).startsWith("parked: el esquema");
        assertThat(state(behind)).as("order is kept within a key").isEqualTo("landed");
        assertThat(state(unknown)).startsWith("parked: este hub no conoce documentos de tipo 'thing-of-tomorrow'");

        List<String> read = new ArrayList<>();
        Ledgers updated =
                ledgers(reading(type, DocumentType.SALE_SCHEMA + 1, read), reading("thing-of-tomorrow", 1, read));
        while (updated.apply().more()) {
            // to the end
        }

        assertThat(List.of(state(newer), state(behind), state(unknown))).containsOnly("applied");
        assertThat(read).contains(type, "thing-of-tomorrow");
        assertThat(state(bad)).startsWith("parked: body is not readable");
    }

    private static Ledgers ledgers(Posting... postings) {
        return new PostgresLedgers(
                TestHub.bean(DocumentTable.class),
                List.of(postings),
                TestHub.bean(IdSource.class),
                TestHub.CLOCK,
                TestHub.bean(TransactionTemplate.class),
                new SimpleMeterRegistry());
    }

    /** As the program of after an update has it. */
    private static Posting reading(String type, int schema, List<String> read) {
        return new Posting() {
            @Override
            public String type() {
                return type;
            }

            @Override
            public int schema() {
                return schema;
            }

            @Override
            public List<String> post(Landed document) {
                read.add(type);
                return List.of();
            }
        };
    }

    @Test
    void a_sale_that_names_another_store_is_parked() {
        TestShop other = TestShop.open();
        SaleBody body = SaleBody.of(other.cashSaleOf(UUID.randomUUID(), 1));
        Document document = shop.write("sale:" + body.id(), DocumentType.SALE, body);

        land(document);
        applyAll();

        assertThat(state(document)).isEqualTo("parked: the sale names another store than the one that sent it");
    }

    @Test
    void an_opened_drawer_stands_in_the_ledger() {
        UUID session = UUID.randomUUID();
        land(shop.cashSession(session));
        applyAll();

        assertThat(number("select opening_float from cash_session where id = ?", session))
                .isEqualTo(50_000);
    }

    @Test
    void a_pin_chosen_at_the_store_reaches_the_users_stream_and_spends_the_code() {
        UUID user = shop.cashier();
        long before = version(Stream.USERS);

        land(shop.pinChosen(user, "$argon2id$v=19$m=1,t=1,p=1$c2FsdA$aGFzaA"));
        applyAll();

        assertThat(version(Stream.USERS)).isEqualTo(before + 1);
        assertThat(number("select users_version from person where id = ?", user))
                .isEqualTo(before + 1);
        assertThat(TestHub.sql()
                        .sql("select code_hash is null from person where id = ?")
                        .param(user)
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void a_pin_of_somebody_elses_or_one_that_is_not_hashed_is_parked() {
        Document foreign = shop.pinChosen(TestShop.open().cashier(), "$argon2id$x");
        Document plain = shop.pinChosen(shop.cashier(), "123456");
        long before = version(Stream.USERS);

        land(foreign, plain);
        applyAll();

        assertThat(state(foreign)).endsWith("is not one of this store");
        assertThat(state(plain)).endsWith("is not an Argon2id hash");
        assertThat(version(Stream.USERS)).as("rolled back with the rest").isEqualTo(before);
    }

    @Test
    void thousands_go_through_in_batches_and_leave_the_queue_empty() {
        List<Document> sales = shop.cashSales(1_200);
        for (int i = 0; i < sales.size(); i += 400) intake.land(shop.id, frame(sales.subList(i, i + 400)));

        Ledgers.Progress first = ledgers.apply();
        applyAll();

        assertThat(first.applied()).isEqualTo(PostgresLedgers.BATCH);
        assertThat(first.more()).isTrue();
        assertThat(number("select count(*) from sale where store_id = ?", shop.id.value()))
                .isEqualTo(1_200);
        assertThat(number("select count(*) from document_to_apply where store_id = ?", shop.id.value()))
                .isZero();
    }

    @Test
    void one_bad_document_in_the_middle_of_a_backlog_is_parked_alone_and_the_rest_goes_in_once() {
        List<Document> before = shop.cashSales(40);
        Document bad = shop.writeRaw("customer:7", "customer-praised", 1, "{}");
        Document behind = shop.writeRaw("customer:7", DocumentType.SALE, 1, saleJson());
        List<Document> after = shop.cashSales(40);
        List<Document> all = new ArrayList<>(before);
        all.add(bad);
        all.add(behind);
        all.addAll(after);
        intake.land(shop.id, frame(all));

        applyAll();

        assertThat(state(bad)).startsWith("parked: ");
        assertThat(state(behind)).isEqualTo("landed");
        assertThat(number("select count(*) from sale where store_id = ?", shop.id.value()))
                .isEqualTo(80);
        assertThat(number("select count(*) from document_to_apply where store_id = ?", shop.id.value()))
                .isEqualTo(2);
        assertThat(number("select -sum(quantity) from stock_movement where store_id = ?", shop.id.value()))
                .isEqualTo(number(
                        "select sum(l.quantity) from sale_line l join sale s on s.id = l.sale_id where s.store_id = ? and l.kind = 'PART'",
                        shop.id.value()));
    }

    private String saleJson() {
        return JSON.writeValueAsString(SaleBody.of(shop.cashSaleOf(UUID.randomUUID(), 1)));
    }

    private void land(Document... documents) {
        assertThat(intake.land(shop.id, frame(documents)).landed()).isEqualTo(documents.length);
    }

    private void applyAll() {
        while (ledgers.apply().more()) {
            // until nothing is left that can be applied now
        }
    }

    private static String state(Document document) {
        return TestHub.sql().sql("""
                select case
                    when a.id is not null then 'applied'
                    when q.parked_at is not null then 'parked: ' || q.parked_reason
                    when q.waiting_since is not null then 'waiting'
                    when q.id is not null then 'landed'
                    else 'lost' end
                from document d
                left join document_applied a on a.id = d.id
                left join document_to_apply q on q.id = d.id
                where d.id = ?
                """).param(document.id()).query(String.class).single();
    }

    private static List<String> differences(Document document) {
        return TestHub.sql()
                .sql("select what from ledger_difference where document_id = ?")
                .param(document.id())
                .query(String.class)
                .list();
    }

    private static long number(String query, UUID id) {
        return TestHub.sql().sql(query).param(id).query(Long.class).single();
    }

    private static long version(Stream stream) {
        return TestHub.bean(StreamVersions.class).current().getOrDefault(stream, 0L);
    }

    private static long stockVersion() {
        return version(Stream.STOCK);
    }
}
