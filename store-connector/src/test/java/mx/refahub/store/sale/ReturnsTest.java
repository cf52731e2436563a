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
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.document.Document;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.Discount;
import mx.refahub.domain.sale.Payment;
import mx.refahub.domain.sale.ReturnOf;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.store.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReturnsTest {
    private static final Payment NOTHING = new Payment(List.of());

    private TestStore store;
    private PartId plug;
    private PartId alternator;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = TestStore.open(folder);
        plug = store.part("BKR6E-11", 9_999);
        alternator = store.part("23-11254", 325_000, true, "GENERAL", "02", 60_000);
        store.openCashSession(C1);
        store.openCashSession(C2);
    }

    @AfterEach
    void close() {
        store.close();
    }

    /** Three plugs at 10 % off, 269.97 together. */
    private Sale soldThreePlugs() {
        Ticket ticket = done(store.till.inHand(C1, MARTA));
        ticket = done(store.till.add(ticket.id(), store.ids.next(), plug, Quantity.of(3), MARTA));
        UUID line = ticket.lines().getFirst().id();
        ticket = done(store.till.discount(
                ticket.id(), line, new Discount.Percent(BigDecimal.TEN), "daño en caja", MARTA, RITA));
        return done(store.till.pay(ticket.id(), ticket.totals().total(), cash(50_000), MARTA));
    }

    private Outcome<Ticket> back(Ticket ticket, Sale sale, int line, int pieces, ReturnOf.Reason reason) {
        return store.returns.bringBack(
                ticket.id(),
                store.ids.next(),
                sale.id(),
                sale.lines().get(line).id(),
                Quantity.of(pieces),
                reason,
                MARTA,
                RITA);
    }

    private Ticket inHand(RegisterId register) {
        return done(store.till.inHand(register, MARTA));
    }

    @Test
    void a_sale_is_found_by_folio_qr_and_invoice_code() {
        Sale sale = soldThreePlugs();
        assertThat(store.returns.find("c1-1")).contains(sale);
        assertThat(store.returns.find(" C1-000001 ")).contains(sale);
        assertThat(store.returns.find("C1-000001|" + sale.invoiceCode().value()))
                .contains(sale);
        assertThat(store.returns.find(sale.invoiceCode().text().toLowerCase(java.util.Locale.ROOT)))
                .contains(sale);
        assertThat(store.returns.find("C1-000002")).isEmpty();
        assertThat(store.returns.find("")).isEmpty();
        assertThat(store.returns.find("C1-999999999999|x")).isEmpty();
        assertThat(store.returns.find("\u0000' or 1=1 --")).isEmpty();
    }

    @Test
    void what_was_paid_comes_back_piece_after_piece_and_never_more() {
        Sale sale = soldThreePlugs();
        long returned = 0;
        for (int piece = 0; piece < 3; piece++) {
            Ticket ticket = done(back(inHand(C1), sale, 0, 1, ReturnOf.Reason.WRONG_PART));
            Sale refund = done(store.till.pay(ticket.id(), ticket.totals().total(), NOTHING, MARTA));
            assertThat(refund.tenders()).extracting(Tender::kind).containsExactly(Tender.Kind.CASH);
            returned += refund.totals().total().minor();
        }

        assertThat(returned).isEqualTo(-sale.totals().total().minor());
        assertThat(refusal(back(inHand(C1), sale, 0, 1, ReturnOf.Reason.WRONG_PART)))
                .isEqualTo("return-exceeds");
        assertThat(done(store.returns.returnable(sale.id())).lines().getFirst().left())
                .isEqualTo(Quantity.ZERO);
        assertThat(store.catalogue.card(plug).orElseThrow().stock()).isEqualTo(Quantity.ZERO);
    }

    @Test
    void half_a_piece_does_not_come_back() {
        Sale sale = soldThreePlugs();
        assertThat(refusal(store.returns.bringBack(
                        inHand(C1).id(),
                        store.ids.next(),
                        sale.id(),
                        sale.lines().getFirst().id(),
                        new Quantity(1_500),
                        ReturnOf.Reason.WRONG_PART,
                        MARTA,
                        RITA)))
                .isEqualTo("quantity-whole");
    }

    @Test
    void one_ticket_mixes_sale_return_and_core_and_what_is_owed_comes_out() {
        Ticket buying = done(store.till.add(inHand(C1).id(), store.ids.next(), alternator, Quantity.ONE, MARTA));
        Sale sale = done(store.till.pay(buying.id(), Money.mxn(385_000), cash(400_000), MARTA));

        Ticket ticket = inHand(C2);
        done(back(ticket, sale, 1, 1, ReturnOf.Reason.NOT_NEEDED));
        Ticket mixed = done(store.till.add(ticket.id(), store.ids.next(), plug, Quantity.ONE, MARTA));

        assertThat(mixed.lines())
                .extracting(line -> line.kind())
                .containsExactly(SaleLine.Kind.CORE_RETURN, SaleLine.Kind.PART);
        assertThat(mixed.totals().cores()).isEqualTo(Money.mxn(-60_000));
        assertThat(mixed.totals().total()).isEqualTo(Money.mxn(9_999 - 60_000));
        Sale refund = done(store.till.pay(ticket.id(), mixed.totals().total(), NOTHING, MARTA));
        assertThat(refund.lines().getFirst().returnOf().reason()).isEqualTo(ReturnOf.Reason.CORE);
        assertThat(refund.totals().total()).isEqualTo(Money.mxn(-50_001));
        assertThat(store.till.sale(refund.id())).contains(refund);
    }

    @Test
    void the_hub_is_told_to_take_the_sale_first() {
        Sale sale = soldThreePlugs();
        Ticket ticket = done(back(inHand(C2), sale, 0, 3, ReturnOf.Reason.DEFECTIVE));
        done(store.till.pay(ticket.id(), ticket.totals().total(), NOTHING, MARTA));

        List<Document> documents = store.outbox.after(0, 10, 1 << 20);
        Document sold = documents.get(2);
        Document refund = documents.get(3);
        assertThat(refund.envelope().after()).containsExactly(sold.envelope().id());
        assertThat(refund.isAuthentic(TestStore.KEYS.getPublic())).isTrue();
        // A defective piece goes to the warranty shelf, not back for sale.
        assertThat(store.catalogue.card(plug).orElseThrow().stock()).isEqualTo(Quantity.of(-3));
    }

    @Test
    void two_registers_cannot_take_the_same_line_back() {
        Sale sale = soldThreePlugs();
        Ticket one = done(back(inHand(C1), sale, 0, 3, ReturnOf.Reason.WRONG_PART));
        Ticket other = done(back(inHand(C2), sale, 0, 2, ReturnOf.Reason.WRONG_PART));

        done(store.till.pay(one.id(), one.totals().total(), NOTHING, MARTA));

        assertThat(refusal(store.till.pay(other.id(), other.totals().total(), NOTHING, MARTA)))
                .isEqualTo("return-exceeds");
        Ticket without =
                done(store.till.remove(other.id(), other.lines().getFirst().id(), MARTA));
        assertThat(without.lines()).isEmpty();
    }

    @Test
    void a_return_needs_a_manager_is_not_typed_over_and_stands_once_on_a_ticket() {
        Sale sale = soldThreePlugs();
        UUID line = sale.lines().getFirst().id();
        UUID act = store.ids.next();
        Ticket ticket = inHand(C1);
        assertThat(refusal(store.returns.bringBack(
                        ticket.id(), act, sale.id(), line, Quantity.of(4), ReturnOf.Reason.WRONG_PART, MARTA, null)))
                .as("nobody is called over for more than was sold")
                .isEqualTo("return-exceeds");
        assertThat(refusal(store.returns.bringBack(
                        ticket.id(), act, sale.id(), line, Quantity.ONE, ReturnOf.Reason.WRONG_PART, MARTA, null)))
                .isEqualTo("return-needs-approval");
        assertThat(refusal(store.returns.bringBack(
                        ticket.id(), act, sale.id(), line, Quantity.ONE, ReturnOf.Reason.WRONG_PART, MARTA, MARTA)))
                .isEqualTo("return-needs-approval");

        Ticket once = done(store.returns.bringBack(
                ticket.id(), act, sale.id(), line, Quantity.ONE, ReturnOf.Reason.WRONG_PART, MARTA, RITA));
        Ticket twice = done(store.returns.bringBack(
                ticket.id(), act, sale.id(), line, Quantity.ONE, ReturnOf.Reason.WRONG_PART, MARTA, RITA));

        assertThat(twice).isEqualTo(once);
        assertThat(refusal(back(ticket, sale, 0, 1, ReturnOf.Reason.WRONG_PART)))
                .isEqualTo("line-on-ticket");
        UUID back = once.lines().getFirst().id();
        assertThat(refusal(store.till.quantity(ticket.id(), back, Quantity.of(3), MARTA)))
                .isEqualTo("line-follows");
        assertThat(refusal(
                        store.till.discount(ticket.id(), back, new Discount.Percent(BigDecimal.ONE), "x", MARTA, null)))
                .isEqualTo("line-follows");
        assertThat(refusal(store.returns.bringBack(
                        ticket.id(),
                        store.ids.next(),
                        sale.id(),
                        line,
                        Quantity.of(-1),
                        ReturnOf.Reason.WRONG_PART,
                        RITA,
                        null)))
                .isEqualTo("quantity-not-positive");
        assertThat(refusal(store.returns.returnable(store.ids.next()))).isEqualTo("sale-unknown");
    }
}
