package mx.refahub.batch.stock;

import static mx.refahub.batch.intake.Column.optional;
import static mx.refahub.batch.intake.Column.required;

import java.util.List;
import java.util.Locale;
import mx.refahub.batch.intake.Column;
import mx.refahub.batch.intake.CopyLines;
import mx.refahub.batch.intake.Row;
import mx.refahub.batch.intake.RowFormat;
import mx.refahub.domain.fiscal.Rfc;
import org.jspecify.annotations.Nullable;

/** {@code suppliers.csv}, see docs/formats.md. */
final class SupplierRows implements RowFormat {
    private static final int CODE = 0;
    private static final int NAME = 1;
    private static final int RFC = 2;
    private static final int EMAIL = 3;
    private static final int CURRENCY = 4;
    private static final int CREDIT_DAYS = 5;
    private static final int LEAD_DAYS = 6;
    private static final int MINIMUM_ORDER = 7;
    private static final int NOTE = 8;
    private static final int YEAR = 365;
    private static final int CENTAVOS = 2;

    @Override
    public String file() {
        return "suppliers";
    }

    @Override
    public List<Column> columns() {
        return List.of(
                required("code"),
                required("name"),
                optional("rfc"),
                optional("email"),
                optional("currency"),
                optional("credit_days"),
                optional("lead_days"),
                optional("minimum_order"),
                optional("notes"));
    }

    @Override
    public String table() {
        return "staging_supplier";
    }

    @Override
    public String copy() {
        return """
            copy staging_supplier (run_id, line, code, name, rfc, email, currency, credit_days, lead_days, minimum_order, note)
            from stdin
            """;
    }

    @Override
    public void stage(Row row, CopyLines out) {
        String code = row.requiredText(CODE, 20).toUpperCase(Locale.ROOT);
        if (!code.isEmpty() && !code.matches("[A-Z0-9][A-Z0-9_-]{0,19}"))
            row.reject(CODE, "Una clave lleva de 1 a 20 letras, dígitos o guiones.");
        out.text(code).text(row.requiredText(NAME, 120)).text(rfc(row, RFC)).text(row.text(EMAIL, 254));
        String currency = row.text(CURRENCY, 3).toUpperCase(Locale.ROOT);
        if (!currency.isEmpty() && !List.of("MXN", "USD").contains(currency)) row.reject(CURRENCY, "Es MXN o USD.");
        out.text(currency.isEmpty() ? "MXN" : currency)
                .number(days(row, CREDIT_DAYS))
                .number(days(row, LEAD_DAYS));
        Long minimum = row.decimal(MINIMUM_ORDER, CENTAVOS);
        out.number(minimum == null ? 0L : minimum.longValue()).text(row.text(NOTE, 200));
    }

    private static long days(Row row, int column) {
        return row.text(column, 9).isEmpty() ? 0 : row.whole(column, 0, YEAR);
    }

    /** Upper case; empty where there is none. */
    static String rfc(Row row, int column) {
        String typed = row.text(column, 20).replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
        @Nullable Rfc read = read(typed);
        if (!typed.isEmpty() && read == null) row.reject(column, "No es un RFC; lleva 12 o 13 letras y dígitos.");
        return read == null ? "" : read.value();
    }

    private static @Nullable Rfc read(String typed) {
        try {
            return typed.isEmpty() ? null : new Rfc(typed);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
