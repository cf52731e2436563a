package mx.refahub.batch.stock;

import java.util.function.LongPredicate;
import mx.refahub.batch.run.Workshop;
import mx.refahub.domain.job.Jobs.Change.Kind;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What would be there after the run, with the totals that somebody signs off: stock and its value by branch, balances by branch, suppliers and customers, cores by branch and whose. */
final class PreviewOpening implements Tasklet {
    private static final int EXAMPLES = 200;

    private final JdbcClient jdbc;

    PreviewOpening(Workshop workshop) {
        jdbc = JdbcClient.create(workshop.dataSource());
    }

    /** Whose money it is, somebody looks at before: suppliers and customers are never loaded unseen, nor what is held or owed for cores. */
    static LongPredicate people(Workshop workshop) {
        JdbcClient jdbc = JdbcClient.create(workshop.dataSource());
        return run -> jdbc.sql("""
                select exists (select from staging_supplier where run_id = :run)
                or exists (select from staging_customer where run_id = :run)
                or exists (select from staging_core where run_id = :run)
                """).param("run", run).query(Boolean.class).single();
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        long run = Workshop.run(contribution.getStepExecution());
        for (String table : new String[] {"job_run_preview", "job_run_preview_example"})
            jdbc.sql("delete from " + table + " where run_id = :run")
                    .param("run", run)
                    .update();
        PublishOpeningStock.changes(jdbc, run);
        keep(run, Kind.STOCK_OPENED, """
            select s.code as part, trim_scale(sum(c.difference) / 1000.0) || ' pzas' as before, count(*) as rows,
                'costo ' || to_char(sum(c.value) / 100.0, 'FM999,999,999,990.00') as after
            from stock_change c
            join store s on s.id = c.store_id
            group by s.code
            """);
        keep(run, Kind.SUPPLIER_NEW, """
            select code as part, '' as before, 1 as rows, name as after
            from staging_supplier
            where run_id = :run
            """);
        keep(run, Kind.CUSTOMER_NEW, """
            select s.code as part, '' as before, 1 as rows, s.name as after
            from staging_customer s
            where s.run_id = :run
            and not exists (
                select
                from opening_customer o
                where o.code = s.code)
            """);
        keep(run, Kind.BALANCE_OPENED, """
            select store_code as part, count(*) || ' cuentas' as before, count(*) as rows, to_char(sum(balance) / 100.0, 'FM999,999,999,990.00') as after
            from staging_customer
            where run_id = :run
            and balance is not null
            group by store_code
            """);
        keep(run, Kind.CORES_LYING, CORES.formatted("SHOP"));
        keep(run, Kind.CORES_HELD, CORES.formatted("CUSTOMER"));
        keep(run, Kind.CORES_OWED, CORES.formatted("SUPPLIER"));
        jdbc.sql("drop table stock_change").update();
        contribution.incrementReadCount();
        return RepeatStatus.FINISHED;
    }

    /** A branch's total comes before its customers or suppliers, who count for no rows of their own. */
    private static final String CORES = """
        select store_code || case when grouping(whose) = 1 then '' else ' · ' || whose end as part, trim_scale(sum(quantity) / 1000.0) || ' pzas' as before,
            case when grouping(whose) = 1 then count(*) else 0 end as rows,
            to_char(round(sum(quantity::numeric * coalesce(unit, 0)) / 1000) / 100.0, 'FM999,999,999,990.00') || ' ' || currency as after
        from (
            select s.store_code, s.quantity, s.unit, coalesce(u.currency, n.currency, 'MXN') as currency,
                coalesce(c.name, f.name, u.name, n.name, '') as whose
            from staging_core s
            left join opening_customer o on o.code = s.customer
            left join customer c on c.id = o.customer_id
            left join staging_customer f on f.run_id = s.run_id and f.code = s.customer and o.code is null
            left join supplier u on u.code = s.supplier
            left join staging_supplier n on n.run_id = s.run_id and n.code = s.supplier and u.code is null
            where s.run_id = :run
            and s.kind = '%s') as staged
        group by grouping sets ((store_code, currency), (store_code, currency, whose))
        having grouping(whose) = 1
        or whose <> ''
        """;

    private void keep(long run, Kind kind, String totals) {
        jdbc.sql("insert into job_run_preview (run_id, kind, rows) select :run, :kind, coalesce(sum(rows), 0) from ("
                        + totals + ") as totals")
                .param("run", run)
                .param("kind", kind.name())
                .update();
        jdbc.sql("""
                insert into job_run_preview_example (run_id, kind, place, part, field, before, after)
                select :run, :kind, row_number() over (order by part), part, '', before, after
                from (%s) as totals
                order by part
                limit :examples
                """.formatted(totals))
                .param("run", run)
                .param("kind", kind.name())
                .param("examples", EXAMPLES)
                .update();
    }
}
