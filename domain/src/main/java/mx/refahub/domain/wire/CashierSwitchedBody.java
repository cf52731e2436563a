package mx.refahub.domain.wire;

import java.time.Instant;
import java.util.UUID;

/** Body of a {@code cashier-switched} document, schema 1: within an open session another person stands at the drawer. */
public record CashierSwitchedBody(
        UUID id,
        UUID session,
        UUID store,
        UUID register,
        UUID from,
        String fromName,
        UUID to,
        String toName,
        Instant at) {}
