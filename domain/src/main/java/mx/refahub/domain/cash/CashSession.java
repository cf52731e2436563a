package mx.refahub.domain.cash;

import java.time.Instant;
import java.util.UUID;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.RegisterId;
import mx.refahub.domain.store.UserId;
import org.jspecify.annotations.Nullable;

/**
 * A register's drawer from its opening with a float to its closing.
 *
 * @param cashier who stands at it now
 * @param countedAt when it was counted: from then on it sells no more
 */
public record CashSession(
        UUID id,
        RegisterId register,
        UserId openedBy,
        String openedByName,
        Instant openedAt,
        Money openingFloat,
        UserId cashier,
        String cashierName,
        @Nullable Instant countedAt,
        @Nullable Instant closedAt) {
    public CashSession {
        if (openingFloat.isNegative()) throw new IllegalArgumentException("negative float");
    }

    public static CashSession opened(UUID id, RegisterId register, Person who, Instant at, Money openingFloat) {
        return new CashSession(id, register, who.id(), who.name(), at, openingFloat, who.id(), who.name(), null, null);
    }

    public CashSession withCashier(Person who) {
        return new CashSession(
                id,
                register,
                openedBy,
                openedByName,
                openedAt,
                openingFloat,
                who.id(),
                who.name(),
                countedAt,
                closedAt);
    }

    public boolean isCounted() {
        return countedAt != null;
    }
}
