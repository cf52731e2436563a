package mx.refahub.store.terminal;

import static mx.refahub.store.TestStore.C1;
import static mx.refahub.store.TestStore.MARTA;
import static mx.refahub.store.TestStore.done;
import static mx.refahub.store.TestStore.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.Payment;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.terminal.CardDesk;
import mx.refahub.domain.terminal.CardTerminal;
import mx.refahub.store.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A card is charged once and never forgotten, however the terminal behaves. Over its wire, against the simulator. */
class CardDeskTest {
    private final TerminalSimulator simulator = new TerminalSimulator();
    private TestStore store;
    private SqliteCardDesk desk;
    private PartId plug;
    private Ticket ticket;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = TestStore.open(folder);
        desk = desk(store);
        plug = store.part("BKR6E-11", 8_900);
        store.openCashSession(C1);
        ticket = done(store.till.inHand(C1, MARTA));
        ticket = done(store.till.add(ticket.id(), store.ids.next(), plug, Quantity.ONE, MARTA));
    }

    private SqliteCardDesk desk(TestStore of) {
        CardTerminal wire = new TcpTerminal(simulator.address(), Duration.ofSeconds(10));
        return new SqliteCardDesk(of.sales, of.till, Optional.of(wire), of.clock);
    }

    @AfterEach
    void close() {
        store.close();
        simulator.close();
    }

    private static Payment by(CardDesk.Charge charge) {
        return new Payment(List.of(
                Payment.Offer.of(Tender.Kind.CREDIT_CARD, charge.amount(), "", new Tender.Card("", 0, charge.id()))));
    }

    @Test
    void an_approved_charge_pays_the_ticket_with_what_the_terminal_said() {
        CardDesk.Charge charge = done(desk.charge(store.ids.next(), ticket.id(), Money.mxn(8_900), 3, MARTA));
        assertThat(charge.state()).isEqualTo(CardDesk.State.APPROVED);

        Sale sale = done(store.till.pay(ticket.id(), Money.mxn(8_900), by(charge), MARTA));
        assertThat(sale.tenders()).singleElement().satisfies(tender -> {
            assertThat(tender.kind()).isEqualTo(Tender.Kind.CREDIT_CARD);
            assertThat(tender.reference()).isEqualTo(charge.authorization());
            assertThat(tender.card()).isEqualTo(new Tender.Card("4242", 3, charge.id()));
        });
        assertThat(done(store.till.pay(ticket.id(), Money.mxn(8_900), by(charge), MARTA)))
                .isEqualTo(sale);
        assertThat(refusal(desk.reverse(charge.id(), MARTA))).isEqualTo("card-charge-used");
        assertThat(simulator.taken()).isEqualTo(8_900);
    }

    @Test
    void a_lost_answer_is_asked_for_and_nothing_is_charged_twice() {
        simulator.be(TerminalSimulator.Mood.LOSES_ANSWERS);
        UUID id = store.ids.next();
        CardDesk.Charge charge = done(desk.charge(id, ticket.id(), Money.mxn(8_900), 0, MARTA));
        assertThat(charge.state()).isEqualTo(CardDesk.State.APPROVED);
        assertThat(done(desk.charge(id, ticket.id(), Money.mxn(8_900), 0, MARTA)))
                .isEqualTo(charge);
        assertThat(refusal(desk.charge(id, ticket.id(), Money.mxn(8_800), 0, MARTA)))
                .isEqualTo("card-charge-differs");
        assertThat(refusal(desk.charge(store.ids.next(), ticket.id(), Money.mxn(8_900), 0, MARTA)))
                .isEqualTo("card-charge-over");
        assertThat(simulator.taken()).isEqualTo(8_900);
        assertThat(refusal(store.till.pay(ticket.id(), Money.mxn(8_900), TestStore.cash(8_900), MARTA)))
                .isEqualTo("card-charge-open");
        assertThat(refusal(
                        store.till.remove(ticket.id(), ticket.lines().getFirst().id(), MARTA)))
                .isEqualTo("card-charge-on-ticket");
        assertThat(done(desk.reverse(id, MARTA)).state()).isEqualTo(CardDesk.State.REVERSED);
        assertThat(done(desk.reverse(id, MARTA)).state()).isEqualTo(CardDesk.State.REVERSED);
        assertThat(simulator.taken()).isZero();
        done(store.till.pay(ticket.id(), Money.mxn(8_900), TestStore.cash(8_900), MARTA));
    }

    @Test
    void while_one_is_unknown_there_is_no_second_and_the_ticket_stays_open_over_a_restart() {
        // The process ends between the row and the answer.
        UUID id = store.ids.next();
        store.sales.change(session ->
                CardCharges.ask(session, id, ticket.id(), Money.mxn(8_900), 0, MARTA, store.clock.instant()));
        store = store.restarted();
        desk = desk(store);

        assertThat(desk.of(ticket.id())).extracting(CardDesk.Charge::state).containsExactly(CardDesk.State.UNKNOWN);
        assertThat(refusal(desk.charge(store.ids.next(), ticket.id(), Money.mxn(8_900), 0, MARTA)))
                .isEqualTo("card-unknown");
        assertThat(refusal(store.till.pay(ticket.id(), Money.mxn(8_900), TestStore.cash(8_900), MARTA)))
                .isEqualTo("card-unknown");

        // The terminal never heard of it, and will not take it should it come late.
        assertThat(done(desk.inquire(id, MARTA)).state()).isEqualTo(CardDesk.State.REVERSED);
        assertThat(new TcpTerminal(simulator.address(), Duration.ofSeconds(10)).charge(id, Money.mxn(8_900), 0))
                .isEqualTo(new CardTerminal.Answer.Reversed());
        assertThat(simulator.taken()).isZero();
        done(store.till.pay(ticket.id(), Money.mxn(8_900), TestStore.cash(8_900), MARTA));
    }

    @Test
    void a_terminal_that_declines_says_why_and_one_that_is_away_has_charged_nothing() {
        simulator.be(TerminalSimulator.Mood.DECLINES);
        assertThat(refusal(desk.charge(store.ids.next(), ticket.id(), Money.mxn(8_900), 0, MARTA)))
                .isEqualTo("card-declined");
        simulator.be(TerminalSimulator.Mood.NONSENSE);
        CardDesk.Charge charged = done(desk.charge(store.ids.next(), ticket.id(), Money.mxn(4_000), 0, MARTA));
        assertThat(charged.state()).isEqualTo(CardDesk.State.APPROVED);
        simulator.close();
        assertThat(refusal(desk.charge(store.ids.next(), ticket.id(), Money.mxn(4_900), 0, MARTA)))
                .isEqualTo("card-declined");
        assertThat(refusal(desk.reverse(charged.id(), MARTA))).isEqualTo("card-not-reversed");
        assertThat(refusal(store.till.pay(ticket.id(), Money.mxn(8_900), TestStore.cash(8_900), MARTA)))
                .isEqualTo("card-unknown");
    }

    @Test
    void what_a_terminal_says_is_read_field_by_field() {
        UUID id = UUID.fromString("0190f0a0-0000-7000-8000-000000000001");
        assertThat(List.of(
                        "OK|" + id + "|CREDIT|A1B2C3|1234",
                        "OK|" + id + "|DEBIT|000001|9999",
                        "OK|" + id + "|CREDIT|A1|4111111111111111",
                        "OK|" + id + "|CASH|A1|1234",
                        "OK|0190f0a0-0000-7000-8000-000000000002|CREDIT|A1|1234",
                        "NO|" + id + "|funds",
                        "NEVER|" + id,
                        "WAIT|" + id,
                        ""))
                .extracting(line -> TcpTerminal.answer(line, id, false))
                .containsExactly(
                        new CardTerminal.Answer.Approved(Tender.Kind.CREDIT_CARD, "A1B2C3", "1234"),
                        new CardTerminal.Answer.Approved(Tender.Kind.DEBIT_CARD, "000001", "9999"),
                        new CardTerminal.Answer.Unknown("answer-wrong"),
                        new CardTerminal.Answer.Unknown("answer-wrong"),
                        new CardTerminal.Answer.Unknown("answer-wrong"),
                        new CardTerminal.Answer.Declined("funds"),
                        new CardTerminal.Answer.Reversed(),
                        new CardTerminal.Answer.Unknown("busy"),
                        new CardTerminal.Answer.Unknown("answer-wrong"));
    }
}
