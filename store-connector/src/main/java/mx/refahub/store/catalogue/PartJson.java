package mx.refahub.store.catalogue;

import java.util.List;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Barcode;
import mx.refahub.domain.part.LineCode;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.PartId;
import mx.refahub.domain.part.PartNumber;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.tax.TaxClass;
import mx.refahub.domain.wire.PartRow;
import tools.jackson.databind.json.JsonMapper;

/** A part as JSON, in the shape of the catalogue stream: what a ticket line keeps so that a later catalogue does not change it. */
public final class PartJson {
    private final JsonMapper json;

    public PartJson(JsonMapper json) {
        this.json = json;
    }

    public String write(Part part) {
        return json.writeValueAsString(new PartRow(
                part.id().value(),
                part.lineCode().value(),
                part.number().value(),
                part.brand(),
                part.nameEs(),
                part.nameEn(),
                part.category(),
                part.unit(),
                part.taxClass().name(),
                part.core().minor(),
                part.satCode(),
                part.satUnit(),
                part.taxObject(),
                false,
                part.barcodes().stream()
                        .map(barcode -> new PartRow.BarcodeRow(
                                barcode.value(), barcode.pack().thousandths()))
                        .toList(),
                List.of(),
                List.of(),
                List.of()));
    }

    public Part read(String text) {
        PartRow row = json.readValue(text, PartRow.class);
        return new Part(
                new PartId(row.id()),
                new LineCode(row.lineCode()),
                new PartNumber(row.partNumber()),
                row.brand(),
                row.nameEs(),
                row.nameEn(),
                row.category(),
                row.unit(),
                TaxClass.valueOf(row.taxClass()),
                Money.mxn(row.core()),
                row.satCode(),
                row.satUnit(),
                row.taxObject(),
                row.barcodes().stream()
                        .map(barcode -> new Barcode(barcode.value(), new Quantity(barcode.pack())))
                        .toList());
    }
}
