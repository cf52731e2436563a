package mx.refahub.hub.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.stream.StreamSupport;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.delivery.Intake;
import mx.refahub.domain.delivery.Ledgers;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.fiscal.CreditNotes;
import mx.refahub.domain.hub.ReturnBoard;
import mx.refahub.domain.sale.InvoiceCode;
import mx.refahub.domain.sale.ReturnPolicy;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.TicketProof;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.UserId;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.SaleBody;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import mx.refahub.hub.stream.StreamWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A line that comes back at two branches, in both orders; what proves a ticket; what did not fit; and what a mixed ticket comes to for SAT. */
class ReturnsOverBranchesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Person ADMIN = new Person(new UserId(UUID.randomUUID()), "Ana", Role.ADMIN);

    private final TestShop centro = TestShop.open();
    private final TestShop norte = TestShop.open();
    private final UUID part = UUID.randomUUID();
    private final Sale sale = centro.cashSaleOf(part, 2);
    private final Instant morning = sale.soldAt().plus(Duration.ofHours(1));

    @Test
    void the_branch_that_was_second_is_charged_whatever_comes_to_the_hub_first() {
        for (boolean secondFirst : List.of(false, true)) {
            UUID its = UUID.randomUUID();
            Sale sold = centro.cashSaleOf(its, 2);
            land(centro, centro.sale(sold));
            Document first = back(centro, sold, its, morning, null, null);
            Document second = back(norte, sold, its, morning.plusSeconds(60), proof(sold), null);

            if (secondFirst) {
                land(norte, second);
                assertThat(charged(sold)).isEmpty();
                land(centro, first);
            } else {
                land(centro, first);
                land(norte, second);
            }

            assertThat(charged(sold)).as("second first: " + secondFirst).containsExactly(norte.id.value());
            assertThat(TestHub.bean(ReturnBoard.class).cases(500)).anySatisfy(one -> {
                assertThat(one.about()).isEqualTo(ReturnBoard.About.TOO_MUCH);
                assertThat(one.store()).isEqualTo(code(norte));
                assertThat(one.quantity().thousandths()).isEqualTo(2_000);
            });
        }
    }

    @Test
    void a_proven_return_may_come_before_its_sale_and_is_charged_when_the_sale_shows_it_was_too_much() {
        Document away = back(norte, sale, part, morning, proof(sale), null);
        land(norte, away);
        assertThat(differences(away)).isEmpty();
        Document again = back(norte, sale, part, morning.plusSeconds(5), proof(sale), null);
        land(norte, again);
        assertThat(charged(sale)).isEmpty();

        land(centro, centro.sale(sale));

        assertThat(charged(sale)).containsExactly(norte.id.value());
    }

    @Test
    void a_proof_that_no_key_signed_and_one_of_which_more_comes_back_are_flagged() {
        TicketProof proof = TicketProof.of(sale).orElseThrow();
        Document forged = back(norte, sale, part, morning, proof.signed(new byte[64]), null);
        land(norte, forged);
        assertThat(differences(forged)).anyMatch(what -> what.contains("signed by no key of its branch"));
        assertThat(TestHub.bean(ReturnBoard.class).cases(500))
                .anyMatch(one -> one.about() == ReturnBoard.About.FALSE_PROOF
                        && one.store().equals(code(norte)));
    }

    @Test
    void what_did_not_fit_is_counted_over_all_branches_once_for_each_and_goes_down_with_the_policies() {
        SaleBody.VehicleBody jetta = new SaleBody.VehicleBody("VW", "Jetta", 2013, "2.5");
        land(centro, centro.sale(sale));
        Document one = back(centro, sale, part, morning, null, jetta);
        land(centro, one);
        Sale other = norte.cashSaleOf(part, 1);
        land(
                norte,
                norte.sale(other),
                back(norte, other, part, morning, null, new SaleBody.VehicleBody("vw", "JETTA", 2013, "2.5")));

        String rows = returns();
        assertThat(rows).contains("\"part\" : \"" + part + "\"").contains("\"times\" : 2}");
        TestHub.bean(ReturnBoard.class)
                .set(ReturnPolicy.Target.BRAND, "NGK-" + part, new ReturnPolicy(true, 15, 1_000, true), ADMIN);
        assertThat(returns()).contains("NGK-" + part).contains("\"feePercent\" : 1000");
        TestHub.bean(ReturnBoard.class).withdraw(ReturnPolicy.Target.BRAND, "NGK-" + part, ADMIN);
        assertThat(returns()).doesNotContain("NGK-" + part);
    }

    @Test
    void a_mixed_ticket_is_split_as_it_was_worked_out_by_hand() throws Exception {
        // returns/mixed-ticket.json: the ticket, and what its two fiscal documents come to, worked out by hand.
        var hand = (ObjectNode) JSON.readTree(getClass().getResourceAsStream("/returns/mixed-ticket.json"));
        ObjectNode ticket = (ObjectNode) hand.path("ticket");
        ticket.put("store", centro.id.value().toString())
                .put("id", UUID.randomUUID().toString());
        ticket.put("register", centro.register().value().toString());
        ticket.put("invoiceCode", InvoiceCode.random(new Random()).value());
        for (var line : ticket.withArray("lines"))
            ((ObjectNode) line).put("id", UUID.randomUUID().toString());
        for (var tender : ticket.withArray("tenders"))
            ((ObjectNode) tender).put("id", UUID.randomUUID().toString());
        Document document = centro.writeRaw("mixed", DocumentType.SALE, DocumentType.SALE_SCHEMA, ticket.toString());
        ObjectNode wish = JSON.createObjectNode()
                .put("id", UUID.randomUUID().toString())
                .put("store", centro.id.value().toString())
                .put("sale", ticket.path("id").asString())
                .put("rfc", "EKU9003173C9")
                .put("name", "ESCUELA KEMPER URGATE")
                .put("postalCode", "42501")
                .put("regime", "601")
                .put("use", "G03")
                .put("email", "")
                .put("requestedAt", morning.toString())
                .put("requestedBy", UUID.randomUUID().toString())
                .put("requestedByName", "Marta");
        Document asked = centro.writeRaw("wish:mixed", DocumentType.INVOICE_REQUESTED, 1, wish.toString());
        wish.put("id", UUID.randomUUID().toString());
        Document again = centro.writeRaw("wish:mixed2", DocumentType.INVOICE_REQUESTED, 1, wish.toString());
        land(centro, document, asked, again);

        List<ReturnTable.FiscalRow> split = TestHub.bean(ReturnTable.class)
                .fiscal(UUID.fromString(ticket.path("id").asString()));

        ArrayNode expected = hand.withArray("documents");
        assertThat(split).hasSize(expected.size());
        for (int i = 0; i < split.size(); i++) {
            ReturnTable.FiscalRow row = split.get(i);
            var by = expected.get(i);
            assertThat(row.kind()).isEqualTo(by.path("kind").asString());
            assertThat(row.net()).isEqualTo(by.path("net").asLong());
            assertThat(row.discount()).isEqualTo(by.path("discount").asLong());
            assertThat(row.tax()).isEqualTo(by.path("tax").asLong());
            assertThat(row.total()).isEqualTo(by.path("total").asLong());
            assertThat(row.paymentForm()).isEqualTo(by.path("paymentForm").asString());
            assertThat(row.relatedFolio()).isEqualTo(by.path("relatedFolio").asString());
        }
        assertThat(split.get(0).total() - split.get(1).total() - split.get(2).total())
                .isEqualTo(ticket.path("totals").path("total").asLong());
    }

    @Test
    void what_comes_back_of_an_invoiced_ticket_is_a_credit_note_once_its_invoice_is_known() {
        CreditNotes notes = TestHub.bean(CreditNotes.class);
        String invoice = UUID.randomUUID().toString();
        String stamp = UUID.randomUUID().toString();
        land(centro, centro.sale(sale), back(centro, sale, part, morning, null, null));
        assertThat(credit(sale)).isEmpty();
        assertThat(notes.invoiced(sale.id(), invoice, ADMIN)).isPresent();
        land(centro, wish(sale));

        CreditNotes.Note waits = credit(sale).orElseThrow();
        assertThat(waits.state()).isEqualTo(CreditNotes.State.WAITS);
        assertThat(waits.receiver()).isEqualTo("EKU9003173C9");
        assertThat(notes.xml(waits.sale(), waits.related()))
                .isEqualTo(Outcome.refused("credit-note-waits", sale.folio().text()));
        assertThat(notes.invoiced(sale.id(), "12345", ADMIN)).contains(Refusal.of("cfdi-uuid"));
        assertThat(notes.invoiced(sale.id(), invoice, ADMIN)).isEmpty();

        assertThat(xml(credit(sale).orElseThrow()))
                .contains("TipoDeComprobante=\"E\"")
                .contains("TipoRelacion=\"03\"")
                .contains(invoice.toUpperCase(Locale.ROOT))
                .contains("UsoCFDI=\"G02\"");
        assertThat(notes.stamped(waits.sale(), waits.related(), invoice, ADMIN))
                .contains(Refusal.of("credit-note-is-invoice", sale.folio().text()));
        assertThat(credit(sale).orElseThrow().state()).isEqualTo(CreditNotes.State.READY);
        assertThat(notes.stamped(waits.sale(), waits.related(), stamp, ADMIN)).isEmpty();
        assertThat(notes.stamped(waits.sale(), waits.related(), stamp, ADMIN)).isEmpty();
        assertThat(notes.invoiced(sale.id(), UUID.randomUUID().toString(), ADMIN))
                .contains(Refusal.of("credit-note-stamped"));
        assertThat(credit(sale).orElseThrow().state()).isEqualTo(CreditNotes.State.STAMPED);
    }

    @Test
    void of_a_ticket_in_the_global_invoice_the_general_public_has_the_credit_note() {
        CreditNotes notes = TestHub.bean(CreditNotes.class);
        String global = UUID.randomUUID().toString();
        land(norte, norte.sale(norte.cashSaleOf(UUID.randomUUID(), 1)));
        land(centro, centro.sale(sale), back(centro, sale, part, morning, null, null));
        Sale wanted = centro.cashSaleOf(UUID.randomUUID(), 1);
        land(centro, centro.sale(wanted), wish(wanted));

        // The sale and the ticket that brings it back; not the one that is invoiced by itself, nor another branch's.
        assertThat(notes.global(code(centro), sale.businessDay(), global, ADMIN))
                .isEqualTo(Outcome.done(2));
        assertThat(notes.global(code(centro), sale.businessDay(), global, ADMIN))
                .isEqualTo(Outcome.refused("global-without-tickets"));

        CreditNotes.Note ready = credit(sale).orElseThrow();
        assertThat(ready.state()).isEqualTo(CreditNotes.State.READY);
        assertThat(ready.global()).isTrue();
        assertThat(xml(ready))
                .contains("PUBLICO EN GENERAL")
                .contains("InformacionGlobal")
                .contains(global.toUpperCase(Locale.ROOT));

        String right = UUID.randomUUID().toString();
        assertThat(notes.global(code(centro), sale.businessDay(), right, right, ADMIN))
                .isEqualTo(Outcome.refused("global-unknown", right.toUpperCase(Locale.ROOT)));
        assertThat(notes.global(code(centro), sale.businessDay(), right, global, ADMIN))
                .isEqualTo(Outcome.done(2));
        assertThat(xml(credit(sale).orElseThrow()))
                .contains(right.toUpperCase(Locale.ROOT))
                .doesNotContain(global.toUpperCase(Locale.ROOT));
        String stamp = UUID.randomUUID().toString();
        assertThat(notes.stamped(ready.sale(), ready.related(), stamp, ADMIN)).isEmpty();
        assertThat(notes.stamped(ready.sale(), ready.related(), stamp, ADMIN)).isEmpty();
        // The ticket that brought it back has no credit note, and is corrected alone.
        assertThat(notes.global(code(centro), sale.businessDay(), global, right, ADMIN))
                .isEqualTo(Outcome.done(1));
        assertThat(notes.global(code(centro), sale.businessDay(), global, right, ADMIN))
                .isEqualTo(Outcome.refused("credit-note-stamped"));
        assertThat(acts()).contains("global-invoice-told", "global-invoice-corrected", "credit-note-stamped");
        assertThat(TestHub.sql()
                        .sql("select count(*) from audit where act = 'credit-note-stamped' and subject like :sale")
                        .param("sale", ready.sale() + " %")
                        .query(Integer.class)
                        .single())
                .isOne();
    }

    private static List<String> acts() {
        return TestHub.sql()
                .sql("select distinct act from audit")
                .query(String.class)
                .list();
    }

    // --- steps

    private static java.util.Optional<CreditNotes.Note> credit(Sale sold) {
        return TestHub.bean(CreditNotes.class).latest(500).stream()
                .filter(note -> note.related().equals(sold.id()))
                .findFirst();
    }

    private static String xml(CreditNotes.Note note) {
        return TestHub.bean(CreditNotes.class)
                .xml(note.sale(), note.related())
                .fold(bytes -> new String(bytes, StandardCharsets.UTF_8), Refusal::code);
    }

    private Document wish(Sale sold) {
        ObjectNode wish = JSON.createObjectNode()
                .put("id", UUID.randomUUID().toString())
                .put("store", centro.id.value().toString())
                .put("sale", sold.id().toString())
                .put("rfc", "EKU9003173C9")
                .put("name", "ESCUELA KEMPER URGATE")
                .put("postalCode", "42501")
                .put("regime", "601")
                .put("use", "G03")
                .put("email", "")
                .put("requestedAt", morning.toString())
                .put("requestedBy", UUID.randomUUID().toString())
                .put("requestedByName", "Marta");
        return centro.writeRaw("wish:" + sold.id(), DocumentType.INVOICE_REQUESTED, 1, wish.toString());
    }

    private TicketProof proof(Sale sold) {
        TicketProof bare = TicketProof.of(sold).orElseThrow();
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(centro.keys.getPrivate());
            signer.update(bare.message());
            return bare.signed(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The part's line of the sale, brought back whole at a branch. */
    private Document back(
            TestShop at,
            Sale sold,
            UUID its,
            Instant when,
            @Nullable TicketProof proof,
            SaleBody.@Nullable VehicleBody vehicle) {
        ObjectNode json = (ObjectNode) JSON.readTree(JSON.writeValueAsString(SaleBody.of(sold)));
        ObjectNode line =
                (ObjectNode) StreamSupport.stream(json.withArray("lines").spliterator(), false)
                        .filter(each -> each.path("part").asString().equals(its.toString())
                                && each.path("kind").asString().equals("PART"))
                        .findFirst()
                        .orElseThrow()
                        .deepCopy();
        String soldLine = line.path("id").asString();
        line.put("id", UUID.randomUUID().toString()).put("kind", "RETURN");
        for (String field : List.of("quantity", "net", "discount", "base", "tax", "total"))
            line.put(field, -line.path(field).asLong());
        line.put("returnSale", sold.id().toString())
                .put("returnLine", soldLine)
                .put("returnFolio", sold.folio().text())
                .put("returnReason", "DID_NOT_FIT");
        if (proof != null || vehicle != null)
            line.set(
                    "returned",
                    JSON.valueToTree(new SaleBody.ReturnedBody(
                            proof == null ? "OWN_TICKET" : "SIGNED_TICKET",
                            proof == null ? null : sold.store().value(),
                            null,
                            null,
                            null,
                            null,
                            vehicle,
                            null)));
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
        if (proof != null)
            json.set(
                    "proofs",
                    JSON.valueToTree(List.of(new SaleBody.ProofBody(
                            sold.id(), sold.store().value(), sold.folio().text(), proof.codes()))));
        json.put("id", UUID.randomUUID().toString())
                .put("store", at.id.value().toString())
                .put("register", at.register().value().toString())
                .put("folioNumber", 1_000_000 + new Random().nextInt(1_000_000))
                .put("soldAt", when.toString())
                .put("invoiceCode", InvoiceCode.random(new Random()).value());
        return at.writeRaw(
                "return:" + json.path("id").asString(), DocumentType.SALE, DocumentType.SALE_SCHEMA, json.toString());
    }

    private void land(TestShop shop, Document... documents) {
        TestHub.bean(Intake.class).land(shop.id, TestShop.frame(documents));
        while (TestHub.bean(Ledgers.class).apply().more()) {
            // to the end
        }
    }

    private static List<UUID> charged(Sale sold) {
        return TestHub.sql()
                .sql(
                        "select x.store_id from return_excess x join sale_line l on l.id = x.sold_line or l.return_line = x.sold_line where l.sale_id = ? or l.return_sale = ? group by x.line_id, x.store_id")
                .param(sold.id())
                .param(sold.id())
                .query(UUID.class)
                .list();
    }

    private static List<String> differences(Document document) {
        return TestHub.sql()
                .sql("select what from ledger_difference where document_id = ?")
                .param(document.id())
                .query(String.class)
                .list();
    }

    private static String code(TestShop shop) {
        return TestHub.sql()
                .sql("select code from store where id = ?")
                .param(shop.id.value())
                .query(String.class)
                .single();
    }

    private String returns() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TestHub.bean(StreamWriter.class).write(Stream.RETURNS, centro.id, 0, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
