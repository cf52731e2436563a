package mx.refahub.hub.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import mx.refahub.domain.part.Barcode;
import mx.refahub.domain.part.PartCard;
import mx.refahub.domain.part.PartCatalogue;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartRelation;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.search.Shelves;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import org.junit.jupiter.api.Test;

class PartCatalogueTest {
    private final PartCatalogue catalogue = TestHub.bean(PartCatalogue.class);
    private final Shelves shelves = TestHub.bean(Shelves.class);
    private final PartId part = new PartId(part("GENERAL"));

    @Test
    void a_card_shows_the_price_with_tax_and_the_stock_of_all_branches() {
        price(part, 10_000, false);
        stock(part, 2_000);
        stock(part, 500);

        PartCard card = catalogue.card(part).orElseThrow();

        assertThat(card.priceText()).isEqualTo("$116.00");
        assertThat(card.stock()).isEqualTo(new Quantity(2_500));
        assertThat(card.part().barcodes()).containsExactly(new Barcode("750" + part, Quantity.ONE));
    }

    @Test
    void a_price_that_contains_the_tax_is_shown_as_it_is_and_a_part_without_price_without() {
        PartId without = new PartId(part("ZERO"));
        price(part, 48_900, true);

        assertThat(catalogue.card(part).orElseThrow().priceText()).isEqualTo("$489.00");
        assertThat(catalogue.card(without).orElseThrow().priceText()).isNull();
        assertThat(catalogue.card(without).orElseThrow().price()).isNull();
    }

    @Test
    void what_changes_is_seen_at_once() {
        price(part, 10_000, true);
        assertThat(catalogue.card(part).orElseThrow().priceText()).isEqualTo("$100.00");

        TestHub.sql()
                .sql("update part_price set amount = 20000 where part_id = ?")
                .param(part.value())
                .update();
        publish("prices");
        assertThat(catalogue.card(part).orElseThrow().priceText()).isEqualTo("$200.00");

        stock(part, 7_000);
        assertThat(catalogue.card(part).orElseThrow().stock()).isEqualTo(new Quantity(7_000));

        TestHub.sql()
                .sql("update part set removed_at = now() where id = ?")
                .param(part.value())
                .update();
        publish("catalogue");
        assertThat(catalogue.cards(List.of(part, new PartId(UUID.randomUUID()))))
                .isEmpty();
        assertThat(catalogue.byBarcode("750" + part)).isEmpty();
    }

    @Test
    void a_page_costs_one_statement_and_what_did_not_change_comes_out_of_memory() {
        PartId other = new PartId(part("GENERAL"));
        price(part, 10_000, true);
        stock(part, 1_000);
        Shelves.Figures before = shelves.figures();

        Shelves.Look cold = shelves.look();
        assertThat(cold.onHand(List.of(part, other)))
                .containsEntry(part, new Shelves.OnHand(true, false))
                .containsEntry(other, new Shelves.OnHand(false, false));
        assertThat(cold.cards(List.of(other, part)).keySet()).containsExactly(other, part);
        Shelves.Look warm = shelves.look();
        assertThat(warm.cards(List.of(part, other))).hasSize(2);

        Shelves.Figures after = shelves.figures();
        assertThat(after.statements() - before.statements()).isEqualTo(2);
        assertThat(after.misses() - before.misses()).isEqualTo(2);
        assertThat(after.hits() - before.hits()).isEqualTo(2);
    }

    @Test
    void the_parts_in_stock_follow_the_stock_stream() {
        stock(part, 1_000);
        assertThat(shelves.look().stocked()).accepts(part);

        TestHub.sql().sql("""
                update stock_on_hand
                set on_hand = 0, stock_version = (select version + 1 from stream_version where stream = 'stock')
                where part_id = ?
                """).param(part.value()).update();
        publish("stock");

        assertThat(shelves.look().stocked()).rejects(part);
    }

    private static void component(PartId kit, PartId piece, long thousandths) {
        TestHub.sql()
                .sql(
                        "insert into part_relation (part_id, kind, related_id, grade, quantity, position, note) values (?, 'COMPONENT', ?, '', ?, '', '')")
                .params(kit.value(), piece.value(), thousandths)
                .update();
        publish("catalogue");
    }

    private static void stock(UUID store, PartId part, long thousandths) {
        TestHub.sql().sql("""
                insert into stock_on_hand (store_id, part_id, on_hand, as_of, stock_version)
                select ?, ?, ?, now(), version + 1
                from stream_version
                where stream = 'stock'
                on conflict (store_id, part_id) do update
                set on_hand = excluded.on_hand, stock_version = excluded.stock_version
                """).params(store, part.value(), thousandths).update();
        publish("stock");
    }

    @Test
    void a_kit_is_in_stock_by_its_boxes_and_by_what_the_pieces_of_one_branch_make() {
        UUID centro = TestShop.open().id.value();
        UUID norte = TestShop.open().id.value();
        PartId disc = new PartId(part("GENERAL"));
        PartId plate = new PartId(part("GENERAL"));
        component(part, disc, 2_000);
        component(part, plate, 1_000);
        assertThat(shelves.look().stocked()).rejects(part);

        stock(centro, disc, 9_000);
        stock(norte, plate, 5_000);
        assertThat(catalogue.card(part).orElseThrow().stock())
                .as("no branch has both")
                .isEqualTo(Quantity.of(0));
        assertThat(shelves.look().stocked()).rejects(part);

        stock(centro, plate, 3_000);
        stock(norte, disc, 2_500);
        assertThat(catalogue.card(part).orElseThrow().stock())
                .as("three here, one there")
                .isEqualTo(Quantity.of(4));
        assertThat(shelves.look().stocked()).accepts(part, disc, plate);

        stock(norte, part, 2_000);
        assertThat(catalogue.card(part).orElseThrow().stock())
                .as("and two boxes")
                .isEqualTo(Quantity.of(6));
        stock(norte, part, 0);
        stock(centro, plate, 0);
        stock(norte, disc, 1_000);
        assertThat(catalogue.card(part).orElseThrow().stock()).isEqualTo(Quantity.of(0));
        assertThat(shelves.look().stocked()).rejects(part).accepts(disc);
    }

    @Test
    void a_kit_that_holds_another_piece_now_is_in_stock_by_that_one() {
        PartId disc = new PartId(part("GENERAL"));
        stock(disc, 1_000);
        assertThat(shelves.look().stocked()).rejects(part);
        component(part, disc, 1_000);
        assertThat(shelves.look().stocked()).accepts(part);
    }

    @Test
    void a_scan_finds_the_part_and_its_pack() {
        assertThat(catalogue.byBarcode(" 750" + part + " "))
                .hasValueSatisfying(scanned -> assertThat(scanned.part()).isEqualTo(part));
        assertThat(catalogue.byBarcode("nothing")).isEmpty();
    }

    @Test
    void related_parts_are_told_by_their_ids() {
        UUID other = part("GENERAL");
        TestHub.sql()
                .sql(
                        "insert into part_relation (part_id, kind, related_id, grade, quantity, position, note) values (?, 'COMPONENT', ?, '', 2000, 'izquierda', '')")
                .params(part.value(), other)
                .update();

        assertThat(catalogue.relations(part).related())
                .containsExactly(new PartCatalogue.Related(
                        PartRelation.Kind.COMPONENT,
                        new PartId(other),
                        PartRelation.Grade.NONE,
                        Quantity.of(2),
                        "izquierda",
                        ""));
    }

    @Test
    void relations_are_fitments_and_interchanges() {
        TestHub.sql()
                .sql("insert into fitment values (?, 'VOLKSWAGEN', 'JETTA', 2011, 2018, '2.5', 'DELANTERA', '')")
                .param(part.value())
                .update();
        TestHub.sql()
                .sql("insert into part_interchange values (?, 'OEM', 'VW', '04465-33471')")
                .param(part.value())
                .update();

        PartCatalogue.Relations relations = catalogue.relations(part);

        assertThat(relations.fitments())
                .singleElement()
                .matches(fitment ->
                        fitment.model().equals("JETTA") && fitment.body().isEmpty());
        assertThat(relations.interchanges())
                .singleElement()
                .matches(interchange -> interchange.otherNumber().value().equals("04465-33471"));
    }

    private static UUID part(String taxClass) {
        UUID id = UUID.randomUUID();
        TestHub.sql()
                .sql("""
                insert into part (id, line_code, part_number, normal_number, brand, name_es, name_en, category, unit, tax_class, core,
                    sat_code, sat_unit, tax_object, created_at, catalogue_version)
                values (?, ?, '7974', '7974', 'FRITEC', 'Balata', 'Pad', 'FRENOS', 'JGO', ?, 0, '25172504', 'H87', '02', now(), 0)
                """)
                .params(id, "K" + id.toString().substring(0, 7), taxClass)
                .update();
        TestHub.sql()
                .sql("insert into part_barcode (part_id, barcode, pack) values (?, ?, 1000)")
                .params(id, "750" + id)
                .update();
        return id;
    }

    private static void price(PartId part, long amount, boolean includesTax) {
        TestHub.sql()
                .sql(
                        "insert into part_price (part_id, amount, currency, includes_tax, prices_version) values (?, ?, 'MXN', ?, 0)")
                .params(part.value(), amount, includesTax)
                .update();
        publish("prices");
    }

    private static void stock(PartId part, long thousandths) {
        TestHub.sql()
                .sql(
                        "insert into stock_on_hand (store_id, part_id, on_hand, as_of, stock_version) select ?, ?, ?, now(), version + 1 from stream_version where stream = 'stock'")
                .params(TestShop.open().id.value(), part.value(), thousandths)
                .update();
        publish("stock");
    }

    private static void publish(String stream) {
        TestHub.sql()
                .sql("update stream_version set version = version + 1 where stream = ?")
                .param(stream)
                .update();
    }
}
