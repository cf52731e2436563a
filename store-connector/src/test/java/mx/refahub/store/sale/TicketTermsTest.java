package mx.refahub.store.sale;

import static mx.refahub.store.TestStore.C1;
import static mx.refahub.store.TestStore.C2;
import static mx.refahub.store.TestStore.MARTA;
import static mx.refahub.store.TestStore.RITA;
import static mx.refahub.store.TestStore.cash;
import static mx.refahub.store.TestStore.done;
import static mx.refahub.store.TestStore.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.Discount;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.sale.TicketShelf.Parked;
import mx.refahub.store.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Discounts, notes, and tickets that wait. */
class TicketTermsTest {
    private static final Discount.Percent FIVE = new Discount.Percent(BigDecimal.valueOf(5));
    private static final Discount.Percent TEN = new Discount.Percent(BigDecimal.TEN);
    private static final Discount.Percent FORTY = new Discount.Percent(BigDecimal.valueOf(40));

    private TestStore store;
    private PartId plug;
    private Ticket ticket;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = TestStore.open(folder);
        plug = store.part("BKR6E-11", 10_000);
        store.openCashSession(C1);
        store.openCashSession(C2);
        Ticket empty = done(store.till.inHand(C1, MARTA));
        ticket = done(store.till.add(empty.id(), store.ids.next(), plug, Quantity.of(3), MARTA));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private UUID line() {
        return ticket.lines().getFirst().id();
    }

    @Test
    void a_discount_within_the_own_limit_stands_on_the_sale_with_its_reason_and_who_gave_it() {
        Ticket less = done(store.till.discount(ticket.id(), line(), FIVE, " cliente frecuente ", MARTA, null));

        assertThat(less.totals().total()).isEqualTo(Money.mxn(28_500));
        assertThat(less.totals().savings()).isEqualTo(Money.mxn(1_500));
        Sale sale = done(store.till.pay(ticket.id(), Money.mxn(28_500), cash(28_500), MARTA));
        SaleLine sold = sale.lines().getFirst();
        assertThat(sold.amounts().discount()).isEqualTo(Money.mxn(1_293));
        assertThat(sold.amounts().base().plus(sold.amounts().tax())).isEqualTo(Money.mxn(28_500));
        assertThat(sold.grant()).isNotNull();
        assertThat(sold.grant().reason()).isEqualTo("cliente frecuente");
        assertThat(sold.grant().byName()).isEqualTo(MARTA.name());
        assertThat(store.till.sale(sale.id())).contains(sale);
    }

    @Test
    void above_the_limit_a_supervisor_answers_within_the_own_limit() {
        assertThat(refusal(store.till.discount(ticket.id(), line(), TEN, "daño en caja", MARTA, null)))
                .isEqualTo("discount-needs-approval");
        assertThat(refusal(store.till.discount(ticket.id(), line(), FORTY, "daño en caja", MARTA, RITA)))
                .isEqualTo("discount-above-approver");
        Ticket less = done(store.till.discount(ticket.id(), line(), TEN, "daño en caja", MARTA, RITA));
        assertThat(less.lines().getFirst().grant().byName()).isEqualTo(RITA.name());
        assertThat(refusal(store.till.discount(
                        ticket.id(), line(), new Discount.UnitPrice(Money.mxn(9_499)), "mostrador", MARTA, null)))
                .isEqualTo("discount-needs-approval");
    }

    @Test
    void a_discount_needs_a_reason_is_replaced_by_the_next_and_taken_off_by_none() {
        assertThat(refusal(store.till.discount(ticket.id(), line(), FIVE, "  ", MARTA, null)))
                .isEqualTo("reason-missing");
        assertThat(refusal(store.till.discount(ticket.id(), line(), FIVE, "x".repeat(121), MARTA, null)))
                .isEqualTo("reason-too-long");
        done(store.till.discount(ticket.id(), line(), FIVE, "uno", MARTA, null));
        Ticket priced = done(
                store.till.discount(ticket.id(), line(), new Discount.UnitPrice(Money.mxn(9_800)), "dos", MARTA, null));
        assertThat(priced.totals().total()).isEqualTo(Money.mxn(29_400));
        Ticket full = done(store.till.discount(ticket.id(), line(), null, "", MARTA, null));
        assertThat(full).isEqualTo(ticket);
        assertThat(refusal(store.till.discount(ticket.id(), store.ids.next(), FIVE, "x", MARTA, null)))
                .isEqualTo("line-unknown");
    }

    @Test
    void a_unit_price_above_the_list_is_a_price_and_no_discount() {
        Ticket more = done(store.till.discount(
                ticket.id(), line(), new Discount.UnitPrice(Money.mxn(12_000)), "urgente", MARTA, null));
        assertThat(more.totals().total()).isEqualTo(Money.mxn(36_000));
        assertThat(more.totals().discount()).isEqualTo(Money.mxn(0));
    }

    @Test
    void a_discount_on_the_ticket_leaves_deposits_alone() {
        PartId alternator = store.part("23-11254", 100_000, true, "GENERAL", "02", 60_000);
        done(store.till.add(ticket.id(), store.ids.next(), alternator, Quantity.ONE, MARTA));

        Ticket less = done(store.till.discountAll(ticket.id(), FIVE, "apertura", MARTA, null));

        assertThat(less.totals().cores()).isEqualTo(Money.mxn(60_000));
        assertThat(less.totals().total()).isEqualTo(Money.mxn(28_500 + 95_000 + 60_000));
        assertThat(refusal(
                        store.till.discount(ticket.id(), less.lines().getLast().id(), FIVE, "x", MARTA, null)))
                .isEqualTo("line-follows");
    }

    @Test
    void a_line_with_its_own_terms_is_not_merged_with_the_next_scan() {
        done(store.till.discount(ticket.id(), line(), FIVE, "uno", MARTA, null));
        Ticket two = done(store.till.add(ticket.id(), store.ids.next(), plug, Quantity.ONE, MARTA));
        assertThat(two.lines()).hasSize(2);
        done(store.till.note(ticket.id(), two.lines().get(1).id(), "para el Tsuru", MARTA));
        Ticket three = done(store.till.add(ticket.id(), store.ids.next(), plug, Quantity.ONE, MARTA));
        assertThat(three.lines()).hasSize(3);
    }

    @Test
    void a_note_stands_on_the_sale() {
        done(store.till.note(ticket.id(), line(), "  revisar rosca ", MARTA));
        assertThat(refusal(store.till.note(ticket.id(), line(), "x".repeat(121), MARTA)))
                .isEqualTo("note-too-long");
        Sale sale = done(store.till.pay(ticket.id(), Money.mxn(30_000), cash(30_000), MARTA));
        assertThat(sale.lines().getFirst().note()).isEqualTo("revisar rosca");
    }

    @Test
    void a_ticket_waits_is_seen_by_all_and_taken_up_at_another_register_as_it_was() {
        Parked parked = done(store.shelf.park(ticket.id(), "Sr. Núñez, Tsuru", MARTA));
        assertThat(parked.total()).isEqualTo(Money.mxn(30_000));
        assertThat(done(store.shelf.park(ticket.id(), "otra vez", MARTA))).isEqualTo(parked);
        assertThat(done(store.till.inHand(C1, MARTA)).id()).isNotEqualTo(ticket.id());
        assertThat(refusal(store.till.add(ticket.id(), store.ids.next(), plug, Quantity.ONE, MARTA)))
                .isEqualTo("ticket-parked");
        assertThat(refusal(store.till.pay(ticket.id(), Money.mxn(30_000), cash(30_000), MARTA)))
                .isEqualTo("ticket-parked");

        store = store.restarted();
        assertThat(store.shelf.parked()).containsExactly(parked);
        Ticket taken = done(store.shelf.recall(C2, ticket.id(), RITA));

        assertThat(taken.lines()).isEqualTo(ticket.lines());
        assertThat(done(store.till.inHand(C2, RITA))).isEqualTo(taken);
        assertThat(done(store.shelf.recall(C2, ticket.id(), RITA))).isEqualTo(taken);
        assertThat(store.shelf.parked()).isEmpty();
        assertThat(refusal(store.shelf.recall(C1, ticket.id(), MARTA))).isEqualTo("ticket-not-parked");
        Sale sale = done(store.till.pay(ticket.id(), Money.mxn(30_000), cash(30_000), RITA));
        assertThat(sale.folio().text()).isEqualTo("C2-000001");
        assertThat(refusal(store.shelf.recall(C1, ticket.id(), MARTA))).isEqualTo("ticket-not-parked");
    }

    @Test
    void taking_one_up_puts_the_one_in_hand_in_its_place() {
        done(store.shelf.park(ticket.id(), "primero", MARTA));
        Ticket second = done(store.till.inHand(C1, MARTA));
        done(store.till.add(second.id(), store.ids.next(), plug, Quantity.ONE, MARTA));

        done(store.shelf.recall(C1, ticket.id(), MARTA));

        assertThat(store.shelf.parked()).extracting(Parked::ticket).containsExactly(second.id());
    }

    @Test
    void a_waiting_ticket_is_thrown_away_once_and_an_empty_one_does_not_wait() {
        done(store.shelf.park(ticket.id(), "", MARTA));
        Ticket empty = done(store.till.inHand(C1, MARTA));
        assertThat(refusal(store.shelf.park(empty.id(), "", MARTA))).isEqualTo("ticket-empty");

        assertThat(done(store.shelf.drop(ticket.id(), MARTA))).isEmpty();
        assertThat(done(store.shelf.drop(ticket.id(), MARTA))).isEmpty();
        assertThat(refusal(store.shelf.recall(C1, ticket.id(), MARTA))).isEqualTo("ticket-not-parked");
        assertThat(refusal(store.shelf.drop(empty.id(), MARTA))).isEqualTo("ticket-not-parked");
        assertThat(refusal(store.till.pay(ticket.id(), Money.mxn(30_000), cash(30_000), MARTA)))
                .isEqualTo("ticket-finished");
        assertThat(store.count("outbox")).isEqualTo(2);
    }
}
