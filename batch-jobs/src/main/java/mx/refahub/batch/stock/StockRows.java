package mx.refahub.batch.stock;

import static mx.refahub.batch.intake.Column.optional;
import static mx.refahub.batch.intake.Column.required;

import java.util.List;
import java.util.Locale;
import mx.refahub.batch.intake.Column;
import mx.refahub.batch.intake.CopyLines;
import mx.refahub.batch.intake.Row;
import mx.refahub.batch.intake.RowFormat;
import org.jspecify.annotations.Nullable;

/** {@code stock.csv}, see docs/formats.md. */
final class StockRows implements RowFormat {
    static final String FILE = "stock";
    static final String MINIMUM_COLUMN = "minimum";
    static final String MAXIMUM_COLUMN = "maximum";
    private static final String UNIT_COST_COLUMN = "unit_cost";

    private static final int STORE_CODE = 0;
    private static final int LINE_CODE = 1;
    private static final int PART_NUMBER = 2;
    private static final int QUANTITY = 3;
    private static final int BIN = 4;
    private static final int MINIMUM = 5;
    private static final int MAXIMUM = 6;
    private static final int UNIT_COST = 7;
    private static final int CENTAVOS = 2;

    private static final int THOUSANDTHS = 3;

    @Override
    public String file() {
        return FILE;
    }

    @Override
    public List<Column> columns() {
        return List.of(
                required("store_code"),
                required("line_code"),
                required("part_number"),
                required("quantity"),
                optional("bin"),
                optional(MINIMUM_COLUMN),
                optional(MAXIMUM_COLUMN),
                optional(UNIT_COST_COLUMN));
    }

    @Override
    public String table() {
        return "staging_stock";
    }

    @Override
    public String copy() {
        return """
            copy staging_stock (run_id, line, store_code, line_code, part_number, quantity, bin, minimum, maximum, unit_cost)
            from stdin
            """;
    }

    @Override
    public void stage(Row row, CopyLines out) {
        out.text(row.requiredText(STORE_CODE, 40).toUpperCase(Locale.ROOT))
                .text(row.lineCode(LINE_CODE))
                .text(row.partNumber(PART_NUMBER))
                .number(quantity(row))
                .text(row.optionalText(BIN, 40, ""));
        Long minimum = row.decimal(MINIMUM, THOUSANDTHS);
        Long maximum = row.decimal(MAXIMUM, THOUSANDTHS);
        if (minimum != null && maximum != null && minimum > maximum) row.reject(MAXIMUM, "Es menor que minimum.");
        Long cost = row.decimal(UNIT_COST, CENTAVOS);
        if (cost != null && cost < 0) row.reject(UNIT_COST, "Es un costo negativo.");
        out.number(minimum).number(maximum).number(cost);
    }

    private static @Nullable Long quantity(Row row) {
        Long quantity = row.decimal(QUANTITY, THOUSANDTHS);
        if (quantity == null && !row.isRejected()) row.reject(QUANTITY, "Está vacío, y este dato es obligatorio.");
        return quantity;
    }
}
