package mx.refahub.store.sale;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.Tracking;
import mx.refahub.domain.sale.SaleLine;
import mx.refahub.domain.sale.Ticket;
import mx.refahub.domain.sale.TicketLine;
import mx.refahub.store.reference.PartTracking;

/** Whether each line of a ticket has the serial numbers that are asked of it. */
final class Serials {
    private Serials() {}

    /**
     * Refused: {@code serial-missing} (a number for each piece, naming the part), {@code lot-missing}. A piece that comes back has one of those that it was sold with.
     *
     * @param sold with which serial numbers a line was sold that now comes back, by the id of the ticket's line; left out where it had none
     */
    static Optional<Refusal> missing(Ticket ticket, Map<UUID, List<String>> sold, PartTracking tracking) {
        Map<PartId, Tracking> asked = tracking.of(ticket.lines().stream()
                .filter(line -> line.kind() == SaleLine.Kind.PART)
                .map(line -> line.part().id())
                .toList());
        for (TicketLine line : ticket.lines()) {
            int typed = line.particulars() == null
                    ? 0
                    : line.particulars().serials().size();
            String part = line.part().lineCode() + " " + line.part().number();
            List<String> before = sold.get(line.id());
            if (line.kind() == SaleLine.Kind.RETURN && before != null) {
                boolean lot = before.size() == 1;
                if (lot ? typed == 0 : typed != pieces(line)) return Optional.of(Refusal.of("serial-missing", part));
            }
            if (line.kind() != SaleLine.Kind.PART) continue;
            switch (asked.getOrDefault(line.part().id(), Tracking.NONE)) {
                case SERIAL -> {
                    if (typed != pieces(line)) return Optional.of(Refusal.of("serial-missing", part));
                }
                case LOT -> {
                    if (typed == 0) return Optional.of(Refusal.of("lot-missing", part));
                }
                case NONE -> {}
            }
        }
        return Optional.empty();
    }

    /** Begun pieces count as whole ones. */
    private static long pieces(TicketLine line) {
        return Math.ceilDiv(Math.abs(line.quantity().thousandths()), 1_000);
    }
}
