package mx.refahub.batch.intake;

import java.util.List;
import mx.refahub.batch.run.Workshop;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Last step: what is published needs not wait any more. */
public final class EmptyStaging implements Tasklet {
    private final JdbcClient jdbc;
    private final List<RowFormat> formats;

    public EmptyStaging(Workshop workshop, List<RowFormat> formats) {
        this.formats = List.copyOf(formats);
        jdbc = JdbcClient.create(workshop.dataSource());
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        for (RowFormat format : formats)
            jdbc.sql("truncate table " + format.table()).update();
        return RepeatStatus.FINISHED;
    }
}
