package mx.refahub.domain.sale;

import java.util.List;
import java.util.UUID;
import mx.refahub.domain.store.RegisterId;
import org.jspecify.annotations.Nullable;

/**
 * A ticket in hand: priced and summed by the server at every change.
 *
 * @param buyer null where nobody said who buys
 */
public record Ticket(
        UUID id,
        RegisterId register,
        List<TicketLine> lines,
        Totals totals,
        @Nullable Buyer buyer) {
    public Ticket {
        lines = List.copyOf(lines);
    }

    public Ticket(UUID id, RegisterId register, List<TicketLine> lines, Totals totals) {
        this(id, register, lines, totals, null);
    }
}
