package mx.refahub.batch;

import static mx.refahub.batch.Hub.PARTS;
import static mx.refahub.batch.Hub.RELATIONS;
import static mx.refahub.batch.Hub.part;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mx.refahub.domain.job.Jobs.Change;
import mx.refahub.domain.job.Jobs.Example;
import mx.refahub.domain.job.Jobs.Run;
import mx.refahub.domain.job.Jobs.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelationsTest {
    private static final String ALL = """
        select r.kind || ' ' || p.part_number || ' ' || o.part_number || ' ' || r.quantity || ' ' || r.grade || ' ' || r.position
        from part_relation r
        join part p on p.id = r.part_id
        join part o on o.id = r.related_id
        order by 1
        """;

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
        Run run = hub.feed("catalogue-import", files);
        assertThat(run.status()).as(run.message()).isEqualTo(Status.DONE);
        return run;
    }

    private static String fourParts() {
        return PARTS
                + part("FRI", "1", "Balata", "100.00")
                + part("FRI", "2", "Disco", "200.00")
                + part("DAY", "K1", "Kit de distribución", "300.00")
                + part("DAY", "B1", "Banda", "40.00");
    }

    @Test
    void relations_come_with_their_parts_and_only_what_changed_travels() {
        Run run = importing(
                "parts",
                fourParts(),
                "relations",
                RELATIONS
                        + "accessory,FRI,1,FRI,2,,2,delantera,Cambie por par.\nCOMPONENT,day,k1,DAY,B1,,,,\nalternative,FRI,2,DAY,B1,Premium,,,\n");
        assertThat(run.rejected()).isZero();
        assertThat(hub.texts(ALL))
                .containsExactly(
                        "ACCESSORY 1 2 2000  delantera", "ALTERNATIVE 2 B1 1000 PREMIUM ", "COMPONENT K1 B1 1000  ");

        importing("relations", RELATIONS + "accessory,FRI,1,FRI,2,,2,delantera,Cambie por par.\n");
        assertThat(hub.version("catalogue")).isEqualTo(1);

        importing("relations", RELATIONS + "accessory,FRI,1,FRI,2,,3,delantera,Cambie por par.\n");
        assertThat(hub.texts("select part_number from part where catalogue_version = 2"))
                .containsExactly("1");

        // A file without the column says nothing of it.
        importing(
                "relations",
                "kind,line_code,part_number,related_line_code,related_part_number,quantity\n"
                        + "accessory,FRI,1,FRI,2,3\nalternative,FRI,2,DAY,B1,1\n");
        assertThat(hub.version("catalogue")).isEqualTo(2);
        assertThat(hub.texts("select note from part_relation where kind = 'ACCESSORY'"))
                .containsExactly("Cambie por par.");
    }

    @Test
    void a_file_replaces_what_its_parts_had_of_the_same_kind_and_no_other() {
        importing(
                "parts",
                fourParts(),
                "relations",
                RELATIONS + "accessory,FRI,1,FRI,2,,2,,\naccessory,FRI,1,DAY,B1,,,,\nalternative,FRI,1,DAY,K1,,,,\n");
        importing("relations", RELATIONS + "accessory,FRI,1,DAY,K1,,,,\n");
        assertThat(hub.texts(ALL)).containsExactly("ACCESSORY 1 K1 1000  ", "ALTERNATIVE 1 K1 1000  ");
    }

    @Test
    void what_is_wrong_with_a_row_rejects_that_row() {
        Run run = importing(
                "parts",
                fourParts(),
                "relations",
                RELATIONS
                        + "accessory,FRI,1,FRI,9,,,,\naccessory,FRI,8,FRI,1,,,,\naccessory,FRI,1,FRI,1,,,,\n"
                        + "accessory,FRI,1,FRI,2,,,,\naccessory,FRI,1,fri,2,,5,,\naccessory,FRI,1,DAY,B1,premium,,,\n"
                        + "accessory,FRI,2,DAY,B1,,0,,\nfriend,FRI,2,DAY,B1,,,,\nalternative,FRI,2,DAY,B1,best,,,\n");
        assertThat(hub.texts(ALL)).containsExactly("ACCESSORY 1 2 1000  ");
        assertThat(run.rejected()).isEqualTo(8);
        assertThat(String.join("\n", hub.rejects(run)))
                .contains(
                        "No hay una pieza FRI 9 en el catálogo.",
                        "No hay una pieza FRI 8 en el catálogo.",
                        "Es la misma pieza; una pieza no se relaciona consigo misma.",
                        "Repite la relación del renglón 5.",
                        "Solo una alternativa (alternative) tiene grado; déjelo vacío.",
                        "Lleva más de cero piezas.",
                        "No es ninguno de: alternative, accessory, component, opposite.",
                        "No es un grado; los que hay son: same_brand, economy, premium, o vacío.");
    }

    @Test
    void a_kit_never_holds_itself_however_deep() {
        Run first = importing(
                "parts",
                fourParts(),
                "relations",
                RELATIONS
                        + "component,DAY,K1,DAY,B1,,,,\ncomponent,DAY,B1,FRI,1,,,,\ncomponent,FRI,1,DAY,K1,,,,\ncomponent,DAY,K1,FRI,2,,,,\n");
        assertThat(first.rejected()).isEqualTo(3);
        assertThat(hub.rejects(first).getFirst())
                .contains("El juego DAY K1 no puede llevar DAY B1, que a su vez lo lleva a él.");
        assertThat(hub.texts(ALL)).containsExactly("COMPONENT K1 2 1000  ");

        Run second = importing("relations", RELATIONS + "component,FRI,2,DAY,B1,,,,\ncomponent,DAY,B1,DAY,K1,,,,\n");
        assertThat(second.rejected()).isEqualTo(2);

        // The kit gives up what it held, so it may be held now.
        Run third = importing("relations", RELATIONS + "component,DAY,K1,DAY,B1,,,,\ncomponent,FRI,2,DAY,K1,,,,\n");
        assertThat(third.rejected()).isZero();
        assertThat(hub.texts(ALL)).containsExactly("COMPONENT 2 K1 1000  ", "COMPONENT K1 B1 1000  ");
    }

    @Test
    void a_person_sees_beforehand_what_comes_changes_and_goes() {
        importing(
                "parts",
                fourParts(),
                "relations",
                RELATIONS + "accessory,FRI,1,FRI,2,,2,,\naccessory,FRI,1,DAY,B1,,,,\n");
        long run = Hub.done(hub.jobs()
                        .start(
                                "catalogue-import",
                                Map.of("approve", "true"),
                                Map.of(
                                        "relations",
                                        hub.file(
                                                "relations",
                                                RELATIONS
                                                        + "accessory,FRI,1,FRI,2,,4,,\nalternative,FRI,1,DAY,K1,economy,,,más barato\n")),
                                "marta"))
                .id();
        assertThat(hub.settled(run).status()).isEqualTo(Status.WAITING_FOR_APPROVAL);
        List<Change> changes = hub.jobs().preview(run).orElseThrow().changes();
        assertThat(changes)
                .containsExactly(
                        new Change(
                                Change.Kind.RELATION_ADDED,
                                1,
                                List.of(new Example("FRI 1", "alternative", "", "DAY K1 × 1 economy más barato"))),
                        new Change(
                                Change.Kind.RELATION_CHANGED,
                                1,
                                List.of(new Example("FRI 1", "accessory", "FRI 2 × 2", "FRI 2 × 4"))),
                        new Change(
                                Change.Kind.RELATION_REMOVED,
                                1,
                                List.of(new Example("FRI 1", "accessory", "DAY B1 × 1", ""))));
    }

    @Test
    void the_sample_fits_its_catalogue() {
        Path sample = Path.of("sample");
        Run run = hub.run(
                "catalogue-import", Map.of("parts", copy(sample, "parts"), "relations", copy(sample, "relations")));
        assertThat(run.rejected()).as(run.message()).isZero();
        assertThat(hub.count("part_relation")).isEqualTo(70);
    }

    private Path copy(Path sample, String name) {
        try {
            return hub.file(name, java.nio.file.Files.readString(sample.resolve(name + ".csv")));
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }
}
