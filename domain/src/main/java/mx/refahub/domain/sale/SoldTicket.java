package mx.refahub.domain.sale;

import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.store.StoreId;
import org.jspecify.annotations.Nullable;

/**
 * A ticket as far as a return looks at it.
 *
 * @param branch code of the branch that sold it; empty where it is this one
 * @param buyer null where nobody is known
 * @param missing lines that only the branch that sold them can take back
 */
public record SoldTicket(
        UUID id,
        StoreId store,
        String branch,
        String folio,
        Instant soldAt,
        LocalDate businessDay,
        List<SaleLine> lines,
        Set<Tender.Kind> tenders,
        Money total,
        @Nullable Buyer buyer,
        int missing) {
    public SoldTicket {
        lines = List.copyOf(lines);
        tenders = Set.copyOf(tenders);
    }

    public static SoldTicket of(Sale sale) {
        Set<Tender.Kind> kinds = EnumSet.noneOf(Tender.Kind.class);
        for (Tender tender : sale.tenders()) if (tender.kind().isOffered()) kinds.add(tender.kind());
        return new SoldTicket(
                sale.id(),
                sale.store(),
                "",
                sale.folio().text(),
                sale.soldAt(),
                sale.businessDay(),
                sale.lines(),
                kinds,
                sale.totals().total(),
                sale.buyer(),
                0);
    }
}
