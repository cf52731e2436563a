package mx.refahub.batch.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import mx.refahub.domain.job.Jobs;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.step.StepExecution;

/** How far a step is, and how long it still takes at the pace that it has had since it was begun. */
class RunProgressTest {
    private static final Instant NOW = Instant.parse("2025-11-03T15:00:00Z");

    private static LocalDateTime ago(Duration time) {
        return LocalDateTime.ofInstant(NOW.minus(time), ZoneId.systemDefault());
    }

    private static List<Jobs.Step> steps(long read, long total, BatchStatus status) {
        JobExecution execution = new JobExecution(7, new JobInstance(7, "catalogue-import"), new JobParameters());
        StepExecution step = new StepExecution(1, "stage-fitments", execution);
        step.setReadCount(read);
        step.setStatus(status);
        step.setStartTime(ago(Duration.ofMinutes(2)));
        if (total >= 0) step.getExecutionContext().putLong(Workshop.TOTAL, total);
        execution.addStepExecutions(List.of(step));
        return new RunProgress(NOW, execution).steps();
    }

    @Test
    void a_quarter_done_in_two_minutes_leaves_six() {
        assertThat(steps(1_000_000, 4_000_000, BatchStatus.STARTED))
                .singleElement()
                .satisfies(step -> {
                    assertThat(step.left()).isEqualTo(Duration.ofMinutes(6));
                    assertThat(step.total()).isEqualTo(4_000_000);
                    assertThat(step.status()).isEqualTo(Jobs.Status.RUNNING);
                });
    }

    @Test
    void nothing_is_guessed_before_the_first_row_without_a_total_and_of_what_does_not_run() {
        assertThat(steps(0, 4_000_000, BatchStatus.STARTED).getFirst().left()).isNull();
        assertThat(steps(1_000, -1, BatchStatus.STARTED).getFirst().left()).isNull();
        assertThat(steps(1_000, 4_000_000, BatchStatus.STOPPED).getFirst().left())
                .isNull();
        assertThat(steps(3_999_999, 4_000_000, BatchStatus.COMPLETED).getFirst().left())
                .isNull();
    }

    @Test
    void of_what_is_done_the_total_is_what_was_read_whatever_had_been_guessed() {
        assertThat(steps(1_000, 1_200, BatchStatus.COMPLETED).getFirst().total())
                .isEqualTo(1_000);
        assertThat(steps(1_000, -1, BatchStatus.STARTED).getFirst().total()).isEqualTo(-1);
    }

    @Test
    void more_rows_than_were_counted_leave_nothing_and_never_less() {
        assertThat(steps(5_000_000, 4_000_000, BatchStatus.STARTED).getFirst().left())
                .isEqualTo(Duration.ZERO);
    }
}
