package mx.refahub.batch.catalogue;

import static mx.refahub.batch.intake.Column.optional;
import static mx.refahub.batch.intake.Column.required;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mx.refahub.batch.intake.Column;
import mx.refahub.batch.intake.CopyLines;
import mx.refahub.batch.intake.Row;
import mx.refahub.batch.intake.RowFormat;
import mx.refahub.domain.part.Fitment;

/** {@code fitments.csv}, see docs/formats.md. */
final class FitmentRows implements RowFormat {
    private static final int LINE_CODE = 0;
    private static final int PART_NUMBER = 1;
    private static final int MAKE = 2;
    private static final int MODEL = 3;
    private static final int YEAR_FROM = 4;
    private static final int YEAR_TO = 5;
    private static final int ENGINE = 6;
    private static final int BODY = 7;
    private static final int POSITION = 8;
    private static final int NOTES = 9;
    private static final int TROUBLE = 10;
    private static final int BY_YEAR = 11;

    private final boolean removal;
    private final boolean translated;

    FitmentRows() {
        this(false, false);
    }

    private FitmentRows(boolean removal, boolean translated) {
        this.removal = removal;
        this.translated = translated;
    }

    /** {@code fitment-removals.csv}: the same columns, of applications that are taken back. */
    static FitmentRows removals() {
        return new FitmentRows(true, false);
    }

    @Override
    public RowFormat translated() {
        return new FitmentRows(removal, true);
    }

    @Override
    public String file() {
        return removal ? "fitment-removals" : "fitments";
    }

    @Override
    public List<Column> columns() {
        List<Column> columns = List.of(
                required("line_code"),
                required("part_number"),
                required("make"),
                required("model"),
                required("year_from"),
                required("year_to"),
                optional("engine"),
                optional("body"),
                optional("position"),
                optional("notes"),
                optional("trouble"),
                optional("by_year"));
        return translated ? columns : columns.subList(0, TROUBLE);
    }

    @Override
    public String table() {
        return removal ? "staging_fitment_removal" : "staging_fitment";
    }

    @Override
    public String copy() {
        if (removal) return """
                copy staging_fitment_removal (run_id, line, line_code, part_number, make, model, year_from, year_to, engine, body, position, notes)
                from stdin
                """;
        return """
            copy staging_fitment (run_id, line, line_code, part_number, make, model, year_from, year_to, engine, body, position, notes,
                joinable)
            from stdin
            """;
    }

    @Override
    public void stage(Row row, CopyLines out) {
        if (translated) {
            String trouble = row.text(TROUBLE, 500);
            if (!trouble.isEmpty()) {
                row.reject(MAKE, trouble);
                return;
            }
        }
        out.text(row.lineCode(LINE_CODE))
                .text(row.partNumber(PART_NUMBER))
                .text(row.requiredText(MAKE, 80))
                .text(row.requiredText(MODEL, 80));
        int from = row.whole(YEAR_FROM, Fitment.FIRST_YEAR, Fitment.LAST_YEAR);
        int to = row.whole(YEAR_TO, Fitment.FIRST_YEAR, Fitment.LAST_YEAR);
        if (!row.isRejected() && from > to) row.reject(YEAR_TO, "Es menor que year_from (" + from + ").");
        out.number(from)
                .number(to)
                .text(any(row, ENGINE, 80))
                .text(bodies(any(row, BODY, 500)))
                .text(any(row, POSITION, 80))
                .text(any(row, NOTES, 500));
        if (!removal) out.flag(translated && row.has(BY_YEAR) && row.flag(BY_YEAR));
    }

    /** One or several, with semicolons between them. */
    private static String bodies(String written) {
        if (written.indexOf(';') < 0) return written;
        return Stream.of(written.split(";"))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .distinct()
                .collect(Collectors.joining("; "));
    }

    /** A column left out and an empty cell both say 'any'. */
    private static String any(Row row, int column, int maxLength) {
        return Objects.requireNonNullElse(row.optionalText(column, maxLength, ""), "");
    }
}
