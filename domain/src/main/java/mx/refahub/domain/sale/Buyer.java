package mx.refahub.domain.sale;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who a ticket is sold to.
 *
 * @param name as it was then
 * @param dueOn when what was sold on account is due; null where nothing was
 * @param approvedBy who answers for a sale above the credit line; null where nobody was asked
 * @param settled what tickets are paid by what came back to the account
 */
public record Buyer(
        UUID id,
        String name,
        @Nullable LocalDate dueOn,
        @Nullable UUID approvedBy,
        @Nullable String approvedByName,
        List<Settled> settled) {
    public Buyer {
        settled = List.copyOf(settled);
    }

    public static Buyer of(UUID id, String name) {
        return new Buyer(id, name, null, null, null, List.of());
    }
}
