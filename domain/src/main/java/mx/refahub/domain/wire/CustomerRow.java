package mx.refahub.domain.wire;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of the stream {@code customers}: a customer with the account as the hub has it, seen from one store.
 *
 * @param heard the last change from this store that stands in it, by the id of its act; null for none
 * @param balance of all stores, in centavos
 * @param own what of it this store's own documents came to
 * @param open tickets not yet paid, and those of this store that were paid elsewhere
 */
public record CustomerRow(
        UUID id,
        Map<String, String> fields,
        @Nullable UUID heard,
        long balance,
        long own,
        @Nullable LineRow line,
        List<OpenRow> open) {
    /** A signed credit line ({@code CreditLine}). */
    public record LineRow(
            String currency, long limit, int days, boolean held, long branchLimit, Instant setAt, String signature) {}

    /**
     * @param mine whether this store wrote it
     * @param paidElsewhere what other stores' documents paid of it
     * @param paidHere what this store's own documents paid of it, as far as the hub has them
     */
    public record OpenRow(
            UUID id,
            String folio,
            String store,
            boolean mine,
            LocalDate day,
            LocalDate dueOn,
            long amount,
            long paidElsewhere,
            long paidHere) {}
}
