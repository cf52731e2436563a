package mx.refahub.hub.schedule;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.job.Jobs;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobDataMap;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a run when its time has come, and writes down what became of it. If the process dies meanwhile, another start is tried, which finds the run that the first one began. */
@DisallowConcurrentExecution
public final class StartOfRun implements Job {
    private static final Logger LOG = LoggerFactory.getLogger(StartOfRun.class);

    private final Jobs jobs;
    private final LastStarts last;

    StartOfRun(Jobs jobs, LastStarts last) {
        this.jobs = jobs;
        this.last = last;
    }

    @Override
    public void execute(JobExecutionContext context) {
        JobDataMap kept = context.getJobDetail().getJobDataMap();
        String job = kept.getString(Kept.JOB);
        UUID schedule = UUID.fromString(context.getJobDetail().getKey().getName());
        Instant at = at(context);
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
