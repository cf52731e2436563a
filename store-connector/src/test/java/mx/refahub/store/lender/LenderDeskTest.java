package mx.refahub.store.lender;

import static mx.refahub.store.TestStore.C1;
import static mx.refahub.store.TestStore.MARTA;
import static mx.refahub.store.TestStore.done;
import static mx.refahub.store.TestStore.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.lender.LenderDesk;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.Payment;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.wire.LenderAsk;
import mx.refahub.store.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lender is asked once for a ticket and never forgotten, whatever becomes of the line to the hub. */
class LenderDeskTest {
    private static final Money PRICE = Money.mxn(8_900);
    private static final String PHONE = "3312345678";

    /** A hub on paper: an order stands as it was put. */
    private static final class PaperLine implements LenderLine {
        private final Map<UUID, String> orders = new HashMap<>();
        private boolean away;
        private boolean deaf;
        private int asked;

        @Override
        public Optional<Boolean> there() {
            return away ? Optional.empty() : Optional.of(true);
        }

        @Override
        public Said ask(LenderAsk ask) {
            if (away) return new Said.Silence("unreachable", true);
            asked++;
            orders.putIfAbsent(ask.order(), "WAITING");
            return said(ask.order());
        }

        @Override
        public Said inquire(UUID order) {
            orders.putIfAbsent(order, "CANCELLED");
            return said(order);
        }

        @Override
        public Said cancel(UUID order) {
            if (!away && !deaf) orders.put(order, "CANCELLED");
            return said(order);
        }

        private Said said(UUID order) {
            if (away) return new Said.Silence("unreachable", true);
            if (deaf) return new Said.Silence("silence", false);
            return new Said.Row(new LenderAsk.Row(order, orders.getOrDefault(order, ""), "A" + order, ""));
        }
    }

    private final PaperLine line = new PaperLine();
    private TestStore store;
    private SqliteLenderDesk desk;
    private Ticket ticket;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = TestStore.open(folder);
        desk = new SqliteLenderDesk(store.sales, store.till, line, store.clock);
        PartId plug = store.part("BKR6E-11", 8_900);
        store.openCashSession(C1);
        ticket = done(store.till.inHand(C1, MARTA));
        ticket = done(store.till.add(ticket.id(), store.ids.next(), plug, Quantity.ONE, MARTA));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static Payment by(LenderDesk.Order order) {
        return new Payment(List.of(new Payment.Offer(Tender.Kind.BNPL, order.amount(), order.reference())));
    }

    @Test
    void what_the_customer_accepts_pays_the_ticket_once() {
        UUID id = store.ids.next();
        assertThat(refusal(desk.ask(id, ticket.id(), PRICE, "12", MARTA))).isEqualTo("lender-phone");
        assertThat(refusal(desk.ask(id, ticket.id(), Money.mxn(9_000), PHONE, MARTA)))
                .isEqualTo("lender-over");
        assertThat(done(desk.ask(id, ticket.id(), PRICE, PHONE, MARTA)).state()).isEqualTo(LenderDesk.State.WAITING);
        assertThat(done(desk.ask(id, ticket.id(), PRICE, PHONE, MARTA)).state()).isEqualTo(LenderDesk.State.WAITING);
        assertThat(line.asked).isEqualTo(1);
        assertThat(refusal(desk.ask(store.ids.next(), ticket.id(), PRICE, PHONE, MARTA)))
                .isEqualTo("lender-open");
        assertThat(refusal(store.till.pay(ticket.id(), PRICE, TestStore.cash(8_900), MARTA)))
                .isEqualTo("lender-open");

        line.orders.put(id, "APPROVED");
        LenderDesk.Order order = done(desk.inquire(id, MARTA));
        assertThat(order.state()).isEqualTo(LenderDesk.State.APPROVED);
        assertThat(refusal(store.till.pay(ticket.id(), PRICE, TestStore.cash(8_900), MARTA)))
                .isEqualTo("lender-left");
        Sale sale = done(store.till.pay(ticket.id(), PRICE, by(order), MARTA));
        assertThat(sale.tenders()).singleElement().satisfies(tender -> {
            assertThat(tender.kind()).isEqualTo(Tender.Kind.BNPL);
            assertThat(tender.kind().satPaymentForm()).isEqualTo("31");
            assertThat(tender.reference()).isEqualTo("A" + id);
        });
        assertThat(done(store.till.pay(ticket.id(), PRICE, by(order), MARTA))).isEqualTo(sale);
        assertThat(refusal(desk.cancel(id, MARTA))).isEqualTo("lender-used");
    }

    @Test
    void a_hub_that_is_away_was_asked_nothing_and_one_that_falls_silent_is_asked_again_over_a_restart() {
        line.away = true;
        assertThat(refusal(desk.ask(store.ids.next(), ticket.id(), PRICE, PHONE, MARTA)))
                .isEqualTo("lender-away");
        assertThat(desk.standing()).isEqualTo(LenderDesk.Standing.AWAY);
        assertThat(desk.of(ticket.id())).isEmpty();
        line.away = false;
        line.deaf = true;
        UUID id = store.ids.next();
        assertThat(done(desk.ask(id, ticket.id(), PRICE, PHONE, MARTA)).state()).isEqualTo(LenderDesk.State.ASKED);

        store = store.restarted();
        desk = new SqliteLenderDesk(store.sales, store.till, line, store.clock);
        assertThat(desk.of(ticket.id())).extracting(LenderDesk.Order::state).containsExactly(LenderDesk.State.ASKED);
        assertThat(refusal(desk.cancel(id, MARTA))).isEqualTo("lender-not-cancelled");
        line.deaf = false;
        assertThat(done(desk.inquire(id, MARTA)).state()).isEqualTo(LenderDesk.State.CANCELLED);
        done(store.till.pay(ticket.id(), PRICE, TestStore.cash(8_900), MARTA));
    }

    @Test
    void an_approved_one_is_taken_back_before_the_ticket_is_paid_another_way_and_none_is_made_up() {
        UUID id = store.ids.next();
        done(desk.ask(id, ticket.id(), PRICE, PHONE, MARTA));
        line.orders.put(id, "APPROVED");
        done(desk.inquire(id, MARTA));
        assertThat(refusal(
                        store.till.remove(ticket.id(), ticket.lines().getFirst().id(), MARTA)))
                .isEqualTo("card-charge-on-ticket");
        assertThat(done(desk.cancel(id, MARTA)).state()).isEqualTo(LenderDesk.State.CANCELLED);
        assertThat(done(desk.cancel(id, MARTA)).state()).isEqualTo(LenderDesk.State.CANCELLED);
        Payment madeUp = new Payment(List.of(new Payment.Offer(Tender.Kind.BNPL, PRICE, "A" + id)));
        assertThat(refusal(store.till.pay(ticket.id(), PRICE, madeUp, MARTA))).isEqualTo("lender-differs");
        UUID no = store.ids.next();
        done(desk.ask(no, ticket.id(), PRICE, PHONE, MARTA));
        line.orders.put(no, "EXPIRED");
        assertThat(refusal(desk.inquire(no, MARTA))).isEqualTo("lender-denied");
        done(store.till.pay(ticket.id(), PRICE, TestStore.cash(8_900), MARTA));
    }
}
