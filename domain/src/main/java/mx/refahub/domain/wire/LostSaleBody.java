package mx.refahub.domain.wire;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Body of a {@code lost-sale} document, schema 1.
 *
 * @param asked and {@code vehicle}, {@code partText}, {@code note} may be empty
 * @param quantity in thousandths
 */
public record LostSaleBody(
        UUID id,
        UUID store,
        String asked,
        String vehicle,
        @Nullable UUID part,
        String partText,
        long quantity,
        String reason,
        String note,
        Instant at,
        UUID by,
        String byName) {}
