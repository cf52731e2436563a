package mx.refahub.hub.schedule;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.job.Cron;
import mx.refahub.domain.job.DaysOff;
import mx.refahub.domain.job.Jobs;
import mx.refahub.domain.job.Schedules.Missed;
import mx.refahub.domain.job.Schedules.OnDayOff;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobDataMap;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a run when its time has come, and writes down what became of it. If the process dies meanwhile, another start is tried, which finds the run that the first one began. */
@DisallowConcurrentExecution
public final class StartOfRun implements Job {
    private static final Logger LOG = LoggerFactory.getLogger(StartOfRun.class);

    private final Jobs jobs;
    private final LastStarts last;
    private final DaysOff daysOff;

    StartOfRun(Jobs jobs, LastStarts last, DaysOff daysOff) {
        this.jobs = jobs;
        this.daysOff = daysOff;
        this.last = last;
    }

    @Override
    public void execute(JobExecutionContext context) {
        JobDataMap kept = context.getJobDetail().getJobDataMap();
        String job = kept.getString(Kept.JOB);
        UUID schedule = UUID.fromString(context.getJobDetail().getKey().getName());
        Instant at = at(context);
        Optional<Refusal> dayOff = dayOff(context, schedule, at);
        if (dayOff.isPresent()) {
            last.refused(schedule, at, dayOff.get());
            LOG.info("scheduled run passed over job={} at={} why={}", job, at, dayOff.get());
            return;
        }
        String who = kept.getString(Kept.MADE_BY) + " (programado)";
        switch (jobs.startOnce(cause(schedule, at), job, Kept.parameters(kept), who)) {
            case Outcome.Done<Jobs.Run>(Jobs.Run run) -> {
                last.started(schedule, at, run.id());
                LOG.info("scheduled run started run={} job={} at={}", run.id(), job, at);
            }
            case Outcome.Refused<Jobs.Run>(Refusal refusal) -> {
                last.refused(schedule, at, refusal);
                LOG.warn("scheduled run not started job={} at={} why={}", job, at, refusal.code());
            }
        }
    }

    /**
     * Why nothing runs on a day off; empty if it does. What is put off becomes a trigger of its own under the schedule's name: done again by a process that takes this
     * over it is the same one.
     */
    private Optional<Refusal> dayOff(JobExecutionContext context, UUID schedule, Instant at) {
        JobDataMap kept = context.getJobDetail().getJobDataMap();
        OnDayOff rule = Kept.onDayOff(kept);
        if (rule == OnDayOff.RUN) return Optional.empty();
        ZoneId zone = ZoneId.of(kept.getString(Kept.ZONE));
        Times times =
                new Times(QuartzSchedules.expression(new Cron(kept.getString(Kept.CRON)), zone), zone, daysOff.workDays());
        if (!times.isOff(at)) return Optional.empty();
        String day = times.day(at).toString();
        Optional<Instant> moved = rule == OnDayOff.NEXT_WORKING_DAY ? times.movedTo(at) : Optional.empty();
        if (moved.isEmpty()) return Optional.of(Refusal.of("schedule-day-off", day));
        putOff(context, schedule, moved.get(), Missed.valueOf(kept.getString(Kept.MISSED)));
        return Optional.of(
                Refusal.of("schedule-moved", day, times.day(moved.get()).toString()));
    }

    private static void putOff(JobExecutionContext context, UUID schedule, Instant to, Missed missed) {
        SimpleScheduleBuilder once = SimpleScheduleBuilder.simpleSchedule();
        TriggerKey key = QuartzSchedules.moved(schedule);
        Trigger trigger = TriggerBuilder.newTrigger()
                .withIdentity(key)
                .forJob(context.getJobDetail().getKey())
                .startAt(Date.from(to))
                .withSchedule(
                        switch (missed) {
                            case SKIP -> once.withMisfireHandlingInstructionNextWithRemainingCount();
                            case RUN_ONCE -> once.withMisfireHandlingInstructionFireNow();
                        })
                .build();
        try {
            if (context.getScheduler().checkExists(key)) context.getScheduler().rescheduleJob(key, trigger);
            else context.getScheduler().scheduleJob(trigger);
        } catch (SchedulerException e) {
            throw new IllegalStateException("scheduled run of " + schedule + " is not put off", e);
        }
    }

    /** The time that was set, also where another process takes up what one that died had begun. */
    private static Instant at(JobExecutionContext context) {
        if (context.isRecovering()) {
            String first = context.getMergedJobDataMap()
                    .getString(Scheduler.FAILED_JOB_ORIGINAL_TRIGGER_SCHEDULED_FIRETIME_IN_MILLISECONDS);
            if (first != null) return Instant.ofEpochMilli(Long.parseLong(first));
        }
        return context.getScheduledFireTime().toInstant();
    }

    static UUID cause(UUID schedule, Instant at) {
        return UUID.nameUUIDFromBytes((schedule + " " + at.toEpochMilli()).getBytes(StandardCharsets.US_ASCII));
    }
}
