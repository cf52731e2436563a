package mx.refahub.domain.search;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import mx.refahub.domain.part.PartCard;
import mx.refahub.domain.part.PartId;

/**
 * Prices and stock beside what a search finds: by which it is narrowed, ordered and shown. Over PostgreSQL at the hub, where <i>here</i> is any branch,
 * and over SQLite at a store.
 */
public interface Shelves {
    /** For one search, by one thread. */
    Look look();

    /** Of all looks since the start. */
    Figures figures();

    /** Remembers what it has read: a page of a search costs one statement, however it is narrowed and ordered. */
    interface Look {
        /** Knows nothing: the order of the index stands. */
        Look NOTHING = new Look() {
            @Override
            public Predicate<PartId> stocked() {
                return part -> false;
            }

            @Override
            public Map<PartId, OnHand> onHand(List<PartId> candidates) {
                return Map.of();
            }

            @Override
            public Map<PartId, PartCard> cards(Collection<PartId> parts) {
                return Map.of();
            }
        };

        /**
         * Whether a part is in stock here, out of memory. Asks the database once at most, for what changed since it was asked last; the first time it
         * reads all that is on hand.
         */
        Predicate<PartId> stocked();

        /** What is on hand of these, in one statement, with their cards. Parts that are unknown or removed are left out. */
        Map<PartId, OnHand> onHand(List<PartId> candidates);

        /** The cards of these parts; a statement only for those that {@link #onHand} has not brought. */
        Map<PartId, PartCard> cards(Collection<PartId> parts);
    }

    /**
     * @param here in stock here
     * @param near in stock at another branch, as far as that is known here
     */
    record OnHand(boolean here, boolean near) {}

    /**
     * @param hits cards out of memory
     * @param misses cards that had to be read
     * @param statements sent for cards and stock of pages
     */
    record Figures(long hits, long misses, long statements) {}
}
