package mx.refahub.domain.part;

import java.util.List;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.tax.TaxClass;

/**
 * A part as the catalogue holds it. Price and stock are not here: they change on their own clocks.
 *
 * @param category path from the general to the special, separated by '/'; empty if unclassified
 * @param unit the trade's unit: PZA, JGO, KIT, PAR, LT, MTO …
 * @param core refundable deposit for the old part; zero when there is none
 * @param satCode c_ClaveProdServ, 8 digits
 * @param satUnit c_ClaveUnidad
 * @param taxObject c_ObjetoImp
 */
public record Part(
        PartId id,
        LineCode lineCode,
        PartNumber number,
        String brand,
        String nameEs,
        String nameEn,
        String category,
        String unit,
        TaxClass taxClass,
        Money core,
        String satCode,
        String satUnit,
        String taxObject,
        List<Barcode> barcodes) {
    public static final int MAX_NAME_LENGTH = 200;

    public Part {
        if (nameEs.isBlank())
            throw new IllegalArgumentException("part " + lineCode + " " + number + " without a Spanish name");
        if (core.isNegative()) throw new IllegalArgumentException("negative core charge");
        barcodes = List.copyOf(barcodes);
    }
}
