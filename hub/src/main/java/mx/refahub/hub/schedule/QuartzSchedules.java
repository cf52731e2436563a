package mx.refahub.hub.schedule;

import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.job.Cron;
import mx.refahub.domain.job.DaysOff;
import mx.refahub.domain.job.Jobs;
import mx.refahub.domain.job.Jobs.Parameter;
import mx.refahub.domain.job.RuleTrail;
import mx.refahub.domain.job.RuleTrail.Difference;
import mx.refahub.domain.job.Schedules;
import mx.refahub.domain.store.Person;
import org.quartz.CronExpression;
import org.quartz.CronScheduleBuilder;
import org.quartz.CronTrigger;
import org.quartz.JobBuilder;
import org.quartz.JobDataMap;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A schedule is a job of Quartz with one trigger of the same name. */
final class QuartzSchedules implements Schedules {
    private static final String GROUP = "schedule";
    /** Times put off from a day off, each a trigger of its own of the same job. */
    private static final String MOVED = "moved";

    private static final int NEXT = 5;
    private static final List<String> DAYS = List.of("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN");

    private final Scheduler scheduler;
    private final Jobs jobs;
    private final Clock clock;
    private final TransactionTemplate together;
    private final LastStarts last;
    private final DaysOff daysOff;
    private final RuleTrail trail;

    QuartzSchedules(
            Scheduler scheduler,
            Jobs jobs,
            Clock clock,
            PlatformTransactionManager transactions,
            LastStarts last,
            DaysOff daysOff,
            RuleTrail trail) {
        this.trail = trail;
        this.last = last;
        this.daysOff = daysOff;
        this.scheduler = scheduler;
        this.jobs = jobs;
        this.clock = clock;
        together = new TransactionTemplate(transactions);
    }

    private interface Act<T> {
        T go() throws SchedulerException;
    }

    private static <T> T quartz(Act<T> act) {
        try {
            return act.go();
        } catch (SchedulerException e) {
            throw new IllegalStateException("scheduler", e);
        }
    }

    private static JobKey key(UUID id) {
        return JobKey.jobKey(id.toString(), GROUP);
    }

    private static TriggerKey trigger(UUID id) {
        return TriggerKey.triggerKey(id.toString(), GROUP);
    }

    @Override
    public List<Schedule> all() {
        Set<JobKey> keys = quartz(() -> scheduler.getJobKeys(GroupMatcher.jobGroupEquals(GROUP)));
        return keys.stream()
                .flatMap(key -> find(UUID.fromString(key.getName())).stream())
                .sorted(Comparator.comparing((Schedule one) -> one.plan().job())
                        .thenComparing(one ->
                                one.next().isEmpty() ? Instant.MAX : one.next().getFirst())
                        .thenComparing(Schedule::id))
                .toList();
    }

    @Override
    public Optional<Schedule> find(UUID id) {
        return quartz(() -> {
            JobDetail detail = scheduler.getJobDetail(key(id));
            Trigger trigger = scheduler.getTrigger(trigger(id));
            if (detail == null || !(trigger instanceof CronTrigger cronTrigger)) return Optional.empty();
            JobDataMap kept = detail.getJobDataMap();
            Cron cron = new Cron(kept.getString(Kept.CRON));
            ZoneId zone = cronTrigger.getTimeZone().toZoneId();
            boolean paused = scheduler.getTriggerState(trigger(id)) == Trigger.TriggerState.PAUSED;
            return Optional.of(new Schedule(
                    id,
                    new Plan(
                            kept.getString(Kept.JOB),
                            Kept.parameters(kept),
                            cron,
                            zone,
                            Missed.valueOf(kept.getString(Kept.MISSED)),
                            Kept.onDayOff(kept)),
                    paused,
                    kept.getString(Kept.MADE_BY),
                    paused ? List.of() : withMoved(id, next(cron, zone, Kept.onDayOff(kept), NEXT)),
                    last.of(id).orElse(null)));
        });
    }

    private List<Instant> withMoved(UUID id, List<Instant> times) throws SchedulerException {
        Trigger moved = scheduler.getTrigger(moved(id));
        if (moved == null || moved.getNextFireTime() == null) return times;
        TreeSet<Instant> all = new TreeSet<>(times);
        all.add(moved.getNextFireTime().toInstant());
        return all.stream().limit(NEXT).toList();
    }

    @Override
    public Outcome<Schedule> put(UUID id, Plan plan, Person by) {
        Outcome<Schedule> made = together.execute(status -> {
            Optional<Schedule> known = find(id);
            Outcome<Schedule> kept = put(id, plan, by.name());
            if (kept instanceof Outcome.Done && !known.map(Schedule::plan).equals(Optional.of(plan)))
                trail.changed(
                        by,
                        known.isEmpty() ? RuleTrail.Act.SCHEDULE_MADE : RuleTrail.Act.SCHEDULE_CHANGED,
                        plan.job(),
                        Difference.between(known.map(one -> words(one.plan())).orElse(Map.of()), words(plan)));
            return kept;
        });
        if (made == null) throw new IllegalStateException("no outcome");
        return made;
    }

    private static Map<String, String> words(Plan plan) {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("job", plan.job());
        words.put("cron", plan.cron().text());
        words.put("zone", plan.zone().getId());
        words.put("missed", plan.missed().name().toLowerCase(Locale.ROOT));
        words.put("on-day-off", plan.onDayOff().name().toLowerCase(Locale.ROOT));
        new TreeMap<>(plan.parameters()).forEach((name, value) -> words.put("parameter " + name, value));
        return words;
    }

    /** One that nobody made. */
    void bring(UUID id, Plan plan, String program) {
        if (put(id, plan, program) instanceof Outcome.Refused<Schedule>(Refusal refusal))
            throw new IllegalStateException("schedule of " + plan.job() + " refused: " + refusal.code());
    }

    private Outcome<Schedule> put(UUID id, Plan plan, String who) {
        Optional<Outcome<Schedule>> refusal = check(plan);
        if (refusal.isPresent()) return refusal.get();
        if (next(plan.cron(), plan.zone(), plan.onDayOff(), 1).isEmpty())
            return Outcome.refused("cron-never", plan.cron().text());
        Optional<Schedule> known = find(id);
        if (known.isPresent() && known.get().plan().equals(plan)) return Outcome.done(known.get());
        JobDataMap kept = new JobDataMap();
        kept.put(Kept.JOB, plan.job());
        kept.put(Kept.CRON, plan.cron().text());
        kept.put(Kept.MISSED, plan.missed().name());
        kept.put(Kept.ON_DAY_OFF, plan.onDayOff().name());
        kept.put(Kept.ZONE, plan.zone().getId());
        kept.put(Kept.MADE_BY, who);
        Kept.putParameters(kept, plan.parameters());
        CronTrigger trigger = TriggerBuilder.newTrigger()
                .withIdentity(trigger(id))
                .startAt(Date.from(clock.instant()))
                .withSchedule(builder(plan))
                .build();
        if (known.isEmpty() || !known.get().paused()) schedule(id, kept, trigger);
        else
            together.executeWithoutResult(status -> {
                schedule(id, kept, trigger);
                quartz(() -> {
                    scheduler.pauseTrigger(trigger(id));
                    return id;
                });
            });
        return Outcome.done(find(id).orElseThrow());
    }

    static TriggerKey moved(UUID id) {
        return TriggerKey.triggerKey(id.toString(), MOVED);
    }

    private void schedule(UUID id, JobDataMap kept, CronTrigger trigger) {
        quartz(() -> {
            scheduler.unscheduleJob(moved(id));
            JobDetail detail = JobBuilder.newJob(StartOfRun.class)
                    .withIdentity(key(id))
                    .usingJobData(kept)
                    .requestRecovery()
                    .build();
            scheduler.scheduleJob(detail, Set.of(trigger), true);
            return id;
        });
    }

    private static CronScheduleBuilder builder(Plan plan) {
        CronScheduleBuilder builder = CronScheduleBuilder.cronSchedule(expression(plan.cron(), plan.zone()))
                .inTimeZone(TimeZone.getTimeZone(plan.zone()));
        return switch (plan.missed()) {
            case SKIP -> builder.withMisfireHandlingInstructionDoNothing();
            case RUN_ONCE -> builder.withMisfireHandlingInstructionFireAndProceed();
        };
    }

    /** The same checks as when a run is started, so that no schedule is made that never can. */
    private Optional<Outcome<Schedule>> check(Plan plan) {
        Optional<Jobs.Job> found =
                jobs.all().stream().filter(job -> job.name().equals(plan.job())).findFirst();
        if (found.isEmpty()) return Optional.of(Outcome.refused("job-unknown", plan.job()));
        List<Parameter> parameters = found.get().parameters();
        if (parameters.stream().anyMatch(parameter -> parameter.kind() == Parameter.Kind.FILE))
            return Optional.of(Outcome.refused("schedule-needs-file", plan.job()));
        for (Map.Entry<String, String> given : plan.parameters().entrySet()) {
            Optional<Parameter> parameter = parameters.stream()
                    .filter(one -> one.name().equals(given.getKey()))
                    .findFirst();
            if (parameter.isEmpty())
                return Optional.of(Outcome.refused("job-parameter-unknown", plan.job(), given.getKey()));
            if (!parameter.get().takes(given.getValue()))
                return Optional.of(Outcome.refused("job-parameter-wrong", given.getKey(), given.getValue()));
        }
        return parameters.stream()
                .filter(parameter -> parameter.required() && !plan.parameters().containsKey(parameter.name()))
                .findFirst()
                .map(parameter -> Outcome.refused("job-parameter-missing", plan.job(), parameter.name()));
    }

    @Override
    public Outcome<Schedule> pause(UUID id, Person by) {
        Optional<Schedule> known = find(id);
        if (known.isEmpty()) return Outcome.refused("schedule-unknown", id.toString());
        together.executeWithoutResult(status -> {
            quartz(() -> {
                // What was put off is not made up for any more.
                scheduler.unscheduleJob(moved(id));
                scheduler.pauseTrigger(trigger(id));
                return id;
            });
            if (!known.get().paused()) changed(by, RuleTrail.Act.SCHEDULE_PAUSED, known.get());
        });
        return Outcome.done(find(id).orElseThrow());
    }

    /** With a new trigger, which knows of no time that has passed. */
    @Override
    public Outcome<Schedule> resume(UUID id, Person by) {
        Optional<Schedule> known = find(id);
        if (known.isEmpty()) return Outcome.refused("schedule-unknown", id.toString());
        if (known.get().paused())
            together.executeWithoutResult(status -> {
                quartz(() -> scheduler.rescheduleJob(
                        trigger(id),
                        TriggerBuilder.newTrigger()
                                .withIdentity(trigger(id))
                                .forJob(key(id))
                                .startAt(Date.from(clock.instant()))
                                .withSchedule(builder(known.get().plan()))
                                .build()));
                changed(by, RuleTrail.Act.SCHEDULE_RESUMED, known.get());
            });
        return Outcome.done(find(id).orElseThrow());
    }

    @Override
    public Outcome<Schedule> delete(UUID id, Person by) {
        Optional<Schedule> known = find(id);
        if (known.isEmpty()) return Outcome.refused("schedule-unknown", id.toString());
        for (int tries = 0; ; tries++)
            try {
                delete(known.get(), by);
                return Outcome.done(known.get());
            } catch (IllegalStateException e) {
                // One of its triggers has fired for the last time and went meanwhile.
                if (tries > 0) throw e;
            }
    }

    private void delete(Schedule known, Person by) {
        together.executeWithoutResult(status -> {
            boolean gone = quartz(() -> scheduler.deleteJob(key(known.id())));
            last.forget(known.id());
            if (gone)
                trail.changed(
                        by,
                        RuleTrail.Act.SCHEDULE_DELETED,
                        known.plan().job(),
                        Difference.between(words(known.plan()), Map.of()));
        });
    }

    private void changed(Person by, RuleTrail.Act act, Schedule schedule) {
        Plan plan = schedule.plan();
        trail.changed(
                by,
                act,
                plan.job(),
                List.of(new Difference("cron", plan.cron().text(), plan.cron().text())));
    }

    @Override
    public List<Instant> next(Cron cron, ZoneId zone, OnDayOff onDayOff, int count) {
        return new Times(expression(cron, zone), zone, daysOff.workDays()).next(clock.instant(), onDayOff, count);
    }

    static CronExpression expression(Cron cron, ZoneId zone) {
        boolean weekly = cron.weekDays().size() < 7;
        String days = cron.isLastDay() ? "L" : numbers(cron.monthDays(), 31);
        String weekDays = cron.weekDays().stream().map(day -> DAYS.get(day - 1)).collect(Collectors.joining(","));
        String text = "0 " + numbers(cron.minutes(), 60) + " " + numbers(cron.hours(), 24) + " " + (weekly ? "?" : days)
                + " " + numbers(cron.months(), 12) + " " + (weekly ? weekDays : "?");
        try {
            CronExpression expression = new CronExpression(text);
            expression.setTimeZone(TimeZone.getTimeZone(zone));
            return expression;
        } catch (ParseException e) {
            throw new IllegalStateException("cron " + cron.text() + " as " + text, e);
        }
    }

    private static String numbers(SortedSet<Integer> values, int all) {
        return values.size() == all ? "*" : values.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
