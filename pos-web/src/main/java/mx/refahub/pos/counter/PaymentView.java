package mx.refahub.pos.counter;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.rate.ExchangeRate;
import mx.refahub.domain.sale.Payment;
import mx.refahub.domain.sale.Tender;
import mx.refahub.pos.web.ActRefused;
import mx.refahub.pos.web.Amount;
import mx.refahub.pos.web.Messages;
import org.jspecify.annotations.Nullable;

/**
 * What a payment would come to, before it is one: the screen shows it while the clerk types.
 *
 * @param refund the customer is paid back {@code due}, which is not negative here either
 * @param missing still to be paid; null when enough
 * @param change to hand back; null when there is none
 * @param settled whether the ticket can be charged with these offers
 * @param problem why not, once something was offered
 * @param bills amounts of cash that a customer is likely to hand over for what is still due
 * @param inCash what is missing if it is paid in cash, rounded; null when enough
 * @param dollars the day's rate; null where no dollars are taken
 * @param noDollars why not
 * @param back how a refund is paid back, a row each; empty where it is all in cash
 */
record PaymentView(
        boolean refund,
        Amount due,
        Amount given,
        @Nullable Amount missing,
        @Nullable Amount change,
        boolean settled,
        @Nullable Note problem,
        List<Amount> bills,
        @Nullable Amount inCash,
        @Nullable Dollars dollars,
        @Nullable String noDollars,
        List<Back> back) {
    record Back(Tender.Kind kind, Amount amount) {}

    /** Far above any ticket, far below where sums could overflow. */
    private static final long LARGEST = 1_000_000_000_000L;

    private static final int MOST_NOTES = 60;
    private static final int MOST_KEYS = 6;
    private static final long CENTAVOS = 100;

    record Note(String code, String text) {}

    /**
     * @param rate pesos of a dollar
     * @param worth of the dollars offered so far, in pesos
     * @param missing dollars that pay what is still due; null when enough
     */
    record Dollars(
            String rate,
            LocalDate day,
            Amount worth,
            @Nullable Amount missing) {
        static Dollars of(ExchangeRate rate, List<Payment.Offer> offers, Money inCash) {
            Money given = offers.stream()
                    .filter(offer -> offer.kind() == Tender.Kind.CASH_USD)
                    .map(Payment.Offer::given)
                    .reduce(Money.zero(ExchangeRate.USD), Money::plus);
            return new Dollars(
                    rate.text(),
                    rate.day(),
                    Amount.of(rate.worth(given)),
                    inCash.minor() <= 0 ? null : Amount.of(rate.covering(inCash)));
        }
    }

    /**
     * @param given centavos, or cents where it is dollars
     * @param lastFour digits of the card, never more
     * @param charge of the terminal
     */
    record OfferedTender(
            @NotNull Tender.Kind kind,
            @NotNull @Min(-LARGEST) @Max(LARGEST) Long given,
            @Size(max = 400) @Nullable String reference,
            @Size(max = 20) @Nullable String lastFour,
            @Nullable Integer months,
            @Nullable UUID charge) {
        Payment.Offer offer() {
            if (!kind.isOffered()) throw ActRefused.of("request-invalid");
            Currency currency = kind == Tender.Kind.CASH_USD ? ExchangeRate.USD : Money.MXN;
            return Payment.Offer.of(kind, new Money(given, currency), reference == null ? "" : reference, card());
        }

        private Tender.@Nullable Card card() {
            if (!kind.isCard()) return null;
            String digits = lastFour == null ? "" : lastFour.strip();
            int over = months == null ? 0 : months;
            if (digits.isEmpty() && over == 0 && charge == null) return null;
            if (!digits.matches("\\d{4}|") || over < 0 || over > Tender.Card.MOST_MONTHS)
                throw ActRefused.of("card-invalid");
            return new Tender.Card(digits, over, charge);
        }
    }

    record Preview(@NotNull @Valid @Size(max = 20) List<OfferedTender> offers) {}

    /**
     * @param total minor units of the total that the screen showed
     * @param approval a supervisor's, where more goes on account than the customer's line has left
     */
    record Charge(
            @NotNull Long total,
            @NotNull @Valid @Size(max = 20) List<OfferedTender> offers,
            @Valid Approvals.@Nullable Approval approval) {}

    static Payment payment(List<OfferedTender> offers) {
        return new Payment(offers.stream().map(OfferedTender::offer).toList());
    }

    /** @param payment the offers; where nothing was offered for a refund, how it is paid back then */
    static PaymentView of(
            Money due,
            List<OfferedTender> offers,
            Payment payment,
            List<Integer> bills,
            Payment.Terms terms,
            Messages messages,
            Locale locale) {
        Payment.Open open = payment.open(due, terms);
        Money given = open.given();
        Money owed = due.isNegative() ? due.negated() : due;
        Money missing = open.missing();
        ExchangeRate rate = terms.dollar();
        Dollars dollars = rate == null || due.isNegative() ? null : Dollars.of(rate, payment.offers(), open.inCash());
        String noDollars = rate != null
                ? null
                : messages.text(
                        locale,
                        "refusal." + terms.noDollar().code(),
                        terms.noDollar().arguments());
        // The ids are thrown away: nothing is kept of a preview.
        Outcome<List<Tender>> outcome = payment.settle(due, terms, UUID::randomUUID);
        return switch (outcome) {
            case Outcome.Done<List<Tender>>(List<Tender> tenders) -> {
                Money change = tenders.stream().map(Tender::change).reduce(Money.mxn(0), Money::plus);
                yield new PaymentView(
                        due.isNegative(),
                        Amount.of(owed),
                        Amount.of(given),
                        null,
                        change.isZero() ? null : Amount.of(change),
                        true,
                        null,
                        List.of(),
                        null,
                        dollars,
                        noDollars,
                        back(due, tenders));
            }
            case Outcome.Refused<List<Tender>>(Refusal no) ->
                new PaymentView(
                        due.isNegative(),
                        Amount.of(owed),
                        Amount.of(given),
                        missing.isNegative() || missing.isZero() ? null : Amount.of(missing),
                        null,
                        false,
                        offers.isEmpty()
                                ? null
                                : new Note(no.code(), messages.text(locale, "refusal." + no.code(), no.arguments())),
                        likely(open.inCash(), due.isNegative() ? List.of() : bills),
                        open.inCash().minor() <= 0 ? null : Amount.of(open.inCash()),
                        dollars,
                        noDollars,
                        List.of());
        };
    }

    private static List<Back> back(Money due, List<Tender> tenders) {
        if (!due.isNegative()
                || tenders.stream()
                        .allMatch(tender ->
                                !tender.kind().isOffered() || tender.kind().isCash())) return List.of();
        return tenders.stream()
                .filter(tender -> tender.kind().isOffered())
                .map(tender -> new Back(tender.kind(), Amount.of(tender.amount().negated())))
                .toList();
    }

    /** The exact amount first, then what the customer's notes would make of it. */
    static List<Amount> likely(Money due, List<Integer> bills) {
        List<Amount> amounts = new ArrayList<>();
        if (due.isNegative() || due.isZero()) return amounts;
        amounts.add(Amount.of(due));
        for (int bill : bills) {
            long note = bill * CENTAVOS;
            long covers = Math.ceilDiv(due.minor(), note) * note;
            // Nobody counts out a brick of small notes.
            if (covers / note > MOST_NOTES && bill != bills.getLast()) continue;
            Amount amount = Amount.of(Money.mxn(covers));
            if (!amounts.contains(amount)) amounts.add(amount);
        }
        return amounts.stream()
                .sorted(Comparator.comparingLong(Amount::minor))
                .limit(MOST_KEYS)
                .toList();
    }
}
