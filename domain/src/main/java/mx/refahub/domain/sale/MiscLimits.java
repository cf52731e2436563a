package mx.refahub.domain.sale;

import java.util.Optional;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.store.Person;

/** What one piece of an item outside the catalogue may cost, as it is typed, without asking anybody; empty for no limit. */
@FunctionalInterface
public interface MiscLimits {
    Optional<Money> of(Person person);

    /** By role: an administrator has no limit, who does not sell sells nothing of the kind. */
    static MiscLimits byRole(Money cashier, Money manager) {
        if (cashier.isNegative() || manager.compareTo(cashier) < 0)
            throw new IllegalArgumentException("limits of " + cashier.text() + " and " + manager.text());
        return person -> switch (person.role()) {
            case CASHIER -> Optional.of(cashier);
            case MANAGER -> Optional.of(manager);
            case ADMIN -> Optional.empty();
            case WAREHOUSE, MECHANIC, ACCOUNTANT -> Optional.of(Money.zero(cashier.currency()));
        };
    }

    /** Whether this person answers for such a price alone. */
    default boolean allow(Person person, Money price) {
        return of(person).map(most -> price.compareTo(most) <= 0).orElse(true);
    }
}
