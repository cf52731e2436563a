package mx.refahub.store.branch;

import java.time.ZoneId;
import mx.refahub.domain.sale.Issuer;
import mx.refahub.domain.tax.TaxRegion;
import mx.refahub.domain.wire.SettingsRow;

/** The branch as the hub's settings describe it. */
public record Branch(
        String name,
        String code,
        String address,
        ZoneId zone,
        TaxRegion region,
        Issuer issuer,
        String receiptFooter,
        BranchTenders tenders,
        BranchCores cores) {

    /** @throws IllegalArgumentException or {@link java.time.DateTimeException} if the row makes no sense */
    public static Branch of(SettingsRow row) {
        return new Branch(
                row.storeName(),
                row.storeCode(),
                row.storeAddress(),
                ZoneId.of(row.timeZone()),
                TaxRegion.valueOf(row.taxRegion()),
                new Issuer(row.issuerRfc(), row.issuerName(), row.issuerRegime(), row.postalCode()),
                row.receiptFooter(),
                BranchTenders.of(row.tenders()),
                BranchCores.of(row.cores()));
    }
}
