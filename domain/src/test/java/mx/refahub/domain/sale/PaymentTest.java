package mx.refahub.domain.sale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.Uuid7;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.rate.CashRounding;
import mx.refahub.domain.rate.ExchangeRate;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
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

    private static final ExchangeRate RATE =
            new ExchangeRate(ExchangeRate.USD, LocalDate.parse("2026-03-02"), new BigDecimal("17.4523"));

    private static Payment.Terms terms(long rounding) {
        return new Payment.Terms(new CashRounding(rounding), RATE, Refusal.of("rate-unknown"));
    }

    private static Payment.Offer dollars(long cents) {
        return new Payment.Offer(Tender.Kind.CASH_USD, new Money(cents, ExchangeRate.USD), "");
    }

    @Example
    void what_is_less_than_a_coin_is_not_missing_from_a_refund() {
        Payment card = new Payment(List.of(new Payment.Offer(Tender.Kind.CREDIT_CARD, Money.mxn(1), "A1")));

        assertThat(card.open(Money.mxn(-2), terms(10)).missing()).isEqualTo(Money.mxn(0));
        assertThat(card.settle(Money.mxn(-2), terms(10), ids)).isInstanceOf(Outcome.Done.class);
    }

    /** Whatever is given: lines = ticket = tenders, and what goes back is what can be handed out. */
    @Property
    void tenders_pay_the_ticket_exactly_however_cash_is_rounded(
            @ForAll @LongRange(min = 1, max = 1_000_000) long total,
            @ForAll @LongRange(min = 0, max = 1_000_000) long card,
            @ForAll @LongRange(min = 0, max = 20_000) long coins,
            @ForAll @LongRange(min = 0, max = 100_000) long cents,
            @ForAll @IntRange(max = 2) int step,
            @ForAll boolean refund) {
        long rounding = CashRounding.STEPS.get(step);
        // Nobody hands over coins that there are not.
        long pesos = rounding == 0 ? coins : coins * rounding;
        List<Payment.Offer> offers = new ArrayList<>();
        if (card > 0) offers.add(new Payment.Offer(Tender.Kind.CREDIT_CARD, Money.mxn(card), "A1"));
        if (pesos > 0) offers.add(new Payment.Offer(Tender.Kind.CASH, Money.mxn(pesos), ""));
        if (cents > 0 && !refund) offers.add(dollars(cents));
        Money due = Money.mxn(refund ? -total : total);
        Payment payment = new Payment(offers);
        Payment.Open open = payment.open(due, terms(rounding));

        switch (payment.settle(due, terms(rounding), ids)) {
            case Outcome.Done<List<Tender>>(List<Tender> tenders) -> {
                assertThat(tenders.stream().map(Tender::amount).reduce(Money.mxn(0), Money::plus))
                        .isEqualTo(due);
                Money change = tenders.stream().map(Tender::change).reduce(Money.mxn(0), Money::plus);
                if (rounding > 0) assertThat(change.minor() % rounding).isZero();
                for (Tender tender : tenders)
                    if (tender.kind() == Tender.Kind.ROUNDING)
                        assertThat(Math.abs(tender.amount().minor()))
                                // Next to nothing paid in dollars: never more change than was handed over.
                                .isLessThanOrEqualTo(cents > 0 && total - card < rounding ? rounding : rounding / 2);
                if (!offers.isEmpty()) assertThat(open.missing().minor()).isLessThanOrEqualTo(0);
            }
            case Outcome.Refused<List<Tender>>(Refusal refusal) -> {
                assertThat(refusal.code())
                        .isIn("payment-over", "payment-short", "payment-missing", "refund-short", "refund-over");
                if (refusal.code().endsWith("-short") && open.inCash().minor() > 0) {
                    // What the screen says is missing in cash is what settles it.
                    List<Payment.Offer> more = new ArrayList<>(offers);
                    more.add(new Payment.Offer(Tender.Kind.CASH, open.inCash(), ""));
                    assertThat(new Payment(more).settle(due, terms(rounding), ids))
                            .isInstanceOf(Outcome.Done.class);
                }
            }
        }
    }

    @Example
    void dollars_are_worth_pesos_and_change_is_in_pesos() {
        List<Tender> tenders = settled(new Payment(List.of(dollars(2_000))), 30_000, terms(0));
        assertThat(tenders).singleElement().satisfies(tender -> {
            assertThat(tender.kind()).isEqualTo(Tender.Kind.CASH_USD);
            assertThat(tender.received()).isEqualTo(Money.mxn(34_905));
            assertThat(tender.change()).isEqualTo(Money.mxn(4_905));
            assertThat(tender.foreign())
                    .isEqualTo(new Tender.Foreign(new Money(2_000, ExchangeRate.USD), new BigDecimal("17.4523")));
        });
        assertThat(refused(new Payment(List.of(dollars(2_000))), 30_000)).isEqualTo(Refusal.of("rate-unknown"));
        assertThat(refused(new Payment(List.of(dollars(2_000))), -30_000)).isEqualTo(Refusal.of("refund-in-pesos"));
        assertThat(RATE.covering(Money.mxn(30_000))).isEqualTo(new Money(1_719, ExchangeRate.USD));
        assertThat(RATE.worth(new Money(1_719, ExchangeRate.USD))).isEqualTo(Money.mxn(30_001));
    }

    @Example
    void a_refund_in_cash_is_rounded_and_the_rest_is_a_tender_of_its_own() {
        assertThat(settled(new Payment(List.of()), -12_345, terms(50)))
                .extracting(Tender::kind, Tender::amount)
                .containsExactly(
                        tuple(Tender.Kind.CASH, Money.mxn(-12_350)), tuple(Tender.Kind.ROUNDING, Money.mxn(5)));
        assertThat(settled(new Payment(List.of()), -20, terms(50)))
                .extracting(Tender::kind, Tender::amount)
                .containsExactly(tuple(Tender.Kind.CASH, Money.mxn(0)), tuple(Tender.Kind.ROUNDING, Money.mxn(-20)));
    }

    private List<Tender> settled(Payment payment, long total, Payment.Terms terms) {
        return payment.settle(Money.mxn(total), terms, ids).fold(tenders -> tenders, refusal -> {
            throw new AssertionError("refused: " + refusal);
        });
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
