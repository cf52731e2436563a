package mx.refahub.domain.wire;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Row of the transfers stream: a transfer from or to the store that reads it, as the hub has tied its documents together.
 *
 * @param done nothing is on the way any more: a store forgets it
 */
public record TransferRow(
        String number,
        UUID from,
        String fromCode,
        UUID to,
        String toCode,
        Instant sentAt,
        boolean done,
        List<LineRow> lines) {
    /**
     * @param sentValue centavos
     * @param arrived thousandths that the receiver took in or that were written off, or that came back
     */
    public record LineRow(UUID part, long sent, long sentValue, long arrived) {}

    public TransferRow {
        lines = List.copyOf(lines);
    }
}
