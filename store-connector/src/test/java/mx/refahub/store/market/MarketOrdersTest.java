package mx.refahub.store.market;

import static mx.refahub.store.TestStore.C1;
import static mx.refahub.store.TestStore.C2;
import static mx.refahub.store.TestStore.CENTRO;
import static mx.refahub.store.TestStore.MARTA;
import static mx.refahub.store.TestStore.RITA;
import static mx.refahub.store.TestStore.cash;
import static mx.refahub.store.TestStore.done;
import static mx.refahub.store.TestStore.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.market.MarketOrders.State;
import mx.refahub.domain.market.MarketOrders.Waiting;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.Payment;
import mx.refahub.domain.sale.Promised;
import mx.refahub.domain.sale.ReturnOf;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.CustomerRow;
import mx.refahub.domain.wire.LeaseBody;
import mx.refahub.domain.wire.LeaseRow;
import mx.refahub.domain.wire.MarketOrderRow;
import mx.refahub.store.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hub is never reached in here: what it told of an order came down before. */
class MarketOrdersTest {
    private TestStore store;
    private PartId plug;
    private PartId pump;
    private UUID order;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = TestStore.open(folder);
        plug = store.part("BKR6E-11", 8_500);
        pump = store.part("GMB-125", 90_000);
        store.openingStock(plug, 5_000);
        store.openingStock(pump, 1_000);
        store.openCashSession(C1);
        order = store.ids.next();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private record Told(UUID lease, PartId part, long pieces, long price) {}

    private Told line(PartId part, long pieces, long price) {
        return new Told(store.ids.next(), part, pieces, price);
    }

    private void tell(boolean withdrawn, boolean cancelled, String tracking, Told... lines) {
        Instant at = Instant.parse("2026-03-02T15:00:00Z");
        store.publish(
                Stream.LEASES,
                List.of(lines).stream()
                        .map(line -> new LeaseRow(
                                line.lease(),
                                CENTRO.value(),
                                "CEN",
                                CENTRO.value(),
                                "CEN",
                                line.part().value(),
                                line.pieces() * 1_000,
                                order,
                                null,
                                "Mercado Libre 2000001",
                                "hub",
                                true,
                                at,
                                at.plus(Duration.ofDays(14)),
                                null,
                                false,
                                withdrawn,
                                null,
                                null,
                                "",
                                new MarketOrderRow(
                                        order,
                                        "Mercado Libre",
                                        "2000001",
                                        lines.length,
                                        "Bujía",
                                        line.price(),
                                        "MARIA77",
                                        "Col. Roma",
                                        false,
                                        cancelled,
                                        tracking)))
                        .toList());
    }

    private Waiting only() {
        assertThat(store.marketOrders.open()).hasSize(1);
        return store.marketOrders.open().getFirst();
    }

    private List<String> types() {
        return store.outbox.after(0, 1_000, 10_000_000).stream()
                .map(document -> document.envelope().type())
                .toList();
    }

    private LeaseBody lastLease() {
        return store.outbox.after(0, 1_000, 10_000_000).stream()
                .filter(document -> document.envelope().type().equals(DocumentType.STOCK_LEASE))
                .map(document -> store.json.readValue(document.body(), LeaseBody.class))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    @Test
    void an_order_is_sold_in_one_act_at_the_marketplaces_price_and_is_the_same_sale_however_often_it_is_asked() {
        tell(false, false, "", line(plug, 2, 12_990), line(pump, 1, 109_900));
        assertThat(only()).satisfies(waiting -> {
            assertThat(waiting.state()).isEqualTo(State.READY);
            assertThat(waiting.total()).isEqualTo(Money.mxn(135_880));
            assertThat(waiting.buyer()).isEqualTo("MARIA77");
        });
        // Somebody else's ticket is in hand: it waits meanwhile.
        Ticket other = done(store.till.inHand(C1, MARTA));
        done(store.till.add(other.id(), store.ids.next(), plug, Quantity.ONE, MARTA));

        Sale sale = done(store.marketOrders.collect(order, C1, MARTA));
        store = store.restarted();
        assertThat(done(store.marketOrders.collect(order, C1, MARTA))).isEqualTo(sale);

        assertThat(sale.totals().total()).isEqualTo(Money.mxn(135_880));
        assertThat(sale.tenders()).singleElement().satisfies(tender -> {
            assertThat(tender.kind()).isEqualTo(Tender.Kind.MARKETPLACE);
            assertThat(tender.kind().satPaymentForm()).isEqualTo("31");
            assertThat(tender.reference()).isEqualTo("Mercado Libre 2000001");
        });
        assertThat(sale.promised())
                .isEqualTo(new Promised(order, Promised.MARKET, "Mercado Libre 2000001", Money.mxn(135_880)));
        assertThat(sale.lines().getFirst().note()).contains("MARIA77");
        assertThat(store.count("sale")).isEqualTo(1);
        // Nothing is set aside any more, which the hub hears of each line; the pieces left by the sale alone.
        assertThat(types()).containsSubsequence(DocumentType.SALE, DocumentType.STOCK_LEASE, DocumentType.STOCK_LEASE);
        assertThat(lastLease().step()).isEqualTo("RELEASED");
        assertThat(store.leases.promised(List.of(plug, pump))).isEmpty();
        assertThat(store.stock.byBranch(List.of(plug)).get(plug).getFirst().quantity())
                .isEqualTo(Quantity.of(3));
        assertThat(done(store.till.inHand(C1, MARTA)).lines()).isEmpty();
        assertThat(store.shelf.parked()).hasSize(1);
    }

    @Test
    void nothing_of_it_goes_through_the_drawer_and_what_comes_back_is_paid_back_by_the_marketplace() {
        Told sold = line(plug, 2, 12_990);
        long before = inDrawer();
        tell(false, false, "", sold);
        Sale sale = done(store.marketOrders.collect(order, C1, MARTA));
        assertThat(inDrawer()).isEqualTo(before);
        tell(true, true, "", sold);
        assertThat(only().state()).isEqualTo(State.TO_TAKE_BACK);
        assertThat(only().folio()).isEqualTo(sale.folio().text());

        Ticket ticket = done(store.till.inHand(C1, MARTA));
        ticket = done(store.returns.bringBack(
                ticket.id(),
                store.ids.next(),
                sale.id(),
                sale.lines().getFirst().id(),
                Quantity.of(2),
                ReturnOf.Reason.NOT_NEEDED,
                RITA,
                RITA));
        Money total = ticket.totals().total();
        assertThat(total).isEqualTo(Money.mxn(-25_980));
        assertThat(done(store.till.givenBack(ticket.id())).offers())
                .extracting(Payment.Offer::kind)
                .containsExactly(Tender.Kind.MARKETPLACE);
        assertThat(refusal(store.till.pay(ticket.id(), total, cash(25_980), RITA)))
                .isEqualTo("market-return-there");
        Sale back = done(store.till.pay(ticket.id(), total, new Payment(List.of()), RITA));
        assertThat(back.tenders()).singleElement().satisfies(tender -> {
            assertThat(tender.kind()).isEqualTo(Tender.Kind.MARKETPLACE);
            assertThat(tender.amount()).isEqualTo(total);
        });
        assertThat(inDrawer()).isEqualTo(before);
        assertThat(store.marketOrders.open()).isEmpty();
    }

    @Test
    void a_deposit_of_the_opening_load_beside_what_comes_back_is_not_paid_back_by_the_marketplace() {
        tell(false, false, "", line(plug, 2, 12_990));
        Sale sale = done(store.marketOrders.collect(order, C1, MARTA));
        UUID customer = store.ids.next();
        UUID deposit = store.ids.next();
        store.publish(
                Stream.CUSTOMERS,
                List.of(new CustomerRow(
                        customer,
                        Map.of("NAME", "Taller Hernández"),
                        customer,
                        0,
                        0,
                        null,
                        List.of(),
                        List.of(new CustomerRow.CoreRow(
                                deposit,
                                pump.value(),
                                "GMB",
                                "GMB-125",
                                "Bomba de agua",
                                "PZA",
                                "GENERAL",
                                "02",
                                "26101706",
                                "H87",
                                1_000,
                                60_000,
                                0,
                                0,
                                LocalDate.parse("2025-01-02"))))));
        UUID id = done(store.till.inHand(C1, MARTA)).id();
        done(store.till.sellTo(id, customer, MARTA));
        done(store.returns.bringBack(
                id,
                store.ids.next(),
                sale.id(),
                sale.lines().getFirst().id(),
                Quantity.of(2),
                ReturnOf.Reason.NOT_NEEDED,
                RITA,
                RITA));
        Ticket ticket = done(store.returns.bringBack(
                id, store.ids.next(), deposit, deposit, Quantity.ONE, ReturnOf.Reason.CORE, RITA, RITA));
        Money total = ticket.totals().total();
        assertThat(total).isEqualTo(Money.mxn(-85_980));

        assertThat(refusal(store.till.pay(id, total, new Payment(List.of()), RITA)))
                .isEqualTo("market-return-alone");
    }

    private long inDrawer() {
        return store.sales
                .read(session -> session.first(
                        "select coalesce(sum(amount), 0) as pesos from cash_journal where tender = 'CASH'",
                        row -> row.number("pesos")))
                .orElse(0L);
    }

    @Test
    void an_order_that_was_cancelled_before_it_was_collected_leaves_the_list_and_cannot_be_sold() {
        Told line = line(plug, 2, 12_990);
        tell(false, false, "", line);
        tell(true, true, "", line);
        assertThat(store.marketOrders.open()).isEmpty();
        assertThat(refusal(store.marketOrders.collect(order, C1, MARTA))).isEqualTo("market-order-unknown");
        assertThat(store.leases.promised(List.of(plug))).isEmpty();
    }

    @Test
    void one_that_is_cancelled_or_shrinks_while_its_ticket_is_in_hand_is_not_sold_as_it_was() {
        Told plugs = line(plug, 2, 12_990);
        Told pumps = line(pump, 1, 109_900);
        tell(false, false, "", plugs, pumps);
        UUID ticket = inHandOnly();
        tell(true, false, "", pumps);
        Ticket present = done(store.till.ticket(ticket));
        assertThat(refusal(store.till.pay(ticket, present.totals().total(), new Payment(List.of()), MARTA)))
                .isEqualTo("market-order-changed");
        tell(false, false, "", plugs);

        Sale sale = done(store.marketOrders.collect(order, C1, MARTA));
        assertThat(sale.id()).isEqualTo(ticket);
        assertThat(sale.totals().total()).isEqualTo(Money.mxn(25_980));
    }

    private void asked(PartId part, String tracking) {
        store.reference.change(
                session -> session.update("update part set tracking = ? where id = ?", tracking, part.value()));
    }

    /** Its ticket in hand and not paid, as after a crash between the two transactions of collecting. */
    private UUID inHandOnly() {
        // A drawer at another register is closed: refused there, and nothing is in hand.
        assertThat(refusal(store.marketOrders.collect(order, C2, MARTA))).isEqualTo("cash-session-closed");
        Ticket other = done(store.till.inHand(C1, MARTA));
        assertThat(other.lines()).isEmpty();
        asked(plug, "SERIAL");
        assertThat(refusal(store.marketOrders.collect(order, C1, MARTA))).isEqualTo("serial-missing");
        Ticket ticket = done(store.till.inHand(C1, MARTA));
        assertThat(ticket.promised()).isNotNull();
        asked(plug, "NONE");
        return ticket.id();
    }

    @Test
    void nothing_else_stands_on_its_ticket_and_nothing_else_pays_it() {
        tell(false, false, "", line(plug, 1, 12_990));
        asked(plug, "SERIAL");
        assertThat(refusal(store.marketOrders.collect(order, C1, MARTA))).isEqualTo("serial-missing");
        asked(plug, "NONE");
        Ticket ticket = done(store.till.inHand(C1, MARTA));
        assertThat(ticket.due()).isEqualTo(Money.mxn(0));
        assertThat(refusal(store.till.pay(ticket.id(), ticket.totals().total(), cash(12_990), MARTA)))
                .isEqualTo("market-order-paid");
        ticket = done(store.till.add(ticket.id(), store.ids.next(), pump, Quantity.ONE, MARTA));
        assertThat(refusal(store.till.pay(ticket.id(), ticket.totals().total(), new Payment(List.of()), MARTA)))
                .isEqualTo("market-order-alone");
        // Taken off, it is ready to be collected again, and the rest is sold by itself.
        ticket = done(store.till.remove(ticket.id(), ticket.lines().getFirst().id(), MARTA));
        assertThat(ticket.promised()).isNull();
        done(store.till.pay(ticket.id(), ticket.totals().total(), cash(90_000), MARTA));
        assertThat(only().state()).isEqualTo(State.READY);
        done(store.marketOrders.collect(order, C1, MARTA));
    }

    @Test
    void what_else_was_put_on_its_ticket_is_taken_off_and_the_order_is_sold_as_it_was() {
        tell(false, false, "", line(plug, 1, 12_990));
        UUID id = inHandOnly();
        Ticket ticket = done(store.till.add(id, store.ids.next(), pump, Quantity.ONE, MARTA));
        ticket = done(store.till.remove(id, ticket.lines().getLast().id(), MARTA));

        assertThat(ticket.promised()).isNotNull();
        assertThat(ticket.due()).isEqualTo(Money.mxn(0));
        Sale sale = done(store.till.pay(id, ticket.totals().total(), new Payment(List.of()), MARTA));
        assertThat(sale.tenders()).extracting("kind").containsExactly(Tender.Kind.MARKETPLACE);
        assertThat(lastLease().step()).isEqualTo("RELEASED");
    }

    @Test
    void an_order_whose_price_comes_later_is_sold_at_that_price() {
        UUID lease = store.ids.next();
        tell(false, false, "", new Told(lease, plug, 1, 0));
        assertThat(refusal(store.marketOrders.collect(order, C1, MARTA))).isEqualTo("market-order-unpriced");
        tell(false, false, "", new Told(lease, plug, 1, 12_990));

        Sale sale = done(store.marketOrders.collect(order, C1, MARTA));

        assertThat(sale.totals().total()).isEqualTo(Money.mxn(12_990));
    }

    @Test
    void what_an_older_version_set_aside_without_naming_the_order_is_sold_as_it() {
        tell(false, false, "", line(plug, 1, 12_990));
        store.sales.change(session -> session.update("""
                update stock_lease_step
                set ticket_id = null, body = cast(json_remove(cast(body as text), '$.ticket', '$.market') as blob)
                """));

        Sale sale = done(store.marketOrders.collect(order, C1, MARTA));

        assertThat(sale.promised()).isNotNull();
        assertThat(lastLease().step()).isEqualTo("RELEASED");
    }

    @Test
    void the_parcel_is_not_told_of_what_was_cancelled_before_the_sale() {
        Told plugs = line(plug, 2, 12_990);
        Told pumps = line(pump, 1, 109_900);
        tell(false, false, "", plugs, pumps);
        tell(true, false, "", pumps);
        tell(false, false, "", plugs);
        done(store.marketOrders.collect(order, C1, MARTA));

        done(store.marketOrders.ship(order, "Estafeta", "MEL1", MARTA));

        List<UUID> sent = store.sales.read(session ->
                session.all("select lease_id from stock_lease_step where step = 'SENT'", row -> row.id("lease_id")));
        assertThat(sent).containsExactly(plugs.lease());
    }

    @Test
    void what_was_sold_meanwhile_is_short_and_whoever_finds_the_piece_may_hand_it_over() {
        Ticket ticket = done(store.till.inHand(C1, MARTA));
        ticket = done(store.till.add(ticket.id(), store.ids.next(), pump, Quantity.ONE, MARTA));
        done(store.till.pay(ticket.id(), ticket.totals().total(), cash(100_000), MARTA));
        tell(false, false, "", line(pump, 1, 109_900));
        assertThat(only().state()).isEqualTo(State.SHORT);
        assertThat(only().lines().getFirst().reserved()).isEqualTo(Quantity.ZERO);
        done(store.marketOrders.collect(order, C1, MARTA));
    }

    @Test
    void the_parcel_is_told_once_and_only_of_what_was_sold() {
        Told line = line(plug, 2, 12_990);
        tell(false, false, "", line);
        assertThat(refusal(store.marketOrders.ship(order, "Estafeta", "MEL1", MARTA)))
                .isEqualTo("market-not-sold");
        done(store.marketOrders.collect(order, C1, MARTA));
        assertThat(only().state()).isEqualTo(State.TO_SHIP);
        assertThat(refusal(store.marketOrders.ship(order, "Estafeta", " ", MARTA)))
                .isEqualTo("market-parcel-empty");

        done(store.marketOrders.ship(order, "Estafeta", "MEL1", MARTA));
        int written = types().size();
        store = store.restarted();
        done(store.marketOrders.ship(order, "Estafeta", "MEL1", MARTA));

        assertThat(types()).hasSize(written);
        assertThat(refusal(store.marketOrders.ship(order, "DHL", "X", MARTA))).isEqualTo("market-parcel-told");
        assertThat(lastLease()).satisfies(body -> {
            assertThat(body.step()).isEqualTo("SENT");
            assertThat(body.number()).isEqualTo("MEL1");
            assertThat(body.why()).isEqualTo("Estafeta");
            assertThat(body.market().order()).isEqualTo(order);
        });
        assertThat(store.marketOrders.open()).isEmpty();
    }
}
