package mx.refahub.hub.ledger;

import java.util.ArrayList;
import java.util.List;
import mx.refahub.domain.sale.Sale;
import mx.refahub.domain.wire.SaleBody;

/** Looks a sale over as an auditor would. What is odd is said in words, with both figures in minor units. */
final class SaleCheck {
    private SaleCheck() {}

    static List<String> differences(SaleBody sale) {
        List<String> odd = new ArrayList<>();
        long lines = 0;
        for (int i = 0; i < sale.lines().size(); i++) {
            SaleBody.LineBody line = sale.lines().get(i);
            String name = "line " + (i + 1);
            differ(odd, name + " net less discount", line.net() - line.discount(), line.base());
            differ(odd, name + " base and tax", line.base() + line.tax(), line.total());
            lines += line.total();
        }
        SaleBody.TotalsBody totals = sale.totals();
        differ(odd, "lines", lines, totals.total());
        differ(
                odd,
                "net less discount, tax and cores",
                totals.net() - totals.discount() + totals.tax() + totals.cores(),
                totals.total());
        differ(
                odd,
                "line taxes",
                sale.lines().stream().mapToLong(SaleBody.LineBody::tax).sum(),
                totals.tax());
        differ(
                odd,
                "tenders",
                sale.tenders().stream().mapToLong(SaleBody.TenderBody::amount).sum(),
                totals.total());
        if (odd.isEmpty()) byOurOwnWords(sale, odd);
        return odd;
    }

    /** The same sale as the till's own types see it: folio, invoice code, issuer, tax, kinds. */
    private static void byOurOwnWords(SaleBody sale, List<String> odd) {
        try {
            Sale unused = sale.toSale();
        } catch (IllegalArgumentException | ArithmeticException e) {
            odd.add(String.valueOf(e.getMessage()));
        }
    }

    private static void differ(List<String> odd, String what, long is, long said) {
        if (is != said) odd.add(what + " come to " + is + ", the document says " + said);
    }
}
