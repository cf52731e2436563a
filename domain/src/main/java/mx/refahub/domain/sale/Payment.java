package mx.refahub.domain.sale;

import java.util.ArrayList;
import java.util.List;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.rate.CashRounding;
import mx.refahub.domain.rate.ExchangeRate;
import org.jspecify.annotations.Nullable;

/** What the customer hands over, or is handed back where the ticket comes out negative; in the order it was typed. */
public record Payment(List<Offer> offers) {
    /**
     * @param given what was handed over, charged or paid back, never negative; in pesos, dollar bills in dollars
     * @param card what is known of the card, if anything
     * @param credit the slip that it is paid with, once it is proven; its text stands in the reference before
     */
    public record Offer(
            Tender.Kind kind,
            Money given,
            String reference,
            Tender.@Nullable Card card,
            Tender.@Nullable Credit credit) {
        public Offer {
            if ((kind == Tender.Kind.CASH_USD) == given.currency().equals(Money.MXN))
                throw new IllegalArgumentException(kind + " in " + given.currency());
            if (!kind.isOffered()) throw new IllegalArgumentException("nobody pays by " + kind);
        }

        public Offer(Tender.Kind kind, Money given, String reference) {
            this(kind, given, reference, null, null);
        }

        public Offer by(String code, Tender.Credit slip) {
            return new Offer(kind, given, code, card, slip);
        }

        public static Offer of(Tender.Kind kind, Money given, String reference, Tender.@Nullable Card card) {
            return new Offer(kind, given, reference, card, null);
        }
    }

    /**
     * What holds of the day.
     *
     * @param dollar null where none is taken
     * @param noDollar why not
     */
    public record Terms(CashRounding rounding, @Nullable ExchangeRate dollar, Refusal noDollar) {
        /** Pesos to the centavo. */
        public static final Terms PLAIN = new Terms(CashRounding.NONE, null, Refusal.of("rate-unknown"));
    }

    public Payment {
        offers = List.copyOf(offers);
    }

    public Outcome<List<Tender>> settle(Money total, IdSource ids) {
        return settle(total, Terms.PLAIN, ids);
    }

    /**
     * Turns what was given into tenders that pay the total exactly. Cards and transfers pay what they say; cash pays the rest and gives
     * change in pesos, dollars before pesos; what cash is rounded by is a tender of its own. Refused: nothing given ({@code payment-missing}), a zero or negative amount
     * ({@code payment-not-positive}), too little ({@code payment-short}, naming what is missing), or more than the total without cash ({@code payment-over}), dollars without a
     * rate of the day ({@code rate-unknown}, {@code rate-too-old}). What is owed to the customer is paid back
     * exactly: {@code refund-short} or {@code refund-over}, each with the difference, and in pesos ({@code refund-in-pesos}); nothing typed is all in cash.
     */
    public Outcome<List<Tender>> settle(Money total, Terms terms, IdSource ids) {
        if (total.isNegative()) return payBack(total.negated(), terms, ids);
        if (offers.isEmpty() && !total.isZero()) return Outcome.refused("payment-missing");
        for (Offer offer : offers)
            if (offer.given().isNegative()
                    || offer.given().isZero() && !(total.isZero() && offer.kind() == Tender.Kind.CASH))
                return Outcome.refused("payment-not-positive");
        Sums sums = sums(total, terms);
        if (sums.noRate()) return new Outcome.Refused<>(terms.noDollar());
        if (sums.rest().isNegative())
            return Outcome.refused("payment-over", sums.rest().negated().text());
        if (sums.cash().compareTo(sums.due()) < 0)
            return Outcome.refused(
                    "payment-short", sums.due().minus(sums.cash()).text());
        if (sums.rest().isZero() && !sums.cash().isZero())
            return Outcome.refused("payment-over", sums.cash().text());
        List<Tender> tenders = new ArrayList<>();
        for (Offer offer : offers)
            if (!offer.kind().isCash())
                tenders.add(new Tender(
                        ids.next(),
                        offer.kind(),
                        offer.given(),
                        offer.given(),
                        offer.reference(),
                        null,
                        offer.card(),
                        offer.credit()));
        Money byDollars = sums.worth().min(sums.due());
        ExchangeRate rate = terms.dollar();
        if (rate != null && !sums.dollars().isZero())
            tenders.add(new Tender(
                    ids.next(),
                    Tender.Kind.CASH_USD,
                    byDollars,
                    sums.worth(),
                    "",
                    new Tender.Foreign(sums.dollars(), rate.pesos()),
                    null,
                    null));
        if (!sums.pesos().isZero() || tenders.isEmpty())
            tenders.add(new Tender(ids.next(), Tender.Kind.CASH, sums.due().minus(byDollars), sums.pesos(), ""));
        round(tenders, sums.rest().minus(sums.due()), ids);
        return Outcome.done(tenders);
    }

    /**
     * What was given so far, in pesos.
     *
     * @param rest what is left for cash, before it is rounded; negative if the others pay too much
     * @param due the same as it is paid in cash; unrounded where none was given
     * @param worth of the dollars
     */
    private record Sums(Money rest, Money due, Money pesos, Money dollars, Money worth, boolean noRate) {
        Money cash() {
            return pesos.plus(worth);
        }
    }

    private Sums sums(Money total, Terms terms) {
        Money electronic = Money.zero(total.currency());
        Money pesos = electronic;
        Money dollars = Money.zero(ExchangeRate.USD);
        for (Offer offer : offers)
            if (offer.kind() == Tender.Kind.CASH_USD) dollars = dollars.plus(offer.given());
            else if (offer.kind() == Tender.Kind.CASH) pesos = pesos.plus(offer.given());
            else electronic = electronic.plus(offer.given());
        ExchangeRate rate = terms.dollar();
        Money worth = rate == null ? Money.zero(total.currency()) : rate.worth(dollars);
        Money rest = total.minus(electronic);
        return new Sums(
                rest,
                due(rest, pesos, pesos.plus(worth), !dollars.isZero(), terms.rounding()),
                pesos,
                dollars,
                worth,
                rate == null && !dollars.isZero());
    }

    /** Pesos pay a rounded sum; against dollars, whose worth has centavos of its own, the change or what is missing is rounded. */
    private static Money due(Money rest, Money pesos, Money cash, boolean dollars, CashRounding rounding) {
        if (rest.isNegative() || !dollars && pesos.isZero()) return rest;
        if (!dollars) return rounding.round(rest);
        Money lacking = rest.minus(cash);
        if (!lacking.isNegative()) return cash.plus(rounding.round(lacking));
        Money due = cash.minus(rounding.round(lacking.negated()));
        // Never more change than was handed over.
        return due.isNegative() ? due.plus(new Money(rounding.step(), due.currency())) : due;
    }

    /**
     * What is still to be paid or paid back, before anything is settled.
     *
     * @param given so far, in pesos
     * @param missing nothing or less where enough was given
     * @param inCash the same if it is paid in cash, rounded
     */
    public record Open(Money given, Money missing, Money inCash) {}

    public Open open(Money total, Terms terms) {
        Money owed = total.isNegative() ? total.negated() : total;
        Sums sums = sums(owed, terms);
        boolean noCash = sums.cash().isZero() && !sums.rest().isNegative();
        Money inCash = (noCash ? terms.rounding().round(sums.rest()) : sums.due()).minus(sums.cash());
        // Less than a coin is left to hand back: that settles it.
        boolean paidBack = total.isNegative() && noCash && inCash.isZero();
        Money missing = paidBack ? Money.zero(owed.currency()) : sums.due().minus(sums.cash());
        return new Open(owed.minus(sums.rest()).plus(sums.cash()), missing, inCash);
    }

    private Outcome<List<Tender>> payBack(Money owed, Terms terms, IdSource ids) {
        for (Offer offer : offers) {
            if (offer.given().minor() <= 0) return Outcome.refused("payment-not-positive");
            if (offer.kind() == Tender.Kind.CASH_USD) return Outcome.refused("refund-in-pesos");
            if (offer.kind() == Tender.Kind.GIFT_VOUCHER) return Outcome.refused("refund-by-credit");
        }
        List<Offer> back = offers.isEmpty()
                ? List.of(new Offer(Tender.Kind.CASH, terms.rounding().round(owed), ""))
                : offers;
        Sums sums = new Payment(back).sums(owed, terms);
        if (sums.rest().isNegative())
            return Outcome.refused("refund-over", sums.rest().negated().text());
        Money difference = sums.due().minus(sums.cash());
        if (difference.isNegative())
            return Outcome.refused("refund-over", difference.negated().text());
        // What is left to hand out may be less than a coin.
        boolean lessThanACoin =
                sums.cash().isZero() && terms.rounding().round(difference).isZero();
        if (!difference.isZero() && !lessThanACoin) return Outcome.refused("refund-short", difference.text());
        List<Tender> tenders = new ArrayList<>();
        for (Offer offer : back) {
            Money out = offer.given().negated();
            tenders.add(new Tender(
                    ids.next(), offer.kind(), out, out, offer.reference(), null, offer.card(), offer.credit()));
        }
        round(tenders, sums.rest().minus(sums.cash()).negated(), ids);
        return Outcome.done(tenders);
    }

    private static void round(List<Tender> tenders, Money by, IdSource ids) {
        if (!by.isZero()) tenders.add(new Tender(ids.next(), Tender.Kind.ROUNDING, by, by, ""));
    }
}
