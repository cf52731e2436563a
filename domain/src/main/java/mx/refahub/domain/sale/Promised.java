package mx.refahub.domain.sale;

import java.util.UUID;
import mx.refahub.domain.money.Money;

/**
 * The quote, layaway or special order that a ticket sells.
 *
 * @param kind as the promise names it
 * @param number as printed
 * @param deposit what is held for it, and pays of the ticket
 */
public record Promised(UUID id, String kind, String number, Money deposit) {
    public Promised {
        if (deposit.isNegative()) throw new IllegalArgumentException("a deposit of " + deposit.text());
    }
}
