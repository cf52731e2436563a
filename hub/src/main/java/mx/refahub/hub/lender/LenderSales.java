package mx.refahub.hub.lender;

import java.util.ArrayList;
import java.util.List;
import mx.refahub.domain.sale.Tender;
import mx.refahub.domain.wire.SaleBody;

/** What tickets say that lenders paid, held against what the lenders said; in the posting's transaction. */
public final class LenderSales {
    private final LenderTable table;

    LenderSales(LenderTable table) {
        this.table = table;
    }

    /** @return what is odd about it, in words */
    public List<String> post(SaleBody sale) {
        List<String> odd = new ArrayList<>();
        for (SaleBody.TenderBody tender : sale.tenders()) {
            if (!tender.kind().equals(Tender.Kind.BNPL.name())) continue;
            boolean refund = tender.amount() < 0;
            if (!table.use(sale.store(), tender.reference(), Math.abs(tender.amount()), refund, sale.id()))
                odd.add("a lender's " + (refund ? "giving back " : "payment ") + tender.reference() + " of "
                        + tender.amount() + " centavos that no lender has confirmed");
        }
        return odd;
    }
}
