package mx.refahub.store.price;

import static mx.refahub.store.TestStore.C1;
import static mx.refahub.store.TestStore.MARTA;
import static mx.refahub.store.TestStore.RITA;
import static mx.refahub.store.TestStore.cash;
import static mx.refahub.store.TestStore.done;
import static mx.refahub.store.TestStore.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.pricing.Buyer;
import mx.refahub.domain.pricing.PriceLevel;
import mx.refahub.domain.pricing.PriceReason;
import mx.refahub.domain.sale.Discount;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.sale.TicketLine;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.PriceBookRow;
import mx.refahub.store.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The price book at the till, with the cable out. */
class TicketPricesTest {
    /** At ten in the morning of which the test's clock stands. */
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

    private TestStore store;
    private PartId plug;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = TestStore.open(folder);
        plug = store.part("BKR6E-11", 10_000);
        store.openCashSession(C1);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private PriceBookRow price(String level, int from, long amount, LocalDate starts) {
        return new PriceBookRow(
                store.ids.next(),
                1,
                new PriceBookRow.RuleRow(
                        "PART", plug.toString(), level, null, from * 1000L, amount, true, null, starts, null),
                null);
    }

    private PriceBookRow promotion(UUID id, String effect, long value, int take, int pay) {
        return new PriceBookRow(
                id,
                1,
                null,
                new PriceBookRow.PromotionRow(
                        "Semana de bujías",
                        effect,
                        value,
                        take,
                        pay,
                        List.of(),
                        List.of(new PriceBookRow.TargetRow("BRAND", "ngk")),
                        List.of(),
                        List.of(),
                        0,
                        TODAY,
                        null));
    }

    private Ticket with(int quantity) {
        Ticket ticket = done(store.till.inHand(C1, MARTA));
        return done(store.till.add(ticket.id(), store.ids.next(), plug, Quantity.of(quantity), MARTA));
    }

    private static TicketLine line(Ticket ticket) {
        return ticket.lines().getFirst();
    }

    @Test
    void a_break_is_reached_and_left_with_the_quantity_and_the_finished_sale_says_why() {
        store.publish(Stream.PRICE_BOOK, List.of(price("PUBLICO", 4, 9_000, TODAY)));
        Ticket ticket = with(2);
        assertThat(ticket.totals().total()).isEqualTo(Money.mxn(20_000));

        Ticket five = done(store.till.quantity(ticket.id(), line(ticket).id(), Quantity.of(5), MARTA));
        assertThat(five.totals().total()).isEqualTo(Money.mxn(45_000));
        assertThat(five.totals().savings()).isEqualTo(Money.mxn(5_000));
        Ticket three = done(store.till.quantity(ticket.id(), line(ticket).id(), Quantity.of(3), MARTA));
        assertThat(three.totals().total()).isEqualTo(Money.mxn(30_000));
        done(store.till.add(ticket.id(), store.ids.next(), plug, Quantity.ONE, MARTA));

        Sale sale = done(store.till.pay(ticket.id(), Money.mxn(36_000), cash(36_000), MARTA));

        PriceReason why = sale.lines().getFirst().priceReason();
        assertThat(why).isNotNull();
        assertThat(why.level()).isEqualTo(PriceLevel.PUBLICO);
        assertThat(why.from()).isEqualTo(Quantity.of(4));
        assertThat(why.bookVersion()).isEqualTo(store.streams.version(Stream.PRICE_BOOK));
        assertThat(why.day()).isEqualTo(TODAY);
        assertThat(store.till.sale(sale.id())).contains(sale);
    }

    @Test
    void a_price_that_starts_tomorrow_starts_tomorrow_with_the_cable_out() {
        store.publish(Stream.PRICE_BOOK, List.of(price("PUBLICO", 0, 12_000, TODAY.plusDays(1))));
        Ticket overnight = with(1);
        assertThat(overnight.totals().total()).isEqualTo(Money.mxn(10_000));
        assertThat(store.catalogue.card(plug).orElseThrow().priceText()).isEqualTo("$100.00");

        store.clock.advance(Duration.ofDays(1));

        assertThat(store.catalogue.card(plug).orElseThrow().priceText()).isEqualTo("$120.00");
        assertThat(refusal(store.till.pay(overnight.id(), Money.mxn(10_000), cash(10_000), MARTA)))
                .isEqualTo("ticket-changed");
        Sale sale = done(store.till.pay(overnight.id(), Money.mxn(12_000), cash(12_000), MARTA));
        assertThat(sale.lines().getFirst().listPrice().amount()).isEqualTo(Money.mxn(12_000));
        assertThat(sale.totals().savings()).isEqualTo(Money.mxn(0));
    }

    @Test
    void midnight_is_the_branchs_own() {
        store.publish(Stream.PRICE_BOOK, List.of(price("PUBLICO", 0, 12_000, TODAY.plusDays(1))));
        // 23:30 in Mexico City, the next day already in Greenwich.
        store.clock.advance(Duration.ofMinutes(13 * 60 + 30));
        assertThat(with(1).totals().total()).isEqualTo(Money.mxn(10_000));
    }

    @Test
    void three_for_two_lets_the_third_go_free_and_a_discount_by_hand_takes_its_place() {
        UUID id = store.ids.next();
        store.publish(Stream.PRICE_BOOK, List.of(promotion(id, "TAKE_PAY", 0, 3, 2)));

        Ticket ticket = with(3);
        assertThat(ticket.totals().total()).isEqualTo(Money.mxn(20_000));
        assertThat(line(ticket).priceReason().promotion()).isEqualTo(id);
        assertThat(refusal(store.till.discount(
                        ticket.id(), line(ticket).id(), new Discount.Percent(BigDecimal.ONE), "raspada", MARTA, null)))
                .isEqualTo("promotion-saves-more");
        assertThat(done(store.till.inHand(C1, MARTA)).totals().total()).isEqualTo(Money.mxn(20_000));
        Discount.Percent forty = new Discount.Percent(BigDecimal.valueOf(40));
        Person owner = new Person(RITA.id(), "Rita", Role.ADMIN);
        Ticket byHand = done(store.till.discount(ticket.id(), line(ticket).id(), forty, "raspada", MARTA, owner));
        assertThat(byHand.totals().total()).isEqualTo(Money.mxn(18_000));
        Ticket more = done(store.till.quantity(ticket.id(), line(ticket).id(), Quantity.of(6), MARTA));
        assertThat(more.totals().total()).isEqualTo(Money.mxn(36_000));
        Ticket again = done(store.till.discount(ticket.id(), line(ticket).id(), null, "", MARTA, null));
        assertThat(again.totals().total()).isEqualTo(Money.mxn(40_000));

        Sale sale = done(store.till.pay(ticket.id(), Money.mxn(40_000), cash(40_000), MARTA));
        assertThat(sale.lines().getFirst().priceReason().promotionOff()).isEqualTo(Money.mxn(20_000));
        assertThat(sale.lines().getFirst().priceReason().promotionName()).isEqualTo("Semana de bujías");
        assertThat(sale.totals().savings()).isEqualTo(Money.mxn(20_000));
    }

    @Test
    void a_discount_by_hand_sleeps_while_the_promotion_of_a_larger_quantity_saves_more() {
        Discount.Percent five = new Discount.Percent(BigDecimal.valueOf(5));
        store.publish(Stream.PRICE_BOOK, List.of(promotion(store.ids.next(), "TAKE_PAY", 0, 3, 2)));
        Ticket one = with(1);
        UUID line = line(one).id();
        one = done(store.till.discount(one.id(), line, five, "raspada", MARTA, null));
        assertThat(one.totals().total()).isEqualTo(Money.mxn(9_500));

        Ticket three = done(store.till.quantity(one.id(), line, Quantity.of(3), MARTA));
        assertThat(three.totals().total()).isEqualTo(Money.mxn(20_000));
        assertThat(line(three).discount()).isNull();
        assertThat(line(three).grant()).isNull();
        assertThat(line(three).priceReason().promotionName()).isEqualTo("Semana de bujías");

        Ticket two = done(store.till.quantity(one.id(), line, Quantity.of(2), MARTA));
        assertThat(two.totals().total()).isEqualTo(Money.mxn(19_000));
        assertThat(line(two).grant().reason()).isEqualTo("raspada");
        done(store.till.quantity(one.id(), line, Quantity.of(3), MARTA));

        SaleLine sold = done(store.till.pay(one.id(), Money.mxn(20_000), cash(20_000), MARTA))
                .lines()
                .getFirst();
        assertThat(sold.grant()).isNull();
        assertThat(sold.priceReason().promotionOff()).isEqualTo(Money.mxn(10_000));
    }

    @Test
    void a_discount_of_the_whole_ticket_leaves_a_promotion_that_saves_more() {
        Discount.Percent five = new Discount.Percent(BigDecimal.valueOf(5));
        store.publish(Stream.PRICE_BOOK, List.of(promotion(store.ids.next(), "TAKE_PAY", 0, 3, 2)));
        Ticket ticket = with(3);
        assertThat(ticket.totals().total()).isEqualTo(Money.mxn(20_000));

        assertThat(refusal(store.till.discountAll(ticket.id(), five, "por volumen", MARTA, null)))
                .isEqualTo("promotions-save-more");
        assertThat(done(store.till.inHand(C1, MARTA)).totals().total()).isEqualTo(Money.mxn(20_000));

        Ticket one = done(store.till.quantity(ticket.id(), line(ticket).id(), Quantity.ONE, MARTA));
        assertThat(one.totals().total()).isEqualTo(Money.mxn(10_000));
        Ticket less = done(store.till.discountAll(ticket.id(), five, "por volumen", MARTA, null));
        assertThat(less.totals().total()).isEqualTo(Money.mxn(9_500));
    }

    @Test
    void a_withdrawn_promotion_is_over_at_the_next_change_and_a_snapshot_replaces_the_book() {
        UUID id = store.ids.next();
        store.publish(
                Stream.PRICE_BOOK,
                List.of(promotion(id, "PERCENT_OFF", 1_000, 0, 0), price("PUBLICO", 9, 8_000, TODAY)));
        Ticket ticket = with(1);
        assertThat(ticket.totals().total()).isEqualTo(Money.mxn(9_000));

        store.publish(Stream.PRICE_BOOK, List.of(new PriceBookRow(id, 2, null, null)));
        assertThat(done(store.till.ticket(ticket.id())).totals().total()).isEqualTo(Money.mxn(9_000));
        Ticket ten = done(store.till.quantity(ticket.id(), line(ticket).id(), Quantity.of(10), MARTA));
        assertThat(ten.totals().total()).isEqualTo(Money.mxn(80_000));
    }

    @Test
    void a_workshop_pays_its_level_and_who_buys_may_change() throws Exception {
        store.publish(Stream.PRICE_BOOK, List.of(price("TALLER", 0, 8_500, TODAY)));
        Ticket ticket = with(2);
        assertThat(ticket.totals().total()).isEqualTo(Money.mxn(20_000));

        store.buyer = new Buyer(new PriceLevel("TALLER"), null);
        store.sales.change(session -> store.ticketPrices.reprice(
                session, ticket.id(), store.branches.current().orElseThrow()));

        Ticket workshop = done(store.till.ticket(ticket.id()));
        assertThat(workshop.totals().total()).isEqualTo(Money.mxn(17_000));
        assertThat(line(workshop).priceReason().level()).isEqualTo(new PriceLevel("TALLER"));
    }
}
