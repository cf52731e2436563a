package mx.refahub.adapters.sheet;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import mx.refahub.domain.erp.Reports;
import mx.refahub.domain.money.Money;

/** A report's table as a workbook with its totals as formulas, or as CSV. */
public final class ReportFile {
    private final ZoneId zone;

    public ReportFile(ZoneId zone) {
        this.zone = zone;
    }

    public void write(Reports.Table table, List<String> titles, Reports.Format format, OutputStream to)
            throws IOException {
        switch (format) {
            case CSV -> {
                try (CsvTable csv = new CsvTable(to, titles)) {
                    for (Reports.Row row : table.rows()) csv.row(cells(table, row));
                }
            }
            case XLSX -> {
                List<Book.Column> columns = new ArrayList<>();
                for (int i = 0; i < titles.size(); i++) {
                    int figure = i - table.keys().size();
                    columns.add(new Book.Column(
                            titles.get(i),
                            18,
                            figure >= 0 && table.figures().get(figure).type() == Reports.Type.AMOUNT));
                }
                try (Book book = new Book(to, zone);
                        Book.Table sheet = book.table("Reporte", columns)) {
                    for (Reports.Row row : table.rows()) sheet.row(cells(table, row));
                }
            }
        }
    }

    private static List<Cell> cells(Reports.Table table, Reports.Row row) {
        List<Cell> cells = new ArrayList<>();
        for (String key : row.keys()) cells.add(Cell.of(key));
        for (int i = 0; i < row.figures().size(); i++) {
            long value = row.figures().get(i);
            cells.add(
                    switch (table.figures().get(i).type()) {
                        case AMOUNT -> Cell.of(Money.mxn(value));
                        case COUNT -> Cell.of(value);
                        case QUANTITY -> new Cell.Decimal(BigDecimal.valueOf(value, 3));
                        case PERCENT -> new Cell.Decimal(BigDecimal.valueOf(value, 2));
                    });
        }
        return cells;
    }
}
