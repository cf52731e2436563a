package mx.refahub.domain.wire;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Body of a {@code promise-made} document, schema 1, under the promise's key: a quote, a layaway or a special order. Lines and totals are those of a {@code sale}. Amounts are minor units of {@code currency}.
 *
 * @param kind QUOTE, LAYAWAY or ORDER
 * @param ticket that it was made of
 * @param customer null only on a quote
 * @param plan payments after the first one
 */
public record PromiseMadeBody(
        UUID id,
        UUID store,
        String kind,
        String number,
        UUID register,
        UUID ticket,
        @Nullable UUID customer,
        String customerName,
        String phone,
        String currency,
        List<SaleBody.LineBody> lines,
        SaleBody.TotalsBody totals,
        LocalDate businessDay,
        LocalDate dueOn,
        List<InstallmentBody> plan,
        String note,
        Instant at,
        UUID by,
        String byName) {
    public record InstallmentBody(LocalDate on, long amount) {}
}
