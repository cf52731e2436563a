package mx.refahub.batch.price;

import static mx.refahub.batch.intake.Column.optional;
import static mx.refahub.batch.intake.Column.required;

import java.util.List;
import mx.refahub.batch.intake.Column;
import mx.refahub.batch.intake.CopyLines;
import mx.refahub.batch.intake.Row;
import mx.refahub.batch.intake.RowFormat;

/** {@code prices.csv}: what a supplier asks for each part, see docs/formats.md. */
final class PriceListRows implements RowFormat {
    private static final int LINE_CODE = 0;
    private static final int PART_NUMBER = 1;
    private static final int COST = 2;
    private static final int TROUBLE = 3;
    private static final int CENTAVOS = 2;

    private final boolean translated;

    PriceListRows() {
        this(false);
    }

    private PriceListRows(boolean translated) {
        this.translated = translated;
    }

    @Override
    public RowFormat translated() {
        return new PriceListRows(true);
    }

    @Override
    public String file() {
        return "prices";
    }

    @Override
    public List<Column> columns() {
        List<Column> columns =
                List.of(required("line_code"), required("part_number"), required("cost"), optional("trouble"));
        return translated ? columns : columns.subList(0, TROUBLE);
    }

    @Override
    public String table() {
        return "staging_price";
    }

    @Override
    public String copy() {
        return """
            copy staging_price (run_id, line, line_code, part_number, cost)
            from stdin
            """;
    }

    @Override
    public void stage(Row row, CopyLines out) {
        String trouble = translated ? row.text(TROUBLE, 500) : "";
        if (!trouble.isEmpty()) {
            row.reject(COST, trouble);
            return;
        }
        out.text(row.lineCode(LINE_CODE)).text(row.partNumber(PART_NUMBER));
        boolean before = row.isRejected();
        Long cost = row.decimal(COST, CENTAVOS);
        if (cost == null && row.isRejected() == before && row.text(COST, 40).isEmpty())
            row.reject(COST, "Está vacío, y este dato es obligatorio.");
        if (cost != null && cost == 0) row.reject(COST, "Es cero: un costo es mayor que cero.");
        out.number(cost);
    }
}
