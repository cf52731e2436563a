package mx.refahub.batch;

import static mx.refahub.batch.Hub.PARTS;
import static mx.refahub.batch.Hub.part;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mx.refahub.batch.run.SpringBatchJobs;
import mx.refahub.domain.job.JobRules;
import mx.refahub.domain.job.JobRules.Terms;
import mx.refahub.domain.job.Jobs.Run;
import mx.refahub.domain.job.Jobs.Status;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.UserId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a run may take, how often it is taken up, and what runs after what. */
class RulesTest {
    private static final Person ANA = new Person(new UserId(UUID.randomUUID()), "Ana", Role.ADMIN);
    private static final UUID ONE = UUID.fromString("01890000-0000-7000-8000-00000000a001");
    private static final UUID TWO = UUID.fromString("01890000-0000-7000-8000-00000000a002");

    @TempDir
    Path folder;

    private Hub hub;
    private JobRules rules;

    @BeforeEach
    void open() {
        hub = new Hub(folder, 100);
        rules = hub.jobs().rules();
    }

    @AfterEach
    void close() {
        hub.close();
    }

    private void follow(UUID id, String job, String after, boolean onlyChanged) {
        Hub.done(rules.follow(id, job, after, onlyChanged, Map.of(), ANA));
    }

    private long runsOf(String job) {
        return hub.one("select count(*) from job_run where job = '" + job + "'", Long.class);
    }

    private void settles() {
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(60))
                .until(() -> hub.one("select count(*) from job_run where ended_at is null", Long.class) == 0);
        hub.jobs().turn();
    }

    @Test
    void what_is_decided_of_a_job_holds_until_it_is_taken_back() {
        Terms terms = new Terms(
                " Compras ", Duration.ofMinutes(30), 3, Duration.ofMinutes(2), List.of("ADMIN", "Ana@Example.MX "));
        JobRules.Rule own = rules.all().stream()
                .filter(rule -> rule.job().equals("index-build"))
                .findFirst()
                .orElseThrow();
        assertThat(own.changedBy()).isNull();

        JobRules.Rule put = Hub.done(rules.put("index-build", terms, ANA));
        assertThat(put.terms())
                .isEqualTo(new Terms(
                        "Compras",
                        Duration.ofMinutes(30),
                        3,
                        Duration.ofMinutes(2),
                        List.of("ADMIN", "ana@example.mx")));
        assertThat(put.changedBy()).isEqualTo("Ana");
        assertThat(Hub.done(rules.reset("index-build", ANA))).isEqualTo(own);
        Hub.done(rules.put("index-build", own.terms(), ANA));
        assertThat(hub.decided)
                .as("what changes nothing is no change")
                .containsExactly(
                        "Ana RULE_PUT index-build in-charge|ADMIN|Compras timeout|7200|1800 retries|2|3 retry-after|300|120 told|ADMIN|ADMIN, ana@example.mx",
                        "Ana RULE_RESET index-build in-charge|Compras|ADMIN timeout|1800|7200 retries|3|2 retry-after|120|300 told|ADMIN, ana@example.mx|ADMIN");
        assertThat(Hub.refused(rules.put("nada", terms, ANA)).code()).isEqualTo("job-unknown");
    }

    @Test
    void a_run_that_takes_too_long_is_stopped_though_it_waits_in_the_database_and_taken_up_again_by_another_process()
            throws Exception {
        Hub.done(rules.put(
                "view-refresh", new Terms("ADMIN", Duration.ofHours(1), 1, Duration.ofHours(1), List.of()), ANA));
        long run;
        try (Connection other = hub.database.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table fitment in access exclusive mode");
            run = hub.begin("view-refresh", Map.of());
            await().pollInterval(Duration.ofMillis(20))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> hub.one(
                                    "select count(*) from pg_stat_activity where application_name = 'refahub run " + run
                                            + "' and wait_event_type = 'Lock'",
                                    Long.class)
                            == 1);
            hub.execute("update job_run set timeout_at = clock_timestamp() - interval '1 second'");
            // Asked first, then ended in the database.
            hub.jobs().turn();
            hub.jobs().turn();
            Run late = hub.ended(run);
            assertThat(late.status()).isEqualTo(Status.FAILED);
            assertThat(late.message())
                    .contains("Pasó de su límite de tiempo (1 h)")
                    .contains("Se reanuda por sí solo en 1 h (1 de 1).");
            other.rollback();
        }
        hub.jobs().turn();
        assertThat(hub.ended(run).status()).as("its time has not come").isEqualTo(Status.FAILED);

        hub.restart();
        hub.execute("update job_run set retry_at = clock_timestamp() - interval '1 second'");
        hub.jobs().turn();
        assertThat(hub.ended(run).status()).isEqualTo(Status.DONE);
        assertThat(hub.jobs().rules().views().getFirst().refreshedAt()).isNotNull();
    }

    @Test
    void a_job_follows_another_once_for_each_end_and_where_it_is_told_so_only_if_something_changed() {
        follow(ONE, "view-refresh", "catalogue-import", true);
        follow(TWO, "reorder-alerts", "view-refresh", false);
        String parts = PARTS + part("FRI", "R-1", "Balata", "100.00");

        hub.feed("catalogue-import", "parts", parts);
        await().atMost(Duration.ofSeconds(60)).until(() -> runsOf("reorder-alerts") == 1);
        settles();
        hub.feed("catalogue-import", "parts", parts);
        settles();

        assertThat(runsOf("view-refresh")).as("the second one changed nothing").isEqualTo(1);
        assertThat(runsOf("reorder-alerts")).isEqualTo(1);
        JobRules.After followed = rules.afters().getFirst();
        assertThat(followed.job()).isEqualTo("view-refresh");
        assertThat(followed.last().started()).isNotNull();
        assertThat(hub.texts("select started_by from job_run where job = 'view-refresh'"))
                .containsExactly("después de la corrida 1");
    }

    @Test
    void whoever_dies_between_an_end_and_what_follows_it_starts_it_once() {
        follow(ONE, "view-refresh", "index-build", false);
        SpringBatchJobs other = hub.another();
        try {
            // Its process died when it had written the end and nothing else.
            hub.execute("""
                insert into job_run (job, cause, owner, started_by, started_at, ended_at, status, changed)
                values ('index-build', gen_random_uuid(), 'hub-dead', 'Ana', '2025-11-03T15:00:00Z', '2025-11-03T15:00:00Z', 'DONE', false)
                """);
            other.turn();
            hub.jobs().turn();
            settles();
            assertThat(runsOf("view-refresh")).isEqualTo(1);
            // Another one died when it had started the run, before it wrote that down.
            hub.execute("delete from job_followed");
            other.turn();
            hub.jobs().turn();
            settles();
            assertThat(runsOf("view-refresh")).isEqualTo(1);
            assertThat(hub.count("job_followed")).isEqualTo(1);
        } finally {
            other.stop();
        }
    }

    @Test
    void ends_while_it_still_runs_share_one_more_run() {
        follow(ONE, "view-refresh", "index-build", false);
        hub.execute("""
            insert into job_run (job, cause, owner, started_by, started_at, status, lease_until)
            values ('view-refresh', gen_random_uuid(), 'hub-elsewhere', 'Ana', now(), 'RUNNING', now() + interval '1 hour')
            """);
        hub.run("index-build", Map.of());
        hub.run("index-build", Map.of());
        hub.jobs().turn();
        assertThat(runsOf("view-refresh")).isEqualTo(1);
        assertThat(hub.count("job_followed")).isZero();

        hub.execute("update job_run set status = 'DONE', ended_at = now() where owner = 'hub-elsewhere'");
        hub.jobs().turn();
        settles();

        assertThat(runsOf("view-refresh")).isEqualTo(2);
        assertThat(hub.count("job_followed")).isEqualTo(2);
    }

    @Test
    void what_would_in_the_end_follow_itself_is_refused() {
        follow(ONE, "view-refresh", "index-build", false);
        follow(TWO, "reorder-alerts", "view-refresh", false);
        UUID three = UUID.randomUUID();
        assertThat(Hub.refused(rules.follow(three, "index-build", "reorder-alerts", false, Map.of(), ANA))
                        .code())
                .isEqualTo("job-after-cycle");
        assertThat(Hub.refused(rules.follow(three, "index-build", "index-build", false, Map.of(), ANA))
                        .code())
                .isEqualTo("job-after-cycle");
        assertThat(Hub.refused(rules.follow(three, "view-refresh", "index-build", true, Map.of(), ANA))
                        .code())
                .isEqualTo("job-after-known");
        assertThat(Hub.refused(rules.follow(three, "catalogue-import", "index-build", true, Map.of(), ANA))
                        .code())
                .isEqualTo("schedule-needs-file");
        assertThat(Hub.refused(rules.follow(three, "catalogue-undo", "index-build", true, Map.of(), ANA))
                        .code())
                .isEqualTo("job-parameter-missing");
        Hub.done(rules.unfollow(ONE, ANA));
        assertThat(Hub.refused(rules.unfollow(ONE, ANA)).code()).isEqualTo("job-after-unknown");
        assertThat(Hub.done(rules.follow(three, "index-build", "reorder-alerts", false, Map.of(), ANA))
                        .job())
                .isEqualTo("index-build");
    }

    @Test
    void who_is_to_be_told_is_told_when_a_run_has_failed_for_good_and_a_letter_that_fails_keeps_no_run_open() {
        hub.execute(
                "insert into job_terms (job, in_charge, retries, retry_after_seconds, told, changed_by, changed_at) values ('retention', 'ADMIN', 0, 60, '{ADMIN,ana@refa.mx}', 'x', now())");
        long first = Hub.done(hub.jobs().start("retention", Map.of("months", "12"), Map.of(), "marta"))
                .id();
        assertThat(hub.ended(first).status()).isEqualTo(Status.FAILED);
        assertThat(hub.letters)
                .singleElement()
                .asString()
                .startsWith("JOB_FAILED [ADMIN][ana@refa.mx] retention ")
                .contains("al menos 60 meses");

        hub.beforeLetter = () -> {
            throw new IllegalStateException("no template");
        };
        long second = Hub.done(hub.jobs().start("retention", Map.of("months", "12"), Map.of(), "marta"))
                .id();
        assertThat(hub.ended(second).status()).isEqualTo(Status.FAILED);
        assertThat(hub.letters).hasSize(1);
    }
}
