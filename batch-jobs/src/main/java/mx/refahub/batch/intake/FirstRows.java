package mx.refahub.batch.intake;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The beginning of a file, for a person to see what is in it.
 *
 * @param header the file's own columns, without those that a rejects file has in front
 * @param rows the first few, cells in the order of the header
 */
record FirstRows(List<String> header, List<List<String>> rows) {
    private static final int SHOWN = 3;
    private static final int LONGEST = 80;

    /** @throws mx.refahub.batch.run.RunRefused if it cannot be read */
    static FirstRows of(String file, Path path) throws IOException {
        FileInspection found = FileInspection.of(file, path, List.of(), Wording.OURS);
        List<String> header = found.header().own();
        int ahead = found.header().width() - header.size();
        List<List<String>> rows = new ArrayList<>();
        try (RowSource source = RowSource.open(file, path, found.coding(), List.of(), Wording.OURS)) {
            for (Row row = source.next(); row != null && rows.size() < SHOWN; row = source.next()) {
                List<String> cells = row.fields();
                List<String> shown = new ArrayList<>();
                for (int i = 0; i < header.size(); i++)
                    shown.add(i + ahead < cells.size() ? cut(cells.get(i + ahead)) : "");
                rows.add(List.copyOf(shown));
            }
        }
        return new FirstRows(header, rows);
    }

    private static String cut(String cell) {
        return cell.codePointCount(0, cell.length()) <= LONGEST
                ? cell
                : cell.substring(0, cell.offsetByCodePoints(0, LONGEST)) + "…";
    }
}
