package mx.refahub.domain.pricing;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who buys, as far as prices go.
 *
 * @param customer null for the public
 */
public record Buyer(PriceLevel level, @Nullable UUID customer) {
    public static final Buyer PUBLIC = new Buyer(PriceLevel.PUBLICO, null);
}
