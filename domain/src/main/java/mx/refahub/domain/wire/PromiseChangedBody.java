package mx.refahub.domain.wire;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Body of a {@code promise-changed} document, schema 2, under the promise's key. Schema 1 gave nothing back as store credit.
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
     * @param kind how {@code returned} went back; what went back as store credit is not in it
     * @param slip what went back as store credit; null for nothing
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
            String reference,
            @Nullable SlipBody slip) {
        /** All that leaves what is held. */
        public long gone() {
            return returned + kept + (slip == null ? 0 : slip.amount());
        }
    }

    /**
     * @param id of the credit, and of the ledger's entry
     * @param proof text of the slip's QR
     */
    public record SlipBody(UUID id, long amount, String proof) {}
}
