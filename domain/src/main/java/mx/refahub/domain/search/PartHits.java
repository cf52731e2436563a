package mx.refahub.domain.search;

import java.util.List;
import mx.refahub.domain.part.PartId;

/**
 * One page of an answer.
 *
 * @param total hits in all; exact up to 1,000, then a lower bound
 * @param tookMicros time inside the index, in microseconds
 * @param indexVersion version of the snapshot that answered; 0 before the first
 */
public record PartHits(long total, long tookMicros, long indexVersion, List<Hit> hits) {
    public record Hit(PartId part, Reason reason) {}

    public PartHits {
        hits = List.copyOf(hits);
    }
}
