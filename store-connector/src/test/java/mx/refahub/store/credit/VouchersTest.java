package mx.refahub.store.credit;

import static mx.refahub.store.TestStore.C1;
import static mx.refahub.store.TestStore.MARTA;
import static mx.refahub.store.TestStore.done;
import static mx.refahub.store.TestStore.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.cash.CashReport;
import mx.refahub.domain.credit.Credits;
import mx.refahub.domain.credit.StoreCredit;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.GiftVoucher;
import mx.refahub.domain.sale.Payment;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.stream.Stream;
import mx.refahub.domain.wire.CreditSpentRow;
import mx.refahub.store.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gift voucher of 200.00: sold without tax, spent here and at another branch that has no network. */
class VouchersTest {
    private TestStore store;
    private TestStore other;
    private PartId plug;
    private PartId theirs;
    private UUID session;

    @BeforeEach
    void open(@TempDir Path here, @TempDir Path there) {
        store = TestStore.open(here);
        other = TestStore.open(there);
        store.tenders("2026-03-02", "17.50", 0);
        other.tenders("2026-03-02", "17.50", 0);
        plug = store.part("BKR6E-11", 8_900);
        theirs = other.part("BKR6E-11", 8_900);
        session = store.openCashSession(C1).id();
        other.openCashSession(C1);
    }

    @AfterEach
    void close() {
        store.close();
        other.close();
    }

    private static Credits credits(TestStore at) {
        return new SqliteCredits(at.sales, at.branches, SpentElsewhere.in(at.reference));
    }

    private static Payment.Offer cash(long centavos) {
        return new Payment.Offer(Tender.Kind.CASH, Money.mxn(centavos), "");
    }

    private static Payment.Offer slip(String text, long centavos) {
        return new Payment.Offer(Tender.Kind.STORE_CREDIT, Money.mxn(centavos), text);
    }

    private static Ticket with(TestStore at, PartId part) {
        Ticket ticket = done(at.till.inHand(C1, MARTA));
        return done(at.till.add(ticket.id(), at.ids.next(), part, Quantity.ONE, MARTA));
    }

    private static Sale pay(TestStore at, Ticket ticket, Payment.Offer... offers) {
        return done(at.till.pay(ticket.id(), ticket.totals().total(), new Payment(List.of(offers)), MARTA));
    }

    private static GiftVoucher of(long centavos) {
        return done(GiftVoucher.of(centavos));
    }

    /** Beside a plug of 89.00, with the same key press twice. */
    private Sale sold() {
        Ticket ticket = with(store, plug);
        UUID act = store.ids.next();
        done(store.terms.addVoucher(ticket.id(), act, of(20_000), MARTA));
        ticket = done(store.terms.addVoucher(ticket.id(), act, of(20_000), MARTA));
        assertThat(ticket.lines())
                .extracting(line -> line.kind() + " " + line.amounts().total().minor())
                .containsExactly("PART 8900", "VOUCHER 20000");
        return pay(store, ticket, cash(28_900));
    }

    private static Tender.Credit voucher(Sale sale) {
        return sale.lines().getLast().particulars().voucher();
    }

    @Test
    void a_voucher_bears_no_tax_is_signed_once_and_pays_in_parts() {
        Sale sale = sold();
        SaleLine line = sale.lines().getLast();
        assertThat(line.amounts().tax()).isEqualTo(Money.mxn(0));
        assertThat(sale.totals().tax())
                .isEqualTo(sale.lines().getFirst().amounts().tax());
        // A replayed payment signs nothing anew.
        assertThat(done(store.till.pay(sale.id(), sale.totals().total(), new Payment(List.of(cash(28_900))), MARTA)))
                .isEqualTo(sale);
        assertThat(store.count("credit")).isEqualTo(1);
        Credits.Standing standing = done(credits(store).look(voucher(sale).proof()));
        assertThat(standing.kind()).isEqualTo(StoreCredit.Kind.VOUCHER);
        assertThat(standing.left()).isEqualTo(Money.mxn(20_000));

        Sale bought = pay(store, with(store, plug), slip(voucher(sale).proof(), 8_900));
        assertThat(bought.tenders().getFirst().kind()).isEqualTo(Tender.Kind.GIFT_VOUCHER);
        assertThat(done(credits(store).look(standing.code())).left()).isEqualTo(Money.mxn(11_100));

        CashReport report = done(store.cash.x(session));
        assertThat(report.sales().vouchers()).isEqualTo(Money.mxn(20_000));
        assertThat(report.tenders())
                .filteredOn(one -> one.tender() == Tender.Kind.GIFT_VOUCHER)
                .extracting(CashReport.TenderLine::sold)
                .containsExactly(Money.mxn(8_900));
    }

    @Test
    void a_voucher_is_neither_discounted_nor_brought_back_nor_bought_with_another() {
        Sale sale = sold();
        assertThat(done(store.returns.returnable(sale.id())).lines())
                .extracting(line -> line.sold().kind())
                .containsExactly(SaleLine.Kind.PART);
        Ticket ticket = done(store.till.inHand(C1, MARTA));
        ticket = done(store.terms.addVoucher(ticket.id(), store.ids.next(), of(15_000), MARTA));
        UUID line = ticket.lines().getFirst().id();
        assertThat(refusal(store.till.quantity(ticket.id(), line, Quantity.of(2), MARTA)))
                .isEqualTo("voucher-as-is");
        assertThat(refusal(store.till.pay(
                        ticket.id(),
                        Money.mxn(15_000),
                        new Payment(List.of(slip(voucher(sale).proof(), 15_000))),
                        MARTA)))
                .isEqualTo("voucher-by-slip");
        assertThat(refusal(GiftVoucher.of(999))).isEqualTo("voucher-amount");

        assertThat(sale.sells()).isTrue();
        assertThat(pay(store, ticket, cash(15_000)).sells())
                .as("something to invoice on a voucher alone")
                .isFalse();
    }

    @Test
    void another_branch_takes_it_with_no_network_and_refuses_it_once_the_hub_told_that_it_was_spent() {
        Sale sale = sold();
        String proof = voucher(sale).proof();
        pay(other, with(other, theirs), slip(proof, 8_900));
        assertThat(done(credits(store).look(proof)).left()).isEqualTo(Money.mxn(20_000));

        store.publish(Stream.CREDITS, List.of(new CreditSpentRow(voucher(sale).id(), 8_900)));
        assertThat(done(credits(store).look(proof)).left()).isEqualTo(Money.mxn(11_100));
        store.publish(Stream.CREDITS, List.of(new CreditSpentRow(voucher(sale).id(), 20_000)));
        Ticket ticket = with(store, plug);
        assertThat(refusal(
                        store.till.pay(ticket.id(), Money.mxn(8_900), new Payment(List.of(slip(proof, 8_900))), MARTA)))
                .isEqualTo("credit-spent");
    }

    @Test
    void a_store_credit_cannot_pass_for_a_voucher() {
        String proof = voucher(sold()).proof();
        assertThat(refusal(credits(other).look("RC1" + proof.substring(3)))).isEqualTo("credit-false");
    }
}
