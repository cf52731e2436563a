package mx.refahub.domain.sale;

import java.util.List;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.store.RegisterId;
import org.jspecify.annotations.Nullable;

/**
 * A ticket in hand: priced and summed by the server at every change.
 *
 * @param buyer null where nobody said who buys
 * @param promised what it sells that was promised before; null where nothing was
 */
public record Ticket(
        UUID id,
        RegisterId register,
        List<TicketLine> lines,
        Totals totals,
        @Nullable Buyer buyer,
        @Nullable Promised promised) {
    public Ticket {
        lines = List.copyOf(lines);
    }

    public Ticket(UUID id, RegisterId register, List<TicketLine> lines, Totals totals, @Nullable Buyer buyer) {
        this(id, register, lines, totals, buyer, null);
    }

    /** What is to be paid now: the total, less a deposit that was paid before. */
    public Money due() {
        return promised == null ? totals.total() : totals.total().minus(promised.deposit());
    }

    public Ticket(UUID id, RegisterId register, List<TicketLine> lines, Totals totals) {
        this(id, register, lines, totals, null);
    }
}
