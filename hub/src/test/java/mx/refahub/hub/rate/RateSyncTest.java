package mx.refahub.hub.rate;

import static mx.refahub.hub.TestShop.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import mx.refahub.adapters.rate.RateSimulator;
import mx.refahub.batch.catalogue.CatalogueUndo;
import mx.refahub.batch.intake.RejectedRows;
import mx.refahub.batch.rate.FetchRates;
import mx.refahub.batch.run.DayWords;
import mx.refahub.batch.run.Repositories;
import mx.refahub.batch.run.RunFolders;
import mx.refahub.batch.run.SpringBatchJobs;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.IdSource;
import mx.refahub.domain.job.Jobs.Run;
import mx.refahub.domain.job.Jobs.Status;
import mx.refahub.domain.rate.ExchangeRate;
import mx.refahub.domain.rate.RateSource;
import mx.refahub.domain.stream.Stream;
import mx.refahub.hub.BreakingOff;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.TestShop;
import mx.refahub.hub.access.AuditTrail;
import mx.refahub.hub.stream.Publications;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The job rate-sync over the hub's own books and a source that publishes on weekdays. */
class RateSyncTest {
    /** A Monday; the week before it has five days with a rate. */
    private static final LocalDate MONDAY = LocalDate.parse("2032-05-17");

    private static final Instant NOON = Instant.parse("2032-05-17T18:00:00Z");

    @TempDir
    Path folder;

    private final RateSimulator simulator = new RateSimulator();
    private final List<LocalDate> asked = new ArrayList<>();
    private PostgresRateDesk desk;
    private SpringBatchJobs jobs;

    @BeforeEach
    void open() {
        TestShop.open();
        begin(Optional.of(source()));
    }

    private RateSource source() {
        return new RateSource() {
            @Override
            public String name() {
                return simulator.name();
            }

            @Override
            public Optional<ExchangeRate> published(Currency currency, LocalDate day) {
                asked.add(day);
                return simulator.published(currency, day);
            }
        };
    }

    private void begin(Optional<RateSource> source) {
        if (jobs != null) jobs.stop();
        desk = new PostgresRateDesk(
                TestHub.bean(RateTable.class),
                source,
                TestHub.bean(RateSettings.class),
                TestHub.bean(Publications.class),
                TestHub.bean(AuditTrail.class),
                Clock.fixed(NOON, ZoneOffset.UTC),
                TestHub.bean(TransactionTemplate.class));
        DataSource dataSource = TestHub.bean(DataSource.class);
        JdbcTransactionManager transactions = new JdbcTransactionManager(dataSource);
        Workshop workshop = new Workshop(
                Repositories.jdbc(dataSource, transactions),
                transactions,
                dataSource,
                new RunFolders(folder.resolve("jobs")),
                TestHub.CLOCK,
                1_000);
        jobs = new SpringBatchJobs(
                workshop,
                List.of(FetchRates.definition(workshop, desk)),
                new RejectedRows(dataSource),
                CatalogueUndo.undoing(workshop),
                TestHub.bean(IdSource.class),
                new SpringBatchJobs.Policy(
                        "rate-sync-test", Duration.ofDays(1), Duration.ofSeconds(5), Duration.ofSeconds(20)));
        jobs.start();
    }

    @AfterEach
    void close() {
        jobs.stop();
        TestHub.sql().sql("delete from exchange_rate where day > '2032-01-01'").update();
        TestHub.sql().sql("delete from job_run where job = 'rate-sync'").update();
    }

    private Run run(Map<String, String> parameters, boolean broken) {
        return BreakingOff.done(
                jobs,
                () -> done(jobs.start("rate-sync", parameters, Map.of(), "Elena"))
                        .id(),
                broken,
                () -> {});
    }

    private List<String> known() {
        return TestHub.sql()
                .sql(
                        "select day || ' ' || coalesce(by_hand::text, '-') || ' ' || coalesce(published::text, '-') from exchange_rate where day > '2032-01-01' order by day")
                .query(String.class)
                .list();
    }

    private static long version() {
        return TestHub.bean(Publications.class).current().get(Stream.SETTINGS);
    }

    private String published(LocalDate day) {
        return day + " - "
                + simulator
                        .published(ExchangeRate.USD, day)
                        .orElseThrow()
                        .pesos()
                        .setScale(4)
                        .toPlainString();
    }

    @Test
    void the_days_that_are_not_known_yet_are_brought_and_a_second_run_changes_nothing() {
        long before = version();
        done(desk.set(MONDAY, new BigDecimal("19.5"), true, "Ana"));

        Run run = run(Map.of(), false);

        List<String> week = known();
        assertThat(week)
                .containsExactly(
                        published(MONDAY.minusDays(6)),
                        published(MONDAY.minusDays(5)),
                        published(MONDAY.minusDays(4)),
                        published(MONDAY.minusDays(3)),
                        published(MONDAY).replace(" - ", " 19.5000 "));
        assertThat(asked).hasSize(7);
        assertThat(version()).as("told to the stores").isEqualTo(before + 6);
        assertThat(run.message())
                .isEqualTo("Días traídos: 5. Vale 19.50 pesos por dólar, del " + DayWords.of(MONDAY) + ".");
        asked.clear();

        Run again = run(Map.of(), false);

        assertThat(known()).isEqualTo(week);
        assertThat(asked).as("only days without one").containsExactly(MONDAY.minusDays(2), MONDAY.minusDays(1));
        assertThat(version()).isEqualTo(before + 6);
        assertThat(again.message()).startsWith("No había nada nuevo publicado.");
    }

    @Test
    void a_run_that_breaks_off_again_and_again_brings_each_day_once() {
        long before = version();
        long audited = audited();
        run(Map.of("days", "20"), true);

        assertThat(known()).hasSize(14);
        assertThat(version()).as("each day was told of once").isEqualTo(before + 14);
        assertThat(audited()).as("and written down once").isEqualTo(audited + 14);
    }

    private static long audited() {
        return TestHub.sql()
                .sql("select count(*) from audit where act = 'rate-published' and subject like '2032-%'")
                .query(Long.class)
                .single();
    }

    @Test
    void a_source_that_is_away_is_asked_again_by_itself_and_the_rate_that_is_known_stays() {
        done(desk.set(MONDAY.minusDays(10), new BigDecimal("17.1"), true, "Ana"));
        simulator.be(RateSimulator.Mood.DOWN);
        long id = done(jobs.start("rate-sync", Map.of("days", "1"), Map.of(), "Elena"))
                .id();
        Run away = ended(id);

        assertThat(away.status()).isEqualTo(Status.FAILED);
        assertThat(away.message())
                .contains("no contesta. Mientras, vale el último conocido")
                .contains("Se reanuda por sí solo en 10 min (1 de 6).");
        assertThat(desk.holding(MONDAY).orElseThrow().text()).isEqualTo("17.10");

        simulator.be(RateSimulator.Mood.WELL);
        TestHub.sql()
                .sql("update job_run set retry_at = clock_timestamp() - interval '1 second' where id = ?")
                .param(id)
                .update();
        jobs.turn();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> jobs.run(id).orElseThrow().status() == Status.DONE);
        assertThat(desk.holding(MONDAY).orElseThrow().day()).isEqualTo(MONDAY);
    }

    @Test
    void an_answer_that_makes_no_sense_ends_the_run_with_what_to_do_and_without_a_source_there_is_nothing_to_ask() {
        simulator.be(RateSimulator.Mood.NONSENSE);
        Run nonsense =
                ended(done(jobs.start("rate-sync", Map.of(), Map.of(), "Elena")).id());
        assertThat(nonsense.status()).isEqualTo(Status.FAILED);
        assertThat(nonsense.message()).contains("no es un tipo de cambio").doesNotContain("Se reanuda");
        done(jobs.abandon(nonsense.id(), "Elena"));

        begin(Optional.empty());
        assertThat(run(Map.of(), false).message())
                .isEqualTo("No hay un origen de tipos de cambio: se capturan a mano en Tipo de cambio.");
    }

    @Test
    void a_published_rate_that_nothing_known_is_near_is_not_taken_until_somebody_who_believes_it_sets_it_by_hand() {
        TestHub.sql().sql("delete from exchange_rate").update();
        BigDecimal[] says = {new BigDecimal("175.0200")};
        begin(Optional.of(new RateSource() {
            @Override
            public String name() {
                return "banco";
            }

            @Override
            public Optional<ExchangeRate> published(Currency currency, LocalDate day) {
                return Optional.of(new ExchangeRate(currency, day, says[0]));
            }
        }));
        assertThat(TestShop.refused(desk.fetch("banco"))).isEqualTo("rate-published-strange");
        Run first = ended(done(jobs.start("rate-sync", Map.of("days", "1"), Map.of(), "Elena"))
                .id());
        assertThat(first.status()).isEqualTo(Status.FAILED);
        assertThat(first.message())
                .contains("(banco) dice 175.02 pesos por dólar")
                .contains("no se tomó")
                .doesNotContain("Se reanuda");
        assertThat(known()).isEmpty();

        says[0] = new BigDecimal("17.5020");
        done(jobs.restart(first.id()));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> jobs.run(first.id()).orElseThrow().status() == Status.DONE);
        assertThat(known()).containsExactly(MONDAY + " - 17.5020");
        // The house's own rate may be far off; the next published one is measured by the published ones too.
        done(desk.set(MONDAY, new BigDecimal("14"), true, "Ana"));
        done(desk.fetch("banco"));
        says[0] = new BigDecimal("1.7502");
        assertThat(TestShop.refused(desk.fetch("banco"))).isEqualTo("rate-published-strange");
        done(desk.set(MONDAY, new BigDecimal("1.75"), true, "Ana"));
        done(desk.fetch("banco"));
        assertThat(known()).containsExactly(MONDAY + " 1.7500 1.7502");
    }

    private Run ended(long id) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> jobs.run(id).orElseThrow().status().isFinal());
        return jobs.run(id).orElseThrow();
    }
}
