package mx.refahub.domain.sale;

import java.util.UUID;
import mx.refahub.domain.money.Money;

/**
 * The quote, layaway or special order that a ticket sells; or the order of a marketplace, all of which was paid there.
 *
 * @param kind as the promise names it, or {@link #MARKET}
 * @param number as printed
 * @param deposit what is held for it, and pays of the ticket
 */
public record Promised(UUID id, String kind, String number, Money deposit) {
    public static final String MARKET = "MARKET";

    public Promised {
        if (deposit.isNegative()) throw new IllegalArgumentException("a deposit of " + deposit.text());
    }

    public boolean isMarket() {
        return kind.equals(MARKET);
    }

    /** What pays of the ticket without anything being handed over now. */
    public Tender.Kind tender() {
        return isMarket() ? Tender.Kind.MARKETPLACE : Tender.Kind.DEPOSIT;
    }
}
