package mx.refahub.domain.sale;

import java.util.Collection;
import mx.refahub.domain.money.Money;

/**
 * The sums of a ticket. {@code net − discount + tax + cores = total}; negative where more comes back than goes out.
 *
 * @param net lines before discount and tax, core deposits left out
 * @param cores refundable deposits for old parts, less what was paid back of them
 * @param savings what the customer pays less than list price, tax included
 */
public record Totals(Money net, Money discount, Money tax, Money cores, Money total, Money savings) {
    public static Totals of(Collection<? extends Summed> lines) {
        Money zero = Money.mxn(0);
        Totals sum = new Totals(zero, zero, zero, zero, zero, zero);
        for (Summed line : lines) {
            LineAmounts a = line.amounts();
            boolean core = line.kind().isCore();
            sum = new Totals(
                    core ? sum.net : sum.net.plus(a.net()),
                    sum.discount.plus(a.discount()),
                    sum.tax.plus(a.tax()),
                    core ? sum.cores.plus(a.net()) : sum.cores,
                    sum.total.plus(a.total()),
                    sum.savings.plus(line.savings()));
        }
        return sum;
    }

    /** A line as far as the sums look at it. */
    public interface Summed {
        SaleLine.Kind kind();

        LineAmounts amounts();

        Money savings();
    }
}
