package mx.refahub.batch;

import static mx.refahub.batch.Hub.PARTS;
import static mx.refahub.batch.Hub.part;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mx.refahub.domain.job.Jobs.Change;
import mx.refahub.domain.job.Jobs.Change.Kind;
import mx.refahub.domain.job.Jobs.Example;
import mx.refahub.domain.job.Jobs.Run;
import mx.refahub.domain.job.Jobs.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BodyOfVehicleTest {
    private static final String FITMENTS = Hub.FITMENTS.replace("engine,", "engine,body,");
    private static final String STANDING = """
        select part_number || ' ' || concat_ws('|', make, model, year_from, year_to, engine, body, position, notes)
        from fitment
        join part on id = part_id
        order by 1
        """;

    @TempDir
    Path folder;

    private Hub hub;

    @BeforeEach
    void open() {
        hub = new Hub(folder, 1000);
        hub.feed(
                "catalogue-import",
                "parts",
                PARTS + part("FRI", "1", "Bisagra", "100.00") + part("FRI", "2", "Cajuela", "200.00"),
                "fitments",
                FITMENTS + "FRI,1,VW,Jetta,2011,2018,2.5,Sedán,,\nFRI,1,VW,Golf,2011,2018,,,,\n");
    }

    @AfterEach
    void close() {
        hub.close();
    }

    private Run importing(Map<String, String> parameters, String... files) {
        Map<String, Path> paths = new HashMap<>();
        for (int i = 0; i < files.length; i += 2) paths.put(files[i], hub.file(files[i], files[i + 1]));
        Run run = hub.settled(Hub.done(hub.jobs().start("catalogue-import", parameters, paths, "marta"))
                .id());
        assertThat(run.status()).as(run.message()).isIn(Status.DONE, Status.WAITING_FOR_APPROVAL);
        return run;
    }

    private Run importing(String fitments) {
        return importing(Map.of(), "fitments", FITMENTS + fitments);
    }

    private List<String> standing() {
        return hub.texts(STANDING);
    }

    @Test
    void a_body_is_published_goes_into_the_index_and_the_same_file_again_changes_nothing() {
        assertThat(standing()).containsExactly("1 VW|Golf|2011|2018||||", "1 VW|Jetta|2011|2018|2.5|Sedán||");
        assertThat(hub.index.published.values().stream()
                        .flatMap(each -> each.fitments().stream())
                        .toList())
                .extracting(fit -> fit.model() + " " + fit.body())
                .containsExactly("Golf ", "Jetta Sedán");

        Run again = importing("FRI,1,VW,Jetta,2011,2018,2.5, Sedán ;,,\nFRI,1,VW,Golf,2011,2018,,,,\n");

        assertThat(again.message()).endsWith("Nada cambió: el catálogo ya estaba así.");
        assertThat(hub.version("catalogue")).isEqualTo(1);
    }

    @Test
    void another_body_is_told_beforehand_published_and_taken_back_with_its_run() {
        List<String> before = standing();
        String changed = "FRI,1,VW,Jetta,2011,2018,2.5,Sedán; Vagoneta,,\nFRI,1,VW,Golf,2011,2018,,Hatchback,,\n";
        Run run = importing(Map.of("approve", "true"), "fitments", FITMENTS + changed);
        List<Change> changes = hub.jobs().preview(run.id()).orElseThrow().changes();
        assertThat(changes)
                .extracting(Change::kind, Change::count)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Kind.FITMENT_CHANGED, 2L));
        assertThat(changes.getFirst().examples())
                .containsExactlyInAnyOrder(
                        new Example("FRI 1", "body", "Sedán", "Sedán; Vagoneta"),
                        new Example("FRI 1", "body", "", "Hatchback"));

        Hub.done(hub.jobs().approve(run.id(), "raúl"));
        assertThat(hub.ended(run.id()).status()).isEqualTo(Status.DONE);
        assertThat(standing())
                .containsExactly("1 VW|Golf|2011|2018||Hatchback||", "1 VW|Jetta|2011|2018|2.5|Sedán; Vagoneta||");

        Run undone = hub.ended(Hub.done(hub.jobs().undo(run.id(), "marta")).id());
        assertThat(undone.status()).as(undone.message()).isEqualTo(Status.DONE);
        assertThat(standing()).isEqualTo(before);
    }

    @Test
    void applications_that_differ_in_their_body_alone_become_one_row_and_the_same_twice_is_rejected() {
        Run run = importing("""
                FRI,2,VW,Jetta,2011,2018,2.5,Vagoneta,,
                FRI,2,VW,Jetta,2011,2018,2.5,Sedán,,
                FRI,2,VW,Jetta,2011,2018,2.5,Sedán,,
                FRI,2,VW,Golf,2011,2018,,Hatchback,,con ABS
                FRI,2,VW,Golf,2011,2018,,Vagoneta,,
                FRI,2,VW,Polo,2011,2018,,Sedán,,
                FRI,2,VW,Polo,2011,2018,,,,
                """);

        assertThat(run.rejected()).isEqualTo(1);
        assertThat(hub.texts("select line || ' ' || reason from job_run_reject"))
                .containsExactly("4 Repite la aplicación del renglón 3.");
        assertThat(standing().subList(2, 5))
                .containsExactly(
                        "2 VW|Golf|2011|2018||Hatchback; Vagoneta||Hatchback: con ABS / Vagoneta",
                        "2 VW|Jetta|2011|2018|2.5|Sedán; Vagoneta||",
                        "2 VW|Polo|2011|2018||||");
    }

    @Test
    void an_application_is_taken_back_by_its_body_too_and_keeps_it_in_the_years_that_are_left() {
        Run wrong = importing(Map.of(), "fitment-removals", FITMENTS + "FRI,1,VW,Jetta,2011,2012,2.5,,,\n");
        assertThat(wrong.rejected()).isEqualTo(1);

        Run run = importing(Map.of(), "fitment-removals", FITMENTS + "FRI,1,VW,Jetta,2011,2012,2.5,Sedán,,\n");
        assertThat(standing()).containsExactly("1 VW|Golf|2011|2018||||", "1 VW|Jetta|2013|2018|2.5|Sedán||");

        assertThat(hub.ended(Hub.done(hub.jobs().undo(run.id(), "marta")).id()).status())
                .isEqualTo(Status.DONE);
        assertThat(standing()).containsExactly("1 VW|Golf|2011|2018||||", "1 VW|Jetta|2011|2018|2.5|Sedán||");
    }

    @Test
    void aces_tells_bodies_by_name_by_number_and_by_their_doors() {
        String app =
                "<App action=\"A\" id=\"1\"><Years from=\"2011\" to=\"2014\"/><Make>VW</Make><Model>%s</Model>%s<Qty>1</Qty><Part>2</Part></App>";
        importing(
                Map.of(),
                "vehicles",
                "base_vehicle_id,make,model,year,body_type_id,body\n1,VW,Vento,2014,5,Sedan\n",
                "aces",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ACES version=\"4.2\"><Header><BrandAAIAID>FRI</BrandAAIAID><SubmissionType>FULL</SubmissionType></Header>"
                        + app.formatted("Jetta", "<BodyNumDoors>4</BodyNumDoors><BodyType>Sedan</BodyType>")
                        + app.formatted("Jetta", "<BodyType>Wagon</BodyType>")
                        + app.formatted("Polo", "<BodyNumDoors id=\"3\"/><BodyType id=\"5\"/>")
                        + app.formatted("Golf", "<BodyType id=\"9\"/>")
                        + app.formatted("Gol", "<BodyNumDoors id=\"2\">2</BodyNumDoors>")
                        + "</ACES>");

        assertThat(standing().subList(2, 6))
                .containsExactly(
                        "2 VW|Golf|2011|2014||||BodyType 9",
                        "2 VW|Gol|2011|2014||2 puertas||",
                        "2 VW|Jetta|2011|2014||Sedan 4 puertas; Wagon||",
                        "2 VW|Polo|2011|2014||Sedan||BodyNumDoors 3");
    }
}
