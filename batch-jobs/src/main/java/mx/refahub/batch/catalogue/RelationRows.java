package mx.refahub.batch.catalogue;

import static mx.refahub.batch.intake.Column.optional;
import static mx.refahub.batch.intake.Column.required;

import java.util.List;
import java.util.Locale;
import mx.refahub.batch.intake.Column;
import mx.refahub.batch.intake.CopyLines;
import mx.refahub.batch.intake.Row;
import mx.refahub.batch.intake.RowFormat;
import mx.refahub.domain.part.PartRelation;
import org.jspecify.annotations.Nullable;

/** {@code relations.csv}, see docs/formats.md. */
final class RelationRows implements RowFormat {
    private static final int KIND = 0;
    private static final int LINE_CODE = 1;
    private static final int PART_NUMBER = 2;
    private static final int RELATED_LINE_CODE = 3;
    private static final int RELATED_PART_NUMBER = 4;
    private static final int GRADE = 5;
    private static final int QUANTITY = 6;
    private static final int POSITION = 7;
    private static final int NOTE = 8;

    private static final List<String> KINDS = List.of("ALTERNATIVE", "ACCESSORY", "COMPONENT", "OPPOSITE");
    private static final List<String> GRADES = List.of("SAME_BRAND", "ECONOMY", "PREMIUM");
    private static final int THOUSANDTHS = 3;
    private static final long ONE_PIECE = 1000;

    @Override
    public String file() {
        return "relations";
    }

    @Override
    public List<Column> columns() {
        return List.of(
                required("kind"),
                required("line_code"),
                required("part_number"),
                required("related_line_code"),
                required("related_part_number"),
                optional("grade"),
                optional("quantity"),
                optional("position"),
                optional("note"));
    }

    @Override
    public String table() {
        return "staging_relation";
    }

    @Override
    public String copy() {
        return """
            copy staging_relation (run_id, line, kind, line_code, part_number, related_line, related_number, grade, quantity, position, note)
            from stdin
            """;
    }

    @Override
    public void stage(Row row, CopyLines out) {
        String kind = row.choice(KIND, KINDS);
        out.text(kind)
                .text(row.lineCode(LINE_CODE))
                .text(row.partNumber(PART_NUMBER))
                .text(row.lineCode(RELATED_LINE_CODE))
                .text(row.partNumber(RELATED_PART_NUMBER))
                .text(grade(row, kind))
                .number(quantity(row))
                .text(row.optionalText(POSITION, PartRelation.MAX_POSITION, ""))
                .text(row.optionalText(NOTE, PartRelation.MAX_NOTE, ""));
    }

    private static @Nullable String grade(Row row, String kind) {
        String told = row.optionalText(GRADE, PartRelation.MAX_POSITION, "");
        if (told == null || told.isEmpty()) return told;
        String grade = told.toUpperCase(Locale.ROOT);
        if (!GRADES.contains(grade))
            row.reject(GRADE, "No es un grado; los que hay son: same_brand, economy, premium, o vacío.");
        else if (!kind.isEmpty() && !kind.equals("ALTERNATIVE"))
            row.reject(GRADE, "Solo una alternativa (alternative) tiene grado; déjelo vacío.");
        return grade;
    }

    private static long quantity(Row row) {
        Long quantity = row.has(QUANTITY) ? row.decimal(QUANTITY, THOUSANDTHS) : null;
        if (quantity == null) return ONE_PIECE;
        if (quantity == 0) row.reject(QUANTITY, "Lleva más de cero piezas.");
        return quantity;
    }
}
