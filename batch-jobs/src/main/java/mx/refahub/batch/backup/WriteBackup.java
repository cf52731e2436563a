package mx.refahub.batch.backup;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import mx.refahub.batch.backup.Archive.Written;
import mx.refahub.batch.run.Workshop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One moment of the database, and the files beside it, sealed on their way to the target: nothing is ever on a disk in the clear. */
final class WriteBackup implements Tasklet {
    private static final Logger LOG = LoggerFactory.getLogger(WriteBackup.class);

    private final Workshop workshop;
    private final BackupSettings settings;
    private final BackupTarget target;
    private final SecureRandom random = new SecureRandom();

    WriteBackup(Workshop workshop, BackupSettings settings, BackupTarget target) {
        this.workshop = workshop;
        this.settings = settings;
        this.target = target;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) throws Exception {
        StepExecution step = contribution.getStepExecution();
        long run = Workshop.run(step);
        SealKey key = Backup.key(settings);
        String name = Backup.name(workshop.runs().startedAt(run), run);
        try {
            Counted counted = written(name, key, step);
            keep(run, name, counted);
            contribution.incrementReadCount();
            contribution.incrementWriteCount(counted.written().sums().rows());
            workshop.runs()
                    .note(
                            run,
                            String.format(
                                    Locale.ROOT,
                                    "Respaldo %s: %d tablas, %,d filas, %,d archivos, %,d bytes sellados en %s.",
                                    name,
                                    counted.written().head().tables().size(),
                                    counted.written().sums().rows(),
                                    counted.written().sums().files().size(),
                                    counted.bytes(),
                                    target.name()));
            LOG.info("backup written run={} name={} bytes={}", run, name, counted.bytes());
            return RepeatStatus.FINISHED;
        } catch (Archive.Stopped e) {
            // It was told to stop; what was written is thrown away, and written again when it is taken up.
            return RepeatStatus.CONTINUABLE;
        }
    }

    private record Counted(Written written, long bytes) {}

    private Counted written(String name, SealKey key, StepExecution step) throws IOException, SQLException {
        try (BackupTarget.Sink sink = target.write(name);
                Connection connection = workshop.dataSource().getConnection()) {
            Counting counting = new Counting(sink);
            Written written = Archive.write(
                    counting,
                    key,
                    random,
                    connection,
                    settings.include(),
                    workshop.clock().instant(),
                    step::isTerminateOnly);
            sink.commit();
            return new Counted(written, counting.bytes);
        }
    }

    private void keep(long run, String name, Counted counted) {
        JdbcClient.create(workshop.dataSource())
                .sql("""
                insert into backup (name, run_id, target, made_at, schema, tables, rows, files, bytes)
                values (:name, :run, :target, :now, :schema, :tables, :rows, :files, :bytes)
                on conflict (name) do update
                set made_at = excluded.made_at, schema = excluded.schema, tables = excluded.tables, rows = excluded.rows, files = excluded.files,
                    bytes = excluded.bytes, verified_at = null, problem = null, deleted_at = null
                """)
                .param("name", name)
                .param("run", run)
                .param("target", target.name())
                .param("now", Backup.now(workshop.clock()))
                .param("schema", counted.written().head().schema())
                .param("tables", counted.written().head().tables().size())
                .param("rows", counted.written().sums().rows())
                .param("files", counted.written().sums().files().size())
                .param("bytes", counted.bytes())
                .update();
    }

    /** Leaves what it writes to open. */
    private static final class Counting extends FilterOutputStream {
        private long bytes;

        private Counting(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int one) throws IOException {
            out.write(one);
            bytes++;
        }

        @Override
        public void write(byte[] from, int offset, int count) throws IOException {
            out.write(from, offset, count);
            bytes += count;
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
