package mx.refahub.hub.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import mx.refahub.adapters.layout.LayoutFiles;
import mx.refahub.domain.erp.ErpCode;
import mx.refahub.domain.erp.ErpCodes;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.erp.ExportBooks;
import mx.refahub.domain.erp.ExportWays;
import mx.refahub.domain.erp.JournalFiles;
import mx.refahub.domain.sale.Sale;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tickets as documents in the files of programs that are given files: Aspel SAE, CONTPAQi Comercial. */
class DocumentFilesTest {
    private static final ExportBooks BOOKS = TestHub.bean(ExportBooks.class);
    private static final ErpCodes CODES = TestHub.bean(ErpCodes.class);
    private static final JournalFiles.Company COMPANY = new JournalFiles.Company("EKU9003173C9", "Refaccionaria");

    @TempDir
    Path folder;

    private final Tickets branch = new Tickets();
    private final String code = branch.code();

    @AfterEach
    void asBefore() {
        TestHub.sql().sql("delete from accounting_way").update();
        for (ErpTarget each : List.of(ErpTarget.ASPEL, ErpTarget.CONTPAQI))
            TestShop.done(CODES.put(each, List.of(), Tickets.ELENA));
    }

    /** Past the desk, which would not let days before those of other tests change. */
    private static void documents(ErpTarget target, String from) {
        documents(target, ExportWays.Subject.TICKETS, from);
    }

    private static void documents(ErpTarget target, ExportWays.Subject subject, String from) {
        TestHub.sql()
                .sql(
                        "insert into accounting_way (target, subject, from_day, way, set_by, set_at) values (?, ?, ?::date, 'DOCUMENTS', 'Elena', now())")
                .params(target.name(), subject.name(), from)
                .update();
    }

    private void tellCodes(ErpTarget target) {
        TestShop.done(CODES.put(
                target,
                CODES.codes(target).stream()
                        .filter(each -> each.kind() != ErpCode.Kind.WAREHOUSE
                                || each.ours().equals(code))
                        .map(each -> new ErpCode(
                                each.kind(),
                                each.ours(),
                                each.kind() == ErpCode.Kind.WAREHOUSE ? "7" : each.kind() + "-" + each.ours()))
                        .toList(),
                Tickets.ELENA));
    }

    private ExportBooks.Export written(ErpTarget target, LayoutFiles files, String until) throws IOException {
        Tickets.mapEverything(target);
        ExportBooks.Export export = BOOKS.take(Tickets.run(), target, LocalDate.parse(until), "Elena");
        files.write(COMPANY, export, BOOKS, folder);
        return export;
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(each -> each.getFileName().toString().replaceFirst("-\\d{8}-\\d+\\.", "."))
                    .sorted()
                    .toList();
        }
    }

    private Path file(String start) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(each -> each.getFileName().toString().startsWith(start))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private List<List<String>> sheet(String start) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        DataFormatter shown = new DataFormatter(java.util.Locale.ROOT);
        try (XSSFWorkbook book = new XSSFWorkbook(Files.newInputStream(file(start)))) {
            for (Row row : book.getSheetAt(0)) {
                List<String> cells = new ArrayList<>();
                for (int i = 0; i < row.getLastCellNum(); i++)
                    cells.add(row.getCell(i) == null ? "" : shown.formatCellValue(row.getCell(i)));
                rows.add(cells);
            }
        }
        return rows;
    }

    private static long entryLines(ExportBooks.Export export) {
        long[] lines = {0};
        BOOKS.entries(export.id(), entry -> lines[0] += entry.lines().size());
        return lines[0];
    }

    @Test
    void aspel_gets_each_ticket_once_as_an_invoice_or_a_return_with_what_was_paid_and_no_entry_books_it_again()
            throws IOException {
        documents(ErpTarget.ASPEL, "2025-06-01");
        Sale sold = branch.sold("2025-06-02");
        branch.soldMixed("2025-06-02");
        branch.broughtBack("2025-06-03", sold);
        branch.soldOneOff("2025-06-03");
        assertThatThrownBy(() -> written(ErpTarget.ASPEL, LayoutFiles.aspel(folder), "2025-06-30"))
                .hasMessageContaining("la forma de pago tarjeta de crédito")
                .hasMessageContaining("el impuesto de 16%")
                .hasMessageContaining("el cliente de mostrador");
        tellCodes(ErpTarget.ASPEL);

        ExportBooks.Export export = written(ErpTarget.ASPEL, LayoutFiles.aspel(folder), "2025-06-30");

        // The ticket that does not add up stays with the entry, and in the list; the others are documents alone.
        assertThat(export.entries()).isEqualTo(2);
        assertThat(export.booked()).isEqualTo(1);
        assertThat(export.documents()).isEqualTo(3);
        assertThat(export.tickets()).isEqualTo(4);
        assertThat(files())
                .contains(
                        "cobros-sae.csv",
                        "devoluciones-sae.xlsx",
                        "facturas-sae.xlsx",
                        "polizas-coi.xlsx",
                        "ventas-sae.csv");
        assertThat(Files.readAllLines(file("ventas-sae"), Charset.forName("windows-1252")))
                .hasSize(2);
        assertThat(entryLines(export)).isPositive();

        List<List<String>> invoices = sheet("facturas-sae");
        assertThat(invoices.getFirst()).startsWith("Clave", "Cliente", "Fecha de elaboración");
        List<List<String>> lines = invoices.subList(1, invoices.size());
        assertThat(lines).isNotEmpty().allSatisfy(line -> {
            assertThat(line.get(0)).startsWith(code + "-");
            assertThat(line.get(1)).isEqualTo("CUSTOMER-");
            assertThat(line.get(2)).isEqualTo("02/06/2025");
            assertThat(line.get(3)).isEqualTo("7");
            assertThat(line.get(9)).isIn("TAX-16%", "TAX-NONE");
        });
        assertThat(lines.stream().map(List::getFirst).distinct()).hasSize(2);
        List<List<String>> returns = sheet("devoluciones-sae");
        assertThat(returns).hasSize(2);
        assertThat(new BigDecimal(returns.getLast().get(10))).isPositive();
        assertThat(returns.getLast().get(5)).contains("RH-" + code);

        // What was paid is what was sold, less what went back.
        BigDecimal paid = Files.readAllLines(file("cobros-sae"), Charset.forName("windows-1252")).stream()
                .skip(1)
                .map(line -> new BigDecimal(line.split(",")[4]))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        List<BigDecimal> totals = new ArrayList<>();
        BOOKS.documents(
                export.id(),
                document -> totals.add(
                        document.credit()
                                ? document.total().amount().negate()
                                : document.total().amount()));
        assertThat(totals).hasSize(3);
        assertThat(paid).isEqualByComparingTo(totals.stream().reduce(BigDecimal.ZERO, BigDecimal::add));
        assertThat(BOOKS.due(ErpTarget.ASPEL, LocalDate.parse("2025-06-30")).tickets())
                .isZero();
    }

    @Test
    void contpaqi_comercial_gets_its_documents_as_csv_and_an_export_without_any_writes_no_such_file()
            throws IOException {
        branch.sold("2025-07-01");
        documents(ErpTarget.CONTPAQI, "2025-07-02");
        tellCodes(ErpTarget.CONTPAQI);
        written(ErpTarget.CONTPAQI, LayoutFiles.contpaqi(folder), "2025-07-01");
        assertThat(files()).containsExactly("polizas-contpaqi.txt");

        Sale sold = branch.sold("2025-07-02");
        ExportBooks.Export export = written(ErpTarget.CONTPAQI, LayoutFiles.contpaqi(folder), "2025-07-02");

        assertThat(entryLines(export)).isZero();
        assertThat(export.entries()).isEqualTo(1);
        assertThat(export.booked()).isZero();
        assertThat(export.documents()).isEqualTo(1);
        List<String> rows = Files.readAllLines(file("documentos-comercial"), Charset.forName("windows-1252"));
        assertThat(rows.getFirst()).startsWith("ID Alterno,Razón Social,Fecha Documento,Serie,Folio");
        assertThat(rows).hasSize(sold.lines().size() + 1);
        assertThat(rows.get(1)).contains("CUSTOMER-").contains("02-07-25").contains("," + code);
        assertThat(Files.readAllLines(file("cobros-comercial"))).hasSize(2);
    }

    /** What was owed of the day's only ticket, and is paid in part some days later. */
    private void paidLater(String day, String paid) {
        branch.soldOnAccount(day);
        record Owed(UUID sale, UUID customer) {}
        Owed owed = TestHub.sql()
                .sql("select id, customer_id from sale where store_id = ? and business_day = ?::date")
                .params(branch.shop.id.value(), day)
                .query((row, n) -> new Owed(row.getObject(1, UUID.class), row.getObject(2, UUID.class)))
                .single();
        branch.paidOnAccount(LocalDate.parse(paid), owed.customer(), "TRANSFER", 100_00, owed.sale(), 100_00);
        // Half of it pays nothing that is known: it stays an entry.
        branch.paidOnAccount(LocalDate.parse(paid), owed.customer(), "CASH", 50_00, owed.sale(), 25_00);
    }

    /** An invoice of 348.03, one that withholds, and a credit note of 58.00. @return their supplier's code */
    private String bought(String day) {
        String supplier = "S" + UUID.randomUUID().toString().substring(0, 8).toUpperCase(java.util.Locale.ROOT);
        UUID of = Purchases.supplier(supplier);
        UUID order = UUID.randomUUID();
        Purchases.order(order, of, branch.shop.id.value());
        LocalDate on = LocalDate.parse(day);
        UUID whole = UUID.randomUUID();
        Purchases.invoice(whole, of, order, on, 300_03, 348_03);
        Purchases.line(whole, 1, "Flete", 1, 100_01, 16_00);
        Purchases.line(whole, 2, "Maniobras, turno", 2, 200_02, 32_00);
        UUID withheld = UUID.randomUUID();
        Purchases.invoice(withheld, of, order, on, 100_00, 112_00);
        Purchases.line(withheld, 1, "Flete retenido", 1, 100_00, 16_00);
        TestHub.sql()
                .sql("insert into supplier_invoice_withheld (invoice_id, tax, amount) values (?, 'IVA', 400)")
                .param(withheld)
                .update();
        UUID credit = UUID.randomUUID();
        Purchases.invoice(credit, of, order, on, 50_00, 58_00);
        TestHub.sql()
                .sql("update supplier_invoice set kind = 'E', series = 'NC' where id = ?")
                .param(credit)
                .update();
        Purchases.line(credit, 1, "Bonificación", 1, 50_00, 8_00);
        return supplier;
    }

    @ParameterizedTest
    @EnumSource(
            value = ErpTarget.class,
            names = {"ASPEL", "CONTPAQI"})
    void what_is_paid_on_account_and_what_suppliers_invoice_goes_as_documents_and_no_entry_books_it_again(
            ErpTarget target) throws IOException {
        String sold = target == ErpTarget.ASPEL ? "2024-03-01" : "2024-04-01";
        String later = target == ErpTarget.ASPEL ? "2024-03-05" : "2024-04-05";
        LayoutFiles files = target == ErpTarget.ASPEL ? LayoutFiles.aspel(folder) : LayoutFiles.contpaqi(folder);
        documents(target, sold);
        documents(target, ExportWays.Subject.PURCHASES, sold);
        paidLater(sold, later);
        String supplier = bought(later);
        assertThatThrownBy(() -> written(target, files, later))
                .hasMessageContaining("el proveedor " + supplier)
                .hasMessageContaining("el IVA de compras de 16%")
                .hasMessageContaining("la forma de pago transferencia");
        tellCodes(target);

        ExportBooks.Export export = written(target, files, later);

        String payments = target == ErpTarget.ASPEL ? "cobros-sae" : "cobros-comercial";
        assertThat(Files.readAllLines(file(payments), Charset.forName("windows-1252")).stream()
                        .skip(1))
                .singleElement()
                .asString()
                .contains("TENDER-TRANSFER", "100.00", "RH-" + code + "-P-1-")
                .contains(target == ErpTarget.ASPEL ? "05/03/2024" : "05-04-24");
        List<List<String>> bills = new ArrayList<>();
        if (target == ErpTarget.ASPEL) {
            bills.addAll(sheet("compras-sae").subList(1, 3));
            bills.addAll(sheet("devoluciones-compra-sae").subList(1, 2));
        } else
            Files.readAllLines(file("compras-comercial"), Charset.forName("windows-1252")).stream()
                    .skip(1)
                    .forEach(line -> bills.add(List.of(
                            line.replace("\"Maniobras, turno\"", "Maniobras").split(",", -1))));
        assertThat(bills).hasSize(3).allSatisfy(row -> assertThat(row).contains("SUPPLIER-" + supplier, "7"));
        List<String> credit = bills.stream()
                .filter(row -> row.contains("Bonificación"))
                .findFirst()
                .orElseThrow();
        assertThat(credit).contains(target == ErpTarget.ASPEL ? "NC77" : "Devolución sobre compra");
        long[] total = {0};
        BOOKS.bills(
                export.id(),
                bill -> total[0] +=
                        (bill.credit() ? -1 : 1) * bill.net().plus(bill.tax()).minor());
        assertThat(total[0]).isEqualTo(348_03 - 58_00);

        // The entry has what no document says: half a payment, and the invoice that withholds.
        List<String> booked = new ArrayList<>();
        BOOKS.entries(export.id(), entry -> {
            if (!entry.storeCode().equals(code)) return;
            entry.lines()
                    .forEach(each -> booked.add((each.role() + " " + each.kind()).strip() + " "
                            + each.debit().minus(each.credit()).minor()));
        });
        assertThat(booked)
                .containsExactlyInAnyOrder(
                        "TENDER CASH 5000",
                        "TENDER ON_ACCOUNT -5000",
                        "PURCHASES 10000",
                        "TAX_PAID 1600",
                        "TAX_WITHHELD IVA -400",
                        "SUPPLIERS -11200");

        // Written again it is the same, and the next export has none of it.
        List<String> before = Files.readAllLines(file(payments), Charset.forName("windows-1252"));
        files.write(COMPANY, export, BOOKS, folder);
        assertThat(Files.readAllLines(file(payments), Charset.forName("windows-1252")))
                .isEqualTo(before);
        ExportBooks.Export next =
                BOOKS.take(Tickets.run(), target, LocalDate.parse(later).plusDays(1), "Elena");
        BOOKS.receipts(next.id(), row -> assertThat(row).isNull());
        BOOKS.bills(next.id(), row -> assertThat(row).isNull());
        assertThat(entryLines(next)).isZero();
    }

    @Test
    void stock_goes_to_the_file_by_the_warehouse_that_the_program_has_for_the_branch() throws IOException {
        branch.sold("2025-08-01");
        UUID part = UUID.randomUUID();
        String number = part.toString().substring(0, 8).toUpperCase(java.util.Locale.ROOT);
        TestHub.sql().sql("""
                insert into part (
                    id, line_code, part_number, normal_number, brand, name_es, name_en, category, unit, tax_class, core, sat_code, sat_unit,
                    tax_object, created_at, catalogue_version)
                values (:id, 'NGK', :number, :number, 'NGK', 'Bujía, fría', '', '', 'PZA', 'GENERAL', 0, '25173900', 'H87', '02', now(), 1)
                """).param("id", part).param("number", number).update();
        TestHub.sql()
                .sql(
                        "insert into stock_on_hand (store_id, part_id, on_hand, as_of, stock_version) values (?, ?, 12500, now(), 0)")
                .params(branch.shop.id.value(), part)
                .update();
        written(ErpTarget.ASPEL, LayoutFiles.aspel(folder), "2025-08-01");
        assertThat(files()).doesNotContain("existencias-sae.csv");

        tellCodes(ErpTarget.ASPEL);
        branch.sold("2025-08-01");
        written(ErpTarget.ASPEL, LayoutFiles.aspel(folder), "2025-08-01");
        assertThat(Files.readAllLines(file("existencias-sae"), Charset.forName("windows-1252")))
                .contains("NGK-" + number + ",\"Bujía, fría\",7,12.500,PZA");

        Files.writeString(folder.resolve("aspel-sae-existencias.layout"), "file = nada.csv\nformat = csv\n");
        branch.sold("2025-08-01");
        written(ErpTarget.ASPEL, LayoutFiles.aspel(folder), "2025-08-01");
        assertThat(files()).doesNotContain("nada.csv");
    }

    @Test
    void the_desk_sets_it_for_programs_of_documents_alone() {
        ExportWays ways = TestHub.bean(ExportWays.class);
        TestShop.done(ways.set(
                ErpTarget.ASPEL,
                ExportWays.Subject.TICKETS,
                ExportWays.Way.DOCUMENTS,
                LocalDate.of(2031, 1, 1),
                Tickets.ELENA));
        TestShop.done(ways.set(
                ErpTarget.CONTPAQI,
                ExportWays.Subject.PURCHASES,
                ExportWays.Way.DOCUMENTS,
                LocalDate.of(2031, 1, 1),
                Tickets.ELENA));
        assertThat(TestShop.refused(ways.set(
                        ErpTarget.SAT,
                        ExportWays.Subject.TICKETS,
                        ExportWays.Way.DOCUMENTS,
                        LocalDate.of(2031, 1, 1),
                        Tickets.ELENA)))
                .isEqualTo("export-way-files");
        assertThat(CODES.codes(ErpTarget.ASPEL))
                .extracting(ErpCode::kind)
                .contains(ErpCode.Kind.TAX, ErpCode.Kind.TENDER, ErpCode.Kind.CUSTOMER)
                .doesNotContain(ErpCode.Kind.PRICE_LIST);
    }
}
