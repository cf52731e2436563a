package mx.refahub.batch.catalogue;

import mx.refahub.batch.run.Approval;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.job.Jobs.Change.Kind;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Looks up a category for every part that has none, or one by rule; what a rule does not know stays as it is. */
final class FindCategories implements Tasklet {
    private final JdbcClient jdbc;

    FindCategories(Workshop workshop) {
        jdbc = JdbcClient.create(workshop.dataSource());
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        long run = Workshop.run(contribution.getStepExecution());
        jdbc.sql("truncate table staging_category").update();
        contribution.incrementReadCount();
        jdbc.sql(FOUND).param("run", run).update();
        if (!Approval.isAsked(contribution.getStepExecution())) return RepeatStatus.FINISHED;
        jdbc.sql("""
                insert into job_run_preview (run_id, kind, rows)
                select :run, :kind, count(*)
                from staging_category
                where run_id = :run
                on conflict (run_id, kind) do update
                set rows = excluded.rows
                """).param("run", run).param("kind", Kind.PART_CHANGED.name()).update();
        jdbc.sql("""
                delete from job_run_preview_example
                where run_id = :run
                """).param("run", run).update();
        jdbc.sql("""
                insert into job_run_preview_example (run_id, kind, place, part, field, before, after)
                select :run, :kind, row_number() over (order by p.line_code, p.part_number), p.line_code || ' ' || p.part_number,
                    'category', p.category, s.category
                from staging_category s
                join part p on p.id = s.part_id
                where s.run_id = :run
                order by p.line_code, p.part_number
                limit :examples
                """)
                .param("run", run)
                .param("kind", Kind.PART_CHANGED.name())
                .param("examples", PreviewCatalogue.EXAMPLES)
                .update();
        return RepeatStatus.FINISHED;
    }

    private static final String OPEN = """
        from part
        where removed_at is null
        and (category = '' or category_by_rule)
        """;

    private static final String FOUND =
            "with found as (\n" + CategoryRules.categories("select name_es as name, line_code\n" + OPEN) + """
            )
            insert into staging_category (run_id, part_id, category)
            select :run, p.id, f.category
            from part p
            join found f on f.name = p.name_es and f.line_code = p.line_code
            where p.removed_at is null
            and (p.category = '' or p.category_by_rule)
            and p.category <> f.category
            """;
}
