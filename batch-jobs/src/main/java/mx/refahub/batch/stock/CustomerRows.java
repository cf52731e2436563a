package mx.refahub.batch.stock;

import static mx.refahub.batch.intake.Column.optional;
import static mx.refahub.batch.intake.Column.required;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import mx.refahub.batch.intake.Column;
import mx.refahub.batch.intake.CopyLines;
import mx.refahub.batch.intake.Row;
import mx.refahub.batch.intake.RowFormat;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.customer.Customer;
import mx.refahub.domain.customer.CustomerField;

/** {@code customers.csv} with what each owes, see docs/formats.md. A field is read as the till reads it. */
final class CustomerRows implements RowFormat {
    private static final int CODE = 0;
    private static final List<CustomerField> FIELDS = List.of(
            CustomerField.NAME,
            CustomerField.PHONE,
            CustomerField.EMAIL,
            CustomerField.RFC,
            CustomerField.FISCAL_NAME,
            CustomerField.POSTAL_CODE,
            CustomerField.REGIME,
            CustomerField.TAX_USE,
            CustomerField.PRICE_LEVEL,
            CustomerField.NOTES);
    private static final int FIRST_FIELD = 1;
    private static final int STORE = FIRST_FIELD + 10;
    private static final int BALANCE = STORE + 1;
    private static final int REFERENCE = BALANCE + 1;
    private static final int DAY = REFERENCE + 1;
    private static final int DUE_ON = DAY + 1;
    private static final int CENTAVOS = 2;
    private static final UUID NOBODY = new UUID(0, 0);

    @Override
    public String file() {
        return "customers";
    }

    @Override
    public List<Column> columns() {
        return List.of(
                required("code"),
                required("name"),
                optional("phone"),
                optional("email"),
                optional("rfc"),
                optional("fiscal_name"),
                optional("postal_code"),
                optional("regime"),
                optional("tax_use"),
                optional("price_level"),
                optional("notes"),
                optional("store_code"),
                optional("balance"),
                optional("reference"),
                optional("day"),
                optional("due_on"));
    }

    @Override
    public String table() {
        return "staging_customer";
    }

    @Override
    public String copy() {
        return """
            copy staging_customer (
                run_id, line, code, name, phone, email, rfc, fiscal_name, postal_code, regime, tax_use, price_level, notes, found_by, store_code,
                balance, reference, day, due_on)
            from stdin
            """;
    }

    @Override
    public void stage(Row row, CopyLines out) {
        out.text(row.requiredText(CODE, 40));
        Map<CustomerField, String> fields = new EnumMap<>(CustomerField.class);
        for (int i = 0; i < FIELDS.size(); i++) {
            CustomerField field = FIELDS.get(i);
            String typed = row.text(FIRST_FIELD + i, 2_000);
            String value = switch (field.typed(typed)) {
                case Outcome.Done<String>(String read) -> read;
                case Outcome.Refused<String> refused -> {
                    row.reject(FIRST_FIELD + i, why(field));
                    yield "";
                }
            };
            fields.put(field, value);
            out.text(value);
        }
        out.text(row.isRejected() ? "" : String.join(" ", new Customer(NOBODY, fields).words()));
        String store = row.text(STORE, 40).toUpperCase(Locale.ROOT);
        Long balance = row.decimal(BALANCE, CENTAVOS);
        if (balance != null && balance > 0 && store.isEmpty())
            row.reject(STORE, "Está vacío: un saldo es de la sucursal que lo fía.");
        LocalDate day = day(row, DAY);
        LocalDate due = day(row, DUE_ON);
        if (day != null && due != null && due.isBefore(day)) row.reject(DUE_ON, "Es antes del día de la cuenta.");
        out.text(store.isEmpty() ? null : store)
                .number(balance == null || balance == 0 ? null : balance)
                .text(row.text(REFERENCE, 40))
                .text(day == null ? null : day.toString())
                .text(due == null ? null : due.toString());
    }

    private static String why(CustomerField field) {
        return switch (field) {
            case NAME -> "Falta el nombre, o lleva más de " + field.longest() + " letras o signos que no se ven.";
            case PHONE -> "No es un teléfono: lleva de 7 a 15 dígitos.";
            case EMAIL -> "No es un correo.";
            case RFC -> "No es un RFC.";
            case FISCAL_NAME -> "No es un nombre fiscal válido.";
            case POSTAL_CODE -> "No es un código postal de cinco dígitos.";
            case REGIME -> "No es una clave de régimen fiscal del SAT.";
            case TAX_USE -> "No es una clave de uso de CFDI del SAT.";
            case PRICE_LEVEL -> "No es un nivel de precio.";
            case VEHICLES, NOTES -> "Es demasiado largo o lleva signos que no se ven.";
        };
    }

    private static @org.jspecify.annotations.Nullable LocalDate day(Row row, int column) {
        String typed = row.text(column, 20);
        if (typed.isEmpty()) return null;
        try {
            return LocalDate.parse(typed);
        } catch (DateTimeException e) {
            row.reject(column, "No es un día; escríbelo como 2026-12-24.");
            return null;
        }
    }
}
