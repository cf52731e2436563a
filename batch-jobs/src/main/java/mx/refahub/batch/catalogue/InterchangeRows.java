package mx.refahub.batch.catalogue;

import static mx.refahub.batch.intake.Column.required;

import java.util.List;
import mx.refahub.batch.intake.Column;
import mx.refahub.batch.intake.CopyLines;
import mx.refahub.batch.intake.Row;
import mx.refahub.batch.intake.RowFormat;

/** {@code interchange.csv}, see docs/formats.md. */
final class InterchangeRows implements RowFormat {
    private static final int LINE_CODE = 0;
    private static final int PART_NUMBER = 1;
    private static final int KIND = 2;
    private static final int OTHER_BRAND = 3;
    private static final int OTHER_NUMBER = 4;

    private static final List<String> KINDS = List.of("OEM", "EQUIVALENT", "SUPERSEDES");

    @Override
    public String file() {
        return "interchange";
    }

    @Override
    public List<Column> columns() {
        return List.of(
                required("line_code"),
                required("part_number"),
                required("kind"),
                required("other_brand"),
                required("other_number"));
    }

    @Override
    public String table() {
        return "staging_interchange";
    }

    @Override
    public String copy() {
        return """
            copy staging_interchange (run_id, line, line_code, part_number, kind, other_brand, other_number, other_normal)
            from stdin
            """;
    }

    @Override
    public void stage(Row row, CopyLines out) {
        out.text(row.lineCode(LINE_CODE))
                .text(row.partNumber(PART_NUMBER))
                .text(row.choice(KIND, KINDS))
                .text(row.text(OTHER_BRAND, 80));
        String otherNumber = row.partNumber(OTHER_NUMBER);
        String normal = Row.normal(otherNumber);
        if (!otherNumber.isEmpty() && normal.isEmpty()) row.reject(OTHER_NUMBER, "No tiene ni una letra ni un dígito.");
        out.text(otherNumber).text(normal);
    }
}
