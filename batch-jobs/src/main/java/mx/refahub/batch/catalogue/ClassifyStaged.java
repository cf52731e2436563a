package mx.refahub.batch.catalogue;

import java.util.Locale;
import mx.refahub.batch.run.Workshop;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Staged parts that come without a category get one by rule. Not those that have one in the catalogue which a file or a person told, unless the file
 * takes it away.
 */
final class ClassifyStaged implements Tasklet {
    private final Workshop workshop;
    private final JdbcClient jdbc;

    ClassifyStaged(Workshop workshop) {
        this.workshop = workshop;
        jdbc = JdbcClient.create(workshop.dataSource());
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        long run = Workshop.run(contribution.getStepExecution());
        long classified =
                jdbc.sql(CLASSIFIED).param("run", run).query(Long.class).single();
        if (classified > 0)
            workshop.runs()
                    .note(
                            run,
                            String.format(
                                    Locale.ROOT, "Piezas sin categoría que la tienen por regla: %,d.", classified));
        return RepeatStatus.FINISHED;
    }

    private static final String WITHOUT_CATEGORY = """
        select s.line, coalesce(s.name_es, p.name_es, s.name_en, '') as name, s.line_code, p.category as known
        from staging_part s
        left join part p on p.line_code = s.line_code and p.part_number = s.part_number
        where s.run_id = :run
        and coalesce(s.category, '') = ''
        and (s.category = '' or p.id is null or p.category = '' or p.category_by_rule)
        """;

    private static final String CLASSIFIED =
            "with without as materialized (\n" + WITHOUT_CATEGORY + "),\n" + "found as (\n"
                    + CategoryRules.categories("select name, line_code\nfrom without\n") + """
            ),
            classified as (
                update staging_part s
                set category = f.category, category_by_rule = true
                from without w
                join found f on f.name = w.name and f.line_code = w.line_code
                where s.run_id = :run
                and s.line = w.line
                returning w.known is distinct from f.category as news)
            select count(*) filter (where news)
            from classified
            """;
}
