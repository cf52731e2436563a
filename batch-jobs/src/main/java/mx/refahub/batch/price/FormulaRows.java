package mx.refahub.batch.price;

import static mx.refahub.batch.intake.Column.optional;
import static mx.refahub.batch.intake.Column.required;

import java.util.List;
import java.util.Objects;
import mx.refahub.batch.intake.Column;
import mx.refahub.batch.intake.CopyLines;
import mx.refahub.batch.intake.Row;
import mx.refahub.batch.intake.RowFormat;
import mx.refahub.domain.pricing.PriceLevel;

/** {@code formulas.csv}: how a supplier's costs become prices, see docs/formats.md. */
final class FormulaRows implements RowFormat {
    private static final int BRAND = 0;
    private static final int CATEGORY = 1;
    private static final int COST_FROM = 2;
    private static final int LEVEL = 3;
    private static final int METHOD = 4;
    private static final int PERCENT = 5;
    private static final int ENDING = 6;
    private static final int HUNDREDTHS = 2;
    private static final long WHOLE = 10_000;
    private static final List<String> METHODS = List.of("MARGIN", "MARKUP");
    private static final List<String> ENDINGS = List.of("NONE", "C90", "C99", "PESO", "FIVE", "TEN");

    @Override
    public String file() {
        return "formulas";
    }

    @Override
    public List<Column> columns() {
        return List.of(
                optional("brand"),
                optional("category"),
                optional("cost_from"),
                optional("level"),
                required("method"),
                required("percent"),
                optional("ending"));
    }

    @Override
    public String table() {
        return "staging_price_formula";
    }

    @Override
    public String copy() {
        return """
            copy staging_price_formula (run_id, line, brand, category, cost_from, level, method, hundredths, ending)
            from stdin
            """;
    }

    @Override
    public void stage(Row row, CopyLines out) {
        String level = PriceLevel.PUBLICO.code();
        String typed = row.text(LEVEL, 40);
        if (!typed.isEmpty()) {
            try {
                level = new PriceLevel(typed).code();
            } catch (IllegalArgumentException e) {
                row.reject(LEVEL, "Un nivel son hasta 20 letras, números o guiones, sin espacios.");
            }
        }
        Long from = row.decimal(COST_FROM, HUNDREDTHS);
        String method = row.choice(METHOD, METHODS);
        Long percent = row.decimal(PERCENT, HUNDREDTHS);
        if (percent == null && !row.isRejected()) row.reject(PERCENT, "Está vacío, y este dato es obligatorio.");
        if (percent != null && method.equals("MARGIN") && percent >= WHOLE)
            row.reject(PERCENT, "Un margen es menor que 100 %.");
        if (percent != null && percent > 10 * WHOLE) row.reject(PERCENT, "Es más de 1000 %.");
        String ending = row.text(ENDING, 10).isEmpty() ? "NONE" : row.choice(ENDING, ENDINGS);
        out.text(row.text(BRAND, 100))
                .text(row.text(CATEGORY, 200))
                .number(Objects.requireNonNullElse(from, 0L))
                .text(level)
                .text(method)
                .number(percent)
                .text(ending);
    }
}
