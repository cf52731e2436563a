package mx.refahub.batch.catalogue;

import java.util.List;
import mx.refahub.batch.csv.FileFormat;
import mx.refahub.batch.csv.RowRejected;
import mx.refahub.domain.part.Barcode;
import mx.refahub.domain.part.Part;
import mx.refahub.domain.part.PartNumber;
import mx.refahub.domain.part.Quantity;

/** The four files of a catalogue (docs/formats.md). */
final class CatalogueFiles {
    private static final int BRAND = 60;
    private static final int CATEGORY = 120;
    private static final int VEHICLE = 60;
    private static final int NOTES = 300;

    static final FileFormat PARTS = new FileFormat(
            "parts",
            "staging_part",
            List.of(
                    "line_code",
                    "part_number",
                    "normal_number",
                    "brand",
                    "name_es",
                    "name_en",
                    "category",
                    "unit",
                    "price",
                    "includes_tax",
                    "currency",
                    "tax_class",
                    "core",
                    "sat_code",
                    "sat_unit",
                    "tax_object"),
            List.of(
                    "line_code",
                    "part_number",
                    "brand",
                    "name_es",
                    "unit",
                    "list_price",
                    "price_includes_tax",
                    "currency",
                    "tax_class",
                    "sat_code",
                    "sat_unit"),
            List.of("name_en", "category", "core_amount", "tax_object"),
            (row, line) -> {
                PartNumber number = row.partNumber("part_number");
                Long core = row.centavos("core_amount");
                line.text(row.lineCode())
                        .text(number.value())
                        .text(number.normal())
                        .text(row.required("brand", BRAND))
                        .text(row.required("name_es", Part.MAX_NAME_LENGTH))
                        .text(row.text("name_en", Part.MAX_NAME_LENGTH))
                        .text(row.text("category", CATEGORY))
                        .text(row.required("unit", 10))
                        .number(row.centavos("list_price"))
                        .flag(row.flag("price_includes_tax"))
                        .text(row.oneOf("currency", List.of("MXN")))
                        .text(row.oneOf("tax_class", List.of("GENERAL", "ZERO", "EXEMPT")))
                        .number(core == null ? 0 : core)
                        .text(row.matching(
                                "sat_code", "[0-9]{8}", "", "no es una clave de producto del SAT: son 8 dígitos"))
                        .text(row.matching(
                                "sat_unit", "[A-Z0-9]{2,3}", "", "no es una clave de unidad del SAT, por ejemplo H87"))
                        .text(row.matching(
                                "tax_object",
                                "0[1-8]",
                                "02",
                                "no es una clave de objeto de impuesto del SAT: de 01 a 08"));
            });

    static final FileFormat BARCODES = new FileFormat(
            "barcodes",
            "staging_barcode",
            List.of("line_code", "part_number", "barcode", "pack"),
            List.of("line_code", "part_number", "barcode"),
            List.of("pack_quantity"),
            (row, line) -> {
                Long pack = row.thousandths("pack_quantity");
                long pieces = pack == null ? Quantity.ONE.thousandths() : pack;
                if (pieces <= 0) throw new RowRejected("pack_quantity", "0", "debe ser mayor que cero");
                line.text(row.lineCode())
                        .text(row.partNumber("part_number").value())
                        .text(row.matching(
                                "barcode",
                                "[!-~]{1," + Barcode.MAX_LENGTH + "}",
                                "",
                                "no es un código de barras: de 1 a 48 letras, números o signos, sin espacios"))
                        .number(pieces);
            });

    static final FileFormat INTERCHANGE = new FileFormat(
            "interchange",
            "staging_interchange",
            List.of("line_code", "part_number", "kind", "other_brand", "other_number", "other_normal"),
            List.of("line_code", "part_number", "kind", "other_number"),
            List.of("other_brand"),
            (row, line) -> {
                PartNumber other = row.partNumber("other_number");
                line.text(row.lineCode())
                        .text(row.partNumber("part_number").value())
                        .text(row.oneOf("kind", List.of("OEM", "EQUIVALENT", "SUPERSEDES")))
                        .text(row.text("other_brand", BRAND))
                        .text(other.value())
                        .text(other.normal());
            });

    static final FileFormat FITMENTS = new FileFormat(
            "fitments",
            "staging_fitment",
            List.of("line_code", "part_number", "make", "model", "year_from", "year_to", "engine", "position", "notes"),
            List.of("line_code", "part_number", "make", "model", "year_from", "year_to"),
            List.of("engine", "position", "notes"),
            (row, line) -> {
                int from = row.year("year_from");
                int to = row.year("year_to");
                if (from > to)
                    throw new RowRejected("year_to", Integer.toString(to), "es anterior a year_from " + from);
                line.text(row.lineCode())
                        .text(row.partNumber("part_number").value())
                        .text(row.required("make", VEHICLE))
                        .text(row.required("model", VEHICLE))
                        .number(from)
                        .number(to)
                        .text(row.text("engine", VEHICLE))
                        .text(row.text("position", VEHICLE))
                        .text(row.text("notes", NOTES));
            });

    /** In the order in which they are staged. */
    static final List<FileFormat> ALL = List.of(PARTS, BARCODES, INTERCHANGE, FITMENTS);

    private CatalogueFiles() {}
}
