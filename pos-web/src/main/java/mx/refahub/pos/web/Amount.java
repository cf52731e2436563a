package mx.refahub.pos.web;

import mx.refahub.domain.money.Money;

/** An amount on the wire: exact for machines, and as a screen shows it. */
public record Amount(long minor, String text, String currency) {
    public static Amount of(Money money) {
        return new Amount(money.minor(), money.text(), money.currency().getCurrencyCode());
    }
}
