package mx.refahub.batch.run;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.step.StepExecution;

/** The executions that go on in this process, as the very objects that the steps count in. */
final class LiveRuns implements JobExecutionListener {
    static final String RUN = "run";

    private final Map<Long, JobExecution> executions = new ConcurrentHashMap<>();

    /** Asked to stop between their start and their first step. */
    private final Set<Long> stopsAhead = ConcurrentHashMap.newKeySet();

    @Override
    public void beforeJob(JobExecution execution) {
        executions.put(run(execution), execution);
        if (stopsAhead.remove(run(execution))) execution.setStatus(BatchStatus.STOPPING);
    }

    @Override
    public void afterJob(JobExecution execution) {
        stopsAhead.remove(run(execution));
        executions.remove(run(execution));
    }

    private static long run(JobExecution execution) {
        Long run = execution.getJobParameters().getLong(RUN);
        if (run == null) throw new IllegalStateException("execution " + execution.getId() + " without a run");
        return run;
    }

    Optional<JobExecution> find(long run) {
        return Optional.ofNullable(executions.get(run));
    }

    /**
     * Asks the steps to end at their next commit. Not by {@code JobOperator.stop}: that one loads its own copy of the execution, writes
     * STOPPED over it at once, and the living step would go on and then fail on the version.
     */
    void stop(long run) {
        stopsAhead.add(run);
        JobExecution execution = executions.get(run);
        if (execution == null) return;
        stopsAhead.remove(run);
        execution.setStatus(BatchStatus.STOPPING);
        for (StepExecution step : execution.getStepExecutions()) step.setTerminateOnly();
    }

    Set<Long> runs() {
        return Set.copyOf(executions.keySet());
    }
}
