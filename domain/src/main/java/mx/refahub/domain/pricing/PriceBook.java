package mx.refahub.domain.pricing;

import java.util.List;

/**
 * What of the book concerns the lines at hand; more than that does no harm.
 *
 * @param version of the whole book
 */
public record PriceBook(long version, List<PriceRule> rules, List<Promotion> promotions) {
    public static final PriceBook EMPTY = new PriceBook(0, List.of(), List.of());

    public PriceBook {
        rules = List.copyOf(rules);
        promotions = List.copyOf(promotions);
    }
}
