package mx.refahub.domain.sale;

import java.util.ArrayList;
import java.util.List;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.money.Money;

/** What the customer hands over, or is handed back where the ticket comes out negative; in the order it was typed. */
public record Payment(List<Offer> offers) {
    /** @param given what was handed over, charged or paid back, in MXN and never negative */
    public record Offer(Tender.Kind kind, Money given, String reference) {}

    public Payment {
        offers = List.copyOf(offers);
    }

    /**
     * Turns what was given into tenders that pay the total exactly. Cards and transfers pay what they say; cash pays the rest and gives
     * change. Refused: nothing given ({@code payment-missing}), a zero or negative amount ({@code payment-not-positive}), too little
     * ({@code payment-short}, naming what is missing), or more than the total without cash ({@code payment-over}). What is owed to the customer is paid back
     * exactly: {@code refund-short} or {@code refund-over}, each with the difference; nothing typed is all in cash.
     */
    public Outcome<List<Tender>> settle(Money total, IdSource ids) {
        if (total.isNegative()) return payBack(total.negated(), ids);
        if (offers.isEmpty() && !total.isZero()) return Outcome.refused("payment-missing");
        Money zero = Money.zero(total.currency());
        Money electronic = zero;
        Money cash = zero;
        for (Offer offer : offers) {
            if (offer.given().compareTo(zero) <= 0 && !total.isZero()) return Outcome.refused("payment-not-positive");
            if (offer.kind() == Tender.Kind.CASH) cash = cash.plus(offer.given());
            else electronic = electronic.plus(offer.given());
        }
        if (electronic.compareTo(total) > 0)
            return Outcome.refused("payment-over", electronic.minus(total).text());
        Money rest = total.minus(electronic);
        if (cash.compareTo(rest) < 0)
            return Outcome.refused("payment-short", rest.minus(cash).text());
        if (rest.isZero() && !cash.isZero()) return Outcome.refused("payment-over", cash.text());
        List<Tender> tenders = new ArrayList<>();
        for (Offer offer : offers) {
            if (offer.kind() != Tender.Kind.CASH)
                tenders.add(new Tender(ids.next(), offer.kind(), offer.given(), offer.given(), offer.reference()));
        }
        if (!cash.isZero() || tenders.isEmpty()) tenders.add(new Tender(ids.next(), Tender.Kind.CASH, rest, cash, ""));
        return Outcome.done(tenders);
    }

    private Outcome<List<Tender>> payBack(Money owed, IdSource ids) {
        Money zero = Money.zero(owed.currency());
        List<Offer> back = offers.isEmpty() ? List.of(new Offer(Tender.Kind.CASH, owed, "")) : offers;
        Money given = zero;
        for (Offer offer : back) {
            if (offer.given().compareTo(zero) <= 0) return Outcome.refused("payment-not-positive");
            given = given.plus(offer.given());
        }
        if (given.compareTo(owed) < 0)
            return Outcome.refused("refund-short", owed.minus(given).text());
        if (given.compareTo(owed) > 0)
            return Outcome.refused("refund-over", given.minus(owed).text());
        List<Tender> tenders = new ArrayList<>();
        for (Offer offer : back) {
            Money out = offer.given().negated();
            tenders.add(new Tender(ids.next(), offer.kind(), out, out, offer.reference()));
        }
        return Outcome.done(tenders);
    }
}
