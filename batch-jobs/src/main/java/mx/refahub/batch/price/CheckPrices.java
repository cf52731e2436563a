package mx.refahub.batch.price;

import java.util.List;
import java.util.Map;
import mx.refahub.batch.intake.FileChecks;
import mx.refahub.batch.intake.RejectedRows;
import mx.refahub.batch.intake.RowFormat;
import mx.refahub.batch.run.RunRefused;
import mx.refahub.batch.run.Workshop;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What can only be seen over all rows: unknown parts, repetitions, costs that are many times what they were, parts that no formula fits. */
final class CheckPrices implements Tasklet {
    static final long TEN_TIMES = 10;

    private final Workshop workshop;
    private final RejectedRows rejectedRows;
    private final List<RowFormat> formats;
    private final JdbcClient jdbc;

    CheckPrices(Workshop workshop, RejectedRows rejectedRows, List<RowFormat> formats) {
        this.workshop = workshop;
        this.rejectedRows = rejectedRows;
        this.formats = formats;
        jdbc = JdbcClient.create(workshop.dataSource());
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) throws Exception {
        long run = Workshop.run(contribution.getStepExecution());
        Map<String, String> parameters = workshop.runs().parameters(run);
        String supplier = PriceSync.supplier(parameters);
        if (supplier.isEmpty()) throw new RunRefused("Di de qué proveedor es la lista.");
        PriceSync.starts(parameters, workshop);
        jdbc.sql("analyze staging_price").update();
        FileChecks checks = new FileChecks(jdbc, run);
        checks.reject(FORMULA_TWICE);
        if (!workshop.folders().isGiven(run, "formulas")) keepSavedFormulas(run, supplier);
        checks.reject(NO_SUCH_PART);
        checks.reject(TWICE);
        long rejected = checks.rejected();
        rejected += jdbc.sql(MANY_TIMES)
                .param("run", run)
                .param("supplier", supplier)
                .param("times", PriceSync.number(parameters, PriceSync.TIMES, TEN_TIMES))
                .update();
        rejected += jdbc.sql(NO_FORMULA).param("run", run).update();
        contribution.incrementProcessSkipCount(rejected);
        if (rejected > 0)
            for (RowFormat format : formats) {
                var file = workshop.folders().file(run, format.file());
                if (file.isPresent()) rejectedRows.findOriginals(run, format.in(run, workshop.folders()), file.get());
            }
        return RepeatStatus.FINISHED;
    }

    private void keepSavedFormulas(long run, String supplier) {
        jdbc.sql("""
                insert into staging_price_formula (run_id, line, brand, category, cost_from, level, method, hundredths, ending)
                select :run, row_number() over (order by brand, category, cost_from, level), brand, category, cost_from, level, method,
                    hundredths, ending
                from price_formula
                where supplier = :supplier
                """).param("run", run).param("supplier", supplier).update();
    }

    private static final String FORMULA_TWICE = """
        with twice as (
            select brand, category, cost_from, level, min(line) as first
            from staging_price_formula
            where run_id = :run
            group by brand, category, cost_from, level
            having count(*) > 1),
        gone as (
            delete from staging_price_formula s
            using twice t
            where s.run_id = :run
            and (s.brand, s.category, s.cost_from, s.level) = (t.brand, t.category, t.cost_from, t.level)
            and s.line > t.first
            returning s.line, s.level, t.first)
        insert into job_run_reject (run_id, file, line, column_name, value, reason)
        select :run, 'formulas', line, 'level', level, 'Repite la fórmula del renglón ' || first || '.'
        from gone
        """;

    private static final String NO_SUCH_PART = """
        with gone as (
            delete from staging_price s
            where s.run_id = :run
            and not exists (
                select
                from part p
                where p.line_code = s.line_code
                and p.part_number = s.part_number
                and p.removed_at is null)
            returning s.line, s.line_code, s.part_number)
        insert into job_run_reject (run_id, file, line, column_name, value, reason)
        select :run, 'prices', line, 'part_number', part_number, 'No hay una pieza ' || line_code || ' ' || part_number || ' en el catálogo.'
        from gone
        """;

    private static final String TWICE = """
        with twice as (
            select line_code, part_number, min(line) as first
            from staging_price
            where run_id = :run
            group by line_code, part_number
            having count(*) > 1),
        gone as (
            delete from staging_price s
            using twice t
            where s.run_id = :run
            and s.line_code = t.line_code
            and s.part_number = t.part_number
            and s.line > t.first
            returning s.line, s.part_number, t.first)
        insert into job_run_reject (run_id, file, line, column_name, value, reason)
        select :run, 'prices', line, 'part_number', part_number, 'Repite la pieza del renglón ' || first || '.'
        from gone
        """;

    /**
     * Held against what this supplier asked last; where that is unknown, against half of what the part is sold at without tax: few parts cost less, and a cost
     * that is ten times too large is seldom ten times the price.
     */
    private static final String MANY_TIMES = """
        with gone as (
            delete from staging_price s
            using part p
            left join supplier_cost c on c.part_id = p.id and c.supplier = :supplier
            left join part_price r on r.part_id = p.id
            where s.run_id = :run
            and p.line_code = s.line_code
            and p.part_number = s.part_number
            and s.cost >= :times * coalesce(
                c.cost,
                r.amount / case when r.includes_tax and p.tax_class = 'GENERAL' and p.tax_object = '02' then 2.32 else 2 end)
            and coalesce(c.cost, r.amount) > 0
            returning s.line, s.cost, c.cost is not null as was_cost,
                coalesce(c.cost, r.amount / case when r.includes_tax and p.tax_class = 'GENERAL' and p.tax_object = '02' then 2.32 else 2 end) as known)
        insert into job_run_reject (run_id, file, line, column_name, value, reason)
        select :run, 'prices', line, 'cost', round(cost / 100.0, 2)::text,
            'Es ' || round(cost / cast(known as numeric), 1) || ' veces ' || case when was_cost then 'el costo anterior, ' else 'la mitad del precio de venta sin IVA, ' end
                || round(known / 100.0, 2) || '. Si es correcto, corra la lista con un límite mayor.'
        from gone
        """;

    private static final String NO_FORMULA = """
        with gone as (
            delete from staging_price s
            using part p
            where s.run_id = :run
            and p.line_code = s.line_code
            and p.part_number = s.part_number
            and not exists (
                select
                from staging_price_formula f
                where f.run_id = :run
                and (f.brand = '' or lower(f.brand) = lower(p.brand))
                and (f.category = '' or p.category = f.category or starts_with(p.category, f.category || '/'))
                and f.cost_from <= s.cost)
            returning s.line, s.part_number, p.brand, p.category)
        insert into job_run_reject (run_id, file, line, column_name, value, reason)
        select :run, 'prices', line, 'part_number', part_number,
            'Ninguna fórmula del proveedor vale para la marca ' || brand || ', la categoría ' || category || ' y ese costo.'
        from gone
        """;
}
