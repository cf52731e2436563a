package mx.refahub.batch.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import mx.refahub.domain.job.Jobs;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.step.StepExecution;

class RunProgressTest {
    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
    private final JobExecution execution =
            new JobExecution(1, new JobInstance(1, "catalogue-import"), new JobParameters());

    private StepExecution step(BatchStatus status, long read, long total) {
        StepExecution step = new StepExecution(1, "stage-parts", execution);
        step.setStatus(status);
        step.setStartTime(LocalDateTime.ofInstant(START, ZoneId.systemDefault()));
        step.setReadCount(read);
        if (total >= 0) step.getExecutionContext().putLong(Workshop.TOTAL, total);
        execution.addStepExecution(step);
        return step;
    }

    private Jobs.Step after(int seconds) {
        return new RunProgress(START.plusSeconds(seconds), execution).steps().getFirst();
    }

    @Test
    void the_rest_takes_as_long_as_it_took_so_far() {
        step(BatchStatus.STARTED, 300, 1_200);

        assertThat(after(30).left()).isEqualTo(Duration.ofSeconds(90));
        assertThat(after(60).left()).isEqualTo(Duration.ofSeconds(180));
        assertThat(after(60).total()).isEqualTo(1_200);
    }

    @Test
    void nothing_is_said_of_what_has_not_begun_is_over_or_has_no_known_end() {
        StepExecution step = step(BatchStatus.STARTED, 0, 1_200);
        assertThat(after(30).left()).isNull();

        step.setReadCount(1_000);
        step.setStatus(BatchStatus.COMPLETED);
        assertThat(after(30).left()).isNull();
        assertThat(after(30).total()).as("the guess was more").isEqualTo(1_000);

        step.setStatus(BatchStatus.STARTED);
        step.getExecutionContext().remove(Workshop.TOTAL);
        assertThat(after(30).left()).isNull();
        assertThat(after(30).total()).isEqualTo(-1);
    }
}
