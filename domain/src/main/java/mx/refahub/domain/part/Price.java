package mx.refahub.domain.part;

import mx.refahub.domain.money.Money;

/** What a part costs on a list, and whether the figure contains the tax. */
public record Price(Money amount, boolean includesTax) {
    public Price {
        if (amount.isNegative()) throw new IllegalArgumentException("negative price");
    }
}
