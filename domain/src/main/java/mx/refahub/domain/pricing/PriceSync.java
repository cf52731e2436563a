package mx.refahub.domain.pricing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Brings what the hub publishes of prices to this branch now, instead of with the next announcement. Implemented by the store connector. */
public interface PriceSync {
    /**
     * @param version that stands here; 0 before the first
     * @param since when it has stood here; null before the first
     */
    record Part(long version, @Nullable Instant since) {}

    /** @param book of levels, customers' prices and promotions */
    record Standing(Part prices, Part book) {}

    /** Asks the hub and returns at once; with the hub out of reach it is asked again by itself. @return what stands here at this moment */
    Standing ask();
}
