package mx.refahub.store.core;

import static mx.refahub.store.TestStore.C1;
import static mx.refahub.store.TestStore.LUCIA;
import static mx.refahub.store.TestStore.MARTA;
import static mx.refahub.store.TestStore.done;
import static mx.refahub.store.TestStore.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.core.CoreBank;
import mx.refahub.domain.customer.CustomerField;
import mx.refahub.domain.document.DocumentType;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.purchase.CoresGiven;
import mx.refahub.domain.sale.Particulars;
import mx.refahub.domain.sale.Payment;
import mx.refahub.domain.sale.ReturnOf;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.stock.StockLine;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.CoresGivenBody;
import mx.refahub.domain.wire.CustomerRow;
import mx.refahub.store.TestStore;
import mx.refahub.store.purchase.SqliteCoresGiven;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An alternator of 3,250.00 with a core of 600.00: the old one comes with the sale, later, or never. */
class CoresTest {
    private TestStore store;
    private PartId alternator;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = TestStore.open(folder);
        alternator = store.part("23-11254", 325_000, true, "GENERAL", "02", 60_000);
        store.openCashSession(C1);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Ticket ticket(int pieces) {
        Ticket ticket = done(store.till.inHand(C1, MARTA));
        return done(store.till.add(ticket.id(), store.ids.next(), alternator, Quantity.of(pieces), MARTA));
    }

    private Ticket given(Ticket ticket, Particulars.CoreGiven given) {
        return done(store.terms.core(ticket.id(), ticket.lines().getFirst().id(), given, MARTA));
    }

    private Sale pay(Ticket ticket) {
        return done(store.till.pay(
                ticket.id(),
                ticket.totals().total(),
                new Payment(
                        ticket.totals().total().isNegative()
                                ? List.of()
                                : List.of(new Payment.Offer(
                                        Tender.Kind.CASH, ticket.totals().total(), ""))),
                MARTA));
    }

    private UUID customer(String name) {
        return done(store.customers.make(store.ids.next(), Map.of(CustomerField.NAME, name), MARTA))
                .id();
    }

    private Ticket back(UUID sale, UUID line) {
        return back(sale, line, ReturnOf.Reason.CORE);
    }

    private Ticket back(UUID sale, UUID line, ReturnOf.Reason reason) {
        Ticket ticket = done(store.till.inHand(C1, MARTA));
        return done(
                store.returns.bringBack(ticket.id(), store.ids.next(), sale, line, Quantity.ONE, reason, MARTA, LUCIA));
    }

    @Test
    void a_core_given_now_costs_nothing_given_later_a_deposit_and_never_a_taxed_charge() {
        // By hand: 3,250.00 with 16 % in it is 2,801.72 and 448.28; 600.00 is 517.24 and 82.76.
        Ticket later = ticket(1);
        assertThat(later.totals().total()).isEqualTo(Money.mxn(385_000));
        assertThat(later.totals().tax()).isEqualTo(Money.mxn(44_828));
        assertThat(later.totals().cores()).isEqualTo(Money.mxn(60_000));

        Ticket now = given(later, Particulars.CoreGiven.NOW);
        assertThat(now.lines()).hasSize(1);
        assertThat(now.totals().total()).isEqualTo(Money.mxn(325_000));

        Ticket never = given(later, Particulars.CoreGiven.NEVER);
        assertThat(never.totals().total()).isEqualTo(Money.mxn(385_000));
        assertThat(never.totals().tax()).isEqualTo(Money.mxn(44_828 + 8_276));
        Sale sale = pay(never);
        assertThat(done(store.returns.returnable(sale.id())).lines())
                .extracting(line -> line.sold().kind())
                .containsExactly(SaleLine.Kind.PART);
    }

    @Test
    void the_accountants_word_makes_the_deposit_a_taxed_line_and_gives_its_tax_back() {
        store.cores(true, null, null);
        Ticket ticket = ticket(2);
        // 1,200.00 with 16 % in it: 1,034.48 and 165.52.
        assertThat(ticket.totals().total()).isEqualTo(Money.mxn(770_000));
        assertThat(ticket.totals().cores()).isEqualTo(Money.mxn(103_448));
        assertThat(ticket.lines().getLast().amounts().tax()).isEqualTo(Money.mxn(16_552));
        Sale sale = pay(ticket);

        UUID deposit = sale.lines().getLast().id();
        Ticket first = back(sale.id(), deposit);
        assertThat(first.totals().total()).isEqualTo(Money.mxn(-60_000));
        assertThat(first.totals().tax()).isEqualTo(Money.mxn(-8_276));
        pay(first);
        Ticket second = back(sale.id(), deposit);
        assertThat(second.totals().total()).isEqualTo(Money.mxn(-60_000));
        assertThat(second.totals().tax()).isEqualTo(Money.mxn(-8_276));
    }

    @Test
    void a_deposit_lapses_after_the_days_that_held_when_it_was_sold() {
        store.cores(false, 30, null);
        Sale sale = pay(ticket(2));
        UUID deposit = sale.lines().getLast().id();
        assertThat(sale.lines().getLast().coreUntil())
                .isEqualTo(sale.businessDay().plusDays(30));
        store.cores(false, 5, null);
        store.clock.advance(Duration.ofDays(30));
        pay(back(sale.id(), deposit));
        store.clock.advance(Duration.ofDays(1));
        Ticket ticket = done(store.till.inHand(C1, MARTA));
        assertThat(refusal(store.returns.bringBack(
                        ticket.id(),
                        store.ids.next(),
                        sale.id(),
                        deposit,
                        Quantity.ONE,
                        ReturnOf.Reason.CORE,
                        MARTA,
                        LUCIA)))
                .isEqualTo("core-expired");
    }

    @Test
    void a_customers_bank_shows_what_is_owed_and_stops_at_the_limit_unless_a_manager_allows_it() {
        store.cores(false, 30, 2L);
        UUID customer = customer("Taller Hernández");
        Ticket ticket = ticket(2);
        Sale sale = pay(done(store.till.sellTo(ticket.id(), customer, MARTA)));
        store.clock.advance(Duration.ofDays(10));
        CoreBank.Standing bank = store.coreBank.of(customer);
        assertThat(bank.pieces()).isEqualTo(Quantity.of(2));
        assertThat(bank.deposits()).isEqualTo(Money.mxn(120_000));
        assertThat(bank.limit()).contains(2L);
        assertThat(bank.owed().getFirst().days()).isEqualTo(10);

        Ticket more = done(store.till.sellTo(ticket(1).id(), customer, MARTA));
        Payment cash = new Payment(List.of(new Payment.Offer(Tender.Kind.CASH, Money.mxn(385_000), "")));
        assertThat(refusal(store.till.pay(more.id(), Money.mxn(385_000), cash, MARTA)))
                .isEqualTo("core-limit");
        done(store.till.pay(more.id(), Money.mxn(385_000), cash, MARTA, LUCIA));

        pay(back(sale.id(), sale.lines().getLast().id()));
        assertThat(store.coreBank.of(customer).pieces()).isEqualTo(Quantity.of(2));
        assertThat(store.coreBank.of(UUID.randomUUID()).owed()).isEmpty();
    }

    @Test
    void what_customers_left_lies_here_until_it_is_given_to_a_supplier_once() {
        SqliteCoresGiven cores = new SqliteCoresGiven(store.sales, store.identities, store.outboxWriter, store.json);
        Sale sale = pay(ticket(2));
        pay(back(sale.id(), sale.lines().getLast().id()));
        pay(given(ticket(3), Particulars.CoreGiven.NOW));
        assertThat(cores.lying(10)).containsExactly(new CoresGiven.Lying(alternator, Quantity.of(4)));

        long before = store.outbox.lastSequence();
        CoresGiven.Giving giving = giving("Alternadores del Norte", 3);
        CoresGivenBody body = done(cores.give(giving, LUCIA));
        assertThat(done(cores.give(giving, LUCIA))).isEqualTo(body);
        assertThat(refusal(cores.give(new CoresGiven.Giving(giving.act(), "Otro", "", "", giving.lines()), LUCIA)))
                .isEqualTo("stock-act-differs");
        assertThat(refusal(cores.give(giving(" ", 1), LUCIA))).isEqualTo("cores-supplier-missing");
        assertThat(cores.lying(10)).containsExactly(new CoresGiven.Lying(alternator, Quantity.ONE));
        assertThat(store.outbox.after(before, 10, 1 << 20)).singleElement().satisfies(document -> {
            assertThat(document.envelope().type()).isEqualTo(DocumentType.CORES_GIVEN);
            assertThat(store.json.readValue(document.body(), CoresGivenBody.class))
                    .isEqualTo(body);
        });
    }

    @Test
    void a_deposit_that_comes_back_with_its_part_leaves_no_old_piece() {
        SqliteCoresGiven cores = new SqliteCoresGiven(store.sales, store.identities, store.outboxWriter, store.json);
        Sale sale = pay(ticket(2));
        back(sale.id(), sale.lines().getFirst().id(), ReturnOf.Reason.NOT_NEEDED);
        pay(back(sale.id(), sale.lines().getLast().id()));
        assertThat(cores.lying(10)).isEmpty();

        pay(back(sale.id(), sale.lines().getLast().id()));
        assertThat(cores.lying(10)).containsExactly(new CoresGiven.Lying(alternator, Quantity.ONE));
    }

    @Test
    void an_old_piece_that_came_with_the_sale_goes_back_with_its_part() {
        SqliteCoresGiven cores = new SqliteCoresGiven(store.sales, store.identities, store.outboxWriter, store.json);
        Sale sale = pay(given(ticket(2), Particulars.CoreGiven.NOW));
        Sale returned = pay(back(sale.id(), sale.lines().getFirst().id(), ReturnOf.Reason.NOT_NEEDED));
        assertThat(returned.lines().getFirst().particulars().core().given()).isEqualTo(Particulars.CoreGiven.NOW);
        assertThat(store.till.sale(returned.id())).contains(returned);
        assertThat(cores.lying(10)).containsExactly(new CoresGiven.Lying(alternator, Quantity.ONE));
    }

    private static final UUID OPENING = new UUID(4, 2);

    /** The hub's word: three pieces that another system took 600.00 each for, of which some came at the hub, and with tickets that the hub has. */
    private void opening(UUID customer, long received, long back) {
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
                                OPENING,
                                alternator.value(),
                                "ALT",
                                "23-11254",
                                "Alternador",
                                "PZA",
                                "GENERAL",
                                "02",
                                "26101706",
                                "H87",
                                3_000,
                                60_000,
                                received,
                                back,
                                LocalDate.parse("2025-01-02"))))));
    }

    private Outcome<Ticket> openingBack(Ticket ticket, long pieces) {
        return store.returns.bringBack(
                ticket.id(),
                store.ids.next(),
                OPENING,
                OPENING,
                Quantity.of(pieces),
                ReturnOf.Reason.CORE,
                MARTA,
                LUCIA);
    }

    @Test
    void a_deposit_that_another_system_took_comes_back_at_the_till_like_any_other() {
        UUID customer = customer("Taller Hernández");
        opening(customer, 1_000, 0);
        assertThat(store.coreBank.of(customer).owed()).singleElement().satisfies(owed -> {
            assertThat(owed.left()).isEqualTo(Quantity.of(2));
            assertThat(owed.deposit()).isEqualTo(Money.mxn(120_000));
            assertThat(owed.folio()).isEmpty();
        });

        Ticket nobody = done(store.till.inHand(C1, MARTA));
        assertThat(refusal(openingBack(nobody, 1))).isEqualTo("sale-unknown");
        Ticket ticket = done(store.till.sellTo(nobody.id(), customer, MARTA));
        assertThat(refusal(openingBack(ticket, 3))).isEqualTo("return-exceeds");
        Ticket back = done(openingBack(ticket, 1));
        assertThat(refusal(openingBack(ticket, 1))).isEqualTo("line-on-ticket");
        Sale sale = pay(back);

        assertThat(sale.tenders())
                .extracting(Tender::kind, Tender::amount)
                .containsExactly(Tuple.tuple(Tender.Kind.CASH, Money.mxn(-60_000)));
        assertThat(sale.lines()).singleElement().satisfies(line -> {
            assertThat(line.kind()).isEqualTo(SaleLine.Kind.CORE_RETURN);
            assertThat(line.amounts().tax()).isEqualTo(Money.mxn(0));
            assertThat(line.returnOf().sale()).isNull();
            assertThat(line.returnOf().line()).isEqualTo(OPENING);
        });
        assertThat(store.till.sale(sale.id())).contains(sale);
        SqliteCoresGiven cores = new SqliteCoresGiven(store.sales, store.identities, store.outboxWriter, store.json);
        assertThat(cores.lying(10)).containsExactly(new CoresGiven.Lying(alternator, Quantity.ONE));
        assertThat(store.coreBank.of(customer).pieces()).isEqualTo(Quantity.ONE);

        // The hub has the ticket by now: it counts once.
        opening(customer, 1_000, 1_000);
        assertThat(store.coreBank.of(customer).deposits()).isEqualTo(Money.mxn(60_000));
        pay(done(openingBack(
                done(store.till.sellTo(done(store.till.inHand(C1, MARTA)).id(), customer, MARTA)), 1)));
        assertThat(store.coreBank.of(customer).owed()).isEmpty();
    }

    @Test
    void what_the_hub_knows_of_tickets_that_this_machine_has_lost_does_not_come_back_twice() {
        UUID customer = customer("Taller Hernández");
        opening(customer, 0, 2_000);
        assertThat(store.coreBank.of(customer).pieces()).isEqualTo(Quantity.ONE);
        Ticket ticket =
                done(store.till.sellTo(done(store.till.inHand(C1, MARTA)).id(), customer, MARTA));
        assertThat(refusal(openingBack(ticket, 2))).isEqualTo("return-exceeds");
        assertThat(pay(done(openingBack(ticket, 1))).totals().total()).isEqualTo(Money.mxn(-60_000));
    }

    @Test
    void a_piece_that_comes_at_the_hub_while_it_is_on_the_ticket_is_not_paid_back_twice() {
        UUID customer = customer("Taller Hernández");
        opening(customer, 2_000, 0);
        Ticket ticket = done(openingBack(
                done(store.till.sellTo(done(store.till.inHand(C1, MARTA)).id(), customer, MARTA)), 1));
        opening(customer, 3_000, 0);
        assertThat(refusal(store.till.pay(ticket.id(), ticket.totals().total(), new Payment(List.of()), MARTA)))
                .isEqualTo("return-exceeds");
    }

    @Test
    void what_was_owed_before_counts_towards_the_limit_and_bears_tax_where_deposits_do() {
        store.cores(true, null, 4L);
        UUID customer = customer("Taller Hernández");
        opening(customer, 0, 0);
        Ticket more = done(store.till.sellTo(ticket(2).id(), customer, MARTA));
        Payment cash = new Payment(List.of(new Payment.Offer(Tender.Kind.CASH, Money.mxn(770_000), "")));
        assertThat(refusal(store.till.pay(more.id(), Money.mxn(770_000), cash, MARTA)))
                .isEqualTo("core-limit");
        Ticket both = done(openingBack(more, 1));
        // 600.00 with 16 % in it: 517.24 and 82.76.
        assertThat(both.lines().getLast().amounts().tax()).isEqualTo(Money.mxn(-8_276));
        assertThat(both.totals().total()).isEqualTo(Money.mxn(710_000));
        pay(both);
        assertThat(store.coreBank.of(customer).pieces()).isEqualTo(Quantity.of(4));
    }

    private CoresGiven.Giving giving(String supplier, long pieces) {
        return new CoresGiven.Giving(
                store.ids.next(),
                supplier,
                "R-12",
                "",
                List.of(new StockLine(
                        store.ids.next(),
                        store.catalogue.card(alternator).orElseThrow().part(),
                        Quantity.of(pieces),
                        "",
                        null,
                        Quantity.ZERO)));
    }
}
