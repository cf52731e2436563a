package mx.refahub.batch.catalogue;

import static mx.refahub.batch.intake.Column.required;

import java.util.List;
import mx.refahub.batch.intake.Column;
import mx.refahub.batch.intake.CopyLines;
import mx.refahub.batch.intake.Row;
import mx.refahub.batch.intake.RowFormat;

/** {@code removals.csv}, see docs/formats.md. */
final class RemovalRows implements RowFormat {
    private static final int LINE_CODE = 0;
    private static final int PART_NUMBER = 1;

    @Override
    public String file() {
        return "removals";
    }

    @Override
    public List<Column> columns() {
        return List.of(required("line_code"), required("part_number"));
    }

    @Override
    public String table() {
        return "staging_removal";
    }

    @Override
    public String copy() {
        return """
            copy staging_removal (run_id, line, line_code, part_number)
            from stdin
            """;
    }

    @Override
    public void stage(Row row, CopyLines out) {
        out.text(row.lineCode(LINE_CODE)).text(row.partNumber(PART_NUMBER));
    }
}
