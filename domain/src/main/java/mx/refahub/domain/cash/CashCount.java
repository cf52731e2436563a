package mx.refahub.domain.cash;

import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.sale.Tender;

/**
 * What somebody counted without knowing what should be there: pieces of each bill and coin, and the sum of the vouchers of each other tender.
 *
 * @param pieces what is not listed was not there
 */
public record CashCount(List<Pieces> pieces, List<Vouchers> vouchers) {
    public static final int MOST_PIECES = 99_999;
    /** Far above any drawer, far below where sums could overflow. */
    public static final long LARGEST = 100_000_000_000L;

    public record Pieces(Denomination denomination, int pieces) {
        public Pieces {
            if (pieces < 0 || pieces > MOST_PIECES) throw new IllegalArgumentException(pieces + " pieces");
            if (!Denomination.all().contains(denomination))
                throw new IllegalArgumentException("no such bill or coin: " + denomination);
        }

        public Money amount() {
            Money value = denomination.value();
            return new Money(Math.multiplyExact(value.minor(), pieces), value.currency());
        }
    }

    public record Vouchers(Tender.Kind tender, Money amount) {
        public Vouchers {
            if (tender == Tender.Kind.CASH) throw new IllegalArgumentException("cash is counted in pieces");
            if (!tender.isCounted()) throw new IllegalArgumentException("nobody counts " + tender);
            if (amount.isNegative() || amount.minor() > LARGEST)
                throw new IllegalArgumentException("vouchers of " + amount.text());
        }
    }

    public CashCount {
        pieces = List.copyOf(pieces);
        vouchers = List.copyOf(vouchers);
        Set<Object> seen = new HashSet<>();
        for (Pieces row : pieces)
            if (!seen.add(row.denomination())) throw new IllegalArgumentException("counted twice: " + row);
        for (Vouchers row : vouchers)
            if (!seen.add(row.tender())) throw new IllegalArgumentException("counted twice: " + row);
    }

    public Money cash(Currency currency) {
        return pieces.stream()
                .map(Pieces::amount)
                .filter(amount -> amount.currency().equals(currency))
                .reduce(Money.zero(currency), Money::plus);
    }

    public Money counted(Tender.Kind tender, Currency currency) {
        if (tender == Tender.Kind.CASH) return cash(currency);
        return vouchers.stream()
                .filter(row -> row.tender() == tender && row.amount().currency().equals(currency))
                .map(Vouchers::amount)
                .reduce(Money.zero(currency), Money::plus);
    }
}
