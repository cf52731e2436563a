package mx.refahub.domain.reconcile;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A calendar day of the store.
 *
 * @param until the instant after its last
 */
public record Day(LocalDate date, Instant from, Instant until) {
    public Day {
        if (!from.isBefore(until)) throw new IllegalArgumentException("day " + date + " ends before it begins");
    }
}
