package mx.refahub.store.sale;

import java.math.BigDecimal;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Returns without a ticket ({@code refahub.store.returns}).
 *
 * @param withoutTicket pesos that a manager may take back on one ticket; an administrator has no limit, nobody else may at all
 * @param lowestPriceOf days in which the lowest price that was paid here counts
 */
public record ReturnSettings(
        @DefaultValue("5000.00") BigDecimal withoutTicket,
        @DefaultValue("90") int lowestPriceOf) {
    private static final int MOST_DAYS = 3_650;

    public ReturnSettings {
        if (withoutTicket.signum() < 0 || lowestPriceOf < 0 || lowestPriceOf > MOST_DAYS)
            throw new IllegalArgumentException("refahub.store.returns is " + withoutTicket + " pesos and "
                    + lowestPriceOf + " days: neither below zero, at most " + MOST_DAYS + " days");
    }

    /** Whether this person answers for so much. */
    boolean allows(Person person, Money amount) {
        return person.role() == Role.ADMIN || person.role() == Role.MANAGER && amount.compareTo(most()) <= 0;
    }

    Money most() {
        return Money.rounded(withoutTicket, Money.MXN);
    }
}
