package mx.refahub.domain.wire;

import java.util.List;
import java.util.UUID;

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
        List<RegisterRow> registers) {
    public record RegisterRow(UUID id, String name, String prefix) {}
}
