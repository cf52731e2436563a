package mx.refahub.hub.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.job.Cron;
import mx.refahub.domain.job.DaysOff;
import mx.refahub.domain.job.OfficialDays;
import mx.refahub.domain.job.RuleTrail;
import mx.refahub.domain.job.RuleTrail.Act;
import mx.refahub.domain.job.Schedules.Missed;
import mx.refahub.domain.job.Schedules.OnDayOff;
import mx.refahub.domain.job.Schedules.Plan;
import mx.refahub.domain.job.Schedules.Schedule;
import mx.refahub.domain.job.WorkDays;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.store.Role;
import mx.refahub.domain.store.UserId;
import mx.refahub.hub.TestHub;
import mx.refahub.hub.access.AuditTrail;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.springframework.scheduling.quartz.SchedulerFactoryBean;

class SchedulesTest {
    private static final Person ANA = new Person(new UserId(UUID.randomUUID()), "Ana", Role.ADMIN);
    private static final Person EVA = new Person(new UserId(UUID.randomUUID()), "Eva", Role.ADMIN);
    private static final ZoneId PUEBLA = ZoneId.of("America/Mexico_City");
    private static final Plan NIGHTLY = plan("index-build", Map.of(), "0 3 * * *");

    private final DataSource dataSource = TestHub.bean(DataSource.class);
    private final JobsInMemory jobs = new JobsInMemory();
    private final UUID id = UUID.randomUUID();
    private SchedulerFactoryBean factory;
    private Scheduler scheduler;
    private QuartzSchedules schedules;
    private DaysOff daysOff;
    private RuleTrail trail;

    @BeforeEach
    void begin() throws Exception {
        start(true);
    }

    private void start(boolean running) throws Exception {
        Scheduling scheduling = new Scheduling();
        trail = scheduling.ruleTrail(TestHub.bean(AuditTrail.class), dataSource);
        daysOff = scheduling.daysOff(dataSource, Clock.systemUTC(), trail);
        factory = scheduling.scheduler(dataSource, jobs, daysOff);
        factory.afterPropertiesSet();
        scheduler = factory.getObject();
        schedules = scheduling.schedules(scheduler, jobs, Clock.systemUTC(), dataSource, daysOff, trail);
        if (running) factory.start();
    }

    @AfterEach
    void end() throws SchedulerException {
        for (Schedule each : schedules.all()) done(schedules.delete(each.id(), ANA));
        TestHub.sql().sql("delete from day_off").update();
        TestHub.sql().sql("delete from week_day_off").update();
        factory.destroy();
    }

    private static Plan plan(String job, Map<String, String> parameters, String cron) {
        return new Plan(job, parameters, new Cron(cron), PUEBLA, Missed.RUN_ONCE);
    }

    private static <T> T done(Outcome<T> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done<T>) outcome).value();
    }

    private static Refusal refused(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused<?>) outcome).refusal();
    }

    /** As if its time had come. */
    private Schedule fired() throws SchedulerException {
        scheduler.triggerJob(scheduler
                .getJobDetail(org.quartz.JobKey.jobKey(id.toString(), "schedule"))
                .getKey());
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> schedules.find(id).orElseThrow().last() != null);
        return schedules.find(id).orElseThrow();
    }

    /** What was kept of who decided what, oldest first, without what other tests decided before. */
    private List<String> decided(int most) {
        List<String> texts = new ArrayList<>(trail.newest(most).stream()
                .map(one -> one.act() + " "
                        + RuleTrail.Entry.text(one.about(), one.differences())
                                .replace('\n', ' ')
                                .replace('\t', '|'))
                .toList());
        Collections.reverse(texts);
        return texts;
    }

    @Test
    void who_changed_what_from_what_to_what_is_in_the_audit_trail_with_the_change() {
        done(schedules.put(id, NIGHTLY, ANA));
        done(schedules.put(id, NIGHTLY, ANA));
        done(schedules.put(id, plan("index-build", Map.of(), "30 4 * * *"), EVA));
        done(schedules.pause(id, EVA));
        done(schedules.resume(id, EVA));
        done(daysOff.week(Set.of(DayOfWeek.SUNDAY), ANA));
        done(daysOff.put(LocalDate.of(2031, 8, 8), "Inventario", false, ANA));
        done(daysOff.forget(LocalDate.of(2031, 8, 8), ANA));
        done(schedules.delete(id, EVA));

        assertThat(decided(8))
                .containsExactly(
                        "SCHEDULE_MADE index-build job||index-build cron||0 3 * * * zone||America/Mexico_City missed||run_once on-day-off||run",
                        "SCHEDULE_CHANGED index-build cron|0 3 * * *|30 4 * * *",
                        "SCHEDULE_PAUSED index-build cron|30 4 * * *|30 4 * * *",
                        "SCHEDULE_RESUMED index-build cron|30 4 * * *|30 4 * * *",
                        "WEEK_PUT  week||7",
                        "DAY_OFF_PUT 2031-08-08 name||Inventario worked||false",
                        "DAY_OFF_FORGOTTEN 2031-08-08 name|Inventario| worked|false|",
                        "SCHEDULE_DELETED index-build job|index-build| cron|30 4 * * *| zone|America/Mexico_City| missed|run_once| on-day-off|run|");
        assertThat(trail.newest(1).getFirst().act()).isEqualTo(Act.SCHEDULE_DELETED);
    }

    @Test
    void what_ties_and_compares_is_scheduled_each_night_until_somebody_deletes_it_for_good() {
        BroughtSchedules brought = new BroughtSchedules(schedules, jobs, dataSource, Clock.systemUTC());
        TestHub.sql().sql("delete from schedule_brought").update();
        brought.bring();
        brought.bring();
        assertThat(schedules.all())
                .extracting(one -> one.plan().job() + " " + one.plan().cron().text())
                .containsExactlyInAnyOrder(
                        "reconciliation 30 4 * * *", "stock-check 0 3 * * *", "rate-sync 15 6 * * *");
        for (Schedule one : schedules.all()) done(schedules.delete(one.id(), ANA));
        brought.bring();
        assertThat(schedules.all()).isEmpty();
    }

    @Test
    void a_schedule_starts_its_job_and_remembers_the_run() throws Exception {
        done(schedules.put(id, plan("catalogue-export", Map.of("format", "xlsx"), "0 3 * * 1-5"), ANA));
        Schedule fired = fired();
        assertThat(fired.last().run()).isEqualTo(1L);
        assertThat(fired.last().refusal()).isNull();
        assertThat(jobs.started).containsExactly("catalogue-export {format=xlsx} Ana (programado)");
        jobs.busy = true;
        done(schedules.put(id, NIGHTLY, ANA));
        assertThat(schedules.find(id).orElseThrow().last())
                .as("an edit keeps it")
                .isEqualTo(fired.last());
        scheduler.triggerJob(org.quartz.JobKey.jobKey(id.toString(), "schedule"));
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> schedules.find(id).orElseThrow().last().refusal() != null);
        assertThat(schedules.find(id).orElseThrow().last().refusal())
                .isEqualTo(Refusal.of("job-already-running", "index-build"));
    }

    @Test
    void an_edit_made_while_its_time_comes_is_kept() throws Exception {
        done(schedules.put(id, NIGHTLY, ANA));
        Plan later = plan("index-build", Map.of(), "45 5 * * *");
        jobs.meanwhile = () -> done(schedules.put(id, later, EVA));

        fired();
        // Whatever Quartz writes behind a start, it has written once the scheduler has stopped.
        factory.destroy();
        start(true);

        Schedule kept = schedules.find(id).orElseThrow();
        assertThat(kept.plan()).isEqualTo(later);
        assertThat(kept.madeBy()).isEqualTo("Eva");
        assertThat(kept.last().run()).isEqualTo(1L);
    }

    @Test
    void a_time_has_one_cause_and_another_time_another() {
        Instant at = Instant.parse("2025-11-03T09:00:00Z");
        assertThat(StartOfRun.cause(id, at))
                .isEqualTo(StartOfRun.cause(id, at))
                .isNotEqualTo(StartOfRun.cause(id, at.plusSeconds(60)))
                .isNotEqualTo(StartOfRun.cause(UUID.randomUUID(), at));
    }

    @Test
    void it_outlives_the_process_and_a_missed_time_is_made_up_for_once_or_not_at_all() throws Exception {
        UUID skipping = UUID.randomUUID();
        // Half an hour away: none comes due by itself meanwhile.
        String hourly = LocalTime.now(PUEBLA).plusMinutes(30).getMinute() + " * * * *";
        done(schedules.put(id, plan("index-build", Map.of(), hourly), ANA));
        done(schedules.put(skipping, new Plan("view-refresh", Map.of(), new Cron(hourly), PUEBLA, Missed.SKIP), ANA));
        factory.destroy();
        jobs.started.clear();
        // The hub was down for an hour.
        TestHub.sql()
                .sql("update qrtz_triggers set next_fire_time = next_fire_time - 3600000")
                .update();
        start(true);
        assertThat(schedules.find(id).orElseThrow().plan().cron().text()).isEqualTo(hourly);
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> !jobs.started.isEmpty());
        assertThat(jobs.started).containsExactly("index-build {} Ana (programado)");
    }

    @Test
    void paused_it_stays_paused_until_somebody_resumes_it() throws Exception {
        Schedule made = done(schedules.put(id, NIGHTLY, ANA));
        assertThat(made.next()).hasSize(5);
        assertThat(done(schedules.pause(id, ANA)).paused()).isTrue();
        Schedule changed = done(schedules.put(id, plan("index-build", Map.of(), "30 4 * * *"), EVA));
        assertThat(changed.paused()).isTrue();
        assertThat(changed.next()).isEmpty();
        assertThat(changed.madeBy()).isEqualTo("Eva");
        factory.destroy();
        start(true);
        assertThat(schedules.find(id).orElseThrow().paused()).isTrue();
        Schedule resumed = done(schedules.resume(id, ANA));
        assertThat(resumed.paused()).isFalse();
        assertThat(resumed.next().getFirst()).isAfter(Instant.now());
        assertThat(done(schedules.put(id, resumed.plan(), EVA)).madeBy())
                .as("nothing new")
                .isEqualTo("Eva");
        done(schedules.delete(id, ANA));
        assertThat(refused(schedules.pause(id, ANA)).code()).isEqualTo("schedule-unknown");
        assertThat(schedules.all()).isEmpty();
    }

    @Test
    void times_are_those_of_its_zone() {
        List<Instant> weekdays = schedules.next(new Cron("30 22 * * 1-5"), PUEBLA, 5);
        assertThat(weekdays)
                .hasSize(5)
                .allSatisfy(at -> assertThat(at.atZone(PUEBLA).toLocalTime()).hasToString("22:30"))
                .allSatisfy(at ->
                        assertThat(at.atZone(PUEBLA).getDayOfWeek().getValue()).isLessThan(6));
        assertThat(schedules.next(new Cron("0 0 L * *"), ZoneOffset.UTC, 3))
                .allSatisfy(at -> assertThat(at.plus(Duration.ofDays(1))
                                .atZone(ZoneOffset.UTC)
                                .getDayOfMonth())
                        .isEqualTo(1));
    }

    @Test
    void what_could_never_run_is_not_made() {
        assertThat(refused(schedules.put(id, plan("nada", Map.of(), "0 3 * * *"), ANA))
                        .code())
                .isEqualTo("job-unknown");
        assertThat(refused(schedules.put(id, plan("catalogue-import", Map.of(), "0 3 * * *"), ANA))
                        .code())
                .isEqualTo("schedule-needs-file");
        assertThat(refused(schedules.put(id, plan("catalogue-export", Map.of("format", "pdf"), "0 3 * * *"), ANA))
                        .code())
                .isEqualTo("job-parameter-wrong");
        assertThat(refused(schedules.put(id, plan("index-build", Map.of("x", "1"), "0 3 * * *"), ANA))
                        .code())
                .isEqualTo("job-parameter-unknown");
        assertThat(refused(schedules.put(id, plan("catalogue-undo", Map.of(), "0 3 * * *"), ANA))
                        .code())
                .isEqualTo("job-parameter-missing");
        assertThat(refused(schedules.put(id, plan("index-build", Map.of(), "0 3 31 2 *"), ANA))
                        .code())
                .isEqualTo("cron-never");
        assertThat(schedules.all()).isEmpty();
    }

    @Test
    void on_a_day_off_a_schedule_runs_is_passed_over_or_is_put_off_to_the_next_working_day() throws Exception {
        LocalDate today = LocalDate.now(PUEBLA);
        // Whatever day it is, today and the whole week after it nobody works.
        for (int i = 0; i < 8; i++) {
            LocalDate day = today.plusDays(i);
            if (!OfficialDays.of(day.getYear()).containsKey(day)) done(daysOff.put(day, "Inventario", false, ANA));
        }
        // Midnight: whatever the time is, today has none left that could take the place of the one that is put off.
        String weekly = "0 0 * * " + today.getDayOfWeek().getValue();

        done(schedules.put(
                id, new Plan("index-build", Map.of(), new Cron(weekly), PUEBLA, Missed.RUN_ONCE, OnDayOff.SKIP), ANA));
        assertThat(schedules.find(id).orElseThrow().next())
                .hasSize(5)
                .allSatisfy(at -> assertThat(at.atZone(PUEBLA).toLocalDate()).isAfter(today.plusDays(7)));
        assertThat(fired().last().refusal()).isEqualTo(Refusal.of("schedule-day-off", today.toString()));

        done(schedules.put(
                id,
                new Plan("index-build", Map.of(), new Cron(weekly), PUEBLA, Missed.RUN_ONCE, OnDayOff.NEXT_WORKING_DAY),
                ANA));
        scheduler.triggerJob(org.quartz.JobKey.jobKey(id.toString(), "schedule"));
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() ->
                        schedules.find(id).orElseThrow().last().refusal().code().equals("schedule-moved"));
        Schedule moved = schedules.find(id).orElseThrow();
        LocalDate working = daysOff.workDays().after(today).orElseThrow();
        assertThat(moved.last().refusal().arguments()).containsExactly(today.toString(), working.toString());
        assertThat(moved.next().getFirst().atZone(PUEBLA).toLocalDate()).isEqualTo(working);
        assertThat(jobs.started).isEmpty();

        // What was put off outlives the process, and goes with a pause.
        factory.destroy();
        start(true);
        assertThat(schedules.find(id).orElseThrow().next().getFirst())
                .isEqualTo(moved.next().getFirst());
        done(schedules.pause(id, ANA));
        assertThat(scheduler.checkExists(QuartzSchedules.moved(id))).isFalse();
    }

    @Test
    void a_time_that_the_schedule_has_itself_by_the_next_working_day_is_not_made_up_for() {
        // 1 January 2027 is a Friday; nobody works at weekends.
        WorkDays days = new WorkDays(Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY), Set.of(), Set.of());
        Instant from = Instant.parse("2026-12-31T15:00:00Z");
        assertThat(times("0 8 1 * *", days, from, OnDayOff.NEXT_WORKING_DAY, 2))
                .as("monthly")
                .containsExactly("2027-01-04T08:00", "2027-02-02T08:00");
        assertThat(times("0 8 * * *", days, from, OnDayOff.NEXT_WORKING_DAY, 2))
                .as("daily")
                .containsExactly("2027-01-04T08:00", "2027-01-05T08:00");
        assertThat(times("0 8,20 * * 5", days, from, OnDayOff.NEXT_WORKING_DAY, 2))
                .as("twice on Fridays")
                .containsExactly("2027-01-04T20:00", "2027-01-08T08:00");
        assertThat(times("* * 1 * *", days, from, OnDayOff.SKIP, 1)).containsExactly("2027-03-01T00:00");
        assertThat(times("0 8 1 * *", days, from, OnDayOff.RUN, 1)).containsExactly("2027-01-01T08:00");
    }

    private static List<String> times(String cron, WorkDays days, Instant from, OnDayOff rule, int count) {
        return new Times(QuartzSchedules.expression(new Cron(cron), PUEBLA), PUEBLA, days)
                .next(from, rule, count).stream()
                        .map(at -> at.atZone(PUEBLA).toLocalDateTime().toString())
                        .toList();
    }

    @Test
    void the_calendar_has_the_official_days_and_what_was_decided_of_others() {
        assertThat(OfficialDays.of(2026).keySet())
                .map(LocalDate::toString)
                .containsExactly(
                        "2026-01-01",
                        "2026-02-02",
                        "2026-03-16",
                        "2026-05-01",
                        "2026-09-16",
                        "2026-11-16",
                        "2026-12-25");
        assertThat(OfficialDays.of(2030)).containsEntry(LocalDate.of(2030, 10, 1), "executive");
        LocalDate may = LocalDate.of(2027, 5, 1);
        LocalDate dead = LocalDate.of(2027, 11, 2);
        assertThat(refused(daysOff.put(may, "", false, ANA)).code()).isEqualTo("day-off-official");
        assertThat(refused(daysOff.put(dead, "x", true, ANA)).code()).isEqualTo("day-not-official");
        assertThat(refused(daysOff.put(dead, " ", false, ANA)).code()).isEqualTo("day-off-name");
        done(daysOff.put(may, "", true, ANA));
        done(daysOff.put(dead, "Día de muertos", false, ANA));
        assertThat(daysOff.workDays().isOff(may)).isFalse();
        assertThat(daysOff.workDays().isOff(dead)).isTrue();
        assertThat(daysOff.of(2027)).hasSize(8).anySatisfy(day -> {
            assertThat(day.name()).isEqualTo("Día de muertos");
            assertThat(day.decidedBy()).isEqualTo("Ana");
        });
        done(daysOff.forget(may, ANA));
        assertThat(daysOff.workDays().isOff(may)).isTrue();
        assertThat(refused(daysOff.week(Set.of(DayOfWeek.values()), ANA)).code())
                .isEqualTo("week-without-work");
        done(daysOff.week(Set.of(DayOfWeek.SUNDAY), ANA));
        assertThat(daysOff.workDays().isOff(LocalDate.of(2027, 7, 4))).isTrue();
    }
}
