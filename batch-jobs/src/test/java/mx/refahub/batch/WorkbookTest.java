package mx.refahub.batch;

import static mx.refahub.batch.Hub.PARTS;
import static mx.refahub.batch.Hub.STOCK;
import static mx.refahub.batch.Hub.part;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import mx.refahub.domain.job.Jobs.Run;
import mx.refahub.domain.job.Jobs.Status;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkbookTest {
    private static final String TWO_PARTS =
            PARTS + part("FRI", "7974-D1045", "Balata cerámica", "489.00") + part("BRE", "P85-114", "Balata", "612.5");

    @TempDir
    Path folder;

    private Hub hub;

    @BeforeEach
    void open() {
        hub = new Hub(folder, 3);
    }

    @AfterEach
    void close() {
        hub.close();
    }

    private Run importing(String parameter, byte[] book) {
        return hub.run("catalogue-import", Map.of(parameter, hub.file(parameter, book)));
    }

    private void assertRefused(byte[] book, String why) {
        Run run = importing("parts", book);
        assertThat(run.status()).as(run.message()).isEqualTo(Status.FAILED);
        assertThat(run.message())
                .startsWith("El archivo «parts» no se importó: ")
                .contains(why);
        assertThat(hub.count("part")).isZero();
    }

    @Test
    void a_workbook_says_what_the_same_csv_says_in_every_file_of_the_import() {
        Map<String, Path> books = new LinkedHashMap<>();
        books.put("parts", hub.file("a", Sheets.of(TWO_PARTS)));
        books.put("barcodes", hub.file("b", Sheets.of(Hub.BARCODES + "FRI,7974-D1045,0750123456789,\n")));
        books.put("interchange", hub.file("c", Sheets.of(Hub.INTERCHANGE + "FRI,7974-D1045,oem,Toyota,04465-33471\n")));
        books.put(
                "fitments",
                hub.file("d", Sheets.of(Hub.FITMENTS + "FRI,7974-D1045,Volkswagen,Jetta,2011,2018,2.5,,\n")));
        Run run = hub.run("catalogue-import", books);
        assertThat(run.status()).as(run.message()).isEqualTo(Status.DONE);
        assertThat(run.rejected()).isZero();

        Run csv = hub.feed(
                "catalogue-import",
                "parts",
                TWO_PARTS,
                "barcodes",
                Hub.BARCODES + "FRI,7974-D1045,0750123456789,\n",
                "interchange",
                Hub.INTERCHANGE + "FRI,7974-D1045,oem,Toyota,04465-33471\n",
                "fitments",
                Hub.FITMENTS + "FRI,7974-D1045,Volkswagen,Jetta,2011,2018,2.5,,\n");
        assertThat(csv.message()).isEqualTo("Nada cambió: el catálogo ya estaba así.");

        hub.store("CENTRO");
        Run stock = hub.run(
                "opening-stock",
                Map.of("stock", hub.file("e", Sheets.of(STOCK + "CENTRO,FRI,7974-D1045,12,A-02,2,20\n"))));
        assertThat(stock.status()).as(stock.message()).isEqualTo(Status.DONE);
        assertThat(hub.one("select on_hand from stock_on_hand", Long.class)).isEqualTo(12_000);
    }

    @Test
    void numbers_of_a_sheet_are_read_as_they_are_shown_and_what_excel_spoilt_is_rejected_with_its_row() {
        byte[] book = Sheets.book(Map.of("Hoja1", sheet -> {
            Sheets.fill(
                    sheet,
                    PARTS
                            + part("NGK", "x", "Bujía", "1")
                                    .repeat(9)
                                    .replace(",25171702", ",")
                                    .replace("general", ""));
            for (int row = 1; row <= 9; row++) {
                sheet.value(row, 1, 7000 + row);
                sheet.value(row, 7, 0.1 + 0.2 + row);
                sheet.value(row, 10, "general");
                sheet.value(row, 12, 25171702);
            }
            sheet.value(2, 1, 100000);
            sheet.style(2, 1).format("0.00E+00").set();
            sheet.value(3, 1, 45717);
            sheet.style(3, 1).format("dd/mm/yyyy").set();
            sheet.formula(4, 7, "C5*2");
            sheet.value(5, 1, 1234567890123456789L);
            sheet.value(6, 3, "Bujía\nde dos renglones");
            sheet.value(7, 8, true);
            sheet.value(8, 20, "fuera");
        }));
        Run run = importing("parts", book);

        assertThat(run.status()).as(run.message()).isEqualTo(Status.DONE);
        assertThat(hub.texts(
                        "select part_number || ' ' || amount from part join part_price on part_id = id order by 1"))
                .containsExactly("7001 130", "7007 730", "7009 930");
        assertThat(
                        hub.texts(
                                "select line || ' ' || column_name || ' ' || value || ' ' || reason from job_run_reject order by line"))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("3 part_number 100000 ")
                                .contains("exponente"),
                        line -> assertThat(line)
                                .startsWith("4 part_number 2025-03-01 ")
                                .contains("fecha"),
                        line -> assertThat(line).startsWith("5 list_price").contains("fórmula"),
                        line -> assertThat(line).startsWith("6 part_number").contains("pierde dígitos"),
                        line -> assertThat(line).startsWith("7 name_es").contains("salto de línea"),
                        line -> assertThat(line).startsWith("9 ").contains("21 campos"));
        assertThat(run.rejected()).isEqualTo(6);
        assertThat(hub.rejects(run).getFirst()).contains(",NGK,100000,Brand NGK,Bujía,");
    }

    @Test
    void rows_rejected_by_a_check_over_the_sheet_come_back_whole_under_their_line() {
        Run run = importing("parts", Sheets.of(TWO_PARTS + "\n\n" + part("FRI", "7974-D1045", "Otra", "1")));

        assertThat(hub.rejects(run))
                .singleElement()
                .asString()
                .startsWith("6,part_number,")
                .contains("FRI,7974-D1045,Brand FRI,Otra");
    }

    @Test
    void a_run_over_a_workbook_that_breaks_off_goes_on_behind_its_last_committed_row() {
        StringBuilder rows = new StringBuilder(PARTS);
        for (int i = 0; i < 60; i++) rows.append(i % 7 == 0 ? "\n" : "").append(part("FRI", "R-" + i, "Balata", "1"));
        AtomicBoolean slammed = new AtomicBoolean();
        hub.doors.before(() -> {
            if (Thread.currentThread().getName().startsWith("job-")
                    && hub.count("staging_part") >= 20
                    && !slammed.getAndSet(true)) throw new IllegalStateException("the database is away");
        });
        Run failed = importing("parts", Sheets.of(rows.toString()));
        hub.doors.before(() -> {});
        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(hub.count("staging_part")).isBetween(1L, 59L);

        Hub.done(hub.jobs().restart(failed.id()));
        assertThat(hub.ended(failed.id()).status()).isEqualTo(Status.DONE);
        assertThat(hub.count("part")).isEqualTo(60);
    }

    @Test
    void of_several_sheets_the_one_named_like_the_file_is_taken_and_else_none() {
        Map<String, Consumer<Worksheet>> sheets = new LinkedHashMap<>();
        sheets.put("Vacía", sheet -> {});
        sheets.put("Lista", sheet -> Sheets.fill(sheet, TWO_PARTS));
        assertThat(importing("parts", Sheets.book(sheets)).message()).contains("Piezas nuevas: 2.");

        sheets.put("Notas", sheet -> sheet.value(0, 0, "vigencia"));
        Run several = importing("parts", Sheets.book(sheets));
        assertThat(several.message()).contains("2 hojas con datos («Lista», «Notas»)");

        sheets.put("Parts", sheet -> Sheets.fill(sheet, TWO_PARTS));
        assertThat(importing("parts", Sheets.book(sheets)).message()).startsWith("Nada cambió");
    }

    @Test
    void what_is_no_workbook_is_refused_with_a_sentence() {
        String types = "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>";
        String texts =
                "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><si><t>x</t></si></sst>";
        byte[] good = Sheets.of(TWO_PARTS);
        assertRefused("PK\u0003\u0004xxxxxxx".getBytes(StandardCharsets.ISO_8859_1), "no es un libro de Excel");
        assertRefused(java.util.Arrays.copyOf(good, good.length / 2), "no es un libro de Excel");
        assertRefused(
                new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 0, 0},
                "Excel antiguo (.xls) o con contraseña");
        assertRefused(Sheets.book(Map.of("Hoja1", sheet -> {})), "está vacío");
        assertRefused(Sheets.of(TWO_PARTS.replace("list_price", "precio")), "le falta la columna «list_price»");
        assertRefused(Sheets.raw(types + "<row r='1'><c r='A1'><v>1</v>", texts), "está incompleto");
        assertRefused(
                Sheets.raw(
                        types
                                + "<row r='2'><c><v>1</v></c></row><row r='1'><c><v>1</v></c></row></sheetData></worksheet>",
                        texts),
                "no se importó");
        assertRefused(
                Sheets.raw(
                        "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>" + types
                                + "<row><c t='inlineStr'><is><t>&e;</t></is></c></row></sheetData></worksheet>",
                        texts),
                "DOCTYPE");
        assertRefused(
                Sheets.raw(types + "<row><c t='s'><v>7</v></c></row></sheetData></worksheet>", texts),
                "falta un texto");
        assertRefused(
                Sheets.raw(
                        types + "<row><c t='inlineStr'><is><t>" + "a".repeat(3_000_000)
                                + "</t></is></c></row></sheetData></worksheet>",
                        texts),
                "bomba ZIP");
    }
}
