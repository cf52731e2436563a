package mx.refahub.store.stock;

import static mx.refahub.store.TestStore.C1;
import static mx.refahub.store.TestStore.CENTRO;
import static mx.refahub.store.TestStore.LUCIA;
import static mx.refahub.store.TestStore.MARTA;
import static mx.refahub.store.TestStore.cash;
import static mx.refahub.store.TestStore.done;
import static mx.refahub.store.TestStore.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.stock.Holding;
import mx.refahub.domain.stock.LandedCost;
import mx.refahub.domain.stock.StockCounts;
import mx.refahub.domain.stock.StockDesk;
import mx.refahub.domain.stock.StockLine;
import mx.refahub.domain.stock.StockMovement.Kind;
import mx.refahub.domain.stock.TransferNumber;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.OrderRow;
import mx.refahub.domain.wire.PartRow;
import mx.refahub.domain.wire.SaleStockBody;
import mx.refahub.domain.wire.SettingsRow;
import mx.refahub.domain.wire.StockBody;
import mx.refahub.domain.wire.TransferRow;
import mx.refahub.store.TestStore;
import mx.refahub.store.purchase.SqliteOpenOrders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StockTest {
    private static final UUID NORTE = UUID.fromString("01890000-0000-7000-8000-00000000000b");

    @TempDir
    Path folder;

    private TestStore store;
    private PartId plug;

    @BeforeEach
    void open() {
        store = TestStore.open(folder);
        branches();
        plug = store.part("BKR6E-11", 8_500);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void goods_come_in_with_their_cost_and_a_sale_takes_its_share_off_the_shelf() {
        StockBody receipt = received(store.stock.receive(receipt(line("3", "33.333", "A-2")), LUCIA));
        sell(1);

        assertThat(receipt.lines().getFirst().value()).isEqualTo(10_000);
        StockDesk.Standing standing = standing();
        assertThat(standing.holding()).isEqualTo(new Holding(2_000, 6_667, 3_333));
        assertThat(standing.bins()).containsExactly(new StockDesk.InBin("A-2", Quantity.of(2)));
        SaleStockBody sold = store.json.readValue(lastBody(), SaleStockBody.class);
        assertThat(sold.moved()).singleElement().satisfies(moved -> {
            assertThat(moved.value()).isEqualTo(-3_333);
            assertThat(moved.bin()).isEqualTo("A-2");
        });
        assertThat(store.stock.kardex(plug, 10))
                .extracting(StockDesk.Entry::kind, entry -> entry.after().text())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Kind.SALE, "2"),
                        org.assertj.core.groups.Tuple.tuple(Kind.RECEIPT, "3"));
        assertThat(store.stock.kardex(plug, 10).getFirst().number()).matches("[A-Z0-9]+-\\d{6}");
    }

    @Test
    void the_same_act_again_changes_nothing_and_with_other_content_is_refused() {
        StockDesk.Receipt receipt = receipt(line("2", "10", ""));
        StockBody first = received(store.stock.receive(receipt, LUCIA));
        store = store.restarted();

        assertThat(received(store.stock.receive(receipt, LUCIA))).isEqualTo(first);
        assertThat(refusal(store.stock.receive(
                        new StockDesk.Receipt(
                                receipt.act(), "Otro", "", Money.MXN, BigDecimal.ONE, "", receipt.lines()),
                        LUCIA)))
                .isEqualTo("stock-act-differs");
        StockLine typed = receipt.lines().getFirst();
        StockLine mended = new StockLine(
                typed.id(),
                renamed(typed.part()),
                typed.quantity(),
                typed.bin(),
                new BigDecimal("10.00"),
                typed.lost());
        assertThat(received(store.stock.receive(
                        new StockDesk.Receipt(
                                receipt.act(),
                                receipt.supplier(),
                                receipt.reference(),
                                receipt.currency(),
                                receipt.rate(),
                                receipt.note(),
                                List.of(mended)),
                        LUCIA)))
                .as("the catalogue gave the part another name meanwhile")
                .isEqualTo(first);
        assertThat(store.count("stock_movement")).isEqualTo(1);
        assertThat(store.count("outbox")).isEqualTo(1);
    }

    @Test
    void an_order_that_the_hub_told_of_is_received_in_two_and_what_is_left_is_known_before_the_hub_answers() {
        UUID order = store.ids.next();
        hearOrder(order, 10_000, 0, false);
        assertThat(orders().open())
                .singleElement()
                .satisfies(open -> assertThat(open.number()).isEqualTo("OC-000007"));

        StockBody body = received(store.stock.receive(ofOrder(order, line("4", "38.5", "A-1")), LUCIA));

        assertThat(body.order()).isEqualTo(new StockBody.OrderBody(order, "OC-000007"));
        assertThat(openPieces(order)).isEqualTo("6");
        store = store.restarted();
        hearOrder(order, 10_000, 4_000, false);
        assertThat(openPieces(order)).isEqualTo("6");
        received(store.stock.receive(ofOrder(order, line("6", "38.5", "A-1")), LUCIA));
        assertThat(orders().open()).isEmpty();
        store.sales.change(mx.refahub.store.stock.StockLedger::addUp);
        assertThat(orders().one(order).orElseThrow().lines().getFirst().received())
                .isEqualTo(Quantity.of(10));
        hearOrder(order, 10_000, 10_000, true);
        assertThat(orders().open()).isEmpty();
    }

    @Test
    void a_line_beyond_what_is_open_of_its_order_is_refused_with_the_figures_and_the_rest_comes_in() {
        UUID order = store.ids.next();
        PartId filter = store.part("FL-1", 8_500);
        PartId stranger = store.part("OTRA-1", 100);
        hearOrder(order, 10_000, 0, false, filter);
        received(store.stock.receive(ofOrder(order, line("4", "38.5", "A-1")), MARTA));
        StockLine good = line(filter, "2", "50", "", "");
        StockLine fits = line("3", "38.5", "B-1");
        StockLine beyond = line("4", "38.5", "A-1");
        StockLine notOrdered = line(stranger, "1", "5", "", "");
        StockDesk.Receipt receipt = freightOf(
                ofOrder(order, fits, beyond, good, notOrdered),
                new LandedCost(Money.mxn(10_000), Money.mxn(0), Money.mxn(0), LandedCost.By.PIECES));
        StockDesk.Receipt tooMuch = ofOrder(order, line("7", "38.5", ""));

        StockDesk.TakenIn nothing = done(store.stock.receive(tooMuch, MARTA));
        StockDesk.TakenIn some = done(store.stock.receive(receipt, MARTA));

        assertThat(nothing.document()).isNull();
        assertThat(nothing.refused())
                .extracting(StockDesk.RefusedLine::reason)
                .containsExactly(Refusal.of("receipt-beyond", "OC-000007", "10", "4", "7", "1"));
        StockBody written = Objects.requireNonNull(some.document());
        assertThat(written.lines()).extracting(StockBody.LineBody::id).containsExactly(fits.id(), good.id());
        assertThat(Objects.requireNonNull(written.landed()).shares())
                .as("freight goes to what came in")
                .containsExactly(6_000L, 4_000L);
        assertThat(some.refused())
                .containsExactly(
                        new StockDesk.RefusedLine(
                                beyond.id(), Refusal.of("receipt-beyond", "OC-000007", "10", "7", "4", "1")),
                        new StockDesk.RefusedLine(notOrdered.id(), Refusal.of("receipt-not-ordered", "OC-000007")));
        assertThat(standing().holding().quantity()).isEqualTo(7_000);
        assertThat(openPieces(order)).isEqualTo("3");
        store = store.restarted();
        assertThat(done(store.stock.receive(receipt, MARTA)))
                .as("the answer was lost: the same act again names the same lines and takes nothing in twice")
                .isEqualTo(some);
        assertThat(store.count("stock_document")).isEqualTo(2);
    }

    @Test
    void what_is_beyond_an_order_comes_in_once_somebody_answers_for_it_and_the_document_names_them() {
        UUID order = store.ids.next();
        hearOrder(order, 10_000, 0, false);
        StockDesk.Receipt without = ofOrder(order, line("12", "38.5", "A-1"));
        assertThat(done(store.stock.receive(without, MARTA)).document()).isNull();
        StockDesk.Receipt with = new StockDesk.Receipt(
                without.act(),
                without.supplier(),
                without.reference(),
                without.currency(),
                without.rate(),
                without.note(),
                without.lines(),
                without.order(),
                null,
                new StockDesk.Surplus(LUCIA, "dos de regalo"));

        StockDesk.TakenIn kept = done(store.stock.receive(with, MARTA));

        StockBody body = Objects.requireNonNull(kept.document());
        assertThat(kept.refused()).isEmpty();
        assertThat(body.surplus())
                .isEqualTo(new StockBody.SurplusBody(LUCIA.id().value(), "Lucía", "dos de regalo"));
        assertThat(body.byName()).isEqualTo(MARTA.name());
        assertThat(standing().holding().quantity()).isEqualTo(12_000);
        assertThat(done(store.stock.receive(with, MARTA))).isEqualTo(kept);
        assertThat(refusal(store.stock.receive(without, MARTA))).isEqualTo("stock-act-differs");
    }

    @Test
    void the_same_delivery_is_not_taken_in_twice_by_its_papers_number_when_the_order_is_long_over() {
        UUID order = store.ids.next();
        hearOrder(order, 10_000, 10_000, true);
        StockDesk.Receipt byPaper = new StockDesk.Receipt(
                store.ids.next(),
                "Bujías del Norte",
                "F-1",
                Money.MXN,
                BigDecimal.ONE,
                "",
                List.of(line("10", "38.5", "")),
                new StockDesk.OfOrder(null, "OC-000007"));

        assertThat(done(store.stock.receive(byPaper, MARTA)).refused())
                .extracting(StockDesk.RefusedLine::reason)
                .containsExactly(Refusal.of("receipt-beyond", "OC-000007", "10", "10", "10", "10"));
        hearOrder(order, 10_000, 4_000, true);
        assertThat(done(store.stock.receive(byPaper, MARTA)).refused())
                .as("closed with six to come")
                .extracting(StockDesk.RefusedLine::reason)
                .containsExactly(Refusal.of("receipt-order-ended", "OC-000007"));
        assertThat(store.count("stock_document")).isZero();

        hearOrder(store.ids.next(), "OC-000008", 5_000, 0, false);
        StockBody body = received(store.stock.receive(
                new StockDesk.Receipt(
                        store.ids.next(),
                        "Bujías del Norte",
                        "F-2",
                        Money.MXN,
                        BigDecimal.ONE,
                        "",
                        List.of(line("5", "38.5", "")),
                        new StockDesk.OfOrder(null, "OC-000008")),
                MARTA));
        assertThat(Objects.requireNonNull(body.order()).id()).as("known here").isNotNull();
        store.clock.advance(Duration.ofDays(200));
        hearOrder(store.ids.next(), "OC-000009", 5_000, 5_000, true);
        assertThat(orders().one(order)).as("long over").isEmpty();
    }

    /** Of the whole act, or of its first line where none could be taken in. */
    private static String whyNot(Outcome<StockDesk.TakenIn> outcome) {
        return outcome.fold(
                taken -> {
                    assertThat(taken.document()).isNull();
                    return taken.refused().getFirst().reason().code();
                },
                Refusal::code);
    }

    private static StockBody received(Outcome<StockDesk.TakenIn> outcome) {
        return Objects.requireNonNull(done(outcome).document());
    }

    private SqliteOpenOrders orders() {
        return new SqliteOpenOrders(store.sales, store.reference, store.json);
    }

    private String openPieces(UUID order) {
        return orders().one(order).orElseThrow().lines().getFirst().open().text();
    }

    private static StockDesk.Receipt freightOf(StockDesk.Receipt receipt, LandedCost cost) {
        return new StockDesk.Receipt(
                receipt.act(),
                receipt.supplier(),
                receipt.reference(),
                receipt.currency(),
                receipt.rate(),
                receipt.note(),
                receipt.lines(),
                receipt.order(),
                new StockDesk.Charges(cost, Map.of()));
    }

    private StockDesk.Receipt ofOrder(UUID order, StockLine... lines) {
        return new StockDesk.Receipt(
                store.ids.next(),
                "Bujías del Norte",
                "F-1",
                Money.MXN,
                BigDecimal.ONE,
                "",
                List.of(lines),
                new StockDesk.OfOrder(order, "OC-000007"));
    }

    private void hearOrder(UUID order, long ordered, long received, boolean done, PartId... twoOfEach) {
        hearOrder(order, "OC-000007", ordered, received, done, twoOfEach);
    }

    private void hearOrder(UUID order, String number, long ordered, long received, boolean done, PartId... twoOfEach) {
        List<OrderRow.LineRow> lines = new ArrayList<>();
        lines.add(new OrderRow.LineRow(plug.value(), "BJ-7", ordered, received, "38.5"));
        for (PartId part : twoOfEach) lines.add(new OrderRow.LineRow(part.value(), "", 2_000, 0, "50"));
        store.publish(
                Stream.ORDERS,
                List.of(new OrderRow(
                        order, number, "Bujías del Norte", "MXN", "1", store.clock.instant(), null, done, lines)));
    }

    @Test
    void freight_and_duty_are_in_the_cost_of_the_pieces_and_in_what_they_cost_last() {
        PartId filter = store.part("FL-1", 8_500);
        StockLine cheap = line("3", "10", "");
        StockLine dear = line(filter, "1", "2.00", "", "");
        StockDesk.Receipt receipt = new StockDesk.Receipt(
                store.ids.next(),
                "Exporters",
                "INV-8",
                Currency.getInstance("USD"),
                BigDecimal.TEN,
                "",
                List.of(cheap, dear),
                null,
                new StockDesk.Charges(
                        new LandedCost(Money.mxn(10_000), Money.mxn(0), Money.mxn(1), LandedCost.By.WEIGHT),
                        Map.of(cheap.id(), 2_000L, dear.id(), 1_000L)));

        StockBody body = received(store.stock.receive(receipt, LUCIA));

        assertThat(body.landed()).isEqualTo(new StockBody.LandedBody(10_000, 0, 1, "WEIGHT", List.of(6_667L, 3_334L)));
        assertThat(body.lines()).extracting(StockBody.LineBody::unitCost).containsExactly("10", "2.00");
        assertThat(body.currency()).isEqualTo("USD");
        assertThat(standing().holding()).isEqualTo(new Holding(3_000, 36_667, 12_222));
        assertThat(store.stock.standing(List.of(filter)).get(filter).holding())
                .isEqualTo(new Holding(1_000, 5_334, 5_334));
        assertThat(received(store.stock.receive(receipt, LUCIA))).isEqualTo(body);
    }

    @Test
    void what_an_invoice_announces_is_shown_until_it_came_in_here_also_before_the_hub_has_told() {
        UUID order = store.ids.next();
        UUID invoice = store.ids.next();
        OrderRow row = new OrderRow(
                order,
                "OC-000007",
                "Bujías del Norte",
                "MXN",
                "1",
                store.clock.instant(),
                null,
                false,
                List.of(new OrderRow.LineRow(plug.value(), "BJ-7", 10_000, 0, "38.5")),
                List.of(new OrderRow.ExpectedRow(
                        invoice, "A 77", List.of(new OrderRow.ExpectedLine(plug.value(), 4_000, "39")))));
        store.publish(Stream.ORDERS, List.of(row));
        assertThat(orders().one(order).orElseThrow().expected())
                .singleElement()
                .satisfies(expected ->
                        assertThat(expected.lines().getFirst().quantity()).isEqualTo(Quantity.of(4)));

        received(store.stock.receive(
                new StockDesk.Receipt(
                        store.ids.next(),
                        "Bujías del Norte",
                        "A 77",
                        Money.MXN,
                        BigDecimal.ONE,
                        "",
                        List.of(line("4", "39", "")),
                        new StockDesk.OfOrder(order, "OC-000007", invoice)),
                LUCIA));

        assertThat(orders().one(order).orElseThrow().expected()).isEmpty();
        store.publish(Stream.ORDERS, List.of(row));
        assertThat(orders().one(order).orElseThrow().expected()).isEmpty();
        assertThat(openPieces(order)).isEqualTo("6");
    }

    @Test
    void dollars_come_in_at_the_days_rate() {
        received(store.stock.receive(
                new StockDesk.Receipt(
                        store.ids.next(),
                        "Exporters",
                        "INV-7",
                        Currency.getInstance("USD"),
                        new BigDecimal("17.1234"),
                        "",
                        List.of(line("10", "1.25", ""))),
                LUCIA));

        assertThat(standing().holding().value()).isEqualTo(21_404);
    }

    @Test
    void an_opening_and_its_value_count_and_the_bin_that_has_enough_is_taken() {
        store.publish(
                Stream.STOCK,
                List.of(new mx.refahub.domain.wire.StockRow(
                        CENTRO.value(), "CEN", plug.value(), 1_000, 1_000, "A-1", store.clock.instant(), 5_000L)));
        received(store.stock.receive(receipt(line("4", "60", "B-7")), LUCIA));

        sell(3);

        assertThat(standing().holding()).isEqualTo(new Holding(2_000, 11_600, 6_000));
        assertThat(standing().bins())
                .containsExactly(
                        new StockDesk.InBin("A-1", Quantity.of(1)), new StockDesk.InBin("B-7", Quantity.of(1)));
    }

    @Test
    void a_transfer_goes_out_with_a_paper_and_what_the_other_branch_refuses_can_be_taken_back() {
        received(store.stock.receive(receipt(line("5", "10", "")), LUCIA));
        StockBody sent = done(store.stock.send(
                new StockDesk.Sending(store.ids.next(), NORTE, "", List.of(line("3", "", ""))), LUCIA));

        assertThat(store.count("print_page")).isEqualTo(1);
        assertThat(standing().holding().quantity()).isEqualTo(2_000);
        TransferNumber number = new TransferNumber(sent.number());
        assertThat(store.stock.transfers()).singleElement().satisfies(transit -> {
            assertThat(transit.number()).isEqualTo(number);
            assertThat(transit.to()).isEqualTo("NTE");
        });

        received(store.stock.takeIn(
                new StockDesk.Arrival(store.ids.next(), number, "no la pidieron", List.of(line("2", "", ""))), LUCIA));

        assertThat(standing().holding()).isEqualTo(new Holding(4_000, 4_000, 1_000));
        assertThat(whyNot(store.stock.takeIn(
                        new StockDesk.Arrival(store.ids.next(), number, "", List.of(line("2", "", ""))), LUCIA)))
                .isEqualTo("transfer-line-more");
        assertThat(store.count("outbox")).isEqualTo(3);
    }

    @Test
    void a_transfer_that_is_known_comes_in_at_what_it_was_worth_and_what_is_missing_is_written_off() {
        TransferNumber number = TransferNumber.of("NTE", 1, new java.util.Random(7));
        hear(number, 3_000, 1_000, 0);

        StockBody in = received(store.stock.takeIn(
                new StockDesk.Arrival(store.ids.next(), number, "", List.of(line("2", "", "", "1"))), LUCIA));

        assertThat(in.unheard()).isFalse();
        assertThat(in.lines().getFirst().value()).isEqualTo(667);
        assertThat(in.lines().getFirst().lostValue()).isEqualTo(333);
        assertThat(store.stock.transfers()).isEmpty();
    }

    @Test
    void a_line_of_which_more_arrives_than_was_sent_is_refused_and_the_others_come_in() {
        TransferNumber number = TransferNumber.of("NTE", 2, new java.util.Random(7));
        PartId stranger = store.part("OTRA-1", 100);
        hear(number, 3_000, 1_000, 0);
        StockLine good = line("2", "", "");
        StockLine tooMany = line("2", "", "");
        StockLine notSent = line(stranger, "1", "", "", "");
        StockDesk.Arrival arrival =
                new StockDesk.Arrival(store.ids.next(), number, "", List.of(good, tooMany, notSent));

        StockDesk.TakenIn taken = done(store.stock.takeIn(arrival, LUCIA));

        assertThat(Objects.requireNonNull(taken.document()).lines())
                .extracting(StockBody.LineBody::id)
                .containsExactly(good.id());
        assertThat(taken.refused())
                .containsExactly(
                        new StockDesk.RefusedLine(tooMany.id(), Refusal.of("transfer-line-more", "BKR6E-11", "1")),
                        new StockDesk.RefusedLine(notSent.id(), Refusal.of("transfer-line-more", "OTRA-1", "0")));
        assertThat(done(store.stock.takeIn(arrival, LUCIA))).isEqualTo(taken);
        assertThat(standing().holding().quantity()).isEqualTo(2_000);
    }

    @Test
    void of_a_transfer_that_is_partly_taken_in_there_and_partly_taken_back_here_both_count_before_the_hub_has_told() {
        received(store.stock.receive(receipt(line("5", "10", "")), LUCIA));
        StockBody sent = done(store.stock.send(
                new StockDesk.Sending(store.ids.next(), NORTE, "", List.of(line("3", "", ""))), LUCIA));
        TransferNumber number = new TransferNumber(sent.number());
        store.publish(
                Stream.TRANSFERS,
                List.of(new TransferRow(
                        number.value(),
                        CENTRO.value(),
                        "CEN",
                        NORTE,
                        "NTE",
                        store.clock.instant(),
                        false,
                        List.of(new TransferRow.LineRow(plug.value(), 3_000, 3_000, 1_000, 0L)))));
        received(store.stock.takeIn(
                new StockDesk.Arrival(store.ids.next(), number, "", List.of(line("1", "", ""))), LUCIA));

        assertThat(store.stock.transfers()).singleElement().satisfies(transit -> {
            assertThat(transit.lines().getFirst().here()).isEqualTo(Quantity.ONE);
            assertThat(transit.lines().getFirst().elsewhere()).isEqualTo(Quantity.ONE);
        });
        assertThat(whyNot(store.stock.takeIn(
                        new StockDesk.Arrival(store.ids.next(), number, "", List.of(line("2", "", ""))), LUCIA)))
                .isEqualTo("transfer-line-more");
    }

    @Test
    void a_transfer_that_only_its_paper_knows_of_comes_in_once() {
        TransferNumber number = TransferNumber.of("SUR", 9, new java.util.Random(7));
        assertThat(refusal(store.stock.transfer(number))).isEqualTo("transfer-unheard");

        StockBody in = received(store.stock.takeIn(
                new StockDesk.Arrival(store.ids.next(), number, "", List.of(line("2", "", ""))), LUCIA));

        assertThat(in.unheard()).isTrue();
        assertThat(whyNot(store.stock.takeIn(
                        new StockDesk.Arrival(store.ids.next(), number, "", List.of(line("1", "", ""))), LUCIA)))
                .isEqualTo("transfer-taken-in");
        assertThat(refusal(store.stock.send(
                        new StockDesk.Sending(store.ids.next(), UUID.randomUUID(), "", List.of(line("1", "", ""))),
                        LUCIA)))
                .isEqualTo("branch-unknown");
    }

    @Test
    void a_count_finds_what_is_missing_although_pieces_are_sold_meanwhile() {
        received(store.stock.receive(receipt(line("10", "10", "A-1")), LUCIA));
        PartId forgotten = store.part("FORGOTTEN", 100);
        received(store.stock.receive(receipt(line(forgotten, "4", "5", "A-1", "")), LUCIA));
        UUID count = store.ids.next();
        done(store.counts.start(count, "a-1", MARTA));
        UUID scan = store.ids.next();
        done(store.counts.enter(scan, count, line("5", "", ""), false, MARTA));
        done(store.counts.enter(scan, count, line("5", "", ""), false, MARTA));
        sell(2);
        assertThat(done(store.counts.enter(store.ids.next(), count, line("4", "", ""), false, MARTA))
                        .quantity())
                .isEqualTo(Quantity.of(9));

        StockCounts.Review review = done(store.counts.review(count));
        assertThat(review.differing()).isEqualTo(1);
        assertThat(review.uncounted()).isEqualTo(1);
        assertThat(review.value()).isEqualTo(-1_000);
        StockCounts.Closed closed = done(store.counts.close(count, true, "", LUCIA));
        assertThat(done(store.counts.close(count, true, "", LUCIA))).isEqualTo(closed);

        assertThat(closed.value()).isEqualTo(-1_000 - 2_000);
        assertThat(standing().holding().quantity()).isEqualTo(7_000);
        assertThat(store.stock
                        .standing(List.of(forgotten))
                        .get(forgotten)
                        .holding()
                        .quantity())
                .isZero();
        assertThat(refusal(store.counts.enter(store.ids.next(), count, line("1", "", ""), false, MARTA)))
                .isEqualTo("count-finished");
    }

    @Test
    void an_adjustment_names_its_reason_and_stands_in_the_kardex() {
        done(store.stock.adjust(
                new StockDesk.Adjustment(
                        store.ids.next(), StockDesk.Reason.DAMAGED, "se cayó", List.of(line("-1", "", ""))),
                LUCIA));

        assertThat(standing().holding().quantity()).isEqualTo(-1_000);
        assertThat(store.stock.kardex(plug, 5).getFirst().byName()).isEqualTo("Lucía");
    }

    private PartId kit(PartId... pieces) {
        PartId id = new PartId(store.ids.next());
        PartRow row = TestStore.row(id, "KIT-" + pieces.length, "GENERAL", "02", 0);
        store.publish(
                Stream.CATALOGUE,
                List.of(new PartRow(
                        row.id(),
                        row.lineCode(),
                        row.partNumber(),
                        row.brand(),
                        row.nameEs(),
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
                                .map(piece -> new PartRow.RelationRow("COMPONENT", piece.value(), "", 2_000, "", ""))
                                .toList())));
        return id;
    }

    private Outcome<StockBody> kits(PartId kit, String quantity) {
        return store.stock.adjust(
                new StockDesk.Adjustment(
                        store.ids.next(), StockDesk.Reason.KIT, "", List.of(line(kit, quantity, "", "", ""))),
                LUCIA);
    }

    private long worth(PartId... parts) {
        return Arrays.stream(parts)
                .mapToLong(part -> {
                    StockDesk.Standing standing =
                            store.stock.standing(List.of(part)).get(part);
                    return standing == null ? 0 : standing.holding().value();
                })
                .sum();
    }

    private long pieces(PartId part) {
        return store.stock.standing(List.of(part)).get(part).holding().quantity();
    }

    /** By hand: two plugs at 10.33 and two gaskets at 5.00 are a kit of 30.66. */
    @Test
    void a_kit_is_made_up_of_the_pieces_on_the_shelf_and_taken_apart_for_what_they_are_worth() {
        PartId gasket = store.part("JUNTA-1", 5_000);
        PartId kit = kit(plug, gasket);
        received(store.stock.receive(
                receipt(line(plug, "5", "10.33", "A-1", ""), line(gasket, "4", "5", "A-2", "")), LUCIA));

        assertThat(refusal(kits(gasket, "1"))).isEqualTo("kit-none");
        assertThat(refusal(kits(kit, "3"))).isEqualTo("kit-short");
        assertThat(refusal(kits(kit, "-1"))).isEqualTo("kit-short");
        assertThat(pieces(plug)).isEqualTo(5_000);

        StockBody made = done(kits(kit, "2"));
        assertThat(made.reason()).isEqualTo("KIT");
        assertThat(made.lines())
                .extracting(StockBody.LineBody::part, StockBody.LineBody::quantity, StockBody.LineBody::value)
                .containsExactlyInAnyOrder(
                        tuple(plug.value(), -4_000L, -4_132L),
                        tuple(gasket.value(), -4_000L, -2_000L),
                        tuple(kit.value(), 2_000L, 6_132L));
        assertThat(pieces(plug)).isEqualTo(1_000);
        assertThat(pieces(gasket)).isZero();
        assertThat(pieces(kit)).isEqualTo(2_000);

        done(kits(kit, "-1"));
        assertThat(pieces(plug)).isEqualTo(3_000);
        assertThat(pieces(gasket)).isEqualTo(2_000);
        assertThat(pieces(kit)).isEqualTo(1_000);
        assertThat(worth(kit)).isEqualTo(3_066);
        assertThat(worth(plug, gasket, kit)).isEqualTo(5_165 + 2_000);
        assertThat(store.stock.kardex(kit, 5)).hasSize(2);
    }

    @Test
    void pieces_whose_opening_was_mended_below_what_left_make_a_kit_worth_nothing_and_it_is_taken_apart() {
        PartId gasket = store.part("JUNTA-1", 5_000);
        PartId kit = kit(gasket);
        store.openingStock(gasket, 4_000);
        store.openingStock(kit, 1_000);
        mended(gasket, -5_000);
        mended(kit, -3_000);

        StockBody apart = done(kits(kit, "-1"));
        assertThat(apart.lines().getLast().quantity()).isEqualTo(2_000);
        assertThat(pieces(gasket)).isEqualTo(6_000);
        StockBody made = done(kits(kit, "3"));
        assertThat(made.lines().getLast().quantity()).isEqualTo(3_000);
        assertThat(pieces(gasket)).isZero();
        assertThat(worth(gasket, kit)).isZero();
    }

    @Test
    void pieces_with_an_unsound_value_are_made_up_at_nothing() {
        PartId gasket = store.part("JUNTA-1", 5_000);
        PartId kit = kit(gasket);
        store.openingStock(gasket, 4_000);
        mended(gasket, -5_000);

        done(kits(kit, "1"));

        assertThat(pieces(kit)).isEqualTo(1_000);
        assertThat(worth(gasket, kit)).isZero();
    }

    private void mended(PartId part, long value) {
        store.reference.change(session ->
                session.update("update branch_stock set opening_value = ? where part_id = ?", value, part.value()));
    }

    @Test
    void kits_made_up_and_taken_apart_at_random_keep_every_centavo() {
        Random random = new Random(20_260_301);
        PartId gasket = store.part("JUNTA-1", 5_000);
        PartId ring = store.part("ARO-1", 700);
        PartId kit = kit(plug, gasket, ring);
        long paid = 0;
        for (int step = 0; step < 60; step++) {
            String pieces = Integer.toString(1 + random.nextInt(4));
            if (random.nextInt(3) == 0)
                for (PartId part : List.of(plug, gasket, ring)) {
                    String cost = "%d.%02d".formatted(random.nextInt(40), random.nextInt(100));
                    StockBody bought = received(store.stock.receive(receipt(line(part, pieces, cost, "", "")), LUCIA));
                    paid += bought.lines().getFirst().value();
                }
            else kits(kit, random.nextBoolean() ? pieces : "-" + pieces);
            assertThat(worth(plug, gasket, ring, kit)).as("step " + step).isEqualTo(paid);
        }
        assertThat(store.stock.kardex(kit, 100)).hasSizeGreaterThan(5);
    }

    @Test
    void the_sums_made_anew_are_the_sums_that_were_kept() {
        received(store.stock.receive(receipt(line("5", "10.333", "A-1")), LUCIA));
        sell(7);
        received(store.stock.receive(receipt(line("4", "12", "B-1")), LUCIA));
        StockBody sent = done(store.stock.send(
                new StockDesk.Sending(store.ids.next(), NORTE, "", List.of(line("1", "", ""))), LUCIA));
        StockDesk.Standing before = standing();

        store.sales.change(StockLedger::addUp);

        assertThat(standing()).isEqualTo(before);
        assertThat(whyNot(store.stock.takeIn(
                        new StockDesk.Arrival(
                                store.ids.next(), new TransferNumber(sent.number()), "", List.of(line("2", "", ""))),
                        LUCIA)))
                .isEqualTo("transfer-line-more");
    }

    @Test
    void what_is_on_hand_is_one_index_look_up() {
        String plan = store.sales.read(session -> String.join(
                "\n",
                session.all(
                        "explain query plan select moved, value, last_cost from stock_balance where part_id = ?",
                        row -> row.text("detail"),
                        plug.value())));
        assertThat(plan).contains("SEARCH stock_balance USING PRIMARY KEY");
    }

    private StockLine line(String quantity, String cost, String bin) {
        return line(quantity, cost, bin, "");
    }

    private StockLine line(String quantity, String cost, String bin, String lost) {
        return line(plug, quantity, cost, bin, lost);
    }

    private StockLine line(PartId part, String quantity, String cost, String bin, String lost) {
        return done(StockLine.of(
                new StockLine.Typed(store.ids.next(), part.value(), quantity, bin, cost, lost),
                store.catalogue.card(part).orElseThrow().part(),
                StockLine.Sign.EITHER,
                !cost.isEmpty()));
    }

    private StockDesk.Receipt receipt(@Nullable StockLine... lines) {
        return new StockDesk.Receipt(
                store.ids.next(), "Proveedora", "F-1", Money.MXN, BigDecimal.ONE, "", List.of(lines));
    }

    private StockDesk.Standing standing() {
        return store.stock.standing(List.of(plug)).get(plug);
    }

    private void sell(int pieces) {
        if (store.count("cash_session") == 0) store.openCashSession(C1);
        Ticket ticket = done(store.till.inHand(C1, MARTA));
        ticket = done(store.till.add(ticket.id(), store.ids.next(), plug, Quantity.of(pieces), MARTA));
        done(store.till.pay(
                ticket.id(),
                ticket.totals().total(),
                cash(ticket.totals().total().minor()),
                MARTA));
    }

    private byte[] lastBody() {
        return store.sales
                .read(session -> session.first(
                        "select body from outbox order by sequence desc limit 1", row -> row.bytes("body")))
                .orElseThrow();
    }

    private void hear(TransferNumber number, long sent, long value, long arrived) {
        store.publish(
                Stream.TRANSFERS,
                List.of(new TransferRow(
                        number.value(),
                        NORTE,
                        "NTE",
                        CENTRO.value(),
                        "CEN",
                        store.clock.instant(),
                        false,
                        List.of(new TransferRow.LineRow(plug.value(), sent, value, arrived)))));
    }

    private void branches() {
        store.publish(
                Stream.SETTINGS,
                List.of(new SettingsRow(
                        "Refaccionaria El Güero",
                        "CEN",
                        "Av. Juárez 100",
                        "America/Mexico_City",
                        "STANDARD",
                        "EKU9003173C9",
                        "ESCUELA KEMPER URGATE",
                        "601",
                        "06000",
                        "",
                        List.of(
                                new SettingsRow.RegisterRow(C1.value(), "Caja 1", "C1"),
                                new SettingsRow.RegisterRow(TestStore.C2.value(), "Caja 2", "C2")),
                        List.of(
                                new SettingsRow.BranchRow(CENTRO.value(), "CEN", "Centro"),
                                new SettingsRow.BranchRow(NORTE, "NTE", "Norte")))));
    }

    private static Part renamed(Part part) {
        return new Part(
                part.id(),
                part.lineCode(),
                part.number(),
                part.brand(),
                part.nameEs() + " nueva",
                part.nameEn(),
                part.category(),
                part.unit(),
                part.taxClass(),
                part.core(),
                part.satCode(),
                part.satUnit(),
                part.taxObject(),
                part.barcodes());
    }
}
