package mx.refahub.domain.wire;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * Body of a {@code promise-payment} document, schema 1, under the promise's key: a deposit that was taken into the drawer.
 *
 * @param number of the receipt
 * @param heldBefore what was held for the promise before it
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
        String byName) {}
