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
 * @param cores deposits of the opening load at this store; null from a hub that does not tell
 */
public record CustomerRow(
        UUID id,
        Map<String, String> fields,
        @Nullable UUID heard,
        long balance,
        long own,
        @Nullable LineRow line,
        List<OpenRow> open,
        @Nullable List<CoreRow> cores) {
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

    /**
     * Old pieces that the customer owes since before this system.
     *
     * @param quantity in thousandths, as it was loaded
     * @param deposit of one piece, in centavos
     * @param received in thousandths, of those that came at the hub
     * @param back in thousandths, of those that came back with this store's own tickets, as far as the hub has them
     */
    public record CoreRow(
            UUID id,
            UUID part,
            String lineCode,
            String partNumber,
            String name,
            String unit,
            String taxClass,
            String taxObject,
            String satCode,
            String satUnit,
            long quantity,
            long deposit,
            long received,
            long back,
            LocalDate since) {}
}
