package mx.refahub.batch;

import static mx.refahub.batch.Hub.PARTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import mx.refahub.batch.backup.BackupSettings;
import mx.refahub.domain.job.Jobs.Run;
import mx.refahub.domain.job.Jobs.RunFile;
import mx.refahub.domain.job.Jobs.Status;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/**
 * A job of each kind breaks off again and again, wherever it just is, also where it would write down that it broke off, and is taken up each time: in the end there is what
 * a run left alone leaves. The database goes away at one connection after another; for the transaction that is the same as a process that dies.
 */
class BrokenOffTest {
    /** At which of its connections a try breaks off: in Batch's own bookkeeping, in a step, at the end. */
    private static final int[] BREAKS = {2, 7, 13, 22};

    @TempDir
    Path folder;

    private record Work(Map<String, String> parameters, Map<String, String> files, List<String> results) {}

    private static Work work(String job) {
        return switch (job) {
            case "index-build" -> plain("select version::text from stream_version where stream = 'catalogue'");
            case "abc-classes" ->
                plain(
                        "select part_number || coalesce(abc, '-') from stock_on_hand join part on part.id = part_id order by 1");
            case "reorder-alerts" ->
                plain(
                        "select part_number || kind || point || ' ' || to_order from reorder_alert join part on part.id = part_id where resolved_at is null order by 1");
            case "history-prune" -> plain("select count(*)::text from job_run where job = 'catalogue-import'");
            case "backup" -> plain("select count(*)::text from backup where deleted_at is null and problem is null");
            case "backup-verify" ->
                plain(
                        "select coalesce(problem, 'fine') from backup where verified_at is not null",
                        "select count(*)::text from pg_namespace where nspname like 'refahub_%'");
            case "catalogue-import" ->
                new Work(
                        Map.of(),
                        Map.of(
                                "parts",
                                PARTS
                                        + Hub.part("FRI", "1", "Bujia de iridio", "120.00")
                                        + Hub.part("FRI", "3", "Balata", "99.00")),
                        List.of(
                                "select part_number || name_es from part order by 1",
                                "select version::text from stream_version where stream in ('catalogue', 'prices') order by 1"));
            case "view-refresh" -> plain("select preview from part_vehicle_preview order by 1");
            case "stock-check" -> plain("select what || ledger || ' ' || summary from stock_difference order by 1");
            case "reconciliation" ->
                plain(
                        "select s.code || outcome || documents || ' ' || days from reconciliation_round join store s on s.id = store_id order by 1",
                        "select count(distinct command_id)::text from store_answer");
            case "retention" ->
                new Work(Map.of("months", "60"), Map.of(), List.of("select count(*)::text from reconciliation"));
            case "catalogue-export" -> plain();
            case "classify" ->
                new Work(
                        Map.of(),
                        Map.of("rules", "words,category\nbujia,Encendido\n"),
                        List.of(
                                "select part_number || category from part order by 1",
                                "select version::text from stream_version where stream = 'catalogue'"));
            case "opening-stock" ->
                new Work(
                        Map.of(),
                        Map.of(
                                "stock",
                                "store_code,line_code,part_number,quantity,bin,unit_cost\nCENTRO,FRI,1,12,A-02,250.50\nCENTRO,FRI,2,7,,3\n"),
                        List.of(
                                "select part_number || on_hand || ' ' || value from stock_on_hand join part on part.id = part_id order by 1",
                                "select kind || quantity || ' ' || value from stock_movement order by 1"));
            case "price-sync" ->
                new Work(
                        Map.of("supplier", "ACME"),
                        Map.of(
                                "prices",
                                "line_code,part_number,cost\nFRI,1,100\nFRI,2,50\n",
                                "formulas",
                                "brand,category,cost_from,level,method,percent,ending\n,,,PUBLIC,MARKUP,40,\n"),
                        List.of(
                                "select part_number || level || r.amount from price_rule r join part p on p.id::text = r.target_value where withdrawn_version is null order by 1",
                                "select version::text from stream_version where stream = 'prices'"));
            default -> throw new IllegalArgumentException(job);
        };
    }

    private static Work plain(String... results) {
        return new Work(Map.of(), Map.of(), List.of(results));
    }

    private static BackupSettings backups(Path home) throws IOException {
        return new BackupSettings(
                Files.writeString(home.resolve("frase.txt"), "tres tristes tigres\n")
                        .toString(),
                home.resolve("copies"),
                5,
                Duration.ofDays(30),
                Map.of(),
                new BackupSettings.S3("", "us-east-1", "", "", "", "", DataSize.ofMegabytes(5)));
    }

    private Hub hub(String name, String job) throws IOException {
        Path home = Files.createDirectories(folder.resolve(name));
        Hub hub = new Hub(home, 1, backups(home));
        hub.store("CENTRO");
        hub.feed(
                "catalogue-import",
                "parts",
                PARTS
                        + Hub.part("FRI", "1", "Bujia", "116.00").replace("Frenos/Balatas", "")
                        + Hub.part("FRI", "2", "Disco", "232.00"),
                "fitments",
                Hub.FITMENTS + "FRI,1,VW,Jetta,2011,2018,,,\n");
        hub.execute("""
            insert into stock_on_hand (store_id, part_id, on_hand, value, as_of)
            select s.id, p.id, 2000, 7700, '2025-01-01T00:00:00Z'
            from store s, part p
            """);
        hub.execute("""
            insert into stock_movement (id, store_id, part_id, kind, quantity, cause, at)
            select gen_random_uuid(), s.id, p.id, 'SALE', -1000, gen_random_uuid(), day
            from store s, part p, generate_series('2025-10-01'::timestamptz, '2025-11-02', '1 day') day
            where p.part_number = '2'
            """);
        hub.execute("""
            insert into job_run (job, cause, owner, started_by, started_at, ended_at, status)
            select 'catalogue-import', gen_random_uuid(), 'x', 'x', '2001-01-01T00:00:00Z', '2001-01-01T00:00:00Z', 'DONE'
            from generate_series(1, 60)
            """);
        if (job.equals("backup-verify")) hub.run("backup", Map.of());
        // A store that is told to compare itself does so once, however often it is told.
        hub.onOrder = (store, command) -> {
            int first = hub.sql
                    .sql("""
                    insert into store_answer (command_id, store_id, kind, ordered_at, ordered_by)
                    values (:command, :store, 'RECONCILE', now(), 'x')
                    on conflict (command_id) do nothing
                    """)
                    .param("command", command)
                    .param("store", store)
                    .update();
            if (first == 1) ReconcileStoresTest.report(hub, store, "2025-11-03T15:00:00Z", true);
        };
        return hub;
    }

    private static long begin(Hub hub, String job, Work work) {
        Map<String, Path> files = new LinkedHashMap<>();
        work.files().forEach((name, text) -> files.put(name, hub.file(name, text)));
        return Hub.done(hub.jobs().start(job, work.parameters(), files, "marta"))
                .id();
    }

    /** What there is when the job is done, approved where it asks. */
    private static List<String> results(Hub hub, String job, Work work, boolean broken) {
        AtomicInteger connections = new AtomicInteger();
        AtomicInteger breaks = new AtomicInteger();
        if (broken)
            hub.doors.before(() -> {
                if (!Thread.currentThread().getName().matches("job-[0-9]+") || breaks.get() >= BREAKS.length) return;
                if (connections.incrementAndGet() != BREAKS[breaks.get()]) return;
                connections.set(0);
                breaks.incrementAndGet();
                throw new IllegalStateException("the database is away");
            });
        long run = begin(hub, job, work);
        Run settled = settled(hub, run);
        for (int tries = 0; settled.status() != Status.DONE && tries < 2 * BREAKS.length + 2; tries++) {
            if (settled.status() == Status.WAITING_FOR_APPROVAL)
                Hub.done(hub.jobs().approve(run, "marta"));
            else Hub.done(hub.jobs().restart(run));
            connections.set(0);
            settled = settled(hub, run);
        }
        assertThat(settled.status()).as(settled.message()).isEqualTo(Status.DONE);
        if (broken) assertThat(breaks.get()).as("it broke off").isPositive();
        hub.doors.before(() -> {});
        List<String> results = new ArrayList<>();
        for (String query : work.results()) results.addAll(hub.texts(query));
        for (RunFile file : hub.jobs().files(run))
            try {
                results.add(file.name()
                        + Files.readString(hub.jobs().file(run, file.name()).orElseThrow()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        results.add(String.valueOf(hub.index.published.size()));
        return results;
    }

    /** Where not even its end could be written down, it is found by the clock. */
    private static Run settled(Hub hub, long run) {
        await().pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(60))
                .until(() -> {
                    Status status = hub.jobs().run(run).orElseThrow().status();
                    if (status.isFinal() || status == Status.WAITING_FOR_APPROVAL) return true;
                    hub.jobs().turn();
                    return false;
                });
        return hub.jobs().run(run).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "index-build",
                "abc-classes",
                "reorder-alerts",
                "history-prune",
                "catalogue-export",
                "classify",
                "opening-stock",
                "price-sync",
                "view-refresh",
                "stock-check",
                "reconciliation",
                "retention",
                "backup",
                "backup-verify",
                "catalogue-import"
            })
    void a_job_that_breaks_off_again_and_again_ends_as_one_left_alone(String job) throws IOException {
        Work work = work(job);
        List<String> alone;
        try (Hub hub = hub("alone", job)) {
            alone = results(hub, job, work, false);
        }
        try (Hub hub = hub("broken", job)) {
            assertThat(results(hub, job, work, true)).isEqualTo(alone);
        }
    }
}
