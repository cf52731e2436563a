package mx.refahub.domain.wire;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Row of the catalogue stream.
 *
 * @param removed the part left the catalogue; the other fields still describe it
 * @param core deposit in centavos
 * @param tracking {@code SERIAL} or {@code LOT}; null from a hub that asks for none
 */
public record PartRow(
        UUID id,
        String lineCode,
        String partNumber,
        String brand,
        String nameEs,
        String nameEn,
        String category,
        String unit,
        String taxClass,
        long core,
        String satCode,
        String satUnit,
        String taxObject,
        boolean removed,
        List<BarcodeRow> barcodes,
        List<FitmentRow> fitments,
        List<InterchangeRow> interchanges,
        List<RelationRow> relations,
        @Nullable String tracking) {
    /** Of a part that asks for no serial number. */
    public PartRow(
            UUID id,
            String lineCode,
            String partNumber,
            String brand,
            String nameEs,
            String nameEn,
            String category,
            String unit,
            String taxClass,
            long core,
            String satCode,
            String satUnit,
            String taxObject,
            boolean removed,
            List<BarcodeRow> barcodes,
            List<FitmentRow> fitments,
            List<InterchangeRow> interchanges,
            List<RelationRow> relations) {
        this(
                id,
                lineCode,
                partNumber,
                brand,
                nameEs,
                nameEn,
                category,
                unit,
                taxClass,
                core,
                satCode,
                satUnit,
                taxObject,
                removed,
                barcodes,
                fitments,
                interchanges,
                relations,
                null);
    }

    public PartRow {
        // Rows of a hub that knows of none yet have no such field.
        relations = relations == null ? List.of() : List.copyOf(relations);
    }

    /** @param pack in thousandths */
    public record BarcodeRow(String value, long pack) {}

    /** @param body null for any, and from a hub that knows of none */
    public record FitmentRow(
            String make,
            String model,
            int yearFrom,
            int yearTo,
            String engine,
            @Nullable String body,
            String position,
            String notes) {}

    public record InterchangeRow(String kind, String otherBrand, String otherNumber) {}

    /** @param quantity in thousandths */
    public record RelationRow(String kind, UUID part, String grade, long quantity, String position, String note) {}
}
