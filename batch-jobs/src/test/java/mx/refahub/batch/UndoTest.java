package mx.refahub.batch;

import static mx.refahub.batch.Hub.BARCODES;
import static mx.refahub.batch.Hub.FITMENTS;
import static mx.refahub.batch.Hub.INTERCHANGE;
import static mx.refahub.batch.Hub.PARTS;
import static mx.refahub.batch.Hub.part;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.job.Jobs.Run;
import mx.refahub.domain.job.Jobs.Status;
import mx.refahub.domain.job.Jobs.Undo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class UndoTest {
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

    /** All that stands in the catalogue, as a person would compare it: without versions and without what has left it. */
    private List<String> catalogue() {
        List<String> rows = new ArrayList<>();
        for (String query : List.of(
                "select 'part ' || (to_jsonb(p) - 'catalogue_version')::text from part p where removed_at is null order by 1",
                "select 'price ' || (to_jsonb(r) - 'prices_version')::text from part_price r where amount is not null order by 1",
                "select 'barcode ' || to_jsonb(b)::text from part_barcode b order by 1",
                "select 'interchange ' || to_jsonb(i)::text from part_interchange i order by 1",
                "select 'relation ' || to_jsonb(r)::text from part_relation r order by 1",
                "select 'fitment ' || to_jsonb(f)::text from fitment f order by 1",
                "select 'view ' || to_jsonb(v)::text from part_vehicle_preview v order by 1"))
            rows.addAll(hub.texts(query));
        return rows;
    }

    private Run importing(String... files) {
        Run run = hub.feed("catalogue-import", files);
        assertThat(run.status()).as(run.message()).isEqualTo(Status.DONE);
        return run;
    }

    private Run undoing(long run) {
        Run undo = hub.ended(Hub.done(hub.jobs().undo(run, "marta")).id());
        assertThat(undo.status()).as(undo.message()).isEqualTo(Status.DONE);
        return undo;
    }

    private Run first() {
        return importing(
                "parts",
                PARTS
                        + part("FRI", "1", "Balata", "100.00")
                        + part("FRI", "2", "Disco", "")
                        + part("BRE", "3", "Cáliper", "300.00"),
                "barcodes",
                BARCODES + "FRI,1,111,1\nFRI,1,112,10\nFRI,2,222,1\n",
                "interchange",
                INTERCHANGE + "FRI,1,oem,VW,1K0\nFRI,1,equivalent,BRE,3\nFRI,2,equivalent,BRE,4\n",
                "fitments",
                FITMENTS + "FRI,1,VW,Jetta,2011,2018,,,\nFRI,1,VW,Golf,2011,2018,,,x\nFRI,2,VW,Polo,2015,2015,,,\n",
                "relations",
                Hub.RELATIONS
                        + "accessory,FRI,1,FRI,2,,2,delantera,\nalternative,FRI,1,BRE,3,premium,,,\naccessory,BRE,3,FRI,1,,,,\n");
    }

    private Run second() {
        return importing(
                "parts",
                PARTS
                        + part("FRI", "1", "Balata cerámica", "110.00").replace("KT,02", "H87,01")
                        + part("FRI", "2", "Disco", "200.00")
                        + part("BRE", "3", "Cáliper", "").replace("Brand BRE", "Brembo")
                        + part("BRE", "4", "Tambor", "400.00"),
                "barcodes",
                BARCODES + "FRI,1,111,2\nFRI,1,222,1\nFRI,2,112,1\nBRE,4,444,1\n",
                "interchange",
                INTERCHANGE + "FRI,1,oem,VW,1K1\nBRE,3,equivalent,FRI,1\nBRE,4,oem,VW,9\n",
                "fitments",
                FITMENTS
                        + "FRI,1,VW,Jetta,2011,2018,,,nota\nFRI,1,VW,Vento,2014,2020,,,\nBRE,4,VW,Jetta,2011,2018,,,\n",
                "relations",
                Hub.RELATIONS
                        + "accessory,FRI,1,BRE,4,,,,\nalternative,FRI,1,BRE,3,economy,,,\ncomponent,BRE,4,FRI,1,,4,,\naccessory,BRE,3,FRI,1,,,,nota\n");
    }

    @Test
    void the_catalogue_is_row_by_row_what_it_was_and_goes_out_under_new_versions() {
        first();
        List<String> before = catalogue();
        Run second = second();
        assertThat(catalogue()).isNotEqualTo(before);

        Undo undo = Hub.done(hub.jobs().undoable(second.id()));
        assertThat(undo.partsRemoved()).isEqualTo(1);
        assertThat(undo.partsRestored()).isEqualTo(3);
        assertThat(undo.pricesRestored()).isEqualTo(3);
        Run undone = undoing(second.id());

        assertThat(catalogue()).isEqualTo(before);
        assertThat(undone.message()).contains("Se deshizo la corrida " + second.id());
        assertThat(hub.version("catalogue")).isEqualTo(3);
        assertThat(hub.version("prices")).isEqualTo(3);
        assertThat(hub.version("index")).isEqualTo(3);
        assertThat(hub.index.published).hasSize(3);
        assertThat(hub.texts("select part_number from part where removed_at is not null and catalogue_version = 3"))
                .containsExactly("4");
        assertThat(Hub.refused(hub.jobs().undo(second.id(), "marta")).code()).isEqualTo("run-not-undoable");

        assertThat(second().message()).contains("Piezas cambiadas: 4.");
        assertThat(hub.index.published).hasSize(4);
    }

    @Test
    void taking_back_prices_sends_prices_and_no_part_anew() {
        first();
        List<String> before = catalogue();
        Run dearer = importing("parts", PARTS + part("FRI", "1", "Balata", "110.00"));
        long parts = hub.version("catalogue");
        long prices = hub.version("prices");
        assertThat(catalogue()).isNotEqualTo(before);

        Undo undo = Hub.done(hub.jobs().undoable(dearer.id()));
        assertThat(undo.partsRestored()).isZero();
        assertThat(undo.pricesRestored()).isEqualTo(1);
        undoing(dearer.id());

        assertThat(catalogue()).isEqualTo(before);
        assertThat(hub.version("catalogue")).isEqualTo(parts);
        assertThat(hub.version("prices")).isEqualTo(prices + 1);
    }

    @Test
    void the_very_first_run_can_be_taken_back_too() {
        Run first = first();

        undoing(first.id());

        assertThat(catalogue()).isEmpty();
        assertThat(hub.index.published).isEmpty();
        first();
        assertThat(catalogue()).isNotEmpty();
    }

    @Test
    void a_run_is_not_taken_back_before_a_later_one_that_touched_the_same_parts() {
        first();
        Run second = second();
        Run third = importing("fitments", FITMENTS + "FRI,1,VW,Jetta,1999,2001,,,\n");
        importing("parts", PARTS + part("NGK", "1", "Bujía", "1"));

        Refusal refusal = Hub.refused(hub.jobs().undoable(second.id()));
        assertThat(refusal.code()).isEqualTo("run-undo-overtaken");
        assertThat(refusal.arguments()).containsExactly(Long.toString(second.id()), Long.toString(third.id()));

        Run forced = hub.ended(Hub.done(hub.jobs()
                        .start(
                                "catalogue-undo",
                                java.util.Map.of("of", Long.toString(second.id())),
                                java.util.Map.of(),
                                "x"))
                .id());
        assertThat(forced.status()).isEqualTo(Status.FAILED);
        assertThat(forced.message()).contains("la corrida " + third.id() + " cambió después las mismas piezas");

        undoing(third.id());
        undoing(second.id());
    }

    @Test
    void a_run_is_not_taken_back_over_what_a_person_changed_since_until_that_is_undone() {
        first();
        Run second = second();
        UUID change = UUID.randomUUID();
        JdbcClient sql = JdbcClient.create(hub.database);
        sql.sql("""
                insert into part_change (id, part_id, at, who, who_name, kind)
                select :id, u.part_id, clock_timestamp() + interval '1 day', :id, 'Ana', 'MENDED'
                from undo_part u
                where u.run_id = :run
                limit 1
                """).param("id", change).param("run", second.id()).update();

        assertThat(Hub.refused(hub.jobs().undoable(second.id())).code()).isEqualTo("run-undo-mended");

        sql.sql("""
                insert into part_change (id, part_id, at, who, who_name, kind, undoes)
                select gen_random_uuid(), part_id, at + interval '1 minute', who, 'Ana', 'UNDONE', id
                from part_change
                where id = :id
                """).param("id", change).update();
        undoing(second.id());
    }

    @Test
    void a_barcode_that_another_part_has_since_is_in_the_way() {
        first();
        Run taking = importing("barcodes", BARCODES + "FRI,1,112,10\n");
        Run giving = importing("barcodes", BARCODES + "BRE,3,111,1\n");

        Refusal refusal = Hub.refused(hub.jobs().undoable(taking.id()));
        assertThat(refusal.arguments()).containsExactly(Long.toString(taking.id()), Long.toString(giving.id()));
    }

    @Test
    void only_the_newest_runs_that_changed_something_can_be_taken_back() {
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i <= Hub.KEEP_UNDO; i++)
            runs.add(importing("parts", PARTS + part("NGK", "" + i, "Bujía", "1")));
        Run nothing = importing("parts", PARTS + part("NGK", "0", "Bujía", "1"));

        assertThat(Hub.refused(hub.jobs().undoable(runs.getFirst().id())).code())
                .isEqualTo("run-not-undoable");
        assertThat(Hub.refused(hub.jobs().undoable(nothing.id())).code()).isEqualTo("run-not-undoable");
        for (Run run : runs.subList(1, runs.size())) Hub.done(hub.jobs().undoable(run.id()));
        assertThat(Hub.refused(hub.jobs().undoable(999)).code()).isEqualTo("run-unknown");
        Run unknown = hub.ended(
                Hub.done(hub.jobs().start("catalogue-undo", java.util.Map.of("of", "999"), java.util.Map.of(), "marta"))
                        .id());
        assertThat(unknown.message()).contains("La corrida 999 no se puede deshacer");
        assertThat(hub.one("select count(distinct run_id) from undo_part", Long.class))
                .isEqualTo(Hub.KEEP_UNDO);
    }
}
