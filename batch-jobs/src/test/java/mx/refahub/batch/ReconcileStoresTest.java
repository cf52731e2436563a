package mx.refahub.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mx.refahub.domain.job.Jobs.Run;
import mx.refahub.domain.job.Jobs.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All stores are told to compare themselves, once each, and what came of each is written down. */
class ReconcileStoresTest {
    @TempDir
    Path folder;

    private Hub hub;
    private final List<UUID> told = new ArrayList<>();

    @BeforeEach
    void open() {
        hub = new Hub(folder, 10);
        for (String code : List.of("CENTRO", "NORTE", "SUR", "VIEJA", "ROBADA", "LEJOS")) hub.store(code);
        hub.execute("update store set closed_at = now() where code = 'VIEJA'");
        hub.execute(
                "insert into store_cut_off (store_id, cut_off_at, cut_off_by, cut_off_by_name, reason) select id, now(), gen_random_uuid(), 'Ana', 'robo' from store where code = 'ROBADA'");
    }

    @AfterEach
    void close() {
        hub.close();
    }

    /** A store's report, as the hub keeps it. */
    static void report(Hub hub, UUID store, String at, boolean equal) {
        UUID report = UUID.randomUUID();
        hub.sql
                .sql("""
                insert into reconciliation (
                    id, store_id, cause, at, first_sequence, last_sequence, documents, cells, exchanged, sent_again, mended, incomplete)
                values (:id, :store, 'CONSOLE', cast(:at as timestamptz), 1, 40, 40, 2, 2, :again, 0, false)
                """)
                .param("id", report)
                .param("store", store)
                .param("at", at)
                .param("again", equal ? 0 : 3)
                .update();
        hub.sql.sql("""
                insert into reconciliation_cell (reconciliation_id, day, type, store_count, store_sum, hub_count, hub_sum, equal)
                values (:id, '2025-11-01', 'sale', 20, 100, 20, 100, true), (:id, '2025-11-02', 'sale', 20, 100, 20, 99, :equal)
                """).param("id", report).param("equal", equal).update();
        if (!equal) hub.sql.sql("""
                insert into reconciliation_finding (id, store_id, sequence, kind, day, type, found_at, last_found_at)
                values (gen_random_uuid(), :store, 7, 'BOOKED_DIFFERENTLY', '2025-11-02', 'sale', now(), now()),
                    (gen_random_uuid(), :store, 8, 'NOT_BOOKED', '2025-11-02', 'sale', now(), now())
                """).param("store", store).update();
    }

    private UUID id(String code) {
        return hub.one("select id from store where code = '" + code + "'", UUID.class);
    }

    private List<String> outcomes(Run run) {
        return hub.texts(
                "select s.code || ' ' || outcome || ' ' || days || ' ' || documents || ' ' || differences || ' ' || fresh || coalesce(' ' || said, '') from reconciliation_round join store s on s.id = store_id where run_id = "
                        + run.id() + " order by 1");
    }

    @Test
    void every_store_is_told_once_and_what_it_found_is_the_result() {
        report(hub, id("LEJOS"), "2025-11-03T14:00:00Z", true);
        report(hub, id("NORTE"), "2025-11-01T14:00:00Z", true);
        hub.onOrder = (store, command) -> {
            told.add(store);
            if (store.equals(id("CENTRO"))) report(hub, store, "2025-11-03T15:00:00Z", true);
            if (store.equals(id("NORTE"))) report(hub, store, "2025-11-03T15:00:00Z", false);
            if (store.equals(id("SUR")))
                hub.sql.sql("""
                        insert into store_answer (command_id, store_id, kind, ordered_at, ordered_by, answered_at, exit_status, lines)
                        values (:command, :store, 'RECONCILE', now(), 'x', now(), 1, 'no se pudo conciliar: disco')
                        """).param("command", command).param("store", store).update();
        };
        Run run = hub.run("reconciliation", Map.of());

        assertThat(run.status()).isEqualTo(Status.DONE);
        assertThat(told).containsExactlyInAnyOrder(id("CENTRO"), id("NORTE"), id("SUR"));
        assertThat(outcomes(run))
                .containsExactly(
                        "CENTRO EQUAL 2 40 0 false",
                        "LEJOS EQUAL 2 40 0 true",
                        "NORTE DIFFERENT 2 40 1 false",
                        "SUR FAILED 0 0 0 false no se pudo conciliar: disco");
        assertThat(run.message())
                .isEqualTo(
                        "Conciliadas 3 de 4 tiendas: 120 documentos de 6 días. Se enviaron otra vez 3 que faltaban en el hub y se repararon 0. Difieren: NORTE (1). No pudieron: SUR.");
    }

    @Test
    void a_store_that_is_not_heard_of_is_not_waited_for() {
        long run = Hub.done(hub.jobs().start("reconciliation", Map.of("store", "norte"), Map.of(), "marta"))
                .id();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> hub.one("select count(*) from reconciliation_round where asked_at is not null", Long.class)
                        == 1);
        hub.execute("update reconciliation_round set asked_at = asked_at - interval '5 minutes'");
        Run ended = hub.ended(run);
        assertThat(outcomes(ended)).containsExactly("NORTE SILENT 0 0 0 false");
        assertThat(ended.message()).endsWith("No contestaron, se concilian solas cuando vuelvan: NORTE.");
    }

    @Test
    void a_store_that_nobody_knows_is_refused_with_a_sentence() {
        long run = Hub.done(hub.jobs().start("reconciliation", Map.of("store", "NADA"), Map.of(), "marta"))
                .id();
        Run ended = hub.ended(run);
        assertThat(ended.status()).isEqualTo(Status.FAILED);
        assertThat(ended.message()).contains("No hay ninguna tienda abierta con la clave NADA.");
    }
}
