package mx.refahub.batch.backup;

import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import mx.refahub.batch.run.Workshop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Takes old copies away: beyond the number that is kept, or older than they are kept for; never the newest, nor the newest that was proven. */
final class PruneBackups implements Tasklet {
    private static final Logger LOG = LoggerFactory.getLogger(PruneBackups.class);

    private final Workshop workshop;
    private final BackupSettings settings;
    private final BackupTarget target;
    private final JdbcClient jdbc;

    PruneBackups(Workshop workshop, BackupSettings settings, BackupTarget target) {
        this.workshop = workshop;
        this.settings = settings;
        this.target = target;
        jdbc = JdbcClient.create(workshop.dataSource());
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) throws IOException {
        target.sweep();
        List<String> there = target.list();
        Instant oldest = workshop.clock().instant().minus(settings.keepFor());
        Set<String> proven =
                new HashSet<>(jdbc.sql("""
                select name
                from backup
                where verified_at is not null
                and problem is null
                and deleted_at is null
                """).query((row, n) -> row.getString(1)).list());
        String newestProven = there.stream().filter(proven::contains).reduce("", (one, next) -> next);
        for (int i = 0; i < there.size(); i++) {
            String name = there.get(i);
            int newer = there.size() - 1 - i;
            if (newer == 0 || name.equals(newestProven)) continue;
            if (newer < settings.keep() && Backup.time(name).isAfter(oldest)) continue;
            target.delete(name);
            jdbc.sql("""
                    update backup
                    set deleted_at = :now
                    where name = :name
                    """)
                    .param("name", name)
                    .param("now", Backup.now(workshop.clock()))
                    .update();
            contribution.incrementWriteCount(1);
            LOG.info("backup taken away name={}", name);
        }
        return RepeatStatus.FINISHED;
    }
}
