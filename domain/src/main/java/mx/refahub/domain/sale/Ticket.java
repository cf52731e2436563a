package mx.refahub.domain.sale;

import java.util.List;
import java.util.UUID;
import mx.refahub.domain.store.RegisterId;

/** A ticket in hand: priced and summed by the server at every change. */
public record Ticket(UUID id, RegisterId register, List<TicketLine> lines, Totals totals) {
    public Ticket {
        lines = List.copyOf(lines);
    }
}
