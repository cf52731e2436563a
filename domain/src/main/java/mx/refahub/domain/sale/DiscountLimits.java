package mx.refahub.domain.sale;

import java.math.BigDecimal;
import mx.refahub.domain.store.Role;

/**
 * How much each role may let off a line without asking anybody, in percent of its price.
 *
 * @param cashier 0 to 100
 * @param manager 0 to 100, not below the cashier's; an administrator has no limit
 */
public record DiscountLimits(BigDecimal cashier, BigDecimal manager) {
    public DiscountLimits {
        if (cashier.signum() < 0 || manager.compareTo(cashier) < 0 || manager.compareTo(Discount.HUNDRED) > 0)
            throw new IllegalArgumentException("discount limits of " + cashier + " % and " + manager + " %");
    }

    public BigDecimal of(Role role) {
        return switch (role) {
            case CASHIER -> cashier;
            case MANAGER -> manager;
            case ADMIN -> Discount.HUNDRED;
            case WAREHOUSE, MECHANIC, ACCOUNTANT -> BigDecimal.ZERO;
        };
    }
}
