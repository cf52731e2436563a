package mx.refahub.batch.run;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import mx.refahub.domain.job.Jobs.LogLine;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.step.StepExecution;

/** What happened in a run: as Batch has written it down, with the figures of the steps that go on in this process as they are now. */
final class RunLog {
    private RunLog() {}

    static List<LogLine> of(List<RunTable.LogRow> rows, @Nullable JobExecution live) {
        List<LogLine> log = new ArrayList<>();
        for (RunTable.LogRow row : rows) {
            LocalDateTime began = row.startedAt();
            if (began == null) continue;
            StepExecution now = now(row.step(), live);
            log.add(new LogLine(
                    instant(began),
                    row.endedAt() == null ? null : instant(row.endedAt()),
                    row.name(),
                    RunProgress.status(BatchStatus.valueOf(row.status())),
                    now == null ? row.read() : now.getReadCount(),
                    now == null ? row.written() : now.getWriteCount(),
                    now == null ? row.skipped() : now.getSkipCount()));
        }
        return log;
    }

    private static @Nullable StepExecution now(long step, @Nullable JobExecution live) {
        if (live == null) return null;
        for (StepExecution each : live.getStepExecutions()) if (each.getId() == step) return each;
        return null;
    }

    /** Batch keeps local times of its own process. */
    private static Instant instant(LocalDateTime local) {
        return local.atZone(ZoneId.systemDefault()).toInstant();
    }
}
