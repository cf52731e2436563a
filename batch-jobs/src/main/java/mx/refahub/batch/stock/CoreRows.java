package mx.refahub.batch.stock;

import static mx.refahub.batch.intake.Column.optional;
import static mx.refahub.batch.intake.Column.required;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import mx.refahub.batch.intake.Column;
import mx.refahub.batch.intake.CopyLines;
import mx.refahub.batch.intake.Row;
import mx.refahub.batch.intake.RowFormat;

/** {@code cores.csv}, see docs/formats.md: old pieces at a branch, those for which customers left a deposit, those owed to suppliers. */
final class CoreRows implements RowFormat {
    private static final String SHOP = "SHOP";
    private static final String CUSTOMER = "CUSTOMER";
    private static final String SUPPLIER = "SUPPLIER";
    private static final List<String> KINDS = List.of(SHOP, CUSTOMER, SUPPLIER);
    private static final int KIND = 0;
    private static final int STORE_CODE = 1;
    private static final int CUSTOMER_CODE = 2;
    private static final int SUPPLIER_CODE = 3;
    private static final int LINE_CODE = 4;
    private static final int PART_NUMBER = 5;
    private static final int QUANTITY = 6;
    private static final int UNIT_AMOUNT = 7;
    private static final int SINCE = 8;
    private static final int CENTAVOS = 2;
    private static final int THOUSANDTHS = 3;

    @Override
    public String file() {
        return "cores";
    }

    @Override
    public List<Column> columns() {
        return List.of(
                required("kind"),
                required("store_code"),
                optional("customer"),
                optional("supplier"),
                required("line_code"),
                required("part_number"),
                required("quantity"),
                optional("unit_amount"),
                optional("since"));
    }

    @Override
    public String table() {
        return "staging_core";
    }

    @Override
    public String copy() {
        return """
            copy staging_core (run_id, line, kind, store_code, customer, supplier, line_code, part_number, quantity, unit, since)
            from stdin
            """;
    }

    @Override
    public void stage(Row row, CopyLines out) {
        String kind = row.choice(KIND, KINDS);
        String store = row.requiredText(STORE_CODE, 40).toUpperCase(Locale.ROOT);
        String customer = row.text(CUSTOMER_CODE, 40);
        String supplier = row.text(SUPPLIER_CODE, 20).toUpperCase(Locale.ROOT);
        whose(row, kind, CUSTOMER, CUSTOMER_CODE, customer);
        whose(row, kind, SUPPLIER, SUPPLIER_CODE, supplier);
        out.text(kind)
                .text(store)
                .text(customer.isEmpty() ? null : customer)
                .text(supplier.isEmpty() ? null : supplier)
                .text(row.lineCode(LINE_CODE))
                .text(row.partNumber(PART_NUMBER));
        Long quantity = row.decimal(QUANTITY, THOUSANDTHS);
        if (quantity != null && quantity == 0) row.reject(QUANTITY, "Es cero: un renglón es de cascos que hay.");
        if (quantity == null && !row.isRejected()) row.reject(QUANTITY, "Está vacío, y este dato es obligatorio.");
        Long unit = row.decimal(UNIT_AMOUNT, CENTAVOS);
        if (!kind.equals(SHOP) && (unit == null || unit == 0) && !row.isRejected())
            row.reject(UNIT_AMOUNT, "Falta el depósito de una pieza.");
        out.number(quantity).number(unit);
        String since = row.text(SINCE, 20);
        out.text(since.isEmpty() ? null : day(row, since));
    }

    /** Each kind names its own side and no other. */
    private static void whose(Row row, String kind, String named, int column, String code) {
        if (row.isRejected() || kind.equals(named) != code.isEmpty()) return;
        row.reject(
                column,
                code.isEmpty()
                        ? "Está vacío: falta de quién son."
                        : "Sobra: estos cascos son de otra clase (" + kind.toLowerCase(Locale.ROOT) + ").");
    }

    private static String day(Row row, String typed) {
        try {
            return LocalDate.parse(typed).toString();
        } catch (DateTimeException e) {
            row.reject(SINCE, "No es un día; escríbelo como 2026-12-24.");
            return typed;
        }
    }
}
