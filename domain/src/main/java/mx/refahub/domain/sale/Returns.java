package mx.refahub.domain.sale;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.store.Person;
import org.jspecify.annotations.Nullable;

/**
 * What customers bring back. A return is a line of an ordinary ticket, beside lines that are sold: what is due or owed comes out of all of them.
 * Never more comes back than was sold, and never more is paid back than was paid. Implemented by the store connector over SQLite; works with no network.
 */
public interface Returns {
    /** The sale with this folio ({@code C1-000123}) or invoice code, of this branch. */
    Optional<Sale> find(String code);

    /** What of a sale can still come back. Refused: {@code sale-unknown}. */
    Outcome<Returnable> returnable(UUID sale);

    /** @param lines those that can be returned at all: parts, and deposits */
    record Returnable(Sale sale, List<Line> lines) {
        public Returnable {
            lines = List.copyOf(lines);
        }

        /** @param left how many have not come back yet; zero when all have */
        public record Line(SaleLine sold, Quantity left) {}
    }

    /**
     * Puts a line that comes back on the ticket, at what was paid for it; a part's deposit comes back by its own line. The same act again changes nothing.
     * Refused: {@code sale-unknown}, {@code line-unknown}, {@code quantity-not-positive}, {@code return-exceeds} (naming what is left),
     * {@code return-needs-approval} (only a manager, or with one's approval), {@code line-on-ticket} (it is on this ticket already).
     *
     * @param approver somebody whose PIN was just checked; null if nobody was asked
     */
    Outcome<Ticket> bringBack(
            UUID ticket,
            UUID act,
            UUID sale,
            UUID line,
            Quantity quantity,
            ReturnOf.Reason reason,
            Person who,
            @Nullable Person approver);
}
