package mx.refahub.store.cash;

import static mx.refahub.store.TestStore.C1;
import static mx.refahub.store.TestStore.LUCIA;
import static mx.refahub.store.TestStore.MARTA;
import static mx.refahub.store.TestStore.done;
import static mx.refahub.store.TestStore.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.cash.CashCount;
import mx.refahub.domain.cash.DayPapers;
import mx.refahub.domain.cash.Denomination;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.Payment;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.wire.BankDepositBody;
import mx.refahub.store.TestStore;
import mx.refahub.store.device.DeviceBook;
import mx.refahub.store.printing.PrintQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DayPapersTest {
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    private TestStore store;
    private SqliteDayPapers papers;
    private boolean mayWrite = true;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = TestStore.open(folder);
        papers = new SqliteDayPapers(
                store.sales,
                store.identities,
                store.branches,
                store.outboxWriter,
                new PrintQueue(
                        store.sales,
                        store.json,
                        new DeviceBook(store.sales, List.of(), store.json, store.clock),
                        store.ids,
                        store.clock,
                        () -> {}),
                store.clock,
                () -> {},
                () -> mayWrite);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static CashCount.Pieces bills(long value, int pieces) {
        return new CashCount.Pieces(new Denomination(Denomination.Form.BILL, Money.mxn(value)), pieces);
    }

    @Test
    void a_slip_travels_once_and_those_of_before_it_was_a_document_follow_when_all_is_well() {
        UUID id = store.ids.next();
        done(papers.deposit(id, "Banorte", "0123", List.of(bills(50_000, 3)), LUCIA));
        done(papers.deposit(id, "Banorte", "0123", List.of(bills(50_000, 3)), LUCIA));
        UUID old = store.ids.next();
        done(papers.deposit(old, "BBVA", "", List.of(bills(20_000, 2)), LUCIA));
        // As a store of before has it: written, and no document.
        store.sales.write(session -> {
            session.updateOne("delete from outbox where key = ?", old.toString());
            return session.update("update bank_deposit set document_sequence = null where id = ?", old);
        });
        assertThat(slips()).extracting(BankDepositBody::id).containsExactly(id);

        mayWrite = false;
        assertThat(papers.tellOld()).isZero();
        mayWrite = true;
        assertThat(papers.tellOld()).isEqualTo(1);
        assertThat(papers.tellOld()).isZero();

        assertThat(slips()).extracting(BankDepositBody::id).containsExactly(id, old);
        assertThat(slips().getLast())
                .returns(40_000L, BankDepositBody::total)
                .returns(LUCIA.id().value(), BankDepositBody::by)
                .returns(List.of(new BankDepositBody.PiecesBody("BILL", 20_000, 2)), BankDepositBody::pieces);
    }

    private List<BankDepositBody> slips() {
        return store.sales.read(session -> session.all(
                "select body from outbox where type = 'bank-deposit' order by sequence",
                row -> store.json.readValue(row.bytes("body"), BankDepositBody.class)));
    }

    @Test
    void a_slip_is_printed_once_and_again_only_when_asked() {
        UUID id = store.ids.next();
        List<CashCount.Pieces> pieces = List.of(bills(50_000, 3), bills(20_000, 0), bills(100_000, 2));

        DayPapers.Deposit slip = done(papers.deposit(id, " Banorte ", "0123", pieces, LUCIA));
        assertThat(slip.total()).isEqualTo(Money.mxn(350_000));
        assertThat(slip.pieces()).containsExactly(bills(100_000, 2), bills(50_000, 3));
        assertThat(done(papers.deposit(id, "Banorte", "0123", pieces, LUCIA))).isEqualTo(slip);
        assertThat(store.count("print_page")).isEqualTo(1);
        assertThat(refusal(papers.deposit(id, "BBVA", "0123", pieces, LUCIA))).isEqualTo("deposit-differs");
        assertThat(papers.deposits(DAY)).containsExactly(slip);
        done(papers.printAgain(id, LUCIA));
        assertThat(store.count("print_page")).isEqualTo(2);
        assertThat(refusal(papers.deposit(store.ids.next(), "", "", pieces, LUCIA)))
                .isEqualTo("deposit-bank");
        assertThat(refusal(papers.deposit(store.ids.next(), "BBVA", "", List.of(bills(50_000, 0)), LUCIA)))
                .isEqualTo("deposit-empty");
    }

    @Test
    void what_the_terminal_took_is_laid_beside_the_tickets() {
        store.openCashSession(C1);
        UUID plug = store.part("BKR6E-11", 8_900).value();
        Ticket first = paidByCard(plug);
        Ticket second = paidByCard(plug);
        paidByCard(plug);
        // The first as the terminal charged it, the second with another amount; one on no ticket, one without an
        // answer, one given back.
        charge(first.id(), 8_900, "approved_at = asked_at, used_at = asked_at");
        charge(second.id(), 9_900, "approved_at = asked_at, used_at = asked_at");
        charge(UUID.randomUUID(), 5_000, "approved_at = asked_at");
        charge(UUID.randomUUID(), 6_000, "reason = ''");
        charge(UUID.randomUUID(), 7_000, "approved_at = asked_at, reversing_at = asked_at, reversed_at = asked_at");

        DayPapers.Batch batch = done(papers.batch(DAY));

        assertThat(batch.charged()).isEqualTo(Money.mxn(8_900 + 9_900 + 5_000));
        assertThat(batch.onTickets()).isEqualTo(Money.mxn(3 * 8_900));
        assertThat(batch.agrees()).isFalse();
        assertThat(batch.rows())
                .extracting(row -> row.odd() + " " + row.onTicket().minor() + " "
                        + row.terminal().minor())
                .containsExactlyInAnyOrder(
                        "NOT_ON_TICKET 0 5000", "NO_ANSWER 0 6000", "DIFFERS 8900 9900", "BY_HAND 8900 0");
        assertThat(done(papers.batch(DAY.plusDays(1))).rows()).isEmpty();
    }

    private Ticket paidByCard(UUID part) {
        Ticket ticket = done(store.till.inHand(C1, MARTA));
        ticket = done(store.till.add(
                ticket.id(), store.ids.next(), new mx.refahub.domain.part.PartId(part), Quantity.ONE, MARTA));
        done(store.till.pay(
                ticket.id(),
                ticket.totals().total(),
                new Payment(List.of(new Payment.Offer(
                        Tender.Kind.CREDIT_CARD, ticket.totals().total(), "A1"))),
                MARTA));
        return ticket;
    }

    private void charge(UUID ticket, long amount, String then) {
        UUID id = store.ids.next();
        store.sales.change(session -> session.update(
                "insert into card_charge (id, ticket_id, amount, months, by_id, by_name, asked_at) values (?, ?, ?, 0, ?, 'Marta', ?)",
                id,
                ticket,
                amount,
                MARTA.id().value(),
                store.clock.instant()));
        store.sales.change(session -> session.update("update card_charge set " + then + " where id = ?", id));
    }
}
