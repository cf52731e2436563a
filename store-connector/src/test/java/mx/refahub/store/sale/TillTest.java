package mx.refahub.store.sale;

import static mx.refahub.store.TestStore.C1;
import static mx.refahub.store.TestStore.C2;
import static mx.refahub.store.TestStore.MARTA;
import static mx.refahub.store.TestStore.cash;
import static mx.refahub.store.TestStore.done;
import static mx.refahub.store.TestStore.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.document.Sha256;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.Payment;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.PriceRow;
import mx.refahub.domain.wire.SaleBody;
import mx.refahub.store.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TillTest {
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
    void a_cash_sale_is_priced_folioed_moved_and_documented() {
        PartId plug = store.part("BKR6E-11", 8_900);
        store.openingStock(plug, 10_000);
        store.openCashSession(C1);
        Ticket ticket = withOne(plug, 2);

        Sale sale = done(store.till.pay(ticket.id(), Money.mxn(17_800), cash(20_000), MARTA));

        assertThat(sale.folio().text()).isEqualTo("C1-000001");
        assertThat(sale.totals().total()).isEqualTo(Money.mxn(17_800));
        assertThat(sale.totals().tax()).isEqualTo(Money.mxn(2_455));
        assertThat(sale.change()).isEqualTo(Money.mxn(2_200));
        assertThat(sale.businessDay()).hasToString("2026-03-02");
        assertThat(store.catalogue.card(plug).orElseThrow().stock()).isEqualTo(Quantity.of(8));
        Document document = store.outbox.after(1, 10, 1 << 20).getFirst();
        assertThat(document.envelope().type()).isEqualTo("sale");
        assertThat(document.isAuthentic(TestStore.KEYS.getPublic())).isTrue();
        assertThat(store.json.readValue(document.body(), SaleBody.class).toSale())
                .isEqualTo(sale);
        assertThat(store.till.sale(sale.id())).contains(sale);
        assertThat(store.till.latest(C1, 5)).containsExactly(sale);
        assertThat(store.receiptsQueued).hasValue(1);
    }

    @Test
    void nothing_is_sold_without_an_open_cash_session() {
        assertThat(refusal(store.till.inHand(C1, MARTA))).isEqualTo("cash-session-closed");
    }

    @Test
    void the_ticket_in_hand_survives_a_restart() {
        PartId plug = store.part("BKR6E-11", 8_900);
        store.openCashSession(C1);
        Ticket ticket = withOne(plug, 2);

        store = store.restarted();

        assertThat(done(store.till.inHand(C1, MARTA))).isEqualTo(ticket);
        assertThat(done(store.till.ticket(ticket.id()))).isEqualTo(ticket);
    }

    @Test
    void each_register_has_its_own_ticket_and_its_own_folios() {
        PartId plug = store.part("BKR6E-11", 8_900);
        store.openCashSession(C1);
        store.openCashSession(C2);

        assertThat(sell(C1, plug).folio().text()).isEqualTo("C1-000001");
        assertThat(sell(C2, plug).folio().text()).isEqualTo("C2-000001");
        assertThat(sell(C1, plug).folio().text()).isEqualTo("C1-000002");
    }

    @Test
    void the_same_act_again_adds_nothing() {
        PartId plug = store.part("BKR6E-11", 8_900);
        store.openCashSession(C1);
        Ticket empty = done(store.till.inHand(C1, MARTA));
        UUID act = store.ids.next();

        Ticket once = done(store.till.add(empty.id(), act, plug, Quantity.ONE, MARTA));
        Ticket twice = done(store.till.add(empty.id(), act, plug, Quantity.ONE, MARTA));
        Ticket another = done(store.till.add(empty.id(), store.ids.next(), plug, Quantity.ONE, MARTA));

        assertThat(twice).isEqualTo(once);
        assertThat(another.lines()).hasSize(1);
        assertThat(another.lines().getFirst().quantity()).isEqualTo(Quantity.of(2));
    }

    @Test
    void a_line_is_changed_and_removed_and_removing_it_again_changes_nothing() {
        PartId plug = store.part("BKR6E-11", 8_900);
        store.openCashSession(C1);
        Ticket ticket = withOne(plug, 1);
        UUID line = ticket.lines().getFirst().id();

        Ticket three = done(store.till.quantity(ticket.id(), line, Quantity.of(3), MARTA));
        Ticket none = done(store.till.remove(ticket.id(), line, MARTA));
        Ticket again = done(store.till.remove(ticket.id(), line, MARTA));

        assertThat(three.totals().total()).isEqualTo(Money.mxn(26_700));
        assertThat(none.lines()).isEmpty();
        assertThat(again).isEqualTo(none);
        assertThat(refusal(store.till.remove(ticket.id(), store.ids.next(), MARTA)))
                .isEqualTo("line-unknown");
    }

    @Test
    void a_core_deposit_comes_with_its_line_changes_with_it_and_leaves_with_it() {
        PartId alternator = store.part("23-11254", 325_000, true, "GENERAL", "02", 60_000);
        store.openCashSession(C1);

        Ticket one = withOne(alternator, 1);
        Ticket two = done(store.till.quantity(one.id(), one.lines().getFirst().id(), Quantity.of(2), MARTA));
        Ticket none = done(store.till.remove(one.id(), one.lines().getFirst().id(), MARTA));

        assertThat(one.lines())
                .extracting(line -> line.kind())
                .containsExactly(SaleLine.Kind.PART, SaleLine.Kind.CORE_DEPOSIT);
        assertThat(one.lines().get(1).coreOf()).isEqualTo(one.lines().getFirst().id());
        assertThat(one.totals().cores()).isEqualTo(Money.mxn(60_000));
        assertThat(one.totals().total()).isEqualTo(Money.mxn(385_000));
        assertThat(two.lines().get(1).quantity()).isEqualTo(Quantity.of(2));
        assertThat(two.lines().get(1).id()).isEqualTo(one.lines().get(1).id());
        assertThat(two.totals().total()).isEqualTo(Money.mxn(770_000));
        assertThat(none.lines()).isEmpty();
    }

    @Test
    void only_the_part_moves_stock_not_its_deposit() {
        PartId alternator = store.part("23-11254", 325_000, true, "GENERAL", "02", 60_000);
        store.openCashSession(C1);

        sell(C1, alternator);

        assertThat(store.count("stock_movement")).isEqualTo(1);
        assertThat(store.catalogue.card(alternator).orElseThrow().stock()).isEqualTo(Quantity.of(-1));
    }

    @Test
    void a_later_catalogue_does_not_change_a_ticket_in_hand() {
        PartId plug = store.part("BKR6E-11", 8_900);
        store.openCashSession(C1);
        Ticket before = withOne(plug, 1);

        store.publish(Stream.PRICES, List.of(new PriceRow(plug.value(), 9_900L, "MXN", true)));
        store.publish(Stream.CATALOGUE, List.of(TestStore.row(plug, "BKR6E-11-X", "ZERO", "02", 100)));

        assertThat(done(store.till.ticket(before.id()))).isEqualTo(before);
        Ticket after = done(store.till.add(before.id(), store.ids.next(), plug, Quantity.ONE, MARTA));
        assertThat(after.lines()).hasSize(3);
        assertThat(after.totals().total()).isEqualTo(Money.mxn(8_900 + 9_900 + 100));
    }

    @Test
    void the_same_payment_again_is_the_same_sale_and_another_is_refused() {
        PartId plug = store.part("BKR6E-11", 8_900);
        store.openCashSession(C1);
        Ticket ticket = withOne(plug, 1);

        Sale first = done(store.till.pay(ticket.id(), Money.mxn(8_900), cash(10_000), MARTA));
        store = store.restarted();
        Sale again = done(store.till.pay(ticket.id(), Money.mxn(8_900), cash(10_000), MARTA));

        assertThat(again).isEqualTo(first);
        assertThat(store.count("sale")).isEqualTo(1);
        assertThat(store.count("outbox")).isEqualTo(2);
        assertThat(store.count("print_job")).isEqualTo(1);
        assertThat(refusal(store.till.pay(ticket.id(), Money.mxn(8_900), cash(20_000), MARTA)))
                .isEqualTo("payment-differs");
        assertThat(refusal(store.till.add(ticket.id(), store.ids.next(), plug, Quantity.ONE, MARTA)))
                .isEqualTo("ticket-finished");
        assertThat(refusal(store.till.ticket(ticket.id()))).isEqualTo("ticket-finished");
    }

    @Test
    void only_what_is_measured_is_cut() {
        PartId plug = store.part("BKR6E-11", 8_900);
        PartId wire = store.part("C-12", 2_550, "MTO");
        store.openCashSession(C1);
        Ticket ticket = withOne(plug, 1);
        UUID line = ticket.lines().getFirst().id();

        assertThat(refusal(add(ticket.id(), plug, new Quantity(500)))).isEqualTo("quantity-whole");
        assertThat(refusal(store.till.quantity(ticket.id(), line, new Quantity(1_500), MARTA)))
                .isEqualTo("quantity-whole");
        Ticket wired = done(add(ticket.id(), wire, new Quantity(2_500)));
        assertThat(wired.totals().total()).isEqualTo(Money.mxn(8_900 + 6_375));
        UUID metres = wired.lines().getLast().id();
        assertThat(done(store.till.quantity(ticket.id(), metres, new Quantity(750), MARTA))
                        .totals()
                        .total())
                .isEqualTo(Money.mxn(8_900 + 1_913));
    }

    @Test
    void refusals_say_what_is_wrong() {
        PartId plug = store.part("BKR6E-11", 8_900);
        PartId priceless = new PartId(store.ids.next());
        store.publish(Stream.CATALOGUE, List.of(TestStore.row(priceless, "NO-PRICE", "GENERAL", "02", 0)));
        store.openCashSession(C1);
        UUID ticket = done(store.till.inHand(C1, MARTA)).id();
        UUID nobody = store.ids.next();

        assertThat(refusal(add(nobody, plug, Quantity.ONE))).isEqualTo("ticket-unknown");
        assertThat(refusal(add(ticket, new PartId(nobody), Quantity.ONE))).isEqualTo("part-unknown");
        assertThat(refusal(add(ticket, priceless, Quantity.ONE))).isEqualTo("part-without-price");
        assertThat(refusal(add(ticket, plug, Quantity.ZERO))).isEqualTo("quantity-not-positive");
        assertThat(refusal(add(ticket, plug, new Quantity(Long.MAX_VALUE)))).isEqualTo("quantity-too-large");
        assertThat(refusal(store.till.quantity(ticket, nobody, Quantity.ONE, MARTA)))
                .isEqualTo("line-unknown");
        assertThat(refusal(store.till.pay(ticket, Money.mxn(0), cash(1), MARTA)))
                .isEqualTo("ticket-empty");
        done(add(ticket, plug, Quantity.ONE));
        assertThat(refusal(store.till.pay(ticket, Money.mxn(8_800), cash(10_000), MARTA)))
                .isEqualTo("ticket-changed");
        assertThat(refusal(store.till.pay(ticket, Money.mxn(8_900), cash(8_800), MARTA)))
                .isEqualTo("payment-short");
        assertThat(store.count("sale")).isZero();
        assertThat(store.count("outbox")).isEqualTo(1);
    }

    @Test
    void a_transaction_that_dies_leaves_no_hole_in_the_folios_and_no_trace() {
        PartId plug = store.part("BKR6E-11", 8_900);
        store.openCashSession(C1);
        sell(C1, plug);
        Ticket ticket = withOne(plug, 1);
        breakPrinting(true);

        assertThatThrownBy(() -> store.till.pay(ticket.id(), Money.mxn(8_900), cash(8_900), MARTA))
                .hasMessageContaining("no paper today");
        assertThat(store.count("sale")).isEqualTo(1);
        assertThat(store.count("stock_movement")).isEqualTo(1);
        assertThat(store.outbox.lastSequence()).isEqualTo(2);
        breakPrinting(false);
        Sale sale = done(store.till.pay(ticket.id(), Money.mxn(8_900), cash(8_900), MARTA));

        assertThat(sale.folio().text()).isEqualTo("C1-000002");
        assertThat(store.outbox.lastSequence()).isEqualTo(3);
    }

    @Test
    void the_chain_holds_and_time_never_steps_back_with_the_clock() {
        PartId plug = store.part("BKR6E-11", 8_900);
        store.openCashSession(C1);
        for (int i = 0; i < 5; i++) {
            sell(C1, plug);
            store.clock.advance(Duration.ofMinutes(-10));
        }

        List<Document> chain = store.outbox.after(0, 100, 1 << 20);

        assertThat(chain).hasSize(6);
        Sha256 previous = Sha256.NONE;
        for (int i = 0; i < chain.size(); i++) {
            Document document = chain.get(i);
            assertThat(document.sequence()).isEqualTo(i + 1);
            assertThat(document.envelope().previousHash()).isEqualTo(previous);
            assertThat(document.isAuthentic(TestStore.KEYS.getPublic())).isTrue();
            if (i > 0)
                assertThat(document.envelope().occurredAt())
                        .isAfter(chain.get(i - 1).envelope().occurredAt());
            previous = document.hash();
        }
        assertThat(store.outbox.hashAt(6)).contains(previous);
        assertThat(store.outbox.hashAt(7)).isEmpty();
    }

    @Test
    void a_split_payment_gives_change_from_its_cash_alone() {
        PartId plug = store.part("BKR6E-11", 8_900);
        store.openCashSession(C1);
        Ticket ticket = withOne(plug, 1);
        Payment split = new Payment(List.of(
                new Payment.Offer(Tender.Kind.CREDIT_CARD, Money.mxn(5_000), "A1B2C3"),
                new Payment.Offer(Tender.Kind.CASH, Money.mxn(5_000), "")));

        Sale sale = done(store.till.pay(ticket.id(), Money.mxn(8_900), split, MARTA));

        assertThat(sale.change()).isEqualTo(Money.mxn(1_100));
        assertThat(journalOf("SALE")).isEqualTo(10_000);
        assertThat(journalOf("CHANGE")).isEqualTo(-1_100);
        assertThat(sale.tenders()).extracting(Tender::reference).containsExactly("A1B2C3", "");
    }

    @Test
    void a_reprint_is_queued_marked_and_never_kicks_the_drawer() {
        PartId plug = store.part("BKR6E-11", 8_900);
        store.openCashSession(C1);
        Sale sale = sell(C1, plug);

        assertThat(done(store.till.reprint(sale.id(), MARTA))).isEqualTo(sale);
        assertThat(done(store.till.reprint(sale.id(), MARTA))).isEqualTo(sale);

        List<String> jobs = store.sales.read(session -> session.all(
                "select reprint, kick_drawer from print_job order by id",
                row -> row.number("reprint") + "/" + row.number("kick_drawer")));
        assertThat(jobs).containsExactly("0/1", "1/0");
        assertThat(refusal(store.till.reprint(store.ids.next(), MARTA))).isEqualTo("sale-unknown");
    }

    private Ticket withOne(PartId part, long quantity) {
        UUID ticket = done(store.till.inHand(C1, MARTA)).id();
        return done(add(ticket, part, Quantity.of(quantity)));
    }

    private mx.refahub.domain.Outcome<Ticket> add(UUID ticket, PartId part, Quantity quantity) {
        return store.till.add(ticket, store.ids.next(), part, quantity, MARTA);
    }

    private Sale sell(RegisterId register, PartId part) {
        UUID ticket = done(store.till.inHand(register, MARTA)).id();
        Money total = done(add(ticket, part, Quantity.ONE)).totals().total();
        return done(store.till.pay(ticket, total, cash(total.minor()), MARTA));
    }

    private long journalOf(String kind) {
        return store.sales
                .read(session -> session.first(
                        "select sum(amount) as amount from cash_journal where kind = ?",
                        row -> row.number("amount"),
                        kind))
                .orElseThrow();
    }

    /** The last statement of a sale's transaction fails, after all others have run. */
    private void breakPrinting(boolean broken) {
        store.sales.change(session -> {
            if (broken)
                session.update(
                        "create trigger broken before insert on print_job begin select raise(abort, 'no paper today'); end");
            else session.update("drop trigger broken");
        });
    }
}
