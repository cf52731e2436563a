package mx.refahub.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Map;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.job.Jobs;
import mx.refahub.domain.job.Jobs.Status;
import mx.refahub.domain.part.Interchange;
import mx.refahub.domain.part.PartNumber;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueImportTest {
    private static final String HEADER =
            "line_code,part_number,brand,name_es,name_en,category,unit,list_price,price_includes_tax,currency,tax_class,core_amount,sat_code,sat_unit,tax_object\n";
    private static final String PAD =
            "FRI,7974-D1045,Fritec,Balata delantera,Front pad,Frenos/Balatas,JGO,489.00,true,MXN,general,,25171712,SET,02\n";
    private static final String OTHER_PAD =
            "BRE,P85-114,Brembo,Balata delantera,Front pad,Frenos/Balatas,JGO,612.00,true,MXN,general,,25171712,SET,02\n";
    private static final String ALTERNATOR =
            "ALT,23-11254,Altec,Alternador,Alternator,Eléctrico/Alternadores,PZA,3250.00,true,MXN,general,600.00,26101500,H87,02\n";

    @TempDir
    Path folder;

    private Hall hall = new Hall(Path.of(System.getProperty("java.io.tmpdir"), "hall-unused"));

    @BeforeEach
    void openHall() {
        hall.close();
        Hall.empty();
        hall = new Hall(folder);
    }

    @AfterEach
    void closeHall() {
        hall.close();
    }

    private Jobs.Run parts(String rows) {
        return hall.run("catalogue-import", Map.of("parts", HEADER + rows));
    }

    @Test
    void good_files_become_parts_prices_barcodes_relations_and_an_index() {
        Jobs.Run run = hall.run(
                "catalogue-import",
                Map.of(
                        "parts", HEADER + PAD + OTHER_PAD + ALTERNATOR,
                        "barcodes",
                                "line_code,part_number,barcode,pack_quantity\nFRI,7974-D1045,7505433001844,1\nFRI,7974-D1045,7505433009999,4\n",
                        "interchange",
                                "line_code,part_number,kind,other_brand,other_number\nFRI,7974-D1045,equivalent,Brembo,P85114\nFRI,7974-D1045,oem,VW,5C0 698 151 A\n",
                        "fitments",
                                "line_code,part_number,make,model,year_from,year_to,engine,position,notes\nFRI,7974-D1045,Volkswagen,Jetta,2011,2018,2.5,delantero,MK6\n"));

        assertThat(run.message()).contains("Piezas nuevas: 3");
        assertThat(run.status()).isEqualTo(Status.DONE);
        assertThat(hall.index.numbers()).containsExactly("ALT 23-11254", "BRE P85-114", "FRI 7974-D1045");
        assertThat(hall.index.of("BRE P85-114").interchanges())
                .containsExactly(new Interchange(Interchange.Kind.EQUIVALENT, "Fritec", new PartNumber("7974-D1045")));
        assertThat(hall.index.of("FRI 7974-D1045").fitments()).hasSize(1);
        assertThat(hall.jdbc
                        .sql("select core from part where line_code = 'ALT'")
                        .query(Long.class)
                        .single())
                .isEqualTo(60000);
        assertThat(hall.jdbc
                        .sql("select pack from part_barcode order by pack")
                        .query(Long.class)
                        .list())
                .containsExactly(1000L, 4000L);
        assertThat(hall.version("catalogue")).isEqualTo(1);
        assertThat(hall.version("prices")).isEqualTo(1);
        assertThat(hall.version("index")).isEqualTo(1);
        assertThat(hall.count("staging_part")).isZero();
    }

    @Test
    void the_same_files_twice_change_nothing() {
        Map<String, String> files = Map.of(
                "parts", HEADER + PAD + OTHER_PAD,
                "interchange",
                        "line_code,part_number,kind,other_brand,other_number\nFRI,7974-D1045,equivalent,Brembo,P85-114\n",
                "fitments",
                        "line_code,part_number,make,model,year_from,year_to\nFRI,7974-D1045,Volkswagen,Jetta,2011,2018\n");
        hall.run("catalogue-import", files);
        int puts = hall.index.puts();

        Jobs.Run again = hall.run("catalogue-import", files);

        assertThat(again.status()).isEqualTo(Status.DONE);
        assertThat(hall.version("catalogue")).isEqualTo(1);
        assertThat(hall.version("prices")).isEqualTo(1);
        assertThat(hall.version("index")).isEqualTo(1);
        assertThat(hall.index.puts()).isEqualTo(puts);
    }

    @Test
    void a_changed_price_raises_only_the_prices_and_a_changed_name_only_the_catalogue() {
        parts(PAD + OTHER_PAD);
        parts(PAD.replace("489.00", "495.50"));
        assertThat(hall.version("catalogue")).isEqualTo(1);
        assertThat(hall.version("prices")).isEqualTo(2);
        assertThat(hall.jdbc
                        .sql("select amount from part_price where prices_version = 2")
                        .query(Long.class)
                        .list())
                .containsExactly(49550L);
        int puts = hall.index.puts();
        parts(OTHER_PAD.replace("Balata delantera", "Balata delantera premium"));
        assertThat(hall.version("catalogue")).isEqualTo(2);
        assertThat(hall.version("prices")).isEqualTo(2);
        assertThat(hall.index.puts()).isEqualTo(puts + 1);
        assertThat(hall.version("index")).isEqualTo(2);
    }

    @Test
    void a_thousand_bad_rows_among_twenty_thousand_come_back_as_a_file_and_the_good_ones_go_in() {
        StringBuilder rows = new StringBuilder();
        for (int i = 1; i <= 20_000; i++)
            rows.append(PAD.replace("7974-D1045", "N-" + i).replace("489.00", i % 20 == 0 ? "cuatro" : "489.00"));
        Jobs.Run run = parts(rows.toString());
        assertThat(run.status()).isEqualTo(Status.DONE);
        assertThat(run.rejected()).isEqualTo(1_000);
        assertThat(hall.count("part")).isEqualTo(19_000);
        String[] rejects = hall.rejects(run).split("\r?\n");
        assertThat(rejects).hasSize(1_001);
        assertThat(rejects[0]).startsWith("line,column,reason,line_code,part_number");
        assertThat(rejects[1])
                .startsWith("21,list_price,")
                .contains("no es un número")
                .contains("FRI,N-20,Fritec");
    }

    @Test
    void rows_that_repeat_or_point_to_no_part_are_rejected_with_the_line() {
        Jobs.Run run = hall.run(
                "catalogue-import",
                Map.of(
                        "parts",
                        HEADER + PAD + OTHER_PAD + PAD,
                        "fitments",
                        "line_code,part_number,make,model,year_from,year_to\nXXX,NOPE,Nissan,Tsuru,1992,2017\nFRI,7974-D1045,VW,Jetta,2018,2011\n"));
        assertThat(run.status()).isEqualTo(Status.DONE);
        assertThat(run.rejected()).isEqualTo(3);
        assertThat(hall.rejects(run))
                .contains("ya está en la línea 2")
                .contains("no hay ninguna pieza")
                .contains("es anterior a year_from");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n",
                "\u0000\u0001PNG",
                "line_code,part_number\nFRI,1\n",
                "line_code,part_number,brand\nFRI,\"1,Fritec\n"
            })
    void a_file_that_is_empty_binary_short_of_a_column_or_unbalanced_changes_nothing_and_says_why(String content) {
        parts(PAD);
        Jobs.Run run = hall.run("catalogue-import", Map.of("parts", content));
        assertThat(run.status()).isEqualTo(Status.FAILED);
        assertThat(run.message()).isNotBlank().doesNotContain("Exception").doesNotContain("error del sistema");
        assertThat(hall.count("part")).isEqualTo(1);
        assertThat(hall.version("catalogue")).isEqualTo(1);
    }

    @Test
    void latin_1_is_recognised_and_said_a_bom_and_unknown_columns_do_no_harm() {
        String named = HEADER.replace("line_code,", "line_code,color,")
                + PAD.replace("FRI,", "FRI,azul,").replace("Balata", "Bujía");
        Jobs.Run latin = hall.runFiles(
                "catalogue-import", Map.of("parts", Hall.file(named.getBytes(StandardCharsets.ISO_8859_1))));
        assertThat(latin.message()).contains("Latin-1").contains("color");
        assertThat(hall.jdbc.sql("select name_es from part").query(String.class).single())
                .isEqualTo("Bujía delantera");
        Jobs.Run bom = hall.run("catalogue-import", Map.of("parts", "\ufeff" + HEADER + OTHER_PAD));
        assertThat(bom.status()).isEqualTo(Status.DONE);
        assertThat(hall.count("part")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ñandú \uD83D\uDE97 автомобиль 車", "Manguera 3/4\" \\N \\t x", "עברית ترجمة", "a\u0301"})
    void names_of_any_script_survive(String name) {
        parts(PAD.replace("Balata delantera", "\"" + name.replace("\"", "\"\"") + "\""));
        assertThat(hall.jdbc.sql("select name_es from part").query(String.class).single())
                .isEqualTo(Normalizer.normalize(name, Normalizer.Form.NFC));
    }

    @Test
    void control_characters_are_rejected_with_a_reason() {
        Jobs.Run run = parts(PAD.replace("Balata", "Ba\u0007lata") + OTHER_PAD);
        assertThat(run.rejected()).isEqualTo(1);
        assertThat(hall.rejects(run)).contains("caracteres de control");
    }

    @Test
    void what_the_form_does_not_know_is_refused() {
        assertThat(hall.start("catalogue-import", Map.of())).isInstanceOf(Outcome.Refused.class);
        assertThat(hall.start("nothing", Map.of())).isEqualTo(Outcome.refused("job-unknown", "nothing"));
        assertThat(hall.start("catalogue-import", Map.of("stock", Hall.file(new byte[0]))))
                .isEqualTo(Outcome.refused("job-parameter-unknown", "stock"));
    }

    @Test
    void a_part_keeps_its_relations_when_a_file_does_not_name_it() {
        hall.run(
                "catalogue-import",
                Map.of(
                        "parts",
                        HEADER + PAD + OTHER_PAD,
                        "interchange",
                        "line_code,part_number,kind,other_brand,other_number\nFRI,7974-D1045,equivalent,Brembo,P85-114\nBRE,P85-114,oem,VW,1K0\n"));
        hall.run(
                "catalogue-import",
                Map.of("interchange", "line_code,part_number,kind,other_brand,other_number\nBRE,P85-114,oem,VW,1K0\n"));
        assertThat(hall.index.of("BRE P85-114").interchanges()).hasSize(2);
        assertThat(hall.version("catalogue")).isEqualTo(1);
        hall.run(
                "catalogue-import",
                Map.of("interchange", "line_code,part_number,kind,other_brand,other_number\nBRE,P85-114,oem,VW,2K0\n"));
        assertThat(hall.index.of("BRE P85-114").interchanges())
                .extracting(each -> each.otherNumber().value())
                .containsExactlyInAnyOrder("7974-D1045", "2K0");
        assertThat(hall.version("catalogue")).isEqualTo(2);
    }

    @Test
    void opening_stock_becomes_movements_and_the_same_file_twice_none() {
        Hall.store();
        parts(PAD + OTHER_PAD);
        String header = "store_code,line_code,part_number,quantity,bin,minimum,maximum\n";
        Jobs.Run first = hall.run(
                "opening-stock",
                Map.of(
                        "stock",
                        header
                                + "CENTRO,FRI,7974-D1045,12,A-1,2,20\nCENTRO,BRE,P85-114,2.5,,,\nNORTE,FRI,7974-D1045,1,,,\n"));
        assertThat(first.status()).isEqualTo(Status.DONE);
        assertThat(first.rejected()).isEqualTo(1);
        assertThat(hall.count("stock_movement")).isEqualTo(2);
        hall.run("opening-stock", Map.of("stock", header + "CENTRO,FRI,7974-D1045,12,A-1,2,20\n"));
        assertThat(hall.count("stock_movement")).isEqualTo(2);
        assertThat(hall.version("stock")).isEqualTo(1);
        hall.run("opening-stock", Map.of("stock", header + "CENTRO,FRI,7974-D1045,10,A-1,2,20\n"));
        assertThat(hall.jdbc
                        .sql("select sum(quantity) from stock_movement where quantity <> 2500")
                        .query(Long.class)
                        .single())
                .isEqualTo(10_000);
        assertThat(hall.jdbc
                        .sql("select on_hand from stock_on_hand where bin = 'A-1'")
                        .query(Long.class)
                        .single())
                .isEqualTo(10_000);
        assertThat(hall.version("stock")).isEqualTo(2);
    }

    @Test
    void index_build_builds_whole_and_announces_it() {
        parts(PAD + OTHER_PAD);
        int puts = hall.index.puts();
        Jobs.Run run = hall.runFiles("index-build", Map.of());
        assertThat(run.status()).isEqualTo(Status.DONE);
        assertThat(hall.index.puts()).isEqualTo(puts + 2);
        assertThat(hall.version("index")).isEqualTo(2);
    }
}
