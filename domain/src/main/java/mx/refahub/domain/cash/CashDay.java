package mx.refahub.domain.cash;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import mx.refahub.domain.money.Money;

/**
 * All registers of a branch on a day: every session that was opened on it, a closed one by its last Z, an open one by its X.
 *
 * @param complete whether every session of the day has its Z
 */
public record CashDay(LocalDate day, Instant at, List<CashReport> sessions, boolean complete) {
    public CashDay {
        sessions = List.copyOf(sessions);
    }

    /** The tenders of all sessions together; counted only where every session of the tender was. */
    public List<CashReport.TenderLine> tenders() {
        List<CashReport.TenderLine> sums = new ArrayList<>();
        for (CashReport session : sessions) {
            for (CashReport.TenderLine line : session.tenders()) {
                int at = -1;
                for (int i = 0; i < sums.size(); i++)
                    if (sums.get(i).tender() == line.tender()
                            && sums.get(i).currency().equals(line.currency())) at = i;
                if (at < 0) sums.add(line.counted(countedOrNothing(line), ""));
                else sums.set(at, plus(sums.get(at), line));
            }
        }
        return sums;
    }

    /** What customers paid on their accounts in this tender, in all sessions. */
    public Money accountPayments(CashReport.TenderLine of) {
        Money sum = Money.zero(of.currency());
        for (CashReport session : sessions)
            for (CashReport.TenderLine line : session.tenders())
                if (line.tender() == of.tender() && line.currency().equals(of.currency()))
                    sum = sum.plus(session.accountPayments(line));
        return sum;
    }

    /** Deposits for layaways and special orders of all sessions. */
    public List<CashReport.Deposits> deposits() {
        List<CashReport.Sum> sums = new ArrayList<>();
        for (CashReport session : sessions)
            for (CashReport.Deposits one : session.deposits()) {
                sums.add(new CashReport.Sum(one.tender(), CashEntry.Kind.DEPOSIT, one.taken()));
                sums.add(new CashReport.Sum(one.tender(), CashEntry.Kind.DEPOSIT_BACK, one.back()));
            }
        return CashReport.deposits(sums);
    }

    public CashReport.Sales sales() {
        CashReport.Sales sum = CashReport.Sales.none();
        for (CashReport session : sessions) {
            CashReport.Sales s = session.sales();
            sum = new CashReport.Sales(
                    sum.count() + s.count(),
                    "",
                    "",
                    sum.net().plus(s.net()),
                    sum.discount().plus(s.discount()),
                    sum.tax().plus(s.tax()),
                    sum.cores().plus(s.cores()),
                    sum.total().plus(s.total()),
                    sum.vouchers().plus(s.vouchers()));
        }
        return sum;
    }

    public List<CashReport.TaxLine> taxes() {
        List<CashReport.TaxLine> sums = new ArrayList<>();
        for (CashReport session : sessions) {
            for (CashReport.TaxLine line : session.taxes()) {
                int at = -1;
                for (int i = 0; i < sums.size(); i++) {
                    CashReport.TaxLine sum = sums.get(i);
                    if (sum.object().equals(line.object())
                            && sum.factor() == line.factor()
                            && sum.rate().compareTo(line.rate()) == 0) at = i;
                }
                if (at < 0) sums.add(line);
                else {
                    CashReport.TaxLine sum = sums.get(at);
                    sums.set(
                            at,
                            new CashReport.TaxLine(
                                    sum.object(),
                                    sum.factor(),
                                    sum.rate(),
                                    sum.base().plus(line.base()),
                                    sum.tax().plus(line.tax())));
                }
            }
        }
        return sums;
    }

    private static CashReport.TenderLine plus(CashReport.TenderLine a, CashReport.TenderLine b) {
        return new CashReport.TenderLine(
                a.tender(),
                a.opening().plus(b.opening()),
                a.received().plus(b.received()),
                a.change().plus(b.change()),
                a.paidIn().plus(b.paidIn()),
                a.paidOut().plus(b.paidOut()),
                a.drops().plus(b.drops()),
                countedOrNothing(a).plus(countedOrNothing(b)),
                "");
    }

    /** An open session has counted nothing yet; {@link #complete} says so. */
    private static Money countedOrNothing(CashReport.TenderLine line) {
        Money counted = line.counted();
        return counted == null ? Money.zero(line.currency()) : counted;
    }
}
