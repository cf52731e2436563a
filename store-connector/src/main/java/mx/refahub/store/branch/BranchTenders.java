package mx.refahub.store.branch;

import java.math.BigDecimal;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import mx.refahub.domain.rate.CashRounding;
import mx.refahub.domain.rate.ExchangeRate;
import mx.refahub.domain.store.StoreId;
import mx.refahub.domain.wire.SettingsRow;
import org.jspecify.annotations.Nullable;

/** How the company takes money. */
public record BranchTenders(CashRounding rounding, List<ExchangeRate> rates, List<Key> keys) {
    /** @param code of the branch */
    public record Key(StoreId store, String code, PublicKey key) {}

    public BranchTenders {
        rates = List.copyOf(rates);
        keys = List.copyOf(keys);
    }

    public Optional<Key> key(StoreId store) {
        return keys.stream().filter(key -> key.store().equals(store)).findFirst();
    }

    static BranchTenders of(SettingsRow.@Nullable TendersRow row) {
        if (row == null) return new BranchTenders(CashRounding.NONE, List.of(), List.of());
        Long step = row.cashRounding();
        List<SettingsRow.RateRow> rates = row.rates();
        List<SettingsRow.KeyRow> keys = row.keys();
        return new BranchTenders(
                step == null ? CashRounding.NONE : new CashRounding(step),
                rates == null
                        ? List.of()
                        : rates.stream().map(BranchTenders::rate).toList(),
                keys == null ? List.of() : keys.stream().map(BranchTenders::key).toList());
    }

    private static ExchangeRate rate(SettingsRow.RateRow rate) {
        return new ExchangeRate(Currency.getInstance(rate.currency()), rate.day(), new BigDecimal(rate.pesos()));
    }

    private static Key key(SettingsRow.KeyRow row) {
        try {
            return new Key(
                    new StoreId(row.store()),
                    row.code(),
                    KeyFactory.getInstance("Ed25519")
                            .generatePublic(new X509EncodedKeySpec(
                                    Base64.getMimeDecoder().decode(row.key()))));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the key of branch " + row.code() + " is none", e);
        }
    }
}
