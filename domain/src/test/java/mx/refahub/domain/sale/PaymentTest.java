package mx.refahub.domain.sale;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.Random;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.Uuid7;
import mx.refahub.domain.money.Money;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class PaymentTest {
    private final IdSource ids = new Uuid7(Clock.systemUTC(), new Random(7));

    @Property
    void tenders_pay_the_total_exactly_and_the_rest_is_change(
            @ForAll @LongRange(min = 1, max = 10_000_000) long total,
            @ForAll @LongRange(min = 1, max = 10_000_000) long card,
            @ForAll @LongRange(min = 1, max = 10_000_000) long cash) {
        Payment payment = new Payment(List.of(
                new Payment.Offer(Tender.Kind.CREDIT_CARD, Money.mxn(card), "A1"),
                new Payment.Offer(Tender.Kind.CASH, Money.mxn(cash), "")));

        switch (payment.settle(Money.mxn(total), ids)) {
            case Outcome.Done<List<Tender>>(List<Tender> tenders) -> {
                assertThat(tenders.stream().map(Tender::amount).reduce(Money.mxn(0), Money::plus))
                        .isEqualTo(Money.mxn(total));
                Money change = tenders.stream().map(Tender::change).reduce(Money.mxn(0), Money::plus);
                assertThat(change).isEqualTo(Money.mxn(card + cash - total));
            }
            case Outcome.Refused<List<Tender>>(Refusal refusal) -> {
                String expected = card >= total ? "payment-over" : "payment-short";
                assertThat(refusal.code()).isEqualTo(expected);
                assertThat(card >= total || card + cash < total).isTrue();
            }
        }
    }

    @Example
    void change_of_a_five_hundred_note_for_489() {
        Payment payment = new Payment(List.of(new Payment.Offer(Tender.Kind.CASH, Money.mxn(50000), "")));
        assertThat(settled(payment, 48900)).singleElement().satisfies(tender -> {
            assertThat(tender.amount()).isEqualTo(Money.mxn(48900));
            assertThat(tender.change()).isEqualTo(Money.mxn(1100));
        });
    }

    @Example
    void too_little_says_what_is_missing() {
        Payment payment = new Payment(List.of(new Payment.Offer(Tender.Kind.CASH, Money.mxn(40000), "")));
        assertThat(refused(payment, 48900)).isEqualTo(Refusal.of("payment-short", "$89.00"));
    }

    @Example
    void a_card_gives_no_change() {
        Payment payment = new Payment(List.of(new Payment.Offer(Tender.Kind.DEBIT_CARD, Money.mxn(50000), "")));
        assertThat(refused(payment, 48900)).isEqualTo(Refusal.of("payment-over", "$11.00"));
    }

    @Example
    void nothing_and_less_than_nothing_pay_nothing() {
        assertThat(refused(new Payment(List.of()), 48900).code()).isEqualTo("payment-missing");
        Payment negative = new Payment(List.of(
                new Payment.Offer(Tender.Kind.CASH, Money.mxn(-100), ""),
                new Payment.Offer(Tender.Kind.CREDIT_CARD, Money.mxn(49000), "")));
        assertThat(refused(negative, 48900).code()).isEqualTo("payment-not-positive");
    }

    @Example
    void a_free_ticket_is_paid_with_a_cash_tender_of_nothing() {
        Payment payment = new Payment(List.of(new Payment.Offer(Tender.Kind.CASH, Money.mxn(0), "")));
        assertThat(settled(payment, 0))
                .singleElement()
                .satisfies(tender -> assertThat(tender.amount()).isEqualTo(Money.mxn(0)));
    }

    @Example
    void what_is_owed_is_paid_back_exactly_in_cash_unless_said_otherwise() {
        assertThat(settled(new Payment(List.of()), -8_500)).singleElement().satisfies(tender -> {
            assertThat(tender.kind()).isEqualTo(Tender.Kind.CASH);
            assertThat(tender.amount()).isEqualTo(Money.mxn(-8_500));
            assertThat(tender.change()).isEqualTo(Money.mxn(0));
        });
        Payment card = new Payment(List.of(
                new Payment.Offer(Tender.Kind.CREDIT_CARD, Money.mxn(8_000), "A1"),
                new Payment.Offer(Tender.Kind.CASH, Money.mxn(500), "")));
        assertThat(settled(card, -8_500))
                .extracting(Tender::amount)
                .containsExactly(Money.mxn(-8_000), Money.mxn(-500));
        assertThat(refused(card, -8_600)).isEqualTo(Refusal.of("refund-short", "$1.00"));
        assertThat(refused(card, -8_400)).isEqualTo(Refusal.of("refund-over", "$1.00"));
    }

    @Example
    void an_even_exchange_needs_no_payment() {
        assertThat(settled(new Payment(List.of()), 0))
                .singleElement()
                .satisfies(tender -> assertThat(tender.amount()).isEqualTo(Money.mxn(0)));
    }

    private List<Tender> settled(Payment payment, long total) {
        return payment.settle(Money.mxn(total), ids).fold(tenders -> tenders, refusal -> {
            throw new AssertionError("refused: " + refusal);
        });
    }

    private Refusal refused(Payment payment, long total) {
        return payment.settle(Money.mxn(total), ids)
                .fold(
                        tenders -> {
                            throw new AssertionError("settled: " + tenders);
                        },
                        refusal -> refusal);
    }
}
