package mx.refahub.hub.schedule;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.Refusal;
import mx.refahub.domain.job.Jobs;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobDataMap;
import org.quartz.JobExecutionContext;
import org.quartz.PersistJobDataAfterExecution;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a run when its time has come, and writes down what became of it. If the process dies meanwhile, another start is tried: a run of which there is one already is refused. */
@DisallowConcurrentExecution
@PersistJobDataAfterExecution
public final class StartOfRun implements Job {
    private static final Logger LOG = LoggerFactory.getLogger(StartOfRun.class);

    private final Jobs jobs;

    StartOfRun(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public void execute(JobExecutionContext context) {
        JobDataMap kept = context.getJobDetail().getJobDataMap();
        String job = kept.getString(Kept.JOB);
        Map<String, String> parameters = Kept.parameters(kept);
        Instant at = context.getScheduledFireTime().toInstant();
        Kept.forgetLast(kept);
        kept.put(Kept.LAST_AT, at.toString());
        switch (jobs.start(job, parameters, Map.of(), kept.getString(Kept.MADE_BY) + " (programado)")) {
            case Outcome.Done<Jobs.Run>(Jobs.Run run) -> {
                kept.put(Kept.LAST_RUN, Long.toString(run.id()));
                LOG.info("scheduled run started run={} job={} at={}", run.id(), job, at);
            }
            case Outcome.Refused<Jobs.Run>(Refusal refusal) -> {
                kept.put(Kept.LAST_REFUSAL, String.join("\n", refused(refusal)));
                LOG.warn("scheduled run not started job={} at={} why={}", job, at, refusal.code());
            }
        }
    }

    private static List<String> refused(Refusal refusal) {
        List<String> texts = new java.util.ArrayList<>(List.of(refusal.code()));
        for (String argument : refusal.arguments()) texts.add(argument.replace('\n', ' '));
        return texts;
    }
}
