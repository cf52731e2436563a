package mx.refahub.batch.stock;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import mx.refahub.batch.run.JobDefinition;
import mx.refahub.batch.run.Workshop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The job abc-classes: the class of each part at each branch by what was sold of it there over a year, without tax. The dearest parts that make up 80 % of the branch's
 * sales are A, those up to 95 % B, the rest C; what did not sell has none. One statement over all branches; only what changed goes down with the stock.
 */
public final class AbcClasses implements Tasklet {
    private static final Logger LOG = LoggerFactory.getLogger(AbcClasses.class);
    private static final int DAYS = 365;

    private final Workshop workshop;
    private final JdbcClient jdbc;

    private AbcClasses(Workshop workshop) {
        this.workshop = workshop;
        jdbc = JdbcClient.create(workshop.dataSource());
    }

    public static JobDefinition definition(Workshop workshop) {
        return new JobDefinition(
                workshop.job("abc-classes")
                        .start(workshop.step("classify", new AbcClasses(workshop)))
                        .build(),
                List.of(),
                false);
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        long run = Workshop.run(contribution.getStepExecution());
        OffsetDateTime now = workshop.clock().instant().atOffset(ZoneOffset.UTC);
        // The counter first: its row orders all who change stock.
        long version = jdbc.sql("""
                update stream_version
                set version = version + 1, published_at = :now
                where stream = 'stock'
                returning version
                """).param("now", now).query(Long.class).single();
        int changed = jdbc.sql(CLASSES)
                .param("from", now.minusDays(DAYS))
                .param("version", version)
                .update();
        String note = jdbc.sql("""
                select format('Clase A: %s; clase B: %s; clase C: %s; sin venta en un año: %s.',
                    to_char(count(*) filter (where abc = 'A'), 'FM999,999,999,990'), to_char(count(*) filter (where abc = 'B'), 'FM999,999,999,990'), to_char(count(*) filter (where abc = 'C'), 'FM999,999,999,990'),
                    to_char(count(*) filter (where abc is null), 'FM999,999,999,990'))
                from stock_on_hand
                """).query(String.class).single();
        contribution.incrementWriteCount(changed);
        workshop.runs().note(run, note);
        LOG.info("abc classes made run={} changed={}", run, changed);
        return RepeatStatus.FINISHED;
    }

    /** The part that passes a border still belongs to the class before it, so that a branch with one part has an A. */
    private static final String CLASSES = """
        with sold as (
            select s.store_id, l.part_id, sum(l.base) as value
            from sale s
            join sale_line l on l.sale_id = s.id
            where s.sold_at >= :from
            and l.kind in ('PART', 'RETURN')
            group by s.store_id, l.part_id
            having sum(l.base) > 0),
        ranked as (
            select store_id, part_id, value, sum(value) over (partition by store_id) as whole,
                sum(value) over (partition by store_id order by value desc, part_id) - value as before
            from sold),
        classed as (
            select store_id, part_id, case
                    when before < whole * 0.80 then 'A'
                    when before < whole * 0.95 then 'B'
                    else 'C'
                end as abc
            from ranked)
        update stock_on_hand h
        set abc = c.abc, stock_version = :version
        from (
            select k.store_id, k.part_id, classed.abc
            from stock_on_hand k
            left join classed on classed.store_id = k.store_id and classed.part_id = k.part_id) c
        where c.store_id = h.store_id
        and c.part_id = h.part_id
        and c.abc is distinct from h.abc
        """;
}
