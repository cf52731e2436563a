package mx.refahub.batch;

import static mx.refahub.batch.Hub.BARCODES;
import static mx.refahub.batch.Hub.FITMENTS;
import static mx.refahub.batch.Hub.INTERCHANGE;
import static mx.refahub.batch.Hub.PARTS;
import static mx.refahub.batch.Hub.part;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mx.refahub.domain.job.Jobs.Change;
import mx.refahub.domain.job.Jobs.Run;
import mx.refahub.domain.job.Jobs.Status;
import mx.refahub.domain.part.Fitment;
import mx.refahub.domain.search.IndexedPart;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueImportTest {
    private static final String TWO_PARTS = PARTS
            + part("FRI", "7974-D1045", "Balata delantera", "489.00")
            + part("BRE", "P85-114", "Balata delantera", "612.5");

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

    private Run importing(String... files) {
        return hub.feed("catalogue-import", files);
    }

    @Test
    void a_good_set_of_files_becomes_the_catalogue_and_the_index() {
        Run run = importing(
                "parts", TWO_PARTS,
                "interchange", INTERCHANGE + "FRI,7974-D1045,oem,Toyota,04465-33471\n",
                "fitments",
                        FITMENTS + "FRI,7974-D1045,Volkswagen,Jetta,2011,2018,2.5,delantera,\"con sensor, cerámica\"\n",
                "barcodes", BARCODES + "FRI,7974-D1045,0750123456789,\nFRI,7974-D1045,0750123456796,12\n");

        assertThat(run.status()).isEqualTo(Status.DONE);
        assertThat(run.message()).contains("Piezas nuevas: 2.").contains("Precios nuevos o cambiados: 2.");
        assertThat(run.startedBy()).isEqualTo("marta");
        assertThat(run.endedAt()).isNotNull();
        assertThat(hub.version("catalogue")).isEqualTo(1);
        assertThat(hub.version("prices")).isEqualTo(1);
        assertThat(hub.version("index")).isEqualTo(1);
        assertThat(
                        hub.texts(
                                "select line_code || part_number || amount || includes_tax || core from part join part_price on part_id = id order by 1"))
                .containsExactly("BREP85-11461250true0", "FRI7974-D104548900true0");
        assertThat(hub.one("select uuid_extract_version(id) from part limit 1", Integer.class))
                .isEqualTo(7);
        IndexedPart indexed = hub.index.published.values().stream()
                .filter(p -> p.part().number().value().equals("7974-D1045"))
                .findFirst()
                .orElseThrow();
        assertThat(indexed.fitments())
                .containsExactly(
                        new Fitment("Volkswagen", "Jetta", 2011, 2018, "2.5", "delantera", "con sensor, cerámica"));
        assertThat(indexed.interchanges()).hasSize(1);
        assertThat(indexed.part().barcodes()).hasSize(2);
        assertThat(hub.index.newest().orElseThrow().catalogueVersion()).isEqualTo(1);
        assertThat(hub.count("staging_part") + hub.count("staging_fitment")).isZero();
        assertThat(hub.jobs().rejects(run.id())).isEmpty();
        assertThat(folder.resolve("jobs/run-" + run.id())).doesNotExist();
    }

    @Test
    void the_same_files_a_second_time_change_nothing() {
        String[] files = {
            "parts", TWO_PARTS,
            "interchange", INTERCHANGE + "FRI,7974-D1045,equivalent,Brand BRE,P85 114\n",
            "fitments", FITMENTS + "FRI,7974-D1045,Volkswagen,Jetta,2011,2018,,,\n",
            "barcodes", BARCODES + "FRI,7974-D1045,0750123456789,1\n"
        };
        importing(files);
        Run second = importing(files);

        assertThat(second.status()).isEqualTo(Status.DONE);
        assertThat(second.message()).isEqualTo("Nada cambió: el catálogo ya estaba así.");
        assertThat(hub.version("catalogue")).isEqualTo(1);
        assertThat(hub.version("prices")).isEqualTo(1);
        assertThat(hub.version("index")).isEqualTo(1);
        assertThat(hub.index.builds).hasSize(1);
    }

    @Test
    void only_what_really_changed_gets_the_new_version_and_goes_into_the_index() {
        importing("parts", TWO_PARTS);
        importing(
                "parts",
                TWO_PARTS.replace(
                        "Balata delantera,,Frenos/Balatas,JGO,489.00", "Balata trasera,,Frenos/Balatas,JGO,489.00"));
        importing(
                "parts",
                TWO_PARTS.replace(
                        "Balata delantera,,Frenos/Balatas,JGO,489.00", "Balata trasera,,Frenos/Balatas,JGO,490.00"));

        assertThat(hub.texts("select part_number || ' ' || catalogue_version from part order by 1"))
                .containsExactly("7974-D1045 2", "P85-114 1");
        assertThat(
                        hub.texts(
                                "select part_number || ' ' || prices_version from part join part_price on part_id = id order by 1"))
                .containsExactly("7974-D1045 2", "P85-114 1");
        assertThat(hub.version("catalogue")).isEqualTo(2);
        assertThat(hub.index.builds).hasSize(2);
        assertThat(hub.index.builds.get(1)).hasSize(1);
        assertThat(hub.index.fromNothing).containsExactly(true, false);
        assertThat(hub.index.published).hasSize(2);
    }

    @Test
    void a_price_taken_out_is_told_as_none_and_an_absent_optional_column_keeps_what_is_there() {
        importing("parts", TWO_PARTS.replace("JGO,489.00,true,MXN,general,,", "JGO,489.00,true,MXN,general,150.00,"));
        importing(
                "parts",
                "part_number,line_code,brand,name_es,list_price,price_includes_tax,tax_class,sat_code,sat_unit\n"
                        + "7974-D1045,FRI,Brand FRI,Balata delantera,,no,GENERAL,25171702,KT\n");

        assertThat(
                        hub.texts(
                                "select category || unit || core || coalesce(amount::text, 'none') || prices_version from part join part_price on part_id = id where line_code = 'FRI'"))
                .containsExactly("Frenos/BalatasJGO15000none2");
        assertThat(hub.version("catalogue")).isEqualTo(1);
    }

    @Test
    void a_part_gets_exactly_the_rows_that_its_file_has_and_parts_not_named_keep_theirs() {
        importing(
                "parts", TWO_PARTS,
                "fitments",
                        FITMENTS + "FRI,7974-D1045,Volkswagen,Jetta,2011,2018,,,\nFRI,7974-D1045,Audi,A3,2011,2018,,,\n"
                                + "BRE,P85-114,Seat,León,2011,2018,,,\n",
                "barcodes", BARCODES + "FRI,7974-D1045,111,1\nBRE,P85-114,222,1\nBRE,P85-114,223,10\n");
        importing(
                "fitments",
                        FITMENTS
                                + "FRI,7974-D1045,Volkswagen,Jetta,2011,2018,,,nota\nFRI,7974-D1045,Audi,Q3,2012,2018,,,\n",
                "barcodes", BARCODES + "FRI,7974-D1045,222,1\nBRE,P85-114,223,12\nBRE,P85-114,111,1\n");

        assertThat(
                        hub.texts(
                                "select part_number || make || model || notes from fitment join part on id = part_id order by 1"))
                .containsExactly("7974-D1045AudiQ3", "7974-D1045VolkswagenJettanota", "P85-114SeatLeón");
        assertThat(
                        hub.texts(
                                "select barcode || ' ' || part_number || ' ' || pack from part_barcode join part on id = part_id order by 1"))
                .containsExactly("111 P85-114 1000", "222 7974-D1045 1000", "223 P85-114 12000");
        assertThat(hub.version("catalogue")).isEqualTo(2);
    }

    @Test
    void an_equivalence_stands_on_both_sides_and_goes_from_both_when_its_row_goes() {
        importing(
                "parts",
                TWO_PARTS,
                "interchange",
                INTERCHANGE + "FRI,7974-D1045,equivalent,Brand BRE,p85114\nFRI,7974-D1045,oem,VW,1K0\n");
        assertThat(interchanges())
                .containsExactly(
                        "7974-D1045 EQUIVALENT Brand BRE P85114",
                        "7974-D1045 OEM VW 1K0",
                        "P85-114 EQUIVALENT Brand FRI 7974-D1045");

        importing("interchange", INTERCHANGE + "BRE,P85-114,oem,VW,1K0\n");
        assertThat(interchanges()).contains("P85-114 EQUIVALENT Brand FRI 7974-D1045", "P85-114 OEM VW 1K0");

        importing("interchange", INTERCHANGE + "FRI,7974-D1045,oem,VW,1K0\n");
        assertThat(interchanges()).containsExactly("7974-D1045 OEM VW 1K0", "P85-114 OEM VW 1K0");
    }

    @Test
    void an_equivalence_to_a_part_that_comes_later_is_mirrored_when_it_comes() {
        importing(
                "parts", PARTS + part("FRI", "7974-D1045", "Balata", "1"),
                "interchange", INTERCHANGE + "FRI,7974-D1045,equivalent,BRE,P85-114\n");
        assertThat(interchanges()).hasSize(1);

        importing("parts", PARTS + part("BRE", "P85-114", "Balata", "1"));
        assertThat(interchanges()).contains("P85-114 EQUIVALENT Brand FRI 7974-D1045");

        importing("parts", PARTS + part("FRI", "7974-D1045", "Balata", "1").replace("Brand FRI", "Fritec"));
        assertThat(interchanges())
                .containsExactly("7974-D1045 EQUIVALENT BRE P85-114", "P85-114 EQUIVALENT Fritec 7974-D1045");

        Run told = importing("interchange", INTERCHANGE + "BRE,P85-114,equivalent,Fritec,7974-D1045\n");
        assertThat(told.message()).startsWith("Nada cambió");
    }

    private List<String> interchanges() {
        return hub.texts("""
            select part_number || ' ' || kind || ' ' || other_brand || ' ' || other_number
            from part_interchange
            join part on id = part_id
            order by 1
            """);
    }

    @Test
    void a_missing_column_refuses_the_whole_file_and_names_it() {
        importing("parts", TWO_PARTS);
        Run run = importing("parts", TWO_PARTS.replace("list_price", "precio"));

        assertThat(run.status()).isEqualTo(Status.FAILED);
        assertThat(run.message()).isEqualTo("El archivo «parts» no se importó: le falta la columna «list_price».");
        assertThat(hub.version("catalogue")).isEqualTo(1);
        assertThat(importing("parts", PARTS.replace("brand", "line_code") + "x\n")
                        .message())
                .contains("«brand»");
        assertThat(importing("parts", PARTS.replace("\n", ",brand\n")).message())
                .contains("está dos veces");
    }

    @Test
    void semicolons_tabs_and_bars_separate_as_commas_do() {
        importing("parts", TWO_PARTS);
        for (char separator : ";\t|".toCharArray())
            assertThat(importing("parts", TWO_PARTS.replace(',', separator)).message())
                    .startsWith("Nada cambió");
    }

    @Test
    void files_that_are_no_csv_are_refused_with_what_they_are() {
        assertRefused("", "está vacío");
        assertRefused("\uFEFF\n\n", "está vacío");
        assertRefused("PK\u0003\u0004xxxx", "Excel");
        assertRefused("%PDF-1.7", "PDF");
        assertRefused("line_code\u0000part", "byte cero en la posición 10");
        assertRefused("abc\u0001\u0002\u0003\u0004\u0005\u0006", "bytes de control");
        assertRefused(
                PARTS
                        + part("FRI", "1", "Balata", "1")
                        + part("FRI", "2", "\"Balata", "1")
                        + part("FRI", "3", "x", "1"),
                "las comillas del renglón 3");
        assertRefused(
                PARTS + part("FRI", "1", "Balata", "1") + part("FRI", "2", "\"Bal\"ata", "1"),
                "las comillas del renglón 3");
        Run utf16 = hub.run("catalogue-import", Map.of("parts", hub.file("p", TWO_PARTS, StandardCharsets.UTF_16)));
        assertThat(utf16.message()).contains("UTF-16");
        assertThat(hub.count("part")).isZero();
    }

    private void assertRefused(String text, String why) {
        Run run = importing("parts", text);
        assertThat(run.status()).isEqualTo(Status.FAILED);
        assertThat(run.message())
                .startsWith("El archivo «parts» no se importó: ")
                .contains(why);
    }

    @Test
    void a_refused_file_keeps_the_other_files_of_its_run_out() {
        Run run = importing("parts", TWO_PARTS, "fitments", "line_code,part_number\n");

        assertThat(run.status()).isEqualTo(Status.FAILED);
        assertThat(run.message())
                .contains("«fitments»")
                .contains("le faltan las columnas «make», «model», «year_from», «year_to»");
        assertThat(hub.count("part")).isZero();
    }

    @Test
    void latin_1_is_recognised_and_said_and_a_byte_order_mark_is_no_column() {
        String text = TWO_PARTS.replace("Balata delantera", "Tapón de cárter, año ñandú".replace(",", ""));
        Run latin = hub.run("catalogue-import", Map.of("parts", hub.file("parts", text, StandardCharsets.ISO_8859_1)));
        assertThat(latin.status()).isEqualTo(Status.DONE);
        assertThat(latin.message()).contains("se leyó como Latin-1");

        Run marked = importing("parts", "\uFEFF" + text);
        assertThat(marked.message()).isEqualTo("Nada cambió: el catálogo ya estaba así.");
        assertThat(hub.texts("select distinct name_es from part")).containsExactly("Tapón de cárter año ñandú");
    }

    @Test
    void unknown_columns_are_ignored_and_said() {
        Run run = importing("parts", TWO_PARTS.replace("\n", ",x\n").replaceFirst(",x\n", ",Color favorito\n"));

        assertThat(run.status()).isEqualTo(Status.DONE);
        assertThat(run.message()).contains("En «parts» se ignoraron columnas desconocidas: color favorito.");
        assertThat(hub.count("part")).isEqualTo(2);
    }

    @Test
    void line_ends_of_every_kind_and_rows_of_nothing_are_taken() {
        Run run = importing("parts", TWO_PARTS.replace("\n", "\r\n") + "\r\n,,,,,,,,,,,,,,\r\n   \r\n");

        assertThat(run.status()).isEqualTo(Status.DONE);
        assertThat(run.rejected()).isZero();
        assertThat(hub.count("part")).isEqualTo(2);
    }

    @Test
    void bad_rows_come_back_with_line_column_and_reason_and_the_good_ones_go_in() {
        Run run = importing(
                "parts",
                PARTS
                        + part("FRI", "1", "Balata", "-5")
                        + part("FRI", "2", "Balata", "1.005")
                        + part("FRI", "3", "Balata", "\"1,234.50\"")
                        + part("FRI", "4", "Balata", "99999999999999999999")
                        + part("FRI", "5", "", "1")
                        + part("F-I", "6", "Balata", "1")
                        + part("FRI", "7", "Bal\u0007ata", "1")
                        + part("FRI", "8", "\"Balata\nde dos renglones\"", "1")
                        + part("FRI", "9", "=HYPERLINK(1)", "1").replace("general", "gratis")
                        + part("FRI", "10", "Balata", "1").replace("25171702", "2517")
                        + part("FRI", "11", "Balata", "1").replace(",02\n", "\n")
                        + part("FRI", "12", "Balata", "1")
                        + part("fri", "12", "Otra", "2")
                        + part("FRI", "13", "x".repeat(201), "1")
                        + part("FRI", "---", "Balata", "1")
                        + part("FRI", "14", "Balata", "1").replace("MXN", "USD").replace(",true,", ",quizá,"));

        assertThat(run.status()).isEqualTo(Status.DONE);
        assertThat(run.rejected()).isEqualTo(15);
        assertThat(hub.texts("select part_number || ' ' || name_es from part")).containsExactly("12 Balata");
        List<String> rejects = hub.rejects(run);
        assertThat(rejects.getFirst())
                .startsWith("2,list_price,\"list_price «-5»: Es negativo")
                .contains(",FRI,1,Brand FRI,Balata,,");
        assertThat(String.join("\n", rejects))
                .contains("3,list_price,list_price «1.005»: Tiene más de 2 decimales.")
                .contains("No es un número; escríbelo como 1234.50")
                .contains("Es demasiado grande.")
                .contains("6,name_es,\"name_es: Está vacío, y este dato es obligatorio.\"")
                .contains("Un código de línea lleva de 1 a 8 letras o dígitos")
                .contains("carácter de control (U+0007) en la posición 4")
                .contains("Tiene un salto de línea; quítelo.")
                .contains("tax_class «gratis»: No es ninguno de: general, zero, exempt.")
                .contains(",'=HYPERLINK(1),")
                .contains("Una clave de producto del SAT tiene 8 dígitos.")
                .contains("El renglón tiene 14 campos y el encabezado 15")
                .contains("part_number «12»: Repite la pieza del renglón 14.")
                .contains("Tiene 201 caracteres; el máximo es 200.")
                .contains("No tiene ni una letra ni un dígito.")
                .contains("\"currency, price_includes_tax\"");
    }

    @Test
    void rejected_rows_mended_and_fed_again_go_in_and_take_nothing_away() throws Exception {
        Run first = importing(
                "parts",
                TWO_PARTS,
                "fitments",
                FITMENTS + "FRI,7974-D1045,Volkswagen,Jetta,2011,2018,,,\nFRI,7974-D1045,Audi,A3,2011,218,,,=nota\n");
        assertThat(first.rejected()).isEqualTo(1);
        String mended =
                Files.readString(hub.jobs().rejects(first.id()).orElseThrow()).replace("2011,218", "2011,2018");
        Run second = importing("fitments", mended);

        assertThat(second.status()).isEqualTo(Status.DONE);
        assertThat(second.rejected()).isZero();
        assertThat(second.message()).doesNotContain("desconocidas");
        assertThat(hub.texts("select make || notes from fitment order by 1"))
                .containsExactly("Audi=nota", "Volkswagen");
    }

    @Test
    void the_barcode_of_a_part_that_leaves_or_has_left_goes_to_its_successor_and_back_by_undo() {
        importing("parts", TWO_PARTS, "barcodes", BARCODES + "FRI,7974-D1045,111,1\nBRE,P85-114,222,1\n");
        importing("removals", "line_code,part_number\nFRI,7974-D1045\n");
        Map<String, Path> files = Map.of(
                "parts", hub.file("parts", PARTS + part("FRI", "7974-D2", "Balata delantera", "499.00")),
                "removals", hub.file("removals", "line_code,part_number\nBRE,P85-114\n"),
                "barcodes", hub.file("barcodes", BARCODES + "FRI,7974-D2,111,1\nFRI,7974-D2,222,4\n"));
        Run run = hub.settled(Hub.done(hub.jobs().start("catalogue-import", Map.of("approve", "true"), files, "marta"))
                .id());
        assertThat(hub.jobs().preview(run.id()).orElseThrow().changes())
                .anyMatch(change -> change.kind() == Change.Kind.BARCODE_REMOVED && change.count() == 2);
        Hub.done(hub.jobs().approve(run.id(), "marta"));
        run = hub.ended(run.id());
        assertThat(run.status()).as(run.message()).isEqualTo(Status.DONE);
        assertThat(hub.jobs().rejects(run.id())).isEmpty();
        String held =
                "select barcode || ' ' || part_number || ' ' || pack from part_barcode join part on id = part_id order by 1";
        assertThat(hub.texts(held)).containsExactly("111 7974-D2 1000", "222 7974-D2 4000");

        Run undo = hub.ended(Hub.done(
                        hub.jobs().start("catalogue-undo", Map.of("of", Long.toString(run.id())), Map.of(), "marta"))
                .id());
        assertThat(undo.status()).as(undo.message()).isEqualTo(Status.DONE);
        assertThat(hub.texts(held)).containsExactly("111 7974-D1045 1000", "222 P85-114 1000");
    }

    @Test
    void rows_that_belong_to_no_part_and_barcodes_of_another_part_are_rejected() throws Exception {
        importing("parts", TWO_PARTS, "barcodes", BARCODES + "BRE,P85-114,222,1\n");
        Run run = importing(
                "interchange",
                        INTERCHANGE + "XXX,1,oem,VW,1\nFRI,7974-D1045,oem,VW,1\nFRI,7974-D1045,OEM,VW,1\n"
                                + "FRI,7974-D1045,equivalent,Brand FRI,7974-D1045\nFRI,7974-D1045,otro,VW,2\n",
                "fitments",
                        FITMENTS + "XXX,1,VW,Jetta,2011,2018,,,\nFRI,7974-D1045,VW,Jetta,2018,2011,,,\n"
                                + "FRI,7974-D1045,VW,Jetta,1899,2011,,,\nFRI,7974-D1045,VW,Gol,2010,2011,,,\nFRI,7974-D1045,VW,Gol,2010,2011,,,x\n",
                "barcodes",
                        BARCODES
                                + "XXX,1,333,1\nFRI,7974-D1045,222,1\nFRI,7974-D1045,444,0\nFRI,7974-D1045,555,1\nBRE,P85-114,555,1\nFRI,7974-D1045,66 6,1\n");

        assertThat(run.status()).isEqualTo(Status.DONE);
        assertThat(run.rejected()).isEqualTo(4 + 4 + 5);
        assertThat(hub.texts("select file || line || reason from job_run_reject where original is null"))
                .isEmpty();
        assertThat(hub.texts("select file || ' ' || line || ' ' || reason from job_run_reject order by file, line"))
                .contains(
                        "barcodes 2 No hay una pieza XXX 1 en el catálogo.",
                        "barcodes 3 Ya es el código de la pieza BRE P85-114.",
                        "barcodes 4 Un empaque lleva más de cero piezas.",
                        "barcodes 6 Repite el código del renglón 5.",
                        "fitments 2 No hay una pieza XXX 1 en el catálogo.",
                        "fitments 3 Es menor que year_from (2018).",
                        "fitments 4 No es un número entero de 1900 a 2100.",
                        "fitments 6 Repite la aplicación del renglón 5.",
                        "interchange 2 No hay una pieza XXX 1 en el catálogo.",
                        "interchange 4 Repite el intercambio del renglón 3.",
                        "interchange 5 Es la misma pieza; una pieza no se intercambia consigo misma.",
                        "interchange 6 No es ninguno de: oem, equivalent, supersedes.");
        assertThat(hub.texts("select barcode from part_barcode order by 1")).containsExactly("222", "555");
        assertThat(hub.jobs().rejects(run.id()).orElseThrow().getFileName().toString())
                .endsWith(".zip");
    }

    @Test
    void a_thousand_bad_rows_among_a_hundred_thousand_stay_out_alone() {
        StringBuilder text = new StringBuilder(PARTS);
        for (int i = 0; i < 100_000; i++)
            text.append(part("GEN", "N-" + i, "Pieza " + i, i % 100 == 7 ? "abc" : "10.50"));
        Run run = importing("parts", text.toString());

        assertThat(run.status()).isEqualTo(Status.DONE);
        assertThat(run.rejected()).isEqualTo(1000);
        assertThat(hub.count("part")).isEqualTo(99_000);
        assertThat(hub.rejects(run)).hasSize(1000);
        assertThat(hub.index.published).hasSize(99_000);
        assertThat(run.steps()).anySatisfy(step -> {
            assertThat(step.name()).isEqualTo("stage-parts");
            assertThat(step.read()).isEqualTo(100_000);
            assertThat(step.written()).isEqualTo(99_000);
            assertThat(step.skipped()).isEqualTo(1000);
            assertThat(step.total()).isEqualTo(100_000);
        });
    }
}
