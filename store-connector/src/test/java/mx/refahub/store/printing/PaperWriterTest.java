package mx.refahub.store.printing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import mx.refahub.domain.device.Device;
import mx.refahub.domain.device.DeviceKind;
import mx.refahub.domain.device.PaperBarcode;
import mx.refahub.domain.store.Paper.Line;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PaperWriterTest {
    private static PaperWriter paper(String... settings) {
        Map<String, String> all = new java.util.HashMap<>();
        for (int i = 0; i < settings.length; i += 2) all.put(settings[i], settings[i + 1]);
        return new PaperWriter(new Device("p", DeviceKind.RECEIPT_PRINTER, "P", all).printer());
    }

    private static List<Line> lines(byte[] bytes) {
        List<Line> lines = new ArrayList<>();
        EscPosDecoder decoder = new EscPosDecoder(sheet -> lines.addAll(sheet.lines()));
        decoder.take(bytes, bytes.length);
        decoder.end();
        return lines;
    }

    @Test
    void a_printer_is_told_its_page_leaves_chinese_and_cuts_as_it_can() {
        PaperWriter plain = paper("code-page", "windows-1252", "code-table", "16");
        plain.line("Ñ€");
        plain.cut();
        assertThat(plain.bytes())
                .containsSequence(0x1B, '@', 0x1C, '.')
                .containsSequence(0x1B, 't', 16)
                .containsSequence((byte) 0xD1, (byte) 0x80)
                .containsSequence(0x1D, 'V');
        PaperWriter bare = paper("chinese-off", "false", "cutter", "NONE");
        bare.cut();
        assertThat(bare.bytes()).doesNotContain(0x1C).doesNotContain('V');
    }

    @Test
    void of_a_pair_that_is_too_long_for_the_paper_neither_words_nor_figure_are_cut() {
        PaperWriter narrow = paper("paper", "58", "columns", "32");
        narrow.boldPair("Cliente", "Refaccionaria y Taller Mecánico Hermanos Núñez Peña");
        narrow.pair("  + Sin casco 12 PZA x $1,600.00", "$19,200.00");
        narrow.pair("Incluye otras suc. y saldo inicial", "$1,250.00");
        narrow.pair("Cambio", "$12.00");
        assertThat(lines(narrow.bytes()).stream().map(Line::text))
                .containsExactly(
                        "Cliente",
                        " Refaccionaria y Taller Mecánico",
                        "             Hermanos Núñez Peña",
                        "  + Sin casco 12 PZA x $1,600.00",
                        "                      $19,200.00",
                        "Incluye otras suc. y saldo",
                        "inicial                $1,250.00",
                        "Cambio                    $12.00")
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(32));
    }

    @Test
    void the_drawers_pulse_goes_to_its_pin_in_the_printers_own_time() {
        PaperWriter paper = paper("drawer", "PIN_5", "pulse-on", "120", "pulse-off", "240");
        paper.kickDrawer();
        assertThat(paper.bytes()).containsSequence(0x1B, 'p', 1, 60, 120);
        PaperWriter none = paper("drawer", "NONE");
        none.kickDrawer();
        assertThat(none.bytes()).doesNotContain('p');
    }

    @Test
    void codes_are_drawn_as_wide_as_the_paper_lets_them() {
        PaperWriter paper = paper("paper", "58", "columns", "32");
        paper.barcode(PaperBarcode.of("7504865001989"));
        paper.barcode(PaperBarcode.of("BKR6E-11{A}"));
        paper.qr("refahub:prueba");
        List<Line> lines = lines(paper.bytes());

        assertThat(lines).extracting(Line::qr).contains("refahub:prueba");
        assertThat(lines)
                .filteredOn(line -> !line.bars().isEmpty())
                .extracting(Line::text)
                .first()
                .isEqualTo("7504865001989");
        assertThatThrownBy(() -> new PaperBarcode.Ean13("7504865001980")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PaperBarcode.Code128("ñ")).isInstanceOf(IllegalArgumentException.class);
        assertThat(new PaperBarcode.Ean13("750486500198").content()).isEqualTo("7504865001989");
    }

    @Test
    void a_picture_is_made_to_the_papers_width_and_what_is_none_is_refused(@TempDir Path folder) throws IOException {
        BufferedImage image = new BufferedImage(1200, 600, BufferedImage.TYPE_INT_RGB);
        image.setRGB(3, 3, 0xFFFFFF);
        Path file = folder.resolve("logo.png");
        ImageIO.write(image, "png", file.toFile());

        Raster raster = Raster.of(file, 384);
        assertThat(raster.rowBytes()).isEqualTo(48);
        assertThat(raster.rows()).isEqualTo(192);
        PaperWriter paper = paper("paper", "58", "columns", "32");
        paper.picture(raster);
        assertThat(lines(paper.bytes())).anyMatch(line -> line.image().startsWith("data:image/png"));
        Files.writeString(folder.resolve("no.png"), "no picture");
        assertThatThrownBy(() -> Raster.of(folder.resolve("no.png"), 384)).isInstanceOf(IOException.class);
        assertThat(new ReceiptLook(folder.resolve("gone.png")).logo(384)).isEmpty();
    }
}
