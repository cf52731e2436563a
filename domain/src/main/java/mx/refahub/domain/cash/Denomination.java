package mx.refahub.domain.cash;

import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.stream.Stream;
import mx.refahub.domain.money.Money;

/** A bill or coin that a drawer holds. Mexico's as the Banco de México issues them (the $20 is both), and the bills of the dollar. */
public record Denomination(Form form, Money value) {
    public enum Form {
        BILL,
        COIN
    }

    public static final Currency USD = Currency.getInstance("USD");

    private static final List<Denomination> ALL = Stream.of(
                    of(Form.BILL, Money.MXN, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000),
                    of(Form.COIN, Money.MXN, 2_000, 1_000, 500, 200, 100, 50, 20, 10),
                    of(Form.BILL, USD, 10_000, 5_000, 2_000, 1_000, 500, 200, 100))
            .flatMap(List::stream)
            .toList();

    /** Every one that is counted, in the order of the count: pesos before dollars, large before small. */
    public static List<Denomination> all() {
        return ALL;
    }

    private static List<Denomination> of(Form form, Currency currency, long... values) {
        return Arrays.stream(values)
                .mapToObj(value -> new Denomination(form, new Money(value, currency)))
                .toList();
    }
}
