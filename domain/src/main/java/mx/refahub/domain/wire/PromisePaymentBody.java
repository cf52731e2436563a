package mx.refahub.domain.wire;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Body of a {@code promise-payment} document, schema 2, under the promise's key: a deposit that was taken into the drawer. Schema 1 knew neither dollars nor slips.
 *
 * @param number of the receipt
 * @param amount in {@code currency}; of dollars, what they were worth
 * @param reference authorisation, transfer or cheque number; of a slip, its code
 * @param heldBefore what was held for the promise before it
 * @param foreign what was handed over of the kind {@code CASH_USD}; null otherwise
 * @param credit the slip that paid it ({@code STORE_CREDIT}, {@code GIFT_VOUCHER}); null otherwise
 */
public record PromisePaymentBody(
        UUID id,
        UUID store,
        UUID promise,
        UUID register,
        UUID cashSession,
        String number,
        String kind,
        String satPaymentForm,
        String currency,
        long amount,
        String reference,
        long heldBefore,
        Instant at,
        LocalDate businessDay,
        UUID by,
        String byName,
        @Nullable ForeignBody foreign,
        @Nullable SlipBody credit) {
    /**
     * @param given minor units of its currency
     * @param rate pesos of one unit
     */
    public record ForeignBody(String currency, long given, String rate) {}

    /** @param proof text of the slip's QR */
    public record SlipBody(UUID id, String proof) {}
}
