package mx.refahub.store.credit;

import static mx.refahub.store.TestStore.C1;
import static mx.refahub.store.TestStore.LUCIA;
import static mx.refahub.store.TestStore.MARTA;
import static mx.refahub.store.TestStore.done;
import static mx.refahub.store.TestStore.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import mx.refahub.domain.credit.Credits;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.Payment;
import mx.refahub.domain.sale.ReturnOf;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.store.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is paid back as credit is spent here or at another branch, in parts, and never beyond its amount at one branch. */
class CreditsTest {
    private TestStore store;
    private TestStore other;
    private PartId plug;
    private PartId theirs;
    private Credits credits;

    @BeforeEach
    void open(@TempDir Path here, @TempDir Path there) {
        store = TestStore.open(here);
        other = TestStore.open(there);
        store.tenders("2026-03-02", "17.50", 0);
        other.tenders("2026-03-02", "17.50", 0);
        plug = store.part("BKR6E-11", 8_900);
        theirs = other.part("BKR6E-11", 8_900);
        store.openCashSession(C1);
        other.openCashSession(C1);
        credits = new SqliteCredits(store.sales, store.branches, SpentElsewhere.in(store.reference));
    }

    @AfterEach
    void close() {
        store.close();
        other.close();
    }

    private static Sale sell(TestStore at, PartId part, Payment.Offer... offers) {
        Ticket ticket = ticket(at, part);
        return done(at.till.pay(ticket.id(), ticket.totals().total(), new Payment(List.of(offers)), MARTA));
    }

    private static Ticket ticket(TestStore at, PartId part) {
        Ticket ticket = done(at.till.inHand(C1, MARTA));
        return done(at.till.add(ticket.id(), at.ids.next(), part, Quantity.ONE, MARTA));
    }

    private static Payment.Offer credit(String text, long centavos) {
        return new Payment.Offer(Tender.Kind.STORE_CREDIT, Money.mxn(centavos), text);
    }

    private static Payment.Offer cash(long centavos) {
        return new Payment.Offer(Tender.Kind.CASH, Money.mxn(centavos), "");
    }

    /** A plug comes back and its 89.00 are kept as credit. */
    private Tender.Credit issued() {
        Sale sold = sell(store, plug, cash(8_900));
        Ticket back = done(store.till.inHand(C1, MARTA));
        back = done(store.returns.bringBack(
                back.id(),
                store.ids.next(),
                sold.id(),
                sold.lines().getFirst().id(),
                Quantity.ONE,
                ReturnOf.Reason.NOT_NEEDED,
                MARTA,
                LUCIA));
        Payment payment = new Payment(List.of(credit("", 8_900)));
        Sale refund = done(store.till.pay(back.id(), Money.mxn(-8_900), payment, MARTA));
        assertThat(done(store.till.pay(back.id(), Money.mxn(-8_900), payment, MARTA)))
                .isEqualTo(refund);
        assertThat(store.count("credit")).isEqualTo(1);
        return refund.tenders().getFirst().credit();
    }

    @Test
    void a_credit_is_spent_in_parts_by_slip_or_code_and_never_beyond_its_amount() {
        Tender.Credit slip = issued();
        Credits.Standing standing = done(credits.look(slip.proof()));
        assertThat(standing.left()).isEqualTo(Money.mxn(8_900));

        Sale sale = sell(store, plug, credit(slip.proof(), 5_000), cash(3_900));
        assertThat(sale.tenders().getFirst().reference()).isEqualTo(standing.code());
        assertThat(done(credits.look(standing.code())).left()).isEqualTo(Money.mxn(3_900));

        Ticket next = ticket(store, plug);
        assertThat(refusal(store.till.pay(
                        next.id(),
                        Money.mxn(8_900),
                        new Payment(List.of(credit(standing.code(), 2_000), credit(slip.proof(), 2_000), cash(4_900))),
                        MARTA)))
                .isEqualTo("credit-short");
        done(store.till.pay(
                next.id(), Money.mxn(8_900), new Payment(List.of(credit(standing.code(), 3_900), cash(5_000))), MARTA));
        assertThat(refusal(credits.look(slip.proof()))).isEqualTo("credit-spent");
    }

    @Test
    void another_branch_takes_the_slip_by_its_signature_with_no_network() {
        Tender.Credit slip = issued();
        Sale sale = sell(other, theirs, credit(slip.proof(), 8_900));
        assertThat(sale.tenders().getFirst().credit()).isEqualTo(slip);
        assertThat(refusal(new SqliteCredits(other.sales, other.branches, SpentElsewhere.in(other.reference))
                        .look(slip.proof())))
                .isEqualTo("credit-spent");
    }

    @Test
    void what_no_branch_signed_and_what_was_mistyped_pays_nothing() {
        Tender.Credit slip = issued();
        Credits there = new SqliteCredits(other.sales, other.branches, SpentElsewhere.in(other.reference));
        assertThat(refusal(there.look(slip.proof().replace("|8900|", "|89000|"))))
                .isEqualTo("credit-false");
        assertThat(refusal(credits.look(slip.proof().replace("|8900|", "|89000|"))))
                .isEqualTo("credit-false");
        String code = done(credits.look(slip.proof())).code();
        assertThat(refusal(there.look(code))).isEqualTo("credit-unknown");
        assertThat(refusal(there.look("7K3M-9QXA-0C4X"))).isEqualTo("credit-mistyped");
        Ticket ticket = ticket(other, theirs);
        assertThat(refusal(
                        other.till.pay(ticket.id(), Money.mxn(8_900), new Payment(List.of(credit("", 8_900))), MARTA)))
                .isEqualTo("credit-mistyped");
    }
}
