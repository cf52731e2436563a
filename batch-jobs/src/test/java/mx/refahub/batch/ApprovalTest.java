package mx.refahub.batch;

import static mx.refahub.batch.Hub.BARCODES;
import static mx.refahub.batch.Hub.FITMENTS;
import static mx.refahub.batch.Hub.INTERCHANGE;
import static mx.refahub.batch.Hub.PARTS;
import static mx.refahub.batch.Hub.part;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mx.refahub.domain.job.Jobs;
import mx.refahub.domain.job.Jobs.Change;
import mx.refahub.domain.job.Jobs.Change.Kind;
import mx.refahub.domain.job.Jobs.Example;
import mx.refahub.domain.job.Jobs.Preview;
import mx.refahub.domain.job.Jobs.Run;
import mx.refahub.domain.job.Jobs.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApprovalTest {
    @TempDir
    Path folder;

    private Hub hub;

    @BeforeEach
    void open() {
        hub = new Hub(folder, 1000);
        hub.feed(
                "catalogue-import",
                "parts",
                PARTS
                        + part("FRI", "1", "Balata", "100.00")
                        + part("FRI", "2", "Disco", "200.00")
                        + part("FRI", "3", "Cáliper", "300.00"),
                "barcodes",
                BARCODES + "FRI,1,111,1\nFRI,1,112,10\n",
                "interchange",
                INTERCHANGE + "FRI,1,oem,VW,1K0\n",
                "fitments",
                FITMENTS + "FRI,1,VW,Jetta,2011,2018,,,\nFRI,1,VW,Golf,2011,2018,,,\n");
    }

    @AfterEach
    void close() {
        hub.close();
    }

    private Run waiting() {
        Map<String, Path> files = new LinkedHashMap<>();
        files.put(
                "parts",
                hub.file(
                        "parts",
                        PARTS
                                + part("FRI", "1", "Balata cerámica", "110.00").replace("Frenos/Balatas", "Frenos")
                                + part("FRI", "2", "Disco", "")
                                + part("FRI", "3", "Cáliper", "300.00")
                                + part("FRI", "4", "Tambor", "400.00")));
        files.put("barcodes", hub.file("barcodes", BARCODES + "FRI,1,111,2\nFRI,1,113,1\n"));
        files.put("interchange", hub.file("interchange", INTERCHANGE + "FRI,1,oem,VW,1K1\n"));
        files.put(
                "fitments",
                hub.file("fitments", FITMENTS + "FRI,1,VW,Jetta,2011,2018,,,nota\nFRI,4,VW,Jetta,2011,2018,,,\n"));
        long run = Hub.done(hub.jobs().start("catalogue-import", Map.of("approve", "true"), files, "marta"))
                .id();
        return hub.settled(run);
    }

    @Test
    void a_run_that_asks_first_waits_with_what_it_would_change_and_publishes_when_it_may() {
        Run run = waiting();

        assertThat(run.status()).as(run.message()).isEqualTo(Status.WAITING_FOR_APPROVAL);
        assertThat(run.endedAt()).isNull();
        Preview preview = hub.jobs().preview(run.id()).orElseThrow();
        assertThat(preview.changes())
                .extracting(Change::kind, Change::count)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Kind.PART_NEW, 1L),
                        org.assertj.core.groups.Tuple.tuple(Kind.PART_CHANGED, 1L),
                        org.assertj.core.groups.Tuple.tuple(Kind.PRICE_NEW, 1L),
                        org.assertj.core.groups.Tuple.tuple(Kind.PRICE_CHANGED, 1L),
                        org.assertj.core.groups.Tuple.tuple(Kind.PRICE_REMOVED, 1L),
                        org.assertj.core.groups.Tuple.tuple(Kind.BARCODE_ADDED, 1L),
                        org.assertj.core.groups.Tuple.tuple(Kind.BARCODE_CHANGED, 1L),
                        org.assertj.core.groups.Tuple.tuple(Kind.BARCODE_REMOVED, 1L),
                        org.assertj.core.groups.Tuple.tuple(Kind.INTERCHANGE_ADDED, 1L),
                        org.assertj.core.groups.Tuple.tuple(Kind.INTERCHANGE_REMOVED, 1L),
                        org.assertj.core.groups.Tuple.tuple(Kind.FITMENT_ADDED, 1L),
                        org.assertj.core.groups.Tuple.tuple(Kind.FITMENT_CHANGED, 1L),
                        org.assertj.core.groups.Tuple.tuple(Kind.FITMENT_REMOVED, 1L));
        assertThat(examples(preview, Kind.PART_CHANGED))
                .containsExactly(
                        new Example("FRI 1", "category", "Frenos/Balatas", "Frenos"),
                        new Example("FRI 1", "name_es", "Balata", "Balata cerámica"));
        assertThat(examples(preview, Kind.PRICE_CHANGED))
                .containsExactly(new Example("FRI 1", "list_price", "$100.00 con IVA", "$110.00 con IVA"));
        assertThat(examples(preview, Kind.FITMENT_REMOVED))
                .containsExactly(new Example("FRI 1", "fitment", "VW Golf 2011–2018", ""));
        assertThat(hub.version("catalogue")).as("nothing is published yet").isEqualTo(1);
        assertThat(Hub.refused(hub.jobs()
                                .start("catalogue-import", Map.of(), Map.of("parts", hub.file("p", PARTS)), "x"))
                        .code())
                .isEqualTo("job-waits-for-approval");
        assertThat(Hub.refused(hub.jobs().restart(run.id())).code()).isEqualTo("run-not-restartable");

        hub.restart();
        assertThat(hub.jobs().run(run.id()).orElseThrow().status()).isEqualTo(Status.WAITING_FOR_APPROVAL);

        Hub.done(hub.jobs().approve(run.id(), "raúl"));
        Run done = hub.ended(run.id());
        assertThat(done.status()).as(done.message()).isEqualTo(Status.DONE);
        assertThat(done.message()).contains("Piezas nuevas: 1.");
        assertThat(hub.version("catalogue")).isEqualTo(2);
        assertThat(hub.texts("select barcode || '×' || pack from part_barcode order by 1"))
                .containsExactly("111×2000", "113×1000");
        assertThat(hub.one("select approved_by from job_run where id = " + run.id(), String.class))
                .isEqualTo("raúl");
        assertThat(Hub.refused(hub.jobs().approve(run.id(), "raúl")).code()).isEqualTo("run-not-waiting");
        Jobs.Details told = hub.jobs().details(run.id()).orElseThrow();
        assertThat(told.parameters()).containsEntry("approve", "true");
        assertThat(told.approvedBy()).isEqualTo("raúl");
        assertThat(told.log()).extracting(line -> line.step()).containsOnlyOnce("publish", "preview");
        assertThat(told.log())
                .filteredOn(line -> line.step().equals("approval"))
                .extracting(line -> line.status())
                .as("begun before the decision and after it")
                .containsExactly(Status.STOPPED, Status.DONE);
    }

    @Test
    void a_run_that_failed_can_be_given_up() {
        Run failed = hub.feed("catalogue-import", "parts", "line_code,part_number\nFRI,1\n");
        assertThat(failed.status()).isEqualTo(Status.FAILED);

        Run given = Hub.done(hub.jobs().abandon(failed.id(), "raúl"));

        assertThat(given.status()).isEqualTo(Status.DISCARDED);
        assertThat(given.message()).contains("Lo decidió raúl");
        assertThat(Hub.refused(hub.jobs().restart(failed.id())).code()).isEqualTo("run-not-restartable");
        assertThat(Hub.refused(hub.jobs().abandon(failed.id(), "raúl")).code()).isEqualTo("run-not-restartable");
        assertThat(Hub.refused(hub.jobs().abandon(99, "raúl")).code()).isEqualTo("run-unknown");
        assertThat(hub.jobs().details(99)).isEmpty();
    }

    private static List<Example> examples(Preview preview, Kind kind) {
        return preview.changes().stream()
                .filter(change -> change.kind() == kind)
                .findFirst()
                .orElseThrow()
                .examples();
    }

    @Test
    void a_run_that_is_discarded_leaves_nothing_behind_and_makes_room() {
        Run run = waiting();

        Run discarded = Hub.done(hub.jobs().discard(run.id(), "raúl"));

        assertThat(discarded.status()).isEqualTo(Status.DISCARDED);
        assertThat(discarded.message()).contains("lo decidió raúl");
        assertThat(hub.count("staging_part") + hub.count("staging_fitment")).isZero();
        assertThat(hub.version("catalogue")).isEqualTo(1);
        assertThat(Hub.refused(hub.jobs().approve(run.id(), "raúl")).code()).isEqualTo("run-not-waiting");
        assertThat(Hub.refused(hub.jobs().restart(run.id())).code()).isEqualTo("run-not-restartable");
        assertThat(hub.feed("catalogue-import", "parts", PARTS + part("FRI", "9", "Balata", "1"))
                        .status())
                .isEqualTo(Status.DONE);
    }

    @Test
    void a_run_that_would_change_nothing_asks_nobody() {
        long run = Hub.done(hub.jobs()
                        .start(
                                "catalogue-import",
                                Map.of("approve", "true"),
                                Map.of("parts", hub.file("parts", PARTS + part("FRI", "1", "Balata", "100.00"))),
                                "marta"))
                .id();
        assertThat(hub.settled(run).message()).startsWith("Nada cambió");
    }
}
