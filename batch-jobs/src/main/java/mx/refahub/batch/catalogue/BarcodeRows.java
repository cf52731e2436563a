package mx.refahub.batch.catalogue;

import static mx.refahub.batch.intake.Column.optional;
import static mx.refahub.batch.intake.Column.required;

import java.util.List;
import mx.refahub.batch.intake.Column;
import mx.refahub.batch.intake.CopyLines;
import mx.refahub.batch.intake.Row;
import mx.refahub.batch.intake.RowFormat;
import mx.refahub.domain.part.Barcode;

/** {@code barcodes.csv}, see docs/formats.md. */
final class BarcodeRows implements RowFormat {
    private static final int LINE_CODE = 0;
    private static final int PART_NUMBER = 1;
    private static final int BARCODE = 2;
    private static final int PACK_QUANTITY = 3;

    private static final int THOUSANDTHS = 3;
    private static final long ONE_PIECE = 1000;

    @Override
    public String file() {
        return "barcodes";
    }

    @Override
    public List<Column> columns() {
        return List.of(required("line_code"), required("part_number"), required("barcode"), optional("pack_quantity"));
    }

    @Override
    public String table() {
        return "staging_barcode";
    }

    @Override
    public String copy() {
        return """
            copy staging_barcode (run_id, line, line_code, part_number, barcode, pack)
            from stdin
            """;
    }

    @Override
    public void stage(Row row, CopyLines out) {
        out.text(row.lineCode(LINE_CODE))
                .text(row.partNumber(PART_NUMBER))
                .text(barcode(row))
                .number(pack(row));
    }

    private static String barcode(Row row) {
        String barcode = row.requiredText(BARCODE, Barcode.MAX_LENGTH);
        for (int i = 0; i < barcode.length(); i++)
            if (barcode.charAt(i) <= 0x20 || barcode.charAt(i) >= 0x7f) {
                row.reject(BARCODE, "Un código de barras no lleva espacios, acentos ni otros signos fuera de ASCII.");
                break;
            }
        return barcode;
    }

    private static long pack(Row row) {
        Long pack = row.has(PACK_QUANTITY) ? row.decimal(PACK_QUANTITY, THOUSANDTHS) : null;
        if (pack == null) return ONE_PIECE;
        if (pack == 0) row.reject(PACK_QUANTITY, "Un empaque lleva más de cero piezas.");
        return pack;
    }
}
