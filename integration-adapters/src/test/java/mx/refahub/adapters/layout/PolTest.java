package mx.refahub.adapters.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import mx.refahub.domain.Failure;
import mx.refahub.domain.erp.AccountRole;
import mx.refahub.domain.erp.ErpTarget;
import mx.refahub.domain.erp.ExportBooks.Export;
import mx.refahub.domain.erp.ExportRows;
import mx.refahub.domain.erp.JournalEntry;
import mx.refahub.domain.erp.JournalFiles;
import mx.refahub.domain.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** COI's entry as a model ({@code .pol}): one file for each entry, all of them in a zip. */
class PolTest {
    private static final Path SHIPPED = Path.of("../config/accounting/aspel-coi-pol.layout");
    private static final String PENA = "\"Peña & Hijos\" <Centro>";

    @TempDir
    Path folder;

    @TempDir
    Path mended;

    private static JournalEntry.Line line(String account, long debit, long credit) {
        return new JournalEntry.Line(
                AccountRole.TENDER, "CASH", account, "", "", "", Money.mxn(debit), Money.mxn(credit));
    }

    private static JournalEntry entry(String store, String name, LocalDate day, int number) {
        return new JournalEntry(
                new UUID(7, number),
                "RH-" + store.replaceAll("[^A-Z]", "") + "-" + day.toString().replace("-", "") + "-" + number,
                store,
                name,
                day,
                number,
                3,
                Money.mxn(1160_00),
                List.of(
                        line("1110-001-000", 1160_00, 0),
                        line("4100-001-000", 0, 1000_00),
                        line("2160-001-000", 0, 160_00)));
    }

    /** Entries alone: nothing went as a document. */
    private static ExportRows of(JournalEntry... entries) {
        return (ExportRows) Proxy.newProxyInstance(
                PolTest.class.getClassLoader(), new Class<?>[] {ExportRows.class}, (self, method, given) -> {
                    if (method.getName().equals("entries")) {
                        @SuppressWarnings("unchecked")
                        Consumer<JournalEntry> taker = (Consumer<JournalEntry>) given[1];
                        Stream.of(entries).forEach(taker);
                    }
                    return null;
                });
    }

    private Path write(JournalEntry... entries) throws IOException {
        Export export = new Export(
                7,
                41,
                ErpTarget.ASPEL,
                LocalDate.of(2026, 3, 31),
                "Elena",
                Instant.EPOCH,
                null,
                entries.length,
                entries.length,
                0,
                0,
                3L * entries.length,
                Money.mxn(1160_00));
        LayoutFiles.aspel(mended)
                .write(new JournalFiles.Company("EKU9003173C9", "Refaccionaria"), export, of(entries), folder);
        return folder.resolve("polizas-coi-pol-20260331-7.zip");
    }

    private static Map<String, byte[]> unpacked(Path zip) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry each = in.getNextEntry(); each != null; each = in.getNextEntry())
                files.put(each.getName(), in.readAllBytes());
        }
        return files;
    }

    private static Element parsed(byte[] file) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(file))
                .getDocumentElement();
    }

    private static Element only(Element in, String tag) {
        NodeList found = in.getElementsByTagName(tag);
        assertThat(found.getLength()).isEqualTo(1);
        return (Element) found.item(0);
    }

    /** {@code aspel-coi.pol} was written by hand from the fields in which the programs found agree; no program of ours made it. */
    @Test
    void an_entry_is_the_data_packet_that_other_programs_write_for_coi_byte_by_byte() throws Exception {
        Map<String, byte[]> files = unpacked(write(entry(PENA, "Centro", LocalDate.of(2026, 3, 9), 1)));

        assertThat(files).containsOnlyKeys("2026-03/RH-PHC-20260309-1.pol");
        assertThat(files.get("2026-03/RH-PHC-20260309-1.pol"))
                .isEqualTo(Files.readAllBytes(Path.of("src/test/resources/layout/aspel-coi.pol")));
    }

    @Test
    void each_entry_is_a_file_of_its_own_balanced_in_the_folder_of_its_month() throws Exception {
        JournalEntry[] entries = {
            entry("CEN", "Centro", LocalDate.of(2026, 3, 31), 1),
            entry("NTE", "Norte", LocalDate.of(2026, 3, 31), 1),
            entry("CEN", "Centro", LocalDate.of(2026, 4, 1), 1),
            entry("CEN", "Centro", LocalDate.of(2026, 3, 31), 2)
        };
        Path zip = write(entries);
        Map<String, byte[]> files = unpacked(zip);

        assertThat(files)
                .containsOnlyKeys(
                        "2026-03/RH-CEN-20260331-1.pol",
                        "2026-03/RH-NTE-20260331-1.pol",
                        "2026-04/RH-CEN-20260401-1.pol",
                        "2026-03/RH-CEN-20260331-2.pol");
        for (byte[] file : files.values()) {
            Element packet = parsed(file);
            assertThat(packet.getTagName()).isEqualTo("DATAPACKET");
            assertThat(only(packet, "ROW").getAttribute("VersionCOI")).isEqualTo("50");
            NodeList lines = packet.getElementsByTagName("ROWPartidas");
            assertThat(lines.getLength()).isEqualTo(3);
            BigDecimal balance = BigDecimal.ZERO;
            for (int i = 0; i < lines.getLength(); i++) {
                Element line = (Element) lines.item(i);
                BigDecimal amount = new BigDecimal(line.getAttribute("Monto"));
                assertThat(line.getAttribute("DebeHaber")).isIn("D", "H");
                balance = line.getAttribute("DebeHaber").equals("D") ? balance.add(amount) : balance.subtract(amount);
            }
            assertThat(balance).isEqualByComparingTo("0");
        }
        assertThat(only(parsed(files.get("2026-04/RH-CEN-20260401-1.pol")), "ROW")
                        .getAttribute("DiaPoliz"))
                .isEqualTo("1");
        byte[] first = Files.readAllBytes(zip);
        assertThat(Files.readAllBytes(write(entries))).isEqualTo(first);
    }

    @Test
    void a_long_name_is_cut_as_a_person_reads_it_and_what_xml_cannot_hold_is_a_blank() throws Exception {
        Files.writeString(
                mended.resolve("aspel-coi-pol.layout"),
                Files.readString(SHIPPED).replace("{concept:.120}", "{storeName:.120}"));
        String name = "Refaccionaria Peña & Hijos <\"Sucursal\">\t\u0001\uFFFE" + "ñ".repeat(100);

        byte[] file = unpacked(write(entry("CEN", name, LocalDate.of(2026, 3, 9), 1)))
                .values()
                .iterator()
                .next();

        assertThat(only(parsed(file), "ROW").getAttribute("ConcepPoliz"))
                .isEqualTo("Refaccionaria Peña & Hijos <\"Sucursal\">   " + "ñ".repeat(120 - 42))
                .hasSize(120);
        // Whatever charset the reader takes it for, it reads the same.
        for (byte each : file) assertThat(each).isPositive();
        assertThat(new String(file, StandardCharsets.US_ASCII)).contains("Pe&#241;a &amp; Hijos &lt;&quot;Sucursal");
    }

    @Test
    void an_account_in_21_places_has_its_level_in_the_last_and_none_is_ever_cut() throws Exception {
        Files.writeString(
                mended.resolve("aspel-coi-pol.layout"),
                Files.readString(SHIPPED).replace("{account:.21}", "{account:#21}"));
        byte[] file = unpacked(write(entry("CEN", "Centro", LocalDate.of(2026, 3, 9), 1)))
                .values()
                .iterator()
                .next();
        assertThat(((Element) parsed(file).getElementsByTagName("ROWPartidas").item(0)).getAttribute("Cuenta"))
                .isEqualTo("111000100000000000002");

        assertThat(LayoutFields.fill("p", "{account:#21}", Map.of("account", "1110-001-012"), false))
                .isEqualTo("111000101200000000003");
        assertThat(LayoutFields.fill("p", "{account:#21}", Map.of("account", "1110"), false))
                .isEqualTo("111000000000000000001");
        for (String width : List.of(":#21", ":.21", ":<21"))
            assertThatThrownBy(() -> LayoutFields.fill(
                            "p", "{account" + width + "}", Map.of("account", "1110-0010-0020-0030-00040"), false))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("{account} no cabe en 21");
    }

    @Test
    void a_template_that_would_lay_one_entry_over_another_is_refused_and_told_how_to_be_mended() throws IOException {
        Files.writeString(
                mended.resolve("aspel-coi-pol.layout"),
                Files.readString(SHIPPED).replace("{reference}", "{store}"));
        assertThatThrownBy(() -> write(
                        entry("CEN", "Centro", LocalDate.of(2026, 3, 9), 1),
                        entry("CEN", "Centro", LocalDate.of(2026, 3, 10), 1)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("2026-03/CEN.pol")
                .hasMessageContaining("Pon {reference}");
        assertThatThrownBy(() -> Layout.read("c.layout", "file = x\nzip = y\nformat = csv\nticket = {folio}"))
                .hasMessageContaining("con «zip» va un archivo por póliza");
        assertThatThrownBy(() -> Layout.read("c.layout", "file = x\nline = {concept:#21}"))
                .hasMessageContaining("renglón 2: «:#» es sólo de {account}");
    }
}
