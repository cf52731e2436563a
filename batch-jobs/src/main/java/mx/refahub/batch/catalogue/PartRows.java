package mx.refahub.batch.catalogue;

import static mx.refahub.batch.intake.Column.optional;
import static mx.refahub.batch.intake.Column.required;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import mx.refahub.batch.intake.Column;
import mx.refahub.batch.intake.CopyLines;
import mx.refahub.batch.intake.Row;
import mx.refahub.batch.intake.RowFormat;
import mx.refahub.domain.part.Part;
import org.jspecify.annotations.Nullable;

/** {@code parts.csv}, see docs/formats.md. */
final class PartRows implements RowFormat {
    private static final int LINE_CODE = 0;
    private static final int PART_NUMBER = 1;
    private static final int BRAND = 2;
    private static final int NAME_ES = 3;
    private static final int NAME_EN = 4;
    private static final int CATEGORY = 5;
    private static final int UNIT = 6;
    private static final int LIST_PRICE = 7;
    private static final int PRICE_INCLUDES_TAX = 8;
    private static final int CURRENCY = 9;
    private static final int TAX_CLASS = 10;
    private static final int CORE_AMOUNT = 11;
    private static final int SAT_CODE = 12;
    private static final int SAT_UNIT = 13;
    private static final int TAX_OBJECT = 14;

    /** Left open by a standard's file: the catalogue knows them, or they get what a new part gets. */
    private static final Set<String> OPEN =
            Set.of("name_es", "name_en", "list_price", "price_includes_tax", "tax_class", "sat_code", "sat_unit");

    private final boolean translated;

    PartRows() {
        this(false);
    }

    private PartRows(boolean translated) {
        this.translated = translated;
    }

    @Override
    public RowFormat translated() {
        return new PartRows(true);
    }

    private static final List<String> TAX_CLASSES = List.of("GENERAL", "ZERO", "EXEMPT");
    private static final int CENTAVOS = 2;

    @Override
    public String file() {
        return "parts";
    }

    @Override
    public List<Column> columns() {
        return !translated
                ? COLUMNS
                : COLUMNS.stream()
                        .map(column -> OPEN.contains(column.name()) ? optional(column.name()) : column)
                        .toList();
    }

    private static final List<Column> COLUMNS = List.of(
            required("line_code"),
            required("part_number"),
            required("brand"),
            required("name_es"),
            optional("name_en"),
            optional("category"),
            optional("unit"),
            required("list_price"),
            required("price_includes_tax"),
            optional("currency"),
            required("tax_class"),
            optional("core_amount"),
            required("sat_code"),
            required("sat_unit"),
            optional("tax_object"));

    @Override
    public String table() {
        return "staging_part";
    }

    @Override
    public String copy() {
        return """
            copy staging_part (run_id, line, line_code, part_number, normal_number, brand, name_es, name_en, category, unit, price,
                price_includes_tax, currency, tax_class, core, sat_code, sat_unit, tax_object, price_kept)
            from stdin
            """;
    }

    @Override
    public void stage(Row row, CopyLines out) {
        String lineCode = row.lineCode(LINE_CODE);
        String partNumber = row.partNumber(PART_NUMBER);
        String normal = Row.normal(partNumber);
        if (!partNumber.isEmpty() && normal.isEmpty()) row.reject(PART_NUMBER, "No tiene ni una letra ni un dígito.");
        Long price = row.decimal(LIST_PRICE, CENTAVOS);
        out.text(lineCode)
                .text(partNumber)
                .text(normal)
                .text(row.requiredText(BRAND, 80))
                .text(translated ? told(row, NAME_ES) : row.requiredText(NAME_ES, Part.MAX_NAME_LENGTH))
                .text(translated ? told(row, NAME_EN) : row.optionalText(NAME_EN, Part.MAX_NAME_LENGTH, ""))
                .text(row.optionalText(CATEGORY, 200, ""))
                .text(unit(row))
                .number(price)
                .flag(isOpen(row, PRICE_INCLUDES_TAX) ? null : row.flag(PRICE_INCLUDES_TAX))
                .text(currency(row))
                .text(isOpen(row, TAX_CLASS) ? null : row.choice(TAX_CLASS, TAX_CLASSES))
                .number(core(row))
                .text(isOpen(row, SAT_CODE) ? null : satCode(row))
                .text(isOpen(row, SAT_UNIT) ? null : satUnit(row))
                .text(taxObject(row))
                .flag(translated && price == null);
    }

    private boolean isOpen(Row row, int column) {
        return translated && !row.has(column);
    }

    /** What the file does not tell stays as it is. */
    private static @Nullable String told(Row row, int column) {
        String text = row.text(column, Part.MAX_NAME_LENGTH);
        return text.isEmpty() ? null : text;
    }

    private static @Nullable String unit(Row row) {
        String unit = row.optionalText(UNIT, 20, "PZA");
        return unit == null ? null : unit.toUpperCase(Locale.ROOT);
    }

    /** The books are in pesos; a list in another currency needs a rate and comes with supplier price lists. */
    private static String currency(Row row) {
        String currency = row.optionalText(CURRENCY, 3, "MXN");
        if (currency != null && !currency.equalsIgnoreCase("MXN"))
            row.reject(CURRENCY, "Los precios del catálogo se llevan en MXN.");
        return "MXN";
    }

    private static @Nullable Long core(Row row) {
        if (!row.has(CORE_AMOUNT)) return null;
        Long core = row.decimal(CORE_AMOUNT, CENTAVOS);
        return core == null ? Long.valueOf(0) : core;
    }

    private static String satCode(Row row) {
        String code = row.requiredText(SAT_CODE, Integer.MAX_VALUE);
        boolean good = code.length() == 8;
        for (int i = 0; i < code.length(); i++) good &= code.charAt(i) >= '0' && code.charAt(i) <= '9';
        if (!code.isEmpty() && !good) row.reject(SAT_CODE, "Una clave de producto del SAT tiene 8 dígitos.");
        return code;
    }

    private static String satUnit(Row row) {
        String unit = row.requiredText(SAT_UNIT, Integer.MAX_VALUE).toUpperCase(Locale.ROOT);
        if (!unit.isEmpty() && (unit.length() > 3 || !Row.isAsciiAlphanumeric(unit)))
            row.reject(SAT_UNIT, "Una clave de unidad del SAT tiene de 1 a 3 letras o dígitos, como H87.");
        return unit;
    }

    private static @Nullable String taxObject(Row row) {
        String object = row.optionalText(TAX_OBJECT, Integer.MAX_VALUE, "02");
        if (object == null) return null;
        // Spreadsheets drop the zero.
        if (object.length() == 1) object = "0" + object;
        boolean good =
                object.length() == 2 && object.charAt(0) == '0' && object.charAt(1) >= '1' && object.charAt(1) <= '8';
        if (!good) row.reject(TAX_OBJECT, "No es un objeto de impuesto del SAT, de 01 a 08.");
        return object;
    }
}
