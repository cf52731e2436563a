package mx.refahub.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import mx.refahub.domain.job.Jobs.Change;
import mx.refahub.domain.job.Jobs.Run;
import mx.refahub.domain.job.Jobs.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Today is 3 November 2025. */
class RetentionTest {
    @TempDir
    Path folder;

    private Hub hub;

    @BeforeEach
    void open() {
        hub = new Hub(folder, 100);
    }

    @AfterEach
    void close() {
        hub.close();
    }

    private Run run(String job, Map<String, String> parameters) {
        return hub.settled(
                Hub.done(hub.jobs().start(job, parameters, Map.of(), "marta")).id());
    }

    @Test
    void documents_of_one_moment_are_passed_by_batches_and_none_is_left_between_two() {
        hub.store("CEN");
        hub.execute("""
            insert into document (store_id, epoch, sequence, id, key, type, schema, occurred_at, after, previous_hash, hash, signature, body, landed_at)
            select id, 1, n, gen_random_uuid(), 'k', 'sale', 1, '2018-01-01', '{}', '', '', '', 'text', '2018-01-01'
            from store, generate_series(1, 1201) n
            """);
        hub.execute("insert into document_applied (id, applied_at) select id, now() from document");
        hub.execute("""
            insert into reconciliation (id, store_id, cause, at, first_sequence, last_sequence, documents, cells, exchanged, sent_again, mended, incomplete)
            select gen_random_uuid(), id, 'NIGHT', now(), 1, 1201, 1201, 1, 0, 0, 0, false
            from store
            """);

        Run done = run("retention", Map.of());

        assertThat(done.message()).contains("1,201 textos");
        assertThat(hub.one("select count(*) from document where octet_length(body) > 0", Long.class))
                .isZero();
    }

    private void runs(String job, String status, String ended, int count) {
        hub.execute("""
            insert into job_run (job, cause, owner, started_by, started_at, ended_at, status)
            select '%s', gen_random_uuid(), 'x', 'x', '%s', '%s', '%s'
            from generate_series(1, %d)
            """.formatted(job, ended, ended, status, count));
    }

    @Test
    void old_runs_go_after_somebody_has_seen_how_many_but_never_those_that_something_rests_on() throws Exception {
        Run first = hub.run("view-refresh", Map.of());
        hub.execute("update job_run set started_at = '2024-01-01T00:00:00Z', ended_at = '2024-01-01T00:00:00Z'");
        runs("view-refresh", "DONE", "2024-01-02T00:00:00Z", 2);
        runs("view-refresh", "FAILED", "2025-02-01T00:00:00Z", 1);
        runs("erp-exchange", "DONE", "2020-01-01T00:00:00Z", 1);
        hub.execute(
                "insert into accounting_export (target, run_id, until, taken_by, taken_at) select 'SHEET', id, '2020-01-01', 'x', now() from job_run where job = 'erp-exchange'");
        runs("view-refresh", "DONE", "2025-11-01T00:00:00Z", 1);
        // Of a job that starts at this moment.
        hub.execute(
                "insert into batch_job_instance (job_instance_id, version, job_name, job_key) values (-1, 0, 'index-build', 'x')");
        Path made = Files.createDirectories(folder.resolve("jobs").resolve("made-" + first.id()));
        Files.writeString(made.resolve("x.csv"), "x");

        Run waiting = run("history-prune", Map.of("keep", "1", "approve", "true"));
        assertThat(waiting.status()).as(waiting.message()).isEqualTo(Status.WAITING_FOR_APPROVAL);
        assertThat(hub.jobs().preview(waiting.id()).orElseThrow().changes())
                .extracting(Change::kind, Change::count)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Change.Kind.RUN_REMOVED, 3L));
        assertThat(hub.count("job_run")).isEqualTo(7);

        Hub.done(hub.jobs().approve(waiting.id(), "marta"));
        Run done = hub.ended(waiting.id());
        assertThat(done.status()).as(done.message()).isEqualTo(Status.DONE);
        assertThat(done.message()).contains("3 corridas viejas");
        assertThat(hub.texts("select job || ' ' || status from job_run order by id"))
                .containsExactly("view-refresh FAILED", "erp-exchange DONE", "view-refresh DONE", "history-prune DONE");
        assertThat(hub.one("select count(*) from batch_job_instance", Long.class))
                .as("its own, and that of the one that starts")
                .isEqualTo(2);
        assertThat(made).doesNotExist();
    }

    @Test
    void of_old_documents_the_text_goes_where_they_are_applied_and_reconciled_and_nobody_says_that_they_differ() {
        hub.store("CEN");
        for (int i = 1; i <= 5; i++)
            hub.execute("""
            insert into document (store_id, epoch, sequence, id, key, type, schema, occurred_at, after, previous_hash, hash, signature, body, landed_at)
            select id, 1, %d, gen_random_uuid(), 'k', 'sale', 1, '%s', '{}', '', '', '', 'text', '%s'
            from store
            """.formatted(i, i == 5 ? "2025-01-01" : "2018-01-01", i == 5 ? "2025-01-01" : "2018-01-01"));
        // 1 is applied and reconciled, 2 is not applied, 3 differs, 4 is beyond what was reconciled, 5 is young.
        hub.execute("insert into document_applied (id, applied_at) select id, now() from document where sequence <> 2");
        hub.execute("""
            insert into document_to_apply (id, store_id, key, epoch, sequence)
            select id, store_id, key, epoch, sequence
            from document
            where sequence = 2
            """);
        hub.execute("""
            insert into reconciliation (id, store_id, cause, at, first_sequence, last_sequence, documents, cells, exchanged, sent_again, mended, incomplete)
            select gen_random_uuid(), id, 'NIGHT', now(), 1, 3, 3, 1, 0, 0, 0, false
            from store
            """);
        hub.execute("""
            insert into reconciliation_finding (id, store_id, sequence, kind, day, type, found_at, last_found_at)
            select gen_random_uuid(), id, 3, 'DIFFERS', '2018-01-01', 'sale', now(), now()
            from store
            """);

        Run tooSoon = run("retention", Map.of("months", "12"));
        assertThat(tooSoon.status()).isEqualTo(Status.FAILED);
        assertThat(tooSoon.message()).contains("al menos 60 meses");
        Run done = run("retention", Map.of());

        assertThat(done.status()).as(done.message()).isEqualTo(Status.DONE);
        assertThat(hub.texts("select sequence || encode(body, 'escape') from document order by sequence"))
                .containsExactly("1", "2text", "3text", "4text", "5text");
        assertThat(run("retention", Map.of()).message()).contains("No había nada");
    }
}
