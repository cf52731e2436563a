package mx.refahub.batch.price;

import java.time.LocalDate;
import java.util.Map;
import java.util.function.LongPredicate;
import mx.refahub.batch.run.DayWords;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.job.Jobs.Change.Kind;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Works out every new price, set-wise, and keeps those that differ from what would be charged on that day: {@code price_change}. */
final class PreviewPrices implements Tasklet {
    private static final int EXAMPLES = 20;
    private static final long UNASKED = 20;

    private final Workshop workshop;
    private final JdbcClient jdbc;

    PreviewPrices(Workshop workshop) {
        this.workshop = workshop;
        jdbc = JdbcClient.create(workshop.dataSource());
    }

    /** Whether a price of the run changes by more than the run's threshold in percent: then somebody is asked, whoever started it. */
    static LongPredicate surprises(Workshop workshop) {
        JdbcClient jdbc = JdbcClient.create(workshop.dataSource());
        return run -> jdbc.sql("""
                select exists (
                    select
                    from price_change
                    where run_id = :run
                    and old_price > 0
                    and abs(new_price - old_price) * 100 > :threshold * old_price)
                """)
                .param("run", run)
                .param("threshold", PriceSync.number(workshop.runs().parameters(run), PriceSync.THRESHOLD, UNASKED))
                .query(Boolean.class)
                .single();
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        long run = Workshop.run(contribution.getStepExecution());
        Map<String, String> parameters = workshop.runs().parameters(run);
        LocalDate starts = PriceSync.starts(parameters, workshop);
        jdbc.sql("set local work_mem = '64MB'").update();
        for (String table : new String[] {"price_change", "job_run_preview", "job_run_preview_example"})
            jdbc.sql("delete from " + table + " where run_id = :run")
                    .param("run", run)
                    .update();
        jdbc.sql("analyze staging_price_formula").update();
        int changes =
                jdbc.sql(CHANGES).param("run", run).param("starts", starts).update();
        jdbc.sql("analyze price_change").update();
        note(run, Kind.PRICE_NEW, "c.old_price is null");
        note(run, Kind.PRICE_CHANGED, "c.old_price is not null");
        contribution.incrementReadCount();
        workshop.runs()
                .note(
                        run,
                        changes == 0
                                ? "Ningún precio cambia."
                                : "Los precios cambian el " + DayWords.of(starts)
                                        + ", a la medianoche de cada sucursal.");
        return RepeatStatus.FINISHED;
    }

    private void note(long run, Kind kind, String which) {
        jdbc.sql("""
                insert into job_run_preview (run_id, kind, rows)
                select :run, :kind, count(*)
                from price_change c
                where c.run_id = :run
                and\s""" + which).param("run", run).param("kind", kind.name()).update();
        jdbc.sql("""
                insert into job_run_preview_example (run_id, kind, place, part, field, before, after)
                select :run, :kind, row_number() over (order by size desc, part, level), part, level, before, after
                from (
                    select p.line_code || ' ' || p.part_number as part, c.level,
                        abs(c.new_price - coalesce(c.old_price, 0)) / greatest(cast(coalesce(c.old_price, 0) as numeric), 1) as size,
                        coalesce('$' || to_char(c.old_price / 100.0, 'FM999,999,999,990.00'), '') as before,
                        '$' || to_char(c.new_price / 100.0, 'FM999,999,999,990.00')
                            || case when c.old_price > 0 then ' (' || to_char((c.new_price - c.old_price) * 100.0 / c.old_price, 'FMSG999990.0') || ' %)' else '' end
                            || ' · margen ' || round((c.net - c.cost) * 100.0 / c.net, 1) || ' %' as after
                    from price_change c
                    join part p on p.id = c.part_id
                    where c.run_id = :run
                    and\s""" + which + """

                    order by size desc, part, c.level
                    limit :examples) as biggest
                """)
                .param("run", run)
                .param("kind", kind.name())
                .param("examples", EXAMPLES)
                .update();
    }

    /**
     * The narrowest formula of each level: of the brand, then of the longer category, then of the band that starts highest. A margin is of the price without
     * tax. Divided last, so that what comes out even is even before it is rounded up; the same as {@code PriceFormula}. The ending is of the price as it is written on the shelf, and never below what the formula says.
     */
    private static final String CHANGES = """
        insert into price_change (run_id, part_id, level, cost, old_price, new_price, net, includes_tax)
        with chosen as (
            select distinct on (p.id, f.level) p.id, f.level, s.cost, f.method, f.hundredths, f.ending,
                coalesce(r.includes_tax, true) as includes_tax, r.amount,
                case when p.tax_class = 'GENERAL' and p.tax_object = '02' then 1.16 else 1 end as taxed
            from staging_price s
            join part p on p.line_code = s.line_code and p.part_number = s.part_number
            join staging_price_formula f on f.run_id = s.run_id
                and (f.brand = '' or lower(f.brand) = lower(p.brand))
                and (f.category = '' or p.category = f.category or starts_with(p.category, f.category || '/'))
                and f.cost_from <= s.cost
            left join part_price r on r.part_id = p.id
            where s.run_id = :run
            order by p.id, f.level, (f.brand <> '') desc, length(f.category) desc, f.cost_from desc),
        raw as (
            select id, level, cost, ending, includes_tax, amount, taxed,
                cost * case when includes_tax then taxed else 1 end
                    * case method when 'MARGIN' then 10000.0 else 10000.0 + hundredths end
                    / case method when 'MARGIN' then 10000.0 - hundredths else 10000.0 end as price
            from chosen),
        ended as (
            select id, level, cost, includes_tax, amount, taxed,
                case ending
                    when 'C90' then ceil((price - 90) / 100) * 100 + 90
                    when 'C99' then ceil((price - 99) / 100) * 100 + 99
                    when 'PESO' then ceil(price / 100) * 100
                    when 'FIVE' then ceil(price / 500) * 500
                    when 'TEN' then ceil(price / 1000) * 1000
                    else round(price)
                end::bigint as price
            from raw)
        select :run, e.id, e.level, e.cost, o.price, e.price, round(e.price / case when e.includes_tax then e.taxed else 1 end)::bigint, e.includes_tax
        from ended e
        cross join lateral (
            select coalesce(
                (
                    select b.amount
                    from price_rule b
                    where b.target = 'PART'
                    and b.target_value = e.id::text
                    and b.level = e.level
                    and b.from_quantity = 0
                    and b.amount is not null
                    and b.includes_tax = e.includes_tax
                    and b.withdrawn_version is null
                    and b.starts <= :starts
                    and (b.ends is null or b.ends >= :starts)
                    order by b.starts desc, b.book_version desc
                    limit 1),
                case when e.level = 'PUBLICO' then e.amount end) as price) o
        where e.price > 0
        and e.price is distinct from o.price
        """;
}
