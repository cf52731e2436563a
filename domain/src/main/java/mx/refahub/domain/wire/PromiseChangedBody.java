package mx.refahub.domain.wire;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Body of a {@code promise-changed} document, schema 1, under the promise's key.
 *
 * @param change ARRIVED, TOLD or CANCELLED
 * @param back what of the deposit went back and what was kept; only with CANCELLED, and null where nothing was held
 */
public record PromiseChangedBody(
        UUID id,
        UUID store,
        UUID promise,
        String change,
        String note,
        @Nullable BackBody back,
        Instant at,
        LocalDate businessDay,
        UUID by,
        String byName,
        @Nullable UUID approvedBy,
        @Nullable String approvedByName) {
    /**
     * @param keptId the ledger's entry of what was kept
     * @param cashSession of the drawer that paid it
     * @param number of the receipt
     */
    public record BackBody(
            UUID keptId,
            UUID register,
            UUID cashSession,
            String number,
            String kind,
            String satPaymentForm,
            String currency,
            long returned,
            long kept,
            String reference) {}
}
