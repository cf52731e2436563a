package mx.refahub.adapters.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mx.refahub.domain.Failure;
import org.junit.jupiter.api.Test;

class LayoutTest {
    private static final Map<String, Object> LINE = Map.of(
            "account",
            "401-01",
            "amount",
            "1234.50",
            "side",
            "C",
            "day",
            LocalDate.of(2026, 3, 9),
            "concept",
            "Ventas\tS1");

    private static String line(String template) {
        return Layout.read("prueba.layout", "file = x.txt\nline = " + template)
                .rows("line", LINE)
                .getFirst()
                .getFirst();
    }

    @Test
    void fields_are_filled_cut_and_aligned_as_the_template_says() {
        assertThat(line("[{account:<8}][{amount:>9}][{amount:010}]")).isEqualTo("[401-01  ][  1234.50][0001234.50]");
        assertThat(line("{day@dd/MM/yy}|{side?cargo|abono}|{concept:<6}|{reference}"))
                .isEqualTo("09/03/26|abono|Ventas|");
        assertThat(line("{concept}")).isEqualTo("Ventas S1");
    }

    @Test
    void a_number_that_does_not_fit_refuses_the_file_instead_of_losing_a_digit() {
        assertThatThrownBy(() -> line("{amount:>5}"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("{amount} no cabe en 5");
    }

    @Test
    void a_template_that_is_wrong_is_told_by_its_line() {
        assertThatThrownBy(() -> Layout.read("c.layout", "file = x\n# nota\nline = {importe}"))
                .hasMessageContaining("renglón 3: no existe el campo {importe}");
        assertThatThrownBy(() -> Layout.read("c.layout", "file = x\nlin = {amount}"))
                .hasMessageContaining("no se conoce «lin»");
        assertThatThrownBy(() -> Layout.read("c.layout", "line = {amount}")).hasMessageContaining("falta «file»");
        assertThatThrownBy(() -> Layout.read("c.layout", "file = x\nline = {day@qqqqqqq}"))
                .hasMessageContaining("formato");
        assertThatThrownBy(() -> Layout.read("c.layout", "file = x\nline = {amount:>}"))
                .hasMessageContaining("mal escrito");
    }

    /** {@code contpaqi.txt} was written by hand from positions that others published of CONTPAQi's own import scheme; no program of ours made it. */
    @Test
    void a_contpaqi_entry_stands_where_its_import_looks_for_each_field() throws IOException {
        Layout layout =
                Layout.read("contpaqi.layout", Files.readString(Path.of("../config/accounting/contpaqi.layout")));
        Map<String, Object> entry = new HashMap<>(Map.of(
                "entry", 1, "day", LocalDate.of(2026, 3, 9), "concept", "Ventas Centro 9 mar 2026", "store", "CEN"));
        List<String> lines =
                new ArrayList<>(List.of(layout.rows("entry", entry).getFirst().getFirst()));
        for (String[] each : new String[][] {
            {"101-01-000", "D", "1160.00"}, {"401-01-000", "C", "1000.00"}, {"208-01-000", "C", "160.00"}
        }) {
            entry.putAll(Map.of("account", each[0], "side", each[1], "amount", each[2], "costCenter", "0012"));
            lines.add(layout.rows("line", entry).getFirst().getFirst());
        }

        assertThat(lines).isEqualTo(Files.readAllLines(Path.of("src/test/resources/layout/contpaqi.txt")));
    }

    @Test
    void the_templates_beside_the_program_can_be_read() throws IOException {
        for (String name : List.of(
                "contpaqi.layout",
                "contpaqi-comercial.layout",
                "contpaqi-comercial-cobros.layout",
                "contpaqi-comercial-compras.layout",
                "aspel-coi.layout",
                "aspel-coi-pol.layout",
                "aspel-sae.layout",
                "aspel-sae-facturas.layout",
                "aspel-sae-devoluciones.layout",
                "aspel-sae-cobros.layout",
                "aspel-sae-compras.layout",
                "aspel-sae-devoluciones-compra.layout",
                "aspel-sae-existencias.layout"))
            assertThat(Layout.read(name, Files.readString(Path.of("../config/accounting", name)))
                            .file(Map.of("until", LocalDate.of(2026, 11, 20), "export", 7L)))
                    .contains("20261120");
    }
}
