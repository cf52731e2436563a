package mx.refahub.domain.search;

import java.util.List;
import mx.refahub.domain.part.PartId;
import org.jspecify.annotations.Nullable;

/**
 * One page of an answer.
 *
 * @param total hits in all; exact up to {@value #EXACT_TOTAL}, then a lower bound
 * @param tookMicros time inside the index, in microseconds
 * @param indexVersion version of the snapshot that answered; 0 before the first
 * @param nearest only where nothing was found: parts that meet most of the words, each with the words that it meets. They are no hits
 * @param facets null unless they were asked for
 */
public record PartHits(
        long total,
        long tookMicros,
        long indexVersion,
        List<Hit> hits,
        Understood understood,
        List<Hit> nearest,
        @Nullable Facets facets) {
    public static final int EXACT_TOTAL = 1_000;

    public record Hit(PartId part, Reason reason) {}

    public PartHits {
        hits = List.copyOf(hits);
        nearest = List.copyOf(nearest);
    }

    public PartHits(long total, long tookMicros, long indexVersion, List<Hit> hits) {
        this(total, tookMicros, indexVersion, hits, Understood.NOTHING, List.of(), null);
    }
}
