package mx.refahub.domain.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many parts of each brand, category and fitting position answer the query, most first, at most {@link #MOST} of each. Each list is counted as if
 * nothing of its own kind had been chosen, so that the choice can be changed.
 *
 * @param stocked how many of those that answer are in stock here; null where nobody knows
 */
public record Facets(
        List<Count> brands,
        List<Count> categories,
        List<Count> positions,
        @Nullable Long stocked) {
    public static final int MOST = 20;

    public record Count(String value, long parts) {}

    public Facets {
        brands = List.copyOf(brands);
        categories = List.copyOf(categories);
        positions = List.copyOf(positions);
    }
}
