package mx.refahub.domain.wire;

import java.time.Instant;
import java.util.UUID;

/**
 * Body of a {@code cash-movement} document, schema 1.
 *
 * @param kind PAID_IN, PAID_OUT or DROP
 * @param amount minor units, positive whichever way it goes
 * @param approvedByName who allowed it on the spot; empty where nobody had to
 */
public record CashMovementBody(
        UUID id,
        UUID session,
        UUID store,
        UUID register,
        String kind,
        String currency,
        long amount,
        String reason,
        String note,
        String reference,
        UUID by,
        String byName,
        String approvedByName,
        Instant at) {}
