package mx.refahub.domain.wire;

import java.time.Instant;
import java.util.UUID;

/**
 * Body of a {@code cash-session-reopened} document, schema 1.
 *
 * @param zNumber the Z that the next one supersedes
 */
public record CashSessionReopenedBody(
        UUID id,
        UUID session,
        UUID store,
        UUID register,
        long zNumber,
        String reason,
        UUID by,
        String byName,
        Instant at) {}
