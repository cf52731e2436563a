package mx.refahub.pos.counter;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.sale.Payment;
import mx.refahub.domain.sale.Tender;
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
 */
record PaymentView(
        boolean refund,
        Amount due,
        Amount given,
        @Nullable Amount missing,
        @Nullable Amount change,
        boolean settled,
        @Nullable Note problem,
        List<Amount> bills) {
    /** Far above any ticket, far below where sums could overflow. */
    private static final long LARGEST = 1_000_000_000_000L;

    private static final int MOST_NOTES = 60;
    private static final int MOST_KEYS = 6;
    private static final long CENTAVOS = 100;

    record Note(String code, String text) {}

    record OfferedTender(
            @NotNull Tender.Kind kind,
            @NotNull @Min(-LARGEST) @Max(LARGEST) Long given,
            @Size(max = 60) @Nullable String reference) {
        Payment.Offer offer() {
            return new Payment.Offer(kind, Money.mxn(given), reference == null ? "" : reference);
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

    static PaymentView of(
            Money due, List<OfferedTender> offers, List<Integer> bills, Messages messages, Locale locale) {
        Payment payment = payment(offers);
        Money given = payment.offers().stream().map(Payment.Offer::given).reduce(Money.mxn(0), Money::plus);
        Money owed = due.isNegative() ? due.negated() : due;
        Money missing = owed.minus(given);
        // The ids are thrown away: nothing is kept of a preview.
        Outcome<List<Tender>> outcome = payment.settle(due, UUID::randomUUID);
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
                        List.of());
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
                        likely(missing, due.isNegative() ? List.of() : bills));
        };
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
