package mx.refahub.store.catalogue;

import static mx.refahub.store.TestStore.C1;
import static mx.refahub.store.TestStore.MARTA;
import static mx.refahub.store.TestStore.cash;
import static mx.refahub.store.TestStore.done;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.search.Shelves;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.PartRow;
import mx.refahub.domain.wire.PriceRow;
import mx.refahub.domain.wire.StockRow;
import mx.refahub.store.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prices and stock of a page of hits: one statement, never stale. */
class ShelvesTest {
    private static final UUID NEIGHBOUR = UUID.fromString("00000000-0000-7000-8000-0000000000aa");
    private static final UUID KIT = UUID.fromString("00000000-0000-7000-8000-0000000000bb");

    private TestStore store;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = TestStore.open(folder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_page_costs_one_statement_whether_memory_has_the_cards_or_not() {
        List<PartId> parts = new ArrayList<>();
        for (int i = 0; i < 5; i++) parts.add(store.part("N-" + i, 1_000 + i));
        store.openingStock(parts.get(0), 3_000);
        Shelves.Figures before = store.catalogue.figures();

        Shelves.Look cold = store.catalogue.look();
        assertThat(cold.onHand(parts)).hasSize(5);
        assertThat(cold.cards(parts.subList(0, 3)).keySet()).containsExactlyElementsOf(parts.subList(0, 3));
        assertThat(statementsSince(before)).isEqualTo(1);

        Shelves.Look warm = store.catalogue.look();
        assertThat(warm.onHand(parts)).hasSize(5);
        assertThat(warm.cards(parts)).hasSize(5);
        assertThat(statementsSince(before)).isEqualTo(2);
        Shelves.Figures after = store.catalogue.figures();
        assertThat(after.misses() - before.misses()).isEqualTo(5);
        assertThat(after.hits() - before.hits()).isEqualTo(5);
    }

    private long statementsSince(Shelves.Figures before) {
        return store.catalogue.figures().statements() - before.statements();
    }

    @Test
    void a_card_out_of_memory_shows_the_stock_that_moved_and_the_price_that_came() {
        PartId plug = store.part("BKR6E-11", 8_900);
        store.openingStock(plug, 10_000);
        assertThat(store.catalogue.card(plug).orElseThrow().stock()).isEqualTo(new Quantity(10_000));

        moved(plug, -3_000);
        assertThat(store.catalogue.card(plug).orElseThrow().stock()).isEqualTo(new Quantity(7_000));

        store.publish(Stream.PRICES, List.of(new PriceRow(plug.value(), 9_900L, "MXN", true)));
        assertThat(store.catalogue.card(plug).orElseThrow().priceText()).isEqualTo("$99.00");

        store.openingStock(plug, 20_000);
        assertThat(store.catalogue.card(plug).orElseThrow().stock()).isEqualTo(new Quantity(17_000));
        assertThat(store.catalogue.card(plug).orElseThrow().part().barcodes()).hasSize(1);
    }

    @Test
    void what_was_sold_last_is_in_memory_at_the_start_and_after_a_stream() {
        PartId plug = store.part("BKR6E-11", 8_900);
        PartId other = store.part("OTHER", 100);
        store.openCashSession(C1);
        Ticket ticket = done(store.till.inHand(C1, MARTA));
        ticket = done(store.till.add(ticket.id(), store.ids.next(), plug, Quantity.ONE, MARTA));
        done(store.till.pay(ticket.id(), ticket.totals().total(), cash(10_000), MARTA));

        store.publish(Stream.PRICES, List.of(new PriceRow(other.value(), 9_900L, "MXN", true)));

        assertThat(missedIn(plug)).isZero();
        assertThat(missedIn(other)).isEqualTo(1);
        store = store.restarted();
        assertThat(missedIn(plug)).isZero();
    }

    private long missedIn(PartId part) {
        long before = store.catalogue.figures().misses();
        store.catalogue.look().cards(List.of(part));
        return store.catalogue.figures().misses() - before;
    }

    @Test
    void what_is_on_hand_is_told_apart_from_what_a_neighbour_has() {
        PartId here = store.part("HERE", 100);
        PartId near = store.part("NEAR", 100);
        PartId nowhere = store.part("NOWHERE", 100);
        store.openingStock(here, 1_000);
        store.publish(
                Stream.STOCK,
                List.of(new StockRow(NEIGHBOUR, "SUR", near.value(), 2_000, 2_000, "", store.clock.instant())));

        var onHand = store.catalogue.look().onHand(List.of(here, near, nowhere, new PartId(NEIGHBOUR)));

        assertThat(onHand)
                .containsEntry(here, new Shelves.OnHand(true, false))
                .containsEntry(near, new Shelves.OnHand(false, true))
                .containsEntry(nowhere, new Shelves.OnHand(false, false))
                .hasSize(3);
    }

    @Test
    void the_parts_in_stock_follow_whatever_moves_them() {
        PartId sold = store.part("SOLD", 100);
        PartId back = store.part("BACK", 100);
        PartId kept = store.part("KEPT", 100);
        store.openingStock(sold, 1_000);
        store.openingStock(kept, 1_000);
        assertThat(stocked(sold, back, kept)).containsExactly(sold, kept);

        moved(sold, -1_000);
        moved(back, 1_000);
        assertThat(stocked(sold, back, kept)).containsExactly(back, kept);

        store.openingStock(kept, 0);
        assertThat(stocked(sold, back, kept)).containsExactly(back);

        store = store.restarted();
        assertThat(stocked(sold, back, kept)).containsExactly(back);
    }

    @Test
    void a_kit_is_in_stock_as_a_box_or_by_its_pieces_as_its_card_says() {
        PartId disc = store.part("DISC", 100);
        PartId grease = store.part("GREASE", 100);
        PartId kit = kit(disc, 1_000, grease, 2_000);
        store.openingStock(disc, 5_000);
        store.openingStock(grease, 1_000);
        assertThat(stocked(kit)).as("grease for half a kit").isEmpty();

        moved(grease, 1_000);
        assertThat(stocked(kit)).containsExactly(kit);
        assertThat(store.catalogue.card(kit).orElseThrow().stock()).isEqualTo(Quantity.ONE);
        moved(disc, -5_000);
        assertThat(stocked(kit)).isEmpty();
        moved(kit, 1_000);
        assertThat(stocked(kit)).as("a box of it").containsExactly(kit);
        moved(kit, -1_000);

        // From now on it holds no disc.
        kit(grease, 2_000);
        assertThat(stocked(kit)).containsExactly(kit);
        store = store.restarted();
        assertThat(stocked(kit)).containsExactly(kit);
    }

    /** @param pieces each a part and its thousandths in one kit */
    private PartId kit(Object... pieces) {
        PartId id = new PartId(KIT);
        PartRow row = TestStore.row(id, "KIT", "GENERAL", "02", 0);
        List<PartRow.RelationRow> held = new ArrayList<>();
        for (int i = 0; i < pieces.length; i += 2)
            held.add(new PartRow.RelationRow(
                    "COMPONENT", ((PartId) pieces[i]).value(), "", (Integer) pieces[i + 1], "", ""));
        store.publish(Stream.CATALOGUE, List.of(related(row, held)));
        return id;
    }

    private static PartRow related(PartRow row, List<PartRow.RelationRow> related) {
        return new PartRow(
                row.id(),
                row.lineCode(),
                row.partNumber(),
                row.brand(),
                row.nameEs(),
                row.nameEn(),
                row.category(),
                row.unit(),
                row.taxClass(),
                row.core(),
                row.satCode(),
                row.satUnit(),
                row.taxObject(),
                false,
                row.barcodes(),
                row.fitments(),
                row.interchanges(),
                related);
    }

    @Test
    void what_a_kit_holds_is_read_however_much_else_goes_with_it() {
        PartId disc = store.part("DISC", 100);
        PartRow row = TestStore.row(new PartId(KIT), "KIT", "GENERAL", "02", 0);
        List<PartRow.RelationRow> related = new ArrayList<>();
        for (int i = 0; i < 700; i++)
            related.add(new PartRow.RelationRow("ACCESSORY", store.ids.next(), "", 1_000, "", ""));
        related.add(new PartRow.RelationRow("COMPONENT", disc.value(), "", 1_000, "", ""));
        store.publish(Stream.CATALOGUE, List.of(related(row, related)));
        assertThat(store.catalogue.relations(new PartId(KIT)).related())
                .hasSize(701)
                .last()
                .satisfies(last -> assertThat(last.part()).isEqualTo(disc));
    }

    private List<PartId> stocked(PartId... parts) {
        var stocked = store.catalogue.look().stocked();
        return List.of(parts).stream().filter(stocked).toList();
    }

    private void moved(PartId part, long thousandths) {
        store.sales.change(session -> {
            session.updateOne(
                    """
                    insert into stock_movement (id, part_id, kind, quantity, cause, at)
                    values (?, ?, 'SALE', ?, ?, ?)
                    """, store.ids.next(), part.value(), thousandths, store.ids.next(), store.clock.instant());
            session.updateOne("""
                    insert into stock_balance (part_id, moved)
                    values (?, ?)
                    on conflict (part_id) do update set moved = moved + excluded.moved
                    """, part.value(), thousandths);
        });
    }
}
