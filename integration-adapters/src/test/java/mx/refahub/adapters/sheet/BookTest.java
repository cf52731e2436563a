package mx.refahub.adapters.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import mx.refahub.domain.money.Money;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;

class BookTest {
    private static final ZoneId PUEBLA = ZoneId.of("America/Mexico_City");
    private static final List<Book.Column> COLUMNS = List.of(
            new Book.Column("Texto", 20, false),
            new Book.Column("Día", 12, false),
            new Book.Column("Hora", 16, false),
            new Book.Column("Importe", 14, true));

    private static List<Cell> row(String text, long centavos) {
        return List.of(
                Cell.of(text),
                Cell.of(LocalDate.of(2026, 11, 20)),
                Cell.of(Instant.parse("2026-11-21T01:30:00Z")),
                Cell.of(Money.mxn(centavos)));
    }

    @Test
    void a_table_that_is_longer_than_a_sheet_goes_on_in_the_next_and_its_sum_is_over_both() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Book book = new Book(out, PUEBLA, 4)) {
            Book.Sheet front = book.front("Control");
            Book.Table table = book.table("Tickets", COLUMNS);
            for (int i = 0; i < 5; i++) table.row(row("T" + i, 100 + i));
            table.close();
            front.formula(0, 0, table.sum(3), true);
            front.formula(1, 0, table.count(0), false);
            front.finish();
        }

        try (XSSFWorkbook read = new XSSFWorkbook(new ByteArrayInputStream(out.toByteArray()))) {
            read.getCreationHelper().createFormulaEvaluator().evaluateAll();
            assertThat(read.getNumberOfSheets()).isEqualTo(3);
            assertThat(read.getSheetName(2)).isEqualTo("Tickets 2");
            assertThat(read.getSheetAt(0).getRow(0).getCell(0).getNumericCellValue())
                    .isEqualTo(5.10);
            assertThat(read.getSheetAt(0).getRow(1).getCell(0).getNumericCellValue())
                    .isEqualTo(5);
            Row total = read.getSheetAt(1).getRow(4);
            assertThat(total.getCell(3).getNumericCellValue()).isEqualTo(3.03);
        }
    }

    @Test
    void texts_are_texts_and_dates_dates_in_the_branchs_zone() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Book book = new Book(out, PUEBLA);
                Book.Table table = book.table("Uno", COLUMNS)) {
            table.row(row("=HYPERLINK(\"http://x\")", 5));
        }

        try (XSSFWorkbook read = new XSSFWorkbook(new ByteArrayInputStream(out.toByteArray()))) {
            Row first = read.getSheetAt(0).getRow(1);
            assertThat(first.getCell(0).getCellType()).isEqualTo(CellType.STRING);
            assertThat(first.getCell(0).getStringCellValue()).startsWith("'=");
            assertThat(DateUtil.isCellDateFormatted(first.getCell(1))).isTrue();
            assertThat(first.getCell(2).getLocalDateTimeCellValue()).isEqualTo("2026-11-20T19:30:00");
            assertThat(read.getSheetAt(0).getPaneInformation().isFreezePane()).isTrue();
        }
    }

    @Test
    void a_csv_is_read_with_its_accents_and_calculates_nothing() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (CsvTable csv = new CsvTable(out, List.of("Descripción", "Importe"))) {
            csv.row(List.of(Cell.of("+SUM(A1), \"ñ\""), Cell.of(Money.mxn(-123_456))));
        }

        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("\uFEFFDescripción,Importe\r\n\"'+SUM(A1), \"\"ñ\"\"\",-1234.56\r\n");
    }
}
