package mx.refahub.domain.wire;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Row of the user stream: who may stand at this store's tills.
 *
 * @param pinHash Argon2id in PHC form; null before the first choice
 * @param discountLimit percent that may be let off without asking; null for the role's
 * @param codeHash SHA-256 hexadecimal of the one-time code; null if none is open
 */
public record UserRow(
        UUID id,
        String user,
        String name,
        String role,
        @Nullable String pinHash,
        @Nullable String codeHash,
        @Nullable Instant codeExpiresAt,
        boolean removed,
        @Nullable BigDecimal discountLimit) {}
