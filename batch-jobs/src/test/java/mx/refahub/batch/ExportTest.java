package mx.refahub.batch;

import static mx.refahub.batch.Hub.BARCODES;
import static mx.refahub.batch.Hub.FITMENTS;
import static mx.refahub.batch.Hub.INTERCHANGE;
import static mx.refahub.batch.Hub.PARTS;
import static mx.refahub.batch.Hub.part;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import mx.refahub.domain.job.Jobs.Run;
import mx.refahub.domain.job.Jobs.RunFile;
import mx.refahub.domain.job.Jobs.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportTest {
    @TempDir
    Path folder;

    private Hub hub;

    @BeforeEach
    void open() {
        hub = new Hub(folder, 1000);
        Run first = hub.feed(
                "catalogue-import",
                "parts",
                PARTS
                        + part("FRI", "7974-D1045", "\"Balata <cerámica>, 2\"\"\"", "489.00")
                                .replace("general,,", "general,150.5,")
                        + part("FRI", "2", "Disco", "").replace(",true,", ",false,")
                        + part("BRE", "3", "=Cáliper & Cía", "0.05")
                                .replace("=Cáliper & Cía,,", "=Cáliper & Cía,Caliper,")
                        + part("BRE", "00012", "Tambor", "1"),
                "barcodes",
                BARCODES + "FRI,7974-D1045,0750123456789,\nFRI,7974-D1045,ABC-1,0.5\nBRE,3,10012345678902,12\n",
                "interchange",
                INTERCHANGE
                        + "FRI,7974-D1045,oem,,1K0 <1>\nFRI,7974-D1045,equivalent,BRE,3\nBRE,00012,supersedes,BRE,00011\n",
                "fitments",
                FITMENTS.replace("engine,", "engine,body,")
                        + "FRI,7974-D1045,Volkswagen,Jetta,2010,2012,2.5,Sedán; Vagoneta 5 puertas,delantera,\"con sensor; \"\"ABS\"\"\"\n"
                        + "FRI,7974-D1045,Volkswagen,Jetta,2013,2015,2.5,,delantera,\"con sensor; \"\"ABS\"\"\"\n"
                        + "FRI,7974-D1045,Seat,León,2013,2013,,,,\nFRI,7974-D1045,Seat,León,2014,2014,,,,\nBRE,3,Seat,León,2013,2013,,,,\n",
                "relations",
                Hub.RELATIONS
                        + "accessory,FRI,7974-D1045,FRI,2,,2,delantera,\"a la par, siempre\"\ncomponent,BRE,3,BRE,00012,,1.5,,\n"
                        + "alternative,FRI,2,BRE,3,same_brand,,,\n");
        assertThat(first.rejected()).isZero();
    }

    @AfterEach
    void close() {
        hub.close();
    }

    private Run exporting(Map<String, String> parameters) {
        Run run = hub.ended(Hub.done(hub.jobs().start("catalogue-export", parameters, Map.of(), "marta"))
                .id());
        assertThat(run.status()).as(run.message()).isEqualTo(Status.DONE);
        return run;
    }

    /** Copies, since the import takes its files over. */
    private Map<String, Path> files(Run export) {
        Map<String, Path> files = new HashMap<>();
        for (RunFile file : hub.jobs().files(export.id())) {
            assertThat(file.bytes()).isPositive();
            try {
                files.put(
                        file.name().replaceFirst("\\..*", ""),
                        hub.file(
                                file.name(),
                                Files.readAllBytes(hub.jobs()
                                        .file(export.id(), file.name())
                                        .orElseThrow())));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        return files;
    }

    private void assertChangesNothing(Map<String, Path> files, String... names) {
        assertThat(files).containsOnlyKeys(names);
        Run run = hub.run("catalogue-import", files);
        assertThat(run.status()).as(run.message()).isEqualTo(Status.DONE);
        assertThat(run.rejected()).as(run.message()).isZero();
        assertThat(run.message()).endsWith("Nada cambió: el catálogo ya estaba así.");
        assertThat(hub.version("catalogue")).isEqualTo(1);
    }

    @Test
    void what_is_written_changes_nothing_when_it_is_imported_again_in_any_format() {
        assertChangesNothing(files(exporting(Map.of())), "parts", "barcodes", "interchange", "fitments", "relations");
        assertChangesNothing(
                files(exporting(Map.of("format", "xlsx"))),
                "parts",
                "barcodes",
                "interchange",
                "fitments",
                "relations");
        assertChangesNothing(files(exporting(Map.of("format", "XML"))), "pies", "aces");
    }

    @Test
    void what_is_written_of_one_hub_makes_the_same_catalogue_in_another(@TempDir Path elsewhere) {
        Map<String, Path> files = files(exporting(Map.of("format", "csv")));
        try (Hub other = new Hub(elsewhere, 1000)) {
            other.run("catalogue-import", files);
            for (String query : new String[] {
                "select line_code || part_number || brand || name_es || name_en || category || unit || tax_class || core || sat_code || coalesce(amount, -1) || includes_tax from part left join part_price on part_id = id order by 1",
                "select barcode || ' ' || pack from part_barcode order by 1",
                "select part_number || kind || other_brand || other_number || mirrored from part_interchange join part on id = part_id order by 1",
                "select part_number || r.kind || r.quantity || r.grade || r.position || r.note from part_relation r join part on id = part_id order by 1",
                "select part_number || make || model || year_from || year_to || engine || body || position || notes from fitment join part on id = part_id order by 1"
            }) assertThat(other.texts(query)).isEqualTo(hub.texts(query));
        }
    }

    @Test
    void one_line_alone_and_formats_that_there_are() {
        Run run = exporting(Map.of("line", "bre"));
        assertThat(run.message()).isEqualTo("Renglones escritos: 6.");
        assertThat(hub.jobs().file(run.id(), "../../x")).isEmpty();

        assertThat(Hub.refused(hub.jobs().start("catalogue-export", Map.of("format", "pdf"), Map.of(), "marta"))
                        .code())
                .isEqualTo("job-parameter-wrong");
        assertThat(files(exporting(Map.of("files", "barcodes,fitments")))).containsOnlyKeys("barcodes", "fitments");
        assertThat(files(exporting(Map.of("files", "fitments", "format", "xml"))))
                .containsOnlyKeys("aces");
    }
}
