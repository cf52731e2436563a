package mx.refahub.store.sale;

import java.util.ArrayList;
import java.util.List;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.rate.CashRounding;
import mx.refahub.domain.sale.Payment;
import mx.refahub.domain.sale.ReturnOf;
import mx.refahub.domain.sale.ReturnTerms;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.sale.TicketLine;

/** What nobody had a ticket of is paid back as store credit, never as money. */
final class CreditedReturns {
    private CreditedReturns() {}

    /** What of the ticket came back without one, not negative. */
    static Money unproven(Ticket ticket) {
        Money sum = Money.mxn(0);
        for (TicketLine line : ticket.lines()) {
            ReturnOf returned = line.returnOf();
            if (returned != null && returned.terms().source() == ReturnTerms.Source.NO_TICKET)
                sum = sum.minus(line.amounts().total());
        }
        return sum;
    }

    /**
     * The payment with the credit that it must have. Refused where somebody typed less of it: {@code return-as-credit}, naming how much.
     *
     * @param typed whether somebody said how it is paid back
     * @param payment what goes to an account is in it already
     */
    static Outcome<Payment> paidBack(Ticket ticket, Payment payment, boolean typed, CashRounding rounding) {
        Money total = ticket.totals().total();
        if (!total.isNegative()) return Outcome.done(payment);
        Money owed = total.negated();
        Money account = sum(payment, Tender.Kind.ON_ACCOUNT);
        Money credit = unproven(ticket).min(owed.minus(account));
        if (credit.minor() <= 0) return Outcome.done(payment);
        if (typed)
            return sum(payment, Tender.Kind.STORE_CREDIT).compareTo(credit) < 0
                    ? Outcome.refused("return-as-credit", credit.text())
                    : Outcome.done(payment);
        List<Payment.Offer> offers = new ArrayList<>();
        if (!account.isZero()) offers.add(new Payment.Offer(Tender.Kind.ON_ACCOUNT, account, ""));
        offers.add(new Payment.Offer(Tender.Kind.STORE_CREDIT, credit, ""));
        Money cash = rounding.round(owed.minus(account).minus(credit));
        if (!cash.isZero()) offers.add(new Payment.Offer(Tender.Kind.CASH, cash, ""));
        return Outcome.done(new Payment(offers));
    }

    private static Money sum(Payment payment, Tender.Kind kind) {
        return payment.offers().stream()
                .filter(offer -> offer.kind() == kind)
                .map(Payment.Offer::given)
                .reduce(Money.mxn(0), Money::plus);
    }
}
