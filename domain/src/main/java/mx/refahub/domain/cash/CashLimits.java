package mx.refahub.domain.cash;

import java.util.Currency;
import java.util.List;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.store.Role;

/**
 * What goes without asking anybody.
 *
 * @param movements largest payment in or out that a cashier makes alone, per currency
 * @param differences largest difference of a count that needs no reason, per currency
 */
public record CashLimits(List<Money> movements, List<Money> differences) {
    public CashLimits {
        movements = List.copyOf(movements);
        differences = List.copyOf(differences);
    }

    public static boolean mayApprove(Role role) {
        return role == Role.MANAGER || role == Role.ADMIN;
    }

    /** A drop into the house's own safe is never above the limit. */
    public boolean needsApproval(CashMovement movement) {
        return movement.kind() != CashMovement.Kind.DROP
                && movement.amount().compareTo(movement(movement.amount().currency())) > 0;
    }

    public boolean needsReason(Money difference) {
        Money size = difference.isNegative() ? difference.negated() : difference;
        return size.compareTo(of(differences, difference.currency())) > 0;
    }

    public Money movement(Currency currency) {
        return of(movements, currency);
    }

    /** A currency that has no limit of its own has none to give away. */
    private static Money of(List<Money> limits, Currency currency) {
        return limits.stream()
                .filter(limit -> limit.currency().equals(currency))
                .findFirst()
                .orElse(Money.zero(currency));
    }
}
