package mx.refahub.batch.catalogue;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import mx.refahub.batch.run.Workshop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Gives the parts the categories that were found for them, in one transaction that can be taken back like an import. A part that got one from a
 * person or a file meanwhile keeps that.
 */
final class PublishCategories implements Tasklet {
    private static final Logger LOG = LoggerFactory.getLogger(PublishCategories.class);

    private final Workshop workshop;
    private final JdbcClient jdbc;
    private final int keepUndo;

    PublishCategories(Workshop workshop, int keepUndo) {
        this.workshop = workshop;
        this.keepUndo = keepUndo;
        jdbc = JdbcClient.create(workshop.dataSource());
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        long run = Workshop.run(contribution.getStepExecution());
        OffsetDateTime now = workshop.clock().instant().atOffset(ZoneOffset.UTC);
        // In the order of the imports.
        long version = lock("catalogue") + 1;
        lock("prices");
        int classified =
                jdbc.sql(CLASSIFIED).param("run", run).param("version", version).update();
        jdbc.sql("delete from staging_category where run_id = :run")
                .param("run", run)
                .update();
        if (classified == 0) {
            if (!hasPublished(run)) workshop.runs().note(run, "Nada cambió: ninguna regla dice algo nuevo.");
            return RepeatStatus.FINISHED;
        }
        raise(run, version, now);
        new UndoLog(jdbc).keep(run, keepUndo);
        workshop.runs().note(run, String.format(Locale.ROOT, "Piezas clasificadas por regla: %,d.", classified));
        contribution.incrementWriteCount(classified);
        LOG.info("parts classified run={} parts={} version={}", run, classified, version);
        return RepeatStatus.FINISHED;
    }

    private long lock(String stream) {
        return jdbc.sql("""
                select version
                from stream_version
                where stream = :stream
                for update
                """).param("stream", stream).query(Long.class).single();
    }

    /** Killed right behind its commit: it has said what it did. */
    private boolean hasPublished(long run) {
        return jdbc.sql("""
                select exists (
                    select
                    from job_run_publication
                    where run_id = :run)
                """).param("run", run).query(Boolean.class).single();
    }

    private void raise(long run, long version, OffsetDateTime now) {
        int raised = jdbc.sql("""
                update stream_version
                set version = :version, published_at = :now
                where stream = 'catalogue'
                and version = :version - 1
                """).param("version", version).param("now", now).update();
        if (raised != 1) throw new IllegalStateException("stream catalogue is not at " + (version - 1));
        jdbc.sql("""
                insert into job_run_publication (run_id, stream, version, published_at)
                values (:run, 'catalogue', :version, :now)
                """)
                .param("run", run)
                .param("version", version)
                .param("now", now)
                .update();
    }

    private static final String CLASSIFIED = """
        with changed as (
            update part p
            set category = s.category, category_by_rule = true, catalogue_version = :version
            from staging_category s
            where s.run_id = :run
            and p.id = s.part_id
            and p.removed_at is null
            and (p.category = '' or p.category_by_rule)
            and p.category <> s.category
            returning p.id, p.normal_number, p.brand, p.name_es, p.name_en, old.category, p.unit, p.tax_class, p.core, p.sat_code,
                p.sat_unit, p.tax_object, p.removed_at, old.category_by_rule)
        insert into undo_part (run_id, part_id, fresh, normal_number, brand, name_es, name_en, category, unit, tax_class, core, sat_code,
            sat_unit, tax_object, removed_at, category_by_rule)
        select :run, id, false, normal_number, brand, name_es, name_en, category, unit, tax_class, core, sat_code, sat_unit, tax_object,
            removed_at, category_by_rule
        from changed
        """;
}
