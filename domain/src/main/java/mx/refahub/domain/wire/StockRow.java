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
 * @param abc class by value of sales over a year; null where nothing was sold
 * @param promised pieces that are set aside for other branches, until {@code promisedUntil} at the latest; null for none
 */
public record StockRow(
        UUID store,
        String storeCode,
        UUID part,
        long onHand,
        long opening,
        String bin,
        Instant asOf,
        @Nullable Long openingValue,
        @Nullable String abc,
        @Nullable Long promised,
        @Nullable Instant promisedUntil) {
    public StockRow(
            UUID store,
            String storeCode,
            UUID part,
            long onHand,
            long opening,
            String bin,
            Instant asOf,
            @Nullable Long openingValue) {
        this(store, storeCode, part, onHand, opening, bin, asOf, openingValue, null, null, null);
    }

    public StockRow(UUID store, String storeCode, UUID part, long onHand, long opening, String bin, Instant asOf) {
        this(store, storeCode, part, onHand, opening, bin, asOf, null);
    }
}
