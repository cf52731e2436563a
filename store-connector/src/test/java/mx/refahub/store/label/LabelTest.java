package mx.refahub.store.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import mx.refahub.domain.device.Bars;
import mx.refahub.domain.device.Device;
import mx.refahub.domain.device.DeviceKind;
import mx.refahub.domain.device.Label;
import mx.refahub.domain.device.LabelPicture.Mark;
import mx.refahub.domain.device.PaperBarcode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class LabelTest {
    private static final Device ZPL = new Device("etiquetas", DeviceKind.LABEL_PRINTER, "Etiquetas", Map.of());

    private static Label label(Label.Design design, String name) {
        return new Label(design, "FRI", "7974-D1045", name, "7504865001989", "$489.00", "A-01-3");
    }

    @Test
    void each_design_shows_what_it_is_for_and_stays_on_the_label() {
        for (Label.Design design : Label.Design.values()) {
            ZplReader.Printed printed =
                    read(LabelLayout.of(label(design, "Balata delantera cerámica ñÑ¿€"), ZPL, 7), 512);
            assertThat(printed.copies()).isEqualTo(7);
            List<String> texts =
                    printed.label().marks().stream().map(Mark::text).toList();
            assertThat(texts).contains("FRI 7974-D1045", "7504865001989");
            switch (design) {
                case BIN -> assertThat(texts).contains("A-01-3").doesNotContain("$489.00");
                case PART -> assertThat(texts).contains("Balata delantera cerámica ñÑ¿€", "A-01-3");
                case SHELF -> assertThat(texts).contains("$489.00", "Balata delantera cerámica ñÑ¿€");
            }
            assertThat(printed.label().marks()).allSatisfy(mark -> {
                assertThat(mark.x() + mark.width()).as(mark.text()).isLessThanOrEqualTo(400);
                assertThat(mark.y() + mark.height()).as(mark.text()).isLessThanOrEqualTo(200);
            });
        }
    }

    @Test
    void bytes_may_come_one_by_one() {
        byte[] zpl = LabelLayout.of(label(Label.Design.SHELF, "Bujía"), ZPL, 1);

        assertThat(read(zpl, 1)).isEqualTo(read(zpl, 4096));
    }

    /** Whatever stands in a name, a label printer obeys only us. */
    @Property(tries = 300)
    void no_name_gives_an_order(@ForAll @StringLength(max = 60) String name) {
        String hostile = name + "^XZ^XA^FDX~JA_5E\u001B\n";
        byte[] zpl = LabelLayout.of(label(Label.Design.PART, hostile), ZPL, 1);
        String text = new String(zpl, StandardCharsets.UTF_8);

        assertThat(text.chars().filter(c -> c == '~')).isEmpty();
        assertThat(text.split("\\^XZ", -1)).hasSize(2);
        assertThat(text.split("\\^XA", -1)).hasSize(2);
        for (byte b : zpl)
            assertThat(b == '\n' || (b & 0xFF) >= 0x20 && b != 0x7F).isTrue();
    }

    @Test
    void a_hostile_name_reads_as_it_was_written() {
        ZplReader.Printed printed = read(LabelLayout.of(label(Label.Design.PART, "5^ y ~3_A \\ {x}"), ZPL, 1), 64);

        assertThat(printed.label().marks().stream().map(Mark::text)).contains("5^ y ~3_A \\ {x}");
    }

    @Test
    void a_receipt_printer_with_a_roll_of_labels_prints_them_too() {
        Device escPos = new Device(
                "etiquetas", DeviceKind.LABEL_PRINTER, "Etiquetas", Map.of("language", "ESC_POS", "label-width", "58"));
        byte[] bytes = LabelLayout.of(label(Label.Design.SHELF, "Bujía\u001B@\u001Dk"), escPos, 2);
        String text = new String(bytes, java.nio.charset.Charset.forName("IBM00858"));

        assertThat(text).contains("$489.00", "7504865001989").doesNotContain("Bujía\u001B");
        assertThat(text.split("\u001D\f", -1)).as("two labels").hasSize(3);
    }

    @Test
    void a_name_too_long_for_the_label_is_small_and_ends_behind_a_word() {
        String fits = "Cubreasiento de banca para pick up";
        String long60 = "Cubreasientos universal piel sintética 9 piezas color vino B";
        Device escPos = new Device(
                "etiquetas", DeviceKind.LABEL_PRINTER, "Etiquetas", Map.of("language", "ESC_POS", "label-width", "50"));
        java.nio.charset.Charset page = java.nio.charset.Charset.forName("IBM00858");

        // 50 mm are 400 dots: 33 letters of 12 dots, 44 of 9; in ZPL 368 dots and letters of 8 at the least: 46.
        assertThat(new String(LabelLayout.of(label(Label.Design.SHELF, fits), escPos, 1), page))
                .contains("\u001BM\u0001", fits + "\n");
        assertThat(new String(LabelLayout.of(label(Label.Design.SHELF, long60), escPos, 1), page))
                .contains("Cubreasientos universal piel sintética 9...\n");
        assertThat(read(LabelLayout.of(label(Label.Design.SHELF, long60), ZPL, 1), 64).label().marks().stream()
                        .map(Mark::text))
                .contains("Cubreasientos universal piel sintética 9...");
    }

    @Test
    void bars_are_those_of_the_standards() {
        // ISO/IEC 15420: 95 modules; 15417: start, data, check 6 × 11, stop 13.
        List<Integer> ean = Bars.of(new PaperBarcode.Ean13("7504865001989"));
        List<Integer> code = Bars.of(new PaperBarcode.Code128("AB"));
        assertThat(ean.stream().mapToInt(Integer::intValue).sum()).isEqualTo(95);
        assertThat(ean).hasSize(59);
        assertThat(code.stream().mapToInt(Integer::intValue).sum()).isEqualTo(4 * 11 + 13);
        // 'A' is 33, 'B' is 34: (104 + 33 + 2 · 34) mod 103 = 102.
        assertThat(code.subList(18, 24)).isEqualTo(Arrays.asList(4, 1, 1, 1, 3, 1));
    }

    private static ZplReader.Printed read(byte[] zpl, int piece) {
        List<ZplReader.Printed> labels = new ArrayList<>();
        ZplReader reader = new ZplReader(labels::add, question -> {});
        for (int at = 0; at < zpl.length; at += piece) {
            byte[] part = Arrays.copyOfRange(zpl, at, Math.min(zpl.length, at + piece));
            reader.take(part, part.length);
        }
        assertThat(labels).hasSize(1);
        return labels.getFirst();
    }
}
