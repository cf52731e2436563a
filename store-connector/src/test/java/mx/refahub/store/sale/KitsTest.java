package mx.refahub.store.sale;

import static mx.refahub.store.TestStore.C1;
import static mx.refahub.store.TestStore.C2;
import static mx.refahub.store.TestStore.MARTA;
import static mx.refahub.store.TestStore.PEDRO;
import static mx.refahub.store.TestStore.RITA;
import static mx.refahub.store.TestStore.cash;
import static mx.refahub.store.TestStore.done;
import static mx.refahub.store.TestStore.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.promise.Promise;
import mx.refahub.domain.promise.Promises;
import mx.refahub.domain.sale.Discount;
import mx.refahub.domain.sale.KitOf;
import mx.refahub.domain.sale.Particulars;
import mx.refahub.domain.sale.ReturnOf;
import mx.refahub.domain.sale.Returns;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.sale.TicketLine;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.PartRow;
import mx.refahub.domain.wire.PriceRow;
import mx.refahub.store.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kit is found, put on the ticket as one and sold by its pieces. */
class KitsTest {
    private TestStore store;
    private PartId disc;
    private PartId plate;
    private PartId grease;
    private PartId kit;
    private Ticket ticket;

    private record Piece(PartId part, long thousandths) {}

    @BeforeEach
    void open(@TempDir Path folder) {
        store = TestStore.withStations(folder);
        disc = store.part("DISCO-1", 90_000);
        plate = store.part("PLATO-1", 70_000);
        grease = store.part("GRASA-1", 3_333, true, "GENERAL", "02", 0);
        kit = kit("KIT-1", 120_001L, new Piece(disc, 1_000), new Piece(plate, 1_000), new Piece(grease, 2_000));
        store.openCashSession(C1);
        ticket = done(store.till.inHand(C1, MARTA));
    }

    @AfterEach
    void close() {
        store.close();
    }

    /** @param price null for a kit that has none of its own */
    private PartId kit(String number, Long price, Piece... pieces) {
        PartId id = new PartId(store.ids.next());
        PartRow row = TestStore.row(id, number, "GENERAL", "02", 0);
        store.publish(
                Stream.CATALOGUE,
                List.of(new PartRow(
                        row.id(),
                        row.lineCode(),
                        row.partNumber(),
                        row.brand(),
                        "Kit " + number,
                        row.nameEn(),
                        row.category(),
                        "KIT",
                        row.taxClass(),
                        row.core(),
                        row.satCode(),
                        row.satUnit(),
                        row.taxObject(),
                        false,
                        List.of(),
                        List.of(),
                        List.of(),
                        Arrays.stream(pieces)
                                .map(piece -> new PartRow.RelationRow(
                                        "COMPONENT", piece.part().value(), "", piece.thousandths(), "", ""))
                                .toList())));
        if (price != null) store.publish(Stream.PRICES, List.of(new PriceRow(id.value(), price, "MXN", true)));
        return id;
    }

    private Ticket add(PartId part, long pieces) {
        return done(store.till.add(ticket.id(), store.ids.next(), part, Quantity.of(pieces), MARTA));
    }

    private static KitOf kitOf(TicketLine line) {
        return Particulars.kitOf(line.particulars());
    }

    private long onHand(PartId part) {
        return store.catalogue.card(part).orElseThrow().stock().thousandths();
    }

    @Test
    void a_kit_is_one_price_over_its_pieces_and_takes_them_off_the_shelf() {
        store.openingStock(disc, 5_000);
        store.openingStock(plate, 3_000);
        store.openingStock(grease, 9_000);
        assertThat(onHand(kit)).isEqualTo(3_000);

        Ticket two = add(kit, 2);

        assertThat(two.totals().total()).isEqualTo(Money.mxn(240_002));
        assertThat(two.totals().savings()).isEqualTo(Money.mxn(2 * (90_000 + 70_000 + 2 * 3_333) - 240_002));
        assertThat(two.lines())
                .extracting(TicketLine::quantity)
                .containsExactly(Quantity.of(2), Quantity.of(2), Quantity.of(4));
        assertThat(two.lines()).allSatisfy(line -> {
            assertThat(kitOf(line).part()).isEqualTo(kit);
            assertThat(kitOf(line).quantity()).isEqualTo(Quantity.of(2));
        });
        Sale sale = done(store.till.pay(ticket.id(), Money.mxn(240_002), cash(240_002), MARTA));
        assertThat(sale.lines()).extracting(SaleLine::part).containsExactly(disc, plate, grease);
        assertThat(Particulars.kitOf(sale.lines().get(2).particulars()).number().value())
                .isEqualTo("KIT-1");
        assertThat(store.till.sale(sale.id())).contains(sale);
        assertThat(onHand(disc)).isEqualTo(3_000);
        assertThat(onHand(plate)).isEqualTo(1_000);
        assertThat(onHand(grease)).isEqualTo(5_000);
        assertThat(onHand(kit)).isEqualTo(1_000);
    }

    @Test
    void a_kit_that_stands_on_the_shelf_as_a_box_is_an_ordinary_part() {
        store.openingStock(kit, 1_000);
        Ticket one = add(kit, 1);
        assertThat(one.lines()).singleElement().satisfies(line -> {
            assertThat(line.part().id()).isEqualTo(kit);
            assertThat(kitOf(line)).isNull();
        });
        // The box is on the ticket: the next one is made of pieces.
        assertThat(add(kit, 1).lines()).extracting(line -> line.part().id()).containsExactly(kit, disc, plate, grease);
    }

    @Test
    void its_quantity_is_the_kits_and_a_discount_is_let_off_its_price() {
        Ticket one = add(kit, 1);
        UUID id = kitOf(one.lines().getFirst()).id();
        assertThat(add(kit, 2).totals().total()).isEqualTo(Money.mxn(3 * 120_001));
        UUID piece = one.lines().getFirst().id();
        assertThat(refusal(store.till.quantity(ticket.id(), piece, Quantity.of(5), MARTA)))
                .isEqualTo("kit-line");
        assertThat(refusal(store.till.quantity(ticket.id(), id, new Quantity(1_500), MARTA)))
                .isEqualTo("kit-whole");
        assertThat(refusal(store.till.quantity(ticket.id(), id, Quantity.of(60_000), MARTA)))
                .isEqualTo("quantity-too-large");
        assertThat(refusal(store.till.discount(
                        ticket.id(), id, new Discount.UnitPrice(Money.mxn(1)), "porque sí", MARTA, RITA)))
                .isEqualTo("kit-percent-only");
        done(store.till.quantity(ticket.id(), id, Quantity.of(2), MARTA));
        Ticket less = done(store.till.discount(
                ticket.id(), id, new Discount.Percent(BigDecimal.valueOf(5)), "cliente", MARTA, null));
        // 5 % of each piece's share, each rounded for itself.
        assertThat(less.totals().total().minor()).isBetween(228_000L, 228_004L);
        Sale sale = done(store.till.pay(ticket.id(), less.totals().total(), cash(300_000), MARTA));
        assertThat(sale.lines()).allSatisfy(line -> assertThat(line.grant()).isNotNull());
    }

    @Test
    void without_one_of_its_pieces_the_others_are_sold_at_their_own_prices() {
        Ticket one = add(kit, 1);
        UUID greaseLine = one.lines().get(2).id();
        Ticket open = done(store.till.remove(ticket.id(), greaseLine, MARTA));
        assertThat(open.lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(kitOf(line)).isNull());
        assertThat(open.totals().total()).isEqualTo(Money.mxn(160_000));
        assertThat(done(store.till.remove(ticket.id(), greaseLine, MARTA))).isEqualTo(open);

        UUID again = kitOf(add(kit, 1).lines().getLast()).id();
        assertThat(done(store.till.remove(ticket.id(), again, MARTA)).lines()).hasSize(2);
    }

    @Test
    void a_kit_without_a_price_costs_what_its_pieces_cost_and_one_that_costs_more_is_sold_for_less() {
        PartId plain = kit("KIT-2", null, new Piece(disc, 1_000), new Piece(plate, 1_000));
        assertThat(add(plain, 1).totals().total()).isEqualTo(Money.mxn(160_000));
        PartId dear = kit("KIT-3", 999_999L, new Piece(disc, 1_000));
        assertThat(add(dear, 1).totals().total()).isEqualTo(Money.mxn(250_000));
    }

    @Test
    void the_card_says_what_is_charged_for_one() {
        PartId plain = kit("KIT-2", null, new Piece(disc, 1_000), new Piece(grease, 3_000));
        PartId dear = kit("KIT-3", 999_999L, new Piece(plain, 2_000), new Piece(plate, 1_000));
        PartId broken = kit("KIT-5", 1_000L, new Piece(new PartId(store.ids.next()), 1_000));
        assertThat(priceText(kit)).isEqualTo("$1,200.01");
        assertThat(priceText(plain)).isEqualTo("$999.99");
        // 2 × (900.00 + 3 × 33.33) + 700.00
        assertThat(priceText(dear)).isEqualTo("$2,699.98");
        assertThat(priceText(broken)).isEqualTo("$10.00");
        for (PartId part : List.of(plain, dear)) {
            Ticket with = add(part, 1);
            assertThat(with.totals().total().text()).isEqualTo(priceText(part));
            done(store.till.remove(ticket.id(), kitOf(with.lines().getFirst()).id(), MARTA));
        }
        store.openingStock(dear, 1_000);
        assertThat(priceText(dear)).as("a box of it").isEqualTo("$9,999.99");
    }

    private String priceText(PartId part) {
        return store.catalogue.card(part).orElseThrow().priceText();
    }

    @Test
    void kits_within_kits_are_opened_and_what_has_left_the_catalogue_is_said() {
        PartId big = kit("KIT-4", 200_000L, new Piece(kit, 2_000), new Piece(plate, 1_000));
        assertThat(add(big, 1).lines())
                .extracting(line -> line.part().id(), TicketLine::quantity)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(disc, Quantity.of(2)),
                        org.assertj.core.groups.Tuple.tuple(plate, Quantity.of(3)),
                        org.assertj.core.groups.Tuple.tuple(grease, Quantity.of(4)));
        PartId broken = kit("KIT-5", 1_000L, new Piece(new PartId(store.ids.next()), 1_000));
        assertThat(refusal(store.till.add(ticket.id(), store.ids.next(), broken, Quantity.ONE, MARTA)))
                .isEqualTo("kit-incomplete");
    }

    @Test
    void a_piece_comes_back_at_its_share_and_all_of_them_at_what_was_paid() {
        add(kit, 1);
        Sale sale = done(store.till.pay(ticket.id(), Money.mxn(120_001), cash(120_001), MARTA));
        Ticket back = done(store.till.inHand(C1, MARTA));
        for (SaleLine line : sale.lines())
            back = done(store.returns.bringBack(
                    new Returns.Back(
                            back.id(),
                            store.ids.next(),
                            sale.id(),
                            line.id(),
                            line.quantity(),
                            ReturnOf.Reason.NOT_NEEDED,
                            null,
                            false,
                            ""),
                    MARTA,
                    RITA));
        assertThat(back.totals().total()).isEqualTo(Money.mxn(-120_001));
        assertThat(back.lines())
                .allSatisfy(line -> assertThat(kitOf(line).part()).isEqualTo(kit));
        assertThat(back.lines().getFirst().amounts().total()).isEqualTo(Money.mxn(-64_800));
        done(store.till.pay(back.id(), Money.mxn(-120_001), cash(120_001), MARTA));
        assertThat(onHand(disc)).isZero();
    }

    @Test
    void a_kit_without_pieces_on_the_shelf_counts_none_and_scans_add_up() {
        store.openingStock(disc, 5_000);
        assertThat(onHand(kit)).isZero();
        UUID act = store.ids.next();
        done(store.till.add(ticket.id(), act, kit, Quantity.ONE, MARTA));
        assertThat(done(store.till.add(ticket.id(), act, kit, Quantity.ONE, MARTA))
                        .lines())
                .hasSize(3);
        done(store.till.remove(
                ticket.id(), kitOf(add(kit, 1).lines().getFirst()).id(), MARTA));
        assertThat(done(store.till.inHand(C1, MARTA)).lines()).isEmpty();
    }

    @Test
    void a_note_holds_the_pieces_of_its_kits_as_they_change() {
        for (PartId piece : List.of(disc, plate, grease)) store.openingStock(piece, 20_000);
        Ticket asked = done(store.till.inHand(C2, PEDRO));
        done(store.till.add(asked.id(), store.ids.next(), plate, Quantity.ONE, PEDRO));
        Ticket taken = done(store.notes.collect(
                C1, done(store.notes.issue(asked.id(), PEDRO)).code(), MARTA));
        assertThat(onHand(disc)).isEqualTo(20_000);

        Ticket with = done(store.till.add(taken.id(), store.ids.next(), kit, Quantity.ONE, MARTA));
        assertThat(onHand(disc)).as("put on").isEqualTo(19_000);
        UUID id = kitOf(with.lines().getLast()).id();
        done(store.till.quantity(taken.id(), id, Quantity.of(3), MARTA));
        assertThat(onHand(grease)).as("more of it").isEqualTo(14_000);
        done(store.till.remove(taken.id(), id, MARTA));
        assertThat(onHand(disc)).as("taken off").isEqualTo(20_000);
        assertThat(onHand(plate)).isEqualTo(19_000);
    }

    private Promise quoted() {
        add(kit, 2);
        add(disc, 1);
        return done(store.promises.make(
                store.ids.next(), ticket.id(), new Promises.Making(Promise.Kind.QUOTE, null, 0, "", null), MARTA));
    }

    @Test
    void the_pieces_of_a_quoted_kit_leave_the_ticket_together() {
        Promise quote = quoted();
        Ticket loaded = done(store.promises.load(quote.id(), C1, MARTA)).ticket();
        assertThat(loaded.totals().total()).isEqualTo(Money.mxn(2 * 120_001 + 90_000));
        UUID dearest = loaded.lines().getFirst().id();

        Ticket without = done(store.till.remove(loaded.id(), dearest, MARTA));

        assertThat(without.totals().total()).isEqualTo(Money.mxn(90_000));
        assertThat(without.promised()).isNotNull();
        assertThat(done(store.till.remove(loaded.id(), dearest, MARTA))).isEqualTo(without);
    }

    @Test
    void an_expired_quote_of_a_kit_is_the_kit_at_todays_price() {
        Promise quote = quoted();
        store.publish(Stream.PRICES, List.of(new PriceRow(kit.value(), 130_000L, "MXN", true)));
        store.clock.advance(Duration.ofDays(16));

        Promises.Loaded loaded = done(store.promises.load(quote.id(), C1, MARTA));

        assertThat(loaded.left()).isEmpty();
        assertThat(loaded.ticket().totals().total()).isEqualTo(Money.mxn(2 * 130_000 + 90_000));
        assertThat(loaded.ticket().lines()).hasSize(4);
        assertThat(kitOf(loaded.ticket().lines().getFirst()).quantity()).isEqualTo(Quantity.of(2));
    }

    @Test
    void a_quoted_kit_is_taken_off_by_its_own_id_too() {
        Promise quote = quoted();
        Ticket loaded = done(store.promises.load(quote.id(), C1, MARTA)).ticket();
        UUID id = kitOf(loaded.lines().getFirst()).id();
        assertThat(done(store.till.remove(loaded.id(), id, MARTA)).totals().total())
                .isEqualTo(Money.mxn(90_000));
    }
}
