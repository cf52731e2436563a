package mx.refahub.domain.wire;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Row of the price stream: the list price of a part in minor units; null amount when it has none any more. */
public record PriceRow(UUID part, @Nullable Long amount, String currency, boolean includesTax) {}
