package mx.refahub.store.note;

import static mx.refahub.store.TestStore.C1;
import static mx.refahub.store.TestStore.C2;
import static mx.refahub.store.TestStore.LUCIA;
import static mx.refahub.store.TestStore.MARTA;
import static mx.refahub.store.TestStore.PEDRO;
import static mx.refahub.store.TestStore.cash;
import static mx.refahub.store.TestStore.done;
import static mx.refahub.store.TestStore.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.note.HandOvers;
import mx.refahub.domain.note.HandOvers.Given;
import mx.refahub.domain.note.Note;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.ReturnOf;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.wire.GoodsHandedOverBody;
import mx.refahub.domain.wire.SaleBody;
import mx.refahub.store.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotesTest {
    private TestStore store;
    private PartId plug;

    /** Pedro sells at register 2, whose drawer stays closed; Marta is at the till of register 1. */
    @BeforeEach
    void open(@TempDir Path folder) {
        store = TestStore.withStations(folder);
        plug = store.part("BKR6E-11", 8_900);
        store.openingStock(plug, 10_000);
        store.openCashSession(C1);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Note issued(int pieces) {
        Ticket ticket = done(store.till.inHand(C2, PEDRO));
        done(store.till.add(ticket.id(), store.ids.next(), plug, Quantity.of(pieces), PEDRO));
        return done(store.notes.issue(ticket.id(), PEDRO));
    }

    private Sale paid(Note note) {
        Ticket ticket = done(store.notes.collect(C1, note.code(), MARTA));
        return done(store.till.pay(ticket.id(), ticket.totals().total(), cash(100_000), MARTA));
    }

    private Quantity onTheShelf() {
        return store.catalogue.card(plug).orElseThrow().stock();
    }

    @Test
    void a_note_is_written_without_a_drawer_collected_at_the_till_and_handed_over() {
        Note note = issued(3);
        assertThat(note.number()).isEqualTo(1);
        assertThat(store.notes.waiting()).containsExactly(note);
        assertThat(store.count("print_page")).isEqualTo(1);
        assertThat(onTheShelf()).isEqualTo(Quantity.of(7));
        assertThat(refusal(store.handOvers.find(note.code()))).isEqualTo("note-not-paid");

        Sale sale = paid(note);

        assertThat(store.notes.waiting()).isEmpty();
        assertThat(sale.cashierName()).isEqualTo("Marta");
        assertThat(sale.lines().getFirst().salespersonName()).isEqualTo("Pedro");
        assertThat(sale.note().number()).isEqualTo(1);
        assertThat(sale.note().byName()).isEqualTo("Pedro");
        assertThat(onTheShelf()).isEqualTo(Quantity.of(7));
        Document document = store.outbox.after(0, 100, 1 << 24).getLast();
        assertThat(document.envelope().schema()).isEqualTo(5);
        assertThat(store.json.readValue(document.body(), SaleBody.class).toSale())
                .isEqualTo(sale);

        HandOvers.Due due = done(store.handOvers.find(sale.folio().text()));
        assertThat(store.handOvers.owed()).containsExactly(due);
        UUID line = due.lines().getFirst().line();
        UUID act = store.ids.next();
        List<Given> two = List.of(new Given(line, Quantity.of(2)));
        HandOvers.Due rest = done(store.handOvers.confirm(act, sale.id(), two, LUCIA));
        assertThat(rest.lines().getFirst().left()).isEqualTo(Quantity.ONE);
        assertThat(done(store.handOvers.confirm(act, sale.id(), two, LUCIA))).isEqualTo(rest);
        assertThat(refusal(store.handOvers.confirm(act, sale.id(), List.of(new Given(line, Quantity.ONE)), LUCIA)))
                .isEqualTo("hand-over-differs");
        assertThat(refusal(store.handOvers.confirm(
                        store.ids.next(), sale.id(), List.of(new Given(line, new Quantity(500))), LUCIA)))
                .isEqualTo("quantity-whole");
        assertThat(refusal(store.handOvers.confirm(store.ids.next(), sale.id(), two, LUCIA)))
                .isEqualTo("hand-over-exceeds");
        done(store.handOvers.confirm(store.ids.next(), sale.id(), List.of(new Given(line, Quantity.ONE)), LUCIA));

        assertThat(store.handOvers.owed()).isEmpty();
        assertThat(done(store.handOvers.find(note.code())).settled()).isTrue();
        Document handed = store.outbox.after(0, 100, 1 << 24).getLast();
        assertThat(handed.envelope().type()).isEqualTo(DocumentType.GOODS_HANDED_OVER);
        assertThat(handed.envelope().key()).isEqualTo(sale.id().toString());
        assertThat(store.json
                        .readValue(handed.body(), GoodsHandedOverBody.class)
                        .lines())
                .containsExactly(new GoodsHandedOverBody.GivenBody(line, 1_000));
    }

    @Test
    void a_note_that_nobody_collects_lapses_by_the_clock_and_frees_its_pieces() {
        Note note = issued(4);
        store.clock.advance(Duration.ofHours(4));

        assertThat(store.notes.waiting()).isEmpty();
        assertThat(onTheShelf()).isEqualTo(Quantity.of(10));
        assertThat(refusal(store.notes.collect(C1, note.code(), MARTA))).isEqualTo("note-expired");
        assertThat(refusal(store.notes.issue(note.ticket(), PEDRO))).isEqualTo("note-expired");
        assertThat(issued(1).number()).isEqualTo(2);
    }

    @Test
    void notes_are_one_thing_with_tickets_that_wait_and_yet_not_among_them() {
        Note note = issued(1);
        Ticket other = done(store.till.inHand(C1, MARTA));
        done(store.till.add(other.id(), store.ids.next(), plug, Quantity.ONE, MARTA));

        Ticket taken = done(store.notes.collect(C1, "nota 1", MARTA));

        assertThat(taken.id()).isEqualTo(note.ticket());
        assertThat(store.shelf.parked()).extracting("ticket").containsExactly(other.id());
        done(store.notes.collect(C1, note.code(), MARTA));
        done(store.shelf.recall(C1, other.id(), MARTA));
        assertThat(store.notes.waiting()).extracting(Note::number).containsExactly(1L);
        assertThat(store.shelf.parked()).isEmpty();
    }

    @Test
    void the_goods_of_a_note_stay_held_in_hand_put_aside_and_until_it_is_sold_or_dropped() {
        Note note = issued(4);
        Ticket taken = done(store.notes.collect(C1, note.code(), MARTA));
        store.clock.advance(Duration.ofHours(9));
        assertThat(onTheShelf()).isEqualTo(Quantity.of(6));
        done(store.till.quantity(taken.id(), taken.lines().getFirst().id(), Quantity.of(3), MARTA));
        assertThat(onTheShelf()).isEqualTo(Quantity.of(7));

        done(store.shelf.park(taken.id(), "fue por su cartera", MARTA));

        assertThat(onTheShelf()).isEqualTo(Quantity.of(7));
        store.clock.advance(Duration.ofHours(3));
        assertThat(store.notes.waiting()).extracting(Note::number).containsExactly(1L);
        Ticket again = done(store.notes.collect(C1, note.code(), MARTA));
        done(store.till.add(again.id(), store.ids.next(), plug, Quantity.ONE, PEDRO));
        assertThat(onTheShelf()).isEqualTo(Quantity.of(6));
        done(store.shelf.park(again.id(), "", MARTA));
        store.clock.advance(Duration.ofHours(4));
        assertThat(onTheShelf()).isEqualTo(Quantity.of(10));
        assertThat(store.notes.waiting()).isEmpty();
        assertThat(store.count("note_hold")).isZero();
    }

    @Test
    void the_till_adds_its_own_line_beside_the_salespersons() {
        Ticket taken = done(store.notes.collect(C1, issued(1).code(), MARTA));

        Ticket more = done(store.till.add(taken.id(), store.ids.next(), plug, Quantity.ONE, MARTA));

        assertThat(more.lines()).extracting("salespersonName").containsExactly("Pedro", "Marta");
    }

    @Test
    void a_return_counts_against_who_sold_and_is_owed_no_more() {
        Sale sale = paid(issued(3));
        SaleLine sold = sale.lines().getFirst();
        Ticket ticket = done(store.till.inHand(C1, MARTA));
        ticket = done(store.returns.bringBack(
                ticket.id(),
                store.ids.next(),
                sale.id(),
                sold.id(),
                Quantity.of(2),
                ReturnOf.Reason.NOT_NEEDED,
                MARTA,
                LUCIA));
        assertThat(ticket.lines().getFirst().salespersonName()).isEqualTo("Pedro");

        Sale back = done(store.till.pay(ticket.id(), ticket.totals().total(), cash(17_800), MARTA));

        assertThat(back.lines().getFirst().salesperson()).isEqualTo(PEDRO.id());
        assertThat(done(store.handOvers.find(sale.folio().text()))
                        .lines()
                        .getFirst()
                        .left())
                .isEqualTo(Quantity.ONE);
    }

    @Test
    void a_note_is_issued_once_given_up_once_and_never_charged_twice() {
        Note note = issued(1);
        assertThat(done(store.notes.issue(note.ticket(), PEDRO))).isEqualTo(note);
        assertThat(store.count("print_page")).isEqualTo(1);
        assertThat(done(store.notes.reprint(note.ticket(), PEDRO))).isEqualTo(note);
        assertThat(done(store.notes.cancel(note.ticket(), PEDRO))).isEmpty();
        assertThat(onTheShelf()).isEqualTo(Quantity.of(10));
        assertThat(refusal(store.notes.collect(C1, note.code(), MARTA))).isEqualTo("note-expired");

        Note second = issued(1);
        paid(second);
        assertThat(refusal(store.notes.collect(C1, second.code(), MARTA))).isEqualTo("note-collected");
        assertThat(refusal(store.notes.cancel(second.ticket(), PEDRO))).startsWith("done");
        assertThat(refusal(store.notes.collect(C1, "NOTA-2-0000", MARTA))).isIn("note-unknown");
    }

    @Test
    void a_drawer_is_needed_to_collect_and_notes_survive_a_restart() {
        Note note = issued(2);
        assertThat(refusal(store.notes.collect(C2, note.code(), PEDRO))).isEqualTo("cash-session-closed");
        store = store.restarted();
        assertThat(store.notes.waiting()).containsExactly(note);
    }
}
