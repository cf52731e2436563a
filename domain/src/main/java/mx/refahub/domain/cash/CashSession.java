package mx.refahub.domain.cash;

import java.time.Instant;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.domain.store.UserId;
import org.jspecify.annotations.Nullable;

/** A register's drawer from its opening with a float to its closing. */
public record CashSession(
        UUID id,
        RegisterId register,
        UserId openedBy,
        String openedByName,
        Instant openedAt,
        Money openingFloat,
        @Nullable Instant closedAt) {
    public CashSession {
        if (openingFloat.isNegative()) throw new IllegalArgumentException("negative float");
    }
}
