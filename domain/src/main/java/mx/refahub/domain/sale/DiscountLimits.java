package mx.refahub.domain.sale;

import java.math.BigDecimal;
import mx.refahub.domain.store.Person;

/** How much somebody may let off a line without asking anybody, in percent of its price: 0 to 100. */
@FunctionalInterface
public interface DiscountLimits {
    BigDecimal of(Person person);

    /** By role alone: an administrator has no limit, who does not sell lets nothing off. */
    static DiscountLimits byRole(BigDecimal cashier, BigDecimal manager) {
        if (cashier.signum() < 0 || manager.compareTo(cashier) < 0 || manager.compareTo(Discount.HUNDRED) > 0)
            throw new IllegalArgumentException("discount limits of " + cashier + " % and " + manager + " %");
        return person -> switch (person.role()) {
            case CASHIER -> cashier;
            case MANAGER -> manager;
            case ADMIN -> Discount.HUNDRED;
            case WAREHOUSE, MECHANIC, ACCOUNTANT -> BigDecimal.ZERO;
        };
    }
}
