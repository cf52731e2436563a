package mx.refahub.store.branch;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import mx.refahub.domain.rate.CashRounding;
import mx.refahub.domain.rate.ExchangeRate;
import mx.refahub.domain.wire.SettingsRow;
import org.jspecify.annotations.Nullable;

/** How the company takes money. */
public record BranchTenders(CashRounding rounding, List<ExchangeRate> rates) {
    public BranchTenders {
        rates = List.copyOf(rates);
    }

    static BranchTenders of(SettingsRow.@Nullable TendersRow row) {
        if (row == null) return new BranchTenders(CashRounding.NONE, List.of());
        Long step = row.cashRounding();
        List<SettingsRow.RateRow> rates = row.rates();
        return new BranchTenders(
                step == null ? CashRounding.NONE : new CashRounding(step),
                rates == null
                        ? List.of()
                        : rates.stream()
                                .map(rate -> new ExchangeRate(
                                        Currency.getInstance(rate.currency()),
                                        rate.day(),
                                        new BigDecimal(rate.pesos())))
                                .toList());
    }
}
