package mx.refahub.domain.wire;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Row of the stock stream: stock on hand of one branch as the hub knows it. Of the own branch only {@code opening} counts: the movements
 * that the hub made there (opening load); the rest the store knows better.
 *
 * @param onHand in thousandths
 * @param opening sum of the hub's own movements for that branch, in thousandths
 * @param openingValue what the opening is worth, in centavos; null from a hub that knew no costs
 */
public record StockRow(
        UUID store,
        String storeCode,
        UUID part,
        long onHand,
        long opening,
        String bin,
        Instant asOf,
        @Nullable Long openingValue) {
    public StockRow(UUID store, String storeCode, UUID part, long onHand, long opening, String bin, Instant asOf) {
        this(store, storeCode, part, onHand, opening, bin, asOf, null);
    }
}
