package mx.refahub.hub.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.wire.CashSessionClosedBody;

/** Lays a Z beside the documents of its session. What differs is said in words, with both figures in minor units; nothing is put right. */
final class CashCheck {
    private final CashSessionClosedBody z;
    private final List<String> odd = new ArrayList<>();

    private CashCheck(CashSessionClosedBody z) {
        this.z = z;
    }

    static List<String> differences(
            CashSessionClosedBody z,
            List<CashTable.TenderSums> tenders,
            CashTable.SaleSums sales,
            List<CashTable.TaxSums> taxes,
            CashTable.Numbers numbers) {
        CashCheck check = new CashCheck(z);
        check.ownFigures();
        check.tenders(tenders);
        check.sales(sales);
        check.taxes(taxes);
        check.numbers(numbers);
        if (!check.odd.isEmpty() && numbers.pending() > 0)
            check.odd.add(numbers.pending() + " documents that the store wrote before this Z are not applied yet");
        return check.odd;
    }

    private void ownFigures() {
        long sold = 0;
        for (CashSessionClosedBody.TenderBody t : z.tenders()) {
            String name = t.kind() + " " + t.currency();
            own(
                    name + " expected",
                    t.opening() + t.received() + t.change() + t.paidIn() + t.paidOut() + t.drops(),
                    t.expected());
            own(name + " difference", t.counted() - t.expected(), t.difference());
            own(name + " counted", isCounted(t.kind()) ? counted(t.kind(), t.currency()) : t.expected(), t.counted());
            if (t.currency().equals(z.currency())) sold += t.received() + t.change();
        }
        own("sales by tender", sold, z.sales().total());
        long taxed = z.taxes().stream().mapToLong(tax -> tax.base() + tax.tax()).sum();
        own("taxes and their bases", taxed, z.sales().total());
    }

    /** A kind that this hub does not know is counted like any other. */
    private static boolean isCounted(String kind) {
        return Arrays.stream(Tender.Kind.values())
                .noneMatch(known -> known.name().equals(kind) && !known.isCounted());
    }

    private long counted(String kind, String currency) {
        if (kind.equals("CASH"))
            return z.pieces().stream()
                    .filter(p -> p.currency().equals(currency))
                    .mapToLong(p -> p.value() * p.pieces())
                    .sum();
        return z.vouchers().stream()
                .filter(v -> v.kind().equals(kind) && v.currency().equals(currency))
                .mapToLong(CashSessionClosedBody.VouchersBody::amount)
                .sum();
    }

    private void tenders(List<CashTable.TenderSums> sums) {
        CashTable.TenderSums none = new CashTable.TenderSums("", "", 0, 0, 0, 0, 0, 0);
        for (CashSessionClosedBody.TenderBody t : z.tenders()) {
            CashTable.TenderSums s = sums.stream()
                    .filter(sum -> sum.kind().equals(t.kind()) && sum.currency().equals(t.currency()))
                    .findFirst()
                    .orElse(none);
            String name = t.kind() + " " + t.currency();
            differ(name + " float", t.opening(), s.opening());
            differ(name + " received", t.received(), s.received());
            differ(name + " change", t.change(), s.change());
            differ(name + " paid in", t.paidIn(), s.paidIn());
            differ(name + " paid out", t.paidOut(), s.paidOut());
            differ(name + " drops", t.drops(), s.drops());
        }
        for (CashTable.TenderSums s : sums)
            if (z.tenders().stream()
                    .noneMatch(t -> t.kind().equals(s.kind()) && t.currency().equals(s.currency())))
                odd.add("the Z leaves out " + s.kind() + " " + s.currency() + ", of which documents tell");
    }

    private void sales(CashTable.SaleSums s) {
        CashSessionClosedBody.SalesBody sales = z.sales();
        differ("number of sales", sales.count(), s.sales());
        differ("net", sales.net(), s.net());
        differ("discount", sales.discount(), s.discount());
        differ("tax", sales.tax(), s.tax());
        differ("cores", sales.cores(), s.cores());
        differ("total", sales.total(), s.total());
        Long vouchers = sales.vouchers();
        differ("gift vouchers", vouchers == null ? 0 : vouchers, s.vouchers());
        if (!sales.firstFolio().equals(s.firstFolio()) || !sales.lastFolio().equals(s.lastFolio()))
            odd.add("folios: the Z says " + sales.firstFolio() + " to " + sales.lastFolio() + ", the documents "
                    + s.firstFolio() + " to " + s.lastFolio());
    }

    private void taxes(List<CashTable.TaxSums> sums) {
        for (CashSessionClosedBody.TaxBody t : z.taxes()) {
            CashTable.TaxSums s = sums.stream()
                    .filter(sum -> same(t, sum))
                    .findFirst()
                    .orElse(new CashTable.TaxSums(t.object(), t.factor(), t.rate(), 0, 0));
            String name = "tax " + t.object() + " " + t.factor() + " " + t.rate();
            differ(name + " base", t.base(), s.base());
            differ(name, t.tax(), s.tax());
        }
        for (CashTable.TaxSums s : sums)
            if (z.taxes().stream().noneMatch(t -> same(t, s)))
                odd.add("the Z leaves out tax " + s.object() + " " + s.factor() + " " + s.rate());
    }

    private static boolean same(CashSessionClosedBody.TaxBody t, CashTable.TaxSums s) {
        return t.object().equals(s.object())
                && t.factor().equals(s.factor())
                && t.rate().equals(s.rate());
    }

    private void numbers(CashTable.Numbers n) {
        if (n.twice()) odd.add("Z " + z.zNumber() + " of the register came twice");
        if (n.before() != z.zNumber() - 1) odd.add("Z " + z.zNumber() + " follows Z " + n.before());
        if (n.superseded() != z.supersedes())
            odd.add("supersedes: the Z says " + z.supersedes() + ", the documents " + n.superseded());
    }

    private void own(String what, long comesTo, long says) {
        if (comesTo != says) odd.add(what + ": the Z says " + says + ", its own figures come to " + comesTo);
    }

    private void differ(String what, long says, long documents) {
        if (says != documents) odd.add(what + ": the Z says " + says + ", the documents " + documents);
    }
}
