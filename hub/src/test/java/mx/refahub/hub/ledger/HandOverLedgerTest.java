package mx.refahub.hub.ledger;

import static mx.refahub.hub.TestShop.frame;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import mx.refahub.domain.delivery.Intake;
import mx.refahub.domain.delivery.Ledgers;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.wire.GoodsHandedOverBody;
import mx.refahub.domain.wire.SaleBody;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Notes and hand-overs in the ledger. */
class HandOverLedgerTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Intake intake = TestHub.bean(Intake.class);
    private final Ledgers ledgers = TestHub.bean(Ledgers.class);
    private final TestShop shop = TestShop.open();
    private final Sale sale = shop.cashSaleOf(UUID.randomUUID(), 2);

    @Test
    void a_sale_keeps_its_note_and_what_was_handed_over_of_it() throws IOException {
        land(byNote(), recorded());
        applyAll();

        assertThat(differences()).isEmpty();
        assertThat(TestHub.bean(SaleArchive.class)
                        .sale(sale.id())
                        .orElseThrow()
                        .note()
                        .number())
                .isEqualTo(17);
        assertThat(TestHub.sql().sql("""
                                select sum(line.quantity)::bigint
                                from hand_over
                                join hand_over_line line on line.hand_over_id = hand_over.id
                                where hand_over.sale_id = ?
                                """).param(sale.id()).query(Long.class).single())
                .isEqualTo(1_000);
    }

    @Test
    void handing_over_more_than_was_sold_is_a_difference() {
        land(byNote(), handedOver(2_000), handedOver(1_000));
        applyAll();

        assertThat(differences())
                .containsExactly("of FRI 7974-D1045 on " + sale.folio().text()
                        + " 3000 were handed over of 2000 sold, in thousandths");
    }

    private Document byNote() {
        ObjectNode json = (ObjectNode) JSON.readTree(JSON.writeValueAsString(SaleBody.of(sale)));
        json.set(
                "note",
                JSON.valueToTree(new SaleBody.NoteBody(
                        17, UUID.randomUUID(), "Pedro", Instant.parse("2026-11-21T17:55:00Z"), true)));
        return shop.writeRaw(sale.id().toString(), DocumentType.SALE, DocumentType.SALE_SCHEMA, json.toString());
    }

    private Document handedOver(long quantity) {
        return shop.write(
                sale.id().toString(),
                DocumentType.GOODS_HANDED_OVER,
                new GoodsHandedOverBody(
                        UUID.randomUUID(),
                        shop.id.value(),
                        sale.id(),
                        sale.folio().text(),
                        List.of(new GoodsHandedOverBody.GivenBody(
                                sale.lines().getFirst().id(), quantity)),
                        Instant.parse("2026-11-21T18:05:00Z"),
                        UUID.randomUUID(),
                        "Toño"));
    }

    /** As a store wrote it. */
    private Document recorded() throws IOException {
        try (var file =
                Objects.requireNonNull(getClass().getResourceAsStream("/recorded/goods-handed-over-schema-1.json"))) {
            String body = new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("{store}", shop.id.toString())
                    .replace("{sale}", sale.id().toString())
                    .replace("{line}", sale.lines().getFirst().id().toString());
            return shop.writeRaw(sale.id().toString(), DocumentType.GOODS_HANDED_OVER, 1, body);
        }
    }

    private void land(Document... documents) {
        assertThat(intake.land(shop.id, frame(documents)).landed()).isEqualTo(documents.length);
    }

    private void applyAll() {
        while (ledgers.apply().more()) {
            // until nothing is left that can be applied now
        }
    }

    private List<String> differences() {
        return TestHub.sql()
                .sql("""
                select f.what
                from ledger_difference f
                join hand_over h on h.document_id = f.document_id
                where h.sale_id = ?
                union all
                select f.what
                from ledger_difference f
                join sale s on s.document_id = f.document_id
                where s.id = ?
                """)
                .params(sale.id(), sale.id())
                .query(String.class)
                .list();
    }
}
