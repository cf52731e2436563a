package mx.refahub.domain.wire;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The one row of the settings stream: what a store must know of itself and of the company to sell. */
public record SettingsRow(
        String storeName,
        String storeCode,
        String storeAddress,
        String timeZone,
        String taxRegion,
        String issuerRfc,
        String issuerName,
        String issuerRegime,
        String postalCode,
        String receiptFooter,
        List<RegisterRow> registers,
        @Nullable List<BranchRow> branches,
        @Nullable TendersRow tenders,
        @Nullable CoresRow cores) {
    public record RegisterRow(UUID id, String name, String prefix) {}

    /** An open branch of the company, this one among them. */
    public record BranchRow(UUID id, String code, String name) {}

    /**
     * How the company takes money.
     *
     * @param cashRounding centavos that cash is rounded to; null for none
     * @param rates the latest of each currency
     */
    public record TendersRow(
            @Nullable Long cashRounding,
            @Nullable List<RateRow> rates,
            @Nullable List<KeyRow> keys) {}

    /** @param key public key of a branch (X.509, base 64), by which its slips are known anywhere */
    public record KeyRow(UUID store, String code, String key) {}

    /** @param pesos of one unit from this day on, a decimal text */
    public record RateRow(String currency, LocalDate day, String pesos) {}

    /**
     * The company's terms for old pieces.
     *
     * @param taxed whether a deposit is taxed like its part; else it is owed, without tax
     * @param days in which an old piece comes back; null for ever
     * @param limit pieces that a customer may owe; null for any number
     * @param customers whose limit is another
     */
    public record CoresRow(
            @Nullable Boolean taxed,
            @Nullable Integer days,
            @Nullable Long limit,
            @Nullable List<CoreLimitRow> customers) {}

    public record CoreLimitRow(UUID customer, long pieces) {}

    /** From a hub that had no word on cores. */
    public SettingsRow(
            String storeName,
            String storeCode,
            String storeAddress,
            String timeZone,
            String taxRegion,
            String issuerRfc,
            String issuerName,
            String issuerRegime,
            String postalCode,
            String receiptFooter,
            List<RegisterRow> registers,
            @Nullable List<BranchRow> branches,
            @Nullable TendersRow tenders) {
        this(
                storeName,
                storeCode,
                storeAddress,
                timeZone,
                taxRegion,
                issuerRfc,
                issuerName,
                issuerRegime,
                postalCode,
                receiptFooter,
                registers,
                branches,
                tenders,
                null);
    }

    /** From a hub that did not say how money is taken. */
    public SettingsRow(
            String storeName,
            String storeCode,
            String storeAddress,
            String timeZone,
            String taxRegion,
            String issuerRfc,
            String issuerName,
            String issuerRegime,
            String postalCode,
            String receiptFooter,
            List<RegisterRow> registers,
            @Nullable List<BranchRow> branches) {
        this(
                storeName,
                storeCode,
                storeAddress,
                timeZone,
                taxRegion,
                issuerRfc,
                issuerName,
                issuerRegime,
                postalCode,
                receiptFooter,
                registers,
                branches,
                null,
                null);
    }

    /** From a hub that did not list the branches. */
    public SettingsRow(
            String storeName,
            String storeCode,
            String storeAddress,
            String timeZone,
            String taxRegion,
            String issuerRfc,
            String issuerName,
            String issuerRegime,
            String postalCode,
            String receiptFooter,
            List<RegisterRow> registers) {
        this(
                storeName,
                storeCode,
                storeAddress,
                timeZone,
                taxRegion,
                issuerRfc,
                issuerName,
                issuerRegime,
                postalCode,
                receiptFooter,
                registers,
                null,
                null,
                null);
    }
}
