package mx.refahub.domain.wire;

import java.time.Instant;
import java.util.UUID;

/** Body of a {@code cash-session-opened} document, schema 1. The float is in minor units. */
public record CashSessionOpenedBody(
        UUID id,
        UUID store,
        UUID register,
        UUID openedBy,
        String openedByName,
        Instant openedAt,
        long openingFloat,
        String currency) {}
