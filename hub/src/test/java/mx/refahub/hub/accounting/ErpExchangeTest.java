package mx.refahub.hub.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.sql.DataSource;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import mx.refahub.adapters.layout.LayoutFiles;
import mx.refahub.adapters.sat.SatFiles;
import mx.refahub.adapters.sheet.SheetFiles;
import mx.refahub.batch.catalogue.CatalogueUndo;
import mx.refahub.batch.exchange.ErpExchange;
import mx.refahub.batch.intake.RejectedRows;
import mx.refahub.batch.run.Repositories;
import mx.refahub.batch.run.RunFolders;
import mx.refahub.batch.run.SpringBatchJobs;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.erp.AccountMap;
import mx.refahub.domain.erp.ErpDoors;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.erp.ExportBooks;
import mx.refahub.domain.job.Jobs;
import mx.refahub.domain.job.Jobs.Run;
import mx.refahub.domain.job.Jobs.Status;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The job over a real ledger, and its files as the accountant opens them. */
class ErpExchangeTest {
    private static final ZoneId PUEBLA = ZoneId.of("America/Mexico_City");

    @TempDir
    Path folder;

    private final ExportBooks books = TestHub.bean(ExportBooks.class);
    private final Tickets branch = new Tickets();
    private SpringBatchJobs jobs;

    @BeforeEach
    void open() {
        DataSource dataSource = TestHub.bean(DataSource.class);
        JdbcTransactionManager transactions = new JdbcTransactionManager(dataSource);
        Workshop workshop = new Workshop(
                Repositories.jdbc(dataSource, transactions),
                transactions,
                dataSource,
                new RunFolders(folder.resolve("jobs")),
                TestHub.CLOCK,
                1_000);
        jobs = new SpringBatchJobs(
                workshop,
                List.of(ErpExchange.definition(
                        workshop,
                        new ErpDoors(
                                books,
                                List.of(
                                        new SheetFiles(PUEBLA),
                                        LayoutFiles.contpaqi(folder),
                                        LayoutFiles.aspel(folder),
                                        new SatFiles()),
                                PUEBLA))),
                new RejectedRows(dataSource),
                CatalogueUndo.undoing(workshop),
                TestHub.bean(IdSource.class),
                new SpringBatchJobs.Policy("erp-test", Duration.ofDays(1), Duration.ofSeconds(5)));
        jobs.start();
    }

    @AfterEach
    void close() {
        jobs.stop();
    }

    private Run run(String target, String... more) {
        Map<String, String> parameters = new TreeMap<>(Map.of("target", target, "until", "2026-11-20"));
        for (int i = 0; i < more.length; i += 2) parameters.put(more[i], more[i + 1]);
        long id = TestShop.done(jobs.start("erp-exchange", parameters, Map.of(), "Elena"))
                .id();
        await().pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(60))
                .until(() -> jobs.run(id).orElseThrow().status().isFinal());
        return jobs.run(id).orElseThrow();
    }

    private Run done(String target, String... more) {
        Run run = run(target, more);
        assertThat(run.status()).as(run.message()).isEqualTo(Status.DONE);
        return run;
    }

    private Path file(Run run, String ending) {
        String name = jobs.files(run.id()).stream()
                .map(Jobs.RunFile::name)
                .filter(each -> each.endsWith(ending))
                .findFirst()
                .orElseThrow();
        return jobs.file(run.id(), name).orElseThrow();
    }

    @Test
    void the_workbook_ties_to_the_ledger_by_its_own_formulas_and_can_be_calculated_with() throws IOException {
        Tickets.mapEverything(ErpTarget.SHEET);
        branch.soldMixed("2026-04-01");
        branch.broughtBack("2026-04-02", branch.sold("2026-04-01"));
        Run run = done("sheet");
        ExportBooks.Export export = books.ofRun(run.id()).orElseThrow();

        try (XSSFWorkbook book = new XSSFWorkbook(Files.newInputStream(file(run, ".xlsx")))) {
            book.getCreationHelper().createFormulaEvaluator().evaluateAll();
            Sheet control = book.getSheet("Control");
            assertThat(control.getRow(7).getCell(2).getNumericCellValue()).isEqualTo(export.tickets());
            assertThat(control.getRow(8).getCell(2).getNumericCellValue())
                    .isCloseTo(export.total().amount().doubleValue(), within(0.001));
            for (int row = 7; row <= 12; row++)
                assertThat(control.getRow(row).getCell(3).getNumericCellValue())
                        .as(control.getRow(row).getCell(0).getStringCellValue())
                        .isCloseTo(0, within(0.001));
            Sheet tickets = book.getSheet("Tickets");
            assertThat(tickets.getPaneInformation().isFreezePane()).isTrue();
            Row first = tickets.getRow(1);
            assertThat(DateUtil.isCellDateFormatted(first.getCell(3))).isTrue();
            assertThat(first.getCell(10).getCellType()).isEqualTo(CellType.NUMERIC);
            Cell total = tickets.getRow(tickets.getLastRowNum()).getCell(10);
            assertThat(total.getCellFormula()).startsWith("SUM(K2:K");
            assertThat(book.getSheet("Pólizas")).isNotNull();
            assertThat(book.getSheet("Impuestos")).isNotNull();
            assertThat(book.getSheet("Cobros")).isNotNull();
        }
        String csv = Files.readString(file(run, "-tickets.csv"), StandardCharsets.UTF_8);
        assertThat(csv.lines().count()).isEqualTo(export.tickets() + 1);
        Run again = done("sheet", "again", Long.toString(run.id()));
        assertThat(Files.readString(file(again, "-tickets.csv"))).isEqualTo(csv);
        assertThat(books.ofRun(again.id())).isEmpty();
        assertThat(done("sheet").message()).startsWith("No hay nada por exportar");
    }

    @Test
    void a_run_that_lacks_an_account_fails_with_its_name_and_goes_on_once_it_is_there() {
        branch.sold("2026-04-03");
        TestShop.done(TestHub.bean(AccountMap.class).put(ErpTarget.CONTPAQI, List.of(), List.of(), Tickets.ELENA));
        Run failed = run("contpaqi");
        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(failed.message()).contains("Cobrado Efectivo").contains("no se exportó nada");

        Tickets.mapEverything(ErpTarget.CONTPAQI);
        TestShop.done(jobs.restart(failed.id()));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> jobs.run(failed.id()).orElseThrow().status() == Status.DONE);
        assertThat(books.ofRun(failed.id()).orElseThrow().tickets()).isPositive();
        assertThat(jobs.run(failed.id()).orElseThrow().message()).contains("no está verificado");
    }

    @Test
    void what_was_taken_goes_out_once_however_often_its_writing_breaks() throws IOException {
        Tickets.mapEverything(ErpTarget.ASPEL);
        branch.sold("2026-04-07");
        Path mended = folder.resolve("aspel-sae.layout");
        Files.writeString(mended, "file = sae.csv\nformat = csv\nticket = {folio};{importe}\n");
        Run broken = run("aspel");
        assertThat(broken.status()).isEqualTo(Status.FAILED);
        assertThat(broken.message()).contains("aspel-sae.layout, renglón 3: no existe el campo {importe}");
        ExportBooks.Export taken = books.ofRun(broken.id()).orElseThrow();
        assertThat(taken.writtenAt()).isNull();
        branch.sold("2026-04-07");

        Files.writeString(mended, "file = sae.csv\nformat = csv\nticket = {folio};{total}\n");
        TestShop.done(jobs.restart(broken.id()));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> jobs.run(broken.id()).orElseThrow().status() == Status.DONE);

        assertThat(books.ofRun(broken.id()).orElseThrow().tickets()).isEqualTo(taken.tickets());
        assertThat(Files.readAllLines(file(jobs.run(broken.id()).orElseThrow(), "sae.csv")))
                .hasSize((int) taken.tickets());
        assertThat(done("aspel").message()).startsWith("1 ticket en 1 póliza (1 de complemento)");
    }

    @Test
    void fixed_widths_keep_every_amount_in_its_place() throws IOException {
        Tickets.mapEverything(ErpTarget.CONTPAQI);
        branch.sold("2026-04-04");

        List<String> lines = Files.readAllLines(file(done("contpaqi"), ".txt"), Charset.forName("windows-1252"));

        List<String> heads =
                lines.stream().filter(line -> line.startsWith("P ")).toList();
        List<String> moves =
                lines.stream().filter(line -> line.startsWith("M1 ")).toList();
        assertThat(heads).isNotEmpty().allSatisfy(head -> assertThat(head).hasSameSizeAs(heads.getFirst()));
        assertThat(moves).isNotEmpty().allSatisfy(move -> assertThat(move).hasSameSizeAs(moves.getFirst()));
        double balance = moves.stream()
                .mapToDouble(
                        move -> Double.parseDouble(move.substring(67, 87).strip()) * (move.charAt(65) == '0' ? 1 : -1))
                .sum();
        assertThat(balance).isCloseTo(0, within(0.001));
    }

    @Test
    void the_excel_entries_of_aspel_close_each_entry_and_carry_numbers_as_numbers() throws IOException {
        Tickets.mapEverything(ErpTarget.ASPEL);
        branch.sold("2026-04-05");
        Run run = done("aspel");

        try (XSSFWorkbook book = new XSSFWorkbook(Files.newInputStream(file(run, ".xlsx")))) {
            Sheet sheet = book.getSheetAt(0);
            assertThat(sheet.getRow(1).getCell(0).getStringCellValue()).isEqualTo("|||");
            int closed = 0;
            double balance = 0;
            for (Row row : sheet) {
                Cell second = row.getCell(1);
                if (second != null && second.toString().equals("FIN_PARTIDAS")) closed++;
                if (row.getRowNum() > 1 && row.getCell(5) != null && row.getCell(0) == null)
                    balance += row.getCell(5).getNumericCellValue()
                            - row.getCell(6).getNumericCellValue();
            }
            assertThat(closed)
                    .isEqualTo((int) books.ofRun(run.id()).orElseThrow().entries());
            assertThat(balance).isCloseTo(0, within(0.001));
        }
        assertThat(file(run, ".csv")).isRegularFile();
    }

    @Test
    void each_entry_of_a_journal_is_a_file_for_coi_that_ties_to_the_ledger() throws Exception {
        Tickets.mapEverything(ErpTarget.ASPEL);
        branch.soldMixed("2026-04-08");
        branch.sold("2026-05-09");
        Run run = done("aspel");
        ExportBooks.Export export = books.ofRun(run.id()).orElseThrow();
        Map<String, BigDecimal> booked = new TreeMap<>();
        books.entries(
                export.id(),
                entry -> booked.put(
                        entry.day().toString().substring(0, 7) + "/" + entry.reference() + ".pol",
                        entry.sum().amount()));
        assertThat(booked.keySet()).anyMatch(name -> name.startsWith("2026-04/RH-" + branch.code() + "-20260408-"));

        Map<String, BigDecimal> written = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file(run, ".zip")))) {
            for (ZipEntry each = zip.getNextEntry(); each != null; each = zip.getNextEntry()) {
                NodeList lines = DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new ByteArrayInputStream(zip.readAllBytes()))
                        .getElementsByTagName("ROWPartidas");
                Map<String, BigDecimal> sides = new TreeMap<>();
                for (int i = 0; i < lines.getLength(); i++) {
                    Element line = (Element) lines.item(i);
                    sides.merge(
                            line.getAttribute("DebeHaber"),
                            new BigDecimal(line.getAttribute("Monto")),
                            BigDecimal::add);
                }
                assertThat(sides.get("D")).as(each.getName()).isEqualTo(sides.get("H"));
                written.put(each.getName(), sides.get("D"));
            }
        }
        assertThat(written).isEqualTo(booked);
        assertThat(run.message()).contains("no está verificado").contains("importa una sola de las dos");
    }

    @Test
    void the_tax_authoritys_own_schemas_accept_what_is_written_for_it() throws Exception {
        Tickets.mapEverything(ErpTarget.SAT);
        branch.soldMixed("2026-04-06");
        branch.broughtBack("2026-05-06", branch.sold("2026-04-06"));
        Run run = done("sat");
        List<String> names =
                jobs.files(run.id()).stream().map(Jobs.RunFile::name).toList();
        assertThat(names).contains("EKU9003173C9202604PL.xml", "EKU9003173C9202604CT.xml", "EKU9003173C9202605BN.xml");

        String shared = System.getenv("REFAHUB_SHARED_DATA");
        Path schemas = (shared == null ? Path.of("..", "..", "shared", "data") : Path.of(shared))
                .resolve("erp/sat-contabilidad-electronica/www.sat.gob.mx/esquemas/ContabilidadE/1_3");
        if (!Files.isDirectory(schemas)) System.out.println("ORACLES NOT RUN: 1 (no schemas at " + schemas + ")");
        assumeTrue(Files.isDirectory(schemas), "ORACLES NOT RUN: 1");
        SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
        factory.setProperty("jdk.xml.maxOccurLimit", "0");
        for (Map.Entry<String, String> kind : Map.of(
                        "PL", "PolizasPeriodo", "CT", "CatalogoCuentas", "BN", "BalanzaComprobacion")
                .entrySet()) {
            Schema schema = factory.newSchema(schemas.resolve(kind.getValue())
                    .resolve(kind.getValue() + "_1_3.xsd")
                    .toFile());
            for (String name : names)
                if (name.endsWith(kind.getKey() + ".xml"))
                    schema.newValidator()
                            .validate(new StreamSource(
                                    jobs.file(run.id(), name).orElseThrow().toFile()));
        }
    }
}
