package mx.refahub.batch;

import static mx.refahub.batch.Hub.PARTS;
import static mx.refahub.batch.Hub.part;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mx.refahub.domain.job.Jobs.Run;
import mx.refahub.domain.job.Jobs.Status;
import mx.refahub.domain.job.SupplierMappings.Column;
import mx.refahub.domain.job.SupplierMappings.Mapping;
import mx.refahub.domain.job.SupplierMappings.Suggestion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappingTest {
    private static final String LIST = "No. de Parte,Marca,Descripción,Precio Lista,Existencia\n"
            + "7974-D1045,Fritec,Balata delantera,489.00,4\nP85-114,Brembo,Balata,caro,2\n";

    @TempDir
    Path folder;

    private Hub hub;

    @BeforeEach
    void open() {
        hub = new Hub(folder, 1000);
    }

    @AfterEach
    void close() {
        hub.close();
    }

    private static Column theirs(String ours, String theirs) {
        return new Column("parts", ours, theirs, null);
    }

    private static Column fixed(String ours, String value) {
        return new Column("parts", ours, null, value);
    }

    private static Mapping acme() {
        return new Mapping(
                "Refacciones Acme",
                List.of(
                        theirs("part_number", "No. de Parte"),
                        theirs("brand", "MARCA"),
                        theirs("name_es", "Descripción"),
                        theirs("list_price", "Precio Lista"),
                        fixed("line_code", "ACM"),
                        fixed("price_includes_tax", "no"),
                        fixed("tax_class", "general"),
                        fixed("sat_code", "25171702"),
                        fixed("sat_unit", "H87")));
    }

    private Run importing(String mapping, byte[] file) {
        return hub.ended(Hub.done(hub.jobs()
                        .start(
                                "catalogue-import",
                                Map.of("mapping", mapping),
                                Map.of("parts", hub.file("parts", file)),
                                "marta"))
                .id());
    }

    @Test
    void a_supplier_s_own_file_is_taken_as_it_is_once_its_columns_are_known() {
        Hub.done(hub.mappings.save(acme()));

        Run run = importing("refacciones acme", LIST.getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(run.status()).as(run.message()).isEqualTo(Status.DONE);
        assertThat(
                        hub.texts(
                                "select line_code || ' ' || part_number || ' ' || brand || ' ' || amount from part join part_price on part_id = id"))
                .containsExactly("ACM 7974-D1045 Fritec 48900");
        assertThat(run.message()).contains("se ignoraron columnas desconocidas: existencia");
        assertThat(hub.rejects(run))
                .singleElement()
                .asString()
                .startsWith("3,precio lista,\"precio lista «caro»: No es un número")
                .endsWith(",P85-114,Brembo,Balata,caro,2");

        Run mended = importing(
                "Refacciones Acme",
                "line,column,reason,No. de Parte,Marca,Descripción,Precio Lista,Existencia\n3,x,y,P85-114,Brembo,Balata,612.50,2\n"
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(mended.message()).contains("Piezas nuevas: 1.");
        Run book = importing("Refacciones Acme", Sheets.of(LIST.replace("caro", "612.50")));
        assertThat(book.message()).as("a workbook reads the same").endsWith("Nada cambió: el catálogo ya estaba así.");
    }

    @Test
    void a_column_that_the_file_should_have_is_missed_under_the_supplier_s_name() {
        Hub.done(hub.mappings.save(acme()));

        assertThat(importing(
                                "Refacciones Acme",
                                (PARTS + part("A", "1", "x", "1")).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .message())
                .contains("le faltan las columnas «no. de parte»");
        assertThat(importing("Nadie", LIST.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .message())
                .contains("No hay columnas guardadas del proveedor «Nadie»");
    }

    @Test
    void what_the_columns_mean_is_guessed_from_their_names_and_from_other_suppliers() {
        Suggestion guessed = Hub.done(hub.mappings.suggest("parts", hub.file("parts", LIST)));

        assertThat(guessed.header())
                .containsExactly("no. de parte", "marca", "descripción", "precio lista", "existencia");
        assertThat(guessed.columns())
                .containsExactly(
                        theirs("part_number", "no. de parte"),
                        theirs("brand", "marca"),
                        theirs("name_es", "descripción"),
                        theirs("list_price", "precio lista"));
        assertThat(guessed.missing())
                .containsExactly("line_code", "price_includes_tax", "tax_class", "sat_code", "sat_unit");

        Hub.done(hub.mappings.save(new Mapping("Otro", List.of(theirs("line_code", "Existencia")))));
        assertThat(Hub.done(hub.mappings.suggest("parts", hub.file("parts", LIST)))
                        .columns())
                .contains(theirs("line_code", "existencia"));
        assertThat(Hub.refused(hub.mappings.suggest("nada", hub.file("parts", LIST)))
                        .code())
                .isEqualTo("mapping-file-unknown");
        assertThat(Hub.refused(hub.mappings.suggest("parts", hub.file("parts", "")))
                        .arguments()
                        .getFirst())
                .contains("está vacío");
    }

    @Test
    void a_supplier_s_product_line_is_not_taken_for_a_line_code() {
        String products = LIST.replace("Marca", "Línea de producto");
        String line = LIST.replace("Marca", "Línea");

        assertThat(Hub.done(hub.mappings.suggest("parts", hub.file("parts", products)))
                        .missing())
                .contains("line_code");
        assertThat(Hub.done(hub.mappings.suggest("parts", hub.file("parts", line)))
                        .columns())
                .contains(theirs("line_code", "línea"));
    }

    @Test
    void what_a_file_is_is_told_by_what_is_in_it() {
        Suggestion list = Hub.done(hub.mappings.recognise(hub.file("x", LIST)));
        assertThat(list.file()).isEqualTo("parts");
        assertThat(list.samples())
                .containsExactly(
                        List.of("7974-D1045", "Fritec", "Balata delantera", "489.00", "4"),
                        List.of("P85-114", "Brembo", "Balata", "caro", "2"));
        assertThat(list.ours()).extracting(ours -> ours.name()).contains("part_number", "sat_code");
        for (String own : List.of(Hub.PARTS, Hub.BARCODES, Hub.INTERCHANGE, Hub.FITMENTS, Hub.STOCK))
            assertThat(Hub.done(hub.mappings.recognise(hub.file("x", own))).missing())
                    .isEmpty();
        assertThat(Hub.done(hub.mappings.recognise(hub.file("x", "line,column,reason," + Hub.BARCODES)))
                        .file())
                .isEqualTo("barcodes");
        assertThat(Hub.done(hub.mappings.recognise(hub.file(
                                "x",
                                "<?xml version=\"1.0\"?>\n<!-- x --><PIES xmlns=\"http://www.autocare.org\"><Hea")))
                        .file())
                .isEqualTo("pies");
        assertThat(Hub.done(hub.mappings.recognise(hub.file("x", "a,b\n1,2\n"))).file())
                .isEmpty();
        assertThat(Hub.refused(hub.mappings.recognise(hub.file("x", ""))).code())
                .isEqualTo("mapping-file-unreadable");
    }

    @Test
    void mappings_are_kept_one_per_supplier_and_only_for_columns_that_there_are() {
        Hub.done(hub.mappings.save(acme()));
        Hub.done(hub.mappings.save(new Mapping("REFACCIONES ACME", List.of(theirs("brand", "Fabricante")))));
        assertThat(hub.mappings.all())
                .singleElement()
                .satisfies(mapping -> assertThat(mapping.columns()).containsExactly(theirs("brand", "fabricante")));
        assertThat(Hub.refused(hub.mappings.save(new Mapping("X", List.of(theirs("color", "Color")))))
                        .arguments())
                .containsExactly("parts", "color");
        Hub.done(hub.mappings.delete("refacciones acme"));
        assertThat(hub.mappings.find("Refacciones Acme")).isEmpty();
        assertThat(Hub.refused(hub.mappings.delete("x")).code()).isEqualTo("mapping-unknown");
        assertThatThrownBy(() -> new Column("parts", "brand", "a", "b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Mapping("x", List.of(theirs("brand", "a"), fixed("brand", "b"))))
                .hasMessageContaining("twice");
    }
}
