package mx.refahub.batch.intake;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.Failpoint;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;

/**
 * Streams a file into its staging table, a chunk of rows per transaction: a row is read, checked and written into the running COPY, so
 * that this side works on the next rows while the server stores the last. The line reached is committed with the rows.
 */
public final class StageFile implements Tasklet, StepExecutionListener {
    /** Key in a step's context: the last line that is staged, where the file is not cut. */
    public static final String LINE = "line";

    private final Workshop workshop;
    private final RowFormat format;
    private final JdbcClient jdbc;
    private final @Nullable Hold hold;
    private @Nullable RowSource source;
    /** As it reads the run's file. */
    private RowFormat reading;

    /** A slice of a file that this process holds as long as nobody takes it away. */
    public interface Hold {
        FileSlice slice();

        /** The last line that is staged; 0 if none is. */
        long reached();

        /**
         * Moves the cursor in the transaction of the rows.
         *
         * @return false if the step is to end here
         * @throws RuntimeException if the slice is another's by now: nothing of this transaction may stay
         */
        boolean reach(long line);
    }

    public StageFile(Workshop workshop, RowFormat format) {
        this(workshop, format, null);
    }

    public StageFile(Workshop workshop, RowFormat format, @Nullable Hold hold) {
        this.hold = hold;
        this.workshop = workshop;
        this.format = format;
        reading = format;
        jdbc = JdbcClient.create(workshop.dataSource());
    }

    @Override
    public void beforeStep(StepExecution step) {
        long run = Workshop.run(step);
        Optional<Path> path = workshop.folders().file(run, format.file());
        if (path.isEmpty()) return;
        reading = format.in(run, workshop.folders());
        try {
            FedFile fed = FedFile.of(jdbc, run, format.file()).orElseThrow();
            RowSource opened = hold == null
                    ? fed.open(path.get(), reading.columns())
                    : fed.open(path.get(), reading.columns(), hold.slice());
            source = opened;
            long reached = hold == null ? step.getExecutionContext().getLong(LINE, 0) : hold.reached();
            if (reached > 0) opened.skipThrough(reached);
            else if (hold == null)
                step.getExecutionContext().putLong(Workshop.TOTAL, FileInspection.estimate(path.get()));
        } catch (IOException e) {
            throw new IllegalStateException("file " + format.file() + " of run " + run, e);
        }
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) throws Exception {
        if (source == null) return RepeatStatus.FINISHED;
        StepExecution step = contribution.getStepExecution();
        Connection connection = DataSourceUtils.getConnection(workshop.dataSource());
        try {
            // The cursor is in the same transaction: a power cut may take both back, never one of them. Publishing
            // waits for the disk.
            jdbc.sql("set local synchronous_commit = off").update();
            // Who takes a slice over waits for rows of a process that stands still and does not die.
            if (hold != null) jdbc.sql("set local transaction_timeout = '120s'").update();
            Chunk chunk = new Chunk(Workshop.run(step), source);
            CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
            chunk.copy(copies);
            chunk.copyRejects(copies);
            for (long i = 0; i < chunk.read; i++) contribution.incrementReadCount();
            contribution.incrementWriteCount(chunk.read - chunk.rejected);
            contribution.incrementProcessSkipCount(chunk.rejected);
            if (hold != null) {
                Failpoint.SLICE_STAGED_NOT_COMMITTED.pass();
                if (!hold.reach(chunk.line)) step.setTerminateOnly();
            } else if (chunk.line > 0) step.getExecutionContext().putLong(LINE, chunk.line);
            return RepeatStatus.continueIf(chunk.read == workshop.chunk());
        } finally {
            DataSourceUtils.releaseConnection(connection, workshop.dataSource());
        }
    }

    @Override
    public @Nullable ExitStatus afterStep(StepExecution step) {
        try {
            if (source != null) source.close();
        } catch (IOException e) {
            throw new IllegalStateException("closing " + format.file(), e);
        } finally {
            source = null;
        }
        return null;
    }

    private final class Chunk {
        private final long run;
        private final RowSource rows;
        private final CopyLines lines = new CopyLines();
        private final CopyLines rejects = new CopyLines();
        private long read;
        private long rejected;
        private long line;

        Chunk(long run, RowSource rows) {
            this.run = run;
            this.rows = rows;
        }

        void copy(CopyManager copies) throws SQLException, IOException {
            CopyIn copy = copies.copyIn(reading.copy());
            try {
                while (read < workshop.chunk()) {
                    Row row = rows.next();
                    if (row == null) break;
                    read++;
                    line = row.line();
                    stage(row);
                    if (lines.isFull()) lines.flush(copy);
                }
                lines.flush(copy);
                long stored = copy.endCopy();
                if (stored != read - rejected)
                    throw new IllegalStateException(stored + " rows staged of " + (read - rejected));
            } finally {
                if (copy.isActive()) copy.cancelCopy();
            }
        }

        private void stage(Row row) {
            lines.begin();
            lines.number(run).number(row.line());
            row.checkWidth();
            if (!row.isRejected()) reading.stage(row, lines);
            if (row.isRejected()) {
                lines.drop();
                rejected++;
                RejectedRows.write(rejects, run, format.file(), row);
            } else {
                lines.end();
            }
        }

        void copyRejects(CopyManager copies) throws SQLException {
            if (rejected == 0) return;
            CopyIn copy = copies.copyIn(RejectedRows.COPY);
            try {
                rejects.flush(copy);
                copy.endCopy();
            } finally {
                if (copy.isActive()) copy.cancelCopy();
            }
        }
    }
}
