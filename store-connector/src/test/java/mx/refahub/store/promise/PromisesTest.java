package mx.refahub.store.promise;

import static mx.refahub.store.TestStore.C1;
import static mx.refahub.store.TestStore.C2;
import static mx.refahub.store.TestStore.MARTA;
import static mx.refahub.store.TestStore.RITA;
import static mx.refahub.store.TestStore.cash;
import static mx.refahub.store.TestStore.done;
import static mx.refahub.store.TestStore.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.lowagie.text.pdf.PdfReader;
import com.lowagie.text.pdf.parser.PdfTextExtractor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import mx.refahub.domain.cash.CashCount;
import mx.refahub.domain.cash.CashReport;
import mx.refahub.domain.cash.Denomination;
import mx.refahub.domain.credit.StoreCredit;
import mx.refahub.domain.customer.CustomerField;
import mx.refahub.domain.device.Printout;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Price;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.promise.Promise;
import mx.refahub.domain.promise.Promises;
import mx.refahub.domain.rate.ExchangeRate;
import mx.refahub.domain.sale.GiftVoucher;
import mx.refahub.domain.sale.MiscItem;
import mx.refahub.domain.sale.Payment;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.tax.TaxClass;
import mx.refahub.domain.wire.PriceRow;
import mx.refahub.store.TestStore;
import mx.refahub.store.backup.Replay;
import mx.refahub.store.credit.SpentElsewhere;
import mx.refahub.store.credit.SqliteCredits;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromisesTest {
    private TestStore store;
    private PartId plug;
    private UUID cashSession;
    private UUID customer;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = TestStore.open(folder);
        plug = store.part("BKR6E-11", 10_000);
        cashSession = store.openCashSession(C1).id();
        customer = done(store.customers.make(
                        store.ids.next(),
                        Map.of(CustomerField.NAME, "Taller Núñez", CustomerField.PHONE, "222 555 0147"),
                        MARTA))
                .id();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Ticket ticketFor(@Nullable UUID buyer, int plugs) {
        Ticket ticket = done(store.till.inHand(C1, MARTA));
        ticket = done(store.till.add(ticket.id(), store.ids.next(), plug, Quantity.of(plugs), MARTA));
        return done(store.till.sellTo(ticket.id(), buyer, MARTA));
    }

    private Promises.@Nullable Deposit inCash(long centavos) {
        return centavos == 0 ? null : new Promises.Deposit(store.ids.next(), Tender.Kind.CASH, Money.mxn(centavos), "");
    }

    private Promises.Making making(Promise.Kind kind, long centavos) {
        return new Promises.Making(kind, null, 0, "", inCash(centavos));
    }

    private Promise promised(Promise.Kind kind, int plugs, long centavos) {
        Ticket ticket = ticketFor(customer, plugs);
        return done(store.promises.make(store.ids.next(), ticket.id(), making(kind, centavos), MARTA));
    }

    private Promise paid(Promise promise, long centavos) {
        return done(store.promises.pay(promise.id(), C1, inCash(centavos), MARTA));
    }

    private Sale sold(Ticket ticket, long centavos) {
        return done(store.till.pay(
                ticket.id(), ticket.totals().total(), centavos == 0 ? new Payment(List.of()) : cash(centavos), MARTA));
    }

    private Promises.Cancelling cancelling() {
        return new Promises.Cancelling(C1, Tender.Kind.CASH, "", "ya no lo quiere", RITA);
    }

    private Promise promise(UUID id) {
        return done(store.promises.promise(id));
    }

    private List<String> types() {
        return store.outbox.after(0, 1_000, 10_000_000).stream()
                .map(document -> document.envelope().type())
                .toList();
    }

    // --- quotes

    @Test
    void a_quote_keeps_its_price_while_it_holds_and_is_sold_once() {
        Ticket ticket = ticketFor(null, 2);
        Promise quote = done(store.promises.make(store.ids.next(), ticket.id(), making(Promise.Kind.QUOTE, 0), MARTA));
        assertThat(quote.number()).isEqualTo("C1-COT000001");
        assertThat(done(store.till.inHand(C1, MARTA)).lines()).isEmpty();
        store.publish(Stream.PRICES, List.of(new PriceRow(plug.value(), 15_000L, "MXN", true)));
        store.clock.advance(Duration.ofDays(15));

        store.openCashSession(C2);
        Promises.Loaded loaded = done(store.promises.load(quote.id(), C2, MARTA));
        assertThat(loaded.ticket().totals().total()).isEqualTo(Money.mxn(20_000));
        assertThat(refusal(store.till.quantity(
                        loaded.ticket().id(), loaded.ticket().lines().getFirst().id(), Quantity.of(5), MARTA)))
                .isEqualTo("line-agreed");
        assertThat(refusal(store.promises.load(quote.id(), C1, MARTA))).isEqualTo("promise-elsewhere");
        Sale sale = sold(loaded.ticket(), 20_000);

        assertThat(sale.promised()).isNotNull();
        assertThat(promise(quote.id()).sale()).isEqualTo(sale.id());
        assertThat(refusal(store.promises.load(quote.id(), C1, MARTA))).isEqualTo("promise-closed");
    }

    @Test
    void a_quote_that_is_over_comes_at_todays_prices_with_what_it_was() {
        Ticket ticket = ticketFor(null, 2);
        Promise quote = done(store.promises.make(store.ids.next(), ticket.id(), making(Promise.Kind.QUOTE, 0), MARTA));
        store.publish(Stream.PRICES, List.of(new PriceRow(plug.value(), 15_000L, "MXN", true)));
        store.clock.advance(Duration.ofDays(16));

        Promises.Loaded loaded = done(store.promises.load(quote.id(), C1, MARTA));

        assertThat(loaded.quoted()).isEqualTo(Money.mxn(20_000));
        assertThat(loaded.ticket().totals().total()).isEqualTo(Money.mxn(30_000));
        assertThat(done(store.promises.load(quote.id(), C1, MARTA)).ticket().id())
                .isEqualTo(loaded.ticket().id());
    }

    @Test
    void a_quote_of_which_nothing_is_left_on_the_ticket_stays_open() {
        for (int days : List.of(1, 20)) {
            Promise quote = promised(Promise.Kind.QUOTE, 2, 0);
            store.clock.advance(Duration.ofDays(days));
            Ticket ticket = done(store.promises.load(quote.id(), C1, MARTA)).ticket();
            UUID quoted = ticket.lines().getFirst().id();
            ticket = done(store.till.addMisc(
                    ticket.id(),
                    store.ids.next(),
                    new MiscItem(
                            "Foco",
                            new Price(Money.mxn(1_500), true),
                            TaxClass.GENERAL,
                            MiscItem.ANY_PRODUCT,
                            MiscItem.PIECE),
                    Quantity.ONE,
                    MARTA,
                    null));
            ticket = done(store.till.remove(ticket.id(), quoted, MARTA));
            assertThat(ticket.promised()).isNull();

            Sale sale = sold(ticket, 1_500);

            assertThat(sale.promised()).isNull();
            assertThat(promise(quote.id()).sale()).isNull();
            Ticket again = done(store.promises.load(quote.id(), C1, MARTA)).ticket();
            assertThat(again.lines()).hasSize(1);
            done(store.till.remove(again.id(), again.lines().getFirst().id(), MARTA));
        }
    }

    @Test
    void a_quote_is_a_page_a_pdf_and_a_message_and_found_by_number_and_customer() throws IOException {
        Promise quote = promised(Promise.Kind.QUOTE, 2, 0);

        String pdf = new PdfTextExtractor(new PdfReader(done(store.promises.pdf(quote.id())))).getTextFromPage(1);
        assertThat(pdf).contains("C1-COT000001").contains("Taller Núñez").contains("$200.00");
        assertThat(done(store.promises.message(quote.id())))
                .contains("Cotización C1-COT000001")
                .contains("• 2 PZA ")
                .contains("Total: $200.00")
                .contains("17/03/2026");
        for (String text : List.of("c1-cot000001", "nuñez", "tall nun", "0147"))
            assertThat(store.promises.find(text))
                    .as(text)
                    .extracting(Promise::id)
                    .containsExactly(quote.id());
        assertThat(store.count("print_page")).isEqualTo(1);
    }

    @Test
    void a_promise_is_found_by_a_piece_of_its_number_and_by_its_parts() {
        Promise quote = promised(Promise.Kind.QUOTE, 2, 0);
        SaleLine line = quote.lines().getFirst();

        for (String text : List.of(
                "cot000001",
                "COT-0000",
                "000001",
                line.number().value(),
                line.number().value().replace("-", "").substring(0, 5).toLowerCase(Locale.ROOT),
                line.lineCode().value() + " " + line.number().value(),
                line.description().split(" ")[0]))
            assertThat(store.promises.find(text))
                    .as(text)
                    .extracting(Promise::id)
                    .containsExactly(quote.id());
        for (String text : List.of("COT000002", "ZZ9-88", "01"))
            assertThat(store.promises.find(text)).as(text).isEmpty();
    }

    // --- layaways

    private Quantity onShelf() {
        return store.catalogue.card(plug).orElseThrow().stock();
    }

    @Test
    void a_layaway_is_paid_in_parts_and_sold_at_the_agreed_price_with_its_deposit() {
        Quantity before = onShelf();
        Ticket ticket = ticketFor(customer, 3);
        assertThat(refusal(
                        store.promises.make(store.ids.next(), ticket.id(), making(Promise.Kind.LAYAWAY, 5_000), MARTA)))
                .isEqualTo("promise-first");
        Promise layaway = done(store.promises.make(
                store.ids.next(),
                ticket.id(),
                new Promises.Making(Promise.Kind.LAYAWAY, null, 2, "", inCash(10_000)),
                MARTA));
        assertThat(layaway.plan()).extracting(one -> one.amount().minor()).containsExactly(10_000L, 10_000L);
        assertThat(store.promises.reserved(plug.value())).isEqualTo(3_000);
        assertThat(onShelf()).as("shown as free").isEqualTo(new Quantity(before.thousandths() - 3_000));
        store.clock.advance(Duration.ofDays(31));
        assertThat(layaway.overdue(java.time.LocalDate.of(2026, 4, 3))).isEqualTo(Money.mxn(10_000));
        assertThat(refusal(store.promises.pay(layaway.id(), C1, inCash(20_001), MARTA)))
                .isEqualTo("promise-over");
        assertThat(paid(layaway, 15_000).left()).isEqualTo(Money.mxn(5_000));
        store.publish(Stream.PRICES, List.of(new PriceRow(plug.value(), 15_000L, "MXN", true)));

        Ticket sells = done(store.promises.load(layaway.id(), C1, MARTA)).ticket();
        assertThat(sells.due()).isEqualTo(Money.mxn(5_000));
        assertThat(refusal(store.promises.cancel(store.ids.next(), layaway.id(), cancelling(), MARTA)))
                .isEqualTo("promise-on-ticket");
        Sale sale = sold(sells, 10_000);

        assertThat(sale.tenders())
                .extracting(Tender::kind, tender -> tender.amount().minor())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Tender.Kind.CASH, 5_000L),
                        org.assertj.core.groups.Tuple.tuple(Tender.Kind.DEPOSIT, 25_000L));
        Promise after = promise(layaway.id());
        assertThat(after.state()).isEqualTo(Promise.State.SOLD);
        assertThat(after.deposit().isZero()).isTrue();
        assertThat(store.promises.reserved(plug.value())).isZero();
        assertThat(types()).contains("promise-made", "promise-payment").endsWith("sale");
        Document document = store.outbox.after(0, 1_000, 10_000_000).getLast();
        assertThat(document.envelope().after())
                .as("customer, promise and two deposits")
                .hasSize(4);
    }

    @Test
    void a_layaway_that_was_paid_whole_is_sold_for_nothing_more() {
        Promise layaway = paid(promised(Promise.Kind.LAYAWAY, 1, 4_000), 6_000);

        Sale sale = sold(done(store.promises.load(layaway.id(), C1, MARTA)).ticket(), 0);

        assertThat(sale.tenders()).extracting(Tender::kind).containsExactly(Tender.Kind.DEPOSIT);
    }

    @Test
    void what_a_deposit_is_held_for_leaves_a_ticket_whole_and_stays_with_its_customer() {
        Promise layaway = promised(Promise.Kind.LAYAWAY, 1, 4_000);
        Ticket ticket = done(store.promises.load(layaway.id(), C1, MARTA)).ticket();
        assertThat(refusal(store.till.sellTo(ticket.id(), null, MARTA))).isEqualTo("promise-customer");

        Ticket after =
                done(store.till.remove(ticket.id(), ticket.lines().getFirst().id(), MARTA));

        assertThat(after.promised()).isNull();
        assertThat(after.lines()).isEmpty();
        assertThat(promise(layaway.id()).deposit()).isEqualTo(Money.mxn(4_000));
        assertThat(done(store.promises.load(layaway.id(), C1, MARTA)).ticket().due())
                .isEqualTo(Money.mxn(6_000));
    }

    @Test
    void a_cancelled_layaway_gives_back_what_the_rule_does_not_keep() {
        Quantity before = onShelf();
        Promise layaway = promised(Promise.Kind.LAYAWAY, 1, 4_001);
        assertThat(refusal(store.promises.cancel(
                        store.ids.next(),
                        layaway.id(),
                        new Promises.Cancelling(C1, Tender.Kind.CASH, "", "x", null),
                        MARTA)))
                .isEqualTo("promise-needs-manager");
        UUID act = store.ids.next();

        Promise after = done(store.promises.cancel(act, layaway.id(), cancelling(), MARTA));
        Promise again = done(store.promises.cancel(act, layaway.id(), cancelling(), MARTA));

        assertThat(again).isEqualTo(after);
        assertThat(after.state()).isEqualTo(Promise.State.CANCELLED);
        assertThat(after.entries())
                .extracting(Promise.Entry::kind, entry -> entry.amount().minor())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Promise.EntryKind.TAKEN, 4_001L),
                        org.assertj.core.groups.Tuple.tuple(Promise.EntryKind.RETURNED, -3_601L),
                        org.assertj.core.groups.Tuple.tuple(Promise.EntryKind.KEPT, -400L));
        assertThat(after.deposit().isZero()).isTrue();
        assertThat(store.promises.reserved(plug.value())).isZero();
        assertThat(onShelf()).as("free again").isEqualTo(before);
    }

    @Test
    void papers_of_a_cancelled_layaway_say_so_first_and_are_signed() throws IOException {
        Promise layaway = promised(Promise.Kind.LAYAWAY, 2, 4_001);
        assertThat(paper(layaway))
                .doesNotContain("CANCELADO", "Recibí")
                .anyMatch(line -> line.startsWith("2 PZA "))
                .contains("Apartado hasta el 01/05/2026");

        Promise gone = done(store.promises.cancel(store.ids.next(), layaway.id(), cancelling(), MARTA));

        assertThat(paper(gone)).startsWith("CANCELADO", "APARTADO").contains("Recibí");
        assertThat(paper(gone)).noneMatch(line -> line.contains("Apartado hasta"));
        assertThat(done(store.promises.message(gone.id())))
                .endsWith("CANCELADO")
                .doesNotContain("Resta");
        assertThat(new PdfTextExtractor(new PdfReader(done(store.promises.pdf(gone.id())))).getTextFromPage(1))
                .contains("CANCELADO")
                .doesNotContain("hasta el");
    }

    /** What each row of its page says, from the top. */
    private List<String> paper(Promise promise) {
        return PromisePaper.page(promise, store.branches.current().orElseThrow(), promise.day(), Optional.empty())
                .elements()
                .stream()
                .map(element -> switch (element) {
                    case Printout.Element.Title title -> title.text();
                    case Printout.Element.Text text -> text.text();
                    case Printout.Element.Pair pair -> pair.left() + " " + pair.right();
                    default -> "";
                })
                .toList();
    }

    // --- special orders

    @Test
    void a_special_order_arrives_its_customer_is_told_and_it_is_sold() {
        Ticket ticket = done(store.till.inHand(C1, MARTA));
        ticket = done(store.till.addMisc(
                ticket.id(),
                store.ids.next(),
                new MiscItem(
                        "Cigüeñal de Tsuru rectificado",
                        new mx.refahub.domain.part.Price(Money.mxn(80_000), true),
                        TaxClass.GENERAL,
                        MiscItem.ANY_PRODUCT,
                        MiscItem.PIECE),
                Quantity.of(1),
                MARTA,
                null));
        assertThat(refusal(
                        store.promises.make(store.ids.next(), ticket.id(), making(Promise.Kind.ORDER, 40_000), MARTA)))
                .isEqualTo("promise-without-customer");
        done(store.till.sellTo(ticket.id(), customer, MARTA));
        Promise order =
                done(store.promises.make(store.ids.next(), ticket.id(), making(Promise.Kind.ORDER, 40_000), MARTA));
        assertThat(refusal(store.promises.load(order.id(), C1, MARTA))).isEqualTo("promise-not-arrived");
        assertThat(refusal(store.promises.note(store.ids.next(), order.id(), Promises.Note.TOLD, MARTA)))
                .isEqualTo("promise-note");

        done(store.promises.note(store.ids.next(), order.id(), Promises.Note.ARRIVED, MARTA));
        assertThat(store.promises.toTell()).extracting(Promise::id).containsExactly(order.id());
        done(store.promises.note(store.ids.next(), order.id(), Promises.Note.TOLD, MARTA));
        assertThat(store.promises.toTell()).isEmpty();

        Sale sale = sold(done(store.promises.load(order.id(), C1, MARTA)).ticket(), 40_000);
        assertThat(sale.lines().getFirst().description()).isEqualTo("Cigüeñal de Tsuru rectificado");
        assertThat(promise(order.id()).state()).isEqualTo(Promise.State.SOLD);
    }

    // --- the drawer

    @Test
    void a_z_by_hand_tells_deposits_apart_and_knows_what_is_in_the_drawer() {
        // 500.00 float, 200.00 + 100.00 taken, a sale of 100.00 with 40.00 of a deposit, 36.00 given back of 40.00.
        Promise first = paid(promised(Promise.Kind.LAYAWAY, 5, 20_000), 10_000);
        Promise second = promised(Promise.Kind.LAYAWAY, 1, 4_000);
        Promise third = promised(Promise.Kind.LAYAWAY, 1, 4_000);
        sold(done(store.promises.load(second.id(), C1, MARTA)).ticket(), 6_000);
        done(store.promises.cancel(store.ids.next(), third.id(), cancelling(), MARTA));

        CashReport x = done(store.cash.x(cashSession));

        CashReport.TenderLine pesos = x.tenders().getFirst();
        assertThat(pesos.sold()).isEqualTo(Money.mxn(6_000));
        assertThat(pesos.paidIn()).isEqualTo(Money.mxn(38_000));
        assertThat(pesos.paidOut()).isEqualTo(Money.mxn(-3_600));
        assertThat(pesos.expected()).isEqualTo(Money.mxn(50_000 + 6_000 + 38_000 - 3_600));
        assertThat(x.deposits())
                .containsExactly(new CashReport.Deposits(Tender.Kind.CASH, Money.mxn(38_000), Money.mxn(-3_600)));
        assertThat(x.accountPayments(pesos).isZero()).isTrue();
        assertThat(x.tenders().stream()
                        .filter(line -> line.tender() == Tender.Kind.DEPOSIT)
                        .map(CashReport.TenderLine::sold))
                .containsExactly(Money.mxn(4_000));
        assertThat(x.sales().total()).isEqualTo(Money.mxn(10_000));
        assertThat(promise(first.id()).deposit()).isEqualTo(Money.mxn(30_000));

        // 904.00 counted: 4 of 200.00, 1 of 100.00, 2 of 2.00.
        done(store.cash.count(
                store.ids.next(),
                cashSession,
                new CashCount(
                        List.of(
                                new CashCount.Pieces(new Denomination(Denomination.Form.BILL, Money.mxn(20_000)), 4),
                                new CashCount.Pieces(new Denomination(Denomination.Form.BILL, Money.mxn(10_000)), 1),
                                new CashCount.Pieces(new Denomination(Denomination.Form.COIN, Money.mxn(200)), 2)),
                        List.of()),
                MARTA));
        CashReport z = done(store.cash.close(store.ids.next(), cashSession, List.of(), MARTA));
        assertThat(z.deposits()).isEqualTo(x.deposits());
        assertThat(z.accountPayments(z.tenders().getFirst()).isZero()).isTrue();
    }

    // --- dollars and slips

    private Promises.Deposit by(Tender.Kind tender, long minor, String reference) {
        return new Promises.Deposit(
                store.ids.next(),
                tender,
                new Money(minor, tender == Tender.Kind.CASH_USD ? ExchangeRate.USD : Money.MXN),
                reference);
    }

    private Promise paidBy(Promise promise, Promises.Deposit deposit) {
        return done(store.promises.pay(promise.id(), C1, deposit, MARTA));
    }

    /** A gift voucher that was sold here. */
    private String voucher(long centavos) {
        Ticket ticket = done(store.till.inHand(C1, MARTA));
        ticket = done(store.terms.addVoucher(ticket.id(), store.ids.next(), done(GiftVoucher.of(centavos)), MARTA));
        SaleLine line = sold(ticket, centavos).lines().getFirst();
        return Objects.requireNonNull(Objects.requireNonNull(line.particulars()).voucher())
                .proof();
    }

    private static List<String[]> expected(String kind) throws IOException {
        try (InputStream in =
                PromisesTest.class.getResourceAsStream("/mx/refahub/store/promise/deposits-by-hand.csv")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(kind + ","))
                    .map(line -> line.split(",", -1))
                    .toList();
        }
    }

    private static String figures(CashReport.TenderLine line) {
        return String.join(
                ",",
                "x",
                line.tender() + "",
                line.currency() + "",
                line.paidIn().minor() + "",
                line.paidOut().minor() + "",
                line.expected().minor() + "");
    }

    /** The day that deposits-by-hand.csv tells. */
    private Promise dayByHand() {
        store.tenders("2026-03-02", "17.50", 0);
        Promise layaway = promised(Promise.Kind.LAYAWAY, 10, 20_000);
        layaway = paidBy(layaway, by(Tender.Kind.CASH_USD, 1_000, ""));
        store.tenders("2026-03-02", "20.00", 0);
        layaway = paidBy(layaway, by(Tender.Kind.CASH_USD, 500, ""));
        layaway = paidBy(layaway, by(Tender.Kind.STORE_CREDIT, 12_000, voucher(15_000)));
        return done(store.promises.cancel(store.ids.next(), layaway.id(), cancelling(), MARTA));
    }

    @Test
    void dollars_and_slips_pay_deposits_and_go_back_as_pesos_of_that_rate_and_a_new_slip_by_hand() throws IOException {
        Promise after = dayByHand();

        assertThat(after.entries().stream()
                        .map(entry -> "entry," + entry.kind() + "," + (entry.tender() == null ? "" : entry.tender())
                                + "," + entry.amount().minor()))
                .containsExactlyElementsOf(expected("entry").stream()
                        .map(cells -> String.join(",", List.of(cells).subList(0, 4)))
                        .toList());
        CashReport x = done(store.cash.x(cashSession));
        assertThat(x.tenders().stream().map(PromisesTest::figures))
                .containsExactlyInAnyOrderElementsOf(expected("x").stream()
                        .map(cells -> String.join(",", List.of(cells).subList(0, 6)))
                        .toList());
        assertThat(x.deposits().stream()
                        .map(one ->
                                "deposits," + one.tender() + "," + one.taken().currency() + ","
                                        + one.taken().minor() + "," + one.back().minor()))
                .containsExactlyInAnyOrderElementsOf(expected("deposits").stream()
                        .map(cells -> String.join(",", List.of(cells).subList(0, 5)))
                        .toList());
        for (CashReport.TenderLine line : x.tenders())
            assertThat(x.accountPayments(line).isZero()).as(line.tender() + "").isTrue();

        StoreCredit slip = store.sales
                .read(session -> PromiseLedger.slip(session, after.id()))
                .orElseThrow();
        assertThat(slip.kind()).isEqualTo(StoreCredit.Kind.CREDIT);
        SqliteCredits credits = new SqliteCredits(store.sales, store.branches, SpentElsewhere.in(store.reference));
        assertThat(done(credits.look(slip.proof())).left()).isEqualTo(Money.mxn(12_000));
    }

    @Test
    void a_deposit_in_dollars_needs_a_rate_gives_no_change_and_is_the_same_at_tomorrows_rate() {
        Promise layaway = promised(Promise.Kind.LAYAWAY, 1, 4_000);
        assertThat(refusal(store.promises.pay(layaway.id(), C1, by(Tender.Kind.CASH_USD, 100, ""), MARTA)))
                .isEqualTo("rate-unknown");
        store.tenders("2026-03-02", "17.50", 0);
        assertThat(refusal(store.promises.pay(layaway.id(), C1, by(Tender.Kind.CASH_USD, 400, ""), MARTA)))
                .as("70.00 of 60.00")
                .isEqualTo("promise-over");
        Promises.Deposit deposit = by(Tender.Kind.CASH_USD, 300, "");
        Promise once = paidBy(layaway, deposit);
        assertThat(once.deposit()).isEqualTo(Money.mxn(4_000 + 5_250));

        store.tenders("2026-03-02", "18.00", 0);
        assertThat(paidBy(layaway, deposit)).isEqualTo(once);
        assertThat(refusal(store.promises.pay(
                        layaway.id(),
                        C1,
                        new Promises.Deposit(deposit.act(), Tender.Kind.CASH_USD, new Money(200, ExchangeRate.USD), ""),
                        MARTA)))
                .isEqualTo("promise-act-differs");
    }

    @Test
    void a_slip_pays_deposits_up_to_what_is_left_of_it_and_all_can_go_back_as_one() {
        store.tenders("2026-03-02", "17.50", 0);
        String voucher = voucher(5_000);
        Promise layaway = promised(Promise.Kind.LAYAWAY, 2, 4_000);
        assertThat(refusal(store.promises.pay(layaway.id(), C1, by(Tender.Kind.STORE_CREDIT, 5_001, voucher), MARTA)))
                .isEqualTo("credit-short");
        Promises.Deposit deposit = by(Tender.Kind.STORE_CREDIT, 3_000, voucher);
        Promise paid = paidBy(layaway, deposit);
        assertThat(paidBy(layaway, deposit)).isEqualTo(paid);
        assertThat(paid.entries().getLast().tender()).isEqualTo(Tender.Kind.GIFT_VOUCHER);
        assertThat(refusal(store.promises.pay(layaway.id(), C1, by(Tender.Kind.STORE_CREDIT, 2_001, voucher), MARTA)))
                .isEqualTo("credit-short");
        assertThat(store.count("credit_spending")).isEqualTo(1);
        for (Tender.Kind no : List.of(Tender.Kind.CASH_USD, Tender.Kind.GIFT_VOUCHER))
            assertThat(refusal(store.promises.cancel(
                            store.ids.next(), layaway.id(), new Promises.Cancelling(C1, no, "", "ya no", RITA), MARTA)))
                    .startsWith("refund-");

        Promise after = done(store.promises.cancel(
                store.ids.next(),
                layaway.id(),
                new Promises.Cancelling(C1, Tender.Kind.STORE_CREDIT, "", "ya no", RITA),
                MARTA));

        assertThat(after.deposit().isZero()).isTrue();
        assertThat(store.sales
                        .read(session -> PromiseLedger.slip(session, after.id()))
                        .orElseThrow()
                        .amount())
                .isEqualTo(Money.mxn(6_300));
    }

    // --- what must hold

    @Test
    void a_repeated_key_answers_the_same_and_another_act_under_it_is_refused() {
        Ticket ticket = ticketFor(customer, 1);
        UUID act = store.ids.next();
        Promises.Making making = making(Promise.Kind.LAYAWAY, 4_000);
        Promise made = done(store.promises.make(act, ticket.id(), making, MARTA));
        assertThat(done(store.promises.make(act, ticket.id(), making, MARTA))).isEqualTo(made);
        Promises.Deposit deposit = inCash(1_000);
        Promise once = done(store.promises.pay(act, C1, deposit, MARTA));
        long documents = store.count("outbox");

        store = store.restarted();

        assertThat(done(store.promises.pay(act, C1, deposit, MARTA))).isEqualTo(once);
        assertThat(refusal(store.promises.pay(
                        act, C1, new Promises.Deposit(deposit.act(), Tender.Kind.CASH, Money.mxn(2_000), ""), MARTA)))
                .isEqualTo("promise-act-differs");
        assertThat(store.count("outbox")).isEqualTo(documents);
        assertThat(promise(act).deposit()).isEqualTo(Money.mxn(5_000));
    }

    @Test
    void in_any_order_of_acts_no_money_is_lost_or_doubled() {
        Random random = new Random(20261121);
        List<UUID> promises = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            store.clock.advance(Duration.ofMinutes(9));
            UUID one = promises.isEmpty() ? null : promises.get(random.nextInt(promises.size()));
            int what = one == null ? 0 : random.nextInt(6);
            switch (what) {
                case 0 -> {
                    Promise.Kind kind = random.nextBoolean() ? Promise.Kind.LAYAWAY : Promise.Kind.ORDER;
                    int plugs = 1 + random.nextInt(4);
                    promises.add(promised(kind, plugs, plugs * 5_000L + random.nextInt(2_000))
                            .id());
                }
                case 1, 2 -> {
                    Promises.Deposit deposit = inCash(1 + random.nextInt(6_000));
                    for (int twice = 0; twice <= random.nextInt(2); twice++)
                        store.promises.pay(one, C1, deposit, MARTA);
                }
                case 3 -> {
                    UUID act = store.ids.next();
                    for (int twice = 0; twice <= random.nextInt(2); twice++)
                        store.promises.cancel(act, one, cancelling(), MARTA);
                }
                case 4 -> store.promises.note(store.ids.next(), one, Promises.Note.ARRIVED, MARTA);
                default ->
                    store.promises
                            .load(one, C1, MARTA)
                            .fold(
                                    loaded -> {
                                        Money due = loaded.ticket().due();
                                        if (random.nextBoolean()) sold(loaded.ticket(), due.minor());
                                        else
                                            done(store.till.remove(
                                                    loaded.ticket().id(),
                                                    loaded.ticket()
                                                            .lines()
                                                            .getFirst()
                                                            .id(),
                                                    MARTA));
                                        return due;
                                    },
                                    refusal -> Money.mxn(0));
            }
            long held = 0;
            for (UUID id : promises) {
                Promise promise = promise(id);
                assertThat(promise.deposit().isNegative()).isFalse();
                assertThat(promise.deposit().compareTo(promise.totals().total()))
                        .isLessThanOrEqualTo(0);
                if (promise.isClosed()) assertThat(promise.deposit().isZero()).isTrue();
                held += promise.deposit().minor();
            }
            CashReport x = done(store.cash.x(cashSession));
            long taken = x.deposits().stream().mapToLong(d -> d.taken().minor()).sum();
            long back = x.deposits().stream().mapToLong(d -> d.back().minor()).sum();
            long applied = x.tenders().stream()
                    .filter(line -> line.tender() == Tender.Kind.DEPOSIT)
                    .mapToLong(line -> line.sold().minor())
                    .sum();
            long kept = store.sales
                    .read(session -> session.first(
                            "select coalesce(-sum(amount), 0) as kept from promise_entry where kind = 'KEPT'",
                            row -> row.number("kept")))
                    .orElseThrow();
            assertThat(held).isEqualTo(taken + back - applied - kept);
        }
        assertThat(promises).hasSizeGreaterThan(5);
    }

    @Test
    void books_made_anew_out_of_the_documents_are_the_same(@TempDir Path other) {
        Promise layaway = paid(promised(Promise.Kind.LAYAWAY, 2, 5_000), 3_000);
        Promise cancelled = promised(Promise.Kind.LAYAWAY, 1, 4_000);
        done(store.promises.cancel(store.ids.next(), cancelled.id(), cancelling(), MARTA));
        Promise sold = promised(Promise.Kind.LAYAWAY, 1, 4_000);
        sold(done(store.promises.load(sold.id(), C1, MARTA)).ticket(), 6_000);
        Promise byHand = dayByHand();
        List<Promise> before =
                List.of(promise(layaway.id()), promise(cancelled.id()), promise(sold.id()), promise(byHand.id()));

        try (TestStore anew = TestStore.open(other)) {
            Replay replay = new Replay(anew.saleRows, anew.json);
            List<Document> documents = store.outbox.after(0, 1_000, 10_000_000);
            anew.sales.change(session -> {
                for (Document document : documents) replay.append(session, document);
                Replay.balances(session);
            });
            assertThat(replay.onlyDelivered()).isEmpty();
            assertThat(before.stream()
                            .map(one -> done(anew.promises.promise(one.id())))
                            .toList())
                    .isEqualTo(before);
            assertThat(anew.promises.reserved(plug.value())).isEqualTo(2_000);
            long next = anew.sales
                    .read(session -> session.first(
                            "select next_deposit as n from register where id = ?", row -> row.number("n"), C1.value()))
                    .orElseThrow();
            assertThat(next).isEqualTo(11L);
            assertThat(anew.count("credit")).isEqualTo(store.count("credit"));
            assertThat(anew.count("credit_spending")).isEqualTo(1);
        }
    }
}
