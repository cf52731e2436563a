package mx.refahub.adapters.sheet;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * A workbook written row by row in constant memory, one sheet after the other: header that stays in sight, real dates and amounts, and under each
 * table its totals as formulas. A table that is longer than a sheet goes on in the next.
 */
public final class Book implements Closeable {
    /** A sheet of Excel ends here (ECMA-376's maker's limit); one row is kept for the totals. */
    private static final int MOST_ROWS = 1_048_576 - 1;

    private static final int FLUSH = 500;
    private static final int FAST = 1;
    private static final String MONEY = "#,##0.00;[Red]-#,##0.00";
    private static final String DAY = "dd/mm/yyyy";
    private static final String MOMENT = "dd/mm/yyyy hh:mm";
    private static final String DECIMAL = "#,##0.###";
    private static final String COUNT = "#,##0";

    private final Workbook book;
    private final ZoneId zone;
    private final int mostRows;

    public Book(OutputStream to, ZoneId zone) {
        this(to, zone, MOST_ROWS);
    }

    Book(OutputStream to, ZoneId zone, int mostRows) {
        this.book = new Workbook(to, "RefaHub", "1.0");
        this.zone = zone;
        this.mostRows = mostRows;
        book.setCompressionLevel(FAST);
    }

    /** @param sum whether its column has a total */
    public record Column(String title, double width, boolean sum) {}

    /** A small sheet that stays in memory until the others are written, so that it can come first and speak of them. */
    public Sheet front(String name) {
        return new Sheet(book.newWorksheet(name));
    }

    public Table table(String name, List<Column> columns) throws IOException {
        return new Table(name, columns);
    }

    @Override
    public void close() throws IOException {
        book.finish();
    }

    /** Written cell by cell. */
    public final class Sheet {
        private final Worksheet sheet;

        Sheet(Worksheet sheet) {
            this.sheet = sheet;
        }

        public void cell(int row, int column, Cell cell) {
            put(sheet, row, column, cell);
        }

        public void title(int row, int column, String text) {
            sheet.inlineString(row, column, text);
            sheet.style(row, column).bold().set();
        }

        /** @param formula without its equals sign */
        public void formula(int row, int column, String formula, boolean money) {
            sheet.formula(row, column, formula);
            sheet.style(row, column).format(money ? MONEY : COUNT).set();
        }

        public void widths(double... widths) {
            for (int i = 0; i < widths.length; i++) sheet.width(i, widths[i]);
        }

        public void freeze(int rows) {
            sheet.freezePane(0, rows);
        }

        public void finish() throws IOException {
            sheet.finish();
        }
    }

    private void put(Worksheet sheet, int row, int column, Cell cell) {
        switch (cell) {
            case Cell.Text(String value) -> {
                if (!value.isEmpty()) sheet.inlineString(row, column, PlainCell.neutral(value));
            }
            case Cell.Whole(long value) -> {
                sheet.value(row, column, value);
                sheet.style(row, column).format(COUNT).set();
            }
            case Cell.Decimal decimal -> {
                sheet.value(row, column, decimal.value());
                sheet.style(row, column).format(DECIMAL).set();
            }
            case Cell.Amount amount -> {
                sheet.value(row, column, amount.value().amount());
                sheet.style(row, column).format(MONEY).set();
            }
            case Cell.Day day -> {
                sheet.value(row, column, day.value());
                sheet.style(row, column).format(DAY).set();
            }
            case Cell.Moment moment -> {
                sheet.value(row, column, moment.value().atZone(zone).toLocalDateTime());
                sheet.style(row, column).format(MOMENT).set();
            }
        }
    }

    ZoneId zone() {
        return zone;
    }

    /** Rows of one kind, streamed. Only one table is open at a time. */
    public final class Table implements Closeable {
        private final String name;
        private final List<Column> columns;
        private final List<String> parts = new ArrayList<>();
        private final List<Integer> lasts = new ArrayList<>();
        private @Nullable Worksheet sheet;
        private int row;
        private long rows;

        Table(String name, List<Column> columns) throws IOException {
            this.name = name;
            this.columns = columns;
            begin();
        }

        private Worksheet begin() throws IOException {
            end();
            String part = parts.isEmpty() ? name : name + " " + (parts.size() + 1);
            Worksheet begun = book.newWorksheet(part);
            parts.add(part);
            lasts.add(0);
            for (int i = 0; i < columns.size(); i++) {
                begun.width(i, columns.get(i).width());
                begun.inlineString(0, i, columns.get(i).title());
                begun.style(0, i).bold().fillColor("D9E2EC").set();
            }
            begun.freezePane(0, 1);
            row = 1;
            sheet = begun;
            return begun;
        }

        public void row(List<Cell> cells) throws IOException {
            Worksheet into = sheet;
            if (into == null || row == mostRows) into = begin();
            for (int i = 0; i < cells.size(); i++) put(into, row, i, cells.get(i));
            rows++;
            if (++row % FLUSH == 0) into.flush();
        }

        private void end() throws IOException {
            Worksheet full = sheet;
            if (full == null) return;
            lasts.set(lasts.size() - 1, row);
            if (row > 1) {
                full.inlineString(row, 0, "Total");
                full.style(row, 0).bold().set();
                for (int i = 0; i < columns.size(); i++) {
                    if (!columns.get(i).sum()) continue;
                    full.formula(row, i, "SUM(" + letter(i) + "2:" + letter(i) + row + ")");
                    full.style(row, i).format(MONEY).bold().set();
                }
            }
            full.finish();
            sheet = null;
        }

        public long rows() {
            return rows;
        }

        /** The sum of a column over all its sheets, as another sheet writes it; valid once the table is closed. */
        public String sum(int column) {
            return over("SUM", column);
        }

        /** Rows that have something in this column. */
        public String count(int column) {
            return over("COUNTA", column);
        }

        private String over(String function, int column) {
            List<String> ranges = new ArrayList<>();
            for (int i = 0; i < parts.size(); i++)
                if (lasts.get(i) > 1)
                    ranges.add(function + "('" + parts.get(i) + "'!" + letter(column) + "2:" + letter(column)
                            + lasts.get(i) + ")");
            return ranges.isEmpty() ? "0" : String.join("+", ranges);
        }

        @Override
        public void close() throws IOException {
            end();
        }
    }

    private static String letter(int column) {
        return String.valueOf((char) ('A' + column));
    }
}
