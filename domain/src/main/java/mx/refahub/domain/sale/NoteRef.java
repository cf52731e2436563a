package mx.refahub.domain.sale;

import java.time.Instant;
import mx.refahub.domain.store.UserId;

/**
 * The note that a ticket was collected by, as it stands in the sale.
 *
 * @param number of the branch, counted from one
 * @param handOver whether the warehouse still has to hand over what was sold
 */
public record NoteRef(long number, UserId by, String byName, Instant at, boolean handOver) {
    public NoteRef {
        if (number < 1) throw new IllegalArgumentException("note " + number);
    }
}
