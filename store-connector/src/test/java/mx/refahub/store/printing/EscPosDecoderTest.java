package mx.refahub.store.printing;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.anastaciocintra.escpos.EscPos;
import com.github.anastaciocintra.escpos.EscPosConst;
import com.github.anastaciocintra.escpos.Style;
import com.github.anastaciocintra.escpos.barcode.QRCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import mx.refahub.domain.device.CodePage;
import mx.refahub.domain.store.Paper.Align;
import mx.refahub.domain.store.Paper.Line;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EscPosDecoderTest {
    /** Streams that other people's programs wrote; they lie beside the project and are not part of it. */
    private static final Path RECORDED = recorded();

    @Test
    void text_place_weight_and_size_are_seen() throws IOException {
        List<EscPosDecoder.Printed> sheets = decode(sample(), 4096);

        assertThat(sheets).hasSize(1);
        assertThat(sheets.getFirst().drawerKicked()).isTrue();
        assertThat(sheets.getFirst().lines())
                .containsExactly(
                        new Line("El Güero", Align.CENTER, true, 2, 2, ""),
                        new Line("Balata cerámica", Align.LEFT, false, 1, 1, ""),
                        new Line("", Align.CENTER, false, 1, 1, "C1-000001|ABC"));
    }

    @Test
    void bytes_may_come_one_by_one() throws IOException {
        assertThat(decode(sample(), 1)).isEqualTo(decode(sample(), 4096));
    }

    @Test
    void what_was_not_cut_is_torn_off_at_the_end() {
        assertThat(decode("sin corte\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 64))
                .singleElement()
                .satisfies(sheet ->
                        assertThat(sheet.lines()).containsExactly(new Line("sin corte", Align.LEFT, false, 1, 1, "")));
    }

    @Test
    void noise_neither_throws_nor_grows() {
        Random random = new Random(20260302);
        for (int round = 0; round < 200; round++) {
            byte[] noise = new byte[20_000];
            random.nextBytes(noise);
            for (EscPosDecoder.Printed sheet : decode(noise, 1 + random.nextInt(5000)))
                assertThat(sheet.lines()).hasSizeLessThanOrEqualTo(2_000);
        }
    }

    @Test
    void a_recorded_receipt_with_a_logo_reads_as_its_maker_says() throws IOException {
        assumeRecorded(1);
        List<String> expected = text(Files.readAllLines(RECORDED.resolve("receipt-with-logo.expected.txt")));

        List<EscPosDecoder.Printed> sheets = decode(Files.readAllBytes(RECORDED.resolve("receipt-with-logo.bin")), 512);

        assertThat(texts(sheets)).isEqualTo(expected);
        assertThat(sheets).anyMatch(EscPosDecoder.Printed::drawerKicked);
        assertThat(sheets.getFirst().lines()).anyMatch(line -> line.image().startsWith("data:image/png;base64,"));
    }

    /** Each candidate of the test strip is a page that some maker numbers so. */
    @Test
    void the_strips_candidates_are_numbers_that_printers_use() throws IOException {
        assumeRecorded(1);
        JsonNode profiles = JsonMapper.shared()
                .readTree(
                        RECORDED.resolve("escpos-printer-db-capabilities.json").toFile())
                .path("profiles");
        Map<String, String> names = Map.of(
                "IBM00858", "CP858",
                "windows-1252", "CP1252",
                "IBM850", "CP850",
                "IBM437", "CP437",
                "IBM860", "CP860",
                "ISO-8859-15", "ISO_8859-15");

        for (CodePage page : CodePage.PAGES)
            assertThat(profiles.values())
                    .as(page.toString())
                    .anyMatch(profile -> profile.path("codePages")
                            .path(Integer.toString(page.table()))
                            .asString("")
                            .equals(names.get(page.charset())));
    }

    @Test
    void other_recorded_streams_read_without_rubbish() throws IOException {
        assumeRecorded(3);
        List<EscPosDecoder.Printed> mexican =
                decode(Files.readAllBytes(RECORDED.resolve("receiptline_4.0.4_sample_mx.bin")), 512);
        List<EscPosDecoder.Printed> coded =
                decode(Files.readAllBytes(RECORDED.resolve("receipt-with-qrcode.bin")), 512);
        List<EscPosDecoder.Printed> barcodes = decode(Files.readAllBytes(RECORDED.resolve("barcodes.bin")), 512);

        assertThat(texts(mexican)).anyMatch(line -> line.contains("$1,310.35"));
        assertThat(coded.stream().flatMap(sheet -> sheet.lines().stream()).map(Line::qr))
                .anyMatch(qr -> !qr.isEmpty());
        assertThat(texts(barcodes)).contains("Code128:", "Ean13:", "ITF:");
        assertThat(barcodes.stream().flatMap(sheet -> sheet.lines().stream()))
                .as("Code 128 and EAN-13 are drawn")
                .filteredOn(line -> !line.bars().isEmpty())
                .hasSizeGreaterThanOrEqualTo(2);
    }

    private static byte[] sample() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (EscPos printer = new EscPos(out)) {
            printer.initializePrinter();
            printer.setCharsetName("IBM00858");
            printer.setPrinterCharacterTable(19);
            printer.pulsePin(EscPos.PinConnector.Pin_2, 100, 200);
            printer.writeLF(
                    new Style()
                            .setBold(true)
                            .setJustification(EscPosConst.Justification.Center)
                            .setFontSize(Style.FontSize._2, Style.FontSize._2),
                    "El Güero");
            printer.writeLF(new Style(), "Balata cerámica");
            printer.write(new QRCode().setJustification(EscPosConst.Justification.Center), "C1-000001|ABC");
            printer.feed(3);
            printer.cut(EscPos.CutMode.PART);
        }
        return out.toByteArray();
    }

    private static List<EscPosDecoder.Printed> decode(byte[] bytes, int piece) {
        List<EscPosDecoder.Printed> sheets = new ArrayList<>();
        EscPosDecoder decoder = new EscPosDecoder(sheets::add);
        for (int at = 0; at < bytes.length; at += piece) {
            byte[] part = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + piece));
            decoder.take(part, part.length);
        }
        decoder.end();
        return sheets;
    }

    private static List<String> texts(List<EscPosDecoder.Printed> sheets) {
        return text(sheets.stream()
                .flatMap(sheet -> sheet.lines().stream())
                .map(Line::text)
                .toList());
    }

    /** Blank lines apart: programs differ in how many a feed makes. */
    private static List<String> text(List<String> lines) {
        return lines.stream()
                .map(String::stripTrailing)
                .filter(line -> !line.isBlank())
                .toList();
    }

    private static void assumeRecorded(int streams) {
        if (!Files.isDirectory(RECORDED)) System.out.println("ORACLES NOT RUN: " + streams + " (no " + RECORDED + ")");
        Assumptions.assumeTrue(Files.isDirectory(RECORDED), "ORACLES NOT RUN: " + streams);
    }

    private static Path recorded() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path beside = at.resolve("shared/data/escpos");
            if (Files.isDirectory(beside)) return beside;
        }
        return Path.of("../shared/data/escpos");
    }
}
